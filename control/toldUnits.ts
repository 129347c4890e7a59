/**
 * Sums by units of time as far as they are told of (control/privacy/toldTimes.ts), read once where they cannot change any more: days that are
 * over, and of a day that is not what lies before its newest blocks.
 *
 * A day may be cut where a block ends: blocks are made in the order of time, so those behind the cut are the same whether what
 * lies before is read or not, as long as one of them is complete.
 */
import type { Begun, Days, KeptDays } from './keptDays.ts';
import { daysOverTo, type TimesOver } from './privacy/closedTo.ts';
import {
  type DayCells,
  type Placement,
  placedIn,
  type ToldDay,
  toldDay,
} from './privacy/toldTimes.ts';
import { type Unit, type UnitOfRange, unitsByDay } from './units.ts';

const dayMs = 86_400_000;

/** One day with rows. */
export interface UnitsOfDay<Sums> {
  readonly day: number;
  /** There will be no other windows. */
  readonly isOver: boolean;
  /** Starts of the first and of the newest window that are told; undefined when none is. */
  readonly told: { readonly first: number; readonly last: number } | undefined;
  readonly units: readonly Unit<Sums>[];
}

export interface UnitSource<Sums> {
  readonly kept: KeptDays;
  /** What is read, with all that it depends on but the unit. */
  readonly name: readonly (string | number)[];
  readonly times: TimesOver;
  readonly windowMs: number;
  readonly least: number;
  /** Windows of each day in a range that may begin within a day. */
  cells(range: Days): Promise<DayCells[]>;
  /** What is told of them, each unit once. */
  sums(placed: Placement, range: Days, unitMs: number): Promise<Unit<Sums>[]>;
  /** Numbers of a unit, about. */
  sizeOf(sums: Sums): number;
}

/** @param days half-open, whole days @returns those with rows, ascending */
export async function readToldUnits<Sums>(
  source: UnitSource<Sums>,
  { unitMs, dividesDay }: UnitOfRange,
  days: Days,
): Promise<UnitsOfDay<Sums>[]> {
  const { kept, name, times, windowMs, sizeOf } = source;
  const key = JSON.stringify([...name, source.least, unitMs]);
  const overTo = daysOverTo(times, windowMs);
  const read = async (asked: Days): Promise<Map<number, UnitsOfDay<Sums>>> => {
    const newest = asked.to - dayMs;
    const begun =
      dividesDay && asked.from === newest ? kept.begun<UnitsOfDay<Sums>>(key, newest) : undefined;
    const range = { from: begun?.from ?? asked.from, to: asked.to };
    const rows = await source.cells(range);
    const told = rows.map((row) => toldDay(row, windowMs, times.closedTo, source.least));
    const placed = placedIn(told, unitMs);
    const found = await source.sums(placed, range, unitMs);
    const withheld = [...placed.withheld].map((time) => ({ time, sums: null }));
    const byDay = unitsByDay<Sums>(
      [...found, ...withheld],
      told.map((each) => each.day),
    );
    const read = new Map<number, UnitsOfDay<Sums>>(
      told.map((each) => [each.day, { ...summaryOf(each), units: byDay.get(each.day) ?? [] }]),
    );
    const open = joined(begun, read.get(newest));
    if (open === undefined) return read;
    read.set(newest, open);
    const cells = rows.find(({ day }) => day === newest);
    if (dividesDay && cells !== undefined && newest + dayMs > overTo) {
      const next = begunBy(cells, open, { ...source, unitMs });
      if (next !== undefined) kept.begin(key, newest, next);
    }
    return read;
  };
  const sizeOfDay = ({ units }: UnitsOfDay<Sums>) =>
    units.reduce((size, { sums }) => size + 2 + (sums === null ? 0 : sizeOf(sums)), 3);
  const found = dividesDay ? await kept.read(key, days, overTo, read, sizeOfDay) : await read(days);
  return [...found.values()].sort((a, b) => a.day - b.day);
}

function summaryOf<Sums>({
  day,
  isOver,
  blocks,
  toldTo,
  starts,
}: ToldDay): Omit<UnitsOfDay<Sums>, 'units'> {
  const last = starts.findLast((each) => each < toldTo);
  const isTold = blocks.length > 0 && last !== undefined;
  return { day, isOver, told: isTold ? { first: starts[0]!, last } : undefined };
}

/** A day of which the beginning was read before. */
function joined<Sums>(
  begun: Begun<UnitsOfDay<Sums>> | undefined,
  rest: UnitsOfDay<Sums> | undefined,
): UnitsOfDay<Sums> | undefined {
  if (begun === undefined || rest === undefined) return begun?.value ?? rest;
  const { value, unitsTo } = begun;
  const first = value.told?.first ?? rest.told?.first;
  const last = rest.told?.last ?? value.told?.last;
  return {
    ...{ day: rest.day, isOver: rest.isOver },
    told: first === undefined || last === undefined ? undefined : { first, last },
    // Units before then are complete; what lies behind the cut and still in one of them belongs to a later one.
    units: [...value.units, ...rest.units.filter(({ time }) => time >= unitsTo)],
  };
}

/** What of a day that is not over will stay as it is; undefined: nothing yet. */
function begunBy<Sums>(
  cells: DayCells,
  open: UnitsOfDay<Sums>,
  {
    times,
    windowMs,
    least,
    unitMs,
  }: Pick<UnitSource<Sums>, 'times' | 'windowMs' | 'least'> & { readonly unitMs: number },
): Begun<UnitsOfDay<Sums>> | undefined {
  // Of a day that is not over the newest block is left out: one that is complete follows each of these.
  const { blocks, isOver } = toldDay(cells, windowMs, times.overTo, least);
  const last = blocks.at(-1);
  if (isOver || last === undefined) return undefined;
  const unitsTo = Math.floor(last.end / unitMs) * unitMs;
  const cut = blocks.findLast(({ end }) => end <= unitsTo);
  if (cut === undefined) return undefined;
  const units = open.units.filter(({ time }) => time < unitsTo);
  const first = open.told?.first ?? cut.start;
  const told = { first, last: cut.end - windowMs };
  return { from: cut.end, unitsTo, value: { day: open.day, isOver: false, told, units } };
}
