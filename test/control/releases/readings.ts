/** Evidence as a release reads it, made up for tests. */
import type { ReleaseReading, StageReading } from '../../../control/releases/releaseEvidence.ts';

/** @param mean difference of the Brier scores; each row is 0.1 away from 0 */
export function paired(count: number, mean: number): StageReading['paired'] {
  return { count, sum: count * mean, squares: count * 0.01 };
}

export function stage(name: string, count: number, mean: number): StageReading {
  return { stage: name, paired: paired(count, mean) };
}

export function readingOf(...stages: StageReading[]): ReleaseReading {
  return { stages };
}
