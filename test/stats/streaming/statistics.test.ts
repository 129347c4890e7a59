/** What is promised of every registered statistic, tried on each in one loop. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import { figureMax } from '../../../contracts/event.ts';
import type { BegunStatistic, Figures, StatisticRow } from '../../../contracts/statistic.ts';
import { modelStatistics } from '../../../models/statistics.ts';
import { readPlain, writePlain } from '../../../operators/state/plainData.ts';
import { below, randomState } from '../../../stats/random.ts';
import { statistics } from '../../../stats/registry.ts';
import { examples } from './examples.ts';

const registered = new Map([...statistics, ...modelStatistics]);
const cases = [...registered.values()].map((statistic) => {
  const example = examples[statistic.name]!;
  return { name: statistic.name, statistic, example };
});

function rowsOf(name: string, count: number, seed = 5): StatisticRow[] {
  const random = randomState(seed);
  return Array.from({ length: count }, (_, index) => examples[name]!.row(random, index));
}

function folded(fold: BegunStatistic, rows: readonly StatisticRow[], state = fold.initial()) {
  for (const row of rows) fold.step(state, row);
  return state;
}

function bytesOf(state: unknown): string {
  const writer = new ByteWriter();
  writePlain(writer, state);
  return Buffer.from(writer.take()).toString('hex');
}

const copied = (state: unknown) => readPlain(Buffer.from(bytesOf(state), 'hex'));

/** Equal up to 1e-9 of the size, NaN and infinities as themselves. */
function expectClose(actual: Figures, expected: Figures, tolerance = 1e-9): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = actual[name]!;
    const close = Math.abs(found - value) <= tolerance * Math.max(1, Math.abs(value));
    expect({ name, found, close: close || Object.is(found, value) }).toEqual({
      name,
      found,
      close: true,
    });
  }
}

test('every statistic has an example, and no example is of another', () => {
  expect(Object.keys(examples).sort()).toEqual([...registered.keys()].sort());
});

describe.each(cases)('$name', ({ name, statistic, example }) => {
  const fold = statistic.begin(example.parameters);

  test('is described: sentences, a source, units, a description of each parameter', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(statistic.summary).toMatch(/^[A-Z].*\.$/);
    expect(statistic.source).toMatch(/\d{4}/);
    for (const parameter of Object.values(statistic.parameters.shape)) {
      expect((parameter as z.ZodType).description).toBeTruthy();
    }
    for (const { kind, summary } of Object.values(statistic.roles)) {
      expect(['number', 'text']).toContain(kind);
      expect(summary).toBeTruthy();
    }
  });

  test('reads the figures that it declares, from no row on', () => {
    const declared = Object.keys(statistic.figures).sort();
    expect(Object.keys(fold.read(fold.initial())).sort()).toEqual(declared);
    for (const count of [1, 2, 3, 30]) {
      const figures = fold.read(folded(fold, rowsOf(name, count)));
      expect(Object.keys(figures).sort()).toEqual(declared);
    }
  });

  // Golden: the pure functions, applied to all rows at once; see the example.
  test('reads what the pure functions say of the same rows', () => {
    const rows = rowsOf(name, 200);
    const figures = fold.read(folded(fold, rows));
    const { auc, ...expected } = example.expected(rows);
    // Losses and scores are kept on grids: 3e-8 of a loss, half a bin of a score.
    const losses = ['prediction-quality', 'prediction-losses', 'paired-losses'];
    const onGrid = [...losses, 'estimated-performance', 'ranking-quality'];
    expectClose(figures, expected, onGrid.includes(name) ? 1e-7 : 1e-9);
    if (auc !== undefined) expect(figures['auc']).toBeCloseTo(auc, 2);
    expect(Object.values(expected).every(Number.isFinite)).toBe(true);
  });

  test('goes on from stored bytes as if nothing had been', () => {
    fc.assert(
      fc.property(fc.nat(60), (cut) => {
        const rows = rowsOf(name, 60);
        const restored = copied(folded(fold, rows.slice(0, cut)));
        const whole = folded(fold, rows);
        expect(bytesOf(folded(fold, rows.slice(cut), restored))).toBe(bytesOf(whole));
      }),
      { numRuns: 10 },
    );
  });

  test('keeps nothing outside its state: two states taken in turns are as by themselves', () => {
    const rows = rowsOf(name, 60);
    const [odd, even] = [fold.initial(), fold.initial()];
    for (const [i, row] of rows.entries()) fold.step(i % 2 === 1 ? odd : even, row);
    const apart = folded(
      fold,
      rows.filter((_, i) => i % 2 === 1),
    );
    expect(bytesOf(odd)).toBe(bytesOf(apart));
  });

  test('reads without fail whatever it took: extremes, one arm, no spread', () => {
    const figures = [0, 1, -1, 0.5, 1e-12, 1 - 1e-9, 3, 1e-300, figureMax, -figureMax];
    const texts = ['control', 'treatment', 'a', 'b'];
    const roles = Object.entries(statistic.roles).map(([role, { kind }]) => [
      role,
      kind === 'text' ? fc.constantFrom(...texts) : fc.constantFrom(...figures),
    ]);
    const rows = fc.array(fc.record(Object.fromEntries(roles)), { maxLength: 12 });
    fc.assert(
      fc.property(rows, (given) => {
        const taken = (given as StatisticRow[]).filter((row) => fold.problem(row) === undefined);
        const read = fold.read(folded(fold, taken));
        expect(Object.values(read).every((figure) => typeof figure === 'number')).toBe(true);
      }),
      { numRuns: statistic.costly ? 20 : 200 },
    );
  });

  test('takes no row that is not as it should be, and says which role', () => {
    const [row] = rowsOf(name, 1);
    for (const [role, { kind }] of Object.entries(statistic.roles)) {
      if (kind === 'text') continue;
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const state = fold.initial();
        const before = bytesOf(state);
        const broken = { ...row, [role]: value };
        expect(fold.problem(broken)).toMatch(new RegExp(`^${role}: expected .*, got ${value}$`));
        expect(() => fold.step(state, broken)).toThrow(RangeError);
        expect(bytesOf(state)).toBe(before);
      }
    }
  });

  test('stores no default, and is the same from what it stores', () => {
    expect(statistic.begin(fold.parameters).chosen).toEqual(fold.chosen);
    expect(statistic.begin(fold.chosen).parameters).toEqual(fold.parameters);
    const defaults = Object.entries(statistic.parameters.shape).filter(
      ([parameter]) => !Object.hasOwn(example.parameters, parameter),
    );
    for (const [parameter] of defaults) expect(fold.chosen).not.toHaveProperty(parameter);
  });

  test('names the parameter that is unknown or wrong', () => {
    expect(() => statistic.begin({ ...example.parameters, alfa: 1 })).toThrow(
      /^alfa: expected one of the parameters /,
    );
    for (const parameter of Object.keys(statistic.parameters.shape)) {
      const given = { ...example.parameters, [parameter]: Number.NaN };
      expect(() => statistic.begin(given)).toThrow(new RegExp(`^${parameter}: expected .*NaN$`));
    }
  });
});

describe.each(cases.filter(({ statistic }) => statistic.merges !== 'never'))(
  '$name merges: $statistic.merges',
  ({ name, statistic, example }) => {
    const fold = statistic.begin(example.parameters);

    test('partitions, in any order and cut, read as one', () => {
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), (seed, partitions) => {
          const rows = rowsOf(name, 120, seed);
          const random = randomState(seed);
          const states = Array.from({ length: partitions }, fold.initial);
          for (const row of rows) fold.step(states[below(random, partitions)]!, row);
          const merged = fold.initial();
          while (states.length > 0) {
            const [state] = states.splice(below(random, states.length), 1);
            const before = bytesOf(state);
            fold.merge!(merged, copied(state));
            expect(bytesOf(state)).toBe(before);
          }
          const whole = folded(fold, rows);
          if (statistic.merges === 'exactly') {
            expect(bytesOf(merged)).toBe(bytesOf(whole));
            expect(fold.read(merged)).toEqual(fold.read(whole));
          } else expectClose(fold.read(merged), fold.read(whole));
        }),
        { numRuns: statistic.costly ? 8 : 20 },
      );
    });
  },
);

test.each(cases.filter(({ statistic }) => statistic.merges === 'never'))(
  '$name has no merge, because order matters',
  ({ name, statistic, example }) => {
    const fold = statistic.begin(example.parameters);
    expect(fold.merge).toBeUndefined();
    const rows = rowsOf(name, 20);
    expect(bytesOf(folded(fold, rows))).not.toBe(bytesOf(folded(fold, rows.toReversed())));
  },
);
