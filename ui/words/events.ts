/** Every word of the events behind a number. */
import type { Counted } from '../../contracts/eventsBehind.ts';
import type { BehindSearch } from '../data/search.ts';

/** Where a number leads to them. */
export const opening = {
  of: (what: string) => `Events behind ${what}`,
  at: 'Enter shows the events behind the point at the cursor.',
} as const;

type WriteFigure = (value: number | null) => string;

const named = (name: string | number | undefined) => `“${name ?? ''}”`;

/** The part of a column's rows; nothing of all. */
function ofValues({ value, above, upTo }: BehindSearch, figure: WriteFigure): string {
  if (value === '') return ' without a value';
  if (value !== undefined) return ` that are ${named(value)}`;
  const over = above === undefined ? '' : ` above ${figure(Number(above))}`;
  const most = upTo === undefined ? '' : ` at most ${figure(Number(upTo))}`;
  return `${over}${over !== '' && most !== '' ? ' and' : ''}${most}`;
}

/** What is counted, in a sentence. @param figure how figures are written */
function subject(asked: BehindSearch, figure: WriteFigure): string {
  switch (asked.of) {
    case 'metric':
      return asked['segment'] === undefined
        ? `Events that the metric ${named(asked['metric'])} counts`
        : `Events that the metric ${named(asked['metric'])} counts in ${named(asked['segment'])}`;
    case 'column':
      return `Rows of the column ${named(asked['column'])}${ofValues(asked, figure)}`;
    case 'experiment':
      return asked['metric'] === undefined
        ? `First exposures of the units in the arm ${named(asked['variant'])} of ${named(asked['key'])}`
        : `What the metric ${named(asked['metric'])} counts of the units in the arm ${named(asked['variant'])} of ${named(asked['key'])}`;
    case 'policy': {
      const by = asked['way'] === 'holdout' ? 'Decisions of the control of' : 'Decisions of';
      return asked['action'] === undefined
        ? `${by} ${named(asked['key'])}`
        : `${by} ${named(asked['key'])} for ${named(asked['action'])}`;
    }
    case 'model':
      return asked['slice'] === undefined
        ? `Predictions of the model ${named(asked['model'])} whose outcome is known`
        : `Predictions of the model ${named(asked['model'])} whose outcome is known, where ${asked['slice']} is ${named(asked['value'])}`;
  }
}

const of = (count: string, one: boolean) => (one ? 'One event' : `${count} events`);

export const words = {
  title: 'Events behind this',
  subject,
  between: (from: string, to: string) => `from ${from} to before ${to}.`,
  /** Null where it is not counted. */
  counts: (counted: string | null, kept: string | null) => {
    if (counted === null && kept === null) return 'How many there are is not counted.';
    if (counted === null) return `${kept} of them are in the archive.`;
    if (kept === null || kept === counted) return `The number is of ${counted} events.`;
    return `The number is of ${counted} events, and ${kept} of them are in the archive.`;
  },
  gone: (count: string, one: boolean) =>
    `${of(count, one)} that it counted ${one ? 'is' : 'are'} no longer kept: by their age, or because a person was erased.`,
  late: (count: string, one: boolean) =>
    `${of(count, one)} in the archive came too late and ${one ? 'does' : 'do'} not count.`,
  apart: 'Events that came twice are not archived, and refused ones stand among the dead letters.',
  none: 'No event',
  noneText: 'Nothing in the archive is counted by this number.',
  table: 'Events',
  time: 'Time',
  type: 'Type',
  user: 'Person',
  item: 'Item',
  value: 'Value',
  counted: 'What counts',
  event: 'Event',
  json: 'As it came',
  jsonOf: (type: string, at: string) => `As it came: ${type}, ${at}`,
  next: 'Earlier events',
  previous: 'Later events',
  page: (number: number) => `Page ${number}`,
  loading: 'The events are on their way.',
  link: 'Copy a link to these events',
  copied: 'Copied',
} as const;

const standing = (reward: string | null, closed: boolean) => {
  if (reward === null) return closed ? 'no reward came' : 'no reward yet';
  return closed ? `earned ${reward}` : `earned ${reward} so far`;
};

/** What of an event counted. @param figure how figures are written @param instant how instants are */
export function countedWords(
  counted: Counted,
  figure: WriteFigure,
  instant: (time: number) => string,
  now: number,
): string {
  switch (counted.as) {
    case 'event':
      return 'as one';
    case 'row':
      return counted.text === null ? 'has no value' : counted.text;
    case 'value':
      return figure(counted.figure);
    case 'seconds':
      return `${figure(counted.figure)} s`;
    case 'exposure':
      return counted.crossedAt === null
        ? `a unit, in stage ${counted.stage}`
        : `a unit, in stage ${counted.stage}; seen in another arm from ${instant(counted.crossedAt)}`;
    case 'outcome': {
      const part = {
        measure: '',
        denominator: ' below the line',
        both: ' above and below the line',
      };
      const from = counted.scoredAt > now ? `; counts from ${instant(counted.scoredAt)}` : '';
      return `${figure(counted.figure)}${part[counted.part]}${from}`;
    }
    case 'decision': {
      const reward = counted.reward === null ? null : figure(counted.reward);
      return `${counted.action}, with probability ${figure(counted.probability)}; ${standing(reward, counted.closed)}`;
    }
    case 'prediction':
      return `predicted ${figure(counted.probability)}, was ${counted.label} (${counted.version})`;
  }
}
