/**
 * Counts put together from rows that come in any order and more than once: of each cell and partition the newest row holds.
 *
 * A row has the absolute values of its partition, so nothing is added up before it is read.
 */
import type { CountRow, ExposureRow } from './countRows.ts';
import {
  type ClusterCell,
  type CountKind,
  type CovariateCell,
  countKinds,
  type ExperimentCounts,
  type OutcomeCell,
  type PartitionOffset,
  type Tally,
  tallyUnits,
} from './experimentCounts.ts';

interface Held {
  /** One place a partition that has a row; the same in all lists. */
  readonly partitions: number[];
  readonly versions: number[];
}

interface HeldTallies<Kind = Tally> extends Held {
  readonly tallies: Kind[];
}

type HeldMoments = HeldTallies<CovariateCell['tallies'][number]>;

interface HeldExposures extends Held {
  readonly rows: ExposureRow[];
}

/** Of one experiment. */
export class GatheredCounts {
  readonly #exposures = new Map<string, HeldExposures>();
  readonly #outcomes = new Map<string, HeldTallies & OutcomeCell>();
  readonly #clusters = new Map<string, HeldTallies & ClusterCell>();
  readonly #covariates = new Map<string, HeldMoments & CovariateCell>();
  readonly #clusterDays = new Map<string, Held & { readonly days: number[] }>();
  readonly #newest: Record<CountKind, Map<number, number>> = {
    exposures: new Map(),
    outcomes: new Map(),
    clusters: new Map(),
    covariates: new Map(),
  };

  /** @returns whether the row says something new */
  take(row: CountRow): boolean {
    const taken = this.#place(row);
    if (!taken) return false;
    const newest = this.#newest[row.kind];
    newest.set(row.partition, Math.max(row.version, newest.get(row.partition) ?? -1));
    return true;
  }

  #place(row: CountRow): boolean {
    const { variant, stage } = row;
    if (row.kind === 'exposures') {
      const { hour } = row;
      const held = heldAt(this.#exposures, `${variant} ${stage} ${hour}`, () => ({
        partitions: [],
        versions: [],
        rows: [],
      }));
      return put(held, held.rows, row, row);
    }
    if (row.kind === 'covariates') {
      const { metric } = row;
      const held = heldAt(this.#covariates, `${metric} ${variant} ${stage}`, () => ({
        ...{ metric, variant, stage },
        ...{ partitions: [], versions: [], tallies: [] },
      }));
      return put(held, held.tallies, row, row.tally);
    }
    const { metric, tally } = row;
    if (row.kind === 'outcomes') {
      const { period, segment } = row;
      const held = heldAt(
        this.#outcomes,
        `${metric} ${variant} ${stage} ${period} ${segment}`,
        () => ({
          ...{ metric, variant, stage, period, segment },
          ...{ partitions: [], versions: [], tallies: [] },
        }),
      );
      return put(held, held.tallies, row, tally);
    }
    const { cluster, day } = row;
    if (cluster === '') {
      const held = heldAt(this.#clusterDays, metric, () => ({
        ...{ partitions: [], versions: [], days: [] },
      }));
      return put(held, held.days, row, tallyUnits([tally]));
    }
    const held = heldAt(this.#clusters, `${metric} ${variant} ${stage} ${day} ${cluster}`, () => ({
      ...{ metric, variant, stage, cluster, day },
      ...{ partitions: [], versions: [], tallies: [] },
    }));
    return put(held, held.tallies, row, tally);
  }

  /** A view that later rows change. */
  read(): ExperimentCounts {
    return {
      exposures: [...this.#exposures.values()].map(({ rows }) => {
        const { variant, stage, hour } = rows[0]!;
        let units = 0;
        let crossed = 0;
        for (const row of rows) {
          units += row.units;
          crossed += row.crossed;
        }
        return { variant, stage, hour, units, crossed };
      }),
      outcomes: [...this.#outcomes.values()],
      clusters: [...this.#clusters.values()],
      covariates: [...this.#covariates.values()],
      clusterDays: new Map([...this.#clusterDays].map(([metric, { days }]) => [metric, days])),
      offsets: Object.fromEntries(
        countKinds.map((kind) => [kind, offsets(this.#newest[kind])]),
      ) as Record<CountKind, PartitionOffset[]>,
    };
  }
}

function heldAt<Cell>(cells: Map<string, Cell>, key: string, make: () => Cell): Cell {
  let held = cells.get(key);
  if (held === undefined) {
    held = make();
    cells.set(key, held);
  }
  return held;
}

function put<Value>(held: Held, values: Value[], row: CountRow, value: Value): boolean {
  const known = held.partitions.indexOf(row.partition);
  const at = known < 0 ? held.partitions.length : known;
  if (known >= 0 && held.versions[at]! >= row.version) return false;
  held.partitions[at] = row.partition;
  held.versions[at] = row.version;
  values[at] = value;
  return true;
}

function offsets(newest: ReadonlyMap<number, number>): PartitionOffset[] {
  return [...newest]
    .map(([partition, version]) => ({ partition, offset: version + 1 }))
    .sort((a, b) => a.partition - b.partition);
}
