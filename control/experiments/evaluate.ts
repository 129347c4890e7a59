/**
 * What an experiment's counts say: a pure function of the definition and the counts.
 *
 * Equal counts give an equal result to the byte, but for `at` and the offsets, however the log was partitioned and cut.
 */
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type {
  ArmSummary,
  Comparison,
  ExperimentResult,
  MetricResult,
  SegmentResult,
} from '../../contracts/experimentResult.ts';
import { armEstimate, stageMoments } from './armEstimate.ts';
import { clusterCorrelation } from './clusterCorrelation.ts';
import { type CountedArm, compareByDesign } from './compareByDesign.ts';
import { armQuantile, compareByLabels } from './compareByLabels.ts';
import { clusterArm, clusterFigures, compareClusters } from './compareClusters.ts';
import type { Compared } from './compared.ts';
import {
  decideFamily,
  decideGuardrail,
  decidePrimary,
  type FamilyMember,
  levelOf,
} from './decide.ts';
import {
  type ExperimentCounts,
  type OutcomeCell,
  offsetsOf,
  tallyUnits,
} from './experimentCounts.ts';
import { completeDays, type GatheredCluster, gatherClusters } from './gatherClusters.ts';
import { outlookOf } from './outlook.ts';
import {
  type PreparedExperiment,
  type PreparedMetric,
  prepareExperiment,
} from './preparedExperiment.ts';
import { readingsOf } from './readingsOf.ts';
import { sampleRatioOf } from './sampleRatioOf.ts';
import { segmentGroups } from './segmentGroups.ts';
import { figureOrNull } from './sequenceEffect.ts';
import { verdictOf } from './verdictOf.ts';

/** Share of the units above which such as were seen in more than one variant are a matter of concern. */
const crossedMost = 0.01;

/** Cells of a metric by place of the variant. */
type ByVariant<Cell> = readonly (readonly Cell[])[];

interface MetricCells {
  /** By segment; '' for all units. */
  readonly outcomes: Map<string, OutcomeCell[][]>;
  /** Complete ones. */
  readonly clusters: GatheredCluster[][];
}

/** @param at ms since 1970: when it is evaluated */
export function evaluateExperiment(
  record: ExperimentRecord,
  counts: ExperimentCounts,
  at: number,
): ExperimentResult {
  return evaluatePrepared(prepareExperiment(record), counts, at);
}

/** See {@link evaluateExperiment}; the definition is prepared once for many evaluations. */
export function evaluatePrepared(
  prepared: PreparedExperiment,
  counts: ExperimentCounts,
  at: number,
): ExperimentResult {
  const { experiment } = prepared;
  const { alpha } = experiment;
  const index = indexed(prepared, counts);
  const whole = prepared.metrics.map((metric) => wholeOf(prepared, metric, index));
  const compared = whole.map((each, i) => comparedOf(prepared, prepared.metrics[i]!, each, true));
  const decided = decisions(prepared, compared);
  const exposure = exposureSums(prepared, counts);
  const metrics = prepared.metrics.map(
    (metric, i): MetricResult => ({
      metric: metric.metric.key,
      role: metric.role,
      kind: metric.metric.kind,
      arms: summaries(prepared, metric, whole[i]!, exposure.open),
      comparisons: decided[i]!,
      readings: readingsOf(prepared, metric, whole[i]!.arms, counts),
      ...(prepared.isClustered
        ? { clusters: clusterCorrelation(whole[i]!.clusters, metric.scale) }
        : {}),
    }),
  );
  const { segments, suppressed } = segmentsOf(prepared, index, alpha);
  const sampleRatio = sampleRatioOf(prepared, counts);
  const first = prepared.metrics.findIndex(({ role }) => role === 'primary');
  const outlooks =
    first < 0
      ? []
      : prepared.pairs.map((pair, i) =>
          outlookOf(
            ...([prepared, prepared.metrics[first]!, pair, compared[first]![i]!, counts] as const),
            levelOf(alpha, primaryComparisons(prepared)),
          ),
        );
  const { exposed, crossed } = exposure;
  const crossedAlarm = crossed > crossedMost * exposed;
  return {
    experiment: experiment.key,
    revision: prepared.revision,
    design: prepared.design,
    at,
    offsets: offsetsOf(counts),
    countOffsets: counts.offsets,
    exposed,
    crossed,
    crossedAlarm,
    sampleRatio,
    metrics,
    segments,
    suppressed,
    verdict: verdictOf({
      ...{ prepared, exposed, crossed, crossedAlarm },
      ...{ sampleRatio, metrics, outlooks },
    }),
  };
}

function indexed({ experiment }: PreparedExperiment, counts: ExperimentCounts) {
  const { outcomes, clusters, clusterDays } = counts;
  const index = new Map<string, MetricCells>();
  const empty = () => experiment.variants.map(() => []);
  const of = (metric: string) => {
    let found = index.get(metric);
    if (found === undefined) {
      found = { outcomes: new Map(), clusters: empty() };
      index.set(metric, found);
    }
    return found;
  };
  for (const cell of outcomes) {
    const { outcomes: bySegment } = of(cell.metric);
    let byVariant = bySegment.get(cell.segment);
    if (byVariant === undefined) {
      byVariant = empty();
      bySegment.set(cell.segment, byVariant);
    }
    byVariant[cell.variant]?.push(cell);
  }
  for (const [metric, byPartition] of clusterDays) {
    const days = completeDays(byPartition);
    of(metric).clusters.forEach((gathered, variant) => {
      const own = clusters.filter((cell) => cell.metric === metric && cell.variant === variant);
      gathered.push(...gatherClusters(own, days, experiment.gatherDays));
    });
  }
  return index;
}

/** All units of a metric, or those of a segment. */
interface Counted {
  /** By place of the variant. */
  readonly arms: readonly CountedArm[];
  readonly clusters: ByVariant<GatheredCluster>;
}

function countedArms(
  { metric, scale }: PreparedMetric,
  byVariant: ByVariant<OutcomeCell>,
): CountedArm[] {
  const isRatio = metric.kind === 'ratio';
  return byVariant.map((cells) => ({ cells, moments: stageMoments(cells, scale, isRatio) }));
}

function wholeOf(
  { experiment }: PreparedExperiment,
  metric: PreparedMetric,
  index: ReadonlyMap<string, MetricCells>,
): Counted {
  const found = index.get(metric.metric.key);
  const empty = experiment.variants.map(() => []);
  return {
    arms: countedArms(metric, found?.outcomes.get('') ?? empty),
    clusters: found?.clusters ?? empty,
  };
}

/** Each variant against the control, in the order of the pairs. @param isWhole all units: the memos are theirs */
function comparedOf(
  { experiment, pairs, isClustered }: PreparedExperiment,
  metric: PreparedMetric,
  { arms, clusters }: Counted,
  isWhole: boolean,
): Compared[] {
  const { alpha } = experiment;
  const compare = metric.scale.kind === 'grid' ? compareByDesign : compareByLabels;
  return pairs.map((pair, place) => {
    const { key } = experiment.variants[pair.treatment]!;
    const { control, treatment } = pair;
    if (isClustered) {
      const of = [clusters[control]!, clusters[treatment]!] as const;
      return compareClusters(key, ...of, metric, pair, alpha);
    }
    const memo = isWhole ? metric.memos[place] : undefined;
    return compare(key, arms[control]!, arms[treatment]!, metric, pair, alpha, memo);
  });
}

function primaryComparisons({ metrics, pairs }: PreparedExperiment): number {
  return metrics.filter(({ role }) => role === 'primary').length * pairs.length;
}

/** Of each metric its comparisons, decided by the rule of its role. */
function decisions(
  prepared: PreparedExperiment,
  compared: readonly (readonly Compared[])[],
): Comparison[][] {
  const { metrics, experiment } = prepared;
  const { alpha } = experiment;
  const level = levelOf(alpha, primaryComparisons(prepared));
  const family: FamilyMember[] = metrics.flatMap(({ role, metric }, i) =>
    role === 'secondary'
      ? compared[i]!.map((each) => ({ compared: each, good: metric.direction }))
      : [],
  );
  const secondary = decideFamily(family, alpha);
  return metrics.map(({ role, metric: { direction } }, i) => {
    if (role === 'secondary') return secondary.splice(0, compared[i]!.length);
    return compared[i]!.map((each) =>
      role === 'primary'
        ? decidePrimary(each, direction, level)
        : decideGuardrail(each, direction, alpha),
    );
  });
}

interface ExposureSums {
  readonly exposed: number;
  readonly crossed: number;
  /** By place of the variant: exposed and not crossed. */
  readonly open: readonly number[];
}

function exposureSums({ experiment }: PreparedExperiment, { exposures }: ExperimentCounts) {
  const open = experiment.variants.map(() => 0);
  let exposed = 0;
  let crossed = 0;
  for (const each of exposures) {
    exposed += each.units;
    crossed += each.crossed;
    open[each.variant]! += each.units - each.crossed;
  }
  return { exposed, crossed, open } satisfies ExposureSums;
}

/** @param exposed by place of the variant; of a segment it is not known */
function summaries(
  { experiment, isClustered }: PreparedExperiment,
  metric: PreparedMetric,
  { arms, clusters }: Counted,
  exposed?: readonly number[],
): ArmSummary[] {
  return experiment.variants.map(({ key }, variant) => {
    const { scored, units, mean, deviation } = isClustered
      ? clusterSummary(clusters[variant]!, metric)
      : unitSummary(arms[variant]!, metric);
    const immature = exposed === undefined ? 0 : Math.max(0, exposed[variant]! - scored);
    return { variant: key, units, immature, mean, deviation };
  });
}

interface Summary extends Pick<ArmSummary, 'units' | 'mean' | 'deviation'> {
  /** Scored units, members of clusters one by one. */
  readonly scored: number;
}

function unitSummary({ cells, moments }: CountedArm, { metric }: PreparedMetric): Summary {
  const { units, estimate, deviation } = armEstimate(moments, () => 1);
  const mean = metric.kind === 'quantile' ? armQuantile(cells, metric.level!) : estimate;
  return { scored: units, units, mean: figureOrNull(mean), deviation: figureOrNull(deviation) };
}

function clusterSummary(clusters: readonly GatheredCluster[], { scale }: PreparedMetric): Summary {
  const { units, estimate, variance } = clusterArm(clusterFigures(clusters, scale));
  return {
    scored: clusters.reduce((sum, { units: members }) => sum + members, 0),
    units,
    mean: figureOrNull(estimate),
    deviation: figureOrNull(Math.sqrt(variance * units)),
  };
}

function segmentsOf(
  prepared: PreparedExperiment,
  index: ReadonlyMap<string, MetricCells>,
  alpha: number,
): { segments: SegmentResult[]; suppressed: number } {
  const left = new Set<string>();
  const shown: Omit<SegmentResult, 'comparisons'>[] = [];
  const family: FamilyMember[] = [];
  let hidden = 0;
  for (const metric of prepared.metrics) {
    if (metric.role !== 'primary') continue;
    const bySegment = index.get(metric.metric.key)?.outcomes ?? new Map<string, OutcomeCell[][]>();
    const sizes = [...bySegment]
      .filter(([segment]) => segment !== '')
      .map(([segment, byVariant]) => ({
        segment,
        units: byVariant.map((own) => own.reduce((sum, each) => sum + tallyUnits(each.tallies), 0)),
      }));
    const groups = segmentGroups(sizes);
    for (const segment of groups.suppressed) left.add(segment);
    hidden += groups.suppressed.length * prepared.pairs.length;
    for (const segment of groups.shown) {
      const counted = { arms: countedArms(metric, bySegment.get(segment)!), clusters: [] };
      const arms = summaries(prepared, metric, counted);
      shown.push({ segment, metric: metric.metric.key, arms });
      for (const compared of comparedOf(prepared, metric, counted, false)) {
        family.push({ compared, good: metric.metric.direction });
      }
    }
  }
  const decided = decideFamily(family, alpha, hidden);
  const segments = shown.map((each) => ({
    ...each,
    comparisons: decided.splice(0, prepared.pairs.length),
  }));
  return { segments, suppressed: left.size };
}
