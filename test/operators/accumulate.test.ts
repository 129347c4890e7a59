import fc from 'fast-check';
import { of, pipe } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Statistic } from '../../contracts/statistic.ts';
import { modelStatistics } from '../../models/statistics.ts';
import {
  type AccumulateOptions,
  type Accumulation,
  accumulate,
  createAccumulationTable,
} from '../../operators/accumulate.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { watermark } from '../../operators/watermark.ts';
import type { WindowReading } from '../../operators/windowReadings.ts';
import { below, randomState } from '../../stats/random.ts';
import { statistics } from '../../stats/registry.ts';
import { bettingMean } from '../../stats/streaming/bettingMean.ts';
import { meanVariance } from '../../stats/streaming/meanVariance.ts';
import { proportion } from '../../stats/streaming/proportion.ts';
import { sampleRatioTest } from '../../stats/streaming/sampleRatioTest.ts';
import { examples } from '../stats/streaming/examples.ts';
import { batchesOf, batchOf, type PlainRow } from '../support/batches.ts';
import { runCase } from './checks/runCase.ts';

const start = Date.UTC(2026, 2, 2);

function tablesOf() {
  const dictionary = new InternDictionary();
  return { dictionary, tables: createStateTables(dictionary) };
}

/** What each batch's windows read, one batch after the other. */
function readingsOf(
  statistic: Statistic,
  options: AccumulateOptions & { readonly keysMax?: number },
  rows: readonly PlainRow[],
  cuts: readonly number[] = [],
): WindowReading<Accumulation>[] {
  const { dictionary, tables } = tablesOf();
  const table = createAccumulationTable(tables, 'table', statistic, options);
  const readings: WindowReading<Accumulation>[] = [];
  const columns = { strings: ['context.group'], numbers: ['context.score'] };
  of(...batchesOf(rows, cuts, { dictionary, columns }))
    .pipe(
      watermark({ latenessMs: 10, table: tables.objects('clock') }),
      accumulate(statistic, table, options),
    )
    .subscribe((read) => readings.push(...read.readings()));
  return readings;
}

const at = (time: number, value: number, group?: string): PlainRow => ({
  time: start + time,
  value,
  user: 'ada',
  ...(group === undefined ? {} : { context: { group } }),
});

describe('accumulate', () => {
  test('has a state for each window and key, and one for rows without the key', () => {
    const rows = [at(7, 1, 'x'), at(8, 3, 'x'), at(9, 5, 'y'), at(12, 7, 'x'), at(13, 9)];
    const read = readingsOf(meanVariance, { by: ['context.group'], windowMs: 10 }, rows);
    expect(
      read.map(({ segment, start: from, end, value: { taken, figures } }) => [
        segment,
        from - start,
        end - start,
        taken,
        figures['mean'],
      ]),
    ).toEqual([
      ['x', 0, 10, 2, 2],
      ['y', 0, 10, 1, 5],
      ['x', 10, 20, 1, 7],
      ['', 10, 20, 1, 9],
    ]);
  });

  test('joins several keys, and tells absent ones apart', () => {
    const rows = [at(1, 1, 'x'), at(2, 1), { ...at(3, 1, 'x'), user: 'ben' }, at(4, 1, 'x')];
    const read = readingsOf(meanVariance, { by: ['user', 'context.group'] }, rows);
    expect(read.map(({ segment, value }) => [segment.split('\0'), value.taken])).toEqual([
      [['ada', 'x'], 2],
      [['ada', ''], 1],
      [['ben', 'x'], 1],
    ]);
  });

  test('without a window takes late rows too, and needs no watermark', () => {
    const { dictionary, tables } = tablesOf();
    const table = createAccumulationTable(tables, 'table', meanVariance, {});
    const rows = [at(1_000, 1), at(0, 3)];
    const counts: number[] = [];
    of(batchOf(rows, { dictionary }))
      .pipe(accumulate(meanVariance, table))
      .subscribe((read) => counts.push(read.readings()[0]!.value.taken));
    expect(counts).toEqual([2]);
    expect(readingsOf(meanVariance, { windowMs: 10 }, rows)).toHaveLength(1);
  });

  test('skips a row without a value and counts one that the statistic does not take', () => {
    const rows = [at(1, 1), at(2, 7), at(3, 0), { time: start + 4, user: 'ada' }, at(5, -1)];
    const [read] = readingsOf(proportion, {}, rows);
    expect(read!.value).toMatchObject({ taken: 2, refused: 2, figures: { proportion: 0.5 } });
  });

  test('skips a row without a text, whatever the row before had', () => {
    const rows = [at(1, 1, 'treatment'), at(2, 1), at(3, 1, 'control'), at(4, 1, 'other')];
    const [read] = readingsOf(sampleRatioTest, { columns: { variant: 'context.group' } }, rows);
    expect(read!.value).toMatchObject({ taken: 2, refused: 1, figures: { units: 2 } });
  });

  test('counts the keys beyond the most together', () => {
    const rows = ['x', 'y', 'z', 'x', 'w'].map((group, i) => at(i, 1, group));
    const options = { by: ['context.group'], keysMax: 2 };
    expect(
      readingsOf(meanVariance, options, rows).map(({ segment, value }) => [segment, value.taken]),
    ).toEqual([
      ['x', 2],
      ['y', 1],
      ['(others)', 2],
    ]);
  });

  test('takes a column in a role', () => {
    const rows = [0.5, 1.5].map((score, i) => ({ ...at(i, 9), context: { score } }));
    const [read] = readingsOf(meanVariance, { columns: { value: 'context.score' } }, rows);
    expect(read!.value.figures['mean']).toBe(1);
  });
});

describe('accumulate refuses, naming what is wrong,', () => {
  const build = (statistic: Statistic, options: AccumulateOptions) => () =>
    createAccumulationTable(tablesOf().tables, 'table', statistic, options);

  test.each([
    ['a parameter that is unknown', { parameters: { alfa: 1 } }, /^alfa: expected one of/],
    ['one outside its range', { parameters: { alpha: 2 } }, /^alpha: expected in \(0, 1\), got 2/],
    ['a role that is not there', { columns: { weight: 'w' } }, /^columns: .* got weight$/],
    ['a window of no length', { windowMs: 0 }, /^windowMs: expected a whole number/],
    ['a hop without a window', { hopMs: 6 }, /^hopMs: expected none without windowMs, got 6/],
    ['a hop beyond the window', { windowMs: 5, hopMs: 6 }, /^hopMs: expected at most 5, got 6/],
  ] as const)('%s', (_, options, message) => {
    expect(build(proportion, options)).toThrow(message);
  });

  test('a role that has no column', () => {
    const message = /^columns: expected the column of the role prediction of prediction-quality/;
    expect(build(statistics.get('prediction-quality')!, {})).toThrow(message);
  });

  test('rows of several partitions for a statistic that never merges', () => {
    expect(build(bettingMean, { by: ['context.group'] })).toThrow(/^by: expected user among/);
    expect(build(bettingMean, {})).toThrow(/depends on the order of rows/);
    expect(build(bettingMean, { by: ['context.group', 'user'] })).not.toThrow();
    expect(build(bettingMean, { byPartition: true })).not.toThrow();
  });

  test('a column that the pipeline did not ask for', () => {
    const { dictionary, tables } = tablesOf();
    const options = { columns: { variant: 'context.arm' } };
    const table = createAccumulationTable(tables, 'table', sampleRatioTest, options);
    const batch = batchOf([at(1, 1)], { dictionary });
    let failure: Error | undefined;
    of(batch)
      .pipe(accumulate(sampleRatioTest, table, options))
      .subscribe({ error: (error: Error) => (failure = error) });
    expect(failure?.message).toMatch(/column context.arm is not among the pipeline's strings/);
  });

  test('a stored state of other parameters, columns or windows', () => {
    const version = (options: AccumulateOptions, statistic: Statistic = proportion) => {
      const { tables } = tablesOf();
      createAccumulationTable(tables, 'table', statistic, options);
      return tables.all[0]!.version;
    };
    const versions = [
      version({}),
      version({ parameters: { alpha: 0.1 } }),
      version({ columns: { value: 'context.score' } }),
      version({ windowMs: 10 }),
      version({ windowMs: 10, hopMs: 5 }),
      version({ by: ['user'] }),
      version({}, meanVariance),
    ];
    expect(new Set(versions).size).toBe(versions.length);
    expect(version({ parameters: { alpha: 0.05 } })).toBe(version({}));
    expect(version({ windowMs: 10, hopMs: 10 })).toBe(version({ windowMs: 10 }));
  });
});

/** An example's rows as events, each role in a column of its own. */
function eventsOf(name: string, count: number, seed: number): PlainRow[] {
  const random = randomState(seed);
  return Array.from({ length: count }, (_, index) => ({
    time: start + index * 3,
    user: ['ada', 'ben', 'cleo'][below(random, 3)]!,
    context: examples[name]!.row(random, index),
  }));
}

describe.each([...statistics.values(), ...modelStatistics.values()])(
  'accumulate($name)',
  (statistic) => {
    const roles = Object.entries(statistic.roles);
    const columns = Object.fromEntries(roles.map(([role]) => [role, `context.${role}`]));
    const { parameters } = examples[statistic.name]!;
    const options = { by: ['user'], columns, parameters, windowMs: 40 };
    const named = (kind: string) =>
      roles.filter(([, role]) => role.kind === kind).map(([role]) => columns[role]!);
    const operatorCase = {
      name: statistic.name,
      columns: { strings: named('text'), numbers: named('number') },
      build: (tables: ReturnType<typeof createStateTables>) => {
        const table = createAccumulationTable(tables, 'table', statistic, options);
        return {
          operator: pipe(
            watermark({ latenessMs: 5, table: tables.objects('clock') }),
            accumulate(statistic, table, options),
          ),
          results: () => [],
          publish: (published: Map<string, unknown>) => {
            for (const { segment, start: from, ...window } of table.takeChanged()) {
              published.set(`${segment} ${from}`, structuredClone(window));
            }
            table.settle();
          },
        };
      },
    };

    test('holds what the pure fold holds of the same rows', () => {
      const rows = eventsOf(statistic.name, 60, 3);
      const { published } = runCase(operatorCase, rows, { cuts: [], epochs: [], restart: false });
      const fold = statistic.begin(parameters);
      for (const [key, window] of published) {
        const [user, from] = key.split(' ');
        const own = rows.filter(
          (row) => row.user === user && Math.floor(row.time / 40) * 40 === Number(from),
        );
        const state = fold.initial();
        for (const { context } of own) fold.step(state, context as never);
        const stands = (row: PlainRow) => (row.context?.['times'] as number | undefined) ?? 1;
        const taken = own.reduce((sum, row) => sum + stands(row), 0);
        expect(window).toMatchObject({ state: { state, taken, refused: 0 } });
      }
      expect(published.length).toBeGreaterThan(10);
    });

    test('says the same however rows are cut, and goes on after stop, store and restore', () => {
      fc.assert(
        fc.property(
          fc.integer(),
          fc.array(fc.nat(40), { maxLength: 6 }),
          fc.array(fc.nat(6), { maxLength: 6 }),
          (seed, cuts, epochs) => {
            const rows = eventsOf(statistic.name, 40, seed);
            const whole = runCase(operatorCase, rows, { cuts: [], epochs: [], restart: false });
            expect(runCase(operatorCase, rows, { cuts, epochs, restart: true })).toEqual(whole);
          },
        ),
        { numRuns: 5 },
      );
    });
  },
);
