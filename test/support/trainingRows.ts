/** Training sets drawn from a known truth. */
import { sigmoid } from '../../models/features.ts';
import type { Task, TrainingFeature, TrainingSet } from '../../models/training/trainingSet.ts';
import { below, normal, randomState, uniform } from '../../stats/random.ts';

export interface DrawOptions {
  readonly rows: number;
  readonly seed?: number;
  readonly task?: Task;
  readonly numeric?: number;
  /** Features of codes from 0 to before so many. */
  readonly categorical?: readonly number[];
  /** Share of values that are missing. */
  readonly missing?: number;
}

/** A step, a product, a bend and an effect for every third code. */
export function truthOf(values: ArrayLike<number>, at: number, numeric: number, width: number) {
  const value = (i: number) => {
    const x = i < numeric ? values[at + i]! : 0;
    return Number.isNaN(x) ? 0.5 : x;
  };
  let score = Math.sin(2 * value(0)) + value(1) * value(2) + (value(3) > 0.5 ? 1 : 0) - 0.5;
  for (let i = numeric; i < width; i += 1) score += values[at + i]! % 3 === 0 ? 0.8 : -0.4;
  return score;
}

export function drawSet({
  rows,
  seed = 1,
  task = 'binary',
  numeric = 5,
  categorical = [],
  missing = 0,
}: DrawOptions): TrainingSet {
  const random = randomState(seed);
  const width = numeric + categorical.length;
  const features: TrainingFeature[] = Array.from({ length: width }, (_, i) => ({
    name: `f${i}`,
    kind: i < numeric ? 'numeric' : 'categorical',
  }));
  const values = new Float32Array(rows * width);
  const labels = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const at = row * width;
    for (let i = 0; i < width; i += 1) {
      const drawn = i < numeric ? normal(random) : below(random, categorical[i - numeric]!);
      values[at + i] = uniform(random) < missing ? NaN : drawn;
    }
    const score = truthOf(values, at, numeric, width);
    labels[row] =
      task === 'binary' ? Number(uniform(random) < sigmoid(score)) : score + 0.3 * normal(random);
  }
  return { task, features, values, labels };
}
