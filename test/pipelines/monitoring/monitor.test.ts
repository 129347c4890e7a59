/** A monitor from lines of text through ClickHouse to the answer about a model: partitions, stops and cuts change nothing. */
import { ignoreElements } from 'rxjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueries } from '../../../api/queries/queries.ts';
import { describeDifferences, readContents } from '../../../benchmarks/support/tables.ts';
import { ModelPerformance, WatchedModelsAnswer } from '../../../contracts/performanceApi.ts';
import type { Pipeline } from '../../../contracts/pipeline.ts';
import { watermark } from '../../../operators/watermark.ts';
import { Instance } from '../../../pipelines/instance.ts';
import { learning } from '../../../pipelines/learning.ts';
import { type MonitorOptions, monitor } from '../../../pipelines/monitoring/monitor.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { receivedAt as answersReceivedAt, lines } from '../../support/answers.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { linesLog } from '../../support/linesLog.ts';
import {
  begin,
  day,
  hour,
  type MonitoredEvent,
  monitoredEvents,
} from '../../support/monitoredEvents.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const receivedAt = begin + 1_000 * day;

const groups = { column: 'context.group', baseline: 'south', compared: 'north' };
const dropout = {
  ...{ name: 'dropout', slices: ['context.course'], horizonMs: 48 * hour, groups },
};

function watching(options: MonitorOptions = dropout): Pipeline {
  return {
    name: 'watch',
    version: 1,
    summary: 'Watches models.',
    columns: { strings: [], numbers: [] },
    build(events, context) {
      const clock = watermark({ latenessMs: 60_000, table: context.tables.objects('clock') });
      return events.pipe(clock, monitor(context, 'watch', options));
    },
  };
}

/** Takes each user's lines into a partition, and writes what comes out. */
async function write(
  store: ClickHouseStore,
  events: readonly MonitoredEvent[],
  { pipeline = watching(), partitions = 1 } = {},
): Promise<void> {
  for (let partition = 0; partition < partitions; partition += 1) {
    const own = events.filter(({ user }) => Number(user.split('-')[1]) % partitions === partition);
    const chunk = linesLog(
      own.map(({ line }) => line),
      { chunk: own.length, receivedAt },
    ).read(0, 0)!;
    const instance = new Instance(pipeline, partition, partitions);
    instance.push({ ...chunk, partition });
    for (const { table, bytes } of instance.cut(true).outputs) await store.insert(table, bytes);
    instance.close();
  }
}

const query = { figure: 'logLoss' } as const;
const read = async (store: ClickHouseStore, model: string, more = {}) => {
  const answer = await createQueries(store, Date.now, 0).performance('watch', model, {
    ...query,
    ...more,
  });
  return answer === undefined ? undefined : ModelPerformance.parse(answer);
};

const sound = monitoredEvents({ days: 4, perDay: 800, model: 'sound', seed: 1 });
const broken = monitoredEvents({ days: 4, perDay: 800, model: 'broken', seed: 2, brokenFrom: 3 });
const events = [...sound, ...broken].sort((a, b) => a.time - b.time);

describe('a watched model', () => {
  let one: ClickHouseStore;
  let answer: ModelPerformance;

  beforeAll(async () => {
    one = await clickhouse.database('one');
    await write(one, events);
    answer = (await read(one, 'sound'))!;
  });

  test('has a course by the day of its predictions, with the labels that came later', () => {
    expect(answer).toMatchObject({
      ...{ pipeline: 'watch', model: 'sound', version: '1', monitor: 'dropout' },
      ...{ kind: 'probability', windowMs: day, isTruncated: false },
    });
    expect(answer.course.map(({ start, count }) => [(start - begin) / day, count])).toEqual([
      [0, 800],
      [1, 800],
      [2, 800],
      [3, 800],
    ]);
    const labels = sound.filter(({ line }) => line.includes('"label"')).length;
    expect(answer.course.reduce((sum, { labelled }) => sum + labelled, 0)).toBe(labels);
    expect(answer.total.count).toBe(labels);
    // The reference of a day is the day before.
    const [first, ...others] = answer.course;
    expect(first!.referenceLabels).toBe(0);
    expect(others.map(({ referenceLabels }) => referenceLabels)).toEqual(
      answer.course.slice(0, -1).map(({ labelled }) => labelled),
    );
    for (const { coverage } of answer.course) expect(coverage).toBeCloseTo(0.9, 1);
  });

  test('has the calibration of each window, and the threshold of its monitor', async () => {
    expect(answer.threshold).toBe(0.5);
    for (const { realised } of answer.course) {
      expect(realised!['calibrationError']).toBeGreaterThan(0);
      expect(realised!['calibrationError']).toBeLessThan(0.25);
    }
    // Of a coin, whatever was predicted.
    const last = (await read(one, 'broken'))!.course.at(-1)!;
    const before = answer.course.at(-1)!;
    expect(last.realised!['calibrationError']).toBeGreaterThan(
      1.5 * before.realised!['calibrationError']!,
    );
  });

  test('is listed with its quality and its labels of all time', async () => {
    const listed = WatchedModelsAnswer.parse(await createQueries(one, Date.now, 0).watchedModels());
    expect(listed.more).toBe(false);
    const found = listed.models.find(({ model }) => model === 'sound')!;
    expect(found).toMatchObject({
      ...{ pipeline: 'watch', version: '1', monitor: 'dropout', kind: 'probability' },
      labels: { told: 3_200, joined: answer.total.count },
    });
    expect(found.total.count).toBe(answer.total.count);
    expect(found.total.figures['auc']).toBeCloseTo(answer.total.figures['auc']!, 9);
    expect(listed.models.map(({ model }) => model)).toContain('broken');
  });

  test('does what was expected of it, once its days have a reference; a broken one does not', async () => {
    const [, ...days] = answer.course;
    const kept = days.flatMap(({ estimated, realised }) =>
      Object.entries(estimated!).map(([name, { lower, upper }]) => {
        return realised![name]! >= lower! && realised![name]! <= upper!;
      }),
    );
    // Of 21 intervals at 95 %, whose figures hang together.
    expect(kept).toHaveLength(21);
    expect(kept.filter(Boolean).length).toBeGreaterThanOrEqual(19);
    for (const { consistencyP } of days) expect(consistencyP).toBeGreaterThan(0.01);
    const last = (await read(one, 'broken'))!.course.at(-1)!;
    expect(last.consistencyP).toBeLessThan(1e-6);
    expect(last.lossZ).toBeGreaterThan(4);
    expect(last.realised!['logLoss']).toBeGreaterThan(last.estimated!['logLoss']!.upper!);
  });

  test('is estimated before labels come, and has no labels then', async () => {
    const noon = begin + 3 * day + 12 * hour;
    const named = (model: string, isKept: (event: MonitoredEvent) => boolean) =>
      sound.filter(isKept).map((event) => {
        return { ...event, line: event.line.replaceAll('"model":"sound"', `"model":"${model}"`) };
      });
    await write(
      one,
      named('early', ({ time }) => time < noon),
    );
    const [last] = (await read(one, 'early', { from: begin + 3 * day }))!.course;
    expect(last!.estimated!['accuracy']!.estimate).toBeGreaterThan(0.6);
    expect(last!.coverage).toBeGreaterThan(0);
    expect(last!.coverage).toBeLessThan(0.3);
    const isPrediction = ({ line }: MonitoredEvent) => !line.includes('"label"');
    await write(one, named('silent', isPrediction));
    const silent = (await read(one, 'silent'))!;
    expect(silent.course.map(({ realised, coverage }) => [realised, coverage])).toEqual(
      Array.from({ length: 4 }, () => [null, 0]),
    );
    expect(silent).toMatchObject({ reliability: [], slices: [], thresholds: [] });
  });

  test('has slices, the most harmful first, and hides small ones', () => {
    const [course] = answer.slices;
    expect(course).toMatchObject({ slice: 'course', more: 0 });
    expect(course!.values.map(({ value }) => value)).toEqual(['geometry', 'algebra']);
    // Of latin there are four: it could be told from the whole, so music is hidden with it.
    expect(course!.suppressed).toBe(2);
    const [geometry, algebra] = course!.values;
    expect(algebra!.harm).toBe(0);
    expect(geometry!.gap).toBeCloseTo(geometry!.estimate! - course!.whole!, 12);
    expect(geometry!.harm).toBeCloseTo(geometry!.gap * geometry!.count, 9);
    expect(geometry!.lower).toBeGreaterThan(course!.whole!);
    expect(answer.sliceFigure).toBe('logLoss');
  });

  test('has a reliability curve, counts by threshold, groups, delays and what became of labels', async () => {
    expect(answer.reliability).toHaveLength(20);
    const half = answer.thresholds.find(({ threshold }) => threshold === 0.5)!;
    const { truePositives, trueNegatives, falsePositives, falseNegatives } = half;
    const { count, figures } = answer.total;
    expect(truePositives + trueNegatives + falsePositives + falseNegatives).toBe(count);
    expect((truePositives + trueNegatives) / count).toBeCloseTo(figures['accuracy']!, 12);
    expect(answer.fairness).toMatchObject({ baseline: 'south', compared: 'north', isShown: true });
    expect(answer.fairness!.groups.map(({ points }) => points.length)).toEqual([19, 19]);
    expect(answer.fairness!.figures['abrocaP']).toBeGreaterThan(0.001);
    const shareAt = (ageMs: number) =>
      answer.delay!.points.find((p) => p.ageMs === ageMs)!.estimate;
    expect(shareAt(hour / 2)).toBe(0);
    expect(shareAt(day)).toBeCloseTo(0.9 * (23 / 29), 1);
    expect(shareAt(2 * day)).toBeCloseTo(0.9, 1);
    expect(answer.labels).toMatchObject({ told: 3_200, joined: count, early: 0, unknown: 0 });
    const { told, joined, unlabelled, waiting } = answer.labels!;
    expect(joined! + unlabelled! + waiting!).toBe(told);
  });

  test('reads the same from three partitions', async () => {
    const three = await clickhouse.database('three');
    await write(three, events, { partitions: 3 });
    const other = (await read(three, 'sound'))!;
    // The watermark is that of a partition: a prediction may still wait in one of them.
    const { labels, delay, ...rest } = answer;
    expect(other).toMatchObject(rest);
    expect(other.labels).toMatchObject({ told: labels!['told'], joined: labels!['joined'] });
    expect(other.delay!.labelled).toBe(delay!.labelled);
  });

  test('has bounds of time and a version, and nothing is known of others', async () => {
    const two = (await read(one, 'sound', { from: begin + day, to: begin + 3 * day }))!;
    expect(two.course).toEqual(answer.course.slice(1, 3));
    expect([two.from, two.to]).toEqual([begin + day, begin + 3 * day]);
    const whole = (await read(one, 'sound', { from: 0, to: begin + 4 * day }))!;
    expect(whole.from).toBe(begin + 4 * day - 62 * day);
    expect(whole.course).toEqual(answer.course);
    expect((await read(one, 'sound', { version: '1' }))!.course).toEqual(answer.course);
    expect(await read(one, 'sound', { version: '2' })).toBeUndefined();
    expect(await read(one, 'nobody')).toBeUndefined();
    await write(
      one,
      monitoredEvents({ days: 1, perDay: 40, model: 'sound', version: '2', seed: 3 }),
      {
        pipeline: watching(),
      },
    );
    expect((await read(one, 'sound', { version: '2' }))!.course).toHaveLength(1);
  });

  test('of numbers has errors in the place of estimates, and no groups', async () => {
    const about = { user: 'student-1', context: { model: 'score', course: 'algebra' } };
    const written = Array.from({ length: 200 }, (_, i) => {
      const time = begin + i * 60_000;
      const prediction = { id: `p-${i}`, type: 'prediction', time, value: 50 + (i % 7) };
      const label = { id: `l-${i}`, type: 'label', time: time + 1, decision: `p-${i}`, value: 50 };
      return [prediction, label].map((event) => ({
        ...{ time: event.time, user: about.user, line: JSON.stringify({ ...event, ...about }) },
      }));
    });
    const numbers = { name: 'score', kind: 'number', slices: ['context.course'] } as const;
    await write(one, written.flat(), { pipeline: watching(numbers) });
    const score = (await read(one, 'score'))!;
    const mean = written.reduce((sum, _, i) => sum + (i % 7), 0) / written.length;
    expect(score).toMatchObject({ kind: 'number', monitor: 'score', version: '' });
    expect(score).toMatchObject({ sliceFigure: 'meanAbsoluteError', thresholds: [] });
    expect(score.course).toMatchObject([{ count: 200, coverage: null, estimated: null }]);
    expect(score.course[0]!.realised!['meanAbsoluteError']).toBeCloseTo(mean, 9);
    expect(score.slices[0]!.values[0]).toMatchObject({ value: 'algebra', count: 200, harm: 0 });
    const compared = watching({ ...numbers, groups });
    expect(() => new Instance(compared, 0, 1)).toThrow(/^groups: expected none/);
  });
});

interface Stop {
  readonly chunk: number;
  readonly epochEvents: number;
  readonly until: number;
}

async function runUntil(store: ClickHouseStore, pipeline: Pipeline, log: string[], run: Stop) {
  const stop = new AbortController();
  await runPartition({
    ...{ pipeline, partition: 0, store },
    reader: linesLog(log, { chunk: run.chunk, receivedAt }),
    limits: { epochMs: 10, epochEvents: run.epochEvents, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= run.until) stop.abort();
    },
  });
}

test('stops and other cuts leave the same rows, state included', async () => {
  const log = events.slice(0, 1_500).map(({ line }) => line);
  const pipeline = watching({ ...dropout, everyMs: 0, openMax: 300 });
  const whole = await clickhouse.database('whole');
  await runUntil(whole, pipeline, log, { chunk: 1_500, epochEvents: 2_000, until: 1_500 });
  const stopped = await clickhouse.database('stopped');
  for (const until of [1, 400, 401, 900, 1_500]) {
    await runUntil(stopped, pipeline, log, { chunk: 50, epochEvents: 100, until });
  }
  const contents = await readContents(whole);
  expect(contents.get('statistics')!.size).toBeGreaterThan(15);
  expect(describeDifferences(await readContents(stopped), contents)).toEqual([]);
});

test('the default pipeline watches its own model by skill and course, and outside ones', async () => {
  const store = await clickhouse.database('one');
  const answers = lines(400).filter((line) => line.includes('student'));
  const run = async (log: readonly string[], receivedAt: number) => {
    const chunk = linesLog(log, { chunk: log.length, receivedAt }).read(0, 0)!;
    const instance = new Instance(learning, 0, 1);
    instance.push(chunk);
    for (const { table, bytes } of instance.cut(true).outputs) await store.insert(table, bytes);
    instance.close();
  };
  await run(answers, answersReceivedAt);
  const queries = createQueries(store, Date.now, 0);
  const { models } = await queries.models();
  const [own] = models;
  const performance = (await queries.performance('learning', own!.name, query))!;
  expect(ModelPerformance.parse(performance)).toEqual(performance);
  expect(performance).toMatchObject({
    ...{ monitor: 'answer', version: own!.version, delay: null, labels: null },
    total: { count: own!.overall.count },
  });
  expect(performance.course).toMatchObject([{ coverage: 1, count: own!.overall.count }]);
  expect(performance.course[0]!.realised!['logLoss']).toBeCloseTo(own!.overall.logLoss!, 2);
  const ofSlices = performance.slices.map(({ slice, values, suppressed }) => {
    const rows = values.reduce((sum, { count }) => sum + count, 0);
    return [slice, values.length + suppressed, rows];
  });
  expect(ofSlices).toEqual([
    ['course', 2, own!.overall.count],
    ['skill', 4, own!.overall.count],
  ]);
  await run(
    monitoredEvents({ days: 2, perDay: 100, model: 'outer', seed: 4 }).map(({ line }) => line),
    receivedAt,
  );
  const outer = (await queries.performance('learning', 'outer', query))!;
  // The engine's own model is none that a monitor watches as a whole.
  const { models: watched } = await queries.watchedModels();
  expect(watched.filter(({ pipeline }) => pipeline === 'learning')).toMatchObject([
    { pipeline: 'learning', model: 'outer', monitor: 'outside', labels: { told: 200 } },
  ]);
  expect(outer).toMatchObject({ monitor: 'outside', labels: { told: 200 } });
  expect(outer.course).toHaveLength(2);
});

test('a pipeline that gets a monitor goes on from its state, in the same version', async () => {
  const store = await clickhouse.database('three');
  const log = sound.slice(0, 1_200).map(({ line }) => line);
  const named = (pipeline: Pipeline): Pipeline => ({ ...pipeline, name: 'grown' });
  const bare: Pipeline = {
    ...watching(),
    build: (events, context) =>
      events.pipe(
        watermark({ latenessMs: 60_000, table: context.tables.objects('clock') }),
        ignoreElements(),
      ),
  };
  const cuts = { chunk: 100, epochEvents: 100 };
  await runUntil(store, named(bare), log.slice(0, 600), { ...cuts, until: 600 });
  await runUntil(store, named(watching()), log, { ...cuts, until: 1_200 });
  const stored = await store.query<{ table: string }>(
    "SELECT DISTINCT table FROM state WHERE pipeline = 'grown' AND table != '' ORDER BY table",
  );
  expect(stored.map(({ table }) => table)).toContain('labels-dropout');
});
