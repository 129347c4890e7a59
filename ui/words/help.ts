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
    ['g v', 'Versions of the model that is looked at'],
    ['[  ]', 'Half a range earlier, later'],
    ['c', 'Compare with the range before, or no longer'],
    ['w', 'Where: choose an institution, a programme or a course'],
    ['Ctrl K', 'Find a page, a model, an experiment; on a Mac ⌘ K'],
    ['l', 'Pause or resume live updates'],
    ['t', 'Charts as tables, and back'],
    ['?', 'This help'],
    ['← →', 'In a chart: from point to point; Home and End: first and last; in a grid also ↑ ↓'],
  ],
  about:
    'Times are shown in the zone of this computer. Underlined names explain themselves on hover or focus. The address of the page holds the whole view: copy it to share what you see.',
} as const;
