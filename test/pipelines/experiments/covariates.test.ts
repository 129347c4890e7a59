/** Covariates as the data plane counts them: what a direct computation from the raw events says, under any cut and partition. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../../benchmarks/support/tables.ts';
import { pastOfLog } from '../../../cli/pastLog.ts';
import { replayCounts } from '../../../cli/replayResult.ts';
import type { LogReader } from '../../../contracts/chunk.ts';
import type { ExperimentInput } from '../../../contracts/experiment.ts';
import { ExperimentMetric } from '../../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../../contracts/experimentRecord.ts';
import { partitionOf } from '../../../contracts/hash.ts';
import type { Store } from '../../../contracts/store.ts';
import { readCounts } from '../../../control/experiments/counts.ts';
import { evaluateExperiment } from '../../../control/experiments/evaluate.ts';
import type { ExperimentCounts } from '../../../control/experiments/experimentCounts.ts';
import { prepareExperiment } from '../../../control/experiments/preparedExperiment.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import {
  type ExactCrossMomentsState,
  exactCrossMoments,
  exactCrossMomentsText,
} from '../../../stats/exact/exactCrossMoments.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  answeredRight,
  definitionLine,
  eventLine,
  exposureLine,
  hints,
  minute,
  minutesSpent,
  passing,
  receivedAt,
  rightShare,
  start,
} from '../../support/experimentLines.ts';
import { linesLog } from '../../support/linesLog.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const metrics: ExperimentInput['metrics'] = [
  {
    metric: 'right',
    role: 'primary',
    covariates: [{ of: 'past' }, { of: 'exposure', field: 'context.segments.grade', cap: [0, 10] }],
  },
  {
    metric: 'minutes',
    role: 'secondary',
    covariates: [{ of: 'past' }, { of: 'past', metric: 'right' }],
  },
  { metric: 'share', role: 'secondary', covariates: [{ of: 'past' }] },
];
const experiment = hints({ metrics });
const record: ExperimentRecord = {
  revision: 1,
  experiment,
  metrics: [answeredRight, minutesSpent, rightShare].map((each) => ExperimentMetric.parse(each)),
};

/** An event as it was drawn; `at` in ms since the start. */
interface Drawn {
  readonly user: string;
  readonly at: number;
  readonly exposure?: { readonly variant: number; readonly grade: number | undefined };
  readonly right?: number;
  readonly minutes?: number;
}

/** Users in no order, up to nine minutes late, with a past, an exposure or several, and a life after it. */
function draw(seed: number, count: number): Drawn[] {
  const random = randomState(seed);
  const drawn: Drawn[] = [];
  for (let i = 0; i < count; i += 1) {
    const number = Math.floor(uniform(random) * 60);
    const at = Math.max(0, i * 12_000 - Math.floor(uniform(random) * 9 * minute));
    const user = `u-${number}`;
    const kind = uniform(random);
    if (kind < 0.06) {
      const grade = number % 5 === 0 ? undefined : number % 13;
      drawn.push({ user, at, exposure: { variant: number % 2, grade } });
    } else if (kind < 0.7) drawn.push({ user, at, right: Number(uniform(random) < 0.4) });
    else drawn.push({ user, at, minutes: Math.round(uniform(random) * 64) / 8 });
  }
  return drawn;
}

/** Of one drawing, the same lines each time: they have ids. */
const written = new WeakMap<readonly Drawn[], string[]>();

function linesOf(drawn: readonly Drawn[]): string[] {
  const lines = written.get(drawn) ?? drawn.map(lineOf);
  written.set(drawn, lines);
  return lines;
}

function lineOf({ user, at, exposure, right, minutes }: Drawn): string {
  if (exposure !== undefined) {
    const { variant, grade } = exposure;
    const segments = grade === undefined ? {} : { grade };
    return exposureLine(user, at, variant === 1 ? 'with' : 'without', { segments });
  }
  if (right !== undefined) return eventLine('answered', user, at, { value: right });
  return eventLine('worked', user, at, { context: { minutes } });
}

type Figures = Map<string, number[][]>;

/** Figures of each unit by metric and variant, from all events at once. */
function direct(drawn: readonly Drawn[]): Figures {
  const found: Figures = new Map();
  const add = (metric: string, variant: number, figures: number[]) => {
    const key = `${metric} ${variant}`;
    found.set(key, [...(found.get(key) ?? []), figures]);
  };
  for (const user of new Set(drawn.map((each) => each.user))) {
    const own = drawn.filter((each) => each.user === user);
    const first = own.findIndex(({ exposure }) => exposure !== undefined);
    if (first < 0) continue;
    const { at, exposure } = own[first]!;
    const before = own.slice(0, first);
    const after = own.slice(first + 1).filter((each) => each.at >= at);
    const within = (windowMs: number) => after.filter((each) => each.at < at + windowMs);
    const answers = (events: readonly Drawn[]) =>
      events.flatMap(({ right }) => (right === undefined ? [] : [right]));
    const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
    const spent = (events: readonly Drawn[]) => sum(events.map(({ minutes = 0 }) => minutes));
    // Span by span from the first with an event that counts.
    const past = (
      spanMs: number,
      counts: (each: Drawn) => boolean,
      figureOf: (events: readonly Drawn[]) => number,
    ): number | undefined => {
      const spanOf = (each: { at: number }) => Math.floor((start + each.at) / spanMs);
      const counted = before.filter(counts);
      const until = spanOf({ at });
      const known = counted.filter((each) => spanOf(each) < until);
      if (known.length === 0) return undefined;
      let value = 0;
      let weight = 0;
      for (let span = Math.min(...known.map(spanOf)); span < until; span += 1) {
        const factor = (31 / 32) ** (until - 1 - span);
        value += factor * figureOf(known.filter((each) => spanOf(each) === span));
        weight += factor;
      }
      return value / weight;
    };
    const marked = (...figures: (number | undefined)[]) =>
      figures.includes(undefined) ? [...figures.map(() => 0), 1] : [...(figures as number[]), 0];
    const half = 30 * minute;
    const isRight = ({ right }: Drawn) => right === 1;
    const isAnswer = ({ right }: Drawn) => right !== undefined;
    const pastRight = past(half, isRight, (events) => Math.min(1, events.length));
    const { variant, grade } = exposure!;
    add('right', variant, [
      Math.min(1, sum(answers(within(half)))),
      ...marked(pastRight),
      ...marked(grade === undefined ? undefined : Math.min(10, grade)),
    ]);
    add('minutes', variant, [
      Math.min(10, spent(within(60 * minute))),
      ...marked(
        past(
          60 * minute,
          (each) => each.minutes !== undefined,
          (events) => Math.min(10, spent(events)),
        ),
      ),
      ...marked(pastRight),
    ]);
    const given = past(half, isAnswer, (events) => answers(events).length);
    const good = past(half, isAnswer, (events) => sum(answers(events)));
    add('share', variant, [
      sum(answers(within(half))),
      answers(within(half)).length,
      ...marked(good, given, given === undefined ? undefined : good! / given),
    ]);
  }
  return found;
}

const marks = [passing(700 * minute), passing(700 * minute)];

/** The lines in so many partitions, users by their hash. */
function logOf(drawn: readonly Drawn[], partitions: number, chunk: number): LogReader {
  const parts = Array.from({ length: partitions }, () => [definitionLine(experiment)]);
  for (const [i, line] of linesOf(drawn).entries()) {
    const bytes = Buffer.from(drawn[i]!.user);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    parts[partitionOf({ bytes, view }, 0, bytes.length, partitions)]!.push(line);
  }
  for (const part of parts) part.push(...marks);
  const logs = parts.map((part) => linesLog(part, { chunk, receivedAt, start: 0 }));
  return {
    partitions,
    read: (partition, offset) => {
      const read = logs[partition]!.read(0, offset);
      return read && { ...read, partition };
    },
    end: (partition) => logs[partition]!.end(0),
    start: () => 0,
    close: async () => {},
  };
}

function countsOf(log: LogReader): Promise<ExperimentCounts> {
  const ends = Array.from({ length: log.partitions }, (_, partition) => ({
    partition,
    offset: log.end(partition),
  }));
  const offsets = { exposures: ends, outcomes: ends, clusters: ends, covariates: ends };
  return replayCounts(pastOfLog(log), 'hints', offsets);
}

const plans = new Map(
  prepareExperiment(record).metrics.map(({ metric, covariates }) => [metric.key, covariates!]),
);

/** Of each metric and variant the moments of all partitions. */
function momentsOf({ covariates }: ExperimentCounts): Map<string, ExactCrossMomentsState> {
  const found = new Map<string, ExactCrossMomentsState>();
  for (const { metric, variant, tallies } of covariates) {
    const fold = exactCrossMoments(plans.get(metric)!.grids);
    const state = found.get(`${metric} ${variant}`) ?? fold.initial();
    for (const tally of tallies) fold.merge(state, tally);
    found.set(`${metric} ${variant}`, state);
  }
  return found;
}

const textOf = (counts: ExperimentCounts) =>
  [...momentsOf(counts)]
    .map(([key, state]) => JSON.stringify([key, exactCrossMomentsText(state)]))
    .sort();

test('moments are those of figures computed from the raw events', async () => {
  for (const seed of [1, 2]) {
    const drawn = draw(seed, 800);
    const found = momentsOf(await countsOf(logOf(drawn, 1, 50)));
    const wanted = direct(drawn);
    expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
    let known = 0;
    for (const [key, figures] of wanted) {
      const { grids } = plans.get(key.split(' ')[0]!)!;
      const state = found.get(key)!;
      expect(state.count).toBe(figures.length);
      const { means, products } = exactCrossMoments(grids).read(state);
      // Whole numbers lie on their grid; other figures are moved by half a step at most.
      const half = grids.map(({ perUnit }) => (perUnit === 1 ? 0 : 0.5 / perUnit));
      const total = (of: (each: number[]) => number) =>
        figures.reduce((sum, each) => sum + of(each), 0);
      let place = 0;
      for (let i = 0; i < grids.length; i += 1) {
        const mean = total((each) => each[i]!) / figures.length;
        expect(Math.abs(means[i]! - mean)).toBeLessThan(half[i]! + 1e-12);
        for (let j = 0; j <= i; j += 1) {
          const product = total((each) => (each[i]! - means[i]!) * (each[j]! - means[j]!));
          const most = total(
            (each) =>
              2 * half[i]! * Math.abs(each[j]! - means[j]!) +
              2 * half[j]! * Math.abs(each[i]! - means[i]!),
          );
          expect(Math.abs(products[place]! - product)).toBeLessThan(most + 1e-6);
          place += 1;
        }
      }
      known += figures.filter((each) => each.at(-1) === 0).length;
    }
    expect(known).toBeGreaterThan(30);
  }
}, 60_000);

test('are the same bits under every cut and partition', async () => {
  const drawn = draw(11, 700);
  const whole = textOf(await countsOf(logOf(drawn, 1, 5_000)));
  expect(whole.length).toBe(6);
  for (const [partitions, chunk] of [
    [1, 17],
    [2, 64],
    [5, 33],
  ] as const) {
    expect(textOf(await countsOf(logOf(drawn, partitions, chunk)))).toEqual(whole);
  }
}, 60_000);

test('what comes after the exposure changes no covariate', async () => {
  const drawn = draw(5, 600);
  const exposed = new Set<string>();
  // All that a user does behind the exposure, done ten times.
  const busier = drawn.flatMap((each) => {
    const isAfter = exposed.has(each.user);
    if (each.exposure !== undefined) exposed.add(each.user);
    return isAfter && each.exposure === undefined ? Array<Drawn>(10).fill(each) : [each];
  });
  const covariatesOnly = async (events: readonly Drawn[]) =>
    [...momentsOf(await countsOf(logOf(events, 1, 50)))].map(([key, { count, sums }]) => {
      const { outcomes } = plans.get(key.split(' ')[0]!)!;
      return [key, count, [...sums.subarray(2 * outcomes)]];
    });
  expect(await covariatesOnly(busier)).toEqual(await covariatesOnly(drawn));
}, 60_000);

async function run(store: Store, lines: readonly string[], chunk: number, epochEvents = 10_000) {
  const stop = new AbortController();
  await runPartition({
    ...{ pipeline: learning, partition: 0, store },
    reader: linesLog(lines, { chunk, receivedAt, start: 0 }),
    limits: { epochMs: 10, epochEvents, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= lines.length) stop.abort();
    },
  });
}

test('stops in the middle leave the same state, table and result', async () => {
  const drawn = draw(21, 400);
  const lines = [definitionLine(experiment), ...linesOf(drawn), ...marks];
  const whole = await clickhouse.database('covariates_whole');
  await run(whole, lines, 200);
  const broken = await clickhouse.database('covariates_broken');
  for (const until of [1, 170, 171, lines.length]) {
    await run(broken, lines.slice(0, until), 23, 40);
  }
  expect(describeDifferences(await readContents(broken), await readContents(whole))).toEqual([]);
  const stored = await readCounts(broken, 'hints');
  const replayed = await countsOf(logOf(drawn, 1, 30));
  expect(textOf(stored)).toEqual(textOf(replayed));
  const said = (counts: ExperimentCounts) =>
    JSON.stringify(evaluateExperiment(record, { ...counts, offsets: stored.offsets }, 1));
  expect(said(stored)).toBe(said(replayed));
  expect(said(await readCounts(whole, 'hints'))).toBe(said(stored));
}, 60_000);

test('a draft gathers what units do before it starts', async () => {
  const draft = hints({ metrics, state: 'draft', stages: [] });
  const lines = [
    definitionLine(draft),
    // Nobody is taken in by a draft.
    exposureLine('bob', 0, 'with'),
    eventLine('worked', 'ada', minute, { context: { minutes: 4 } }),
    definitionLine(experiment, 2),
    exposureLine('ada', 90 * minute, 'with'),
    passing(200 * minute),
    passing(200 * minute),
  ];
  const log = linesLog(lines, { chunk: 2, receivedAt });
  const state = momentsOf(await countsOf(log)).get('minutes 1')!;
  const { means } = exactCrossMoments(plans.get('minutes')!.grids).read(state);
  expect([state.count, ...means]).toEqual([1, 0, 4, 0, 0, 1]);
});

test('without covariates nothing is kept of what users did before', async () => {
  const store = await clickhouse.database('covariates_none');
  await run(store, [definitionLine(hints()), ...draw(3, 200).map(lineOf)], 20);
  const [state] = await store.query<{ past: number; cells: number }>(
    `SELECT toUInt32(countIf(table = 'experiment-past' AND key != '')) AS past,
            toUInt32(countIf(table = 'experiment-covariates')) AS cells FROM state FINAL`,
  );
  expect(state).toEqual({ past: 0, cells: 0 });
});
