/** Where the events behind a number lie: a statement that names their places in the archive, with what of each is counted. */
import { figureMax, nameLengthMax } from '../../contracts/event.ts';
import type { Counted } from '../../contracts/eventsBehind.ts';
import { ownTypeNames } from '../../contracts/ownTypes.ts';
import type { Reader } from '../statement.ts';

/** An event of the archive as a condition reads it. */
export interface ArchivedEvent {
  readonly partition: number;
  readonly offset: number;
  readonly time: number;
  readonly receivedAt: number;
  readonly type: string;
  readonly user: string;
  readonly item: string;
  readonly value: number | null;
  readonly id: string;
  readonly raw: string;
}

/** A row of the statement: the place, and what else it selects. */
export interface PlaceRow {
  readonly partition: number;
  readonly offset: number;
  /** ms since 1970. */
  readonly at: number;
  readonly [fact: string]: unknown;
}

export interface BehindSource {
  readonly pipeline: string;
  readonly from: number;
  readonly to: number;
  /** Selects `partition`, `offset`, `at`, and `facts`. A place may come more than once. */
  readonly places: string;
  /** Names of what else is selected. */
  readonly facts: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** As `places`, of the events that came too late to be counted. */
  readonly late?: string;
  /** What the number's own sums say. */
  counted?(reader: Reader): Promise<number>;
  /** Whether as many as there are places count: otherwise {@link countedOf} decides, and nothing is totalled. */
  readonly isExact: boolean;
  /** Whether a part of the range costs a part of the whole: then it is looked through from its end. */
  readonly isCut: boolean;
  /** @returns undefined when the number does not count it after all */
  countedOf(row: PlaceRow, event: ArchivedEvent): Counted | undefined;
}

/** An instant in a statement. @param name of the parameter, ms since 1970 */
export function instant(name: string): string {
  return `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;
}

export const inRange = `time >= ${instant('from')} AND time < ${instant('to')}`;

/** Of the producers: the engine's own records are archived as well. */
export const sent = `type NOT IN (${ownTypeNames.map((type) => `'${type}'`).join(', ')})`;

/** Places of what came behind the watermark: archived, and counted by nothing. @param when which of them could matter */
export function lateAmong(when: string): string {
  return `(SELECT partition, offset FROM late_events WHERE pipeline = {pipeline:String} AND ${when})`;
}

/** Of the range, behind the watermark. */
export const isLate = `(partition, offset) IN ${lateAmong(inRange)}`;

/** The archived events of the range. @param type absent: all that producers send */
export function eventsOf(type: string | undefined, conditions: readonly string[]): string {
  const ofType = type === undefined ? sent : `type = '${type}'`;
  return `events WHERE ${['pipeline = {pipeline:String}', inRange, ofType, ...conditions].join(' AND ')}`;
}

/** Figures are of whole windows. */
export function wholeWindows({ from, to }: Window, windowMs: number): Window {
  return {
    from: Math.floor(from / windowMs) * windowMs,
    to: Math.ceil(to / windowMs) * windowMs,
  };
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * What stands at a path of an event, alone in an array: the event is parsed once, however often it is looked at.
 *
 * @param path `context.…`
 */
function aloneAt(path: string): string {
  const parts = path.split('.').map((part) => `'${part.replaceAll(/[\\']/g, '\\$&')}'`);
  return `concat('[', JSONExtractRaw(raw, ${parts.join(', ')}), ']')`;
}

/**
 * A name as a pipeline's column has it: '' where there is none. Numbers are no names.
 *
 * @param path `type`, `item`, or `context.…`
 */
export function nameAt(path: string): string {
  if (!path.startsWith('context.')) return path;
  const alone = aloneAt(path);
  const text = `JSONExtractString(${alone}, 1)`;
  const isName = `toString(JSONType(${alone}, 1)) = 'String' AND lengthUTF8(${text}) <= ${nameLengthMax}`;
  return `if(${isName}, ${text}, '')`;
}

/**
 * Whether a name, as {@link nameAt} has it, is the one that a parameter gives. An event in which nothing is escaped holds its names as
 * they are: most others are passed over without being parsed.
 */
export function isNameAt(path: string, parameter: string): string {
  const name = `{${parameter}:String}`;
  if (!path.startsWith('context.')) return `${path} = ${name}`;
  return `(position(raw, ${name}) > 0 OR position(raw, '\\\\') > 0) AND ${nameAt(path)} = ${name}`;
}

/** A number as a pipeline's column has it: NULL where there is none. @param path `value`, or `context.…` */
export function figureAt(path: string): string {
  if (path === 'value') return 'value';
  const alone = aloneAt(path);
  const kind = `toString(JSONType(${alone}, 1))`;
  const number = `JSONExtractFloat(${alone}, 1)`;
  return `multiIf(${kind} = 'Bool', toFloat64(JSONExtractBool(${alone}, 1)),
    ${kind} IN ('Int64', 'UInt64', 'Double') AND abs(${number}) <= ${figureMax}, ${number}, NULL)`;
}
