/** Statistics of a pipeline from lines of text through ClickHouse to the API: stops, cuts and partitions change nothing. */
import { merge } from 'rxjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueries } from '../../api/queries/queries.ts';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';
import type { Statistic } from '../../contracts/statistic.ts';
import { watermark } from '../../operators/watermark.ts';
import { Instance } from '../../pipelines/instance.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import { type StatisticOptions, statistic } from '../../pipelines/statistic.ts';
import type { ClickHouseStore } from '../../sinks/clickhouse/store.ts';
import { statistics } from '../../stats/registry.ts';
import { lines, receivedAt } from '../support/answers.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { linesLog } from '../support/linesLog.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const hour = 3_600_000;

/** A pipeline of statistics: [name in the registry, options]. */
function pipelineOf(...parts: readonly (readonly [string, StatisticOptions])[]): Pipeline {
  return {
    name: 'counted',
    version: 1,
    summary: 'Statistics of answers.',
    columns: { strings: ['context.skill', 'context.course'], numbers: [] },
    build(events, context) {
      const timely = events.pipe(
        watermark({ latenessMs: 60_000, table: context.tables.objects('clock') }),
      );
      return merge(
        ...parts.map(([name, options]) =>
          timely.pipe(statistic(context, 'counted', statistics.get(name) as Statistic, options)),
        ),
      );
    },
  };
}

const all = pipelineOf(
  ['mean-variance', { name: 'mean', by: ['context.skill'], windowMs: hour }],
  ['proportion', { name: 'solved' }],
  ['intraclass-correlation', { name: 'alike', columns: { cluster: 'context.course' } }],
  ['anytime-quantile', { name: 'median', parameters: { lower: -1, upper: 2, bins: 6 } }],
  ['mean-variance', { name: 'pairs', by: ['context.skill', 'context.course'], keysMax: 3 }],
  ['betting-sequence', { name: 'bets', by: ['user'], parameters: { steps: 10 } }],
  ['empirical-bernstein', { name: 'mine', byPartition: true }],
);

async function runUntil(
  store: ClickHouseStore,
  log: readonly string[],
  run: { readonly chunk: number; readonly epochEvents: number; readonly until?: number },
  pipeline = all,
): Promise<void> {
  const stop = new AbortController();
  await runPartition({
    pipeline,
    partition: 0,
    reader: linesLog(log, { chunk: run.chunk, receivedAt }),
    store,
    limits: { epochMs: 10, epochEvents: run.epochEvents, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= (run.until ?? log.length)) stop.abort();
    },
  });
}

/** Takes each user's lines into a partition, as if the log had so many, and writes what comes out. */
async function writePartitions(
  store: ClickHouseStore,
  log: readonly string[],
  partitions: number,
): Promise<void> {
  for (let partition = 0; partition < partitions; partition += 1) {
    const own = log.filter(
      (line) => Number(/student-(\d)/.exec(line)?.[1]) % partitions === partition,
    );
    const chunk = linesLog(own, { chunk: own.length, receivedAt }).read(0, 0)!;
    const instance = new Instance(all, partition, partitions);
    instance.push({ ...chunk, partition });
    for (const { table, bytes } of instance.cut(true).outputs) await store.insert(table, bytes);
    instance.close();
  }
}

const everything = { limit: 1_000 };

test('stops and other cuts leave the same rows, state included', async () => {
  const log = lines(400);
  const whole = await clickhouse.database('whole');
  await runUntil(whole, log, { chunk: 400, epochEvents: 1_000 });
  const broken = await clickhouse.database('broken');
  for (const until of [1, 90, 91, 200, 333, 400]) {
    await runUntil(broken, log, { chunk: 7, epochEvents: 30, until });
  }
  const contents = await readContents(whole);
  expect(contents.get('statistics')!.size).toBeGreaterThan(15);
  expect(describeDifferences(await readContents(broken), contents)).toEqual([]);
});

describe('the API', () => {
  let one: ClickHouseStore;
  let three: ClickHouseStore;
  const log = lines(400).filter((line) => line.includes('student'));
  const read = (store: ClickHouseStore, name: string, query = {}) =>
    createQueries(store, Date.now, 0).statisticReadings('counted', name, {
      ...everything,
      ...query,
    });

  beforeAll(async () => {
    [one, three] = [await clickhouse.database('one'), await clickhouse.database('three')];
    await writePartitions(one, log, 1);
    await writePartitions(three, log, 3);
    // A replay of the same rows, and an older version of one: neither counts.
    await writePartitions(three, log, 3);
    await writePartitions(three, log.slice(0, 60), 3);
  });

  test('lists them with their parameters', async () => {
    const { statistics: listed } = await createQueries(three, Date.now, 0).statistics();
    expect(listed.map(({ name, statistic, windowMs }) => [name, statistic, windowMs])).toEqual([
      ['alike', 'intraclass-correlation', null],
      ['bets', 'betting-sequence', null],
      ['mean', 'mean-variance', hour],
      ['median', 'anytime-quantile', null],
      ['mine', 'empirical-bernstein', null],
      ['pairs', 'mean-variance', null],
      ['solved', 'proportion', null],
    ]);
    expect(listed[1]).toMatchObject({
      parameters: { alpha: 0.05, steps: 10, stake: 0.5 },
      receivedAt,
      readable: true,
    });
  });

  test.each(['mean', 'solved', 'alike', 'median'])('merges partitions: %s', async (name) => {
    const whole = (await read(one, name))!;
    const merged = (await read(three, name))!;
    expect(whole.readings.length).toBeGreaterThan(0);
    expect(merged.readings.some(({ partitions }) => partitions === 3)).toBe(true);
    expect(merged.readings.map(({ figures, partitions, ...rest }) => rest)).toEqual(
      whole.readings.map(({ figures, partitions, ...rest }) => rest),
    );
    merged.readings.forEach(({ figures }, i) => {
      for (const [figure, value] of Object.entries(figures)) {
        const expected = whole.readings[i]!.figures[figure]!;
        if (name === 'solved' || name === 'median') expect(value).toBe(expected);
        else expect(Math.abs(value! - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
      }
    });
  });

  test('gives the owner of what never merges', async () => {
    const whole = (await read(one, 'bets'))!;
    const owned = (await read(three, 'bets'))!;
    const figures = (answer: typeof whole) =>
      answer.readings.map(({ key, figures }) => [key, figures]);
    expect(figures(owned)).toEqual(figures(whole));
    expect(owned.readings.map(({ key, partition }) => [key, partition])).toEqual(
      Array.from({ length: 7 }, (_, user) => [[`student-${user}`], user % 3]),
    );
  });

  test('keeps partitions apart where they must not be merged', async () => {
    const { readings } = (await read(three, 'mine'))!;
    expect(readings.map(({ partition, partitions }) => [partition, partitions])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    const taken = readings.reduce((sum, reading) => sum + reading.taken, 0);
    expect(taken).toBe((await read(one, 'mine'))!.readings[0]!.taken);
  });

  test('names the parts of a key, and those of what was too much not', async () => {
    const { readings } = (await read(one, 'pairs'))!;
    expect(readings.map(({ key }) => key.length).sort()).toEqual([1, 2, 2, 2]);
    const [others] = readings.filter(({ key }) => key.length === 1);
    expect(others!.key).toEqual(['(others)']);
    const [pair] = (await read(one, 'pairs', { key: readings.at(-1)!.key }))!.readings;
    expect(pair).toEqual(readings.at(-1));
  });

  test('takes a key, bounds of time and a limit', async () => {
    const { readings: every } = (await read(three, 'mean'))!;
    const { start } = every[0]!;
    const skills = every.filter((reading) => reading.start === start);
    expect((await read(three, 'mean', { from: start }))!.readings).toEqual(skills);
    expect((await read(three, 'mean', { to: start }))!.readings).toEqual(
      every.slice(skills.length),
    );
    const own = every.filter(({ key }) => key[0] === 'skill-1');
    expect((await read(three, 'mean', { key: ['skill-1'] }))!.readings).toEqual(own);
    expect(await read(three, 'mean', { limit: 2 })).toMatchObject({
      readings: every.slice(0, 2),
      more: true,
    });
    expect((await read(three, 'mean'))!.more).toBe(false);
    expect((await read(three, 'solved', { from: start }))!.readings).toHaveLength(1);
  });

  test('answers with other parameters as those of the newest data, and never merges the two', async () => {
    const [first] = lines(1);
    const other = pipelineOf(['proportion', { name: 'solved', parameters: { alpha: 0.2 } }]);
    const chunk = linesLog([first!], { chunk: 1, receivedAt: receivedAt + 1 }).read(0, 0)!;
    const instance = new Instance(other, 5, 6);
    instance.push({ ...chunk, partition: 5 });
    for (const { table, bytes } of instance.cut(true).outputs) await one.insert(table, bytes);
    const answer = (await read(one, 'solved'))!;
    expect(answer.parameters).toEqual({ alpha: 0.2 });
    expect(answer.readings).toMatchObject([{ taken: 1, partitions: 1 }]);
  });

  test('knows nothing of others, nor of what another version of the engine wrote', async () => {
    expect(await read(one, 'nothing')).toBeUndefined();
    await one.command(
      `INSERT INTO statistics
       SELECT * REPLACE ('newer' AS name, 2 AS state_version)
       FROM (SELECT * FROM statistics WHERE name = 'mine')`,
    );
    expect(await read(one, 'newer')).toBeUndefined();
    const { statistics: listed } = await createQueries(one, Date.now, 0).statistics();
    expect(listed.find(({ name }) => name === 'newer')).toMatchObject({ readable: false });
  });

  test('has the figures of each partition in the table, but for costly ones', async () => {
    const [row] = await three.query<{ mean: number; n: number }>(
      `SELECT figures['mean'] AS mean, figures['count'] AS n FROM statistics FINAL
       WHERE name = 'mean' AND partition = 0 ORDER BY window_start, key LIMIT 1`,
    );
    expect(row!.n).toBeGreaterThan(0);
    expect(row!.mean).toBeGreaterThan(0);
    const costly = await three.query(
      `SELECT DISTINCT figures FROM statistics FINAL WHERE name = 'median'`,
    );
    expect(costly).toEqual([{ figures: {} }]);
  });
});
