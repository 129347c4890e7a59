/** Rows for trainers: 32 features, some of which bend, jump or work in pairs; the best possible AUC is near 0.8. */
import { sigmoid } from '../../models/features.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';

export const width = 32;

/** The same seed and number give the same rows. */
export function drawRows(rows: number, seed: number): TrainingSet {
  const random = randomState(seed);
  const values = new Float32Array(rows * width);
  const labels = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const at = row * width;
    for (let i = 0; i < width; i += 1) values[at + i] = normal(random);
    const x = (i: number) => values[at + i]!;
    let score = 1.2 * Math.sin(2 * x(0)) + 0.6 * x(1) * (1 + x(2)) - 0.8 * Math.abs(x(4));
    if (x(3) > 0.5) score += 1;
    if (x(5) > 0 && x(6) > 0) score += 0.8;
    for (let i = 7; i < 20; i += 1) score += (i % 2 === 0 ? 0.12 : -0.12) * x(i);
    labels[row] = uniform(random) < sigmoid(score) ? 1 : 0;
  }
  return {
    task: 'binary',
    features: Array.from({ length: width }, (_, i) => ({ name: `f${i}`, kind: 'numeric' })),
    values,
    labels,
  };
}
