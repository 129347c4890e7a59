/**
 * A past result computed again from the event log: the pipeline's counting is run up to the offsets of the counts, without a store.
 *
 * Counts are a function of the log alone, and a result one of counts and definition; so what comes out is the same to the byte
 * as what was shown then.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Chunk, sliceChunk } from '../contracts/chunk.ts';
import type { ExperimentRecord } from '../contracts/experimentRecord.ts';
import type { ExperimentResult } from '../contracts/experimentResult.ts';
import { countRows, countTables } from '../control/experiments/countRows.ts';
import { evaluateExperiment } from '../control/experiments/evaluate.ts';
import {
  type CountKind,
  countKinds,
  type ExperimentCounts,
  type PartitionOffset,
} from '../control/experiments/experimentCounts.ts';
import { GatheredCounts } from '../control/experiments/gatheredCounts.ts';
import { counting, countingArchived } from '../pipelines/counting.ts';
import { Instance } from '../pipelines/instance.ts';
import type { PastLog } from './pastLog.ts';
import { splitExposures } from './splitExposures.ts';

/** Certificates of earlier versions have no offsets of some kinds: these count nothing. */
export type CountOffsets = Partial<ExperimentCounts['offsets']>;

export interface ReplayOptions {
  /** Into how many parts each partition is divided by user; 1 by default. */
  readonly parts?: number;
  /** Offsets of records that the pipeline's code could not take, by partition: it refused them then. */
  readonly poison?: ReadonlyMap<number, ReadonlyMap<number, string>>;
  /** Told how many records of those that are needed have been read. */
  onProgress?(done: number, needed: number): void;
}

/** Records between two cuts: what has changed since is held in memory. */
const recordsAtOnce = 200_000;
/** Partitions are numbered by 16 bits in rows. */
const partitionsMax = 65_536;

/**
 * Up to where the counts of a result went. A result from before these were noted has one offset for all kinds, which is
 * theirs unless it was evaluated while an epoch was being written.
 */
export function offsetsOfResult({ offsets, countOffsets }: ExperimentResult): CountOffsets {
  return {
    covariates: offsets,
    ...(countOffsets ?? { exposures: offsets, outcomes: offsets, clusters: offsets }),
  };
}

/** Of each partition that counts come from, the last offset that they need. */
export function neededOffsets(offsets: CountOffsets): Map<number, number> {
  const needed = new Map<number, number>();
  for (const kind of countKinds) {
    for (const { partition, offset } of offsets[kind] ?? []) {
      needed.set(partition, Math.max(offset, needed.get(partition) ?? 0));
    }
  }
  return new Map([...needed].sort(([a], [b]) => a - b));
}

/**
 * An experiment's counts as they were.
 *
 * @param offsets of the counts: each kind up to its own
 * @throws EngineError LOG_UNAVAILABLE when the records are not all there
 * @throws RangeError when there are more than 65,536 parts in all
 */
export async function replayCounts(
  log: PastLog,
  experiment: string,
  offsets: CountOffsets,
  { parts = 1, poison, onProgress }: ReplayOptions = {},
): Promise<ExperimentCounts> {
  const needed = neededOffsets(offsets);
  if ((Math.max(-1, ...needed.keys()) + 1) * parts > partitionsMax) {
    throw new RangeError(`parts: expected at most ${partitionsMax} in all, got ${parts} each`);
  }
  const total = [...needed.values()].reduce((sum, each) => sum + each, 0);
  const counts = new GatheredCounts();
  let before = 0;
  for (const [partition, last] of needed) {
    const recount = new Recount(log, partition, parts, poison?.get(partition), (kind, rows) => {
      for (const row of countRows(kind, rows)) {
        if (row.experiment === experiment) counts.take(row);
      }
    });
    try {
      await recount.run(endsIn(partition, offsets), (position) =>
        onProgress?.(before + Math.min(position, last), total),
      );
    } finally {
      recount.close();
    }
    before += last;
    onProgress?.(before, total);
  }
  const { exposures, outcomes, clusters, covariates, clusterDays } = counts;
  const offsetsOfCounts = offsetsOfWhole(counts.offsets, parts);
  return { exposures, outcomes, clusters, covariates, clusterDays, offsets: offsetsOfCounts };
}

/** Where each kind of counts ends in a partition. */
type Ends = ReadonlyMap<CountKind, number>;

function endsIn(partition: number, offsets: CountOffsets): Ends {
  return new Map(
    countKinds.map((kind) => {
      const found = offsets[kind]?.find((each) => each.partition === partition);
      return [kind, found?.offset ?? 0];
    }),
  );
}

/** Of each partition the furthest of its parts. */
function offsetsOfWhole(
  offsets: ExperimentCounts['offsets'],
  parts: number,
): ExperimentCounts['offsets'] {
  const whole = (ofParts: readonly PartitionOffset[]): PartitionOffset[] => {
    const furthest = new Map<number, number>();
    for (const { partition, offset } of ofParts) {
      const at = Math.floor(partition / parts);
      furthest.set(at, Math.max(offset, furthest.get(at) ?? 0));
    }
    return [...furthest].map(([partition, offset]) => ({ partition, offset }));
  };
  return Object.fromEntries(countKinds.map((kind) => [kind, whole(offsets[kind])])) as Record<
    CountKind,
    PartitionOffset[]
  >;
}

/** The counting of one partition, in as many parts as wanted. */
class Recount {
  readonly #log: PastLog;
  readonly #partition: number;
  readonly #instances: readonly Instance[];
  readonly #take: (kind: CountKind, rows: Uint8Array) => void;
  /** Records since the last cut. */
  #uncut = 0;

  constructor(
    log: PastLog,
    partition: number,
    parts: number,
    poison: ReadonlyMap<number, string> | undefined,
    take: (kind: CountKind, rows: Uint8Array) => void,
  ) {
    const pipeline = log.source === 'log' ? counting : countingArchived;
    this.#log = log;
    this.#partition = partition;
    this.#take = take;
    this.#instances = Array.from(
      { length: parts },
      (_, part) => new Instance(pipeline, partition * parts + part, partitionsMax, poison),
    );
  }

  /** @param onProgress told the offset that has been reached */
  async run(ends: Ends, onProgress: (position: number) => void): Promise<void> {
    const stops = [...new Set(ends.values())].filter((end) => end > 0).sort((a, b) => a - b);
    for await (const chunk of this.#log.read(this.#partition, stops.at(-1) ?? 0)) {
      for (let from = 0; from < chunk.length; ) {
        const start = chunk.firstOffset + from;
        while (stops.length > 0 && stops[0]! <= start) this.#cut(stops.shift()!, ends);
        if (stops.length === 0) return;
        const to = Math.min(chunk.length, stops[0]! - chunk.firstOffset);
        this.#push(sliceChunk(chunk, from, to));
        if (this.#uncut >= recordsAtOnce) this.#cut(chunk.firstOffset + to, ends);
        from = to;
      }
      onProgress(chunk.firstOffset + chunk.length);
      await nextTurn();
    }
    for (const stop of stops) this.#cut(stop, ends);
  }

  #push(chunk: Chunk): void {
    const parts = splitExposures(chunk, this.#instances.length);
    for (const [part, instance] of this.#instances.entries()) instance.push(parts[part]!);
    this.#uncut += chunk.length;
  }

  /** Takes the counts of the records before `position`, for the kinds that go as far. */
  #cut(position: number, ends: Ends): void {
    this.#uncut = 0;
    for (const instance of this.#instances) {
      // With a checkpoint: what has changed since the last one is held until then.
      const { outputs } = instance.cut(true);
      for (const [kind, end] of ends) {
        const rows = outputs.find(({ table }) => table === countTables[kind]);
        if (rows !== undefined && position <= end) this.#take(kind, rows.bytes);
      }
    }
  }

  close(): void {
    for (const instance of this.#instances) instance.close();
  }
}

/**
 * A past result again.
 *
 * @param record  the definition of then, by the revision of the result
 * @param offsets of the result or of its certificate
 * @param at      when it was evaluated, ms since 1970
 * @throws EngineError LOG_UNAVAILABLE, see {@link replayCounts}
 */
export async function replayResult(
  log: PastLog,
  record: ExperimentRecord,
  offsets: CountOffsets,
  at: number,
  options: ReplayOptions = {},
): Promise<ExperimentResult> {
  const counts = await replayCounts(log, record.experiment.key, offsets, options);
  return evaluateExperiment(record, counts, at);
}
