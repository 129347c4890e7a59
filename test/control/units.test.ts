import { expect, test } from 'vitest';
import { placedIn, toldDay } from '../../control/privacy/toldTimes.ts';
import { unitOf, unitsByDay, unitsByStep } from '../../control/units.ts';
import { randomState, uniform } from '../../stats/random.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const range = (days: number, stepMs: number) => ({ from: 0, to: days * day, stepMs });

test('units are hours where steps are, and always divide the step', () => {
  expect(unitOf(range(30, 4 * hour))).toEqual({ unitMs: hour, dividesDay: true });
  expect(unitOf(range(7, 7 * hour))).toEqual({ unitMs: hour, dividesDay: true });
  expect(unitOf(range(1, 10 * minute))).toEqual({ unitMs: 10 * minute, dividesDay: true });
  // Ten years of hours would be too many rows.
  expect(unitOf(range(3_650, 2 * day))).toEqual({ unitMs: day, dividesDay: true });
  expect(unitOf(range(300, 6 * hour))).toEqual({ unitMs: 6 * hour, dividesDay: true });
  // Such steps lie across midnight: days cannot be kept apart.
  expect(unitOf(range(300, 7 * hour))).toEqual({ unitMs: 7 * hour, dividesDay: false });
  expect(unitOf(range(1, 7 * minute))).toEqual({ unitMs: 7 * minute, dividesDay: false });
});

test('what a step counts is the sum of its units, and it is withheld when they all are', () => {
  const random = randomState(11);
  for (let trial = 0; trial < 200; trial += 1) {
    const cells = Array.from({ length: 24 * 12 }, (_, i) => ({
      start: i * 5 * minute,
      people: uniform(random) < 0.5 ? 0 : Math.floor(40 * uniform(random) ** 3),
    })).filter(({ people }) => people > 0);
    const told = toldDay(
      {
        day: 0,
        starts: cells.map(({ start }) => start),
        people: cells.map(({ people }) => Math.min(32, people)),
        users: cells.map(({ people, start }) =>
          people >= 32 ? [] : Array.from({ length: people }, (_, user) => start + user),
        ),
      },
      ...([5 * minute, Infinity, 10] as const),
    );
    const countBy = (stepMs: number) => {
      const { told: toldSteps, withheld } = placedIn([told], stepMs);
      const counted = new Map<number, number>();
      for (const { start, end } of told.blocks) {
        const step = Math.floor((end - 1) / stepMs) * stepMs;
        const inBlock = cells.filter((cell) => cell.start >= start && cell.start < end).length;
        counted.set(step, (counted.get(step) ?? 0) + inBlock);
      }
      expect([...counted.keys()].sort()).toEqual([...toldSteps.keys()].sort());
      return { counted, withheld };
    };
    const hours = countBy(hour);
    const units = [
      ...[...hours.counted].map(([time, sums]) => ({ time, sums })),
      ...[...hours.withheld].map((time) => ({ time, sums: null })),
    ];
    for (const stepMs of [hour, 2 * hour, 5 * hour, day]) {
      const steps = unitsByStep(units, { from: 0, to: day, stepMs });
      const { counted, withheld } = countBy(stepMs);
      const sums = [...steps].filter(([, parts]) => parts.length > 0);
      expect(
        new Map(sums.map(([step, parts]) => [step, parts.reduce((sum, part) => sum + part, 0)])),
      ).toEqual(counted);
      const empty = [...steps].filter(([, parts]) => parts.length === 0).map(([step]) => step);
      expect(new Set(empty)).toEqual(withheld);
    }
  }
});

test('steps outside of the range are left out, and units belong to the day in which they begin', () => {
  const units = [0, hour, day].map((time) => ({ time, sums: time }));
  expect(unitsByStep(units, { from: hour, to: day, stepMs: hour })).toEqual(
    new Map([[hour, [hour]]]),
  );
  expect([...unitsByDay(units, [0, day])].map(([start, found]) => [start, found.length])).toEqual([
    [0, 2],
    [day, 1],
  ]);
  // What begins on a day that has nothing is of the next.
  expect([...unitsByDay([{ time: day - hour, sums: 1 }], [day])].map(([start]) => start)).toEqual([
    day,
  ]);
});
