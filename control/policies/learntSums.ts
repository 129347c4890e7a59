/**
 * What policies have learnt, as the partitions wrote it: kept in memory, brought up to date by asking for newer rows.
 *
 * A row has the absolute sums of its partition, so nothing is lost by reading one late or twice. Sums are long: what is known is
 * not read again; to find what came late, versions alone are looked through.
 */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { Store } from '../../contracts/store.ts';
import { newerThan } from '../newerThan.ts';

/** The sums of one partition. */
export interface PartitionSums {
  readonly partition: number;
  /** Offset of the last row that is in them. */
  readonly version: number;
  readonly sums: Float64Array;
}

interface StoredVersion {
  readonly policy: string;
  readonly action: string;
  readonly design: string;
  readonly partition: number;
  readonly version: number | string;
}

export interface LearntSumsOptions {
  readonly store: Store;
  readonly pipeline?: string;
  /** How often the versions of everything are looked through: rows that came late are found then, ms. */
  readonly wholeEveryMs?: number;
  /** ms, of any origin. */
  readonly now?: () => number;
}

export class LearntSums {
  readonly #options: Required<LearntSumsOptions>;
  /** By `policy\0design`, then by action, then by partition. */
  readonly #sums = new Map<string, Map<string, Map<number, PartitionSums>>>();
  /** The largest version seen, by partition. */
  readonly #floors = new Map<number, number>();
  #wholeAt = -Infinity;

  constructor({
    store,
    pipeline = 'learning',
    wholeEveryMs = 10_000,
    now = () => performance.now(),
  }: LearntSumsOptions) {
    this.#options = { store, pipeline, wholeEveryMs, now };
  }

  /** Sums of an action ('' where all share them), one entry a partition. */
  of(policy: string, design: string, action: string): readonly PartitionSums[] {
    return [...(this.#sums.get(`${policy}\0${design}`)?.get(action)?.values() ?? [])];
  }

  /** Up to where the log had been learnt from: `partition:offset` joined by commas, ascending. */
  learnt(policy: string, design: string): string {
    const newest = new Map<number, number>();
    for (const partitions of this.#sums.get(`${policy}\0${design}`)?.values() ?? []) {
      for (const { partition, version } of partitions.values()) {
        newest.set(partition, Math.max(version, newest.get(partition) ?? -1));
      }
    }
    return [...newest]
      .sort(([a], [b]) => a - b)
      .map(([partition, version]) => `${partition}:${version}`)
      .join(',');
  }

  /**
   * Reads what is newer.
   *
   * @returns keys of the policies with other sums than before
   * @throws EngineError SINK_UNAVAILABLE; the next call asks for the same again
   */
  async refresh(): Promise<Set<string>> {
    const { store, pipeline, wholeEveryMs, now } = this.#options;
    const isDue = now() - this.#wholeAt >= wholeEveryMs;
    const isWhole = isDue && (this.#floors.size === 0 || (await this.#hasLate()));
    const newer = isWhole ? '' : ` AND (${newerThan(this.#floors)})`;
    const bytes = await store.readBinary(
      `SELECT policy, action, design, partition, version, sums FROM policy_sums
       WHERE pipeline = {pipeline:String}${newer}
       ORDER BY version DESC LIMIT 1 BY policy, action, design, partition`,
      { pipeline },
    );
    if (isDue) this.#wholeAt = now();
    const changed = new Set<string>();
    const reader = new ByteReader(bytes);
    while (!reader.isAtEnd) this.#take(reader, changed);
    return changed;
  }

  /** Whether there is something that no look for what is newer finds. */
  async #hasLate(): Promise<boolean> {
    const { store, pipeline } = this.#options;
    const rows = await store.query<StoredVersion>(
      `SELECT policy, action, design, partition, max(version) AS version FROM policy_sums
       WHERE pipeline = {pipeline:String} GROUP BY policy, action, design, partition`,
      { pipeline },
    );
    return rows.some(({ policy, action, design, partition, version }) => {
      const held = this.#sums.get(`${policy}\0${design}`)?.get(action)?.get(partition);
      const isKnown = Number(version) <= (held?.version ?? -1);
      return !isKnown && Number(version) <= (this.#floors.get(partition) ?? -1);
    });
  }

  #take(reader: ByteReader, changed: Set<string>): void {
    const policy = reader.text();
    const action = reader.text();
    const design = reader.text();
    const partition = reader.uint16();
    const version = reader.int64();
    const sums = new Float64Array(reader.varint());
    for (let i = 0; i < sums.length; i += 1) sums[i] = reader.float64();
    this.#floors.set(partition, Math.max(version, this.#floors.get(partition) ?? -1));
    const partitions = place(place(this.#sums, `${policy}\0${design}`), action);
    if (version <= (partitions.get(partition)?.version ?? -1)) return;
    partitions.set(partition, { partition, version, sums });
    changed.add(policy);
  }
}

function place<Key, Value>(held: Map<string, Map<Key, Value>>, key: string): Map<Key, Value> {
  let found = held.get(key);
  if (found === undefined) {
    found = new Map();
    held.set(key, found);
  }
  return found;
}
