/** Every word of the pages of models: to be read as a whole, and written for people who know no statistics. */
import type { FigureName } from '../data/search.ts';

const space = '\u00a0';

/** "1 model", "2 models" */
export function plural(count: number, one: string, many: string): string {
  return `${count}${space}${count === 1 ? one : many}`;
}

export const words = {
  eyebrow: 'Models',
  none: '–',
  sendPrediction: 'Command: send a prediction',
  sendLabel: 'Command: send its label',
  declareSlices: 'Declaration of slices',
  declareGroups: 'Declaration of groups',
  unnamed: 'without a name',
  ownMonitor: 'of the engine',
} as const;

export const figureWords: Record<FigureName, string> = {
  accuracy: 'Accuracy',
  auc: 'AUC',
  logLoss: 'Log loss',
  brier: 'Brier score',
  calibrationError: 'Calibration error',
  precision: 'Precision',
  recall: 'Recall',
  meanAbsoluteError: 'Mean absolute error',
  rootMeanSquareError: 'Root mean square error',
  bias: 'Bias',
  explained: 'Explained variance',
};

export const figureTexts: Record<FigureName, string> = {
  accuracy: 'Share of predictions on the right side of the monitor’s threshold.',
  auc: 'How often a case that came true was given a higher probability than one that did not. 0.5 is chance, 1 is perfect.',
  logLoss:
    'Mean of −log of the probability that was given to what happened, in nats: sure and wrong costs most.',
  brier: 'Mean squared distance between the probability and what happened, 0 or 1.',
  calibrationError:
    'Mean distance between predicted probability and observed share, weighted by the predictions in each bin.',
  precision: 'Of the cases above the threshold, the share that came true.',
  recall: 'Of the cases that came true, the share above the threshold.',
  meanAbsoluteError: 'Mean size of the errors, in the unit of what is predicted.',
  rootMeanSquareError: 'Root of the mean squared error: large errors count more.',
  bias: 'Mean of predicted less what came: above 0 it promises too much.',
  explained:
    'Share of the variance of what came that the predictions explain. Below 0 their mean would do better.',
};

export const better = {
  higher: 'higher is better',
  lower: 'lower is better',
  zero: 'near 0 is better',
} as const;

export const list = {
  waiting: 'Asking the engine which models it watches …',
  unknown: 'The engine does not say which models it watches.',
  none: 'No model is watched yet.',
  count: (models: number, outside: number) =>
    `${plural(models, 'model is', 'models are')} watched${outside === 0 ? '' : outside === models ? ' from outside' : `, ${outside} of them from outside`}`,
  unlabelled: (names: string) => `no label has come yet for ${names}`,
  weak: (names: string) => `outcomes are hardly told apart by ${names}`,
  uncalibrated: (names: string) => `the probabilities of ${names} are off`,
  well: 'none stands out',
  own: 'Of the engine',
  ownText: 'They learn from events. Each prediction was made before its answer was learnt.',
  outside: 'From outside',
  outsideText:
    'Whoever runs them sends what they predict, and later what happened. In the version that was heard of last.',
  more: 'There are more models, of which was heard earlier.',
  model: 'Model',
  version: 'Version',
  predictions: 'Predictions',
  labelled: 'With labels',
  auc: 'AUC',
  error: 'Mean absolute error',
  logLoss: 'Log loss',
  calibration: 'Calibration error',
  heard: 'Last heard of',
  lastEvent: 'Last event',
  serving: 'Versions',
  servingMeans:
    'Which version is champion, and the way to all of them: what served when, releases, going back.',
  champion: (version: string) => `champion ${version}`,
  allVersions: (model: string) => `, all versions of ${model}`,
  noOutside: 'No model from outside is watched',
  noOutsideText:
    'Send what your model predicts and, when it is known, what happened. It appears here with its first prediction:',
  emptyTitle: 'No model has predicted yet',
  emptyText:
    'The engine’s own model learns from events of the type “answered”. Models from outside are watched by what is sent of them:',
} as const;

export const detail = {
  absent: 'There is no such model',
  absentText:
    'No pipeline watches a model of this name that has predicted. Those that are watched are in the list.',
  backToList: 'All models',
  version: (version: string) => (version === '' ? 'no version named' : `version ${version}`),
  pipeline: (pipeline: string) => `pipeline ${pipeline}`,
  monitor: (monitor: string) => `monitor ${monitor}`,
  windows: (count: number, length: string) => `${plural(count, 'window', 'windows')} of ${length}`,
  aDay: 'a day',
  versions: 'Versions and releases',
  unserved: (version: string) => `Nothing is known of version ${version}`,
  unservedText:
    'It has served nobody, so there are no predictions to judge. What its gates found is on its own page.',
  toNewest: 'Show the newest that predicted',
  truncated:
    'More is kept than one answer takes: of the slices the earliest windows are left out. Choose a shorter range for all of them.',
  noPrediction: 'Nothing in this range',
  noPredictionText: 'The model has predicted, but not in these windows.',
  showNewest: 'Show the newest windows',
} as const;

export const sentence = {
  held: (figure: string, value: string) => `${figure} held at ${value}`,
  worse: (figure: string, value: string, low: string, high: string) =>
    `${figure} is ${value}, worse than the ${low}${space}…${space}${high} that were expected`,
  better: (figure: string, value: string, low: string, high: string) =>
    `${figure} is ${value}, better than the ${low}${space}…${space}${high} that were expected`,
  plain: (figure: string, value: string) => `${figure} is ${value}`,
  compared: (figure: string, value: string, whole: string) =>
    `${figure} is ${value} in the newest window, ${whole} over all of them`,
  changed: (figure: string, value: string, before: string) =>
    `${figure} is ${value}; it used to be ${before}`,
  expected: (figure: string, value: string, low: string, high: string) =>
    `${figure} is expected at ${value} (${low}${space}…${space}${high}), but labels have not come yet`,
  unknown: (figure: string) => `${figure} cannot be told yet: no label has come`,
  it: 'it',
  worst: (figure: string, value: string, where: string, gap: string) =>
    `${figure} is worst for ${where}: ${value}, ${gap} the whole`,
  above: (gap: string) => `${gap} above`,
  below: (gap: string) => `${gap} below`,
  noneWorse: 'no slice is clearly worse than the whole',
} as const;

export const notices = {
  inconsistent: (when: string, loss: 'worse' | 'better', windows: number) =>
    `What was expected of ${when} did not come: the model does ${loss}, by more than chance would explain${windows === 1 ? '' : ` even over ${windows} windows`}.`,
  changed:
    'Its scores no longer mean what they did: do not rely on what is hatched until the labels of a whole window have come since.',
  neverMeant: 'Its scores do not mean what they say.',
  unsupported: (share: string, when: string) =>
    `${share} of the predictions of ${when} have scores that too few labels of the window before speak to: of those the model itself is believed.`,
  unreferenced: (when: string) =>
    `The window before ${when} has no labels: the scores are taken at their word, and the hatched band promises nothing.`,
} as const;

export const course = {
  title: 'How well it does over time',
  text: 'Hatched: what is expected of predictions whose labels are still to come. Filled: what was expected of those whose labels have come. The solid line is what came true.',
  textPlain: 'What came true, by the time at which predictions were made.',
  means:
    'Each window has the predictions made in it. What is expected follows from their scores and from what scores meant in the window before; the band is where the realised figure will lie in 95 % of cases. A window counts as confirmed when four fifths of the labels that usually come are there; before that its figure is a hollow point.',
  chart: (figure: string) => `${figure} by window`,
  figure: 'Figure',
  shown: 'Shown',
  newest: 'Newest 30 windows',
  inRange: (range: string) => `In range: ${range}`,
  expected: 'Expected',
  lower: 'Expected from',
  upper: 'Expected to',
  confirmed: 'Confirmed',
  soFar: 'So far',
  predictions: 'Predictions',
  labelled: 'With labels',
  coverage: 'Share with labels',
  settled: 'Settled',
  coverageTitle: 'Share of predictions with labels',
  countTitle: 'Predictions with labels',
  servedTitle: 'Who served',
  servedBy: (version: string) => `Served by ${version}`,
  version: 'Version',
  newestVersion: 'The newest that predicted',
} as const;

export const tiles = {
  label: 'Key figures of these windows',
  none: 'no label yet',
  count: (count: string) => `n${space}${count}`,
} as const;

export const threshold = {
  title: 'Where to act',
  text: 'From which probability on a case is acted upon, and what comes of it in counts of cases.',
  slider: 'Threshold',
  valueText: (value: string, flagged: string) => `${value}: ${flagged} cases at or above`,
  ofMonitor: (value: string) => `The monitor’s: ${value}`,
  back: 'Back to the monitor’s',
  matrix: 'Cases at this threshold',
  flagged: 'At or above',
  passed: 'Below',
  cameTrue: 'Came true',
  didNot: 'Did not',
  all: 'All',
  right: { hit: 'rightly acted upon', rest: 'rightly left alone' },
  wrong: { alarm: 'acted upon in vain', miss: 'missed' },
  summary: (flagged: string, all: string, hits: string, missed: string) =>
    `${flagged} of ${all} cases would be acted upon: ${hits} of them came true. ${missed} that came true would be missed.`,
  precision: 'Precision',
  recall: 'Recall',
  acted: 'Cases at or above',
  chart: 'Precision, recall and load',
  chartText: 'What a higher threshold wins and loses; the flag is where the slider stands.',
  chartMeans:
    'Precision: of the cases at or above the threshold, the share that came true. Recall: of the cases that came true, the share at or above. Load: how many cases would be acted upon. Counted over all labelled predictions of the range; scores count in bins of a thousandth.',
  rates: 'Precision and recall, by threshold',
  load: 'Cases at or above the threshold',
} as const;

export const reliability = {
  title: 'Reliability',
  text: `Does a prediction of 70${space}% come true in 70${space}% of cases?`,
  means:
    'Labelled predictions of these windows by height; each point compares the mean prediction of a bin with the share that came true. Bars are Wilson 95 % intervals. On the dashed diagonal predictions mean what they say.',
} as const;

export const slices = {
  title: 'Where it does worse',
  text: (figure: string) =>
    `By ${figure.toLowerCase().replace('auc', 'AUC')}; the most harmful first: how much worse than the whole, times how many cases.`,
  whole: (whole: string) => `The whole: ${whole}`,
  value: (slice: string) => slice.charAt(0).toUpperCase() + slice.slice(1).replaceAll('_', ' '),
  cases: 'Cases',
  interval: '95 % interval',
  gap: 'Against the whole',
  harm: 'Harm',
  state: 'Is it real?',
  states: { worse: 'Worse', better: 'Better', open: 'Could be chance' },
  between: (low: string, high: string) => `${low}${space}…${space}${high}`,
  harmMeans:
    'How much worse than the whole, times the number of cases: what would be won if it did as well as the whole. Of shares it reads as cases.',
  stateMeans:
    'Whether the 95 % interval leaves the whole out. Of twenty values that are like the whole, one is said to differ by chance.',
  suppressed: (count: number) =>
    `${plural(count, 'value is', 'values are')} suppressed: too few cases to be shown without showing people, or needed to keep those from being computed.`,
  more: (count: number) => `${plural(count, 'further value does', 'further values do')} less harm.`,
  showAll: (count: number) => `Show all ${count}`,
  showFewer: 'Show fewer',
  none: 'No slices are declared',
  noneText: 'Name fields by whose values quality is told apart where the monitor is made:',
  noLabels: 'No value has enough cases with labels yet.',
} as const;

export const fairness = {
  title: 'Is it fair?',
  text: (baseline: string, compared: string) =>
    `What a threshold does to ${compared}, compared with ${baseline}. Of all time.`,
  chart: 'Errors by group and threshold',
  chartText: 'Bands are 95 % intervals; the flag is where the slider above stands.',
  chartMeans:
    'Missed: of the people of a group for whom it came true, the share below the threshold. Acted upon in vain: of those for whom it did not, the share at or above. Acted upon: of all. A difference at one threshold may vanish at another: look along the curve. Source: Hardt, Price & Srebro 2016.',
  rates: {
    falseNegative: 'Missed, though it came true',
    falsePositive: 'Acted upon in vain',
    selection: 'Acted upon',
  },
  column: (rate: string, group: string) => `${rate}: ${group}`,
  lower: '95 % from',
  upper: '95 % to',
  width: 'Width',
  operating: (threshold: string) => `At the monitor’s threshold of ${threshold}`,
  between: (low: string, high: string, compared: string, baseline: string) =>
    `${low}${space}…${space}${high}, ${compared} less ${baseline}`,
  cases: (group: string) => `Cases: ${group}`,
  abroca: 'Area between the ROC curves',
  abrocaText: (p: string) => `an area as large comes by chance with probability ${p}`,
  hidden: 'A group is too small to be shown',
  hiddenText:
    'With fewer rows than the floor in one group neither is shown: the other could be told from the whole.',
  none: 'No groups are declared',
  noneText:
    'Whether it treats two groups alike is told when the monitor knows them. The field is looked at for this alone; it need not be known to the model:',
} as const;

export const labels = {
  title: 'How long labels take',
  text: 'Share of predictions whose label has come within an age.',
  means:
    'Of predictions of all time. Those that still wait count up to their age, those given up as never (Kaplan & Meier 1958). The band is a 95 % interval.',
  age: 'Age',
  share: 'Share with labels',
  lower: '95 % from',
  upper: '95 % to',
  width: 'Width',
  chartTitle: 'Share with labels, by age',
  half: (time: string) => `half within ${time}`,
  most: (time: string) => `nine in ten within ${time}`,
  noHalf: 'fewer than half have come',
  outcomes: 'What became of them',
  outcomeNames: {
    told: 'Predictions',
    joined: 'Labels in time',
    early: 'Labels before their prediction',
    waiting: 'Still waiting',
    unlabelled: 'Given up without a label',
    late: 'Labels too late',
    unknown: 'Labels for nobody',
    twice: 'Labels sent twice',
    conflict: 'Labels that contradict',
    repeated: 'Predictions sent twice',
    outdated: 'Predictions too old',
    invalid: 'Not usable',
    evicted: 'Given up for want of room',
    erased: 'Erased with their user',
  } as Readonly<Record<string, string>>,
  atOnce: 'Labels come with the events',
  atOnceText: 'The answer is known when the prediction is: there is nothing to wait for.',
  none: 'No label has come yet',
  noneText: 'Send one when it is known what happened; it names the prediction:',
  noneYet: 'From the first label on it is seen here how long they take.',
} as const;
