/** Words of what is done with a policy: its moves, its switches, and what each brings about. */
import { plural } from './personalization.ts';

const space = '\u00a0';

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
