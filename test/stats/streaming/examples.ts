/**
 * An example of every registered statistic: parameters, rows that it takes, and what the pure functions say of the same rows
 * without states, merges or batches.
 */
import { anomalyExamples } from './anomalyExamples.ts';
import { comparisonExamples } from './comparisonExamples.ts';
import { driftExamples } from './driftExamples.ts';
import type { Example } from './example.ts';
import { qualityExamples } from './qualityExamples.ts';
import { sequentialExamples } from './sequentialExamples.ts';

export const examples: Readonly<Record<string, Example>> = {
  ...sequentialExamples,
  ...comparisonExamples,
  ...qualityExamples,
  ...anomalyExamples,
  ...driftExamples,
};
