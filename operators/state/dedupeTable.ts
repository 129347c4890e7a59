/**
 * The ids seen within a horizon of event time, as a table whose epochs store only the ids that they added.
 *
 * Ids are 64-bit hashes. They are kept in buckets by the clock at which they came; a bucket is closed after a sixteenth
 * of the horizon or of `idsMax`, and goes as a whole. So an id is remembered for at least the horizon and at most a
 * sixteenth longer, unless more than `idsMax` come within it: then the oldest bucket goes first. Two different ids collide
 * with probability of about n · 2^−64 when n are held.
 *
 * Stored: under the empty key the clock and the number of the oldest bucket; under `<bucket>` its bounds; under
 * `<bucket>.<first>` the ids from position `first`, as pairs of 32-bit integers. Segments are only added, and deleted with
 * their bucket.
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { StateTable, StateTables, VisitEntry } from '../../contracts/stateTable.ts';

export interface DedupeTableOptions {
  /** How long an id is remembered at least, event time, ms. */
  readonly horizonMs: number;
  /** Most ids held at once, ≥ 16. */
  readonly idsMax: number;
  readonly version?: number;
}

interface Bucket {
  /** Clock when it was opened, ms. */
  openedAt: number;
  /** Clock when it took its last id. */
  lastAt: number;
  /** Ids in it. */
  count: number;
  /** Positions at which its stored segments begin. */
  readonly segments: number[];
  /** Ids not yet stored: low and high halves, `pendingLength` of them in use. */
  pending: Int32Array;
  pendingLength: number;
}

/** Low half, high half, bucket number (0: never used). */
const slotWidth = 3;
const bucketsPerHorizon = 16;
const decoder = new TextDecoder();

export class DedupeTable implements StateTable {
  readonly name: string;
  readonly version: number;
  readonly #horizonMs: number;
  readonly #idsMax: number;
  #slots = new Int32Array(1024 * slotWidth);
  #mask = 1023;
  /** Slots ever used since the last rebuild, forgotten ids included. */
  #used = 0;
  #size = 0;
  #clock = -Infinity;
  #headerChanged = false;
  readonly #buckets = new Map<number, Bucket>();
  /** Bucket numbers run from `#oldest` to `#newest`, from 1; ids in buckets before `#oldest` are forgotten. */
  #oldest = 1;
  #newest = 0;
  #current: Bucket | undefined;
  /** Between `restore` and `restored`. */
  #segments: { number: number; first: number; ids: Uint8Array }[] = [];
  #gone: { number: number; bucket: Bucket }[] = [];
  readonly #writer = new ByteWriter();

  /** @throws RangeError when an option is out of range */
  constructor(name: string, { horizonMs, idsMax, version = 1 }: DedupeTableOptions) {
    if (!(horizonMs > 0)) throw new RangeError(`horizonMs: expected > 0, got ${horizonMs}`);
    if (!Number.isInteger(idsMax) || idsMax < bucketsPerHorizon) {
      throw new RangeError(`idsMax: expected an integer ≥ ${bucketsPerHorizon}, got ${idsMax}`);
    }
    this.name = name;
    this.version = version;
    this.#horizonMs = horizonMs;
    this.#idsMax = idsMax;
  }

  /** Ids held. */
  get size(): number {
    return this.#size;
  }

  /**
   * Takes in an id unless it is held already.
   *
   * @param time event time, ms; the table's clock is the largest so far
   * @returns false when the id is a duplicate
   */
  add(low: number, high: number, time: number): boolean {
    if (time > this.#clock) this.#advance(time);
    const slots = this.#slots;
    const mask = this.#mask;
    const signedLow = low | 0;
    const signedHigh = high | 0;
    let at = homeOf(signedLow, signedHigh, mask) * slotWidth;
    let reusable = -1;
    for (let number = slots[at + 2]!; number !== 0; number = slots[at + 2]!) {
      if (number < this.#oldest) {
        if (reusable < 0) reusable = at;
      } else if (slots[at] === signedLow && slots[at + 1] === signedHigh) {
        return false;
      }
      at += slotWidth;
      if (at === slots.length) at = 0;
    }
    this.#insert(signedLow, signedHigh, reusable >= 0 ? reusable : at);
    return true;
  }

  drain(visit: VisitEntry): void {
    const writer = this.#writer;
    const remove = (key: string) => {
      const keyEnd = this.#writeKey(key);
      visit(writer.bytes, keyEnd, keyEnd, true);
    };
    for (const { number, bucket } of this.#gone) {
      // Without a segment it was never stored.
      if (bucket.segments.length > 0) remove(`${number}`);
      for (const first of bucket.segments) remove(`${number}.${first}`);
    }
    this.#gone = [];
    for (const [number, bucket] of this.#buckets) {
      if (bucket.pendingLength > 0) this.#drainBucket(number, bucket, visit);
    }
    if (!this.#headerChanged) return;
    this.#headerChanged = false;
    writer.clear();
    writer.float64(this.#clock);
    writer.float64(this.#oldest);
    visit(writer.bytes, 0, writer.length, false);
  }

  restore(key: Uint8Array, value: Uint8Array): void {
    const text = decoder.decode(key);
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    const [number = Number.NaN, first] = text.split('.').map(Number);
    if (text === '' && (value.length === 8 || value.length === 16)) {
      this.#clock = view.getFloat64(0, true);
      // Eight bytes were stored before the oldest bucket was.
      if (value.length === 16) this.#oldest = view.getFloat64(8, true);
    } else if (Number.isInteger(number) && first === undefined && value.length === 16) {
      const bucket = this.#bucketAt(number);
      bucket.openedAt = view.getFloat64(0, true);
      bucket.lastAt = view.getFloat64(8, true);
    } else if (Number.isInteger(number) && Number.isInteger(first) && value.length % 8 === 0) {
      // Sorted and placed by `restored`.
      this.#segments.push({ number, first: first!, ids: new Uint8Array(value) });
    } else {
      throw new EngineError('SNAPSHOT_FOREIGN', `table ${this.name}: unknown entry ${text}`);
    }
  }

  restored(): void {
    this.#forgetAgain();
    this.#placeSegments();
    this.#newest = this.#oldest - 1;
    const numbers = [...this.#buckets.keys()].sort((a, b) => a - b);
    if (numbers.length === 0) return;
    this.#oldest = numbers[0]!;
    this.#newest = numbers.at(-1)!;
    const ordered = numbers.map((number) => [number, this.#buckets.get(number)!] as const);
    this.#buckets.clear();
    for (const [number, bucket] of ordered) this.#buckets.set(number, bucket);
    this.#current = this.#buckets.get(this.#newest);
    this.#forget();
  }

  /** An insert of a lost worker that landed late may bring back parts of forgotten buckets. */
  #forgetAgain(): void {
    for (const { number, first } of this.#segments) {
      if (number < this.#oldest) this.#bucketAt(number).segments.push(first);
    }
    this.#segments = this.#segments.filter(({ number }) => number >= this.#oldest);
    for (const [number, bucket] of this.#buckets) {
      if (number >= this.#oldest) continue;
      this.#buckets.delete(number);
      this.#gone.push({ number, bucket });
    }
  }

  /**
   * Puts restored segments together by position. Two may overlap, where an insert of a lost worker landed late: then both
   * hold the same ids at the same positions, and the second time they are passed over.
   */
  #placeSegments(): void {
    this.#segments.sort((a, b) => a.first - b.first);
    for (const { number, first, ids } of this.#segments) {
      const bucket = this.#bucketAt(number);
      const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
      for (let at = (bucket.count - first) * 8; at < ids.length; at += 8) {
        this.#place(view.getInt32(at, true), view.getInt32(at + 4, true), number);
        bucket.count += 1;
      }
      bucket.segments.push(first);
    }
    this.#segments = [];
  }

  #insert(low: number, high: number, at: number): void {
    let bucket = this.#current;
    if (
      bucket === undefined ||
      bucket.count >= this.#idsMax / bucketsPerHorizon ||
      this.#clock - bucket.openedAt >= this.#horizonMs / bucketsPerHorizon
    ) {
      bucket = newBucket(this.#clock);
      this.#newest += 1;
      this.#buckets.set(this.#newest, bucket);
      this.#current = bucket;
    }
    bucket.lastAt = this.#clock;
    bucket.count += 1;
    this.#size += 1;
    if (bucket.pendingLength * 2 === bucket.pending.length) {
      const grown = new Int32Array(Math.max(64, bucket.pending.length * 2));
      grown.set(bucket.pending);
      bucket.pending = grown;
    }
    bucket.pending[bucket.pendingLength * 2] = low;
    bucket.pending[bucket.pendingLength * 2 + 1] = high;
    bucket.pendingLength += 1;
    this.#fill(at, low, high, this.#newest);
    if (this.#size > this.#idsMax) this.#forget();
  }

  #fill(at: number, low: number, high: number, number: number): void {
    const fresh = this.#slots[at + 2] === 0;
    this.#slots[at] = low;
    this.#slots[at + 1] = high;
    this.#slots[at + 2] = number;
    if (!fresh) return;
    this.#used += 1;
    if (this.#used * 5 > (this.#mask + 1) * 3) this.#rebuild();
  }

  #advance(time: number): void {
    this.#clock = time;
    this.#headerChanged = true;
    const oldest = this.#buckets.get(this.#oldest);
    if (oldest !== undefined && time - oldest.lastAt > this.#horizonMs) this.#forget();
  }

  /** Drops the oldest buckets: those behind the horizon, and as many as are too many. */
  #forget(): void {
    for (const [number, bucket] of this.#buckets) {
      const expired = this.#clock - bucket.lastAt > this.#horizonMs;
      if (!expired && this.#size <= this.#idsMax) break;
      this.#buckets.delete(number);
      this.#gone.push({ number, bucket });
      this.#size -= bucket.count;
      this.#oldest = number + 1;
      this.#headerChanged = true;
      if (bucket === this.#current) this.#current = undefined;
    }
  }

  /** Without the forgotten ids, and with room for as many again as are held. */
  #rebuild(): void {
    const old = this.#slots;
    let slots = 1024;
    while (slots * 2 < this.#size * 5) slots *= 2;
    this.#slots = new Int32Array(slots * slotWidth);
    this.#mask = slots - 1;
    this.#used = 0;
    for (let at = 0; at < old.length; at += slotWidth) {
      const number = old[at + 2]!;
      if (number < this.#oldest) continue;
      const free = this.#freeSlot(old[at]!, old[at + 1]!);
      this.#slots[free] = old[at]!;
      this.#slots[free + 1] = old[at + 1]!;
      this.#slots[free + 2] = number;
      this.#used += 1;
    }
  }

  #place(low: number, high: number, number: number): void {
    this.#size += 1;
    this.#fill(this.#freeSlot(low, high), low, high, number);
  }

  #freeSlot(low: number, high: number): number {
    let slot = homeOf(low, high, this.#mask);
    while (this.#slots[slot * slotWidth + 2] !== 0) slot = (slot + 1) & this.#mask;
    return slot * slotWidth;
  }

  #bucketAt(number: number): Bucket {
    const bucket = this.#buckets.get(number) ?? newBucket(Number.NaN);
    this.#buckets.set(number, bucket);
    return bucket;
  }

  #drainBucket(number: number, bucket: Bucket, visit: VisitEntry): void {
    const writer = this.#writer;
    const first = bucket.count - bucket.pendingLength;
    const segmentEnd = this.#writeKey(`${number}.${first}`);
    for (let i = 0; i < bucket.pendingLength * 2; i += 1) writer.int32(bucket.pending[i]!);
    visit(writer.bytes, segmentEnd, writer.length, false);
    const keyEnd = this.#writeKey(`${number}`);
    writer.float64(bucket.openedAt);
    writer.float64(bucket.lastAt);
    visit(writer.bytes, keyEnd, writer.length, false);
    bucket.segments.push(first);
    bucket.pendingLength = 0;
    bucket.pending = new Int32Array(0);
  }

  #writeKey(key: string): number {
    this.#writer.clear();
    for (let i = 0; i < key.length; i += 1) this.#writer.uint8(key.charCodeAt(i));
    return this.#writer.length;
  }
}

/** @throws RangeError when an option is out of range or the name is taken */
export function createDedupeTable(
  tables: StateTables,
  name: string,
  options: DedupeTableOptions,
): DedupeTable {
  return tables.add(new DedupeTable(name, options));
}

function newBucket(openedAt: number): Bucket {
  return {
    openedAt,
    lastAt: openedAt,
    count: 0,
    segments: [],
    pending: new Int32Array(0),
    pendingLength: 0,
  };
}

/** The halves are hashes already; both take part, so that neither has to be a good one alone. */
function homeOf(low: number, high: number, mask: number): number {
  return (low ^ Math.imul(high, 0x9e3779b1)) & mask;
}
