/** Words of the page of one person: what they get and why, what is learnt, objections and erasure. */

const space = '\u00a0';

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
