/** Words of what is watched and of where it is told: the page of settings, its dialogs, and the form of a watch. */
import type { WatchStanding } from '../../contracts/watchApi.ts';
import { plural } from './anomalies.ts';

const space = '\u00a0';

export const watchStates: Record<WatchStanding['state'], string> = {
  ok: 'All well',
  starting: 'Starting',
  pending: 'Noticed',
  firing: 'Alert',
  'no-data': 'No data',
  error: 'Cannot be judged',
  off: 'Off',
};

export const figures = {
  count: 'count',
  mean: 'mean',
  p50: 'median',
  p95: '95th percentile',
} as const;

/** What a watch looks at, as a phrase. */
export const sources = {
  metric: (figure: string, metric: string, width: string) =>
    `${figure} of ${metric}, every ${width}`,
  bySegment: ', each segment by itself',
  statistic: (figure: string, name: string) => `${figure} of the statistic ${name}, each key`,
  finding: (name: string) => `findings of ${name}`,
  inPipeline: (pipeline: string) => ` (pipeline ${pipeline})`,
} as const;

/** When it alerts, as a phrase. */
export const judgements = {
  usual: {
    either: 'when it is not what is usual at this hour of this day',
    rise: 'when it is above what is usual at this hour of this day',
    fall: 'when it is below what is usual at this hour of this day',
  },
  limit: {
    above: (limit: string) => `when it is above ${limit}`,
    below: (limit: string) => `when it is below ${limit}`,
  },
  alarms: 'when a detector raises another alarm',
  probability: 'when what was seen is too improbable',
} as const;

export const budget = {
  /** Of a watch that has one. */
  title: 'Expected',
  rare: (weeks: string) => `at most 1 in ${weeks}${space}weeks`,
  often: (count: string) => `at most ${count} a week`,
  one: 'at most 1 a week',
  none: 'no budget',
} as const;

export const page = {
  title: 'Watches',
  waiting: 'Asking the engine what it watches …',
  unknown: 'The engine does not say what it watches.',
  none: 'Nothing is watched yet.',
  watched: (on: number) =>
    on === 0
      ? 'All watches are switched off.'
      : `${plural(on, 'watch looks', 'watches look')} at what arrives.`,
  trouble: (on: number, names: readonly string[]) =>
    `${plural(on, 'watch looks', 'watches look')} at what arrives; ${names.map((name) => `“${name}”`).join(', ')} cannot be judged.`,
  untold: 'None of them is told anywhere: there is no route.',
  create: 'New watch',
  table: 'What is watched',
  tableText: 'How each stands now, and how often it alerted within the last seven days.',
  name: 'Watch',
  state: 'State',
  judged: (moment: string) => `judged to ${moment}`,
  judgedKeys: (moment: string, keys: string) => `${keys} keys, judged to ${moment}`,
  fired: 'Alerts, 7 days',
  false: (count: number) => `${count} of them false`,
  budget: 'Expected',
  on: 'On',
  routes: 'Told to',
  nowhere: 'this page only',
  turn: (name: string) => `Watch “${name}”`,
  never: 'nothing is judged yet',
} as const;

export const pageDefinitions = {
  state:
    'The worst of its keys: segments, or keys of the statistic, each of which is judged by itself, up to the newest reading in the time of the events.',
  fired:
    'Alerts that were told in the last seven days, all keys together, and those of them that somebody closed as a false alarm. Compare with what is expected.',
  budget:
    'Alerts in a week in which nothing happens, all keys together: the threshold is set so that there are no more on average. Limits and alarms have no such budget.',
} as const;

export const switching = {
  titleOn: (name: string) => `Switch “${name}” on?`,
  titleOff: (name: string) => `Switch “${name}” off?`,
  confirmOn: 'Switch it on',
  confirmOff: 'Switch it off',
  on: ['It judges from the next reading on; what it has learnt of the usual is kept.'],
  off: [
    'Nothing is judged and nobody is told until it is switched on again.',
    'Its open alerts end.',
  ],
  doneOn: (name: string) => `“${name}” is switched on.`,
  doneOff: (name: string) => `“${name}” is switched off.`,
  undone: (sentence: string) => `Taken back: ${sentence}`,
} as const;

export const routes = {
  title: 'Where it is told',
  text: 'A watch names the routes by which its alerts are told: their beginning and their end.',
  none: 'There is no route: alerts are shown on these pages alone.',
  create: 'New route',
  name: 'Name',
  key: 'Key',
  to: 'To',
  least: 'From severity',
  leastNames: { low: 'low', high: 'high only' },
  used: 'Watches',
  on: 'In use',
  onWord: 'yes',
  offWord: 'no',
  doing: 'Test',
  editOf: (name: string) => `Change “${name}”`,
  kinds: { webhook: 'Webhook', email: 'E-mail', chat: 'Chat' },
  webhook: (url: string) => `POST to ${url}`,
  signed: (variable: string) => `, signed with $${variable}`,
  email: (to: string) => `e-mail to ${to}`,
  chat: (variable: string) => `chat at $${variable}`,
  test: 'Send a test',
  testOf: (name: string) => `Send a test by “${name}”`,
  testing: 'Sending …',
  sent: 'The test was sent.',
  failed: (problem: string) => `The test was not sent: ${problem}`,
  titleNew: 'New route',
  titleEdit: (name: string) => `Change “${name}”`,
  save: 'Save the route',
  kind: 'Kind',
  url: 'Address',
  urlText: 'It gets JSON by POST.',
  secretVariable: 'Environment variable with the secret',
  secretText: 'Its name, not the secret. Empty: what is sent is not signed.',
  emails: 'E-mail addresses',
  emailsText: 'With commas between.',
  urlVariable: 'Environment variable with the address',
  urlVariableText: 'Its name: the address of an incoming webhook is a secret.',
  active: 'It is in use',
} as const;

export const mutes = {
  title: 'When nobody is told',
  text: 'Alerts are kept all the same; after the end of such a window only what is still open is told.',
  none: 'There is no such window: everything is told at any time.',
  create: 'New mute window',
  name: 'Name',
  key: 'Key',
  when: 'When',
  watches: 'Watches',
  every: 'all',
  editOf: (name: string) => `Change “${name}”`,
  titleNew: 'New mute window',
  titleEdit: (name: string) => `Change “${name}”`,
  save: 'Save the window',
  kind: 'When',
  kinds: { once: 'Once', weekly: 'Every week', calendar: 'On days of the calendar' },
  from: 'From',
  to: 'To',
  days: 'Days',
  dayNames: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  fromClock: 'From',
  toClock: 'To',
  toClockText: 'At or before the start: of the next day.',
  dayKinds: 'Kinds of days',
  watchesText: 'Those that are not told. None chosen: all.',
  once: (from: string, to: string) => `${from} – ${to}`,
  weekly: (days: string, from: string, to: string) => `${days}, ${from} – ${to}`,
  onDays: (kinds: string) => `on days of the calendar: ${kinds}`,
} as const;

export const calendar = {
  title: 'Days unlike others',
  text: 'On holidays and in breaks other things are usual than on their day of the week. Charts show all of these days.',
  none: 'There is no such day: every day is taken as its day of the week.',
  create: 'New days',
  name: 'Name',
  key: 'Key',
  kind: 'Kind',
  days: 'Days',
  editOf: (name: string) => `Change “${name}”`,
  kinds: { holiday: 'Holiday', break: 'Break', exams: 'Exams', event: 'Event' },
  kindTexts: {
    holiday: 'expected as a holiday',
    break: 'expected as a holiday',
    exams: 'shown only',
    event: 'shown only',
  },
  from: 'First day',
  to: 'Last day',
  toText: 'Included.',
  titleNew: 'New days',
  titleEdit: (name: string) => `Change “${name}”`,
  save: 'Save the days',
} as const;

export const dialogs = {
  unfilled: 'Something is missing, or ends before it begins.',
  undone: (sentence: string) => `Taken back: ${sentence}`,
  effects: {
    route: ['Watches that name it tell their alerts here from now on.'],
    mute: ['It holds from now on, also for alerts that are open.'],
    days: ['What is expected of these days follows, from the next reading on.'],
  },
  saved: {
    route: (name: string) => `The route “${name}” is saved.`,
    mute: (name: string) => `The mute window “${name}” is saved.`,
    days: (name: string) => `The days “${name}” are saved.`,
  },
} as const;

export const removal = {
  open: 'Remove it …',
  openWatch: 'Remove the watch …',
  title: (name: string) => `Remove “${name}”?`,
  confirm: 'Remove it',
  effects: {
    watches: ['Nothing is judged by it any more, and its open alerts end.', 'It can be put back.'],
    routes: ['Watches that name it tell nobody by it any more.', 'It can be put back.'],
    mutes: ['What it kept from being told is told, where it is still open.', 'It can be put back.'],
    calendar: [
      'These days are taken as their day of the week from then on.',
      'They can be put back.',
    ],
  },
  done: (name: string) => `“${name}” is removed.`,
  undone: (sentence: string) => `Taken back: ${sentence}`,
} as const;

/** Names of the parts of a watch, a route, a window or days, as their forms have them. */
const fields: Record<string, string> = {
  key: 'Key',
  name: 'Name',
  purpose: 'Purpose',
  lane: 'Source',
  severity: 'Severity',
  source: 'What it looks at',
  judgement: 'When it alerts',
  pendingMs: 'Told after',
  clearMs: 'Over after',
  refractoryMs: 'Rest after an alert',
  noDataMs: 'No data after',
  routes: 'Told to',
  runbook: 'Runbook',
  isActive: 'On',
  to: 'To',
  least: 'From severity',
  when: 'When',
  watches: 'Watches',
  kind: 'Kind',
  from: 'From',
};

export function fieldName(field: string): string | undefined {
  return fields[field.split(/[.[]/)[0] ?? ''];
}
