/** Every word of the pages of policies: to be read as a whole, and written for people who know no statistics. */

const space = '\u00a0';

/** "1 action", "2 actions" */
function plural(count: number, one: string, many: string): string {
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

export const moves = {
  titles: {
    start: (name: string) => `Start “${name}”?`,
    pause: (name: string) => `Pause “${name}”?`,
    resume: (name: string) => `Resume “${name}”?`,
    stop: (name: string) => `Stop “${name}”?`,
    archive: (name: string) => `Archive “${name}”?`,
  },
  confirm: {
    start: 'Start it',
    pause: 'Pause it',
    resume: 'Resume it',
    stop: 'Stop it',
    archive: 'Archive it',
  },
} as const;

export const consequences = {
  action: (name: string) => `“${name}”`,
  chance: 'chance',
  decides: (count: number) =>
    count === 0
      ? 'From now on it answers each request with one of the actions that the request brings.'
      : `From now on it answers each request with one of ${plural(count, 'action', 'actions')}, and learns from what comes of it.`,
  held: (share: string, control: string) =>
    `${share} of the people are held out and get ${control}, whatever is learnt: by them its worth is known.`,
  nobodyHeld: 'Nobody is held out: what it is worth against a control will not be known.',
  fixed:
    'What it looks at and what counts as reward are fixed from then on; actions, caps, pins, floor, holdout and control can be switched, as new stages.',
  pausedDefault:
    'Requests are refused until it is resumed: the applications take their own default.',
  stillLearns: 'Rewards of the decisions that were made still count.',
  resumed: 'It answers requests again.',
  learntStays: 'It goes on from what it has learnt.',
  stopped: 'Requests are refused from now on: the applications take their own default.',
  learntReadable: 'What it has learnt, and its report, stay readable.',
  final: 'It cannot be started again; a copy can, and begins to learn anew.',
  archived: 'It leaves the list of what is current. Its record and report stay.',
  archivedDraft: 'The draft leaves the list; it was never started.',
} as const;

export const people = {
  everybody: 'Everybody',
  whose: (condition: string) => `Everybody whose ${condition}`,
} as const;

export const undo = {
  reason: (sentence: string) => `Taken back: ${sentence}`,
} as const;

const quoted = (name: string) => (name === '' ? 'an action' : `“${name}”`);

export const changes = {
  stage: (number: number) =>
    `It begins stage ${number}: the decisions from then on name it, and what was learnt stays.`,
  draft: 'The draft is changed; nothing is decided by it yet.',
  on: (name: string) => ({
    title: `Switch “${name}” on?`,
    confirm: 'Switch it on',
    done: `“${name}” is switched on.`,
  }),
  onText: 'It can be chosen again, beginning with what it had earned before.',
  off: (name: string) => ({
    title: `Switch “${name}” off?`,
    confirm: 'Switch it off',
    done: `“${name}” is switched off.`,
  }),
  offText: 'Nobody gets it from now on. What it has earned stays known.',
  alone: 'Only one action is left to choose: nothing more can be learnt.',
  cap: (name: string) => ({
    title: `How often may one person get “${name}”?`,
    confirm: 'Set the cap',
    done: `The cap of “${name}” is changed.`,
  }),
  capText: (times: number, within: string) =>
    `Who has had it ${times === 1 ? 'once' : `${times}${space}times`} within ${within} gets another action.`,
  uncapped: 'Everybody may get it as often as it is chosen.',
  pin: (name: string) => ({
    title: name === '' ? 'Pin an action for some people' : `Pin “${name}” for some people`,
    confirm: 'Pin it',
    done: `${quoted(name)} is pinned.`,
  }),
  pinText: (who: string, name: string) => `${who} gets “${name}”.`,
  pinLearns: 'For them nothing is chosen, and nothing is learnt about the other actions.',
  unpin: (name: string) => ({
    title: `Remove the pin of “${name}”?`,
    confirm: 'Remove it',
    done: `The pin of “${name}” is removed.`,
  }),
  unpinText: 'For these people is chosen again by what was learnt.',
  control: (name: string) => ({
    title: `Make ${name} the control?`,
    confirm: 'Make it the control',
    done: `The control is ${name}.`,
  }),
  controlText: (name: string, before: string) =>
    `The held-out get ${name} from now on instead of ${before}; over ranges that reach back further, the control is a mixture of both.`,
  holdout: (share: string) => ({
    title: 'How many people are held out?',
    confirm: 'Set the share',
    done: `${share} are held out.`,
  }),
  holdoutText: (share: string, control: string) =>
    `${share} of the people get ${control}, whatever is learnt. The more, the sooner its worth is known; the fewer, the more people profit.`,
  holdoutNone:
    'Nobody is held out: what the policy is worth against the control will not be known.',
  floor: (share: string) => ({
    title: 'How much is kept for trying everything?',
    confirm: 'Set the floor',
    done: `The floor is ${share}.`,
  }),
  floorText: (count: number, each: string) =>
    `Each of the ${plural(count, 'action', 'actions')} on offer is chosen with at least ${each}, however little it is believed to earn.`,
  floorNone:
    'An action that is believed to be worse may never be chosen again: what it would have earned cannot be known then.',
  fields: { holdout: 'Share of the held-out', floor: 'Floor, all actions together' },
  fieldTexts: {
    holdout: 'Who is held out is fixed by the name of the person.',
    floor: 'Divided evenly among the actions on offer.',
  },
  algorithm: (name: string) => ({
    title: `Choose by ${name}?`,
    confirm: 'Take the algorithm',
    done: `It chooses by ${name}.`,
  }),
  algorithmText: (name: string, before: string) =>
    `From now on ${name} chooses instead of ${before}, with its usual parameters.`,
  algorithmLearnt: 'What was learnt stays: the learner is the same.',
  algorithmProof:
    'An estimate from the log is no proof. What it earns will show against the held-out.',
  times: 'Times at most',
  timesText: 'Empty for no cap',
  within: 'Within',
  unit: 'Unit',
  units: { minutes: 'minutes', hours: 'hours', days: 'days' },
  attribute: 'Attribute',
  comparison: 'Comparison',
  value: 'Value',
  pinned: 'What they get',
  unfilled: 'A number is missing or out of its range.',
  pinUnfilled: 'Say which people: an attribute, and its value.',
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

export const evaluation = {
  title: 'What another policy would have earned',
  text: 'Led through the decisions of the range above, learning from the same rewards; nobody is given anything by it.',
  candidates: 'Which ones',
  uniform: 'Chance',
  uniformNote: 'every action as likely',
  uniformIsControl: 'every action as likely: the control',
  control: 'The control',
  isOwn: 'as now, with its usual parameters',
  keeps: 'by what was learnt',
  learns: (learner: string) => `with a learner of its own: ${learner}`,
  other: 'Another policy',
  noOther: 'None',
  otherPolicy: (key: string) => `the policy ${key}`,
  run: 'Evaluate',
  cancel: 'Cancel',
  tooMany: (most: number) => `At most ${most} at once.`,
  noneChosen: 'Choose at least one.',
  begins: 'The decisions are being read …',
  progress: (decisions: string, of: string, share: string) =>
    `${share}: ${decisions} of ${of} decisions`,
  refused: 'The log cannot tell',
  failed: 'It could not be evaluated',
  ranking: 'Order by what they would have earned',
  place: 'Place',
  candidate: 'Policy',
  logged: 'As it was decided',
  loggedNote: (algorithm: string) => `“logged”: ${algorithm} as it stood in each stage`,
  earned: 'Reward each',
  lessLogged: 'Against what was earned',
  more: 'More',
  less: 'Less',
  open: 'Not told apart',
  effective: 'Effective decisions',
  unspoken: 'Unknown',
  next: 'Go on',
  take: 'Take it …',
  takeIt: (name: string) => `Take ${name} as the algorithm`,
  copy: 'As a new policy …',
  copyFor: (name: string) => `Make a new policy for ${name}, from a copy of this one`,
  look: 'Look at it',
  lookAt: (name: string) => `Look at ${name}`,
  basis: 'By what was judged, and what to keep in mind',
  judgedBy: (decisions: string, from: string, to: string) =>
    `Judged by ${decisions}${space}decisions of the policy’s own choice, from ${from} to ${to}.`,
  learntOnly: (held: string, pinned: string) =>
    `From ${held}${space}decisions for the held-out and ${pinned}${space}pinned ones is learnt, but nobody is judged by them.`,
  beyondBounds: (count: string) =>
    `${count}${space}decisions have a reward beyond the bounds, and were left out.`,
  chosenByLooking:
    'What is chosen because it stands first looks better than it is: its worth will show against the held-out.',
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
    `Chance and exploration are estimated from ${share} of the decisions, spread over the whole time.`,
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

export const user = {
  search: 'Look up a person',
  field: 'Person',
  placeholder: 'Who? As named in events, such as student-1',
  show: 'Show what they get',
  titleNone: 'What would one person get now, and why?',
  noneText: 'Enter the name under which the person appears in events.',
  policy: 'Policy',
  attributes: 'What is known of the person',
  attributesText:
    'The engine is told these with each request and keeps none of them: fill in what your application would send. Change one to see what becomes of it.',
  noAttributes: 'This policy looks at nothing but the actions.',
  number: 'a number',
  word: 'a word',
  noPolicy: 'No policy runs',
  noPolicyText: 'Only a policy that runs decides. Start one, then come back.',
  backToList: 'All policies',
  waiting: 'Asking what this person would get …',
  refusedTitle: 'It cannot be told like this',
  sentences: {
    policy: (user: string, action: string, share: string) =>
      `${user} would most likely get “${action}”: with a probability of ${share}.`,
    holdout: (user: string, action: string) =>
      `${user} is held out, and gets “${action}” whatever was learnt.`,
    chance: (user: string) => `${user} is held out, and gets any action with equal probability.`,
    pin: (user: string, action: string) => `${user} gets “${action}”: it is pinned.`,
    objection: (user: string, action: string) =>
      `Nothing is personalized: ${user} objects to it, and gets “${action}”.`,
    objectionChance: (user: string) =>
      `Nothing is personalized: ${user} objects to it, and gets any action with equal probability.`,
    fallback: (user: string, action: string, share: string) =>
      `Nothing to decide by yet: ${user} gets “${action}” with a probability of ${share}.`,
  },
  by: (reason: string) => `The engine says: ${reason}`,
  actions: 'What they would get',
  action: 'Action',
  probability: 'Probability',
  score: 'Expected',
  scoreText: (mean: string, deviation: string) => `${mean} ± ${deviation}`,
  explain: 'Why',
  explained: (name: string) => `Explain “${name}”`,
  why: (name: string) => `Why “${name}” has its score`,
  notLearnt: 'Nothing was learnt of it yet: there is no score to explain.',
  whyText: 'What each thing adds. Together they are the score.',
  contribution: 'What it adds',
  total: 'Together: the score',
  mostly: (parts: string) => `Above all because ${parts}.`,
  against: (parts: string) => `It is lowered because ${parts}.`,
  and: ' and ',
  base: 'what it earns with anybody',
  basePart: 'it does well with anybody',
  baseAgainst: 'it does ill with anybody',
  times: (value: string, weight: string) => `encoded as ${value}, times its weight ${weight}`,
  is: (name: string, value: string) => `${name} is ${value}`,
  missing: (name: string) => `${name} is not known`,
  otherwise: 'What would have to be different',
  otherwiseText:
    'Of each number the nearest value with which another action would be the likeliest.',
  noOtherwise: 'No other value of a single number would make another action the likeliest.',
  notPersonalized: 'Nothing is personalized',
  notPersonalizedText:
    'The person objects to personalization. What is known or learnt of them is not looked at; only rules that say for whom an action is suitable at all still hold. Nothing is written, and nothing learnt from what comes of it.',
  otherwiseHeld: 'Nothing: what the held-out get does not depend on them.',
  sentence: (what: string, action: string) => `With ${what}, “${action}” would be the likeliest.`,
  try: 'Try it',
} as const;

export const person = {
  likes: 'What is learnt of the person',
  likesText: 'From everything that they did: what they like more, or less, than others do.',
  nothingLearnt: 'Nothing is learnt of what they like yet: they are answered as everyone is.',
  unknown: 'Nothing is stored under this name: nothing was learnt, and nothing decided.',
  outcomes: (count: number, text: string) =>
    `from ${text}${space}${count === 1 ? 'outcome' : 'outcomes'}`,
  decisions: 'Last decisions',
  decisionsText: 'The newest first.',
  newest: (count: number) => `The newest ${count}.`,
  noDecisions: 'Nothing was decided for them yet.',
  when: 'When',
  decided: 'They got, and why',
  position: (position: number) => `position ${position}`,
  policy: 'Policy',
  probability: 'Probability',
  reward: 'Earned',
  noReward: 'nothing yet',
  data: 'The person’s data',
  dataText: 'Whoever asks for what is stored of them, or for its erasure, is answered here.',
  export: 'Save all that is stored',
} as const;

const objected = {
  personalization: 'personalization',
  experiments: 'experiments',
  training: 'training',
} as const;
type Objected = keyof typeof objected;

function listed(kinds: readonly Objected[]): string {
  const names = kinds.map((kind) => objected[kind]);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

export const objection = {
  title: 'Objections',
  text: 'Whoever does not want to be treated by what is known of them is left alone from here on.',
  kinds: { personalization: 'Personalization', experiments: 'Experiments', training: 'Training' },
  objectsTo: {
    personalization: 'Objects to personalization',
    experiments: 'Objects to experiments',
    training: 'Objects to training',
  },
  means: {
    personalization: 'Policies give them the control, predictions are those of a stranger.',
    experiments: 'They get the control of each experiment, and count in none.',
    training: 'No model learns from what they do.',
  },
  objects: 'Objects',
  agrees: 'Does not object',
  standing: (user: string, to: readonly Objected[]) =>
    to.length === 0 ? `${user} objects to nothing.` : `${user} objects to ${listed(to)}.`,
  told: (at: string, actor: string) => `Told at ${at} by ${actor}.`,
  because: (reason: string) => `Reason: ${reason}`,
  all: 'Objects to all of it …',
  none: 'Takes all of it back …',
  asks: (user: string, kinds: readonly Objected[]) => `Does ${user} object to ${listed(kinds)}?`,
  asksBack: (user: string, kinds: readonly Objected[]) =>
    `Does ${user} take back the objection to ${listed(kinds)}?`,
  confirm: 'Record the objection',
  confirmBack: 'Take it back',
  follows: {
    personalization:
      'What was learnt of the person is void, and does not come back. From now on policies give them their control.',
    experiments:
      'They get the control of each running experiment. Where they had begun, what they did until now stays counted, and nothing later is added.',
    training:
      'Their examples are left out of each training set from now on. Versions trained before stay as they are.',
  },
  followsBack: {
    personalization: 'What they get is personalized again; what they like is learnt anew.',
    experiments: 'They may enter experiments again.',
    training: 'Models learn from them again, also from examples stored before.',
  },
  done: (user: string, to: readonly Objected[]) =>
    to.length === 0
      ? `${user} objects to nothing any more.`
      : `${user} objects to ${listed(to)} from now on.`,
  undone: (user: string, to: readonly Objected[]) =>
    `Undone: ${to.length === 0 ? `${user} objects to nothing any more` : `${user} objects to ${listed(to)}`}`,
  receipt: 'Receipt of the objection',
  from: (at: string) => `It holds from ${at} on.`,
  notHeard:
    'The part that learns had not answered yet: it forgets when it comes to the record. Nothing is personalized meanwhile.',
} as const;

export const erasure = {
  ask: 'Erase the person …',
  title: (user: string) => `Erase ${user}?`,
  consequences: 'What this does',
  consequenceList: [
    'Every event, decision and liking of the person is removed, and the engine forgets what it had learnt of them. It cannot be undone.',
    'Counts and sums of all people together stay: no single one can be told from them.',
    'Who comes again under the same name begins anew.',
  ],
  type: (user: string) => `Type ${user} to confirm`,
  different: 'That is not the name of this person.',
  cancel: 'Cancel',
  confirm: 'Erase for good',
  pending: 'Erasing: up to half a minute …',
  receipt: 'Receipt of the erasure',
  done: (user: string) => `${user} is erased`,
  forgotten: 'What was learnt of the person is forgotten everywhere.',
  notYetForgotten:
    'The part that learns had not answered yet: it forgets when it comes to the record. Ask for the erasure again to be sure.',
  notYetFinal:
    'What was learnt of the person is forgotten, but the part that learns has not saved that yet: should it fail first, it may write some of the rows again. Ask for the erasure again to be sure.',
  removed: 'Removed, in rows',
  tables: {
    events: 'Events',
    late_events: 'Events that came late',
    policy_decisions: 'Decisions',
    examples: 'Examples that models are trained on',
    findings: 'Findings of unusual behaviour',
    user_preferences: 'Likings',
    objections: 'Objections that were taken back',
  },
  learntFrom: 'Who had learnt from the person',
  nobodyLearnt: 'Nobody.',
  learnt: (what: string, events: string) => `${what}, from ${events}${space}events`,
  kept: 'What stays, and why',
  save: 'Save the receipt',
  record: (at: string) => `Recorded at ${at} as`,
} as const;

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
