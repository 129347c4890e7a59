/**
 * Counts by metric, for an evaluation that looks again and again: a metric whose cells have not changed is not computed again.
 */
import type {
  ClusterCell,
  CovariateCell,
  ExperimentCounts,
  OutcomeCell,
} from './experimentCounts.ts';

/** Cells by place of the variant; variants without cells may be missing. */
export type ByVariant<Cell> = readonly (readonly Cell[] | undefined)[];

/** The cells of one metric. */
export interface MetricCells {
  /** So many changes so far, but for covariates: of one object, equal numbers mean equal cells. */
  readonly changes: number;
  /** By segment; '' for all units. */
  readonly outcomes: ReadonlyMap<string, ByVariant<OutcomeCell>>;
  readonly clusters: ByVariant<ClusterCell>;
  /** Of how many days each partition with members of clusters has scored everybody. */
  readonly clusterDays: readonly number[];
  /** So many changes of covariates so far: no evidence rests on them. */
  readonly covariateChanges: number;
  readonly covariates: ByVariant<CovariateCell>;
}

/** Of a metric of which nothing was counted yet. */
export const noCells: MetricCells = {
  ...{ changes: 0, outcomes: new Map(), clusters: [], clusterDays: [] },
  ...{ covariateChanges: 0, covariates: [] },
};

/** A view of counts that grows with them. */
export interface WatchedCounts extends ExperimentCounts {
  /** So many changes so far, exposures included: of one object, equal numbers mean equal counts. */
  readonly changes: number;
  readonly metrics: ReadonlyMap<string, MetricCells>;
}

interface GrowingCells<Outcomes extends OutcomeCell> {
  changes: number;
  readonly outcomes: Map<string, Outcomes[][]>;
  readonly clusters: ClusterCell[][];
  clusterDays: readonly number[];
  covariateChanges: number;
  readonly covariates: CovariateCell[][];
}

/** Cells of metrics as they are gathered. */
export class CellsByMetric<Outcomes extends OutcomeCell = OutcomeCell> {
  readonly #metrics = new Map<string, GrowingCells<Outcomes>>();

  get metrics(): ReadonlyMap<string, MetricCells> {
    return this.#metrics;
  }

  addOutcomes(cell: Outcomes): void {
    const { outcomes } = this.#of(cell.metric);
    let byVariant = outcomes.get(cell.segment);
    if (byVariant === undefined) {
      byVariant = [];
      outcomes.set(cell.segment, byVariant);
    }
    place(byVariant, cell);
  }

  /** The cell of that place, if there is one: the newest are found first. */
  findOutcomes(at: Omit<OutcomeCell, 'tallies'>): Outcomes | undefined {
    const cells = this.#metrics.get(at.metric)?.outcomes.get(at.segment)?.[at.variant];
    return cells?.findLast(({ period, stage }) => period === at.period && stage === at.stage);
  }

  addClusters(cell: ClusterCell): void {
    place(this.#of(cell.metric).clusters, cell);
  }

  /** @param days by partition; what they become later shows */
  addClusterDays(metric: string, days: readonly number[]): void {
    this.#of(metric).clusterDays = days;
  }

  addCovariates(cell: CovariateCell): void {
    place(this.#of(cell.metric).covariates, cell);
  }

  /** A cell of the metric has changed. */
  changed(metric: string, isCovariate: boolean): void {
    const cells = this.#of(metric);
    if (isCovariate) cells.covariateChanges += 1;
    else cells.changes += 1;
  }

  #of(metric: string): GrowingCells<Outcomes> {
    let found = this.#metrics.get(metric);
    if (found === undefined) {
      found = {
        ...{ changes: 0, outcomes: new Map(), clusters: [], clusterDays: [] },
        ...{ covariateChanges: 0, covariates: [] },
      };
      this.#metrics.set(metric, found);
    }
    return found;
  }
}

function place<Cell extends { readonly variant: number }>(byVariant: Cell[][], cell: Cell): void {
  while (byVariant.length <= cell.variant) byVariant.push([]);
  byVariant[cell.variant]!.push(cell);
}

/** Counts that change no more. */
export function watched(counts: ExperimentCounts): WatchedCounts {
  const { exposures, outcomes, clusters, clusterDays, covariates, offsets } = counts;
  const cells = new CellsByMetric();
  for (const cell of outcomes) cells.addOutcomes(cell);
  for (const cell of clusters) cells.addClusters(cell);
  for (const [metric, days] of clusterDays) cells.addClusterDays(metric, days);
  for (const cell of covariates) cells.addCovariates(cell);
  return {
    ...{ exposures, outcomes, clusters, clusterDays, covariates, offsets },
    ...{ changes: 0, metrics: cells.metrics },
  };
}
