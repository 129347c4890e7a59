/** Every word of the form of a model's plan. */
const space = '\u00a0';

export const plan = {
  link: 'Plan',
  what: 'plan',
  title: (model: string) => `How ${model} is retrained, judged and released`,
  usual: (text: string) => `Usually ${text}.`,
  usualNone: 'Usually left empty.',
  emptyMeans: (meaning: string) => `Empty: ${meaning}.`,
  defaults: 'Take the defaults everywhere',
  defaulted: 'All fields were set to their defaults.',
  changes: 'What changes',
  change: (label: string, from: string, to: string) => `${label}: ${from} → ${to}`,
  none: 'none',
  effect: 'It holds for the next run and for the next step of a release.',
  saved: 'The plan is saved.',
  number: 'Expected a number.',
  span: 'Expected a time such as 90 days, 6 h or 30 min.',
  whole: 'Expected a whole number.',
  percent: 'Expected per cent.',
  least: (text: string) => `At least ${text}.`,
  most: (text: string) => `At most ${text}.`,
  above: (text: string) => `Above ${text}.`,
  below: (text: string) => `Below ${text}.`,
  name: 'Parameter',
  nameMissing: 'Each parameter needs a name.',
  value: 'Value',
  add: 'Add a parameter',
  remove: (name: string) => `Remove ${name}`,
  removed: 'A parameter was removed.',
  addStep: 'Add a step',
  removeStep: (number: number) => `Remove step ${number}`,
  stepRemoved: 'A step was removed.',
  step: (number: number) => `Step ${number}`,
  steps: 'Steps of the canary',
  stepsText: 'From the first user on, each serves more users than the one before it.',
  parameters: 'Parameters of the trainer',
  parametersText: 'Others have their defaults, or are searched. They are listed in docs/models.md.',
  kinds: 'What starts a run by itself',
  approvals: 'Where somebody must agree',
  automatic: 'Begin the release of a version by itself when it has passed its gates',
  automaticShort: 'Release by itself',
  yes: 'yes',
  no: 'no',
  canaryFields: {
    share: 'Users served',
    rowsMin: 'Labelled predictions',
    durationMs: 'Shortest time',
  },
} as const;

export const parts = {
  data: { title: 'Data', text: 'Which examples are learnt from.' },
  trainer: { title: 'Training', text: 'What is made of them.' },
  triggers: { title: 'Triggers', text: 'When a run begins without anybody.' },
  gates: { title: 'Gates', text: 'What a version must be, to be released.' },
  release: { title: 'Release', text: 'How it comes to serve.' },
} as const;

export const kindNames = {
  drift: 'Drift that matters',
  performance: 'Worse quality',
  calibration: 'Worse calibration',
  fairness: 'A wider gap between groups',
  volume: 'Enough new examples',
  schedule: 'Age of the champion',
} as const;

export const approvalNames = {
  canary: 'Before the first user is served',
  champion: 'Before it is champion',
} as const;

export const choices: Readonly<Record<string, string>> = {
  none: 'None',
  balanced: 'Both classes alike',
  linear: 'Linear model',
  trees: 'Boosted trees',
  network: 'Neural network',
  machine: 'Factorization machine',
  platt: 'Platt: for few rows',
  beta: 'Beta: bends at both ends',
  isotonic: 'Isotonic: for thousands of rows',
};

export const fields: Readonly<Record<string, readonly [label: string, text: string]>> = {
  'data.windowMs': ['Length of the past', 'Older examples are left out.'],
  'data.rowsMax': ['Most examples', 'The latest are taken where there are more.'],
  'data.rowsMin': ['Fewest examples', 'Nothing is trained of fewer.'],
  'data.halfLifeMs': ['Half-life', 'Time in which an example loses half its weight.'],
  'data.classWeights': ['Weights of classes', 'For outcomes that are rare.'],
  'trainer.name': ['Trainer', 'What kind of model is made.'],
  'trainer.calibration': ['Calibration', 'Makes a prediction of 70 % come true in 70 % of cases.'],
  'trainer.searchMs': ['Search of parameters', 'Time for trying others; 0 for none.'],
  'trainer.timeoutMs': ['Longest training', 'Then it is ended.'],
  'trainer.seed': ['Seed', 'The same rows and seed give the same model.'],
  'triggers.coolDownMs': ['Pause after a run', 'None begins by itself for so long.'],
  'triggers.perDayMax': ['Most runs a day', 'Those begun by themselves.'],
  'triggers.volumeShare': [
    'New examples',
    'As a share of those that the champion has learnt from.',
  ],
  'triggers.scheduleMs': ['Longest age', 'A champion that is older is trained anew.'],
  'gates.holdoutShare': ['Kept aside', 'The latest examples, which trainers do not see.'],
  'gates.alpha': ['Error level', 'Of each interval.'],
  'gates.lossMargin': ['Log loss above the champion’s', 'Most that an interval may admit.'],
  'gates.calibrationMax': ['Calibration error', 'The largest.'],
  'gates.sliceMargin': [
    'Log loss above the champion’s in a slice',
    'Most, as the lower end of its interval.',
  ],
  'gates.sliceRowsMin': ['Examples of a slice', 'Those of fewer are not judged.'],
  'gates.latencyMaxMs': ['Latency, ms', 'The longest for one row, for all but one in a hundred.'],
  'gates.bytesMax': ['Size, bytes', 'The largest file.'],
  'gates.churnMax': ['Churn', 'Most predictions that may change sides of one half.'],
  'release.alpha': ['Error level', 'Of promoting a version that is no better, over all steps.'],
  'release.gainMin': ['Gain', 'Brier score by which it must be better than the champion.'],
  'release.shadow.rowsMin': ['Labels in shadow, at least', 'Before anybody is served.'],
  'release.shadow.rowsMax': [
    'Labels in shadow, at most',
    'If they do not show it to be better, it is withdrawn.',
  ],
};

export const emptyMeanings: Readonly<Record<string, string>> = {
  'data.halfLifeMs': 'all count alike',
  'triggers.volumeShare': 'never',
  'triggers.scheduleMs': 'any age',
};

export const percent = (text: string) => `${text}${space}%`;
