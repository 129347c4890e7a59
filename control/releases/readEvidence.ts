/** Reads the evidence of a release from the statistics that the data plane keeps, merged over partitions. */
import type { StatisticReading } from '../../contracts/api.ts';
import type { ArmEvidence, Release } from '../../contracts/release.ts';
import type { PairedSums } from '../../stats/sequential/pairedEvidence.ts';
import type { Reader } from '../statement.ts';
import { readStatisticReadings } from '../storedStatistics.ts';
import type { ReadEvidence, StageReading } from './releaseEvidence.ts';
import { evidenceKeys } from './releaseStages.ts';

/** @param pipeline that predicts with the model, by its name */
export function createReadEvidence(
  reader: Reader,
  pipelineOf: (model: string) => string,
): ReadEvidence {
  const figuresOf = async (name: string, model: string, key: readonly string[]) => {
    const query = { key, limit: 1 };
    const found = await readStatisticReadings(reader, pipelineOf(model), name, query);
    return found?.readings[0]?.figures;
  };
  return async (model: string, release: Release) => {
    const stages: StageReading[] = [];
    for (const { stage, key } of evidenceKeys(model, release)) {
      const paired = await figuresOf('release_paired', model, key);
      if (paired === undefined) continue;
      const arms = await figuresOf('release_arms', model, key);
      stages.push({ stage, paired: sumsOf(paired), arms: arms && armsOf(arms) });
    }
    return { stages };
  };
}

type Figures = StatisticReading['figures'];

function sumsOf({ count, sum, squares }: Figures): PairedSums {
  return { count: count ?? 0, sum: sum ?? 0, squares: squares ?? 0 };
}

function armsOf(figures: Figures): ArmEvidence {
  const { effect, lower, upper, lnELower, treatmentUnits, controlUnits } = figures;
  return {
    users: treatmentUnits ?? 0,
    others: controlUnits ?? 0,
    difference: effect ?? null,
    lower: lower ?? null,
    upper: upper ?? null,
    lnWorse: lnELower ?? 0,
  };
}
