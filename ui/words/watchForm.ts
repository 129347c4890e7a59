/** Words of the form of a watch, with what each default means. */
import { formatValue } from '../format/numbers.ts';

const space = '\u00a0';

export const faults = {
  name: 'It has no name.',
  key: 'It has no key.',
  taken: (key: string) => `“${key}” is an address of this page. Take another key.`,
  number: (text: string) =>
    text.trim() === '' ? 'A number is missing.' : `“${text}” is no number.`,
  span: (text: string) =>
    text.trim() === ''
      ? 'A time is missing, such as 10 minutes or 2 h.'
      : `“${text}” is no time, such as 10 minutes or 2 h.`,
  source: 'It says not what is looked at.',
  figure: 'It says not which figure of the statistic is looked at.',
  weeks: 'The number of weeks must be above 0.',
} as const;

export const form = {
  titleNew: 'A new watch',
  titleEdit: (name: string) => `Change “${name}”`,
  absent: (key: string) => `There is no watch “${key}”`,
  absentText: 'It was removed. One of its revisions can be put back.',
  backToList: 'All watches',
  create: 'Create the watch',
  what: 'What it is',
  purpose: 'Purpose',
  purposeText: 'What it is for, and what to do when it alerts. It stands beside each alert.',
  lane: 'Source',
  severity: 'Severity',
  severityText: 'Routes can leave out what is low.',
  runbook: 'Runbook',
  runbookText: 'An address with instructions for whoever takes care.',

  source: 'What it looks at',
  kind: 'Kind',
  kinds: {
    metric: 'A metric over time',
    statistic: 'A figure of a statistic',
    finding: 'What the engine finds by itself',
  },
  metric: 'Metric',
  metricText: 'What the events measure, such as the type of an event.',
  metricFigure: 'Figure',
  by: 'Judged',
  bys: { whole: 'as a whole', segment: 'each segment by itself' },
  width: 'Bucket',
  widthText:
    'Readings are taken so often. The narrower, the sooner it is seen, and the more is chance.',
  statistic: 'Statistic',
  statisticText: 'Each of its keys is judged by itself.',
  figure: 'Figure',
  finding: 'Name of the findings',
  pipeline: 'Pipeline',
  more: 'More',

  judgement: 'When it alerts',
  judgementKind: 'It alerts when',
  judgements: {
    usual: 'it is not what is usual',
    limit: 'it is beyond a limit',
    alarms: 'a detector raises an alarm',
    probability: 'it is too improbable',
  },
  judgementTexts: {
    usual:
      'What is usual is learnt from its own past: the hour of the day, the day of the week, the calendar, and what it just was. It needs about two weeks of data to know the week.',
    limit: 'For what has a limit that everybody knows, whatever is usual.',
    alarms: 'For statistics that count the alarms of a detector, such as one of drift.',
    probability:
      'For statistics whose figure is a probability that nothing has changed. False discoveries are limited over all keys together.',
  },
  direction: 'Which way',
  directions: {
    either: 'more or less than usual',
    rise: 'more than usual',
    fall: 'less than usual',
  },
  weeks: 'At most one alert without a cause in',
  weeksSection: 'weeks',
  weeksMeaning: (weeks: number) =>
    `Expected: at most ${oneIn(weeks)} when nothing happens, all keys together. Fewer false alarms mean that a change must be larger, or last longer, to be seen.`,
  leastChange: 'Smallest change that matters',
  leastChangeText: 'Smaller ones are none, however improbable.',
  leastCount: 'Fewest events in a bucket',
  leastCountText:
    'Buckets in which fewer are expected, and come, are not judged: at night a few more or less say nothing.',
  side: 'Which way',
  sides: { above: 'above the limit', below: 'below the limit' },
  limit: 'Limit',
  clear: 'Over from',
  clearText: 'Once beyond the limit, it is over only behind this. Empty: the limit itself.',
  limitCount: 'Fewest events',
  limitCountText: 'Figures of fewer are not judged.',

  timing: 'How long',
  timingText:
    'In the time of the events. A number alone means minutes; “2 h” and “3 days” are taken as well.',
  pending: 'Told after',
  pendingText: 'So long it must last before somebody is told. 0: at once.',
  over: 'Over after',
  overText: 'So long all must be well before it is over.',
  rest: 'Rest after an alert',
  restText: 'The same key raises no other for so long.',
  noData: 'No data after',
  noDataText: 'Without a reading for so long it says so. Empty: silence is no news.',

  told: 'Whom it tells',
  toldText: 'None chosen: its alerts are shown on these pages alone.',
  noRoutes: 'There is no route yet. Routes are made on the page of watches.',
  active: 'It is switched on',

  saveNew: 'It judges from the next reading on.',
  saveOn: 'It judges by the new definition from the next reading on. Open alerts stay open.',
  saveOff: 'It is switched off: nothing is judged.',
  backTest: (alerts: number, stored: string) =>
    `Over the stored ${stored} it would have alerted ${alerts === 0 ? 'never' : alerts === 1 ? 'once' : `${alerts}${space}times`}.`,
  backTestExpected: (count: string) => `Without any cause, at most ${count} would be expected.`,
  example: (moment: string, headline: string) => `${moment}: ${headline}`,
  noBackTest: 'How often it would have alerted is not known: there is no stored data of it.',

  history: 'Revisions',
  historyText:
    'Each change, by whom, and why. An older one can be put back; that is a new revision.',
  when: 'When',
  change: 'What',
  reason: 'Why',
  actor: 'Who',
  revision: 'Revision',
  made: 'Made',
  same: 'Nothing',
  itself: 'it is there again',
  newest: 'in use',
  putBack: 'Put back …',
  putBackOf: (revision: number) => `Put revision ${revision} back`,
  putBackTitle: (revision: number) => `Put revision ${revision} back?`,
  putBackConfirm: 'Put it back',
  putBackEffects: (changes: string) => [
    `It changes: ${changes}.`,
    'It judges by it from the next reading on.',
  ],
} as const;

/** "one alert in five weeks" for small whole numbers; "2 alerts a week" for more than one. */
export function oneIn(weeks: number): string {
  const names = ['', 'a week', 'two weeks', 'three weeks', 'four weeks', 'five weeks', 'six weeks'];
  if (weeks === 1) return 'one alert a week';
  if (weeks < 1) {
    const perWeek = Number((1 / weeks).toPrecision(2));
    return perWeek === 1 ? 'one alert a week' : `${formatValue(perWeek)} alerts a week`;
  }
  return `one alert in ${names[weeks] ?? `${formatValue(weeks)}${space}weeks`}`;
}
