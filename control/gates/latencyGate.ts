/**
 * How long one row takes in a thread, as it is served: the p99 of many calls, the median of a few repetitions, so that a machine that
 * was busy for a moment does not fail it.
 */
import { performance } from 'node:perf_hooks';
import type { GateResult } from '../../contracts/gateReport.ts';
import type { GatePlan } from '../../contracts/modelPlan.ts';
import { medianOfSorted } from '../../stats/median.ts';
import { check, digits, judged } from './gateWords.ts';

const warmUp = 20;
const repetitions = 5;
const callsMax = 200;
/** Most time of a repetition, about: a slow model is asked less often. */
const repetitionMs = 1_000;

/**
 * @param score as a session does
 * @param rows  row-major; taken in turn. Zeros where there are none
 * @throws as `score`
 */
export async function latencyGate(
  score: (row: Float32Array) => Promise<Float32Array>,
  rows: Float32Array,
  width: number,
  { latencyMaxMs }: Pick<GatePlan, 'latencyMaxMs'>,
): Promise<GateResult> {
  const count = Math.floor(rows.length / width);
  let next = 0;
  const once = async (): Promise<number> => {
    const at = count === 0 ? 0 : (next % count) * width;
    next += 1;
    const row = count === 0 ? new Float32Array(width) : rows.slice(at, at + width);
    const before = performance.now();
    await score(row);
    return performance.now() - before;
  };
  const usual = medianOfSorted((await timesOf(once, warmUp)).sort());
  const calls = Math.max(warmUp, Math.min(callsMax, Math.floor(repetitionMs / usual)));
  const slowest = new Float64Array(repetitions);
  const middles = new Float64Array(repetitions);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const times = (await timesOf(once, calls)).sort();
    slowest[repetition] = times[Math.ceil(0.99 * calls) - 1]!;
    middles[repetition] = medianOfSorted(times);
  }
  const p99 = medianOfSorted(slowest.sort());
  const passed = p99 <= latencyMaxMs;
  const text = passed
    ? `One row takes ${digits(p99)} ms (p99); ${digits(latencyMaxMs)} ms is allowed`
    : `One row takes ${digits(p99)} ms (p99), ${digits(p99 - latencyMaxMs)} ms more than the ${digits(latencyMaxMs)} ms that is allowed`;
  const asked = repetitions * calls;
  return judged('latency', text, [
    check({ name: 'p99 of one row, ms', value: p99, bound: latencyMaxMs, count: asked, passed }),
    check({
      name: 'median of one row, ms',
      value: medianOfSorted(middles.sort()),
      count: asked,
    }),
  ]);
}

async function timesOf(once: () => Promise<number>, calls: number): Promise<Float64Array> {
  const times = new Float64Array(calls);
  for (let call = 0; call < calls; call += 1) times[call] = await once();
  return times;
}
