/** Every word of the pages of experiments: to be read as a whole, and written for people who know no statistics. */

const space = '\u00a0';

/** "1 unit", "2 units" */
function plural(count: number, one: string, many: string): string {
  return `${count}${space}${count === 1 ? one : many}`;
}

export const words = {
  eyebrow: 'Experiments',
  none: '–',
  verdictUnknown: 'Not known yet',
  states: {
    draft: 'Draft',
    running: 'Running',
    paused: 'Paused',
    stopped: 'Stopped',
    archived: 'Archived',
  },
  comparison: { better: 'Better', worse: 'Worse', open: 'Open' },
  guardrail: { harmed: 'Harmed', better: 'Better', open: 'No harm shown' },
} as const;

export const verdictWords = {
  ship: 'Ship',
  stop: 'Stop',
  'keep running': 'Keep running',
  invalid: 'Invalid',
} as const;

export const roleNames = {
  primary: 'Primary metric',
  secondary: 'Secondary metrics',
  guardrail: 'Guardrails',
} as const;

/** Of one metric. */
export const roleWords = {
  primary: 'Primary',
  secondary: 'Secondary',
  guardrail: 'Guardrail',
} as const;

/** Names of the parts of a definition, as the form has them. */
const fields: Record<string, string> = {
  key: 'Key',
  name: 'Name',
  hypothesis: 'Hypothesis',
  unit: 'Unit',
  salt: 'Salt',
  hash: 'Hash',
  variants: 'Variants',
  control: 'Control',
  traffic: 'Traffic',
  layer: 'Layer',
  holdouts: 'Holdouts',
  targeting: 'Targeting',
  segments: 'Segments',
  sticky: 'Sticky',
  metrics: 'Metrics',
  minimumEffect: 'Minimum effect',
  alpha: 'Error level',
  stages: 'Stages',
  state: 'State',
  decision: 'Decision',
};

export function fieldName(field: string): string | undefined {
  return fields[field.split(/[.[]/)[0] ?? ''];
}

export const list = {
  lastVerdict: (sentence: string) => `The last verdict: ${sentence}`,
  waiting: 'Asking the engine for its experiments …',
  unknown: 'The engine does not say which experiments there are.',
  none: 'There is no experiment yet.',
  noneRuns: 'No experiment runs.',
  onlyDrafts: (count: number) =>
    `No experiment runs; ${plural(count, 'draft waits', 'drafts wait')} to be started.`,
  onlyPaused: (count: number) =>
    `Nothing runs; ${plural(count, 'experiment is', 'experiments are')} paused.`,
  needing: (count: number, what: string) =>
    `${plural(count, 'experiment needs', 'experiments need')} you: ${what}.`,
  needs: {
    invalid: (name: string) => `“${name}” cannot be believed`,
    stop: (name: string) => `“${name}” should stop`,
    ship: (name: string) => `“${name}” can be shipped`,
  },
  more: (count: number) => `${count} more`,
  calm: (count: number) =>
    `Nothing needs you: ${plural(count, 'experiment runs', 'experiments run')}.`,
  next: (days: string) => `The next is planned to be decided in ${days}.`,
  create: 'New experiment',
  plan: 'Plan',
  draftText: 'Not started: nobody is in it.',
  noVerdict: 'Nothing has been evaluated yet.',
  endedUnjudged: 'It ended before anything was evaluated.',
  ratioAlarm: 'Sample ratio is off',
  primary: 'Primary metric',
  units: 'Units',
  daysLeft: 'Left',
  started: 'Started',
  ended: 'Ended',
  emptyTitle: 'No experiment yet',
  emptyText:
    'An experiment shows two or more variants to people by chance and tells which one serves them better. Its verdict is valid whenever you look.',
  emptyCommand: 'Or from a terminal, a first draft:',
} as const;

export const ending = {
  words: { ship: 'Shipped', stop: 'Not shipped', invalid: 'Invalid' },
  sentences: {
    ship: (name: string) => `“${name}” was shipped: everyone gets it.`,
    stop: (_name: string) => 'It was stopped, and nothing was shipped.',
    invalid: (_name: string) => 'It was stopped as invalid: believe nothing of it.',
  },
  undecided: 'It was stopped without a decision.',
} as const;

export const detail = {
  absent: (key: string) => `There is no experiment “${key}”`,
  backToList: 'All experiments',
  draftSentence: 'This is a draft: nobody is in it until it is started.',
  noResultSentence: 'It has not been evaluated yet: the first units are not old enough.',
  endedSentence: 'It ended before anything was evaluated.',
  verdict: (word: string) => `Verdict: ${word}`,
  because: (reason: string) => `Because: ${reason}`,
  lastVerdict: (sentence: string) => `The last verdict: ${sentence}`,
  since: (ago: string) => `Started ${ago}`,
  evaluated: (ago: string) => `Evaluated ${ago}`,
  exposed: (count: string) => `${count} units`,
  revision: (revision: number) => `Revision ${revision}`,
  crossed: (count: string, all: string) =>
    `${count} of ${all} units were seen in more than one variant: more than 1${space}%. They are left out; find out why before you decide.`,
  edit: 'Edit',
  copy: 'Copy',
  plan: 'Plan',
  start: 'Start …',
  pause: 'Pause …',
  resume: 'Resume …',
  stop: 'Stop …',
  ship: 'Ship …',
  archive: 'Archive …',
} as const;

export const moves = {
  titles: {
    start: (name: string) => `Start “${name}”?`,
    pause: (name: string) => `Pause “${name}”?`,
    resume: (name: string) => `Resume “${name}”?`,
    stop: (name: string) => `End “${name}”?`,
    archive: (name: string) => `Archive “${name}”?`,
  },
  confirm: {
    start: 'Start it',
    pause: 'Pause it',
    resume: 'Resume it',
    stop: 'Stop it',
    ship: 'Ship it',
    archive: 'Archive it',
  },
  decision: 'Decision',
  decisions: {
    ship: 'Ship a variant',
    stop: 'Stop: keep the control',
    invalid: 'Invalid: believe nothing of it',
    none: 'Stop without a decision',
  },
  variant: 'Variant',
  blocking: 'It cannot start like this',
} as const;

export const consequences = {
  entering: (traffic: string, shares: string) =>
    `From now on ${traffic} of the units that are targeted enter and get: ${shares}.`,
  fixed:
    'Unit, metrics, control, payloads and error level are fixed from then on; traffic and weights can still change, as new stages.',
  alpha: (alpha: string) =>
    `A false effect will be declared with at most ${alpha} probability, however often you look.`,
  paused: 'Nobody new enters; those who are in it get what there is without the experiment.',
  stillScored: 'Units that were exposed are still scored when they are old enough.',
  resumed: 'New units enter again, and those who are in it get their variant back.',
  sameStage: 'The evidence goes on where it was.',
  archived: 'It leaves the list of what is current. Its record and results stay.',
  archivedDraft: 'The draft leaves the list; it was never started.',
  shipped: (name: string) => `Everyone gets “${name}” from now on.`,
  stopped: (name: string) => `Everyone gets “${name}”, the control, from now on.`,
  invalid: (name: string) =>
    `Everyone gets “${name}”, the control; the record says that its results are not to be believed.`,
  undecided: (name: string) => `Everyone gets “${name}”, the control; no decision is recorded.`,
  counted: (units: string) => `${units} units were exposed; what they showed stays on record.`,
  immature: (units: string) =>
    `Up to ${units} of them are not old enough for some metric; they are scored when they are.`,
  early: 'The verdict is still “keep running”: what has not been decided stays undecided.',
  final: 'It cannot be started again; a copy can.',
} as const;

export const tiles = {
  label: 'Key figures',
  effect: 'Effect',
  evidence: 'Evidence',
  decided: 'Decided',
  undecided: 'Not decided yet',
  decidedFrom: (threshold: string, alpha: string) =>
    `Decided from ${threshold}, which keeps false alarms below ${alpha}`,
  detectable: 'Would detect now',
  nowFound: 'Smallest effect found by now',
  enough: 'Enough to see what matters',
  notEnough: 'Not yet what matters',
  minimum: (size: string) => `${size} would matter`,
  noMinimum: 'With 80\u00a0% probability',
  sampleRatio: 'Sample ratio',
  ratioOk: 'OK',
  ratioOff: 'Off',
  ratioAlarm: 'Alarm',
  asAssigned: 'As assigned',
  units: 'Units exposed',
  immature: (count: string) => `${count} not old enough`,
  daysLeft: (days: string) => `${days} left, as planned`,
} as const;

export const effect = {
  title: 'Effect over time',
  text: (control: string) =>
    `Compared with “${control}”. The band holds at all times at once: read it, and act on it, at any of them.`,
  chartTitle: (metric: string, variant: string) => `${metric}: ${variant}`,
  metric: 'Metric',
  variant: 'Variant',
  shown: 'Shown',
  sinceStart: 'Since the start',
  uncompared:
    'Not compared with the range before: each point holds all data since the start, so the range before is already in it. What it is compared with is the control.',
  inRange: (range: string) => `The page’s range: ${range}`,
  noCourse: 'No course yet',
  noCourseText: 'The first point comes when the first units are old enough to be scored.',
  stage: (number: number, traffic: string, weights: string) =>
    `Stage ${number}: traffic ${traffic}, shares ${weights}`,
} as const;

export const notes = {
  title: 'What happened',
  numbered: 'What happened, as numbered in the chart',
  none: 'Nothing yet. Note what the engine cannot know, such as holidays or an outage: it will stand in the chart.',
  add: 'Note something …',
  form: 'Note what happened',
  text: 'Note',
  example: 'Autumn holidays begin',
  textMissing: 'Say what happened.',
  when: 'When',
  whenMissing: 'Give the date and the time.',
  confirm: 'Note it',
  pending: 'On its way …',
  cancel: 'Cancel',
  remove: (text: string) => `Remove the note “${text}”`,
  removed: (text: string) => `The note “${text}” is removed.`,
  undo: 'Undo',
} as const;

export const arms = {
  title: 'Arms',
  control: 'the control',
  open: 'not known yet',
  variant: 'Variant',
  units: 'Units scored',
  immature: 'Not old enough',
  mean: 'Mean',
  deviation: 'Deviation',
  effect: 'Effect',
  relative: 'Relative',
  evidence: 'Evidence',
  detectable: 'Would detect',
  state: 'State',
  methods: {
    'design-based': 'exact',
    'label-betting': 'exact; effect approximate',
    clusters: 'by clusters',
  },
} as const;

export const metrics = {
  title: 'All metrics',
  text: 'Change compared with the control. A filled mark is decided, a hollow one open.',
  forestTitle: 'Metrics and variants',
  none: 'No metric has a comparison yet',
  lessIsBetter: 'less is better',
  guardrails: 'Guardrails',
} as const;

export const readings = {
  title: 'Other readings',
  note: 'Approximate, and beside the evidence: no decision rests on them.',
  metric: 'Metric',
  adjusted: 'Adjusted effect',
  removed: (removed: string, known: string) => `${removed} less variance; ${known} known before`,
  believed: 'Believed effect',
  informed: 'with the prior',
  better: 'Better with',
  loss: 'Expected loss',
  above: `over 99.9${space}%`,
  below: `under 0.1${space}%`,
} as const;

export const ratio = {
  title: 'Sample ratio',
  ok: 'As assigned',
  alarm: 'Alarm: not as assigned',
  variant: 'Variant',
  units: 'Units',
  came: 'Came',
  expected: 'Assigned',
  none: '–',
  noneText: 'No unit has come yet.',
  okText: 'The units came in the shares in which they were assigned.',
  alarmText:
    'The units did not come in the shares in which they were assigned: something loses or adds units of one variant. Until that is found, no effect can be believed.',
  crossed: (count: string, share: string) => `Seen in more than one variant: ${count} (${share}).`,
  objected: (counts: string) =>
    `Objected to experiments before all was measured, and stay with what they had done until then: ${counts}.`,
  objectedOf: (variant: string, count: string) => `${variant} ${count}`,
} as const;

export const certificate = {
  title: 'Certificate',
  text: 'Counts, design, bets and evidence as one file. Anyone can check it without this engine:',
  download: 'Download certificate',
  command: (file: string) => `millrace verify ${file}`,
  design: 'Design',
} as const;

export const segments = {
  title: 'Segments',
  text: (names: string) => `By ${names}, as declared before the start. All are judged together.`,
  segment: 'Segment',
  metric: 'Metric',
  variant: 'Variant',
  units: 'Units',
  effect: 'Effect',
  interval: 'Interval',
  state: 'State',
  none: 'No segment is large enough yet',
  suppressed: (count: number) =>
    `${plural(count, 'segment is', 'segments are')} left out: fewer than 10 units in an arm.`,
} as const;

export const setUp = {
  title: 'Set-up',
  unit: 'Unit',
  traffic: 'Traffic',
  targeting: 'Who',
  minimumEffect: 'Smallest effect that matters',
  alpha: 'Error level',
  sticky: 'Units keep their variant',
  yes: 'Yes',
  no: 'No',
  layer: 'Layer',
  slice: (name: string, from: number, to: number) => `${name}, ${from}–${to}${space}%`,
  holdouts: 'Holdouts',
  segments: 'Segments',
  variants: 'Variants',
  metrics: 'Metrics',
  variant: 'Variant',
  key: 'Key',
  weight: 'Share',
  payload: 'Payload',
  metric: 'Metric',
  role: 'Role',
  adjustedBy: (names: string) => `adjusted by ${names}`,
  ownPast: 'its past',
  pastOf: (metric: string) => `the past of “${metric}”`,
  withPrior: 'with a prior',
  measured: 'Measured',
  window: 'Scored after',
  kinds: {
    binary: 'Yes or no',
    continuous: 'A value',
    count: 'A number of events',
    ratio: 'A ratio',
    quantile: 'A quantile',
  },
} as const;

export const charts = {
  time: 'Time',
  effect: 'Effect',
  low: 'From',
  width: 'Width',
  high: 'To',
  evidence: 'Evidence',
  units: 'Units scored',
  effectPointsTitle: 'Effect, percentage points',
  effectTitle: 'Effect, in the metric’s unit',
  evidenceTitle: 'Evidence for an effect',
  unitsTitle: 'Units scored',
  matters: 'smallest effect that matters',
  mattersShort: 'matters from here',
  decidedFrom: (threshold: string) => `decided from ${threshold}`,
  metric: 'Metric',
  role: 'Role',
  relative: 'Change',
  interval: 'Interval',
  state: 'Direction',
  states: { good: 'Better', bad: 'Worse', open: 'Open' },
  decided: 'Decided',
  decidedWords: ['Open', 'Decided'],
  same: 'same',
  relativeAxis: 'Change compared with the control',
  day: 'Day',
  power: 'Decided by then',
  detectable: 'Effect found with 80\u00a0%',
  powerTitle: 'Probability that it has decided',
  detectablePointsTitle: 'Effect that is found with 80\u00a0%, points',
  detectableTitle: 'Effect that is found with 80\u00a0%',
} as const;

/** What each figure means. Shown on hover and focus of its name. */
export const definitions = {
  effect:
    'Mean of the variant less mean of the control, in the metric’s unit; for a yes-or-no metric in percentage points. The interval holds at all times at once with the probability that the error level leaves.',
  evidence:
    'The e-value: what a bet against “there is no effect” has made of 1. If there is no effect, it ever reaches 1/α with probability α at most, so it may be looked at as often as you like.',
  detectable:
    'The smallest effect that would be found with a probability of 80\u00a0% by now. It shrinks as units come in.',
  sampleRatio:
    'Whether the units came in the shares in which they were assigned, tested at every moment, stage by stage. The alarm is false in at most 1 of 1000 experiments.',
  units:
    'Units that were exposed to a variant. Each is scored once, at a fixed age; before that it is counted as not old enough.',
  immature: 'Exposed, but not yet as old as the metric’s window: they are scored when they are.',
  course:
    'The line is the estimate at each evaluation, the band its anytime-valid interval. Beneath, the e-value on a logarithmic axis and the units scored.',
  forest:
    'Change by the mean of the control, with its anytime-valid interval. A filled mark: the evidence suffices, all comparisons of its role taken together.',
  adjusted:
    'The effect less what was known of the units before they were exposed, such as what they did in the past. Its interval holds at all times at once, approximately. Covariates narrow it; they do not change what is estimated.',
  believed:
    'Bayesian: what to believe of the effect after the data and the prior, with the interval that holds it with 95 %. It does not keep an error level when it is watched until it looks good.',
  loss: 'What is lost on average by taking the variant where the control is better, in the metric’s unit.',
  segments:
    'All segments are judged together, so that no more than the error level of those that are called different are so by chance.',
  certificate:
    'It holds the counts by stage, arm and bin, the design with its hash, the bets and the e-value, so that a separate program of a few lines can compute the verdict again.',
  power:
    'The probability that the test has decided by each day if the effect is the smallest that matters, and the effect that it would find with 80\u00a0%. Computed for the very test that will be used.',
} as const;

export const clusters = {
  title: 'How alike the members of a group are',
  text: (days: number) =>
    `A group is compared once, when everybody is scored who came within ${days} days after its first member. The more alike its members are, the less each of them adds.`,
  open: 'There are too few complete groups to say.',
  sentence: (found: { clusters: number; size: string; share: string; times: string }) =>
    `${found.share} of the differences lie between groups (intraclass correlation; ${found.clusters} groups of ${found.size} members in the mean). So ${found.times} times as many members are needed as if each were assigned by itself (design effect).`,
} as const;
