/**
 * Counts by metric, for an evaluation that looks again and again: a metric whose cells have not changed is not computed again.
 */
import type { ClusterCell, ExperimentCounts, OutcomeCell } from './experimentCounts.ts';

/** Cells by place of the variant; variants without cells may be missing. */
export type ByVariant<Cell> = readonly (readonly Cell[] | undefined)[];

/** The cells of one metric. */
export interface MetricCells {
  /** So many changes so far: of one object, equal numbers mean equal cells. */
  readonly changes: number;
  /** By segment; '' for all units. */
  readonly outcomes: ReadonlyMap<string, ByVariant<OutcomeCell>>;
  readonly clusters: ByVariant<ClusterCell>;
}

/** A view of counts that grows with them. */
export interface WatchedCounts extends ExperimentCounts {
  /** So many changes so far, exposures included: of one object, equal numbers mean equal counts. */
  readonly changes: number;
  readonly metrics: ReadonlyMap<string, MetricCells>;
}

/** Cells of metrics as they are gathered. */
export class CellsByMetric<Outcomes extends OutcomeCell = OutcomeCell> {
  readonly #metrics = new Map<
    string,
    { changes: number; outcomes: Map<string, Outcomes[][]>; clusters: ClusterCell[][] }
  >();

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

  /** A cell of the metric has changed. */
  changed(metric: string): void {
    this.#of(metric).changes += 1;
  }

  #of(metric: string) {
    let found = this.#metrics.get(metric);
    if (found === undefined) {
      found = { changes: 0, outcomes: new Map(), clusters: [] };
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
  const { exposures, outcomes, clusters, offsets } = counts;
  const cells = new CellsByMetric();
  for (const cell of outcomes) cells.addOutcomes(cell);
  for (const cell of clusters) cells.addClusters(cell);
  return { exposures, outcomes, clusters, offsets, changes: 0, metrics: cells.metrics };
}
