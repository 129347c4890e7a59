/** Every word of the pages of retraining: to be read as a whole, and written for people who know no statistics. */
import type { RunCause, RunStepName, TrainingRun } from '../../contracts/trainingRun.ts';

const space = '\u00a0';

/** "1 run", "2 runs" */
export function plural(count: number, one: string, many: string): string {
  return `${count}${space}${count === 1 ? one : many}`;
}

export const words = {
  eyebrow: 'Retraining',
  none: '–',
  waiting: 'Asking the engine what it trains …',
  unknown: 'The engine does not say what it trains.',
  copySnapshot: 'Copy the whole snapshot',
} as const;

export const stepWords: Record<RunStepName, string> = {
  snapshot: 'Snapshot',
  train: 'Train',
  calibrate: 'Calibrate',
  export: 'Export',
  gates: 'Gates',
  register: 'Register',
};

/** In the middle of a sentence. */
export const stepNouns: Record<RunStepName, string> = {
  snapshot: 'the snapshot',
  train: 'training',
  calibrate: 'calibration',
  export: 'the export',
  gates: 'the asking of the gates',
  register: 'registration',
};

export const stepTexts: Record<RunStepName, string> = {
  snapshot: 'Examples are taken down, so that they can be learnt from again as they are.',
  train: 'The model learns from all but the latest of them.',
  calibrate: 'Its probabilities are made to mean what they say.',
  export: 'It is written as a file, and asked whether it predicts the same.',
  gates: 'It is asked what a version must be, to be released.',
  register: 'It becomes a version.',
};

export const stepStates = {
  waiting: 'Waiting',
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Left out',
} as const;

export const stateWords: Record<TrainingRun['state'], string> = {
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  refused: 'Refused',
};

export const causeWords: Record<RunCause['kind'], string> = {
  drift: 'Drift',
  performance: 'Worse quality',
  calibration: 'Worse calibration',
  fairness: 'Fairness',
  volume: 'New examples',
  schedule: 'Age',
  manual: 'By hand',
  import: 'From elsewhere',
};

/** What the engine was told by; a figure without a word has its own name. */
export const figureWords: Readonly<Record<string, string>> = {
  rows: 'Examples',
  newRows: 'New examples',
  rowsMin: 'Needed for a training',
  learntRows: 'Examples of the champion',
  wanted: 'New examples needed',
  brier: 'Brier score',
  lower: 'At least',
  reference: 'When it was made',
  count: 'Cases',
  calibrationError: 'Calibration error',
  noise: 'Of which chance makes',
  limit: 'Allowed',
  gap: 'Difference of groups',
  psi: 'PSI',
  value: 'Found',
  ageMs: 'Age',
  limitMs: 'Longest age',
};

export const list = {
  sentence: {
    none: 'No model has been trained yet.',
    running: (model: string, step: string) => `${model} is being trained: ${step} is under way.`,
    queued: (model: string) => `${model} waits to be trained.`,
    several: (count: number) => `${plural(count, 'run is', 'runs are')} under way.`,
    done: (model: string, version: string, ago: string) =>
      `Nothing is being trained. The last run, ${ago}, made version ${version} of ${model}.`,
    refused: (model: string, ago: string) =>
      `Nothing is being trained. What the last run made of ${model}, ${ago}, did not pass its gates.`,
    failed: (model: string, ago: string) =>
      `Nothing is being trained. The last run of ${model}, ${ago}, failed.`,
    cancelled: (model: string, ago: string) =>
      `Nothing is being trained. The last run of ${model}, ${ago}, was cancelled.`,
  },
  outlook: 'What would start the next',
  outlookText: 'By model. A run by hand waits for nothing.',
  train: 'Train now …',
  versions: 'Versions',
  plan: 'Plan',
  model: 'Model',
  allModels: 'All models',
  runs: 'Runs',
  chart: 'Steps of each run',
  chartText: 'The newest on top; each begins at the left, so that their times compare.',
  chartMeans:
    'Time that each step took, from the beginning of its run. Gaps are time in which it waited. What follows, from shadow to champion, is on the page of each run.',
  table: 'Why, and what came of it',
  started: 'Began',
  cause: 'Why',
  state: 'State',
  came: 'What came of it',
  lasted: 'Lasted',
  run: 'Run',
  version: (version: string) => `Version ${version}`,
  title: (model: string, when: string) => `${model}, ${when}`,
  elapsed: 'Time since its beginning',
  showAll: (count: number) => `Show all ${count}`,
  showFewer: 'Show fewer',
  emptyTitle: 'No run yet',
  emptyText:
    'A run begins when data drift, when quality falls, when enough is new, when the champion grows old, or by hand.',
  emptyCommand: 'Command: train a model now',
  noModels: 'No model can be trained yet',
  noModelsText:
    'Models are known from their first event on. They learn from events of the type “answered”:',
  noMatch: 'No run of this model yet',
  legend: 'Steps',
} as const;

export const detail = {
  absent: 'There is no such run',
  absentText: 'The engine knows the latest runs only. Those that it knows are in the list.',
  backToList: 'All runs',
  of: (model: string) => `Run of ${model}`,
  cancel: 'Cancel …',
  version: (version: string) => `Version ${version}`,
  versions: 'All versions',
  began: (ago: string) => `began ${ago}`,
  lasted: (time: string) => `took ${time}`,
  since: (time: string) => `for ${time} so far`,
  cause: 'Why it began',
  figures: 'What it was told by',
  toDrift: 'See the drift',
  toModel: 'See how well the model does',
  toPlan: 'See the plan that says so',
  result: 'What came of it',
  notYet: 'It is not known yet.',
  released: {
    shadow: (version: string) =>
      `Version ${version} predicts beside the champion and serves nobody yet.`,
    canary: (version: string, share: string) => `Version ${version} serves ${share} of the users.`,
    promoted: (version: string) => `Version ${version} was promoted: it became champion.`,
    withdrawn: (version: string) => `Version ${version} was not promoted: it was withdrawn.`,
    aborted: (version: string) => `Version ${version} was not promoted: its release was aborted.`,
    byHand: (version: string) =>
      `Version ${version} was made champion by hand, beside its release.`,
    none: (version: string) => `No release of version ${version} has begun.`,
  },
  releaseSteps: 'From shadow to champion',
  toRelease: 'See its release',
  gatesOf: (version: string) => `Version ${version} and its gates`,
  steps: 'Steps',
  curves: 'How it learnt',
  lossChart: 'Loss by round',
  curvesText: 'Of the rows that it learnt from, and of those kept aside.',
  curvesMeans:
    'Mean loss of the rows after each round. While the validation falls, it learns what holds elsewhere too; when it rises, only what holds for these rows. The flag is the round with the least loss of what was kept aside.',
  searchTitle: 'Search of parameters',
  searchText: 'Loss of each attempt, and the least so far.',
  searchMeans: 'Validation loss of each set of parameters that was tried.',
  round: 'Round',
  attempt: 'Attempt',
  loss: 'Loss',
  training: 'Training',
  validation: 'Validation',
  search: 'Validation',
  best: 'Least so far',
  bestFlag: 'best',
  noCurves: 'No curve yet',
  noCurvesText: 'It is drawn with the first rounds.',
  noCurvesEver: 'Training did not begin, or has no rounds.',
  log: 'Log',
  logText: 'What it said on its way.',
  logLines: 'Lines of the log',
  noLog: 'Nothing was said.',
  snapshot: 'Snapshot',
  id: 'Run',
} as const;

export const dialogs = {
  train: {
    title: 'Train a model now',
    confirm: 'Train',
    model: 'Model',
    effects: [
      'It waits while another run is under way.',
      'What serves stays as it is until a new version has passed its gates and its release.',
    ],
  },
  cancel: {
    title: (model: string) => `Cancel the run of ${model}`,
    confirm: 'Cancel the run',
    effects: ['What it has done is lost. What serves stays as it is.'],
  },
} as const;
