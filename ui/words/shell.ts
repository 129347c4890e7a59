/**
 * The words of the shell. This folder is the catalogue of all words of the dashboard: to be read as a whole, corrected, and one
 * day translated; a file for each page, so that a page's words are loaded with it.
 */

/** "1 event", "2 events" */
function plural(count: number, text: string, one: string, many: string): string {
  return `${text} ${count === 1 ? one : many}`;
}

export const messages = {
  name: 'millrace',
  skip: 'Skip to the content',
  pages: {
    overview: 'Overview',
    recommendations: 'Recommendations',
    models: 'Models',
    experiments: 'Experiments',
    personalization: 'Personalization',
    anomalies: 'Anomalies',
    drift: 'Drift',
    retraining: 'Retraining',
    pipelines: 'Pipelines',
    settings: 'Settings',
    navigation: 'Pages',
    loading: 'The page is loading',
    recommended: (count: string) =>
      count === '1' ? '1 recommendation' : `${count} recommendations`,
    openAlerts: (count: string) => (count === '1' ? '1 open alert' : `${count} open alerts`),
  },
  saveTable: (title: string) => `CSV: ${title}, table`,
  csv: 'CSV',
  tableOf: (title: string) => `${title}, table`,
  notFound: {
    title: 'There is no such page',
    text: 'The address names no page of this dashboard.',
  },

  shell: {
    tools: 'View',
    range: 'Time range',
    earlier: 'Earlier by half a range',
    later: 'Later by half a range',
    newest: 'Back to the newest data',
    dates: 'Choose dates',
    findLong: 'Find a page, a model, an experiment (Ctrl K or ⌘ K)',
    copyLink: 'Copy a link to this view',
    copied: 'Link copied',
    theme: { auto: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    help: 'Keyboard and help',
  },
  ranges: {
    '15m': '15 min',
    '1h': '1 h',
    '6h': '6 h',
    '24h': '24 h',
    '7d': '7 days',
    '30d': '30 days',
    all: 'All',
    custom: 'Fixed',
  },

  compare: {
    label: 'Compare with the range before',
    on: 'Compared with the range before: dotted lines',
    more: (size: string, before: string) => `${size} more than before (${before})`,
    less: (size: string, before: string) => `${size} less than before (${before})`,
    same: (before: string) => `as before (${before})`,
  },

  live: {
    connecting: 'Connecting …',
    live: 'Live',
    paused: 'Paused',
    hidden: 'Resting',
    lost: 'Connection lost',
    signedOut: 'Signed out',
    refused: 'Not live here',
    refusedText:
      'The live line tells of the whole engine. What is shown for a place is renewed every minute.',
    pause: 'Pause live updates',
    resume: 'Resume live updates',
    keepsUp: 'keeping up',
    timeBehind: (time: string) => `${time} behind`,
    eventsBehind: (count: string) => `${count} events behind`,
    lostBanner: (time: string) => `Connection lost ${time}; showing the last data. Trying again …`,
    lostAnnouncement: 'Connection lost; showing the last data.',
    neverBanner: 'The engine does not answer. Trying again …',
    refreshBanner: (reason: string) =>
      `Some figures could not be refreshed; showing the last ones. ${reason}`,
  },

  account: {
    waiting: 'Asking who you are …',
  },
  close: 'Close',
  all: 'Show all of it',
  less: 'Show less',

  ownName: {
    label: 'Your name',
    text: 'It stands in the record beside what you do. Kept in this browser.',
    taken: 'The engine acts under this name. Take another.',
  },

  states: {
    good: 'Good',
    attention: 'Attention',
    bad: 'Bad',
    none: 'No data yet',
    unknown: 'Not known',
  },

  problems: {
    title: 'This part could not be loaded',
    chart: 'The chart could not be drawn; here is its data.',
    page: 'This page met an error',
    retry: 'Try again',
    code: (code: string) => `Code ${code}`,
  },

  empty: {
    waiting: 'No events yet',
    sendOne: 'Send a first one, and it appears here within a second:',
    noModel: 'No model has predicted yet',
    noModelText: 'Models learn from events of the type “answered” with a value of 0 or 1:',
    noMetric: 'No metric has a window yet',
    noPipeline: 'No pipeline runs',
    noPipelineText: 'Start the engine:',
    startCommand: 'npm start',
    noPoints: 'Nothing in this range',
    noPointsText: 'There is data, but not between these instants.',
    showAll: 'Show all data',
    noCalibration: 'No reliability diagram yet: it needs predictions whose outcome is known.',
    noRefusals: 'No event was refused.',
    noTables: 'No state is held at present.',
    command: 'Command',
    copy: 'Copy',
    copied: 'Copied',
  },

  tiles: {
    label: 'Key figures',
    effect: 'Effectiveness',
    accuracy: 'Accuracy',
    feedback: 'Feedback',
    health: 'Health',
    ofPolicy: (name: string) => `“${name}” against those held out`,
    ofMetric: (name: string) => `mean of ${name}`,
    steady: 'Steady',
    rises: 'Rises',
    falls: 'Falls',
    halves: (change: string) => `${change} in the second half`,
    perHour: (count: string) => `${count}/h`,
    events: (count: string) => `${count} events`,
    versusUsual: 'versus the range’s median',
    recentVersusAll: 'recent versus overall',
    interval: (lower: string, upper: string, count: string) =>
      `95\u00a0% ${lower}\u00a0…\u00a0${upper}, n\u00a0${count}`,
    predictions: (count: string) => `n ${count}`,
    refusedShare: (share: string) => `${share} refused`,
    noneRefused: 'none refused',
    flowing: (rate: string) => `Flowing, ${rate} events/s`,
    still: 'Nothing arrives',
    checks: (good: number, all: number) => `${good} of ${all} checks good`,
    offBy: (points: string) => `off by ${points} on average`,
    discriminates: { strong: 'Strong', fair: 'Fair', weak: 'Weak', none: 'No better than chance' },
    calibrated: { close: 'Very close', fair: 'Close', off: 'Somewhat off', far: 'Far off' },
  },

  overview: {
    eyebrow: 'Overview',
    waiting: 'Asking the engine how it is …',
    unknown: 'The engine does not say how it is.',
    moreToDo: (count: number) =>
      count === 1 ? 'There is 1 more thing to do.' : `There are ${count} more things to do.`,
    toAlerts: 'See what is unusual',
    inbox: {
      title: 'What to do',
      all: 'All recommendations',
      none: 'Nothing to do.',
      unlooked: 'It has not been looked yet what there is to do.',
      open: 'Look',
      openOf: (title: string) => `Look at “${title}”`,
      more: (count: string) => `${count} more`,
    },
    effect: 'Does it help?',
    effectText: 'What personalized decisions earn beside those of the held-out.',
    policyText: 'Mean reward of a decision: by what is learnt, and at random for those held out.',
    toPolicy: (name: string) => `More of “${name}”`,
    attention: 'Wants attention',
    calm: 'No alert is open.',
    alertsUnknown: 'Whether an alert is open is not known.',
    since: (moment: string) => `since ${moment}`,
    learning: 'Learning curve',
    learningText: (model: string) =>
      `Is ${model} getting better? Each point is judged before its answer is learnt.`,
    reliability: 'Reliability',
    reliabilityText: 'Does a prediction of 70\u00a0% come true in 70\u00a0% of cases?',
    models: 'Models at a glance',
    metrics: 'Metrics',
    metricsText: 'What the events measure, per window of event time.',
    model: 'Model',
    metric: 'Metric',
    segment: 'Segment',
    allSegments: 'All together',
    withheld: (points: number, people: number) =>
      `${points === 1 ? 'One point is' : `${points} points are`} withheld: fewer than ${people} people, or not over yet.`,
    moreMetrics: (count: number) =>
      `Show ${plural(count, String(count), 'more metric', 'more metrics')}`,
    fewerMetrics: 'Show fewer',
    latest: 'latest',
  },

  models: {
    name: 'Model',
    version: 'Version',
    predictions: 'Predictions',
    auc: 'AUC',
    recentAuc: 'AUC, recent',
    logLoss: 'Log loss',
    calibration: 'Calibration error',
    baseRate: 'Base rate',
    lastEvent: 'Last event',
    select: (name: string) => `Show ${name} in the charts below`,
  },

  charts: {
    time: 'Time',
    happened: 'What happened',
    before: (name: string) => `${name}, before`,
    beforeShort: 'Before',
    noBefore: 'Of the range before nothing is known.',
    allShown: 'Not compared: all times are shown, and nothing lies before them.',
    asTable: 'Show as table',
    asChart: 'Show as chart',
    export: 'Export',
    csv: 'Data (CSV)',
    png: 'Picture (PNG)',
    svg: 'Drawing (SVG)',
    loading: 'The chart is loading',
    plot: (title: string, count: number) =>
      `${title}, ${count} points. Arrow keys go from point to point.`,
    grid: (title: string, count: number) =>
      `${title}, ${count} cells. Arrow keys go from cell to cell.`,
    opens: 'Enter opens the one at the cursor.',
    zone: (zone: string) => `Times in ${zone}`,
    learning: {
      auc: 'AUC',
      lower: '95 % from',
      width: 'Width',
      upper: '95 % to',
      logLoss: 'Log loss',
      count: 'Predictions',
      aucTitle: 'AUC — higher is better',
      logLossTitle: 'Log loss — lower is better',
      countTitle: 'Predictions',
    },
    metric: {
      mean: 'Mean',
      lower: '95 % from',
      width: 'Width',
      upper: '95 % to',
      median: 'Median',
      count: 'Count',
      meanTitle: 'Mean, with its 95 % interval',
      countTitle: 'Count',
    },
    reliability: {
      predicted: 'Predicted',
      observed: 'Observed',
      lower: '95 % from',
      upper: '95 % to',
      count: 'Predictions',
      observedTitle: 'Observed share',
      predictedTitle: 'Predicted probability',
      countTitle: 'Predictions',
    },
    alert: {
      value: 'Reading',
      expected: 'Expected',
      lower: 'Usually from',
      width: 'Width',
      upper: 'Usually to',
      count: 'Rows',
      title: 'Reading, with what is usual',
      limit: 'Limit',
      span: 'Alert',
    },
  },
} as const;

const auc =
  'Area under the ROC curve: how often the model puts a random positive outcome above a random negative one. 0.5 is chance, 1 is perfect. Each prediction was made before its outcome was learnt. The interval follows Hanley and McNeil 1982 and takes predictions as independent.';
const calibration =
  'Expected calibration error: the mean distance between predicted probability and observed share, weighted by the number of predictions in each bin.';
const overall =
  'The figure is that of all predictions since the beginning of the data; the line is its course over the chosen range.';

/** What each figure means: formula, window, filter. Shown on hover and focus of its name. */
export const definitions = {
  feedback:
    'Predictions of the model whose outcome became known within the chosen range, by event time: what it learns from. The interval of the rate is that of a Poisson count.',
  auc,
  aucOverall: `${auc} ${overall}`,
  recentAuc: 'The same over the most recent tenth of the model’s predictions.',
  logLoss:
    'Mean of −log of the probability that was given to what happened, in nats. Lower is better; always saying the base rate gives its entropy.',
  calibration,
  baseRate: 'Share of outcomes that were 1.',
  predictions: 'Predictions whose outcome is known, since the beginning of the data.',
  lastEvent: 'Event time of the newest prediction.',
  health:
    'The worst of all checks: lag, partitions, refused events, storage and model calibration.',
  mean: 'Mean of the metric’s values in each step of event time. The band is its 95 % interval: 1.96 standard errors.',
  reliability:
    'Predictions are put into bins by height; each point compares the mean prediction of a bin with the share of outcomes that were 1. Bars are Wilson 95 % intervals. On the dashed diagonal predictions mean what they say.',
  learning:
    'Prequential: each prediction is scored before the model learns from its outcome, so all data is unseen. Band: 95 % interval of the step’s AUC.',
  throughput:
    'Events of the epochs committed in each step, divided by the step, by the engine’s clock.',
  lag: 'Events accepted into the log but not yet committed.',
  lagNoted:
    'Events accepted into the log but not yet committed, as each commit notes it: the most of each partition in a step, added up. A partition that falls silent while events wait keeps its last figure. A gap: nothing was noted.',
  commit:
    'Time to write an epoch’s results, state and marker: median and 99th percentile of the epochs in each step.',
  aside:
    'Late: behind the watermark. Duplicate: same user and id seen before. Refused: not valid. All are counted, late and refused ones kept as well; none is learnt from.',
  committedOffset: 'Events before this position are processed, with all their effects stored.',
  endOffset: 'Position where the next accepted event will stand.',
  commitTime: 'Duration of the last epoch’s commit.',
  committedAt: 'When the last epoch was committed, by the engine’s clock.',
  keys: 'Keys held, all partitions together. Tables are bounded: the least recently used key goes first.',
  refusedShare: 'Refused events as a share of all that arrived, since the beginning of the data.',
} as const;

export type DefinitionName = keyof typeof definitions;
