/**
 * Of how many days a partition has scored every member that came, by experiment and metric: when a cluster is complete is
 * known only if all partitions say so, because its members are spread over them.
 *
 * Told from the first member on that the partition has of an experiment. A function of the rows: the watermark before the row
 * decides.
 */
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import type { Definitions } from './definitions.ts';

export const dayMs = 86_400_000;

interface Told {
  /** Whole days since the experiment's start. */
  days: number;
}

/** Where the number of days is put out. */
export type TellDays = (experiment: string, metric: string, days: number, offset: number) => void;

export class ClusterDays {
  readonly #table: ObjectTable<Told>;
  readonly #definitions: Definitions;
  readonly #tell: TellDays;
  /** Watermark at which the next day is complete, ms since 1970; undefined: to be computed. */
  #nextAt: number | undefined;

  constructor(tables: StateTables, definitions: Definitions, tell: TellDays) {
    this.#table = tables.objects<Told>('experiment-cluster-days');
    this.#definitions = definitions;
    this.#tell = tell;
  }

  /** The partition has a member. */
  begin(experiment: string, offset: number): void {
    for (const { metric } of this.#definitions.get(experiment)!.metrics) {
      const key = `${experiment}\0${metric.key}`;
      if (this.#table.get(key) !== undefined) continue;
      this.#table.set(key, { days: 0 });
      this.#tell(experiment, metric.key, 0, offset);
      this.#nextAt = undefined;
    }
  }

  /** Behind the scores that were due at the watermark. */
  advance(watermark: number, offset: number): void {
    this.#nextAt ??= this.#soonest();
    if (watermark < this.#nextAt) return;
    for (const [key, { days }] of [...this.#table.entries()]) {
      const [experiment, metric] = key.split('\0') as [string, string];
      const complete = Math.floor((watermark - this.#firstAt(experiment, metric)) / dayMs);
      if (!(complete > days)) continue;
      this.#table.set(key, { days: complete });
      this.#tell(experiment, metric, complete, offset);
    }
    this.#nextAt = this.#soonest();
  }

  #soonest(): number {
    let soonest = Infinity;
    for (const [key, { days }] of this.#table.entries()) {
      const [experiment, metric] = key.split('\0') as [string, string];
      soonest = Math.min(soonest, this.#firstAt(experiment, metric) + (days + 1) * dayMs);
    }
    return soonest;
  }

  /** When day 0 would be complete if it had no length; Infinity once nobody asks any more. */
  #firstAt(experiment: string, metric: string): number {
    const counted = this.#definitions.get(experiment);
    const found = counted?.metrics.find((each) => each.metric.key === metric);
    if (counted === undefined || found === undefined) return Infinity;
    if (counted.experiment.state === 'archived') return Infinity;
    return counted.startAt + found.metric.windowMs;
  }
}
