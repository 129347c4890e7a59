/**
 * One preference as the serving plane holds it: the population, put together from the partitions, and the rows of the users that
 * were active or asked for lately.
 */

import { rowAt } from '../../models/linear/fadingRow.ts';
import { type Affinity, emptyAffinity } from '../../models/preference/affinity.ts';
import {
  emptyPopulation,
  type Population,
  plainWidth,
  type Spread,
} from '../../models/preference/population.ts';
import { type PreferenceModel, preferenceModel } from '../../models/preference/preferenceModel.ts';
import { entryAt, headAt } from '../../models/preference/userRow.ts';
import { counting, type StoredPreference, type StoredSums } from './storedRows.ts';

/** Values of a user that are held; more than a partition keeps, because what was learnt at several times is put together. */
const valuesMax = 16;
/** Values that a profile tells besides the user's own. */
const othersMax = 20;

export interface LikedValue {
  readonly value: string;
  readonly affinity: Affinity;
  /** Faded count of the times that the user had it. */
  readonly seen: number;
  /** Latest event, ms since 1970. */
  readonly lastAt: number;
}

interface Part {
  readonly version: number;
  readonly sums: Float64Array;
}

export class Shelf {
  readonly name: string;
  readonly #model: PreferenceModel;
  readonly #population: Population = emptyPopulation(0);
  /** By kind and name, the newest of each partition. */
  readonly #parts = new Map<string, Map<number, Part>>();
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #usersMax: number;
  #capacity = 64;
  #rows: Float64Array;
  /** Of a slot: since when its newest learning is, the version of that, and whether all before it is in. */
  #since: Float64Array = new Float64Array(this.#capacity);
  #version: Float64Array = new Float64Array(this.#capacity);
  #isWhole = new Uint8Array(this.#capacity);
  /** What was learnt before that, where anything was. */
  readonly #older = new Map<number, readonly StoredPreference[]>();
  /** The least lately used first. */
  readonly #slots = new Map<string, number>();
  readonly #affinity = emptyAffinity();
  /** Latest event known, ms since 1970: readings are made for it. */
  #latest = 0;

  constructor(
    { preference, halfLifeMs, seenHalfLifeMs }: StoredSums,
    usersMax: number,
    latest: number,
  ) {
    this.name = preference;
    this.#usersMax = usersMax;
    this.#latest = latest;
    const fatigueHalfLifeMs = seenHalfLifeMs;
    this.#model = preferenceModel([], { halfLifeMs, fatigueHalfLifeMs, valuesMax });
    this.#rows = new Float64Array(this.#capacity * this.#model.users.width);
  }

  /** Users held. */
  get size(): number {
    return this.#slots.size;
  }

  takeSums({ kind, name, partition, version, sums }: StoredSums): void {
    if (kind === 'signal') return;
    const key = `${kind} ${name}`;
    const parts = this.#parts.get(key) ?? new Map<number, Part>();
    this.#parts.set(key, parts);
    if ((parts.get(partition)?.version ?? -1) >= version) return;
    parts.set(partition, { version, sums });
    const { plain, whole } = this.#model.sums;
    const total = kind === 'whole' ? this.#population.whole : this.#valueOf(this.#numberOf(name));
    total.fill(0);
    const row = kind === 'whole' ? whole : plain;
    for (const part of parts.values()) {
      if (part.sums.length === total.length) row.merge(total, 0, part.sums, 0);
    }
  }

  /** A row that has changed; whose older learning is unknown is held with what this one says. */
  takeChanged(row: StoredPreference): void {
    this.#latest = Math.max(this.#latest, row.time);
    const known = this.#slots.get(row.user);
    if (known === undefined) {
      const slot = this.#open(row.user);
      this.#fill(slot, row.isErased ? [] : [row], row, row.isErased);
      return;
    }
    if (row.since < this.#since[known]! || row.version <= this.#version[known]!) return;
    if (row.isErased) {
      this.#older.delete(known);
      this.#fill(known, [], row, true);
    } else if (row.since === this.#since[known]) {
      this.#fill(known, [...(this.#older.get(known) ?? []), row], row, this.#isWhole[known] === 1);
    } else {
      // Learning has begun again: what it was before has to be read once more.
      this.#isWhole[known] = 0;
    }
  }

  /** All rows that are stored of a user. */
  takeAll(user: string, rows: readonly StoredPreference[]): void {
    for (const { time } of rows) this.#latest = Math.max(this.#latest, time);
    const newest = rows.reduce<StoredPreference | undefined>(
      (last, row) => (last === undefined || row.version > last.version ? row : last),
      undefined,
    );
    const known = this.#slots.get(user);
    // Something newer has come meanwhile: it is asked for again at its next use.
    if (known !== undefined && this.#version[known]! > (newest?.version ?? -1)) return;
    const counted = counting(rows);
    const slot = known ?? this.#open(user);
    if (counted.length > 1) this.#older.set(slot, counted.slice(0, -1));
    else this.#older.delete(slot);
    this.#fill(slot, counted, newest ?? { since: 0, version: -1 }, true);
  }

  /**
   * How the user likes a value; the population's liking for a user who is not held. Valid until the next call.
   *
   * @returns with `isKnown`: false when the user has to be asked for
   */
  read(user: string, value: string): { readonly affinity: Affinity; readonly isKnown: boolean } {
    const slot = this.#touched(user);
    const at = slot < 0 ? -1 : slot * this.#model.users.width;
    this.#readAt(this.#rows, at, this.#numbers.get(value) ?? -1);
    return { affinity: this.#affinity, isKnown: slot >= 0 && this.#isWhole[slot] === 1 };
  }

  /** All that is known of a user's rows: the user's own values and the most usual others, the best liked first. */
  profile(rows: readonly StoredPreference[]): { events: number; values: LikedValue[] } {
    for (const { time } of rows) this.#latest = Math.max(this.#latest, time);
    const { users } = this.#model;
    const own = new Float64Array(users.width);
    for (const row of counting(rows)) this.#add(own, 0, row);
    const seenScale = users.seenScale(own, 0, this.#latest);
    const isOwn = (number: number) => users.find(own, 0, number) >= 0;
    const numbers = [...this.#names.keys()];
    const weightOf = (number: number) => this.#population.values[number]?.[rowAt.weight] ?? 0;
    const others = numbers
      .filter((number) => !isOwn(number))
      .sort((a, b) => weightOf(b) - weightOf(a))
      .slice(0, othersMax);
    const values = [...numbers.filter(isOwn), ...others].map((number): LikedValue => {
      this.#readAt(own, 0, number);
      const entry = users.find(own, 0, number);
      return {
        value: this.#names[number]!,
        affinity: { ...this.#affinity },
        seen: entry < 0 ? 0 : own[entry + entryAt.seen]! * seenScale,
        lastAt: entry < 0 ? Number.NaN : own[entry + entryAt.time]!,
      };
    });
    values.sort((a, b) => b.affinity.mean - a.affinity.mean);
    return { events: own[headAt.events]!, values };
  }

  /** How much users differ. */
  spread(): Spread {
    const spread = { level: 0, own: 0, noise: 0, total: 0 };
    this.#model.spread(this.#population, this.#latest, spread);
    return spread;
  }

  #readAt(rows: Float64Array, at: number, number: number): void {
    const time = this.#latest;
    this.#model.affinity(this.#population, rows, at, number, time, this.#affinity);
  }

  #numberOf(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#names.length;
      this.#names.push(name);
      this.#numbers.set(name, number);
    }
    return number;
  }

  #valueOf(number: number): Float64Array {
    this.#population.values[number] ??= new Float64Array(plainWidth);
    return this.#population.values[number]!;
  }

  #fill(
    slot: number,
    parts: readonly StoredPreference[],
    { since, version }: { readonly since: number; readonly version: number },
    isWhole: boolean,
  ): void {
    const { width } = this.#model.users;
    const at = slot * width;
    this.#rows.fill(0, at, at + width);
    for (const part of parts) this.#add(this.#rows, at, part);
    this.#since[slot] = since;
    this.#version[slot] = version;
    this.#isWhole[slot] = isWhole ? 1 : 0;
  }

  #add(rows: Float64Array, at: number, row: StoredPreference): void {
    const { users } = this.#model;
    const { time, names, weights, sums, times, seen } = row;
    for (let i = 0; i < names.length; i += 1) {
      const number = this.#numberOf(names[i]!);
      this.#valueOf(number);
      const before = users.find(rows, at, number);
      const lastAt = Math.max(times[i]!, before < 0 ? 0 : rows[before + entryAt.time]!);
      users.add(rows, at, number, weights[i]!, sums[i]!, time, () => 0);
      if (seen[i]! > 0) users.have(rows, at, number, seen[i]!, time);
      rows[users.find(rows, at, number) + entryAt.time] = lastAt;
    }
    users.addRest(rows, at, row.restWeight, row.restSum, time);
    rows[at + headAt.events]! += row.events;
  }

  #touched(user: string): number {
    const slot = this.#slots.get(user);
    if (slot === undefined) return -1;
    this.#slots.delete(user);
    this.#slots.set(user, slot);
    return slot;
  }

  /** A slot for a user who has none: a new one, or that of the least lately used. */
  #open(user: string): number {
    let slot = this.#slots.size;
    if (slot >= this.#usersMax) {
      const [oldest, freed] = this.#slots.entries().next().value!;
      this.#slots.delete(oldest);
      this.#older.delete(freed);
      slot = freed;
    } else if (slot >= this.#capacity) {
      this.#grow();
    }
    this.#slots.set(user, slot);
    return slot;
  }

  #grow(): void {
    this.#capacity = Math.min(this.#usersMax, this.#capacity * 2);
    this.#rows = grown(this.#rows, this.#capacity * this.#model.users.width);
    this.#since = grown(this.#since, this.#capacity);
    this.#version = grown(this.#version, this.#capacity);
    const isWhole = new Uint8Array(this.#capacity);
    isWhole.set(this.#isWhole);
    this.#isWhole = isWhole;
  }
}

function grown(column: Float64Array, length: number): Float64Array {
  const copy = new Float64Array(length);
  copy.set(column);
  return copy;
}
