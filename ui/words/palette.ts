/** Every word of the palette. */

export const groupWords = {
  recent: 'Recent',
  pages: 'Pages',
  actions: 'Do',
  alerts: 'Open alerts',
  models: 'Models',
  experiments: 'Experiments',
  policies: 'Policies',
  watches: 'Watches',
  runs: 'Training runs',
  places: 'Places',
} as const;

export const palette = {
  title: 'Find',
  label: 'Find a page, a model, an experiment, …',
  results: 'What was found',
  count: (count: number) =>
    count === 0 ? 'Nothing fits' : count === 1 ? 'One fits' : `${count} fit`,
  none: (query: string) => `Nothing fits “${query}”.`,
  keys: '↑ ↓ choose · Enter opens · Esc closes',
  newExperiment: 'New experiment',
  planExperiment: 'Plan an experiment',
  newPolicy: 'New policy',
  newWatch: 'New watch',
  allWatches: 'Watches and how alerts are told',
  person: 'What a person gets',
  versions: (model: string) => `Versions of ${model}`,
  versionsDetail: 'Who serves, releases, rollback',
  help: 'Keys and help',
  compare: 'Compare with the range before',
  noCompare: 'Compare no longer',
  table: 'Charts as tables',
  noTable: 'Tables as charts',
} as const;
