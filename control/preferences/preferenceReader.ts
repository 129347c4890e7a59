/**
 * What users like, for the serving plane: answers from memory, a fraction of a second behind the data plane.
 *
 * Every `everyMs` it reads which rows have changed since, while nothing changes every third time. A user who is not in memory is read from ClickHouse in the
 * background, with others at once; meanwhile the population's liking is the answer, so that nobody waits.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../../contracts/store.ts';
import { type Affinity, emptyAffinity } from '../../models/preference/affinity.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { NewerRows } from './newerRows.ts';
import { type PreferenceProfile, profileOf } from './profile.ts';
import { Shelf } from './shelf.ts';
import { readPreferences, readSums, type StoredPreference } from './storedRows.ts';

export interface PreferenceReaderOptions {
  readonly store: Store;
  /** The pipeline that learns them. */
  readonly pipeline?: string;
  /** Most users held of each preference; 50,000 by default, 0.7 kB each. */
  readonly usersMax?: number;
  /** Pause between two looks for changes, while some are found, ms. */
  readonly everyMs?: number;
  /** Statements by which absent users are read that run at the same time. */
  readonly readsMax?: number;
  /** Told how each look went; undefined: well. */
  readonly onLooked?: (error: unknown) => void;
}

export interface PreferenceReader {
  /** Names of the preferences that are learnt. */
  names(): string[];
  /** Users held, of the preference that holds most. */
  readonly users: number;
  /**
   * How the user likes a value of a preference, on a scale on which 0 is as usual and ±1 the bounds: at once, from memory. The
   * population's liking for a user who is not in memory, 0 for a preference or a value that is not known.
   */
  affinity(user: string, name: string, value: string): number;
  /** The same with its standard error and parts. */
  read(user: string, name: string, value: string): Affinity;
  /** All that is learnt of the user, read anew, in numbers and words. @throws EngineError SINK_UNAVAILABLE */
  profile(user: string): Promise<PreferenceProfile>;
  /** Reads what has changed; done by itself every `everyMs`. @throws EngineError SINK_UNAVAILABLE */
  look(): Promise<void>;
  /** Resolves when the users that were asked for until now are in memory, or their reading has failed. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Users read by one statement, and those that wait for it at most. */
const usersAtOnce = 200;
const wantedMax = 20_000;
/** Looks that are left out after one that found nothing: what is fed back then is known within half a second still. */
const restsWhenStill = 2;

/** Begins to look; what is learnt is known after the first look. */
export function startPreferenceReader(options: PreferenceReaderOptions): PreferenceReader {
  const { everyMs = 150, onLooked = () => undefined } = options;
  const reading = new Reading(options);
  let rests = 0;
  const looking = keepLooking({
    async look() {
      if (rests > 0) rests -= 1;
      else if (!(await reading.look())) rests = restsWhenStill;
    },
    everyMs,
    onLooked,
  });
  return {
    names: () => reading.names(),
    get users() {
      return reading.users;
    },
    affinity: (user, name, value) => reading.at(user, name, value).mean,
    read: (user, name, value) => ({ ...reading.at(user, name, value) }),
    async profile(user) {
      // Whoever is first must not be told that nothing is learnt.
      if (!reading.hasLooked) await looking.alone(() => reading.look());
      return reading.profile(user);
    },
    async look() {
      await looking.alone(() => reading.look());
    },
    settled: () => reading.settled(),
    async close() {
      await looking.close();
      await reading.settled();
    },
  };
}

class Reading {
  readonly #store: Store;
  readonly #pipeline: string;
  readonly #usersMax: number;
  readonly #readsMax: number;
  readonly #shelves = new Map<string, Shelf>();
  readonly #newSums = new NewerRows();
  readonly #newRows = new NewerRows();
  readonly #unknown = emptyAffinity();
  #hasBegun = false;
  #hasLooked = false;
  /** Latest event when the reading began, ms since 1970. */
  #latest = 0;
  /** Users to be read. */
  readonly #wanted = new Set<string>();
  /** Users that are being read. */
  readonly #asked = new Set<string>();
  readonly #reads = new Set<Promise<void>>();

  constructor({ store, pipeline = 'learning', ...options }: PreferenceReaderOptions) {
    const { usersMax = 50_000, readsMax = 2 } = options;
    if (!(Number.isInteger(usersMax) && usersMax >= 1)) {
      throw new RangeError(`usersMax: expected an integer ≥ 1, got ${usersMax}`);
    }
    this.#store = store;
    this.#pipeline = pipeline;
    this.#usersMax = usersMax;
    this.#readsMax = readsMax;
  }

  get users(): number {
    return Math.max(0, ...[...this.#shelves.values()].map(({ size }) => size));
  }

  get hasLooked(): boolean {
    return this.#hasLooked;
  }

  names(): string[] {
    return [...this.#shelves.keys()].sort();
  }

  at(user: string, name: string, value: string): Affinity {
    const shelf = this.#shelves.get(name);
    if (shelf === undefined) return this.#unknown;
    const { affinity, isKnown } = shelf.read(user, value);
    if (!isKnown) this.#want(user);
    return affinity;
  }

  /** @returns whether anything was new */
  async look(): Promise<boolean> {
    if (!this.#hasBegun) await this.#begin();
    const sums = await readSums(this.#store, this.#pipeline, this.#newSums.where());
    for (const row of sums) {
      this.#newSums.see(row.partition, row.version);
      let shelf = this.#shelves.get(row.preference);
      if (shelf === undefined) {
        shelf = new Shelf(row, this.#usersMax, this.#latest);
        this.#shelves.set(row.preference, shelf);
      }
      shelf.takeSums(row);
    }
    const rows = await readPreferences(this.#store, this.#pipeline, this.#newRows.where());
    for (const row of rows) {
      this.#newRows.see(row.partition, row.version);
      this.#shelves.get(row.preference)?.takeChanged(row);
    }
    this.#readMore();
    this.#hasLooked = true;
    return sums.length > 0 || rows.length > 0;
  }

  async profile(user: string): Promise<PreferenceProfile> {
    const rows = await this.#rowsOf([user]);
    const shelves = [...this.#shelves.values()];
    return profileOf(
      user,
      shelves.map((shelf) => ({
        name: shelf.name,
        spread: shelf.spread(),
        ...shelf.profile(rows.filter(({ preference }) => preference === shelf.name)),
      })),
    );
  }

  async settled(): Promise<void> {
    while (this.#reads.size > 0) await Promise.all(this.#reads);
  }

  /** Who has changed before is read when asked for, not at the start. */
  async #begin(): Promise<void> {
    const newest = await this.#store.query<{ partition: number; version: number; at: number }>(
      `SELECT partition, max(version) AS version, toUnixTimestamp64Milli(max(time)) AS at FROM user_preferences
       WHERE pipeline = {pipeline:String} GROUP BY partition`,
      { pipeline: this.#pipeline },
    );
    for (const { partition, version, at } of newest) {
      this.#newRows.see(partition, Number(version));
      this.#latest = Math.max(this.#latest, Number(at));
    }
    this.#hasBegun = true;
  }

  #want(user: string): void {
    if (this.#asked.has(user)) return;
    if (this.#wanted.size < wantedMax) this.#wanted.add(user);
    this.#readMore();
  }

  #readMore(): void {
    while (this.#wanted.size > 0 && this.#reads.size < this.#readsMax) {
      const read = this.#readWanted()
        // They are asked for again at their next use.
        .catch(() => undefined)
        .then(() => {
          this.#reads.delete(read);
          this.#readMore();
        });
      this.#reads.add(read);
    }
  }

  async #readWanted(): Promise<void> {
    // Whoever else is wanted in this turn is read with them.
    await nextTurn();
    const users = [...this.#wanted].slice(0, usersAtOnce);
    for (const user of users) {
      this.#wanted.delete(user);
      this.#asked.add(user);
    }
    try {
      await this.#read(users);
    } finally {
      for (const user of users) this.#asked.delete(user);
    }
  }

  async #read(users: readonly string[]): Promise<void> {
    if (users.length === 0) return;
    const rows = await this.#rowsOf(users);
    for (const shelf of this.#shelves.values()) {
      const byUser = new Map<string, StoredPreference[]>(users.map((user) => [user, []]));
      for (const row of rows) {
        if (row.preference === shelf.name) byUser.get(row.user)!.push(row);
      }
      for (const [user, own] of byUser) shelf.takeAll(user, own);
    }
  }

  #rowsOf(users: readonly string[]): Promise<StoredPreference[]> {
    const sql = 'user IN {users:Array(String)}';
    return readPreferences(this.#store, this.#pipeline, { sql, parameters: { users } });
  }
}
