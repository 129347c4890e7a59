/** Every word of the page of recommendations: to be read as a whole, and written for people who know no statistics. */
import type { Permission } from '../../contracts/access.ts';
import type { CardAnswer, InsightSubject, Outcome } from '../../contracts/insight.ts';
import type { DoingName } from '../data/search.ts';
import { areaWords } from './areas.ts';

export const space = '\u00a0';

/** "1 card", "2 cards" */
export function plural(count: number, one: string, many: string): string {
  return `${count}${space}${count === 1 ? one : many}`;
}

export const words = {
  eyebrow: 'Recommendations',
  areas: areaWords,
  subjects: {
    model: 'Model',
    column: 'Column',
    experiment: 'Experiment',
    policy: 'Policy',
    watch: 'Watch',
    pipeline: 'Pipeline',
    engine: 'Engine',
  } satisfies Record<InsightSubject['kind'], string>,
  subject: (kind: string, name: string) => `${kind} “${name}”`,
} as const;

export const list = {
  waiting: 'Asking the engine what there is to do …',
  unknown: 'The engine does not say what there is to do.',
  unlooked: 'It has not been looked yet what there is to do.',
  nothing: 'There is nothing to do.',
  nothingBut: (count: string) => `There is nothing to do now; ${count} for later.`,
  snoozed: (count: number) =>
    plural(count, 'recommendation is put off', 'recommendations are put off'),
  one: (first: string) => `1${space}thing to do: ${first}`,
  many: (count: string, first: string) => `${count}${space}things to do; the first: ${first}`,
  concerns: (users: string) => `it concerns ${users}${space}users`,
  title: 'To do',
  titleText: 'What matters most stands first.',
  snoozedTitle: 'Put off',
  filters: 'Which recommendations',
  area: 'Area',
  doing: 'How it is done',
  rule: 'Kind',
  anyArea: 'All areas',
  anyDoing: 'Done in any way',
  anyRule: 'All kinds',
  doings: {
    button: 'A button does it',
    page: 'Decided on a page',
    none: 'Nothing to press',
  } satisfies Record<DoingName, string>,
  more: (count: number) => `Show ${count}${space}more`,
  cut: 'There are more recommendations than are shown: those with the lowest score are left out.',
  emptyTitle: 'Nothing to do',
  emptyText:
    'An empty inbox is a real outcome: all was looked at, and nothing is wrong enough to ask something of you.',
  unlookedTitle: 'Not looked yet',
  unlookedText:
    'The rules are asked for the first time soon. Until then nobody knows whether something is to be done.',
  noMatchTitle: 'Nothing matches',
  noMatchText: 'There are recommendations, but none as you have chosen.',
  clear: 'Show all',
} as const;

export const looked = {
  by: (ago: string, rules: string) => `Looked ${ago}, by ${rules}.`,
  rules: (count: number) => plural(count, 'rule', 'rules'),
  never: 'The rules have not been asked yet.',
  stale: (ago: string) =>
    `It was looked ${ago} the last time. What is shown may be out of date, and what came since is missing.`,
  failing: (failing: number, all: number) =>
    failing === 1
      ? `1 of ${all} rules could not be asked: what it would say is missing.`
      : `${failing} of ${all} rules could not be asked: what they would say is missing.`,
  promiseNone: 'No card rests on a test: all are facts.',
  promise: (share: string, tests: string) =>
    `Some cards rest on a statistical test, and a test can be wrong by chance. The bar is set so high that on average at most ${share} of such cards shown is false. ${tests} so far, also those that found nothing: all of them count.`,
  tests: (count: number, text: string) =>
    count === 1 ? '1 test was made' : `${text} tests were made`,
  oneIn: (count: string) => `1 in ${count}`,
} as const;

export const card = {
  since: (moment: string) => `since ${moment}`,
  users: (count: string, share: string) => `${count}${space}active users, ${share} of all`,
  share: (share: string) => `${share} of the active users`,
  why: 'Why we think so',
  what: 'What to do',
  ignored: 'If nothing is done',
  noAction: 'No button does this. Look at the subject and decide what is right.',
  consequence: 'What will be so then',
  evidence: 'Evidence',
  evidenceMeans:
    'What the rule has seen. A shaded band or a whisker is an interval: the true value lies in it 95 times out of 100. A dashed line is what it should be; numbers are moments that are named below.',
  marks: 'What happened meanwhile',
  noEvidence: 'There is no picture of this: it is a fact.',
  more: 'Why, and what happens if not',
  less: 'Less',
  others: (count: number) =>
    count === 1 ? '1 other finding about the same' : `${count} other findings about the same`,
  parts: 'Why it stands here',
  snoozedUntil: (moment: string) => `put off until ${moment}, or until it becomes worse`,
  accepted: (actor: string, moment: string) => `${actor} accepted it ${moment}`,
  done: (actor: string) => `${actor} took care of it`,
  doneBySomebody: 'Somebody took care of it',
  over: 'It is not found any more',
  revision: (revision: number) => `revision ${revision}`,
} as const;

export const parts = {
  impact: 'Impact',
  confidence: 'Confidence',
  reach: 'Reach',
  actionability: 'Can be done',
  freshness: 'Freshness',
  usefulness: 'Usefulness',
  score: 'Score',
  scoreText: 'all of them multiplied',
  means:
    'Score = impact × confidence × reach × can be done × freshness × usefulness. Each part is between 0 and 1, usefulness a factor around 1. The highest score stands first.',
  fact: 'a fact: there is no doubt of it',
  tested: (p: string) => `if there were nothing, a test would say so with a probability of ${p}`,
  reachUsers: (users: string, share: string) => `${users} users, ${share} of those who are active`,
  reachShare: (share: string) => `${share} of the users who are active`,
  byButton: 'the button does it',
  byPage: 'somebody decides on a page',
  byNobody: 'it has to be found out what helps',
  fresh: (ago: string) => `it began ${ago}; halves with each week`,
  useful: 'people find this kind more useful than usual',
  usual: 'people have not yet said how useful this kind is, or find it as useful as usual',
  useless: 'people find this kind less useful than usual',
} as const;

export const answers = {
  label: 'Your answer',
  useful: 'Useful',
  notUseful: 'Not useful',
  snooze: 'Later …',
  done: 'Done …',
  note: 'Note …',
  back: 'Back to the inbox',
  noteOn: (title: string) => `Note on “${title}”`,
  given: {
    useful: 'useful',
    'not useful': 'not useful',
    snooze: 'later',
    done: 'taken care of',
    back: 'back to the inbox',
  } satisfies Record<CardAnswer, string>,
  by: (actor: string, answer: string) => `${actor}: ${answer}`,
  said: {
    useful: (title: string) => `You find it useful: ${title}`,
    'not useful': (title: string) => `You do not find it useful: ${title}`,
    snooze: (title: string) => `Put off: ${title}`,
    done: (title: string) => `Taken care of: ${title}`,
    back: (title: string) => `Back in the inbox: ${title}`,
  } satisfies Record<CardAnswer, (title: string) => string>,
  failed: 'Your answer was not noted.',
  titles: {
    useful: 'How useful is it?',
    'not useful': 'How useful is it?',
    snooze: 'Put it off?',
    done: 'Is it taken care of?',
  },
  confirm: { useful: 'Note it', 'not useful': 'Note it', snooze: 'Put it off', done: 'It is done' },
  texts: {
    useful: 'Kinds that people find useful stand higher, others lower.',
    'not useful': 'Kinds that people find useful stand higher, others lower.',
    snooze: 'It leaves the inbox and comes back by itself, or before when it becomes worse.',
    done: 'It leaves the inbox. When it is found again, there is a new card.',
  },
  until: 'Until when',
  day: 'For a day',
  week: 'For a week',
  date: 'Until a day',
  dateField: 'Day',
  dateMissing: 'Choose a day to come, within a year.',
  noteField: 'Note',
  noteText: 'For those who come after you. It may be empty.',
  cancel: 'Cancel',
  pending: 'On its way …',
} as const;

export const acceptance = {
  subject: 'What was found',
  consequence: 'What will be so then',
  undo: 'How it is taken back',
  needs: {
    produce: 'Whoever may send events may do this.',
    decide: 'Whoever may ask for decisions may do this.',
    read: 'Whoever may see figures may do this.',
    people: 'Analysts, operators and administrators may do this.',
    operate: 'Operators and administrators may do this.',
    administer: 'Administrators may do this.',
    audit: 'Auditors and administrators may do this.',
  } satisfies Record<Permission, string>,
  promised: 'What it promises',
  judged: (moment: string) => `Whether it helped is judged on ${moment}.`,
  noted: 'What did you do?',
  notedText: 'It may be empty. It stands in the record beside the card.',
  confirmNote: 'Yes, note it',
  noteTitle: 'You did it?',
  noteConsequence:
    'It is noted that it was done. From now on it is measured whether it helped; nothing else is changed.',
  cancel: 'Cancel',
  close: 'Close',
  pending: 'On its way …',
  doneTitle: (label: string) => `It is done: ${label}`,
  notedTitle: (label: string) => `It is noted: ${label}`,
  see: 'See it there',
  seeCard: 'See the card',
  changedTitle: 'It has changed meanwhile',
  changedAgain: 'You see the newest now. Confirm once more if it still holds.',
  gone: 'There is nothing to press any more: this finding is not there, or no button does it now.',
  helps: {
    unsigned: 'Nothing was done. Sign in again, and try once more.',
    forbidden: 'Nothing was done. Ask somebody who may.',
    absent: 'Nothing was done. What it is about is not there any more: look at its page.',
    refused: 'Nothing was done. Look at the page of the subject, where it can be done by hand.',
    failed:
      'It is not known whether something was done. Look at the page of the subject before you try again.',
  },
  lookThere: 'Look there',
} as const;

export const asking = {
  title: (label: string) => `Did you do it? “${label}”`,
  yes: 'Yes, note it',
  no: 'No',
} as const;

/** On the page of what a card is about. */
export const notice = {
  label: 'Recommendation',
  one: '1 recommendation:',
  others: (count: number) => plural(count, 'more finding', 'more findings'),
  see: 'See it',
} as const;

/** What is another since the card was read. */
export const changes = {
  lead: (changed: string) => `It says now: ${changed}`,
  state: (state: string) => `The card is ${state} now.`,
  states: {
    live: 'in the inbox',
    snoozed: 'put off',
    accepted: 'accepted',
    done: 'taken care of',
    over: 'over',
  },
  by: (actor: string, label: string) => `${actor} did it: ${label}.`,
  action: (label: string) => `The button does something else: ${label}.`,
  noAction: 'No button does it any more.',
  consequence: (text: string) => `What will be so then: ${text}`,
  request: 'What the button sends is another.',
  higher: 'It is more urgent than before.',
  lower: 'It is less urgent than before.',
  found: (count: number) =>
    count === 1
      ? 'Something else was found about the same.'
      : `${count} other things were found about the same.`,
  gone: (count: number) =>
    count === 1
      ? 'One of the other findings is not there any more.'
      : `${count} of the other findings are not there any more.`,
  answered: (actor: string, answer: string) => `${actor} answered: ${answer}.`,
  figures: 'Only its figures are newer.',
} as const;

export const history = {
  title: 'What became of them',
  text: 'Whether it helped is measured: before it was done, and as long after.',
  measuring: 'Being measured',
  measuringText: (promise: string, moment: string) => `${promise} It is judged on ${moment}.`,
  measuringPlain: (moment: string) => `Whether it helped is judged on ${moment}.`,
  unpromised: 'It promised nothing that could be measured.',
  done: 'Taken care of',
  doneBy: (actor: string) => `${actor} took care of it.`,
  over: 'Over',
  overText: 'It is not found any more.',
  verdicts: {
    kept: 'It helped',
    partly: 'It helped in part',
    'no change seen': 'No change seen',
    worse: 'It became worse',
    'cannot be told': 'Cannot be told',
  } satisfies Record<Outcome['verdict'], string>,
  tally: (judged: string, kept: string) => `${judged} judged, ${kept} helped as promised.`,
  promised: (range: string) => `promised ${range}`,
  between: (low: string, high: string) => `${low} to ${high}`,
  atLeast: (figure: string) => `${figure} or more`,
  atMost: (figure: string) => `${figure} or less`,
  legend:
    'Each picture has a scale of its own. The line in the middle is no change, the pale field what was promised, the bar what was measured, with its 95 % interval.',
  emptyTitle: 'Nothing has been accepted or ended yet',
  emptyText: 'What you do stands here, and later whether it helped.',
  accepted: (moment: string, label: string, actor: string) => `${moment}, ${actor}: ${label}`,
  ended: (moment: string) => `ended ${moment}`,
} as const;

export const kinds = {
  title: 'What is looked for',
  text: (count: number) => plural(count, 'rule', 'rules'),
  show: 'Show the rules, and how each is judged',
  kind: 'Kind',
  area: 'Area',
  judged: 'How it is judged',
  record: 'So far',
  never: 'never shown',
  shown: (count: string) => `${count}${space}shown`,
  accepted: (count: string) => `${count}${space}accepted`,
  kept: (count: string) => `${count}${space}helped`,
  useful: (useful: string, not: string) => `${useful} useful, ${not} not`,
} as const;

export const detail = {
  absent: 'There is no such recommendation',
  absentText: 'It may never have been there, or it is so long over that it was removed.',
  backToList: 'All recommendations',
  history: 'What became of it',
  answers: 'What people said',
  outcome: 'Did it help?',
  before: 'Before',
  after: 'After',
  change: 'Change',
  rows: (count: string) => `n${space}${count}`,
  interval: (low: string, high: string) => `95${space}% ${low} to ${high}`,
  byItself: 'by itself',
} as const;

export const charts = {
  name: 'Name',
  lower: '95 % from',
  upper: '95 % to',
  width: 'Width',
  lowerOf: (name: string) => `${name}, 95 % from`,
  upperOf: (name: string) => `${name}, 95 % to`,
  meant: 'Meant',
  meantWords: ['no', 'yes'],
  units: {
    share: 'Share',
    number: 'Value',
    count: 'Number',
    ms: 'Time',
    points: 'Percentage points',
  },
} as const;

/** What fields are called in a refusal. */
export function fieldName(field: string): string | undefined {
  const fields: Record<string, string> = {
    note: 'Note',
    reason: 'Reason',
    until: 'Until when',
    revision: 'The card',
  };
  return fields[field.split(/[.[]/)[0] ?? ''];
}
