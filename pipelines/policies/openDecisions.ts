/**
 * Decisions whose horizon has not ended: what each was, what it has earned so far, and when it is closed.
 *
 * Each is an entry of the state under its user and offset; those of a user are found by dictionary code. Both that and the order
 * of due times are rebuilt from the entries after a restart.
 */
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { TimeHeap } from '../../contracts/timeHeap.ts';

export interface OpenDecision {
  /** Id of the event. */
  id: string;
  /** Of its row. */
  offset: number;
  policy: string;
  revision: number;
  stage: number;
  action: string;
  position: number;
  way: string;
  probability: number;
  /** Actions that were offered; 0: not known. */
  choices: number;
  /** How many of them are as probable as the most probable one, this one among them; 0: it is less probable, or they are not known. */
  likeliest: number;
  /** Event time, ms since 1970. */
  at: number;
  /** End of its horizon. */
  dueAt: number;
  /** Each as `name=value`. */
  segments: readonly string[];
  /** What is learnt from, as it was encoded when the decision was made; empty when nothing is learnt. */
  features: Float64Array;
  /** Of the policy when it was made: what the features mean. */
  design: string;
  /** NaN before anything came. */
  reward: number;
  /** Event time of the latest event that earned something; NaN before. */
  rewardedAt: number;
}

export interface DueDecision {
  readonly code: number;
  readonly decision: OpenDecision;
}

/** So many closed ones more than open ones may wait in the queue. */
const spareMax = 1_000;

export class OpenDecisions {
  readonly #table: ObjectTable<OpenDecision>;
  readonly #dictionary: Dictionary;
  readonly #mostOfUser: number;
  /**
   * By due time; what is due at the same time by its place in the log: sums of floating point depend on the order, and after a
   * restart the codes are others.
   */
  #queue = new TimeHeap<DueDecision>();
  #count = 0;
  /** By code of the user, in the order of the log. */
  #byUser: Map<number, OpenDecision[]> | undefined;

  /** @param mostOfUser open decisions of one user; beyond, who opens one closes the oldest */
  constructor(tables: StateTables, mostOfUser: number) {
    this.#table = tables.objects<OpenDecision>('policy-decisions-open');
    this.#dictionary = tables.dictionary;
    this.#mostOfUser = mostOfUser;
  }

  /** Decisions in memory: those that are open, and for a while some that were closed early. */
  get held(): number {
    this.#users();
    return this.#queue.size;
  }

  /** When the first is due, ms since 1970; Infinity when none is open. */
  get nextDue(): number {
    this.#users();
    return this.#queue.time;
  }

  /** Open decisions of a user, the latest in the log last. */
  of(code: number): readonly OpenDecision[] {
    return this.#users().get(code) ?? [];
  }

  /** The oldest of a user who has as many as are kept; undefined when there is room. */
  excessOf(code: number): OpenDecision | undefined {
    const open = this.of(code);
    return open.length >= this.#mostOfUser ? open[0] : undefined;
  }

  open(code: number, decision: OpenDecision): void {
    this.#users();
    this.#hold(code, decision);
    this.changed(code, decision);
  }

  /** A decision was changed in place. */
  changed(code: number, decision: OpenDecision): void {
    this.#table.set(this.#keyOf(code, decision), decision);
  }

  /** Takes the next that is due by then; undefined when none is. */
  takeDue(time: number): DueDecision | undefined {
    this.#users();
    while (this.#queue.time <= time) {
      const due = this.#queue.pop();
      // One that was closed early is not there any more.
      if (this.close(due.code, due.decision)) return due;
    }
    return undefined;
  }

  /** @returns whether it was open */
  close(code: number, decision: OpenDecision): boolean {
    const open = this.#users().get(code);
    const at = open?.indexOf(decision) ?? -1;
    if (open === undefined || at < 0) return false;
    this.#table.delete(this.#keyOf(code, decision));
    open.splice(at, 1);
    this.#count -= 1;
    if (open.length === 0) {
      this.#byUser!.delete(code);
      this.#dictionary.release(code);
    }
    // Those that were closed early wait in the queue for their time, which may be months away.
    if (this.#queue.size > 2 * this.#count + spareMax) this.#queueAnew();
    return true;
  }

  #queueAnew(): void {
    this.#queue = new TimeHeap();
    for (const [code, open] of this.#users()) {
      for (const decision of open) {
        this.#queue.push(decision.dueAt, decision.offset, { code, decision });
      }
    }
  }

  #keyOf(code: number, { offset }: OpenDecision): string {
    return `${this.#dictionary.text(code)}\0${offset}`;
  }

  #hold(code: number, decision: OpenDecision): void {
    const open = this.#byUser!.get(code);
    if (open === undefined) {
      this.#byUser!.set(code, [decision]);
      this.#dictionary.retain(code);
    } else {
      open.push(decision);
    }
    this.#queue.push(decision.dueAt, decision.offset, { code, decision });
    this.#count += 1;
  }

  #users(): Map<number, OpenDecision[]> {
    if (this.#byUser !== undefined) return this.#byUser;
    this.#byUser = new Map();
    const stored = [...this.#table.entries()].sort(([, a], [, b]) => a.offset - b.offset);
    for (const [key, decision] of stored) {
      this.#hold(this.#dictionary.internText(key.slice(0, key.indexOf('\0'))), decision);
    }
    return this.#byUser;
  }
}
