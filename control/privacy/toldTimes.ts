/**
 * Which times of a series are told, and in which step each is counted: a block in the step in which it ends.
 *
 * A step of a chart need not begin where a block does. Whatever steps are asked for, whole blocks are counted, so that the same
 * figures come out of all of them by addition.
 */
import type { People } from './people.ts';
import { type TimeBlock, timeBlocks } from './timeBlocks.ts';

const dayMs = 86_400_000;

/** Cells of one day, as {@link dayCells} reads them. */
export interface DayCells {
  /** Start of the day, ms since 1970. */
  readonly day: number;
  readonly starts: readonly number[];
  readonly people: readonly number[];
  readonly users: readonly (readonly number[])[];
}

export interface ToldDay {
  readonly day: number;
  readonly blocks: readonly TimeBlock[];
  /** Cells from here on are not told: the end of the day when all are. */
  readonly toldTo: number;
  /** There will be no others. */
  readonly isOver: boolean;
  readonly windowMs: number;
  readonly starts: readonly number[];
}

/**
 * Selects the cells of each day: how many users each is of, and which, where they are fewer than `least`.
 *
 * @param source what to read from, behind FROM, with the columns of `group_sizes` as `q.…`
 * @param of     further columns by which days are told apart
 */
export function dayCells(source: string, of: readonly string[] = []): string {
  const named = of.length === 0 ? '' : `${of.join(', ')},`;
  return `
  SELECT ${named} intDiv(start, ${dayMs}) * ${dayMs} AS day, groupArray(start) AS starts,
    groupArray(if(known >= {least:UInt16}, 32, known)) AS people,
    groupArray(if(known >= {least:UInt16}, [], users)) AS users
  FROM (
    SELECT ${named} toUnixTimestamp64Milli(q.window_start) AS start,
      groupUniqArrayArray(32)(q.users) AS users,
      toUInt16(if(max(q.people) >= 32, 32, length(users))) AS known
    FROM ${source}
    GROUP BY ${named} start
  )
  GROUP BY ${named} day
  ORDER BY ${named} day`;
}

/** @param closedTo cells that end by then do not change any more */
export function toldDay(
  { day, starts, people, users }: DayCells,
  windowMs: number,
  closedTo: number,
  least: number,
): ToldDay {
  const order = starts.map((_, i) => i).sort((a, b) => starts[a]! - starts[b]!);
  const cells = order.map((i) => {
    const group: People = { people: people[i]!, users: users[i]! };
    return { start: starts[i]!, end: starts[i]! + windowMs, people: group };
  });
  const isOver = closedTo >= day + dayMs;
  const closed = cells.filter(({ end }) => end <= closedTo);
  const { blocks, untoldFrom } = timeBlocks(closed, least, isOver);
  const firstOpen = cells[closed.length]?.start ?? day + dayMs;
  return {
    ...{ day, blocks, isOver, windowMs, starts: cells.map(({ start }) => start) },
    toldTo: untoldFrom ?? firstOpen,
  };
}

/** Where cells are counted that are not counted where they begin. */
export interface Placement {
  /** Days that are not told to their end, and up to where they are. */
  readonly cutDays: number[];
  readonly cutAt: number[];
  /** Steps that some cells leave, from when on, and where they are counted. */
  readonly leftSteps: number[];
  readonly leftFrom: number[];
  readonly leftFor: number[];
}

export interface Placed extends Placement {
  /** Steps in which a block ends, with the first instant that is counted there. */
  readonly told: ReadonlyMap<number, number>;
  /** Steps with cells of which nothing is told in them. */
  readonly withheld: ReadonlySet<number>;
}

/** @param days ascending */
export function placedIn(days: readonly ToldDay[], stepMs: number): Placed {
  const stepOf = (time: number) => Math.floor(time / stepMs) * stepMs;
  const told = new Map<number, number>();
  const left = new Map<number, { readonly from: number; readonly to: number }>();
  for (const { blocks } of days) {
    for (const { start, end } of blocks) {
      const step = stepOf(end - 1);
      if (!told.has(step)) told.set(step, start);
      for (let each = stepOf(start); each < step; each += stepMs) {
        left.set(each, { from: Math.max(each, start), to: step });
      }
    }
  }
  const withheld = new Set<number>();
  for (const { starts } of days) {
    for (const start of starts) if (!told.has(stepOf(start))) withheld.add(stepOf(start));
  }
  const cut = days.filter(({ day, toldTo }) => toldTo < day + dayMs);
  const steps = [...left];
  return {
    ...{ told, withheld },
    ...{ cutDays: cut.map(({ day }) => day), cutAt: cut.map(({ toldTo }) => toldTo) },
    leftSteps: steps.map(([step]) => step),
    leftFrom: steps.map(([, { from }]) => from),
    leftFor: steps.map(([, { to }]) => to),
  };
}

/** In the statement itself: there may be more of them than an address takes. `transform` needs some. */
function listOf(numbers: readonly number[]): string {
  return `[${numbers.length === 0 ? -1 : numbers.map((each) => Math.floor(each)).join(',')}]`;
}

/** Whether a cell is told. @param start SQL of its start, ms */
export function isToldCell(
  start: string,
  { cutDays, cutAt }: Pick<Placement, 'cutDays' | 'cutAt'>,
): string {
  const day = `intDiv(${start}, ${dayMs}) * ${dayMs}`;
  return `${start} < transform(${day}, ${listOf(cutDays)}, ${listOf(cutAt)}, ${start} + 1)`;
}

/** Start of the step in which a told cell is counted. @param start SQL of its start, ms */
export function toldStep(start: string, { leftSteps, leftFrom, leftFor }: Placement): string {
  const step = `intDiv(${start}, {step:Int64}) * {step:Int64}`;
  if (leftSteps.length === 0) return step;
  const steps = listOf(leftSteps);
  return `if(${start} >= transform(${step}, ${steps}, ${listOf(leftFrom)}, ${start} + 1),
    transform(${step}, ${steps}, ${listOf(leftFor)}, ${step}), ${step})`;
}
