/**
 * Predictions by ONNX Runtime on one thread: rows a second in batches, one row at a time through the micro-batcher, and how long the
 * event loop is held up, with 100 trees here and 1,000 trees in a thread of their own.
 *
 * All rows are fresh: the same ones again would be three times as fast, because branches are foreseen. `rows_per_s` is by processor
 * time, `rows_per_wall_s` by the clock. `_best_p99_ms` is of the fastest of three tries of each row: what the call itself costs where
 * others have the processor meanwhile.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { exportModel } from '../models/onnx/exportModel.ts';
import { microBatcher } from '../models/scoring/microBatcher.ts';
import { openSession, type ScoringSession } from '../models/scoring/session.ts';
import { startSession } from '../models/scoring/startSession.ts';
import { predictRow } from '../models/training/trainedModel.ts';
import { trainTrees } from '../models/trees/trainTrees.ts';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';
import { drawRows, width } from './train/rows.ts';

const batch = 64;

interface Speed {
  readonly perCpu: number;
  readonly perWall: number;
  /** p99, less the resolution of the measurement. */
  readonly delayMs: number;
}

/** Scores all rows in batches, one after the other. */
async function inBatches(session: ScoringSession, values: Float32Array): Promise<Speed> {
  const rows = values.length / width;
  const resolution = 1;
  const delays = monitorEventLoopDelay({ resolution });
  const cpu = process.cpuUsage();
  const began = performance.now();
  delays.enable();
  for (let from = 0; from < rows; from += batch) {
    await session.score(values.subarray(from * width, (from + batch) * width));
    await turn();
  }
  delays.disable();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perCpu: rows / ((user + system) / 1e6),
    perWall: rows / seconds,
    delayMs: Math.max(0, delays.percentile(99) / 1e6 - resolution),
  };
}

/** The same measurement while nothing is scored: what others on the machine cost. */
async function idleDelay(forMs: number): Promise<number> {
  const resolution = 1;
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  for (const end = performance.now() + forMs; performance.now() < end; ) await turn();
  delays.disable();
  return Math.max(0, delays.percentile(99) / 1e6 - resolution);
}

export async function run({ full }: Size): Promise<Figures> {
  const train = drawRows(full ? 20_000 : 1_000, 1);
  const fresh = drawRows(full ? 200_000 : 2_000, 2);
  const options = { leaves: 31, learningRate: 0.05, validationShare: 0 };
  const grown = (rounds: number) => trainTrees(train, { ...options, rounds });
  const small = grown(full ? 100 : 20);
  const large = grown(full ? 1_000 : 40);
  const fileOf = (model: typeof small) => exportModel(model, { features: train.features });

  const here = await openSession(fileOf(small), { allowsMissing: true });
  await inBatches(here, fresh.values.subarray(0, 1_000 * width));
  const speed = await inBatches(here, fresh.values);

  const batcher = microBatcher(here);
  const rowAt = (row: number) => fresh.values.subarray(row * width, (row + 1) * width);
  const timed = async (row: number): Promise<number> => {
    const began = performance.now();
    await batcher.score(rowAt(row));
    return performance.now() - began;
  };
  const tries: number[][] = [];
  for (let row = 0; row < (full ? 20_000 : 200); row += 1) {
    tries.push([await timed(row), await timed(row), await timed(row)]);
  }
  const first = tries.map(([time]) => time!);
  const best = tries.map((times) => Math.min(...times));
  const together = performance.now();
  const asked = Array.from({ length: 64 }, (_, row) => batcher.score(rowAt(row)));
  await Promise.all(asked);
  const togetherMs = performance.now() - together;
  await here.release();

  const idleDelayMs = await idleDelay(full ? 1_000 : 10);
  const apart = await startSession(fileOf(large), { allowsMissing: true });
  const apartRows = fresh.values.subarray(0, (full ? 20_000 : 1_000) * width);
  const apartSpeed = await inBatches(apart, apartRows);
  await apart.release();

  const predict = predictRow(small);
  const cpu = process.cpuUsage();
  let sum = 0;
  const reference = full ? 50_000 : 1_000;
  for (let row = 0; row < reference; row += 1) sum += predict(fresh.values, row * width);
  const { user, system } = process.cpuUsage(cpu);
  return {
    trees: small.trees.roots.length,
    rows_per_s: speed.perCpu,
    rows_per_wall_s: speed.perWall,
    one_row_p50_ms: quantile(first, 0.5),
    one_row_p99_ms: quantile(first, 0.99),
    one_row_best_p99_ms: quantile(best, 0.99),
    sixty_four_rows_ms: togetherMs,
    event_loop_delay_p99_ms: Math.max(speed.delayMs, apartSpeed.delayMs),
    small_here_delay_p99_ms: speed.delayMs,
    large_in_thread_delay_p99_ms: apartSpeed.delayMs,
    idle_delay_p99_ms: idleDelayMs,
    large_trees: large.trees.roots.length,
    large_rows_per_wall_s: apartSpeed.perWall,
    typescript_rows_per_s: reference / ((user + system) / 1e6),
    digest: sum / reference,
  };
}
