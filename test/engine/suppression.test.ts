/**
 * An attacker who may read everything, and tries to compute figures of a small group by differences: of segments from totals, of ranges,
 * of steps, and of answers before and after each batch of events. On the real engine, over HTTP.
 *
 * Values are chosen so that a leak is seen whatever it is of: those of the people in small groups add up to less than `unit`, all
 * others are random multiples of it. A sum or difference between 0 and `unit` is of people in small groups alone.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routePolicy } from '../../api/access/routePolicy.ts';
import { createQueries, openQueries, type Queries } from '../../api/queries/queries.ts';
import { ApiKeyMade } from '../../contracts/accessApi.ts';
import {
  MetricSeries,
  MetricsAnswer,
  StatisticReadings,
  StatisticsAnswer,
} from '../../contracts/api.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { groupMinDefault } from '../../contracts/groupMin.ts';
import { writeResults } from '../../control/experiments/resultHistory.ts';
import { writeCards } from '../../control/insights/cardRows.ts';
import { writeAlerts } from '../../control/watching/alertRows.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { alertSample } from '../support/alertSamples.ts';
import {
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { everyRoute, tells } from '../support/everyRoute.ts';
import { makeExperiment, makeMetric } from '../support/experiments.ts';
import { cardOf, findingOf } from '../support/fakeInsights.ts';
import { type DecisionRow, insertDecisions } from '../support/policyRows.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const unit = 8_192;
const data = temporaryDirectory();
let at: TestEngine;

const random = randomState(2_026);
/** Three days ago: two days of a campus, and what closes them. */
const start = Math.floor(Date.now() / day) * day - 3 * day;

interface Given {
  readonly user: string;
  readonly course: string;
  readonly time: number;
  readonly value: number;
}

let markers = 0;
/** Of people in small groups: powers of two, so that their sum tells whose it is of. */
const marked = (): number => {
  markers += 1;
  expect(2 ** markers).toBeLessThan(unit);
  return 2 ** (markers - 1);
};
const ordinary = (): number => unit * (1 + Math.floor(uniform(random) * 2 ** 24));

const members = (course: string, size: number): string[] =>
  Array.from({ length: size }, (_, i) => `${course}-student-${i}`);
const large = [...members('algebra', 24), ...members('reading', 15)];
const tiny = members('tiny', 3);

function dayOf(number: number): Given[] {
  const from = start + number * day;
  const rows = large.flatMap((user) =>
    [8, 9, 13].map((h) => {
      const time = from + h * hour + Math.floor(uniform(random) * 50) * minute;
      return { user, course: user.split('-')[0]!, time, value: ordinary() };
    }),
  );
  const few = tiny.map((user, i) => ({
    ...{ user, course: 'tiny', value: marked() },
    time: from + 9 * hour + 10 * i * minute,
  }));
  const single = {
    user: 'single-student',
    course: 'single',
    time: from + 13 * hour,
    value: marked(),
  };
  // The largest course, at an hour at which nobody else is awake.
  const night = {
    user: 'algebra-student-99',
    course: 'algebra',
    time: from + 3 * hour,
    value: marked(),
  };
  return [...rows, ...few, single, night];
}

const campus = [...dayOf(0), ...dayOf(1)].sort((a, b) => a.time - b.time);
const closing = large.map((user, i) => ({
  ...{ user, course: user.split('-')[0]!, time: start + 2 * day + hour + i * minute },
  value: ordinary(),
}));
const all = [...campus, ...closing];
const batches = 12;

function eventOf({ user, course, time, value }: Given, i: number) {
  return {
    ...{ id: `rating-${i}`, type: 'rated', user, item: `item-${i % 5}`, value },
    time: new Date(time).toISOString(),
    context: { course, topic: course, latency_ms: value },
  };
}

/** A figure that the attacker has: what it adds up. */
type Sums = Set<number>;

interface Source {
  metrics(): Promise<MetricsAnswer>;
  series(metric: string, query: Record<string, string | number>): Promise<MetricSeries | undefined>;
  statistics(): Promise<StatisticsAnswer>;
  readings(pipeline: string, name: string): Promise<StatisticReadings | undefined>;
}

const half = start + day + 8 * hour + 13 * minute;
/** Ranges that differ by what a small group did, in steps that cut time in different ways. */
const asked = [
  { stepMs: 7 * minute },
  { from: start, to: start + 3 * day, stepMs: hour },
  { from: start, to: start + 2 * day, stepMs: day },
  { from: start, to: start + day, stepMs: 5 * hour },
  { from: start + 3 * hour, to: start + 4 * hour, stepMs: minute },
  { from: half, to: start + day + 14 * hour + minute, stepMs: hour },
  { from: half, to: start + day + 13 * hour + minute, stepMs: hour },
];
const names = ['algebra', 'reading', 'tiny', 'single', '', '(others)'];

/** Everything that tells a sum, with sums of neighbouring points, and the whole less all that is told of segments. */
async function collect({ series, statistics, readings }: Source, sums: Sums): Promise<void> {
  const totalOf = async (metric: string, values: Record<string, string | number>) => {
    const answer = await eventually(() => series(metric, values));
    let total = 0;
    for (const { sum } of answer?.points ?? []) {
      total += sum ?? 0;
      sums.add(sum ?? 0).add(total);
    }
    return total;
  };
  for (const each of asked) {
    await Promise.all(['rating', 'latency_ms'].map((metric) => totalOf(metric, each)));
  }
  const range = { from: start, to: start + 3 * day, stepMs: day };
  const whole = await totalOf('rating', range);
  const parts = await Promise.all(names.map((segment) => totalOf('rating', { ...range, segment })));
  sums.add(whole - parts.reduce((sum, part) => sum + part, 0));
  for (const { pipeline, name } of (await eventually(statistics)).statistics) {
    let total = 0;
    for (const { taken, figures } of (await eventually(() => readings(pipeline, name)))?.readings ??
      []) {
      const mean = figures['mean'] ?? figures['after'];
      if (mean === null || mean === undefined) continue;
      total += Math.round(mean * taken);
      sums.add(Math.round(mean * taken)).add(total);
    }
  }
}

/** Sums, differences of two and of three, that are of people in small groups alone. */
function leaks(sums: Sums): number[] {
  const isLeak = (x: number) => x > 0 && x < unit;
  const sorted = [...sums].map(Math.abs).sort((a, b) => a - b);
  const distinct = sorted.filter((x, i) => x !== sorted[i - 1]);
  const found = distinct.filter(isLeak);
  distinct.slice(1).forEach((x, i) => {
    if (isLeak(x - distinct[i]!)) found.push(x - distinct[i]!);
  });
  // a − b − c: for each pair the nearest below.
  const buckets = new Map<number, number[]>();
  for (const x of distinct) {
    const bucket = Math.floor(x / unit);
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), x]);
  }
  for (const a of distinct) {
    for (const b of distinct) {
      if (b >= a || b < unit) continue;
      for (const c of buckets.get(Math.floor((a - b) / unit)) ?? []) {
        if (c >= unit && isLeak(a - b - c)) found.push(a - b - c);
      }
    }
  }
  return [...new Set(found)];
}

function query(values: Record<string, string | number>): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) parameters.set(name, String(value));
  return parameters;
}

function overHttp(): Source {
  return {
    metrics: () => at.get('/v1/metrics', MetricsAnswer, key),
    series: (metric, values) => at.get(`/v1/metrics/${metric}?${query(values)}`, MetricSeries, key),
    statistics: () => at.get('/v1/statistics', StatisticsAnswer, key),
    readings: (pipeline, name) =>
      at.get(`/v1/statistics/${pipeline}/${name}?limit=1000`, StatisticReadings, key),
  };
}

/** As the API would answer if it withheld nothing. */
function unguarded(): Source {
  const queries = createQueries(at.engine.store, Date.now, 0);
  return {
    metrics: () => queries.metrics(),
    series: (metric, values) => queries.metricSeries(metric, values),
    statistics: () => queries.statistics(),
    readings: (pipeline, name) => queries.statisticReadings(pipeline, name, { limit: 1_000 }),
  };
}

/** Of somebody who may see figures of groups, and no single person. */
let key = '';

beforeAll(async () => {
  at = await startTestEngine(data);
  const response = await fetch(`${at.url}/v1/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'attacker', permissions: ['read'], expiresAt: null }),
  });
  key = ApiKeyMade.parse(await response.json()).key;
}, 120_000);
afterAll(async () => {
  await at?.stop();
  removeDirectory(data);
}, 60_000);

describe('an attacker who reads before and after each batch', () => {
  const sums: Sums = new Set();

  test('computes no sum of a group of fewer than ten, by differences of two or three figures', async () => {
    expect(tiny.length + 2).toBeLessThan(groupMinDefault);
    const size = Math.ceil(all.length / batches);
    for (let from = 0; from < all.length; from += size) {
      await at.send(all.slice(from, from + size).map((row, i) => eventOf(row, from + i)));
      await at.settle();
      // Not each of them: a poll asks a hundred questions.
      if (from === 0 || from / size >= batches - 3) await collect(overHttp(), sums);
    }
    expect(sums.size).toBeGreaterThan(20);
    expect(leaks(sums)).toEqual([]);
  }, 240_000);

  test('who may see single people waits for nothing, and small groups are withheld all the same', async () => {
    const { series } = overHttp();
    const range = { from: start, to: start + 3 * day, stepMs: day };
    const local = await at.get(`/v1/metrics/rating?${query(range)}`, MetricSeries);
    const told = (await series('rating', range))!;
    const last = (points: typeof local.points) => points.findLast(({ count }) => (count ?? 0) > 0);
    expect(last(local.points)!.time).toBeGreaterThanOrEqual(last(told.points)!.time);
    const total = (points: typeof local.points) =>
      points.reduce((sum, { count }) => sum + (count ?? 0), 0);
    expect(total(local.points)).toBeGreaterThan(total(told.points));
    const { metrics } = await at.get('/v1/metrics', MetricsAnswer);
    const named = metrics.find(({ metric }) => metric === 'rating')!.segments;
    expect(named).toEqual(
      (await overHttp().metrics()).metrics.find(({ metric }) => metric === 'rating')!.segments,
    );
  });

  test('is told what is of enough people: days of large courses, the whole by blocks, and that more is withheld', async () => {
    const range = { from: start, to: start + 2 * day };
    const sumOf = (rows: readonly Given[]) => rows.reduce((sum, { value }) => sum + value, 0);
    const { series } = overHttp();
    const whole = (await series('rating', { ...range, stepMs: day }))!;
    expect(whole.points.map(({ sum }) => sum)).toEqual(
      [0, 1].map((i) => sumOf(campus.filter(({ time }) => Math.floor((time - start) / day) === i))),
    );
    const reading = (await series('rating', { ...range, stepMs: day, segment: 'reading' }))!;
    const small = (await series('rating', { ...range, stepMs: day, segment: 'tiny' }))!;
    expect(small).toMatchObject({ groupMin: 10, withheld: 2 });
    // Four people in small courses: the next smallest course is withheld with them.
    expect(reading.withheld).toBe(2);
    const algebra = (await series('rating', { ...range, stepMs: day, segment: 'algebra' }))!;
    expect(algebra.points.map(({ sum }) => sum)).toEqual(
      [0, 1].map((i) =>
        sumOf(
          campus.filter(
            ({ time, course }) => course === 'algebra' && Math.floor((time - start) / day) === i,
          ),
        ),
      ),
    );
    const night = (await series('rating', {
      from: start + 2 * hour,
      to: start + 5 * hour,
      stepMs: hour,
    }))!;
    expect(night.points.map(({ count, withheld }) => [count, withheld])).toEqual([
      [0, false],
      [null, true],
      [0, false],
    ]);
    const { metrics } = await overHttp().metrics();
    expect(metrics.find(({ metric }) => metric === 'rating')?.segments).toEqual([
      'algebra',
      'reading',
    ]);
  });

  test('would have found every small group if nothing were withheld', async () => {
    const open: Sums = new Set();
    await collect(unguarded(), open);
    const found = leaks(open);
    const own = (course: string) =>
      campus.filter((row) => row.course === course).map(({ value }) => value);
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    expect(found).toContain(total(own('tiny')));
    expect(found).toContain(total(own('single')));
    const nights = campus.filter(({ user }) => user === 'algebra-student-99');
    for (const { value } of nights) expect(found).toContain(value);
  }, 60_000);
});

describe('an attacker who asks every route, before and after what a group of seven did', () => {
  /** Sums of what seven people did; nothing else in the engine has these digits. */
  const secrets = {
    alert: 41.739_205,
    card: 53.281_947,
    refusal: 67.412_833,
    reward: 3.141_857,
    outcome: 5.926_319,
  };
  const seven = Array.from({ length: 7 }, (_, i) => i);
  const today = Math.floor(Date.now() / day) * day;

  type Answers = Map<string, unknown>;

  async function answersOf(credential?: string): Promise<Answers> {
    const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
    const answers: Answers = new Map();
    const ask = async (path: string) => {
      const response = await fetch(`${at.url}${path}`, { headers });
      if (response.status === 429 || response.status >= 500) throw new Error(`${response.status}`);
      answers.set(path, await response.json());
    };
    const { statistics } = await at.get('/v1/statistics', StatisticsAnswer);
    const each = statistics.map(({ pipeline, name }) => `/v1/statistics/${pipeline}/${name}`);
    const paths = Object.values(everyRoute)
      .flatMap((asked) => (typeof asked === 'string' ? [] : asked))
      .flatMap((path) => (path.endsWith('/:each') ? each : [path]));
    for (const path of new Set(paths)) await eventually(() => ask(path));
    return answers;
  }

  function decisions(first: number, users: readonly number[], at: number, reward: number) {
    return users.map(
      (user, i): DecisionRow => ({
        ...{
          partition: 0,
          offset: 2 * (first + i),
          time: at + i * minute,
          user: `decided ${user}`,
        },
        ...{ decision: `decision ${first + i}`, action: 'text', way: 'policy', probability: 1 },
        ...{ segments: [], reward: reward / users.length, rewardedAt: at + hour, closed: true },
        ...{ attributes: {}, offered: [] },
      }),
    );
  }

  /** The seven are in the second arm. */
  function resultAt(time: number, units: number, sum: number): ExperimentResult {
    const arms = ['without', 'with'].map((variant) => {
      const [own, total] = variant === 'without' ? [100, 20] : [units, sum];
      return { variant, units: own, immature: 0, mean: total / own, deviation: 1 };
    });
    return {
      ...{ experiment: 'planted', revision: 1, design: '', at: time, offsets: [], exposed: 0 },
      ...{ crossed: 0, crossedAlarm: false, segments: [], suppressed: 0 },
      sampleRatio: {
        ...{ lnE: 0, alarm: false },
        arms: arms.map(({ variant, units: own }) => ({ variant, units: own, expected: 0.5 })),
      },
      metrics: [{ metric: 'solved', role: 'primary', kind: 'continuous', arms, comparisons: [] }],
      verdict: { word: 'keep running', variant: null, sentence: `${sum}`, daysLeft: null },
    };
  }

  async function plant() {
    const { store } = at.engine;
    const reading = { ...alertSample().worst!, value: secrets.alert, count: 7 };
    const alert = alertSample({
      ...{ id: 'planted', incident: 'planted', worst: reading, latest: reading },
      headline: `It fell to ${secrets.alert}.`,
    });
    const told = `It fell to ${secrets.alert}.`;
    await writeAlerts(store, [{ alert, actor: 'engine', sentence: told, reason: '' }]);
    const why = [`Seven students had ${secrets.card}.`];
    const card = cardOf(Date.now(), { id: 'planted', finding: findingOf(Date.now(), { why }) });
    await writeCards(store, [{ card, actor: 'engine', sentence: why[0]!, note: '' }]);
    await at.post(JSON.stringify({ id: 'refused', type: 'rated', value: `${secrets.refusal}` }));
    await insertDecisions(store, 'tutor', decisions(100, seven, today - 4 * day, secrets.reward));
    await writeResults(store, [resultAt(today - 2 * day, 107, 30 + secrets.outcome)]);
    await at.settle();
  }

  let before: Record<'reader' | 'people', Answers>;
  let after: typeof before;

  beforeAll(async () => {
    const actions = ['text', 'video'].map((each) => ({ key: each, name: each }));
    const policy = { key: 'tutor', name: 'Tutor', algorithm: { name: 'linucb' }, actions };
    const make = async (path: string, body: object) => {
      const response = await fetch(`${at.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect([path, response.status]).toEqual([path, 201]);
    };
    await make('/v1/policies', { policy: { ...policy, holdout: 0, control: 'text' } });
    await make('/v1/experiment-metrics', { metric: makeMetric() });
    await make('/v1/experiments', { experiment: makeExperiment({ key: 'planted' }) });
    const many = Array.from({ length: 30 }, (_, i) => 10 + i);
    await insertDecisions(at.engine.store, 'tutor', decisions(0, many, today - 5 * day, 12));
    await writeResults(at.engine.store, [resultAt(today - 3 * day, 100, 30)]);
    before = { reader: await answersOf(key), people: await answersOf() };
    await plant();
    after = { reader: await answersOf(key), people: await answersOf() };
  }, 240_000);

  const isTold = (who: 'reader' | 'people', path: string, secret: number) =>
    tells(before[who].get(path), after[who].get(path), secret);

  test('has each route that one may read in its table', () => {
    const readable = Object.entries(routePolicy)
      .filter(([name, { needs }]) => name.startsWith('GET ') && needs === 'read')
      .map(([name]) => name);
    const own = Object.keys(everyRoute).filter((name) => routePolicy[name]!.needs === 'read');
    expect(own.sort()).toEqual(readable.sort());
    const refused = Object.entries(everyRoute).filter(
      ([, asked]) => asked === everyRoute['GET /v1/retraining/:id'],
    );
    for (const [name] of refused)
      expect([name, routePolicy[name]!.alsoNeeds]).toEqual([name, 'people']);
  });

  test('finds none of what the seven did in any answer, nor by the difference of two', () => {
    expect(after.reader.size).toBeGreaterThan(25);
    for (const path of after.reader.keys()) {
      for (const [name, secret] of Object.entries(secrets)) {
        expect([path, name, isTold('reader', path, secret)]).toEqual([path, name, false]);
      }
    }
  });

  test.each([
    ['/v1/alerts?limit=500', secrets.alert],
    ['/v1/alerts/planted', secrets.alert],
    ['/v1/happenings?from=0', secrets.alert],
    ['/v1/insights?limit=500', secrets.card],
    ['/v1/insights/planted', secrets.card],
    ['/v1/refusals', secrets.refusal],
    ['/v1/policies/tutor/report', secrets.reward],
    ['/v1/experiments/planted', secrets.outcome],
  ])('would find it at %s if it might see single people', async (path, secret) => {
    expect(isTold('people', path, secret)).toBe(true);
  });

  test('finds it in no result of an experiment, and would if it might see single people', async () => {
    const { ofGroups, ofPeople } = openQueries(at.engine.store, Date.now);
    const read = async ({ latestResult, latestVerdicts, resultCourse }: Queries) => ({
      result: await latestResult('planted'),
      verdict: (await latestVerdicts()).get('planted'),
      course: await resultCourse({ experiment: 'planted', metric: 'solved', variant: 'with' }),
    });
    const [groups, people] = [await read(ofGroups), await read(ofPeople)];
    expect(groups.result?.at).toBe(today - 3 * day);
    const first = resultAt(today - 3 * day, 100, 30);
    expect(tells({ result: first }, groups, secrets.outcome)).toBe(false);
    expect(tells({ result: first }, people, secrets.outcome)).toBe(true);
  });

  test('answers of what only adds up stay as they were, to the letter', () => {
    const path = '/v1/policies/tutor/report';
    expect(after.reader.get(path)).toEqual(before.reader.get(path));
    expect(after.reader.get(path)).toMatchObject({ isInSteps: true, to: today - 4 * day });
    const experiment = '/v1/experiments/planted';
    expect(after.reader.get(experiment)).toEqual(before.reader.get(experiment));
    expect(after.reader.get(experiment)).toMatchObject({ result: { at: today - 3 * day } });
  });
});
