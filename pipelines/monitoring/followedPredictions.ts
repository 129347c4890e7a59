/**
 * Predictions that are followed, and labels that came before theirs: each an entry of the state under its user and name.
 *
 * One that has its label, or was given up, is remembered for a while, so that a further label is told from one for an unknown
 * prediction. The orders in which entries are due are rebuilt from the entries after a restart.
 */
import { meaningVersion } from '../../contracts/meaningVersion.ts';
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { TimeHeap } from '../../contracts/timeHeap.ts';

export interface FollowedPrediction {
  /** `early`: a label that waits for its prediction; `labelled` and `censored` are remembered only. */
  state: 'early' | 'open' | 'labelled' | 'censored';
  /** Event time of the prediction, of an early label its own, ms since 1970. */
  at: number;
  /** When an open one is given up, an early label waits no longer, or another is forgotten: ms since 1970. */
  until: number;
  /** Of the row that made the entry; no two have the same. */
  offset: number;
  /** NaN of an early label. */
  prediction: number;
  /** NaN while there is none. */
  label: number;
  /** What is kept of the event, in the order of the columns; '' where one is absent. */
  kept: readonly string[];
}

export interface KeyedPrediction {
  readonly key: string;
  readonly entry: FollowedPrediction;
}

/** So many entries that changed before their time may wait in a queue beyond the others. */
const spareMax = 1_000;

function isWaiting({ state }: FollowedPrediction): boolean {
  return state === 'open' || state === 'early';
}

/** Between the parts of a key: no name has it. */
export function keyOfPrediction(user: string, name: string): string {
  return `${user}\0${name}`;
}

export function userOfKey(key: string): string {
  return key.slice(0, key.indexOf('\0'));
}

export class FollowedPredictions {
  readonly #table: ObjectTable<FollowedPrediction>;
  readonly #most: number;
  /** By `until`, then by place in the log: what is due together comes in one order, also after a restart. */
  #waiting: TimeHeap<KeyedPrediction> | undefined;
  readonly #remembered = new TimeHeap<KeyedPrediction>();
  #waitingCount = 0;

  /**
   * @param name    of the state table
   * @param meaning what else decides how entries are read: state of another is refused
   * @param most    entries held at once
   */
  constructor(tables: StateTables, name: string, meaning: unknown, most: number) {
    this.#table = tables.objects<FollowedPrediction>(name, meaningVersion(meaning));
    this.#most = most;
  }

  /** Entries held. */
  get size(): number {
    return this.#table.size;
  }

  /** When the first is due, ms since 1970; Infinity when there is none. */
  get nextDue(): number {
    const waiting = this.#queue();
    return Math.min(waiting.time, this.#remembered.time);
  }

  get(key: string): FollowedPrediction | undefined {
    return this.#table.get(key);
  }

  /** Adds an entry, or replaces the one of its key. */
  put(key: string, entry: FollowedPrediction): void {
    this.#queue();
    const before = this.#table.get(key);
    if (before !== undefined && isWaiting(before)) this.#waitingCount -= 1;
    this.#table.set(key, entry);
    this.#hold({ key, entry });
    this.#tidy();
  }

  /**
   * An open one has its label or is given up: from now on it is remembered only.
   *
   * @param label NaN: it is given up
   */
  close({ key, entry }: KeyedPrediction, label: number, until: number): void {
    this.#waitingCount -= 1;
    entry.state = Number.isNaN(label) ? 'censored' : 'labelled';
    entry.label = label;
    entry.until = until;
    this.#table.set(key, entry);
    this.#remembered.push(until, entry.offset, { key, entry });
    this.#tidy();
  }

  delete(key: string): void {
    const entry = this.#table.get(key);
    if (entry === undefined) return;
    if (isWaiting(entry)) this.#waitingCount -= 1;
    this.#table.delete(key);
    this.#tidy();
  }

  /** Forgets what is due to be by then, and gives the next that waited as long; undefined when none has. */
  nextDueBy(time: number): KeyedPrediction | undefined {
    const waiting = this.#queue();
    while (this.#remembered.time <= time) this.#forgetFirst();
    while (waiting.time <= time) {
      const due = waiting.pop();
      if (this.#isWaiting(due)) return due;
    }
    return undefined;
  }

  /** Makes room for one more: what is only remembered goes first. @returns one that waits and has to go */
  excess(): KeyedPrediction | undefined {
    const waiting = this.#queue();
    if (this.#table.size < this.#most) return undefined;
    while (this.#remembered.size > 0) {
      if (this.#forgetFirst()) return undefined;
    }
    for (;;) {
      const first = waiting.pop();
      if (this.#isWaiting(first)) return first;
    }
  }

  /** Entries of a user. Looks at every entry: for what is rare. */
  ofUser(user: string): KeyedPrediction[] {
    this.#queue();
    const begin = keyOfPrediction(user, '');
    const found: KeyedPrediction[] = [];
    for (const [key, entry] of this.#table.entries()) {
      if (key.startsWith(begin)) found.push({ key, entry });
    }
    return found.sort((a, b) => a.entry.offset - b.entry.offset);
  }

  /** @returns whether there was something to forget */
  #forgetFirst(): boolean {
    const first = this.#remembered.pop();
    if (!this.#isHeld(first)) return false;
    this.#table.delete(first.key);
    return true;
  }

  #isHeld({ key, entry }: KeyedPrediction): boolean {
    return this.#table.get(key) === entry;
  }

  #isWaiting(keyed: KeyedPrediction): boolean {
    return isWaiting(keyed.entry) && this.#isHeld(keyed);
  }

  #hold(keyed: KeyedPrediction): void {
    const { until, offset } = keyed.entry;
    if (isWaiting(keyed.entry)) {
      this.#waiting!.push(until, offset, keyed);
      this.#waitingCount += 1;
    } else this.#remembered.push(until, offset, keyed);
  }

  /** Drops from the queue what waits no longer, when that is most of it. */
  #tidy(): void {
    const waiting = this.#waiting!;
    if (waiting.size <= 2 * this.#waitingCount + spareMax) return;
    const kept = new TimeHeap<KeyedPrediction>();
    while (waiting.size > 0) {
      const each = waiting.pop();
      if (this.#isWaiting(each)) kept.push(each.entry.until, each.entry.offset, each);
    }
    this.#waiting = kept;
  }

  #queue(): TimeHeap<KeyedPrediction> {
    if (this.#waiting !== undefined) return this.#waiting;
    this.#waiting = new TimeHeap();
    for (const [key, entry] of this.#table.entries()) this.#hold({ key, entry });
    return this.#waiting;
  }
}
