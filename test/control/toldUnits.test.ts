/** What is kept of days never changes an answer: it is held equal to reading everything anew, at every moment of growing days. */
import { expect, test } from 'vitest';
import { type Days, keepDays } from '../../control/keptDays.ts';
import type { DayCells, Placement } from '../../control/privacy/toldTimes.ts';
import { readToldUnits, type UnitSource } from '../../control/toldUnits.ts';
import { randomState, uniform } from '../../stats/random.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const windowMs = 5 * minute;
const least = 10;

interface Window {
  readonly start: number;
  readonly users: readonly number[];
}

/** What the statements do, of windows in memory. */
function sourceOf(windows: readonly Window[], asked: Days[]) {
  const within = ({ from, to }: Days) => windows.filter(({ start }) => start >= from && start < to);
  return {
    windowMs,
    least,
    name: ['test'],
    async cells(range: Days): Promise<DayCells[]> {
      asked.push(range);
      const days = new Map<number, Window[]>();
      for (const window of within(range)) {
        const start = Math.floor(window.start / day) * day;
        days.set(start, [...(days.get(start) ?? []), window]);
      }
      return [...days].map(([start, found]) => ({
        day: start,
        starts: found.map((each) => each.start),
        people: found.map(({ users }) => (users.length >= least ? 32 : users.length)),
        users: found.map(({ users }) => (users.length >= least ? [] : users)),
      }));
    },
    async sums(placed: Placement, range: Days, unitMs: number) {
      const sums = new Map<number, number>();
      for (const { start, users } of within(range)) {
        const at = placed.cutDays.indexOf(Math.floor(start / day) * day);
        if (at >= 0 && start >= placed.cutAt[at]!) continue;
        let unit = Math.floor(start / unitMs) * unitMs;
        const left = placed.leftSteps.indexOf(unit);
        if (left >= 0 && start >= placed.leftFrom[left]!) unit = placed.leftFor[left]!;
        sums.set(unit, (sums.get(unit) ?? 0) + users.length);
      }
      return [...sums].map(([time, sum]) => ({ time, sums: sum }));
    },
    sizeOf: () => 1,
  } satisfies Omit<UnitSource<number>, 'kept' | 'times'>;
}

test.each([
  ['busy', 25, 0.1],
  ['quiet', 6, 0.5],
  ['nearly empty', 2, 0.9],
])('answers of %s days are those of a reader that keeps nothing', async (_, most, idle) => {
  const random = randomState(5);
  for (let trial = 0; trial < 6; trial += 1) {
    const windows: Window[] = [];
    const kept = keepDays(() => 0);
    for (let start = 0; start < 2.5 * day; start += windowMs) {
      const count = uniform(random) < idle ? 0 : Math.floor(most * uniform(random));
      const users = Array.from({ length: count }, () => Math.floor(400 * uniform(random)));
      if (count > 0) windows.push({ start, users: [...new Set(users)] });
      if (uniform(random) > 0.02) continue;
      const now = start + windowMs;
      // Up to two windows are still open.
      const overTo = Math.max(0, now - Math.floor(3 * uniform(random)) * windowMs);
      for (const closedTo of [overTo, Infinity]) {
        for (const unitMs of [hour, 20 * minute, day]) {
          const range = { from: uniform(random) < 0.5 ? 0 : day, to: 3 * day };
          const unit = { unitMs, dividesDay: true };
          const times = { overTo, closedTo };
          const source = { ...sourceOf(windows, []), times };
          const nothing = keepDays(() => 0, 0);
          const fresh = await readToldUnits({ ...source, kept: nothing }, unit, range);
          const found = await readToldUnits({ ...source, kept }, unit, range);
          const sorted = (all: typeof found) =>
            all.map((each) => ({
              ...each,
              units: [...each.units].sort((a, b) => a.time - b.time),
            }));
          expect(sorted(found)).toEqual(sorted(fresh));
        }
      }
    }
  }
});

test('of a day that is not over the rest is read, from where a block has ended', async () => {
  const windows = Array.from({ length: (14 * hour) / windowMs }, (_, i) => ({
    start: i * windowMs,
    users: Array.from({ length: 12 }, (_, user) => user),
  }));
  const asked: Days[] = [];
  const kept = keepDays(() => 0);
  const times = { overTo: 14 * hour - windowMs, closedTo: Infinity };
  const source = { ...sourceOf(windows, asked), times, kept };
  const unit = { unitMs: hour, dividesDay: true };
  const [first] = await readToldUnits(source, unit, { from: 0, to: day });
  const [second] = await readToldUnits(source, unit, { from: 0, to: day });
  expect(second).toEqual(first);
  expect(asked).toEqual([
    { from: 0, to: day },
    { from: 13 * hour, to: day },
  ]);
  expect(first!.units.reduce((sum, { sums }) => sum + sums!, 0)).toBe(12 * windows.length);
});
