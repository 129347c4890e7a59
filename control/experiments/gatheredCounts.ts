/**
 * Counts put together from rows that come in any order and more than once: of each cell and partition the newest row holds.
 *
 * A row has the absolute values of its partition, so nothing is added up before it is read.
 */
import type { ClusterRow, CountRow, CovariateRow, ExposureRow, OutcomeRow } from './countRows.ts';
import {
  type ClusterCell,
  type CountKind,
  type CovariateCell,
  type ExposureCell,
  type OutcomeCell,
  type PartitionOffset,
  type Tally,
  tallyUnits,
} from './experimentCounts.ts';
import { CellsByMetric, type WatchedCounts } from './metricCells.ts';

interface Held {
  /** One place a partition that has a row; the same in all lists. */
  readonly partitions: number[];
  readonly versions: number[];
}

interface HeldTallies<Kind = Tally> extends Held {
  readonly tallies: Kind[];
}

type HeldOutcomes = HeldTallies & OutcomeCell;
type HeldMoments = HeldTallies<CovariateCell['tallies'][number]> & CovariateCell;

interface HeldDays extends Held {
  readonly days: number[];
}

interface HeldExposures extends Held {
  readonly variant: number;
  readonly stage: number;
  readonly hour: number;
  /** Of the partitions together. */
  units: number;
  crossed: number;
  objected: number;
  readonly parts: { units: number; crossed: number; objected: number }[];
}

/** Of one experiment; itself the view of it, which later rows change. */
export class GatheredCounts implements WatchedCounts {
  readonly exposures: ExposureCell[] = [];
  readonly outcomes: OutcomeCell[] = [];
  readonly clusters: ClusterCell[] = [];
  readonly covariates: CovariateCell[] = [];
  readonly clusterDays = new Map<string, readonly number[]>();
  readonly #cells = new CellsByMetric<HeldOutcomes>();
  readonly #exposures = new Map<string, HeldExposures>();
  readonly #clusters = new Map<string, HeldTallies & ClusterCell>();
  readonly #days = new Map<string, HeldDays>();
  readonly #covariates = new Map<string, HeldMoments>();
  readonly #newest: Record<CountKind, Map<number, number>> = {
    exposures: new Map(),
    outcomes: new Map(),
    clusters: new Map(),
    covariates: new Map(),
  };
  #changes = 0;

  get changes(): number {
    return this.#changes;
  }

  get metrics(): WatchedCounts['metrics'] {
    return this.#cells.metrics;
  }

  get offsets(): WatchedCounts['offsets'] {
    return {
      exposures: offsets(this.#newest.exposures),
      outcomes: offsets(this.#newest.outcomes),
      clusters: offsets(this.#newest.clusters),
      covariates: offsets(this.#newest.covariates),
    };
  }

  /** @returns whether the row says something new */
  take(row: CountRow): boolean {
    if (!this.#place(row)) return false;
    const newest = this.#newest[row.kind];
    if (row.version > (newest.get(row.partition) ?? -1)) newest.set(row.partition, row.version);
    this.#changes += 1;
    if (row.kind !== 'exposures') this.#cells.changed(row.metric, row.kind === 'covariates');
    return true;
  }

  #place(row: CountRow): boolean {
    switch (row.kind) {
      case 'exposures':
        return this.#placeExposures(row);
      case 'outcomes':
        return this.#placeOutcomes(row);
      case 'clusters':
        return row.cluster === '' ? this.#placeDays(row) : this.#placeClusters(row);
      case 'covariates':
        return this.#placeCovariates(row);
    }
  }

  #placeOutcomes(row: OutcomeRow): boolean {
    let held = this.#cells.findOutcomes(row);
    if (held === undefined) {
      const { metric, variant, stage, period, segment } = row;
      held = {
        ...{ metric, variant, stage, period, segment },
        ...{ partitions: [], versions: [], tallies: [] },
      };
      this.outcomes.push(held);
      this.#cells.addOutcomes(held);
    }
    return putTally(held, row, row.tally);
  }

  #placeClusters(row: ClusterRow): boolean {
    const { metric, variant, stage, cluster, day } = row;
    const key = `${metric} ${variant} ${stage} ${day} ${cluster}`;
    let held = this.#clusters.get(key);
    if (held === undefined) {
      held = {
        ...{ metric, variant, stage, cluster, day },
        ...{ partitions: [], versions: [], tallies: [] },
      };
      this.#clusters.set(key, held);
      this.clusters.push(held);
      this.#cells.addClusters(held);
    }
    return putTally(held, row, row.tally);
  }

  #placeDays(row: ClusterRow): boolean {
    const { metric } = row;
    let held = this.#days.get(metric);
    if (held === undefined) {
      held = { partitions: [], versions: [], days: [] };
      this.#days.set(metric, held);
      this.clusterDays.set(metric, held.days);
      this.#cells.addClusterDays(metric, held.days);
    }
    const at = placeOf(held, row);
    if (at < 0) return false;
    held.days[at] = tallyUnits([row.tally]);
    return true;
  }

  #placeCovariates(row: CovariateRow): boolean {
    const { metric, variant, stage } = row;
    const key = `${metric} ${variant} ${stage}`;
    let held = this.#covariates.get(key);
    if (held === undefined) {
      held = { metric, variant, stage, partitions: [], versions: [], tallies: [] };
      this.#covariates.set(key, held);
      this.covariates.push(held);
      this.#cells.addCovariates(held);
    }
    const at = placeOf(held, row);
    if (at < 0) return false;
    held.tallies[at] = row.tally;
    return true;
  }

  #placeExposures(row: ExposureRow): boolean {
    const { variant, stage, hour } = row;
    const key = `${variant} ${stage} ${hour}`;
    let held = this.#exposures.get(key);
    if (held === undefined) {
      held = {
        ...{ variant, stage, hour, units: 0, crossed: 0, objected: 0 },
        ...{ partitions: [], versions: [], parts: [] },
      };
      this.#exposures.set(key, held);
      this.exposures.push(held);
    }
    const at = placeOf(held, row);
    if (at < 0) return false;
    const { units, crossed, objected } = row;
    held.units += units - (held.parts[at]?.units ?? 0);
    held.crossed += crossed - (held.parts[at]?.crossed ?? 0);
    held.objected += objected - (held.parts[at]?.objected ?? 0);
    held.parts[at] = { units, crossed, objected };
    return true;
  }
}

/** @returns the place of the row's partition; negative when what is held is as new */
function placeOf(held: Held, { partition, version }: CountRow): number {
  const known = held.partitions.indexOf(partition);
  if (known >= 0 && held.versions[known]! >= version) return -1;
  const at = known < 0 ? held.partitions.length : known;
  held.partitions[at] = partition;
  held.versions[at] = version;
  return at;
}

/** Keeps a copy of the tally, in the place of the one before where it fits. */
function putTally(held: HeldTallies, row: CountRow, tally: Tally): boolean {
  const at = placeOf(held, row);
  if (at < 0) return false;
  const { tallies } = held;
  if (tallies[at]?.length === tally.length) tallies[at].set(tally);
  else tallies[at] = tally.slice();
  return true;
}

function offsets(newest: ReadonlyMap<number, number>): PartitionOffset[] {
  return [...newest]
    .map(([partition, version]) => ({ partition, offset: version + 1 }))
    .sort((a, b) => a.partition - b.partition);
}
