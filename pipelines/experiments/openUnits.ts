/**
 * Units between their exposure and their score: what they have done since, and when each metric of theirs is due.
 *
 * The exposures of a user are one entry of the state, found by dictionary code; the order of due times is rebuilt from the
 * entries after a restart.
 */
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { TimeHeap } from '../../contracts/timeHeap.ts';

export interface OpenExposure {
  experiment: string;
  /** Place of the variant. */
  variant: number;
  stage: number;
  /** Period of the bets to which the exposure belongs, see `periodOf`. */
  period: number;
  /** Event time of the exposure, ms since 1970. */
  at: number;
  cluster: string;
  /** Each as `name=value`. */
  segments: readonly string[];
  /** Event time of the first exposure to another variant, Infinity when there was none. */
  crossedAt: number;
  /** The user has objected since: `values` stay as they were then. Absent: no. */
  hasObjected?: boolean;
  /** Metrics scored, in the experiment's order. */
  scored: number;
  /** `metricWidth` numbers a metric, in the same order. */
  values: Float64Array;
  /** Figures of the covariates as they were at the exposure, where the experiment has any. */
  covariates?: Float64Array;
}

export interface OpenUser {
  exposures: OpenExposure[];
}

export interface Due {
  readonly code: number;
  readonly user: OpenUser;
  readonly exposure: OpenExposure;
}

export class OpenUnits {
  readonly #table: ObjectTable<OpenUser>;
  readonly #dictionary: Dictionary;
  /** When the next metric of an exposure is due, ms since 1970; Infinity when all are scored. */
  readonly #dueAt: (exposure: OpenExposure) => number;
  /** What is due at the same time may be scored in any order: counts are sums. */
  readonly #queue = new TimeHeap<Due>();
  #byCode: Map<number, OpenUser> | undefined;

  constructor(tables: StateTables, dueAt: (exposure: OpenExposure) => number) {
    this.#table = tables.objects<OpenUser>('experiment-units-open');
    this.#dictionary = tables.dictionary;
    this.#dueAt = dueAt;
  }

  /** Users with open exposures. */
  get size(): number {
    return this.#users().size;
  }

  /** When the first metric is due, ms since 1970; Infinity when none is. */
  get nextDue(): number {
    this.#users();
    return this.#queue.time;
  }

  of(code: number): OpenUser | undefined {
    return this.#users().get(code);
  }

  open(code: number, exposure: OpenExposure): void {
    const users = this.#users();
    let user = users.get(code);
    if (user === undefined) {
      user = { exposures: [] };
      users.set(code, user);
      this.#dictionary.retain(code);
    }
    user.exposures.push(exposure);
    this.#queue.push(this.#dueAt(exposure), code, { code, user, exposure });
    this.changed(code);
  }

  /** The user's exposures were changed in place. */
  changed(code: number): void {
    this.#table.set(this.#dictionary.text(code), this.#users().get(code)!);
  }

  /** Takes the next exposure with a metric that is due by then; undefined when there is none. */
  takeDue(time: number): Due | undefined {
    this.#users();
    return this.#queue.time <= time ? this.#queue.pop() : undefined;
  }

  /** Puts an exposure back for its next metric, or lets it go when all are scored. */
  settle(due: Due): void {
    const { code, user, exposure } = due;
    const at = this.#dueAt(exposure);
    if (at < Infinity) {
      this.#queue.push(at, code, due);
      this.changed(code);
      return;
    }
    user.exposures.splice(user.exposures.indexOf(exposure), 1);
    if (user.exposures.length > 0) {
      this.changed(code);
      return;
    }
    this.#users().delete(code);
    this.#table.delete(this.#dictionary.text(code));
    this.#dictionary.release(code);
  }

  #users(): Map<number, OpenUser> {
    if (this.#byCode !== undefined) return this.#byCode;
    const users = new Map<number, OpenUser>();
    this.#byCode = users;
    for (const [name, user] of this.#table.entries()) {
      const code = this.#dictionary.internText(name);
      this.#dictionary.retain(code);
      users.set(code, user);
      for (const exposure of user.exposures) {
        this.#queue.push(this.#dueAt(exposure), code, { code, user, exposure });
      }
    }
    return users;
  }
}
