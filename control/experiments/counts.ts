/**
 * The counts of the running experiments, kept up to date: after the first read only rows that have changed since are asked
 * for, by the offset that changed them last.
 *
 * A table's epochs appear one after the other, each whole. On a cluster a replica may show a later one first; so every
 * `overlapMs` the newest rows are asked for again, and what was missed is found.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../../contracts/store.ts';
import { type Floors, newerThan } from '../newerThan.ts';
import { type CountRow, countRows, countTables } from './countRows.ts';
import { type CountKind, countKinds, type ExperimentCounts, noCounts } from './experimentCounts.ts';
import { GatheredCounts } from './gatheredCounts.ts';
import { type WatchedCounts, watched } from './metricCells.ts';

/** The pipeline that counts. */
const pipelineDefault = 'learning';

export interface CountsOptions {
  readonly pipeline?: string;
  /** How long rows are asked for again, ms. */
  readonly overlapMs?: number;
  /** ms, of any origin. */
  readonly now?: () => number;
}

const nothing = watched(noCounts);

/** How often partitions that nothing has been seen of are asked for, ms: no index finds them. */
const strangersMs = 1_000;
/** Experiments whose counts are read whole in one statement. */
const freshAtOnce = 50;
/** Rows that are decoded without a turn for others. */
const rowsAtOnce = 5_000;

export class Counts {
  readonly #store: Store;
  readonly #pipeline: string;
  readonly #overlapMs: number;
  readonly #now: () => number;
  /** By experiment; only such as have been read whole. */
  readonly #tracked = new Map<string, GatheredCounts>();
  readonly #seen: Record<CountKind, Map<number, number>> = {
    exposures: new Map(),
    outcomes: new Map(),
    clusters: new Map(),
    covariates: new Map(),
  };
  /** Experiments with changes that no refresh has told yet. */
  #changed = new Set<string>();
  /** What had been seen at the last time that rows were asked for again, and the time before it. */
  #last: Record<CountKind, Floors> | undefined;
  #before: Record<CountKind, Floors> | undefined;
  #againAt: number;
  #strangersAt: number;

  constructor(store: Store, options: CountsOptions = {}) {
    this.#store = store;
    this.#pipeline = options.pipeline ?? pipelineDefault;
    this.#overlapMs = options.overlapMs ?? 10_000;
    this.#now = options.now ?? (() => performance.now());
    this.#againAt = this.#now() + this.#overlapMs;
    this.#strangersAt = this.#now() + strangersMs;
  }

  /** Of an experiment that was wanted at the last refresh; nothing for another one. */
  of(experiment: string): WatchedCounts {
    return this.#tracked.get(experiment) ?? nothing;
  }

  /**
   * Reads what has changed.
   *
   * @param wanted keys of experiments; counts of others are let go
   * @returns keys of those with changed counts
   * @throws EngineError SINK_UNAVAILABLE; nothing is lost, the next call asks for the same again
   */
  async refresh(wanted: ReadonlySet<string>): Promise<Set<string>> {
    for (const key of this.#tracked.keys()) if (!wanted.has(key)) this.#tracked.delete(key);
    if (wanted.size === 0) return new Set();
    const now = this.#now();
    const isAgain = now >= this.#againAt;
    const withStrangers = isAgain || now >= this.#strangersAt;
    if (this.#tracked.size > 0) {
      // Side by side, and taken together: whoever reads the counts in between finds them of one moment, unless they are many.
      const read = await Promise.all(
        countKinds.map((kind) => {
          const floors = (isAgain ? this.#before?.[kind] : undefined) ?? this.#seen[kind];
          return this.#read(kind, { sql: newerThan(floors, withStrangers), parameters: {} });
        }),
      );
      for (const [i, rows] of read.entries()) {
        await takeRows(countKinds[i]!, rows, (row) => {
          this.#take(this.#tracked.get(row.experiment), row);
          this.#see(row);
        });
      }
    }
    const fresh = [...wanted].filter((key) => !this.#tracked.has(key));
    for (let from = 0; from < fresh.length; from += freshAtOnce) {
      await this.#begin(fresh.slice(from, from + freshAtOnce));
    }
    if (isAgain) {
      this.#before = this.#last;
      this.#last = copyOf(this.#seen);
      this.#againAt = now + this.#overlapMs;
    }
    if (withStrangers) this.#strangersAt = now + strangersMs;
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** Of experiments that are new here everything is asked for, once. */
  async #begin(keys: readonly string[]): Promise<void> {
    const fresh = new Map(keys.map((key) => [key, new GatheredCounts()]));
    const isFirst = this.#tracked.size === 0;
    for (const kind of countKinds) {
      await takeRows(kind, await this.#read(kind, ofExperiments(keys)), (row) => {
        this.#take(fresh.get(row.experiment), row);
        if (isFirst) this.#see(row);
      });
    }
    for (const [key, counts] of fresh) this.#tracked.set(key, counts);
  }

  #take(counts: GatheredCounts | undefined, row: CountRow): void {
    if (counts?.take(row) === true) this.#changed.add(row.experiment);
  }

  #see({ kind, partition, version }: CountRow): void {
    const seen = this.#seen[kind];
    if (version > (seen.get(partition) ?? -1)) seen.set(partition, version);
  }

  #read(kind: CountKind, where: Condition): Promise<Uint8Array> {
    return readRows(this.#store, kind, this.#pipeline, where);
  }
}

function copyOf(seen: Readonly<Record<CountKind, Floors>>): Record<CountKind, Floors> {
  const { exposures, outcomes, clusters, covariates } = seen;
  return {
    exposures: new Map(exposures),
    outcomes: new Map(outcomes),
    clusters: new Map(clusters),
    covariates: new Map(covariates),
  };
}

interface Condition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

function ofExperiments(keys: readonly string[]): Condition {
  return { sql: 'experiment IN {keys:Array(String)}', parameters: { keys } };
}

function readRows(
  store: Store,
  kind: CountKind,
  pipeline: string,
  { sql, parameters }: Condition,
  final = '',
): Promise<Uint8Array> {
  return store.readBinary(
    `SELECT * FROM ${countTables[kind]} ${final} WHERE pipeline = {pipeline:String} AND (${sql})`,
    { pipeline, ...parameters },
  );
}

/** Rows are lent to `take`, many without a turn for others. */
async function takeRows(kind: CountKind, bytes: Uint8Array, take: (row: CountRow) => void) {
  let taken = 0;
  for (const row of countRows(kind, bytes)) {
    take(row);
    taken += 1;
    if (taken % rowsAtOnce === 0) await nextTurn();
  }
}

/** One experiment's counts by a plain read of everything that is stored of it. */
export async function readCounts(
  store: Store,
  experiment: string,
  pipeline: string = pipelineDefault,
): Promise<ExperimentCounts> {
  const counts = new GatheredCounts();
  for (const kind of countKinds) {
    const rows = await readRows(store, kind, pipeline, ofExperiments([experiment]), 'FINAL');
    await takeRows(kind, rows, (row) => counts.take(row));
  }
  return counts;
}
