/**
 * One metric of one experiment, evaluated again and again: the evidence whenever its counts have changed, the rest when it is
 * asked for, nothing twice.
 *
 * What is kept changes speed only: figures are computed from the counts in one order, whatever was computed before.
 */
import type { ArmSummary, Comparison } from '../../contracts/experimentResult.ts';
import { armEstimate, stageMoments } from './armEstimate.ts';
import { type CountedArm, compareByDesign, designEvidenceOf } from './compareByDesign.ts';
import { armQuantile, compareByLabels, labelEvidenceOf } from './compareByLabels.ts';
import { clusterArm, clusterFigures, compareClusters } from './compareClusters.ts';
import { type Compared, emptyComparisonMemo, type LnE } from './compared.ts';
import { completed, type Decided, decideGuardrail, decidePrimary, undecided } from './decide.ts';
import { type ClusterCell, type OutcomeCell, tallyUnits } from './experimentCounts.ts';
import type { ByVariant, MetricCells } from './metricCells.ts';
import type { PreparedExperiment, PreparedMetric, PreparedPair } from './preparedExperiment.ts';
import { figureOrNull } from './sequenceEffect.ts';
import type { ComparisonStanding } from './verdictOf.ts';

const noCells: MetricCells = { changes: 0, outcomes: new Map(), clusters: [] };

/** What is computed of a metric when somebody reads it. */
interface Whole {
  readonly compared: readonly Compared[];
  /** In the order of the variants. */
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

  /** @param level of one comparison of its role */
  constructor(prepared: PreparedExperiment, metric: PreparedMetric, level: number) {
    this.metric = metric;
    this.#prepared = prepared;
    this.#level = level;
    this.#memos = prepared.pairs.map(emptyComparisonMemo);
  }

  /** What is asked afterwards is of these counts, as they are now. @param cells undefined: nothing was counted yet */
  see(cells: MetricCells = noCells): void {
    if (cells === this.#cells && cells.changes === this.#changes) return;
    this.#cells = cells;
    this.#changes = cells.changes;
    this.#lnE = undefined;
    this.#standings = undefined;
    this.#whole = undefined;
    this.#comparisons = undefined;
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
    this.#whole ??= this.#computeWhole();
    return this.#whole.compared;
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
    this.#whole ??= this.#computeWhole();
    return this.#whole.summaries.map(({ scored, units, mean, deviation }, variant) => {
      const immature = Math.max(0, exposed[variant]! - scored);
      return { variant: variants[variant]!.key, units, immature, mean, deviation };
    });
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
      const { clusters } = this.#cells;
      return {
        compared: prepared.pairs.map((pair) =>
          clustersCompared(prepared, this.metric, clusters, pair),
        ),
        summaries: variants.map((_, place) => clusterSummary(clusters[place] ?? [], this.metric)),
      };
    }
    const arms = countedArms(prepared, this.metric, this.#cells.outcomes.get('') ?? []);
    return {
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
  clusters: ByVariant<ClusterCell>,
  pair: PreparedPair,
): Compared {
  const { key } = experiment.variants[pair.treatment]!;
  const of = [clusters[pair.control] ?? [], clusters[pair.treatment] ?? []] as const;
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

function clusterSummary(cells: readonly ClusterCell[], { scale }: PreparedMetric): Summary {
  const { units, estimate, variance } = clusterArm(clusterFigures(cells, scale));
  return {
    scored: cells.reduce((sum, { tallies }) => sum + tallyUnits(tallies), 0),
    units,
    mean: figureOrNull(estimate),
    deviation: figureOrNull(Math.sqrt(variance * units)),
  };
}
