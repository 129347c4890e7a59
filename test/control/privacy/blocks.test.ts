/** Blocks of time and shown parts: nothing that follows from them by adding and subtracting is of a small group. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownParts } from '../../../control/privacy/shownParts.ts';
import { timeBlocks } from '../../../control/privacy/timeBlocks.ts';
import { isInSpan, peopleIn, type Row, rowsOf } from './fewPeople.ts';

const times = 5;
const parts = 3;
const least = 4;

function cellsOf(rows: readonly Row[], until = times) {
  return Array.from({ length: until }, (_, time) => {
    const people = peopleIn(rows.filter((row) => row.time === time));
    return { start: time, end: time + 1, people };
  }).filter(({ people }) => people.people > 0);
}

function partsOf(rows: readonly Row[]) {
  return Array.from({ length: parts }, (_, part) => {
    const own = rows.filter((row) => row.part === part);
    return { part, people: peopleIn(own), rows: own.length };
  }).filter(({ rows: count }) => count > 0);
}

/** Which rows each released figure adds up: all that the API tells of the whole by time, and of parts by day. */
function released(rows: readonly Row[]): Row[][] {
  const { blocks } = timeBlocks(cellsOf(rows), least, true);
  const byTime = blocks.map(({ start, end }) =>
    rows.filter(({ time }) => time >= start && time < end),
  );
  if (blocks.length === 0) return [];
  const all = partsOf(rows);
  const shown = shownParts(all, least);
  return [
    ...byTime,
    ...all.filter((_, i) => shown[i]).map(({ part }) => rows.filter((row) => row.part === part)),
  ];
}

describe('blocks of time', () => {
  test('each has enough people, they are disjoint, and together they have every row', () => {
    fc.assert(
      fc.property(rowsOf(12, 1, 9), fc.integer({ min: 1, max: 6 }), (rows, k) => {
        const { blocks, untoldFrom } = timeBlocks(cellsOf(rows, 12), k, true);
        const of = ({ start, end }: { start: number; end: number }) =>
          rows.filter(({ time }) => time >= start && time < end);
        for (const block of blocks) expect(peopleIn(of(block)).people).toBeGreaterThanOrEqual(k);
        blocks.slice(1).forEach((block, i) => {
          expect(block.start).toBeGreaterThanOrEqual(blocks[i]!.end);
        });
        const isEnough = peopleIn(rows).people >= k;
        expect(blocks.flatMap(of)).toHaveLength(isEnough ? rows.length : 0);
        expect(untoldFrom === undefined).toBe(isEnough || rows.length === 0);
      }),
    );
  });

  test('what was told is told again, whatever comes later', () => {
    fc.assert(
      fc.property(rowsOf(12, 1, 9), fc.integer({ min: 1, max: 6 }), (rows, k) => {
        let told: readonly unknown[] = [];
        for (let until = 0; until <= 12; until += 1) {
          const { blocks } = timeBlocks(cellsOf(rows, until), k, until === 12);
          // At the end of the day the last one may have become longer: it was not told before.
          expect(blocks.slice(0, told.length)).toEqual(told);
          told = blocks;
        }
      }),
    );
  });

  test('the example, and who is not known does not count', () => {
    const cell = (start: number, first: number, count: number) => ({
      ...{ start, end: start + 1 },
      people: { people: count, users: Array.from({ length: count }, (_, i) => first + i) },
    });
    const day = [cell(0, 0, 4), cell(1, 4, 8), cell(2, 12, 3), cell(3, 15, 20)];
    const both = [
      { start: 0, end: 2 },
      { start: 2, end: 4 },
    ];
    expect(timeBlocks(day, 10, true)).toEqual({ blocks: both, untoldFrom: undefined });
    expect(timeBlocks(day, 10, false)).toEqual({ blocks: both.slice(0, 1), untoldFrom: 2 });
    const unknown = { start: 0, end: 9, people: { people: 0, users: [] } };
    expect(timeBlocks([unknown], 2, true)).toEqual({ blocks: [], untoldFrom: 0 });
  });
});

describe('shown parts', () => {
  test('those shown have enough people each, and the others together, unless there is nothing to subtract from', () => {
    fc.assert(
      fc.property(rowsOf(1, 6, 12), fc.integer({ min: 1, max: 6 }), (rows, k) => {
        const own = Array.from({ length: 6 }, (_, part) => rows.filter((row) => row.part === part));
        const all = own.map((some) => ({ people: peopleIn(some), rows: some.length }));
        const shown = shownParts(all, k);
        own.forEach((some, i) => {
          if (shown[i]) expect(peopleIn(some).people).toBeGreaterThanOrEqual(k);
        });
        const hidden = own.flatMap((some, i) => (shown[i] ? [] : some));
        if (hidden.length > 0 && shown.includes(true)) {
          expect(peopleIn(hidden).people).toBeGreaterThanOrEqual(k);
        }
      }),
    );
  });
});

interface Group {
  readonly from: number;
  readonly to: number;
  /** undefined: all. */
  readonly part: number | undefined;
}

const isIn =
  ({ from, to, part }: Group) =>
  (row: Pick<Row, 'time' | 'part'>) =>
    row.time >= from && row.time < to && (part === undefined || row.part === part);

describe('an adversary with all figures of the whole by time and of parts by day', () => {
  /** Every small group that is a range of time of a part, or of all. */
  const groupsOf = (rows: readonly Row[]) => {
    const groups: Group[] = [];
    for (let from = 0; from < times; from += 1) {
      for (let to = from + 1; to <= times; to += 1) {
        for (const part of [undefined, 0, 1, 2]) groups.push({ from, to, part });
      }
    }
    return groups.filter((group) => {
      const { people } = peopleIn(rows.filter(isIn(group)));
      return people > 0 && people < least;
    });
  };

  /** By cell of time and part: what is added up. Cells without rows are known to nobody. */
  const cellsIn = (group: Group) =>
    Array.from({ length: times * parts }, (_, cell) =>
      isIn(group)({ time: Math.floor(cell / parts), part: cell % parts }) ? 1 : 0,
    );

  test('computes no sum of a small group', () => {
    fc.assert(
      fc.property(rowsOf(times, parts, 10), (rows) => {
        const figures = released(rows).map((group) => {
          const within = new Set(group);
          const cells = new Set(
            rows.filter((row) => within.has(row)).map(({ time, part }) => time * parts + part),
          );
          return Array.from({ length: times * parts }, (_, cell) => (cells.has(cell) ? 1 : 0));
        });
        for (const group of groupsOf(rows)) {
          // Of cells that have rows: the adversary is allowed to know which these are.
          const filled = new Set(rows.map(({ time, part }) => time * parts + part));
          const wanted = cellsIn(group).map((x, cell) => (filled.has(cell) ? x : 0));
          expect(isInSpan(figures, wanted)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('knows the count of a small group no better than to k', () => {
    fc.assert(
      fc.property(rowsOf(times, parts, 10), (rows) => {
        const { blocks } = timeBlocks(cellsOf(rows), least, true);
        if (blocks.length === 0) return;
        const all = partsOf(rows);
        const shown = shownParts(all, least);
        const count = (isCounted: (row: Row) => boolean) => rows.filter(isCounted).length;
        for (const group of groupsOf(rows)) {
          // What is told of the times that lie in the group, and of those that touch it; of parts likewise.
          const within = blocks.filter(({ start, end }) => start >= group.from && end <= group.to);
          const around = blocks.filter(({ start, end }) => start < group.to && end > group.from);
          const timesOf = (some: typeof blocks) =>
            count(({ time }) => some.some(({ start, end }) => time >= start && time < end));
          const isShown = all.some(({ part }, i) => shown[i] && part === group.part);
          const pool = count((row) => all.some(({ part }, i) => !shown[i] && part === row.part));
          const own = count(({ part }) => part === group.part);
          const partMost = group.part === undefined ? rows.length : isShown ? own : pool;
          const partLeast = group.part === undefined ? rows.length : isShown ? own : 0;
          // Fréchet's bounds of a cell whose sums by row and by column are known.
          const low = Math.max(0, timesOf(within) + partLeast - rows.length);
          const high = Math.min(timesOf(around), partMost);
          expect(high - low).toBeGreaterThanOrEqual(least);
        }
      }),
      { numRuns: 400 },
    );
  });
});
