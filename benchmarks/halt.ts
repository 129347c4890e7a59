/**
 * How soon an answer changes: a thousand live experiments with twenty metrics each, at a steady 20,000 events a second, from the
 * log through pipeline, ClickHouse and evaluation.
 *
 * A unit is due when the watermark has passed the end of its window; the event that moves the watermark there is what changes
 * the answer. Latencies run from that event's arrival, and a unit counts when all twenty metrics have it. There are two of them,
 * of different things and of different experiments:
 *
 * - `evidence_…`, of all experiments: until the evidence of all comparisons is computed and what must be done at once – a stop by
 *   a guardrail, a pause for lost units – would have been begun. Intervals, segments, readings and sentences are not computed for
 *   it, and nobody reads anything.
 * - `watched_answer_…`, of the watched experiments alone, every tenth (`watched_experiments`): until a reader has the whole
 *   answer with the unit in it, verdict, intervals and summaries of all metrics. He reads at every change
 *   (`watched_answers_read`). It is no figure of all experiments: were all of them watched so, it would be larger.
 *
 * The history reads the whole answers of all experiments every five seconds besides.
 *
 * Events that came before are taken in first, at full speed: the exposures whose windows end while it is measured.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Experiment } from '../contracts/experiment.ts';
import { ExperimentMetric } from '../contracts/experimentMetric.ts';
import { definitionEvent, type ExperimentRecord } from '../contracts/experimentRecord.ts';
import { Counts } from '../control/experiments/counts.ts';
import { startEvaluator } from '../control/experiments/evaluator.ts';
import { tallyUnits } from '../control/experiments/experimentCounts.ts';
import type { WatchedCounts } from '../control/experiments/metricCells.ts';
import type { PartitionReport } from '../pipelines/status.ts';
import { createStore } from '../sinks/clickhouse/store.ts';
import { type RandomState, randomState, uniform } from '../stats/random.ts';
import type { Figures, Size } from './run.ts';
import { withClickHouse } from './support/clickhouse.ts';
import { EventWriter } from './support/eventWriter.ts';
import type { MemoryPartition, Pace } from './support/memoryLog.ts';
import type { PipelineWork } from './support/pipelineWorker.ts';
import { quantile } from './support/quantile.ts';

/** Outputs are written this often: `MILLRACE_EPOCH_MS`. */
const limits = { epochMs: 100, epochEvents: 100_000, checkpointMs: 2_000 };
const minute = 60_000;
const windowMs = minute;
/** Lateness that the pipeline allows, ms. */
const latenessMs = 10 * minute;
const metricsEach = 20;
/** Share of events that are exposures. */
const exposureShare = 0.05;
const users = 100_000;
/** Events handed out at once: 10 ms of them. */
const chunk = 200;
/** Time of the definitions' start before the first event, ms. */
const leadMs = 2 * minute;
/** One experiment of so many is watched. */
const watchEvery = 10;
/** The first of the measurement is not counted: code is not compiled yet, ms. */
const warmupMs = 5_000;

interface Plan {
  readonly experiments: number;
  readonly eventsPerSecond: number;
  readonly seconds: number;
}

const types = ['answered', 'worked', 'rated', 'viewed'];

function metricsOf(): ExperimentMetric[] {
  return Array.from({ length: metricsEach }, (_, m) => {
    const type = { field: 'type', is: types[m % types.length]! };
    const yesOrNo = m % 2 === 0;
    return ExperimentMetric.parse({
      key: `metric-${m}`,
      name: `Metric ${m}`,
      kind: yesOrNo ? 'binary' : 'continuous',
      filter: yesOrNo ? { all: [type, { field: 'value', is: 1 }] } : type,
      measure: yesOrNo ? { of: 'existence' } : { of: 'value', field: 'value' },
      ...(yesOrNo ? {} : { cap: [0, 20] }),
      windowMs,
    });
  });
}

function recordsOf(count: number, startAt: number): ExperimentRecord[] {
  const metrics = metricsOf();
  return Array.from({ length: count }, (_, e) => ({
    revision: 1,
    experiment: Experiment.parse({
      key: `experiment-${e}`,
      name: `Experiment ${e}`,
      variants: [
        { key: 'without', name: 'Without', weight: 0.5 },
        { key: 'with', name: 'With', weight: 0.5 },
      ],
      control: 'without',
      metrics: metrics.map(({ key }, m) => ({
        metric: key,
        role: m === 0 ? 'primary' : m < 4 ? 'guardrail' : 'secondary',
      })),
      minimumEffect: 0.02,
      state: 'running',
      stages: [{ number: 1, startAt, traffic: 1, weights: [0.5, 0.5] }],
    }),
    metrics,
  }));
}

interface Prepared {
  readonly records: readonly ExperimentRecord[];
  readonly events: MemoryPartition;
  /** Events that are there before the measurement. */
  readonly before: number;
  /** By experiment: when its units are due, ascending, ms since 1970. */
  readonly dues: ReadonlyMap<string, readonly number[]>;
}

/** @param startAt when the steady stream begins, ms since 1970 */
function prepare({ experiments, eventsPerSecond, seconds }: Plan, startAt: number): Prepared {
  const random = randomState(5);
  const origin = startAt - latenessMs - windowMs;
  const records = recordsOf(experiments, origin - leadMs);
  const encoder = new TextEncoder();
  const writer = new EventWriter();
  const add = (event: string) => writer.add(encoder.encode(event));
  const dues = new Map<string, number[]>();
  const exposed = new Set<string>();
  for (const record of records) add(definitionEvent(record, origin - leadMs));
  const expose = (id: string, time: number) => {
    const { key } = records[Math.floor(uniform(random) * experiments)]!.experiment;
    let user: string;
    // Nobody twice: who is seen in both variants is not scored.
    do user = `u-${Math.floor(uniform(random) * users)}`;
    while (exposed.has(`${user} ${key}`));
    exposed.add(`${user} ${key}`);
    add(exposureOf(id, time, user, key, random));
    const due = time + windowMs + latenessMs;
    if (due > startAt + seconds * 1000) return;
    const of = dues.get(key) ?? [];
    of.push(due);
    dues.set(key, of);
  };
  // Whose windows end while it is measured.
  const perSecond = eventsPerSecond * exposureShare;
  const earlier = Math.floor(perSecond * seconds);
  for (let i = 0; i < earlier; i += 1) expose(`e-${i}`, origin + (i / perSecond) * 1000);
  while (writer.length % chunk !== 0) add(outcomeOf(`f-${writer.length}`, origin, random));
  const before = writer.length;
  const total = eventsPerSecond * seconds;
  for (let i = 0; i < total; i += 1) {
    const time = Math.floor(startAt + (i / eventsPerSecond) * 1000);
    if (uniform(random) < exposureShare) expose(`x-${i}`, time);
    else add(outcomeOf(`o-${i}`, time, random));
  }
  return { records, events: writer.share(), before, dues };
}

function exposureOf(
  id: string,
  time: number,
  user: string,
  experiment: string,
  random: RandomState,
): string {
  const variant = uniform(random) < 0.5 ? 'with' : 'without';
  const context = { experiment, variant, probability: 0.5, stage: 1 };
  return JSON.stringify({ id, type: 'exposure', time: Math.floor(time), user, context });
}

function outcomeOf(id: string, time: number, random: RandomState): string {
  const user = `u-${Math.floor(uniform(random) * users)}`;
  const type = types[Math.floor(uniform(random) * types.length)]!;
  const item = `item-${Math.floor(uniform(random) * 500)}`;
  const context = { skill: `skill-${item.length}`, course: 'course-1', attempt: 1 };
  return JSON.stringify({
    id,
    type,
    time,
    user,
    item,
    value: uniform(random) < 0.5 ? 1 : 0,
    context,
  });
}

export async function run({ full }: Size): Promise<Figures> {
  const plan: Plan = full
    ? { experiments: 1_000, eventsPerSecond: 20_000, seconds: 60 }
    : { experiments: 20, eventsPerSecond: 2_000, seconds: 8 };
  return withClickHouse(async (clickhouse) => {
    // So long the events are made and those from before taken in.
    const startAt = Date.now() + (full ? 60_000 : 10_000);
    const { records, events, before, dues } = prepare(plan, startAt);
    const store = createStore(clickhouse);
    /** Latencies, ms: of the evidence of all, and of the whole answers of the watched. */
    const evidence: number[] = [];
    const answers: number[] = [];
    /** By experiment: units that the evidence has had. */
    const seen = new Map<string, number>();
    let evaluations = 0;
    let answersRead = 0;
    const watched = new Set(
      records.flatMap(({ experiment }, e) => (e % watchEvery === 0 ? [experiment.key] : [])),
    );
    const counts = new Counts(store);
    const evaluator = startEvaluator({
      store,
      counts,
      definitions: { running: () => records.map((record) => ({ record, changedAt: startAt })) },
      say: (sentence) => console.error(sentence),
      onAnswer(answer) {
        // The evidence is that of the counts as they are at this moment; an evaluator acts before it tells.
        evaluations += 1;
        const { experiment } = answer;
        const due = dues.get(experiment) ?? [];
        const before = seen.get(experiment) ?? 0;
        const scored = scoredIn(counts.of(experiment));
        seen.set(experiment, scored);
        const fresh = due.slice(before, scored).filter((at) => at >= startAt + warmupMs);
        const known = Date.now();
        for (const at of fresh) evidence.push(known - at);
        if (!watched.has(experiment)) return;
        const result = answer.read();
        const now = Date.now();
        answersRead += 1;
        const shown = result?.metrics.map(({ arms }) =>
          arms.reduce((sum, arm) => sum + arm.units, 0),
        );
        if (Math.min(...(shown ?? [0])) < scored) return;
        for (const at of fresh) answers.push(now - at);
      },
    });
    const { eventsPerSecond } = plan;
    // As if they had come when they happened: what is later than its reception counts as its reception.
    const earlier = { events: before, receivedAt: startAt - latenessMs };
    const pace: Pace = { startAt, eventsPerSecond, chunk, before: earlier };
    let failure: string | null = null;
    const work: PipelineWork = { partition: 0, partitions: 1, events, pace, limits, clickhouse };
    const worker = new Worker(new URL('./support/pipelineWorker.js', import.meta.url), {
      workerData: work,
    });
    let isReady = false;
    worker.on('message', (report: PartitionReport) => {
      const { committedOffset = 0, writtenOffset, state, detail } = report;
      // As in an engine that is one process.
      if (writtenOffset !== undefined) evaluator.look();
      if (state === 'failed') failure = detail ?? 'the partition failed';
      if (!isReady && committedOffset >= before) {
        isReady = true;
        if (Date.now() > startAt) failure = 'the events from before took too long';
      }
      if (failure !== null || committedOffset >= events.length) worker.postMessage('stop');
    });
    await once(worker, 'exit');
    await sleep(1_000);
    await evaluator.stop();
    await store.close();
    if (failure !== null) throw new Error(failure);
    const dueIn = (keys: Iterable<string>) =>
      [...keys].flatMap((key) => dues.get(key) ?? []).filter((due) => due >= startAt + warmupMs)
        .length;
    return {
      experiments: plan.experiments,
      metrics_each: metricsEach,
      events_per_s: eventsPerSecond,
      evidence_units_due: dueIn(dues.keys()),
      evidence_units: evidence.length,
      evidence_evaluations: evaluations,
      evidence_p50_ms: quantile(evidence, 0.5),
      evidence_p99_ms: quantile(evidence, 0.99),
      evidence_largest_ms: evidence.reduce((a, b) => Math.max(a, b), 0),
      watched_experiments: watched.size,
      watched_units_due: dueIn(watched),
      watched_answer_units: answers.length,
      watched_answers_read: answersRead,
      watched_answer_p50_ms: quantile(answers, 0.5),
      watched_answer_p99_ms: quantile(answers, 0.99),
      watched_answer_largest_ms: answers.reduce((a, b) => Math.max(a, b), 0),
    };
  });
}

/** Units that all metrics have scored. */
function scoredIn({ metrics }: WatchedCounts): number {
  if (metrics.size < metricsEach) return 0;
  let least = Infinity;
  for (const { outcomes } of metrics.values()) {
    let units = 0;
    for (const cells of outcomes.get('') ?? []) {
      for (const { tallies } of cells ?? []) units += tallyUnits(tallies);
    }
    least = Math.min(least, units);
  }
  return least;
}
