/** Every word of the pages of alerts: to be read as a whole, and written for people who know no statistics. */
import type { AlertEnding, AlertState, Happening } from '../../contracts/alert.ts';
import type { Lane, Severity } from '../../contracts/watch.ts';
import type { StandingName } from '../data/search.ts';

const space = '\u00a0';

/** "1 alert", "2 alerts" */
export function plural(count: number, one: string, many: string): string {
  return `${count}${space}${count === 1 ? one : many}`;
}

export const words = {
  eyebrow: 'Anomalies',
  none: '–',
  lanes: {
    ingest: 'Ingest',
    feature: 'Features',
    prediction: 'Predictions',
    outcome: 'Outcomes',
    operation: 'Operation',
  } satisfies Record<Lane, string>,
  laneTexts: {
    ingest: 'what arrives',
    feature: 'what models look at',
    prediction: 'what models say',
    outcome: 'what came of it',
    operation: 'the engine itself',
  } satisfies Record<Lane, string>,
  severities: { high: 'High', low: 'Low' } satisfies Record<Severity, string>,
  severityWords: { high: 'high severity', low: 'low severity' } satisfies Record<Severity, string>,
  states: {
    pending: 'Noticed',
    firing: 'Alert',
    'no-data': 'No data',
    error: 'Cannot be judged',
    resolved: 'Over',
  } satisfies Record<AlertState, string>,
  endings: {
    recovered: 'Recovered',
    'became usual': 'Became usual',
    passed: 'Passed by itself',
    closed: 'Closed',
    'false alarm': 'False alarm',
  } satisfies Record<AlertEnding, string>,
  whole: 'all together',
} as const;

/** What a state means, where there is room for a sentence. */
export const stateTexts: Record<AlertState, string> = {
  pending: 'Noticed, but it has not lasted long enough: nobody was told yet.',
  firing: 'It has lasted long enough to be told.',
  'no-data': 'There has been nothing to judge for too long. That is no sign that all is well.',
  error: 'It cannot be judged. That is no sign that all is well.',
  resolved: 'It is over for good; what comes next is another alert.',
};

export const list = {
  waiting: 'Asking the engine what is unusual …',
  unknown: 'The engine does not say what is unusual.',
  nothingWatched: 'Nothing is watched yet.',
  nothingOn: (count: number) =>
    count === 1
      ? 'Nothing is watched: the one watch is switched off.'
      : `Nothing is watched: all ${count} watches are switched off.`,
  starting: 'Nothing is judged yet: the watches have just begun.',
  calm: 'Nothing is unusual.',
  calmBut: (blind: string) => `Nothing unusual is known, but ${blind}.`,
  blind: (count: number) =>
    count === 1 ? '1 watch cannot be judged' : `${count} watches cannot be judged`,
  open: (count: number, incidents: number) => {
    const are = count === 1 ? 'alert is open' : 'alerts are open';
    const of = incidents < count && count > 1 ? `, of ${plural(incidents, 'cause', 'causes')}` : '';
    return `${count}${space}${are}${of}`;
  },
  onlyNoticed: (count: number) =>
    count === 1
      ? 'Something is noticed, but not told yet'
      : `${count} things are noticed, but not told yet`,
  since: (headline: string, moment: string) => `${headline} since ${moment}`,
  watches: 'Watches',
  filters: 'Which alerts',
  state: 'State',
  lane: 'Source',
  watch: 'Watch',
  anyState: 'All states',
  anyLane: 'All sources',
  anyWatch: 'All watches',
  apart: 'Show each alert by itself',
  emptyTitle: 'Nothing is watched yet',
  emptyText:
    'A watch looks at a metric or a statistic all the time, learns what is usual for each hour and day, and tells you when it is not. It keeps to a budget of false alarms that you set.',
  emptyCommand: 'Or from a terminal:',
  create: 'New watch',
  calmTitle: 'No alert is open',
  calmText: 'Alerts that are over stand in the timeline above.',
  noMatchTitle: 'No alert matches',
  noMatchText: 'There are alerts, but none as you have chosen.',
  clear: 'Show all',
  more: (count: number) => `Show ${count}${space}more`,
  cut: 'There are more alerts in this range than are shown. A shorter range shows all.',
  standings: {
    open: 'Not over',
    firing: 'Alert',
    pending: 'Noticed',
    'no-data': 'No data',
    error: 'Cannot be judged',
    resolved: 'Over',
  } satisfies Record<StandingName, string>,
  titles: {
    open: 'Open alerts',
    firing: 'Alerts that were told',
    pending: 'Noticed, not told yet',
    'no-data': 'No data',
    error: 'Cannot be judged',
    resolved: 'Over, in this range',
  } satisfies Record<StandingName, string>,
} as const;

export const card = {
  since: (moment: string, lasting: string) => `since ${moment}, for ${lasting}`,
  over: (moment: string, lasting: string) => `${moment}, for ${lasting}`,
  for: (key: string) => `for ${key}`,
  nobody: 'Nobody takes care of it yet',
  owner: (owner: string) => `${owner} takes care of it`,
  muted: 'muted',
  flapping: (times: number) => `came and went ${times}${space}times`,
  others: (count: number) =>
    count === 1 ? '1 other, likely of the same cause' : `${count} others, likely of the same cause`,
  hide: 'Hide them',
  low: 'low',
  high: 'high',
} as const;

export const answers = {
  acknowledge: 'Take care',
  acknowledgeLong: 'Take care …',
  close: 'Close',
  closeLong: 'Close …',
  of: (button: string, headline: string) => `${button} of “${headline}”`,
  titles: {
    acknowledge: 'Who takes care of it?',
    close: 'Close this alert?',
  },
  confirm: { acknowledge: 'Take care of it', close: 'Close it' },
  consequences: {
    acknowledge: [
      'Everybody sees who takes care of it.',
      'It stays open until the readings are as they should be.',
    ],
    close: [
      'It is over for good: this cannot be taken back.',
      'If it goes on, the next alert comes after the time of rest that the watch has.',
    ],
  },
  owner: 'Who takes care',
  ownerText: 'You, unless you name somebody else.',
  note: 'Note',
  noteText: 'What is known, what is done. Whoever looks next will see it.',
  noteMissing: 'Say what it was: whoever sees the next one will look for it.',
  how: 'How did it end?',
  real: 'It was real, and is over',
  false: 'It was a false alarm: nothing had happened',
  falseText: 'It counts into the false alarms of the watch, which stand beside its budget.',
  cancel: 'Cancel',
  pending: 'On its way …',
  taken: (owner: string, headline: string) => `${owner} takes care of “${headline}”.`,
  closed: (headline: string) => `Closed: “${headline}”.`,
} as const;

export const chart = {
  section: 'When and where',
  title: 'Alerts by source',
  text: 'Each bar is an alert, from its beginning to its end; those that are open fade to now.',
  textGrouped:
    'Each bar is an incident, with the number of its alerts; those that are open fade to now.',
  definition:
    'Rows are the places in the flow where a watch looks, from what arrives to the engine itself: what stands higher is the likelier cause of what stands lower. Alerts that likely have one cause are one incident. Grey stripes behind them are days of the calendar.',
  since: 'Since',
  until: 'Until',
  lane: 'Source',
  state: 'State',
  severity: 'Severity',
  headline: 'What',
  key: 'For',
  count: 'Alerts',
  still: 'still open',
  uncompared: 'Not compared: all times are shown, and nothing lies before them.',
  inRange: (count: number) => plural(count, 'alert in this range', 'alerts in this range'),
  uncounted: 'Not compared: one of the two ranges has more alerts than are shown.',
  none: 'No alert in this range',
  noneText: 'Nothing unusual was seen between these instants.',
  legend: {
    high: 'Alert',
    low: 'Alert, low severity',
    pending: 'Noticed',
    blind: 'No data, or cannot be judged',
    over: 'Over',
    false: 'False alarm',
  },
} as const;

export const happeningKinds: Record<Happening['kind'], string> = {
  experiment: 'Experiment',
  policy: 'Policy',
  metric: 'Metric',
  watch: 'Watch',
  deployment: 'Deployment',
  retraining: 'Retraining',
  calendar: 'Calendar',
  alert: 'Alert',
};

export const detail = {
  absent: 'There is no such alert',
  absentText: 'It may have been removed since, or the link may be broken.',
  backToList: 'All alerts',
  revision: (revision: number) => `Revision ${revision}`,
  since: (moment: string) => `since ${moment}`,
  lasted: (lasting: string) => `lasted ${lasting}`,
  runbook: 'Runbook',
  watch: 'The watch',
  muted: (mute: string) =>
    `Nobody is told while the mute window “${mute}” lasts. When it ends, only what is still open is told.`,
  flapping: (times: number) =>
    `It came and went ${times}${space}times within a day. Only the first was told.`,
  note: (note: string) => `Note: ${note}`,
  now: 'Newest reading',
  atEnd: 'Last reading',
  worst: 'Worst reading',
  lasting: 'How long',
  owner: 'Takes care',
  nobody: 'Nobody yet',
  seen: (moment: string) => `since ${moment}`,
  noticed: (moment: string) => `noticed at ${moment}`,
  told: (moment: string) => `told at ${moment}`,
  notTold: 'not told',
  expected: (value: string) => `usual: ${value}`,
  between: (low: string, high: string) => `usual: ${low}${space}…${space}${high}`,
  limit: (value: string) => `limit: ${value}`,
  nothingExpected: 'nothing is expected here',
  within: 'as it should be',
  usuals: { above: 'above what is usual', below: 'below what is usual' },
  limits: { above: 'above the limit', below: 'below the limit' },
  course: 'How it went',
  readings: 'Readings',
  courseText: 'The readings of this key, with the band in which they usually lie.',
  courseTextLimit: 'The readings of this key, with the limit of the watch.',
  limitTitle: 'Reading, with its limit',
  uncompared:
    'Not compared with the range before: these are the readings about this alert, and the band says how they usually are.',
  moreNearby: (count: number) => `${count}${space}more`,
  courseMeans:
    'What is expected is learnt from the past of this key: the hour of the day, the day of the week, the calendar, and what it just was. Of a limit there is no band, but a line. The coloured time is that of the alert.',
  noCourse: 'There is no reading',
  noCourseText: 'Nothing was judged around this alert.',
  contributions: 'What contributes to it',
  contributionsText: 'How much of the deviation comes from each part; all parts make up 100 %.',
  contributed: (value: string, expected: string) => `${value} instead of ${expected}`,
  others: (count: number) => plural(count, 'smaller part', 'smaller parts'),
  noContributions: 'It is of one part alone, or its parts are not known.',
  notExplained: 'There is no explanation of it.',
  nearby: 'What else changed',
  nearbyText: 'Within a day before and after its beginning, the nearest first.',
  noNearby: 'Nothing else is known to have changed.',
  before: (time: string) => `${time} before`,
  after: (time: string) => `${time} after`,
  atOnce: 'at the same time',
  similar: 'Earlier alerts like this',
  similarText: 'Of the same watch and key, the newest first, and how they ended.',
  noSimilar: 'It is the first of its kind.',
  members: 'The same incident',
  membersText: 'Alerts that likely have the same cause. The first to begin stands first.',
  first: 'likely nearest to the cause',
  history: 'What became of it',
  deliveries: 'Where it was told',
  noDeliveries: 'It was told nowhere.',
  noRoutes: 'The watch has no route: it is shown on this page alone.',
  route: 'Route',
  what: 'What',
  when: 'When',
  attempts: 'Attempts',
  outcome: 'Outcome',
  whats: { firing: 'Its beginning', resolved: 'Its end' },
  outcomes: { waiting: 'Waiting', sent: 'Sent', 'given up': 'Given up' },
  nobodyThere: 'by itself',
} as const;

export const definitions = {
  now: 'The newest reading of this watch and key, with what is usual at this hour of this day.',
  worst: 'The reading farthest from what it should be while the alert was open.',
  lasting:
    'From the first reading that was not as it should be, in the time of the events, to the end, or to the newest reading.',
  owner: 'Who said that they take care of it. It stops nothing by itself.',
} as const;

/** Of what can be refused: an answer to an alert. */
export function fieldName(field: string): string | undefined {
  const fields: Record<string, string> = {
    note: 'Note',
    owner: 'Who takes care',
    actor: 'Your name',
  };
  return fields[field.split(/[.[]/)[0] ?? ''];
}
