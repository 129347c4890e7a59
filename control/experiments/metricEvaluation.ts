/**
 * One metric of one experiment, evaluated again and again: the evidence whenever its counts have changed, the rest when it is
 * asked for, nothing twice.
 *
 * What is kept changes speed only: figures are computed from the counts in one order, whatever was computed before.
 */
import type {
  ArmSummary,
  ClusterCorrelation,
  Comparison,
  Reading,
} from '../../contracts/experimentResult.ts';
import { armEstimate, stageMoments } from './armEstimate.ts';
import { clusterCorrelation } from './clusterCorrelation.ts';
import { type CountedArm, compareByDesign, designEvidenceOf } from './compareByDesign.ts';
import { armQuantile, compareByLabels, labelEvidenceOf } from './compareByLabels.ts';
import { clusterArm, clusterFigures, compareClusters } from './compareClusters.ts';
import { type Compared, emptyComparisonMemo, type LnE } from './compared.ts';
import { completed, type Decided, decideGuardrail, decidePrimary, undecided } from './decide.ts';
import type { OutcomeCell } from './experimentCounts.ts';
import { completeDays, type GatheredCluster, gatherClusters } from './gatherClusters.ts';
import { type ByVariant, type MetricCells, noCells } from './metricCells.ts';
import type { PreparedExperiment, PreparedMetric, PreparedPair } from './preparedExperiment.ts';
import { readingsOf } from './readingsOf.ts';
import { figureOrNull } from './sequenceEffect.ts';
import type { ComparisonStanding } from './verdictOf.ts';

/** What is computed of a metric when somebody reads it; all but `compared` by place of the variant. */
interface Whole {
  /** All units, where clusters are not assigned. */
  readonly arms: readonly CountedArm[];
  /** Complete ones, where clusters are assigned. */
  readonly clusters: readonly (readonly GatheredCluster[])[];
  /** Of each pair. */
  readonly compared: readonly Compared[];
  readonly summaries: readonly Summary[];
}

export class MetricEvaluation {
  readonly metric: PreparedMetric;
  readonly #prepared: PreparedExperiment;
  readonly #level: number;
  readonly #memos;
  #cells = noCells;
  #changes = -1;
  #lnE: readonly LnE[] | undefined;
  #standings: readonly ComparisonStanding[] | undefined;
  #whole: Whole | undefined;
  #comparisons: Comparison[] | undefined;
  #correlation: ClusterCorrelation | undefined;
  #covariateChanges = -1;
  #readings: Reading[] | undefined;

  /** @param level of one comparison of its role */
  constructor(prepared: PreparedExperiment, metric: PreparedMetric, level: number) {
    this.metric = metric;
    this.#prepared = prepared;
    this.#level = level;
    this.#memos = prepared.pairs.map(emptyComparisonMemo);
  }

  /** What is asked afterwards is of these counts, as they are now. @param cells undefined: nothing was counted yet */
  see(cells: MetricCells = noCells): void {
    const isOther = cells !== this.#cells || cells.changes !== this.#changes;
    if (!isOther && cells.covariateChanges === this.#covariateChanges) return;
    this.#cells = cells;
    this.#covariateChanges = cells.covariateChanges;
    this.#readings = undefined;
    if (!isOther) return;
    this.#changes = cells.changes;
    this.#lnE = undefined;
    this.#standings = undefined;
    this.#whole = undefined;
    this.#comparisons = undefined;
    this.#correlation = undefined;
  }

  /** Of each pair. */
  evidence(): readonly LnE[] {
    this.#lnE ??= this.#computeEvidence();
    return this.#lnE;
  }

  /** Of each pair, decided by itself; of a secondary metric, which is not, undecided. */
  standings(): readonly ComparisonStanding[] {
    this.#standings ??= this.evidence().map((lnE, place) => new Standing(this, place, lnE));
    return this.#standings;
  }

  /** Whether the pair's evidence suffices by the rule of a role that decides its comparisons one by one. */
  decided(lnE: LnE): Decided {
    const { role, metric } = this.metric;
    if (role === 'primary') return decidePrimary(lnE, metric.direction, this.#level);
    return role === 'guardrail' ? decideGuardrail(lnE, metric.direction, this.#level) : undecided;
  }

  /** Key of the variant of a pair. */
  variantAt(place: number): string {
    return this.#prepared.experiment.variants[this.#prepared.pairs[place]!.treatment]!.key;
  }

  /** Each variant against the control, in the order of the pairs. */
  compared(): readonly Compared[] {
    return this.#all().compared;
  }

  /** The comparisons as they are told. @param decided of each pair */
  comparisons(decided: readonly Decided[]): Comparison[] {
    const known = this.#comparisons;
    if (known?.every((each, place) => each.direction === decided[place]!.direction) === true) {
      return known;
    }
    this.#comparisons = this.compared().map((compared, place) =>
      completed(compared, decided[place]!, this.#level),
    );
    return this.#comparisons;
  }

  /** @param exposed by place of the variant */
  arms(exposed: readonly number[]): ArmSummary[] {
    const { variants } = this.#prepared.experiment;
    return this.#all().summaries.map(({ scored, units, mean, deviation }, variant) => {
      const immature = Math.max(0, exposed[variant]! - scored);
      return { variant: variants[variant]!.key, units, immature, mean, deviation };
    });
  }

  /** Beside the evidence, in the order of the pairs. */
  readings(): Reading[] {
    this.#readings ??= readingsOf(
      ...([this.#prepared, this.metric, this.#all().arms] as const),
      this.#cells.covariates,
    );
    return this.#readings;
  }

  /** Of the complete clusters. */
  correlation(): ClusterCorrelation {
    this.#correlation ??= clusterCorrelation(this.#all().clusters, this.metric.scale);
    return this.#correlation;
  }

  #all(): Whole {
    this.#whole ??= this.#computeWhole();
    return this.#whole;
  }

  #computeEvidence(): LnE[] {
    if (this.#prepared.isClustered) return this.compared().map(({ lnE }) => lnE);
    const cells = this.#cells.outcomes.get('') ?? [];
    const evidenceOf = this.metric.scale.kind === 'grid' ? designEvidenceOf : labelEvidenceOf;
    return this.#prepared.pairs.map((pair, place) => {
      const { control, treatment } = pair;
      const arms = [cells[control] ?? [], cells[treatment] ?? []] as const;
      return evidenceOf(...arms, this.metric, pair, this.#memos[place]);
    });
  }

  #computeWhole(): Whole {
    const prepared = this.#prepared;
    const { variants } = prepared.experiment;
    if (prepared.isClustered) {
      const { clusters: cells, clusterDays } = this.#cells;
      const { gatherDays } = prepared.experiment;
      const days = completeDays(clusterDays);
      const clusters = variants.map((_, place) =>
        gatherClusters(cells[place] ?? [], days, gatherDays),
      );
      return {
        ...{ arms: [], clusters },
        compared: prepared.pairs.map((pair) =>
          clustersCompared(prepared, this.metric, clusters, pair),
        ),
        summaries: clusters.map((own) => clusterSummary(own, this.metric)),
      };
    }
    const arms = countedArms(prepared, this.metric, this.#cells.outcomes.get('') ?? []);
    return {
      ...{ arms, clusters: [] },
      compared: prepared.pairs.map((pair, place) =>
        armsCompared(prepared, this.metric, arms, pair, this.#memos[place]),
      ),
      summaries: arms.map((arm) => unitSummary(arm, this.metric)),
    };
  }
}

/** A comparison of which the effect is computed when the word of the verdict rests on it. */
class Standing implements ComparisonStanding {
  readonly variant: string;
  readonly direction: Decided['direction'];
  readonly #metric: MetricEvaluation;
  readonly #place: number;

  constructor(metric: MetricEvaluation, place: number, lnE: LnE) {
    this.variant = metric.variantAt(place);
    this.direction = metric.decided(lnE).direction;
    this.#metric = metric;
    this.#place = place;
  }

  get effect(): Comparison['effect'] {
    return this.#metric.compared()[this.#place]!.effect;
  }
}

/** What is counted of each variant, in the order of the variants. */
export function countedArms(
  { experiment }: PreparedExperiment,
  { metric, scale }: PreparedMetric,
  byVariant: ByVariant<OutcomeCell>,
): CountedArm[] {
  const isRatio = metric.kind === 'ratio';
  return experiment.variants.map((_, variant) => {
    const cells = byVariant[variant] ?? [];
    return { cells, moments: stageMoments(cells, scale, isRatio) };
  });
}

/** A pair in one metric; of a segment without a memo. */
export function armsCompared(
  { experiment }: PreparedExperiment,
  metric: PreparedMetric,
  arms: readonly CountedArm[],
  pair: PreparedPair,
  memo?: ReturnType<typeof emptyComparisonMemo>,
): Compared {
  const compare = metric.scale.kind === 'grid' ? compareByDesign : compareByLabels;
  const { key } = experiment.variants[pair.treatment]!;
  const of = [arms[pair.control]!, arms[pair.treatment]!] as const;
  return compare(key, ...of, metric, pair, experiment.alpha, memo);
}

function clustersCompared(
  { experiment }: PreparedExperiment,
  metric: PreparedMetric,
  clusters: Whole['clusters'],
  pair: PreparedPair,
): Compared {
  const { key } = experiment.variants[pair.treatment]!;
  const of = [clusters[pair.control]!, clusters[pair.treatment]!] as const;
  return compareClusters(key, ...of, metric, pair, experiment.alpha);
}

interface Summary extends Pick<ArmSummary, 'units' | 'mean' | 'deviation'> {
  /** Scored units, members of clusters one by one. */
  readonly scored: number;
}

export function unitSummary({ cells, moments }: CountedArm, { metric }: PreparedMetric): Summary {
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
