/** What is known of a release: as it is read from the data plane, stage by stage, and what it says. */
import type { ReleasePlan } from '../../contracts/modelPlan.ts';
import type {
  ArmEvidence,
  PairedEvidence,
  Release,
  ReleaseEvidence,
} from '../../contracts/release.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import {
  lnBetter,
  lnWorse,
  type PairedSums,
  pairedInterval,
} from '../../stats/sequential/pairedEvidence.ts';
import { type ReleaseLevels, releaseLevels } from './releaseLevels.ts';
import { canaryStage, shadowStage } from './releaseStages.ts';

/** As stored under one of the `evidenceKeys`, merged over partitions. */
export interface StageReading {
  readonly stage: string;
  /** Of d: Brier score of the version less that of the champion. */
  readonly paired: PairedSums;
  /** First outcomes of users who were served by the version, and of the others; a higher outcome is the better one. */
  readonly arms?: ArmEvidence | undefined;
}

export interface ReleaseReading {
  /** In any order; those of which nothing is stored may be absent. */
  readonly stages: readonly StageReading[];
}

/** Reads what lies under the `evidenceKeys` of a release. */
export type ReadEvidence = (model: string, release: Release) => Promise<ReleaseReading>;

const noRows: PairedSums = { count: 0, sum: 0, squares: 0 };

export function pairedEvidence(
  sums: PairedSums,
  gainMin: number,
  levels: ReleaseLevels,
): PairedEvidence {
  const { count, sum } = sums;
  const hasRows = count > 0;
  const interval = hasRows ? pairedInterval(sums, levels) : undefined;
  return {
    count,
    mean: hasRows ? sum / count : null,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
    lnBetter: lnBetter(sums, gainMin),
    lnWorse: lnWorse(sums),
  };
}

/** The sums of both, for rows of the one and rows of the other. */
function added(one: PairedSums, other: PairedSums): PairedSums {
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    squares: one.squares + other.squares,
  };
}

/** Of the stage in which a release is now, as far as it has come. @returns undefined before the first answer that both made */
export function evidenceNow(
  release: Release,
  plan: ReleasePlan,
  reading: ReleaseReading,
): ReleaseEvidence | undefined {
  const stage = release.step < 0 ? shadowStage : canaryStage(release.step);
  const { paired, arms } = knownEvidence(release, plan, reading).stage(stage).whole();
  return paired.count === 0 && arms === null ? undefined : { paired, arms };
}

/** What decides; the rest of the evidence is computed when it is recorded. */
export interface StageEvidence {
  readonly count: number;
  readonly lnBetter: number;
  readonly lnWorse: number;
  readonly arms: ArmEvidence | null;
  whole(): ReleaseEvidence;
}

export interface KnownEvidence {
  stage(name: string): StageEvidence;
  /** Of all steps of the canary so far together. */
  readonly canary: StageEvidence;
  readonly levels: ReleaseLevels;
}

/** The ends of each interval are at the levels at which the release decides, so that both say the same. */
export function knownEvidence(
  release: Release,
  plan: ReleasePlan,
  { stages }: ReleaseReading,
): KnownEvidence {
  const { better, worse } = releaseLevels(plan);
  // That the former champion is better is harm done by the new one.
  const levels = isTrial(release) ? { better: worse, worse: better } : { better, worse };
  const gainMin = isTrial(release) ? 0 : plan.gainMin;
  const sumsOf = (name: string): PairedSums =>
    stages.find(({ stage }) => stage === name)?.paired ?? noRows;
  const say = (sums: PairedSums, arms: ArmEvidence | null): StageEvidence => ({
    count: sums.count,
    lnBetter: lnBetter(sums, gainMin),
    lnWorse: lnWorse(sums),
    arms,
    whole: () => ({ paired: pairedEvidence(sums, gainMin, levels), arms }),
  });
  const steps = Array.from({ length: release.step + 1 }, (_, step) => sumsOf(canaryStage(step)));
  return {
    stage(name) {
      const arms = stages.find(({ stage }) => stage === name)?.arms;
      return say(sumsOf(name), (name === shadowStage ? undefined : arms) ?? null);
    },
    canary: say(steps.reduce(added, noRows), null),
    levels,
  };
}
