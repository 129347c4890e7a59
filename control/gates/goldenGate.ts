/** Whether the runtime predicts what the trainer's own model does, of rows that were kept with it. */
import type { GateResult } from '../../contracts/gateReport.ts';
import type { Task } from '../../models/training/trainingSet.ts';
import { counted } from '../words.ts';
import type { GoldenSample } from './gateInput.ts';
import { check, digits, judged, result } from './gateWords.ts';

/** Of a probability; of a number beyond 1, of its size. */
export const goldenTolerance = 1e-5;

/** @param found what the runtime predicts of the same rows */
export function goldenGate(
  { predictions }: Pick<GoldenSample, 'predictions'>,
  found: Float64Array,
  task: Task,
): GateResult {
  let worst = 0;
  let at = 0;
  for (const [row, expected] of predictions.entries()) {
    const scale = task === 'binary' ? 1 : Math.max(1, Math.abs(expected));
    const difference = Math.abs(found[row]! - expected) / scale;
    if (difference <= worst) continue;
    // A reference that is no number agrees with nothing.
    worst = Number.isNaN(difference) ? Infinity : difference;
    at = row;
  }
  const rows = counted(predictions.length, 'golden row');
  const passed = worst <= goldenTolerance;
  const figure = check({
    name: 'largest difference from the trainer',
    value: worst,
    bound: goldenTolerance,
    count: predictions.length,
    passed,
  });
  const text = passed
    ? `The runtime predicts what the trainer does on ${rows}, to within ${digits(goldenTolerance)}`
    : `The runtime predicts ${digits(found[at]!)} of golden row ${at} and the trainer ${digits(predictions[at]!)}: ${digits(worst)} apart where ${digits(goldenTolerance)} is allowed`;
  return judged('golden', text, [figure]);
}

export function withoutGolden(): GateResult {
  const text =
    'No golden rows came with the file: whether it predicts what its trainer does, nothing tells';
  return result('golden', 'skipped', text);
}
