import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryAt, headAt, userRows } from '../../../models/preference/userRow.ts';

const parameters = { halfLifeMs: 1_000, fatigueHalfLifeMs: 100, valuesMax: 4 };
const layout = userRows(parameters);

interface Said {
  readonly value: number;
  readonly weight: number;
  readonly outcome: number;
  readonly time: number;
  readonly seen: boolean;
}

const saids = (values: number) =>
  fc.array(
    fc.record<Said>({
      value: fc.nat(values - 1),
      weight: fc.constantFrom(1, 0.25),
      outcome: fc.integer({ min: -4, max: 4 }).map((n) => n / 4),
      // Over several landmarks, which lie 32 half-lives apart.
      time: fc.integer({ min: 1_000_000, max: 1_100_000 }),
      seen: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  );

function learnt(said: readonly Said[], usual: (value: number) => number = () => 0): Float64Array {
  const row = new Float64Array(layout.width);
  for (const { value, weight, outcome, time, seen } of said) {
    layout.add(row, 0, value, weight, weight * outcome, time, usual);
    if (seen) layout.have(row, 0, value, 1, time);
  }
  return row;
}

/** Weight, sum and count by value, as they are at a time. */
function readAt(row: Float64Array, time: number): Record<number, readonly number[]> {
  const scale = layout.scale(row, 0, time);
  const seenScale = layout.seenScale(row, 0, time);
  const read: Record<number, readonly number[]> = {};
  for (let entry = headAt.width; entry < layout.width; entry += entryAt.width) {
    if (row[entry] === 0) continue;
    read[row[entry]! - 1] = [
      row[entry + entryAt.weight]! * scale,
      row[entry + entryAt.sum]! * scale,
      row[entry + entryAt.seen]! * seenScale,
      row[entry + entryAt.time]!,
    ];
  }
  return read;
}

const now = 1_100_000;

describe('a row of a user', () => {
  test('has the sums by their definition, whatever the order of events', () => {
    fc.assert(
      fc.property(saids(4), (said) => {
        const read = readAt(learnt(said), now);
        for (const value of new Set(said.map((each) => each.value))) {
          const own = said.filter((each) => each.value === value);
          const fade = (time: number, halfLife: number) => 2 ** ((time - now) / halfLife);
          const sum = (of: (each: Said) => number) =>
            own.reduce((total, each) => total + of(each), 0);
          const [weight, outcome, seen, time] = read[value]!;
          const expected = sum((each) => each.weight * fade(each.time, 1_000));
          expect(weight).toBeCloseTo(expected, 12);
          expect(outcome).toBeCloseTo(
            sum((each) => each.weight * each.outcome * fade(each.time, 1_000)),
            12,
          );
          expect(seen).toBeCloseTo(
            sum((each) => (each.seen ? fade(each.time, 100) : 0)),
            12,
          );
          expect(time).toBe(Math.max(...own.map((each) => each.time)));
        }
      }),
    );
  });

  test('keeps the weightiest values, and what had to go as a whole', () => {
    fc.assert(
      fc.property(saids(9), (said) => {
        const usual = (value: number) => value / 8 - 0.5;
        const row = learnt(said, usual);
        const scale = layout.scale(row, 0, now);
        const read = readAt(row, now);
        expect(Object.keys(read).length).toBeLessThanOrEqual(4);
        let weight = row[headAt.restWeight]! * scale;
        let deviation = row[headAt.restSum]! * scale;
        for (const [value, [own, sum]] of Object.entries(read)) {
          weight += own!;
          deviation += sum! - own! * usual(Number(value));
        }
        const fade = (time: number) => 2 ** ((time - now) / 1_000);
        const total = said.reduce((sum, each) => sum + each.weight * fade(each.time), 0);
        const whole = said.reduce(
          (sum, each) => sum + each.weight * fade(each.time) * (each.outcome - usual(each.value)),
          0,
        );
        expect(weight).toBeCloseTo(total, 10);
        expect(deviation).toBeCloseTo(whole, 10);
      }),
    );
  });

  test('lets go the least weighty value, never a learnt one for one that was merely had', () => {
    const row = learnt([0, 1, 2, 3].map((value) => said(value, value === 2 ? 0.25 : 1)));
    layout.have(row, 0, 7, 1, 1_000_000);
    expect(Object.keys(readAt(row, now))).toEqual(['0', '1', '2', '3']);
    layout.add(row, 0, 8, 1, 1, 1_000_000, () => 0);
    expect(Object.keys(readAt(row, now))).toEqual(['0', '1', '3', '8']);
    expect(layout.find(row, 0, 2)).toBe(-1);
  });
});

function said(value: number, weight: number): Said {
  return { value, weight, outcome: 1, time: 1_000_000, seen: false };
}
