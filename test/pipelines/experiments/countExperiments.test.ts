/** What the data plane counts for experiments, against a real ClickHouse: each unit once, at a fixed age, however the log is cut. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../../benchmarks/support/tables.ts';
import type { Store } from '../../../contracts/store.ts';
import { readCounts } from '../../../control/experiments/counts.ts';
import { completeDays, gatherClusters } from '../../../control/experiments/gatherClusters.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  definitionLine,
  eventLine,
  exposureLine,
  hints,
  minute,
  passing,
  receivedAt,
  start,
} from '../../support/experimentLines.ts';
import { linesLog } from '../../support/linesLog.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

async function run(
  store: Store,
  log: readonly string[],
  chunk = 13,
  until = log.length,
  [partition, partitions]: readonly [number, number] = [0, 1],
) {
  const stop = new AbortController();
  await runPartition({
    pipeline: learning,
    partition,
    reader: { ...linesLog(log, { chunk, receivedAt, start: 0 }), partitions },
    store,
    limits: { epochMs: 10, epochEvents: 40, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= until) stop.abort();
    },
  });
}

const outcomesOf = (store: Store, segment = '') =>
  store.query<Record<string, unknown>>(
    `SELECT metric, variant, stage, toUInt32(sum(units)) AS units, toString(sum(n)) AS n, toString(sum(d)) AS d,
            toString(sum(nn)) AS nn, sumMap(bins, counts) AS bins
     FROM experiment_outcomes FINAL WHERE segment = '${segment}'
     GROUP BY metric, variant, stage ORDER BY metric, variant`,
  );

const exposuresOf = (store: Store) =>
  store.query<Record<string, unknown>>(
    `SELECT variant, toUInt32(sum(units)) AS units, toUInt32(sum(crossed)) AS crossed
     FROM experiment_exposures FINAL GROUP BY variant ORDER BY variant`,
  );

test('a unit is scored once, when the watermark has passed its window', async () => {
  const log = [
    definitionLine(hints()),
    exposureLine('ada', 0, 'with', { segments: { grade: 7 } }),
    exposureLine('bob', minute, 'without'),
    exposureLine('ada', 2 * minute, 'with'),
    eventLine('answered', 'ada', 3 * minute, { value: 1 }),
    eventLine('answered', 'ada', 4 * minute, { value: 0 }),
    eventLine('worked', 'ada', 5 * minute, { context: { minutes: 4 } }),
    eventLine('worked', 'ada', 45 * minute, { context: { minutes: 30 } }),
    // Behind bob's window of half an hour, within his hour.
    eventLine('answered', 'bob', 35 * minute, { value: 1 }),
    // Ten minutes of lateness: half an hour is over for both, an hour for nobody.
    passing(42 * minute),
  ];
  const store = await clickhouse.database('scored');
  await run(store, log);
  expect(await outcomesOf(store)).toEqual([
    { metric: 'right', variant: 0, stage: 1, units: 1, n: '0', d: '1', nn: '0', bins: [[0], [1]] },
    { metric: 'right', variant: 1, stage: 1, units: 1, n: '1', d: '1', nn: '1', bins: [[1], [1]] },
    { metric: 'share', variant: 0, stage: 1, units: 1, n: '0', d: '0', nn: '0', bins: [[0], [1]] },
    {
      metric: 'share',
      variant: 1,
      stage: 1,
      units: 1,
      n: '1',
      d: '2',
      nn: '1',
      // One right of two: 2^-1 is 36 quarters of an octave above 2^-10.
      bins: [[121 + 1 + 36], [1]],
    },
  ]);
  expect((await outcomesOf(store, 'grade=7')).map(({ metric }) => metric)).toEqual([
    'right',
    'share',
  ]);
  await run(store, [...log, passing(80 * minute), passing(80 * minute)]);
  const minutes = (await outcomesOf(store)).filter(({ metric }) => metric === 'minutes');
  // 4 + 30 counts as the cap 10; steps of 2^-27.
  expect(minutes).toMatchObject([
    { variant: 0, units: 1, n: '0' },
    { variant: 1, units: 1, n: String(10 * 2 ** 27), bins: [[63], [1]] },
  ]);
});

test('a unit that is seen in another variant before its window ends is counted and not scored', async () => {
  const store = await clickhouse.database('crossed');
  await run(store, [
    definitionLine(hints()),
    exposureLine('ada', 0, 'with'),
    exposureLine('bob', 0, 'with'),
    exposureLine('ada', minute, 'without'),
    exposureLine('ada', 2 * minute, 'without'),
    passing(55 * minute),
    // Behind the window: counted as crossed, scored all the same.
    exposureLine('bob', 55 * minute, 'without'),
    passing(100 * minute),
    passing(100 * minute),
  ]);
  expect(await exposuresOf(store)).toEqual([{ variant: 1, units: 2, crossed: 2 }]);
  const right = (await outcomesOf(store)).filter(({ metric }) => metric === 'right');
  expect(right).toMatchObject([{ variant: 1, units: 1 }]);
});

test('an exposure that its analysis could not use is refused with the reason', async () => {
  const store = await clickhouse.database('refused');
  const bad = [
    exposureLine('a', 0, 'with', { probability: undefined }),
    exposureLine('b', 0, 'with', { probability: 0.4 }),
    exposureLine('c', 0, 'third'),
    exposureLine('d', 0, 'with', { stage: 2 }),
    exposureLine('e', 0, 'with', { experiment: undefined }),
    eventLine('millrace.experiment', 'mallory', 0, { context: { definition: '{}' } }),
  ];
  await run(store, [definitionLine(hints()), ...bad, exposureLine('f', 0, 'with')]);
  const letters = await store.query<{ code: string; reason: string }>(
    'SELECT code, reason FROM dead_letters FINAL ORDER BY offset',
  );
  expect(letters.map(({ code }) => code)).toEqual([
    ...bad.slice(0, 5).map(() => 'EXPOSURE_INVALID'),
    'EXPERIMENT_INVALID',
  ]);
  expect(letters[0]!.reason).toMatch(/^context\.probability: expected the probability .* got none/);
  expect(letters[1]!.reason).toMatch(/expected 0.5, which with has in stage 1 of hints, got 0.4/);
  expect(letters[2]!.reason).toMatch(/expected a variant of hints \(without, with\)/);
  expect(await exposuresOf(store)).toEqual([{ variant: 1, units: 1, crossed: 0 }]);
  const [{ n } = { n: 0 }] = await store.query<{ n: number }>(
    'SELECT count() AS n FROM events FINAL',
  );
  expect(n).toBe(2);
});

test('clusters are counted by their name and the day of their members', async () => {
  const store = await clickhouse.database('clusters');
  await run(store, [
    definitionLine(hints({ unit: 'class' })),
    exposureLine('ada', 0, 'with', { unit: '7b' }),
    exposureLine('bob', 0, 'with', { unit: '7b' }),
    eventLine('answered', 'bob', minute, { value: 1 }),
    passing(50 * minute),
    passing(50 * minute),
  ]);
  const rows = await store.query(
    `SELECT cluster, variant, toUInt32(units) AS units, toString(n) AS n FROM experiment_clusters FINAL
     WHERE metric = 'right' ORDER BY cluster`,
  );
  expect(rows).toEqual([
    // No day is over of which everybody would be scored.
    { cluster: '0 ', variant: 0, units: 0, n: '0' },
    { cluster: '0 7b', variant: 1, units: 2, n: '1' },
  ]);
  expect(await outcomesOf(store)).toEqual([]);
});

const day = 24 * 60 * minute;

/** An experiment of classes that began ten days ago, members coming all the time, everything up to a day late in the log. */
function classLog(): { readonly definition: string; readonly lines: readonly string[] } {
  const random = randomState(23);
  const start = receivedAt - 11 * day;
  const definition = hints({
    ...{ unit: 'class', gatherDays: 2 },
    stages: [{ number: 1, startAt: start, traffic: 1, weights: [0.5, 0.5] }],
  });
  const lines: string[] = [];
  for (let at = -11 * day; at < -day; at += 12 * minute) {
    const user = Math.floor(uniform(random) * 600);
    const group = user % 30;
    // A class is opened as the days pass, and members go on to come after.
    if (group > 3 * (11 + at / day)) continue;
    const time = at - Math.floor(uniform(random) * 9 * minute);
    const variant = group % 2 === 0 ? 'with' : 'without';
    lines.push(
      uniform(random) < 0.5
        ? exposureLine(`u-${user}`, time, variant, { unit: `class ${group}` })
        : eventLine('answered', `u-${user}`, time, { value: user % 3 === 0 ? 1 : 0 }),
    );
  }
  return { definition: definitionLine(definition), lines };
}

/** The classes that are complete by the counts of all partitions. */
async function classesOf(store: Store) {
  const { clusters, clusterDays } = await readCounts(store, 'hints');
  const days = completeDays(clusterDays.get('right')!);
  const gathered = [0, 1].map((variant) =>
    gatherClusters(
      clusters.filter((cell) => cell.metric === 'right' && cell.variant === variant),
      days,
      2,
    ),
  );
  return { days, gathered };
}

test('classes are the same in one partition and in three, and whatever the cuts', async () => {
  const { definition, lines } = classLog();
  const whole = await clickhouse.database('classes_whole');
  await run(whole, [definition, ...lines], lines.length);
  const expected = await classesOf(whole);
  expect(expected.days).toBe(9);
  expect(expected.gathered.flat().length).toBeGreaterThan(15);
  expect(expected.gathered.flat().length).toBeLessThan(30);

  const broken = await clickhouse.database('classes_broken');
  const log = [definition, ...lines];
  for (const until of [1, 60, 300, 301, log.length]) {
    await run(broken, log.slice(0, until), 7, until);
  }
  expect(describeDifferences(await readContents(broken), await readContents(whole))).toEqual([]);

  const split = await clickhouse.database('classes_split');
  for (const partition of [0, 1, 2]) {
    const own = lines.filter((line) => (Number(/u-(\d+)/.exec(line)![1]) % 7) % 3 === partition);
    await run(split, [definition, ...own], 11, own.length + 1, [partition, 3]);
  }
  expect(await classesOf(split)).toEqual(expected);
});

test('a complete class is not changed by who comes later', async () => {
  const { definition, lines } = classLog();
  const known = new Map<string, unknown>();
  const store = await clickhouse.database('classes_course');
  for (let until = 100; ; until = Math.min(until + 150, lines.length)) {
    await run(store, [definition, ...lines.slice(0, until)], 50, until + 1);
    for (const each of (await classesOf(store)).gathered.flat()) {
      expect(known.get(each.cluster) ?? each).toEqual(each);
      known.set(each.cluster, each);
    }
    if (until === lines.length) break;
  }
  expect(known.size).toBeGreaterThan(15);
});

/** 120 users, each exposed at some moment, some twice, with events before and after. */
function busyLog(): string[] {
  const random = randomState(11);
  const log = [definitionLine(hints())];
  for (let i = 0; i < 1_200; i += 1) {
    const user = `u-${Math.floor(uniform(random) * 120)}`;
    // Up to eleven minutes behind: some are late.
    const at = i * 6_000 - Math.floor(uniform(random) * 11 * minute);
    const kind = uniform(random);
    const variant = Number(user.slice(2)) % 2 === 0 ? 'with' : 'without';
    const other = uniform(random) < 0.02 ? 'with' : variant;
    const grade = Math.floor(uniform(random) * 3);
    if (kind < 0.2) log.push(exposureLine(user, at, other, { segments: { grade } }));
    else if (kind < 0.6) log.push(eventLine('answered', user, at, { value: i % 2 }));
    else if (kind < 0.8) log.push(eventLine('worked', user, at, { context: { minutes: i % 12 } }));
    else log.push(passing(Math.max(0, at)));
  }
  return [...log, passing(300 * minute)];
}

test('stops and other cuts leave the same counts, state included', async () => {
  const log = busyLog();
  const whole = await clickhouse.database('counts_whole');
  await run(whole, log, log.length);
  const broken = await clickhouse.database('counts_broken');
  for (const until of [1, 90, 300, 301, 555, 900, log.length]) {
    await run(broken, log.slice(0, until), 7, until);
  }
  expect(describeDifferences(await readContents(broken), await readContents(whole))).toEqual([]);
  const total = (await outcomesOf(whole)).reduce((sum, { units }) => sum + (units as number), 0);
  expect(total).toBeGreaterThan(200);
});

test('a definition written now does not make late what producers send of the past', async () => {
  const store = await clickhouse.database('past');
  const day = 24 * 60 * minute;
  const late = definitionLine(hints({ name: 'Hints, later' }), 2, receivedAt - minute);
  const log = [
    eventLine('viewed', 'nobody', -day, { item: 'clock' }),
    late,
    late,
    exposureLine('ada', 0, 'with'),
    eventLine('answered', 'ada', 3 * minute, { value: 1 }),
    passing(120 * minute),
    passing(121 * minute),
  ];
  await run(store, log);
  expect(await exposuresOf(store)).toEqual([{ variant: 1, units: 1, crossed: 0 }]);
  const [scored] = await outcomesOf(store);
  expect(scored).toMatchObject({ metric: 'minutes', variant: 1, units: 1 });
  expect(await store.query('SELECT raw FROM late_events FINAL')).toEqual([]);
  const archived = await store.query(
    "SELECT id FROM events FINAL WHERE type = 'millrace.experiment'",
  );
  expect(archived).toEqual([{ id: 'hints@2' }]);
  const counted = await store.query(
    "SELECT DISTINCT segment FROM metrics WHERE metric = 'events' ORDER BY segment",
  );
  expect(counted).toEqual([
    { segment: 'answered' },
    { segment: 'exposure' },
    { segment: 'viewed' },
  ]);
});

test('where a hash family has few buckets, an exposure may log their share or the weight', async () => {
  const thirds = hints({
    hash: { family: 'statsig', ruleSalt: 'rule' },
    variants: [
      { key: 'without', name: 'Without', weight: 1 / 3 },
      { key: 'with', name: 'With', weight: 2 / 3 },
    ],
    stages: [
      { number: 1, startAt: receivedAt - 12 * 60 * minute, traffic: 1, weights: [1 / 3, 2 / 3] },
    ],
  });
  const store = await clickhouse.database('buckets');
  await run(store, [
    definitionLine(thirds),
    exposureLine('ada', 0, 'without', { probability: 0.333 }),
    exposureLine('bob', 0, 'without', { probability: 1 / 3 }),
    exposureLine('cem', 0, 'without', { probability: 0.34 }),
  ]);
  expect(await exposuresOf(store)).toEqual([{ variant: 0, units: 2, crossed: 0 }]);
  // A probability of the producer's own is in no stage: nothing is counted by it, and the letter says what was expected.
  const letters = await store.query('SELECT code, reason FROM dead_letters FINAL');
  expect(letters).toEqual([
    {
      code: 'EXPOSURE_INVALID',
      reason:
        'context.probability: expected 0.333, which without has in stage 1 of hints, got 0.34',
    },
  ]);
});

test('a variant that a stage draws for nobody cannot have been seen in it', async () => {
  // GrowthBook draws once: at 50 % everyone below one half has the first variant, so the second stage has only the others left.
  const ramp = hints({
    hash: { family: 'growthbook', version: 2 },
    stages: [
      { number: 1, startAt: start, traffic: 0.5, weights: [1, 0] },
      { number: 2, startAt: start + minute, traffic: 1, weights: [0.5, 0.5] },
    ],
  });
  const store = await clickhouse.database('nobody');
  await run(store, [
    definitionLine(ramp),
    exposureLine('ada', 2, 'without', { stage: 1, probability: 1 }),
    exposureLine('bob', 2, 'with', { stage: 2, probability: 1 }),
    exposureLine('cem', 2, 'with', { stage: 2, probability: 0.5 }),
    exposureLine('dan', 2, 'without', { stage: 2, probability: 0.5 }),
    exposureLine('eve', 2, 'with', { stage: 1, probability: 1 }),
  ]);
  expect(await exposuresOf(store)).toEqual([
    { variant: 0, units: 1, crossed: 0 },
    { variant: 1, units: 2, crossed: 0 },
  ]);
  const reasons = await store.query('SELECT reason FROM dead_letters FINAL ORDER BY offset');
  expect(reasons).toEqual([
    { reason: 'context.variant: stage 2 of hints draws without for nobody' },
    { reason: 'context.variant: stage 1 of hints draws with for nobody' },
  ]);
});
