/** Every word of the help. */

export const help = {
  title: 'Keys and settings',
  singleKeys: 'Single-key shortcuts are on',
  list: [
    ['g o', 'Overview'],
    ['g r', 'Recommendations'],
    ['g m', 'Models'],
    ['g e', 'Experiments'],
    ['g u', 'Personalization'],
    ['g a', 'Anomalies'],
    ['g d', 'Drift'],
    ['g t', 'Retraining'],
    ['g p', 'Pipelines'],
    ['g s', 'Settings'],
    ['[  ]', 'Half a range earlier, later'],
    ['l', 'Pause or resume live updates'],
    ['t', 'Charts as tables, and back'],
    ['?', 'This help'],
    ['← →', 'In a chart: from point to point; Home and End: first and last; in a grid also ↑ ↓'],
  ],
  about:
    'Times are shown in the zone of this computer. Underlined names explain themselves on hover or focus. The address of the page holds the whole view: copy it to share what you see.',
} as const;
