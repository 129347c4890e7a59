/** Every word of the pages of policies: to be read as a whole, and written for people who know no statistics. */

const space = '\u00a0';

/** "1 action", "2 actions" */
export function plural(count: number, one: string, many: string): string {
  return `${count}${space}${count === 1 ? one : many}`;
}

export const words = {
  eyebrow: 'Personalization',
  none: '–',
  states: {
    draft: 'Draft',
    running: 'Running',
    paused: 'Paused',
    stopped: 'Stopped',
    archived: 'Archived',
  },
} as const;

/** Names of the parts of a definition, as the form has them. */
const fields: Record<string, string> = {
  key: 'Key',
  name: 'Name',
  purpose: 'Purpose',
  algorithm: 'Algorithm',
  actions: 'Actions',
  open: 'Actions',
  context: 'Looks at',
  traits: 'Traits it reads',
  reward: 'Reward',
  floor: 'Floor',
  holdout: 'Held out',
  control: 'Control',
  pins: 'Pins',
  segments: 'Segments',
  state: 'State',
};

export function fieldName(field: string): string | undefined {
  return fields[field.split(/[.[]/)[0] ?? ''];
}

export const list = {
  waiting: 'Asking the engine for its policies …',
  unknown: 'The engine does not say which policies there are.',
  none: 'There is no policy yet.',
  noneRuns: 'No policy runs.',
  onlyDrafts: (count: number) =>
    `No policy runs; ${plural(count, 'draft waits', 'drafts wait')} to be started.`,
  onlyPaused: (count: number) =>
    `Nothing is decided at present: ${plural(count, 'policy is', 'policies are')} paused.`,
  worse: (count: number, names: readonly string[]) =>
    `${plural(count, 'policy decides', 'policies decide')}; ${names.map((name) => `“${name}”`).join(' and ')} ${names.length === 1 ? 'earns' : 'earn'} less than the control.`,
  better: (count: number, better: number) =>
    count === better
      ? `${plural(count, 'policy decides and earns', 'policies decide, and all earn')} more than the control.`
      : `${plural(count, 'policy decides', 'policies decide')}; ${better} of them ${better === 1 ? 'earns' : 'earn'} more than the control.`,
  open: (count: number) =>
    `${plural(count, 'policy decides', 'policies decide')}; what is earned against the control is not told yet.`,
  create: 'New policy',
  decides: (count: number) =>
    count === 0
      ? 'Decides among what each request brings.'
      : `Decides among ${plural(count, 'action', 'actions')}.`,
  among: (count: number) =>
    count === 0
      ? 'It is chosen among what each request brings.'
      : `It is chosen among ${plural(count, 'action', 'actions')}.`,
  draftText: 'Not started: it decides nothing.',
  noWorth: 'What it earns against the control is not known yet.',
  algorithm: 'Algorithm',
  actions: 'Actions',
  brought: 'open',
  started: 'Started',
  earned: 'Reward each',
  emptyTitle: 'No policy yet',
  emptyText:
    'A policy chooses for each person the action that is likeliest to do them good, and learns from what came of it. A share of the people gets a control, so that you see what it is worth.',
  emptyCommand: 'Or from a terminal: define one, start it, ask it, and tell it what came of it.',
} as const;

export const worth = {
  unknown: 'Not known yet',
  more: 'Earns more',
  less: 'Earns less',
  open: 'Not told yet',
  interval: (mean: string, low: string, high: string) => `${mean} (${low}${space}…${space}${high})`,
  clauseMore: (size: string, between: string) =>
    `It earns ${size} a decision more than the control: ${between}.`.replace('earns +', 'earns '),
  clauseLess: (size: string, between: string) =>
    `It earns ${size} a decision less than the control: ${between}.`,
  clauseOpen: (between: string) =>
    `Whether it earns more than the control is not told yet: the difference lies ${between} a decision.`,
  draft: 'This is a draft: it decides nothing until it is started.',
  neverStarted: 'It was put away before it decided anything.',
  leads: {
    paused: 'It is paused. ',
    stopped: 'It is over. ',
    archived: 'It is over. ',
  },
  noDecisions: 'Nothing was decided in this range.',
  noRewards: 'What its decisions have earned is not known yet.',
  earns: (mean: string) => `It earns ${mean} a decision`,
  thanChance: (difference: string) => `(${difference} against chance).`,
  nobodyHeld: 'Nobody is held out, so what it is worth against the control is not known.',
  controlUnknown: 'Of the control too little is known to compare.',
} as const;

export const detail = {
  absent: (key: string) => `There is no policy “${key}”`,
  backToList: 'All policies',
  waiting: 'Asking what it earns …',
  inSteps: (until: string) =>
    `Told until ${until}, in steps that enough people are in. Course, actions and segments are for who may see single people.`,
  noStep: 'Nothing is told yet: no day that is over has enough people whose rewards are known.',
  since: (ago: string) => `Started ${ago}`,
  stage: (number: number) => `Stage ${number}`,
  revision: (revision: number) => `Revision ${revision}`,
  whoGets: 'Look up a person',
  edit: 'Edit',
  copy: 'Copy',
  moves: {
    start: 'Start …',
    pause: 'Pause …',
    resume: 'Resume …',
    stop: 'Stop …',
    archive: 'Archive …',
  },
} as const;

export const missing = {
  none: 'There is no report of what it earns.',
  noneText:
    'This engine has none for the policy. Its actions can be switched all the same; what it decides is in the event log.',
  unavailable: 'What it earns cannot be computed at present.',
  unavailableText:
    'The storage of decisions does not answer. It is asked again every few seconds; decisions go on meanwhile.',
  failed: 'What it earns could not be asked.',
  retry: 'Ask again',
} as const;

export const tiles = {
  label: 'Key figures',
  control: 'Against the control',
  nobodyHeld: 'Nobody is held out',
  uniform: 'Against chance',
  uniformEarns: (mean: string) => `Every action as often: ${mean}`,
  decisions: 'Decisions',
  held: (count: string) => `${count} for the held-out`,
  earned: (mean: string) => `${mean} earned each`,
  exploration: 'Exploration',
  explored: 'Another than the likeliest was chosen',
  open: 'Still open',
  waiting: 'Reward not known yet',
  horizon: (span: string) => `It may come within ${span}`,
} as const;

export const courses = {
  title: 'Over time',
  text: 'By what was decided in the range above. Changes are numbered in the charts.',
  policy: 'What the policy earns beside its control',
  controlUnknown: 'Of the control nothing is known in this range.',
  share: 'Who gets what',
  worth: 'What each action earns',
  uncompared:
    'Not compared with the range before: with each action beside what it was before, none could be told from another. The policy as a whole is compared above.',
  inStage: (sentence: string, stage: number) => `${sentence} (stage ${stage})`,
} as const;

export const charts = {
  policy: 'The policy',
  controlOf: 'The control',
  worthTitle: 'Mean reward of a decision',
  decisionsOf: (name: string) => `${name}, decisions`,
  shareTitle: 'Share of the decisions',
  decisions: 'Decisions',
  decisionsTitle: 'Decisions',
  others: (count: number) => plural(count, 'other', 'others'),
  from: (name: string) => `${name}, from`,
  width: (name: string) => `${name}, width`,
  to: (name: string) => `${name}, to`,
  control: 'control',
} as const;

export const worthCard = {
  title: 'What it is worth',
  who: 'Who decides',
  decisions: 'Decisions',
  earned: 'Reward each',
  policy: 'The policy',
  policyNote: 'what it chose by itself',
  control: 'The control',
  controlNote: (name: string) => `the held-out: ${name}`,
  uniform: 'Chance',
  uniformNote: 'every action as often, from the log',
  difference: 'Policy less control',
  nobodyHeld: 'Nobody is held out, so it is not known.',
  unknown: 'Not known yet.',
} as const;

export const exploration = {
  title: 'What finding out costs',
  text: 'To learn, a policy must sometimes choose another action than the one that it holds likeliest to be best.',
  best: 'The likeliest',
  explored: 'Another',
  held: 'Held out',
  costs: (cost: string) => `costs ${cost} over all decisions, on average`,
  free: (cost: string) => `costs nothing that shows (${cost} a decision)`,
  get: (control: string) => `get ${control}`,
  floor: 'Floor',
  each: (share: string) => `at least ${share} for each action`,
  noFloor: 'nothing is tried for its own sake',
  holdout: 'Held out',
  control: 'Control:',
  change: 'Change …',
  changeFloor: 'Change the floor',
  changeHoldout: 'Change the share of the held-out',
  toChance: 'Take chance …',
  controlToChance: 'Take chance as the control',
} as const;

export const actions = {
  title: 'Actions',
  text: 'Each switch asks for a reason, and can be taken back.',
  fixedText: 'What is over is not changed any more.',
  action: 'Action',
  offered: 'On offer',
  offer: (name: string) => `Offer “${name}”`,
  on: 'On',
  off: 'Off',
  share: 'Share',
  earned: 'Reward each',
  interval: 'Interval',
  decisions: 'Decisions',
  cap: 'Cap',
  uncapped: 'none',
  capped: (times: number, within: string) => `${times} in ${within}`,
  changeCap: (name: string, text: string) => `Cap of “${name}”: ${text}. Change it`,
  eligible: 'For whom',
  control: 'Control',
  isControl: 'Control',
  make: 'Make control …',
  makeControl: (name: string) => `Make “${name}” the control`,
  pin: 'Pin an action …',
  pins: 'Pinned actions',
  pinned: (who: string, name: string) => `${who} gets “${name}”.`,
  removePin: (name: string) => `Remove the pin of “${name}”`,
  remove: 'Remove …',
  brought: 'It has no actions of its own',
  broughtText: 'Each request brings those among which is chosen.',
} as const;

export const segments = {
  title: 'What is good for whom',
  text: 'What each action earns in each group, and how far that lies from the group’s average.',
  by: 'Groups by',
  all: 'All attributes',
  segment: 'Group',
  none: 'No group is large enough yet',
  noneText: 'Groups below 10 people are not shown.',
  absent: 'too few',
  users: (count: string) => `${count} people`,
  thinCell: ', few people: with reservation',
  up: 'above the group’s average',
  down: 'below it',
  thin: 'little is known, or too few people to be shown',
  suppressed: (count: number) =>
    count === 0
      ? 'No cell is left out.'
      : `${plural(count, 'cell is', 'cells are')} left out: fewer than 10 people.`,
  left: (count: number) => `${plural(count, 'action', 'actions')} chosen less often not shown.`,
} as const;

const events = (count: number, text: string) =>
  `${text}${space}${count === 1 ? 'event' : 'events'}`;

const decided = (count: number, text: string) =>
  `${text}${space}${count === 1 ? 'decision' : 'decisions'}`;

export const uncounted = {
  label: 'What the figures leave out',
  unrewarded: (count: number, text: string) =>
    `Nothing came of ${decided(count, text)} whose time is over, and nothing is assumed: no figure counts them.`,
  sampled: (share: string) =>
    `Chance and exploration are estimated from ${share} of the decisions: of the others it is not known what was offered.`,
  unmatched: (count: number, text: string) =>
    `${events(count, text)} of all policies named a decision that is not known, or whose time was over: nothing was learnt from them.`,
  fallback: (count: number, text: string) =>
    `${decided(count, text)} ${count === 1 ? 'was' : 'were'} made by the application, because the engine made none in time: nothing was learnt from them.`,
  crowdedOut: (count: number, text: string) =>
    `${decided(count, text)} ${count === 1 ? 'was' : 'were'} closed early, because their person had too many open ones.`,
  other: (count: number, text: string, kind: string) =>
    `From ${events(count, text)} nothing was learnt: ${kind}.`,
} as const;

export const setUp = {
  title: 'Set-up',
  algorithm: 'Algorithm',
  learner: 'Learner',
  usual: 'the algorithm’s usual one',
  context: 'Looks at',
  traits: 'Traits it reads',
  open: 'Requests may bring actions',
  segments: 'Groups',
  reward: 'Reward',
  yes: 'Yes',
  no: 'No',
  nothing: 'nothing',
  numeric: (field: string) => `${field} (a number)`,
  categorical: (field: string) => `${field} (a category)`,
} as const;

export const reward = {
  rule: (filter: string, value: string, match: string) =>
    `An event whose ${filter} earns ${value} for ${match}.`,
  matches: {
    decision: 'the decision that it names',
    item: 'the person’s latest decision for its item',
    user: 'the person’s latest decision',
  },
  value: 'its value',
  times: (times: string) => `${times} × its value`,
  horizon: (span: string, combined: string) => `It may come within ${span}; ${combined}.`,
  combined: {
    first: 'the first counts',
    last: 'the last counts',
    sum: 'several are added up',
    largest: 'the largest counts',
  },
  nothing: 'Of a decision to which none comes nothing is learnt.',
  absent: (value: string) => `A decision to which none comes has earned ${value}.`,
  bounds: (least: string, largest: string) =>
    `A reward lies between ${least} and ${largest}; another is refused.`,
} as const;

export const record = { title: 'Changes' } as const;

/** What each figure means. Shown on hover and focus of its name. */
export const definitions = {
  difference:
    'Mean reward of a decision by the policy less that of a decision for the held-out, with its interval. Both are of the same time, and chance alone says who is held out.',
  uniform:
    'What the policy earns less what every action with equal probability would have earned. The latter is estimated from the log: each reward weighs by how unlikely its choice was.',
  decisions: 'Decisions in the range, those for the held-out among them.',
  exploration:
    'Share of the policy’s own decisions on which another action than the most probable was chosen (where all are as likely, each is the most probable), and what always taking the most probable would have earned more, for each decision, as estimated from the log.',
  open: 'Decisions whose reward may still come: they are not counted until it does, or until its time is over.',
  course:
    'Mean reward of the decisions of each step of time by what the policy chose, and by what the held-out got. The bands are intervals, each step’s by itself: whether the two differ is told below, by all decisions together.',
  share:
    'Share of the decisions that each action got, in each step of time; beneath, how many there were.',
  worth:
    'Mean reward as if everybody had got the action: each reward is divided by the probability with which its action was chosen, so that being chosen for the right people does not flatter it. The band is an interval.',
  earned: 'Mean reward of one decision, with its interval.',
  floor:
    'Least probability of an action on offer, times their number: what is kept for trying everything, so that none is forgotten and other policies can be judged by the log.',
  holdout:
    'Share of the people that get the control whatever is learnt: by them the policy’s worth is known.',
  offered: 'An action that is off is given to nobody; what it has earned stays known.',
  cap: 'How often one person may get the action within a time.',
  control: 'What the held-out get, and everyone while nothing can be computed.',
  affinity:
    'Expected outcome beyond what is usual, on a scale on which −1 is disliked and 1 is liked. The line over a bar is one standard error to each side. The sentence beside it tells of the part that is the person’s own, beyond what others like.',
  evaluated:
    'What it would have earned on these decisions: each reward weighs by how much likelier or less likely it would have made the same choice, and what no decision tells is predicted from those before. The interval may be read at any time.',
  lessLogged:
    'What it would have earned less what was earned, on the same decisions: an interval that may be read at any time.',
  effective:
    'So many decisions of its own would tell as much about it as this log does. Below 100 nothing is compared.',
  unspoken:
    'Share of its choices of which the log cannot speak: actions that had no chance there, and decisions for which it had no action or lacked a feature. From a tenth on it stands behind all others.',
  segments:
    'Mean reward of an action among the people of a group. Colours show how far it lies from the group’s average over its actions. Groups below 10 people are left out.',
} as const;
