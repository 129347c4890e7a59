/** Whether an accepted card kept its promise: the comparison by days, and what is read of each measure. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import type { InsightPromise, Measure } from '../../../contracts/insight.ts';
import type { Store } from '../../../contracts/store.ts';
import { planBlocks, sidesOf, spanOf } from '../../../control/insights/outcome/blocks.ts';
import { judgeOutcome, judgeStanding } from '../../../control/insights/outcome/judgeOutcome.ts';
import { outcomeOf } from '../../../control/insights/outcome/outcomeOf.ts';
import { type Measured, readBlocks } from '../../../control/insights/outcome/readBlocks.ts';
import { writePlain } from '../../../operators/state/plainData.ts';
import { normal, randomState } from '../../../stats/random.ts';
import { predictionLosses } from '../../../stats/streaming/predictionLosses.ts';
import { predictionQuality } from '../../../stats/streaming/predictionQuality.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { day, start } from '../../support/insights.ts';
import { emptyTables, writeMinutes } from '../../support/watched.ts';

const promise = (change: Partial<InsightPromise> = {}): InsightPromise => ({
  measure: { kind: 'metric', pipeline: 'learning', metric: 'score', segment: null },
  ...{ unit: 'number', better: -1, low: -0.03, high: -0.01, horizonMs: 7 * day },
  ...{ sentence: 'It falls by 0.01 to 0.03 within a week.', ...change },
});
const blocks = (means: readonly number[]) => means.map((mean) => ({ mean, count: 100 }));
const judge = (before: readonly number[], after: readonly number[], of = promise(), others = 0) =>
  judgeOutcome({
    ...{ promise: of, acceptedAt: Date.UTC(2036, 9, 12), name: 'log loss of answer' },
    ...{ before: blocks(before), after: blocks(after), others, judgedAt: 5 },
  });
const before = [0.61, 0.6, 0.62, 0.605, 0.615, 0.6, 0.61];
const after = [0.59, 0.585, 0.6, 0.58, 0.595, 0.59, 0.585];

describe('the comparison', () => {
  // Golden: scipy 1.17 stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95).
  test('is that of Welch, over days', () => {
    const { change, verdict, sentence } = judge(before, after, promise(), 3);
    expect(change.estimate).toBeCloseTo(-0.01928571, 8);
    expect(change.lower).toBeCloseTo(-0.02758004, 8);
    expect(change.upper).toBeCloseTo(-0.01099139, 8);
    expect(verdict).toBe('kept');
    expect(sentence).toBe(
      'Accepted 12 Oct: log loss of answer −0.019 (95 % −0.028 to −0.011), after compared with before. 3 other changes meanwhile.',
    );
  });

  test('has a verdict for each end', () => {
    const fell = after.map((value) => value + 0.013);
    expect(judge(before, after, promise({ low: null, high: -0.03 })).verdict).toBe('partly');
    expect(judge(after, before).verdict).toBe('worse');
    expect(judge(before, before).verdict).toBe('no change seen');
    expect(judge(before, fell).verdict).toBe('cannot be told');
    expect(judge(before, fell, promise({ high: null })).verdict).toBe('no change seen');
    expect(judge(before, after, promise({ better: 1, low: 0.01, high: null })).verdict).toBe(
      'worse',
    );
    expect(judge(after, before, promise({ better: 1, low: 0.01, high: null })).verdict).toBe(
      'kept',
    );
    const few = judge(before.slice(0, 2), after);
    expect(few).toMatchObject({ verdict: 'cannot be told', change: { estimate: null } });
    expect(few.sentence).toMatch(/too little of log loss of answer to compare, 2 before and 7/);
  });

  test('of days that do not differ at all has no width', () => {
    expect(judge([2, 2, 2], [1, 1, 1], promise({ high: -1 }))).toMatchObject({
      ...{ verdict: 'kept', change: { estimate: -1, lower: -1, upper: -1 } },
    });
  });

  test('of shares is told in points', () => {
    const { sentence } = judge([0.2, 0.21, 0.2], [0.15, 0.16, 0.15], promise({ unit: 'share' }));
    expect(sentence).toMatch(/−5 points \(95 % /);
  });

  // The promise: days that differ by themselves, and no effect. 2,000 weeks before and after.
  test('says without an effect that there is one in at most one of twenty', () => {
    const random = randomState(5);
    const week = () => Array.from({ length: 7 }, () => 0.6 + 0.01 * normal(random));
    let [seen, covered] = [0, 0];
    for (let i = 0; i < 2_000; i += 1) {
      const { verdict, change } = judge(week(), week(), promise({ high: null }));
      if (verdict !== 'no change seen') seen += 1;
      if (change.lower! <= 0 && change.upper! >= 0) covered += 1;
    }
    expect(seen / 2_000).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 2_000));
    expect(seen / 2_000).toBeGreaterThan(0.02);
    expect(covered).toBe(2_000 - seen);
  });

  test('of a fact is whether it holds', () => {
    const of = { acceptedAt: Date.UTC(2036, 9, 12), judgedAt: 5, others: 1 };
    expect(judgeStanding(false, of)).toMatchObject({
      verdict: 'kept',
      sentence: 'Accepted 12 Oct: it is not found any more. 1 other change meanwhile.',
    });
    expect(judgeStanding(true, of).verdict).toBe('no change seen');
  });
});

test('days are compared with days, and parts of a short horizon with parts', () => {
  expect(planBlocks(100, 7.5 * day)).toEqual({ at: 100, blockMs: day, blocks: 7 });
  expect(planBlocks(100, day)).toEqual({ at: 100, blockMs: day / 6, blocks: 6 });
  const plan = planBlocks(start, 3 * day);
  expect(spanOf(plan)).toEqual({ from: start - 3 * day, to: start + 3 * day });
  const measured = new Map([-4, -3, -1, 0, 2, 3].map((i) => [i, { mean: i, count: 1 }]));
  const sides = sidesOf(measured, plan);
  expect(sides.before.map(({ mean }) => mean)).toEqual([-3, -1]);
  expect(sides.after.map(({ mean }) => mean)).toEqual([0, 2]);
});

describe('what is read', () => {
  let clickhouse: TestClickHouse;
  let store: Store;
  beforeAll(async () => {
    clickhouse = await startTestClickHouse();
    store = await clickhouse.database('outcomes');
  }, 60_000);
  afterAll(() => clickhouse.close());
  beforeEach(() =>
    emptyTables(store, [
      'metrics',
      'model_quality',
      'alerts',
      'epochs',
      'policy_decisions',
      'statistics',
    ]),
  );

  const plan = planBlocks(start, 3 * day);
  const read = async (measure: Measure) => {
    const found = await readBlocks(store, measure as Measured, plan);
    return [...found].sort(([a], [b]) => a - b).map(([i, { mean, count }]) => [i, mean, count]);
  };
  const time = (at: number) => `fromUnixTimestamp64Milli(toInt64(${at}), 'UTC')`;

  test('of a metric: means of days, of all segments or of one; a window of both sides counts for neither', async () => {
    const at = (hours: number) => start + hours * 3_600_000;
    await writeMinutes(store, 'score', [
      { at: at(-1), count: 10, value: 1, segment: 'a' },
      { at: at(-2), count: 30, value: 2, segment: 'b' },
      { at: at(0) - 30_000, count: 1_000, value: 9, segment: 'a' },
      { at: at(1), count: 10, value: 3, segment: 'a' },
      { at: at(-80), count: 10, value: 7, segment: 'a' },
    ]);
    const metric = { kind: 'metric', pipeline: 'learning', metric: 'score' } as const;
    expect(await read({ ...metric, segment: null })).toEqual([
      [-1, 1.75, 40],
      [0, 3, 10],
    ]);
    expect(await read({ ...metric, segment: 'a' })).toEqual([
      [-1, 1, 10],
      [0, 3, 10],
    ]);
  });

  test('of a model: its figures by sums over partitions and versions', async () => {
    const row = (at: number, version: string, logLoss: number, partition: number) =>
      `('learning', 'answer', '${version}', ${time(at)}, 60000, ${partition}, 1, 10, 5, 8, ${logLoss}, 2, [5], [5], [5])`;
    const rows = [
      row(start - day, '1', 6, 0),
      row(start - day, '1', 4, 1),
      row(start + 1_000, '2', 3, 0),
    ];
    await store.command(
      `INSERT INTO model_quality (* EXCEPT(people, users, watermark)) VALUES ${rows.join(', ')}`,
    );
    const model = { kind: 'model', pipeline: 'learning', model: 'answer', slice: null } as const;
    expect(await read({ ...model, figure: 'logLoss' })).toEqual([
      [-1, 0.5, 20],
      [0, 0.3, 10],
    ]);
    expect(await read({ ...model, figure: 'accuracy' })).toEqual([
      [-1, 0.8, 20],
      [0, 0.8, 10],
    ]);
    expect(await read({ ...model, figure: 'logLoss', slice: 'course=math' })).toEqual([]);
  });

  test('of a model that a monitor follows: over partitions, versions and windows, of all or of a slice', async () => {
    const write = async (
      name: string,
      key: readonly string[],
      at: number,
      partition: number,
      losses: readonly (readonly [number, number])[],
    ) => {
      const statistic = key.length === 2 ? predictionQuality : predictionLosses;
      const fold = statistic.begin({});
      const state = fold.initial() as never;
      for (const [prediction, label] of losses) fold.step(state, { prediction, label } as never);
      const bytes = new ByteWriter();
      writePlain(bytes, state);
      const writer = new ByteWriter();
      for (const text of ['learning', name, statistic.name]) writer.text(text);
      writer.uint16(statistic.version);
      writer.text('{}');
      writer.int64(day);
      writer.int64(at);
      writer.varint(key.length);
      for (const part of key) writer.text(part);
      writer.uint16(partition);
      for (const value of [1, at, losses.length, 0]) writer.int64(value);
      writer.string(bytes.bytes, 0, bytes.length);
      writer.varint(0);
      writer.uint16(32);
      writer.varint(0);
      writer.int64(at);
      await store.insert('statistics', writer.take());
    };
    // Right with 0.8: a Brier score of 0.04; wrong: 0.64.
    const [right, wrong] = [
      [0.8, 1],
      [0.8, 0],
    ] as const;
    await write('watch_quality', ['exam', '1'], start - day, 0, [right, right, right]);
    await write('watch_quality', ['exam', '2'], start - day, 1, [wrong]);
    await write('watch_quality', ['exam', '2'], start, 0, [right]);
    await write('watch_quality', ['other', '2'], start, 0, [wrong]);
    // Before and after are in it: it counts for neither.
    await write('watch_quality', ['exam', '2'], start - day / 2, 0, [wrong, wrong]);
    await write('watch_slices_course', ['exam', '2', 'math'], start, 0, [wrong]);
    await write('watch_slices_course', ['exam', '2', 'art'], start, 0, [right]);
    const measure = {
      kind: 'model',
      pipeline: 'learning',
      model: 'exam',
      figure: 'brier',
    } as const;
    const rounded = async (slice: string | null) =>
      (await read({ ...measure, slice })).map(([i, mean, count]) => [
        i,
        Number(mean!.toFixed(4)),
        count,
      ]);
    expect(await rounded(null)).toEqual([
      [-1, 0.19, 4],
      [0, 0.04, 1],
    ]);
    expect(await rounded('course=math')).toEqual([[0, 0.64, 1]]);
    expect(await rounded('course=none')).toEqual([]);
  });

  test('of alerts: how many fired a day, days without any included', async () => {
    const row = (id: string, at: number, state: string, revision: number) =>
      `('${id}', ${revision}, 'engine', 'many', 'ingest', [], '${state}', ${time(at)}, NULL, ${time(at)}, '', '', '{"firedAt":${at}}')`;
    const rows = [
      row('a', start - 1_000, 'firing', 1),
      row('a', start - 1_000, 'resolved', 2),
      row('b', start - 2_000, 'firing', 1),
      row('c', start + 2 * day, 'firing', 1),
    ];
    await store.command(`INSERT INTO alerts VALUES ${rows.join(', ')}`);
    expect(await read({ kind: 'alerts', watch: 'many' })).toEqual([
      ...[
        [-3, 0, 0],
        [-2, 0, 0],
        [-1, 2, 2],
      ],
      ...[
        [0, 0, 0],
        [1, 0, 0],
        [2, 1, 1],
      ],
    ]);
  });

  test('of refused events: their share, by when they came', async () => {
    const row = (at: number, events: number, refused: number) =>
      `('learning', 0, 0, 1, ${time(at)}, ${events}, ${refused}, 0, 0, 1, 1, 0, map())`;
    await store.command(
      `INSERT INTO epochs VALUES ${[row(start - 1, 90, 10), row(start, 50, 0), row(start + 1, 50, 100)].join(', ')}`,
    );
    expect(await read({ kind: 'refused', pipeline: 'learning' })).toEqual([
      [-1, 0.1, 100],
      [0, 0.5, 200],
    ]);
  });

  test('of a policy: the mean of rewards that are known', async () => {
    const row = (offset: number, at: number, reward: string, closed: number) =>
      `('learning', 'hints', 0, ${offset}, 1, ${time(at)}, 'u', 'd${offset}', 1, 1, 'a', 0, 'policy', 0.5, [], ${reward}, NULL, ${closed})`;
    const rows = [
      row(1, start - 1, '1', 1),
      row(2, start - 2, '0', 1),
      row(3, start + 1, '1', 1),
      row(4, start + 2, 'NULL', 1),
      row(5, start + 3, '0', 0),
    ];
    await store.command(
      `INSERT INTO policy_decisions (* EXCEPT(choices, likeliest)) VALUES ${rows.join(', ')}`,
    );
    expect(await read({ kind: 'reward', policy: 'hints' })).toEqual([
      [-1, 0.5, 2],
      [0, 1, 1],
    ]);
  });

  test('together: a metric that falls as promised is told so, with what else was changed', async () => {
    const random = randomState(3);
    const minutes = Array.from({ length: 6 }, (_, i) => i - 3).flatMap((i) =>
      Array.from({ length: 20 }, (_, k) => ({
        at: start + i * day + k * 3_600_000,
        ...{ count: 10, value: (i < 0 ? 10 : 8) + 0.1 * normal(random) },
      })),
    );
    await writeMinutes(store, 'score', minutes);
    const accepted = {
      ...{
        actor: 'ada',
        at: start + 5,
        eventTime: start,
        reason: '',
        kind: 'fell',
        label: 'Do it',
      },
      promise: promise({ low: null, high: -1, horizonMs: 3 * day }),
    };
    const outcome = await outcomeOf(accepted, {
      ...{ reader: store, isFound: false, now: start + 4 * day },
      changes: async ({ from, to }) => {
        expect([from, to]).toEqual([start, start + 3 * day]);
        return [start + 10, start + day];
      },
    });
    expect(outcome.verdict).toBe('kept');
    expect(outcome.change.estimate).toBeCloseTo(-2, 1);
    expect(outcome.sentence).toMatch(/1 other change meanwhile\.$/);
    const standing = { ...accepted, promise: promise({ measure: { kind: 'standing' } }) };
    const sources = { reader: store, changes: async () => [], now: start };
    expect(await outcomeOf(standing, { ...sources, isFound: true })).toMatchObject({
      verdict: 'no change seen',
    });
  });
});
