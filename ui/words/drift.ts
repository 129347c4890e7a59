/** Every word of the pages of drift: to be read as a whole, and written for people who know no statistics. */
import type { DriftLevel, DriftWord } from '../../contracts/driftApi.ts';

const space = '\u00a0';

/** "1 day", "2 days" */
export function plural(count: number, one: string, many: string): string {
  return `${count}${space}${count === 1 ? one : many}`;
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Up to nine in letters. */
export function numeral(count: number): string {
  return numbers[count] ?? String(count);
}

export const words = {
  eyebrow: 'Drift',
  waiting: 'Asking the engine what has drifted …',
  unknown: 'The engine does not say what has drifted.',
  prediction: 'Predictions',
  label: 'Labels',
  levels: ['Within chance', 'Drift', 'Strong drift'] as const satisfies Record<DriftLevel, string>,
  notJudged: 'Not judged',
  weekdays: ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

export const kinds: Record<DriftWord['word'], { readonly name: string; readonly means: string }> = {
  'data-quality break': {
    name: 'Data-quality break',
    means:
      'Values are missing, out of range or unknown more often than in the reference. Mend it where the data come from; retraining would learn the fault.',
  },
  'concept drift': {
    name: 'Concept drift',
    means:
      'The same inputs have other outcomes than the model has learnt: outcomes less predictions moved. Retrain when quality stays worse.',
  },
  'data drift': {
    name: 'Data drift',
    means:
      'Inputs are other than in the reference, and the model still knows what follows from them. Look at its quality; nothing need be done while that holds.',
  },
  'label shift': {
    name: 'Label shift',
    means:
      'Outcomes have become more or less frequent, as the model expected, though no input that is profiled shows why.',
  },
};

export const list = {
  needed: (needed: number, stored: number) =>
    `Nothing can be judged yet: ${numeral(needed)} complete days are needed, ${numeral(stored)} ${stored === 1 ? 'is' : 'are'} stored.`,
  noReference: 'Nothing is judged: the reference has too few days.',
  calm: (count: number) =>
    count === 1
      ? 'Nothing has drifted: the one column is as in the reference.'
      : `Nothing has drifted: all ${numeral(count)} columns are as in the reference.`,
  noColumn: 'No column has drifted',
  drifted: (count: number, all: number) =>
    `${count === 1 ? 'One' : capital(numeral(count))} of ${numeral(all)} columns ${count === 1 ? 'has' : 'have'} drifted`,
  most: (word: string, subject: string, since: string) =>
    `what matters most is the ${word} of ${subject}${since}.`,
  but: (word: string, subject: string, since: string) =>
    `but there is ${word} of ${subject}${since}.`,
  since: (day: string) => ` since ${day}`,
  section: 'Columns by day',
  emptyTitle: 'No drift can be judged yet',
  emptyText: (needed: number) =>
    `Each column of your events is summed up by day, and each day is compared with reference days. That takes ${needed} complete days (UTC): the first and the present one are not complete. Send events, or replay those of past days:`,
  emptyCommand: 'millrace send past-events.ndjson',
} as const;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const heatmap = {
  title: 'Distance from the reference',
  text: 'Each cell compares one day of a column with the reference days.',
  uncompared:
    'Not compared with the range before: a cell is a distance from the reference already. A column shows its course beside that of the range before.',
  shortRange: ' Drift is judged by whole days: the newest 30 are shown.',
  definition:
    'Population stability index (PSI): how far the shares of bins are from those of the reference. A day is beyond the limit when it is farther than chance makes of its rows, and farther than days of the reference are from each other (1 in 100 such days would be). Strong: beyond four times the limit.',
  column: 'Column',
  day: 'Day',
  level: 'Level',
  distance: 'PSI',
  limit: 'Limit',
  noise: 'By chance',
  divergence: 'Jensen–Shannon',
  rows: 'Rows',
  broken: 'Quality',
  whole: 'Whole',
  reference: 'Reference',
  isRead: 'Read by the model',
  readWords: ['No', 'Yes'],
  legend: {
    0: 'within chance',
    1: 'drift',
    2: 'strong drift',
    none: 'not judged',
    broken: 'quality broken',
  },
  faded: 'pale: the model does not read it',
  order: 'Order of the columns',
  matters: 'Drift that matters',
  raw: 'Raw drift',
  byDrift:
    'How much each column contributes to predictions is not measured: columns that the model reads stand first, then those that drifted most.',
  byImportance: 'Sorted by importance × drift.',
  rawText: 'Sorted by drift alone.',
  more: (count: number) => `${plural(count, 'further column', 'further columns')} left out.`,
} as const;

export const reference = {
  title: 'Reference',
  from: 'Reference from',
  to: 'to',
  reset: 'First days of the model',
  none: 'The reference has no day with a profile.',
  few: 'The reference has fewer than 3 days with enough rows: nothing is judged.',
  missing: (days: readonly string[]) =>
    `The reference has no ${days.join(', ')}: such days may differ for that alone.`,
} as const;

export const wordList = {
  title: 'What it is',
  text: 'What changed tells what is to be done.',
  since: (day: string) => `since ${day}`,
  unknownSince: 'since when is not known',
  open: (name: string) => `See ${name}`,
  none: 'Every column is as in the reference, its quality is whole, and no alert about drift falls into this range.',
  alarms: 'Alarms of which it is not known when they were',
  alarm: (statistic: string, key: string, count: number) =>
    `${key}: ${plural(count, 'alarm', 'alarms')} of ${statistic}`,
} as const;

export const detail = {
  absent: 'There is no such column',
  absentText: 'No pipeline has a profile of it. It may have been renamed or removed.',
  back: 'Back to all columns',
  notJudged: (name: string) => `${name} cannot be judged yet.`,
  calm: (name: string, isPlural: boolean) =>
    `${name} ${isPlural ? 'are' : 'is'} as in the reference.`,
  drifted: (name: string, isPlural: boolean, since: string, day: string, times: string) =>
    `${name} ${isPlural ? 'have' : 'has'} drifted since ${since}: on ${day} by ${times} times the limit.`,
  lately: (name: string, isPlural: boolean, day: string, times: string) =>
    `${name} ${isPlural ? 'were' : 'was'} away by ${times} times the limit on ${day}, on that day alone so far.`,
  course: 'How far it is from the reference',
  courseText: 'Click a day, or press Enter at the cursor, to compare it below.',
  courseMeans: heatmap.definition,
  courseTitle: 'Distance by day',
  distanceTitle: 'PSI, with its limit',
  divergenceTitle: 'Jensen–Shannon divergence',
  movedTitle: 'Values have moved by (Wasserstein)',
  moved: 'Moved',
  movedNoise: 'Moved by chance',
  spread: (day: string) => `Reference against ${day}`,
  rowsOf: (count: string) => `${count} rows`,
  densityMeans:
    'Shares of the same bins, made so that each holds about a tenth of the reference: where both agree nothing has changed.',
  valuesMeans:
    'The most frequent values, then or now, with their shares of all rows. What is rare in the reference counts with the others.',
  bin: 'Values',
  before: 'Reference',
  after: 'This day',
  shares: 'Share of rows',
  missing: '(missing)',
  others: '(others)',
  upTo: (to: string) => `≤ ${to}`,
  above: (from: string) => `> ${from}`,
  quantiles: 'Quantiles by day',
  quantilesText:
    'Eight in ten values lie in the band, half below the line. Dashed: the median of the reference.',
  quantilesTitle: 'Median, 10 to 90 %',
  quantilesMeans: 'Quantiles of 10, 50 and 90 %, each within 1 % of the value.',
  p10: '10 %',
  p50: 'Median',
  p90: '90 %',
  width: 'Width',
  unseen: 'Values that the reference has not',
  unseenNone: 'None: all frequent values were there before.',
  breaks: 'Broken quality',
  breaksNone: 'None in this range.',
  none: 'Nothing to compare',
  noneText: 'Neither the reference nor this range has a day with 100 rows or more.',
} as const;
