/**
 * Whether the units came as they were assigned: stages and variants by their first exposures.
 *
 * Exposures and outcomes of an epoch do not appear together. A unit that was scored was exposed, whether that shows already or
 * not: otherwise outcomes that come first would be compared as if nothing were known of lost units, and pass for harm.
 */
import type { SampleRatio } from '../../contracts/experimentResult.ts';
import { lnSampleRatio, type RatioStage } from '../../stats/sequential/sampleRatio.ts';
import { tallyUnits } from './experimentCounts.ts';
import type { WatchedCounts } from './metricCells.ts';
import type { PreparedExperiment, PreparedMetric } from './preparedExperiment.ts';

/** Level of the alarm. */
export const sampleRatioAlpha = 0.001;

/** Units by stage and place of the variant; of clusters, each once, whatever was measured of it. */
export function unitsByStage(
  { isClustered, metrics: prepared }: PreparedExperiment,
  { exposures, clusters, metrics }: WatchedCounts,
): Map<number, Map<number, number>> {
  const stages = new Map<number, Map<number, number>>();
  const add = (stage: number, variant: number, units: number) => {
    let variants = stages.get(stage);
    if (variants === undefined) {
      variants = new Map();
      stages.set(stage, variants);
    }
    variants.set(variant, (variants.get(variant) ?? 0) + units);
  };
  if (!isClustered) {
    for (const { stage, variant, units } of exposures) add(stage, variant, units);
    for (const { stage, variant, units } of scoredUnits(prepared, metrics)) {
      const exposed = stages.get(stage)?.get(variant) ?? 0;
      if (units > exposed) add(stage, variant, units - exposed);
    }
    return stages;
  }
  const seen = new Set<string>();
  for (const { stage, variant, cluster } of clusters) {
    const key = `${stage} ${variant} ${cluster}`;
    if (seen.has(key)) continue;
    seen.add(key);
    add(stage, variant, 1);
  }
  return stages;
}

interface StagedUnits {
  readonly stage: number;
  readonly variant: number;
  units: number;
}

/** Of the metric that is scored first. */
function scoredUnits(
  prepared: readonly PreparedMetric[],
  metrics: WatchedCounts['metrics'],
): StagedUnits[] {
  const scored: StagedUnits[] = [];
  const [first] = prepared;
  if (first === undefined) return scored;
  const { metric } = prepared.reduce(
    (earliest, each) => (each.metric.windowMs < earliest.metric.windowMs ? each : earliest),
    first,
  );
  for (const cells of metrics.get(metric.key)?.outcomes.get('') ?? []) {
    for (const { stage, variant, tallies } of cells ?? []) {
      const units = tallyUnits(tallies);
      const known = scored.find((each) => each.stage === stage && each.variant === variant);
      if (known === undefined) scored.push({ stage, variant, units });
      else known.units += units;
    }
  }
  return scored;
}

export function sampleRatioOf(prepared: PreparedExperiment, counts: WatchedCounts): SampleRatio {
  const { variants, hold } = prepared.experiment;
  const units = unitsByStage(prepared, counts);
  const totals = variants.map(() => 0);
  const expected = variants.map(() => 0);
  const tested: RatioStage[] = [];
  let all = 0;
  for (const [stage, shares] of prepared.shares) {
    const found = units.get(stage);
    if (found === undefined) continue;
    const shareOf = (variant: number) => shares[variant] ?? 0;
    // A variant that the stage draws for nobody takes no part in it.
    const places = variants.map((_, variant) => variant).filter((variant) => shareOf(variant) > 0);
    const sum = places.reduce((total, variant) => total + shareOf(variant), 0);
    const ofStage = places.reduce((total, variant) => total + (found.get(variant) ?? 0), 0);
    for (const variant of places) {
      totals[variant]! += found.get(variant) ?? 0;
      expected[variant]! += (ofStage * shareOf(variant)) / sum;
    }
    all += ofStage;
    if (places.length < 2) continue;
    tested.push({
      counts: places.map((variant) => found.get(variant) ?? 0),
      design: places.map(shareOf),
    });
  }
  const lnE = lnSampleRatio(tested);
  return {
    arms: variants.map(({ key, weight }, variant) => ({
      variant: key,
      units: totals[variant]!,
      expected: all > 0 ? Math.min(1, expected[variant]! / all) : weight,
    })),
    lnE,
    alarm: hold !== null || lnE >= Math.log(1 / sampleRatioAlpha),
  };
}
