/** The stages of a release: their names, under which the data plane keeps evidence apart, and the keys of that evidence. */
import type { Release } from '../../contracts/release.ts';

export const shadowStage = 'shadow';

/** @param step of the canary, from 0 */
export function canaryStage(step: number): string {
  return `canary-${step + 1}`;
}

export interface EvidenceKey {
  readonly stage: string;
  /** Of `release_paired` and `release_arms`: model, version, against, stage. */
  readonly key: readonly [string, string, string, string];
}

/** Under which keys the evidence of a release lies, the earliest stage first. */
export function evidenceKeys(model: string, release: Release): EvidenceKey[] {
  const { id, version, against, step } = release;
  const canary = Array.from({ length: step + 1 }, (_, i) => canaryStage(i));
  return [shadowStage, ...canary].map((stage) => ({
    stage,
    key: [model, version, against, `${id}:${stage}`],
  }));
}

/** It began in the canary, by hand: what it has not shown in shadow it has to show there. */
export function hasSkippedShadow({ steps }: Release): boolean {
  return steps[0]?.phase === 'canary';
}
