/**
 * The book of tests: which were made, with what level, and what is found.
 *
 * Of one kind and subject a test by the same data is made once, whoever looks how often. All tests of an event day are one batch of
 * `memoryFalseDiscovery`. What is found stays found until two later tests are not noticeable, so that it does not come and go; its
 * tests cost like others, but earn nothing, for there is no new card.
 *
 * It is stored before the cards that follow from it: a card that is lost is made again, under the id that stands here.
 */
import {
  type MemoryFalseDiscoveryState,
  memoryFalseDiscovery,
} from '../../stats/multiplicity/memoryFalseDiscovery.ts';

/** At most this share of the cards of lately is false. */
export const falseShare = 0.05;
/** Event days: lately is about a quarter, and a discovery earns after two weeks, when tests have other data. */
export const memoryDays = 90;
export const lagDays = 14;
/** A test beyond this says nothing … */
const unnoticeable = 0.1;
/** … and after so many of them it is not found any more. */
const missesMax = 2;
export const dayMs = 86_400_000;
/** What can no longer be judged is over after so long, event time. */
const unjudgedMs = 3 * dayMs;
/** A fact that does not hold is over after so long, by the clock: it may be back at once. */
const unheldMs = 3_600_000;

export const discoveries = memoryFalseDiscovery({
  ...{ alpha: falseShare, memory: memoryDays, lag: lagDays },
});

/** What is known of one kind and subject. */
export interface TestRecord {
  readonly kind: string;
  /** `model:answer`. */
  readonly subject: string;
  /** Of the newest test, or of the look at which the fact began. */
  readonly judgedAt: number;
  /** null: a fact. */
  readonly pValue: number | null;
  /** The share of false cards at which it would just have been found, by the strongest test since it was; 0 of a fact. */
  readonly error: number;
  readonly isFound: boolean;
  /** `judgedAt` of the test that found it. */
  readonly foundAt: number;
  /** Tests in a row that were not noticeable. */
  readonly misses: number;
  /** Id of the card it belongs to while it is found; '': none yet. */
  readonly card: string;
}

/** What the levels follow from, and how far the book has come. */
export interface BookState {
  readonly procedure: MemoryFalseDiscoveryState;
  /** Tests so far. */
  readonly tests: number;
}

export interface Judgement {
  readonly kind: string;
  readonly subject: string;
  readonly judgedAt: number;
  readonly pValue: number | null;
}

export interface JudgedLook {
  /** Event time and the clock, ms. */
  readonly eventTime: number;
  readonly now: number;
  /** Kinds that could be asked by all they need. */
  readonly asked: ReadonlySet<string>;
  /** All kinds there are: what others have found is over. */
  readonly kinds: ReadonlySet<string>;
}

/** @example keyOf({ kind: 'stale-model', subject: 'model:answer' }); // "stale-model model:answer" */
export function keyOf({ kind, subject }: Pick<TestRecord, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}

export class TestBook {
  readonly #records: Map<string, TestRecord>;
  /** When a fact held last, by the clock. */
  readonly #heldAt = new Map<string, number>();
  readonly #changed = new Set<string>();
  readonly #procedure: MemoryFalseDiscoveryState;
  #tests: number;
  #hasTested = false;

  constructor(records: readonly TestRecord[] = [], state?: BookState) {
    this.#records = new Map(records.map((record) => [keyOf(record), record]));
    this.#procedure = state?.procedure ?? discoveries.initial();
    this.#tests = state?.tests ?? 0;
  }

  get state(): BookState {
    return { procedure: this.#procedure, tests: this.#tests };
  }

  get(kind: string, subject: string): TestRecord | undefined {
    return this.#records.get(keyOf({ kind, subject }));
  }

  found(): TestRecord[] {
    return [...this.#records.values()].filter(({ isFound }) => isFound);
  }

  /** Makes the tests that were not made yet, and ends what is not found any more. */
  judge(judgements: readonly Judgement[], look: JudgedLook): void {
    const given = new Map<string, Judgement>();
    for (const judgement of judgements) {
      const key = keyOf(judgement);
      if (!given.has(key)) given.set(key, judgement);
    }
    this.#test([...given.values()], look);
    for (const judgement of given.values()) {
      if (judgement.pValue === null) this.#hold(judgement, look.now);
    }
    for (const record of this.found()) this.#endUnseen(record, given.has(keyOf(record)), look);
  }

  #test(given: readonly Judgement[], { eventTime }: JudgedLook): void {
    const fresh = given.filter((each) => {
      const before = this.#records.get(keyOf(each));
      return each.pValue !== null && (before?.judgedAt ?? -Infinity) < each.judgedAt;
    });
    if (fresh.length === 0) return;
    discoveries.open(this.#procedure, Math.floor(eventTime / dayMs));
    const level = discoveries.level(this.#procedure, fresh.length);
    discoveries.spend(this.#procedure, level, fresh.length);
    this.#tests += fresh.length;
    this.#hasTested = true;
    for (const each of fresh) this.#take(each, each.pValue!, level);
  }

  #take({ kind, subject, judgedAt }: Judgement, pValue: number, level: number): void {
    const before = this.#records.get(keyOf({ kind, subject }));
    const wasFound = before?.isFound ?? false;
    const isPassed = level > 0 && pValue <= level;
    const error = level > 0 ? Math.min(1, (falseShare * pValue) / level) : 1;
    const misses = pValue > unnoticeable ? (before?.misses ?? 0) + 1 : 0;
    if (isPassed && !wasFound) discoveries.discover(this.#procedure);
    const isFound = wasFound ? misses < missesMax : isPassed;
    this.#put({
      ...{ kind, subject, judgedAt, pValue, isFound, misses },
      error: wasFound ? Math.min(error, before!.error) : error,
      foundAt: wasFound ? before!.foundAt : judgedAt,
      card: wasFound && isFound ? before!.card : '',
    });
  }

  #hold({ kind, subject, judgedAt }: Judgement, now: number): void {
    const key = keyOf({ kind, subject });
    this.#heldAt.set(key, now);
    if (this.#records.get(key)?.isFound) return;
    this.#put({
      ...{ kind, subject, judgedAt, pValue: null, error: 0, isFound: true },
      ...{ foundAt: judgedAt, misses: 0, card: '' },
    });
  }

  #endUnseen(record: TestRecord, isSeen: boolean, look: JudgedLook): void {
    if (isSeen) return;
    const { kind, pValue, judgedAt } = record;
    if (look.kinds.has(kind)) {
      if (!look.asked.has(kind)) return;
      const key = keyOf(record);
      // After a start it counts from the first look.
      const heldAt = this.#heldAt.get(key) ?? look.now;
      this.#heldAt.set(key, heldAt);
      const isRecent =
        pValue === null ? look.now - heldAt < unheldMs : look.eventTime - judgedAt < unjudgedMs;
      if (isRecent) return;
    }
    this.#heldAt.delete(keyOf(record));
    this.#put({ ...record, isFound: false, misses: 0, card: '' });
  }

  /** The card it belongs to from now on. */
  assign(record: TestRecord, card: string): void {
    if (record.card !== card) this.#put({ ...record, card });
  }

  #put(record: TestRecord): void {
    this.#records.set(keyOf(record), record);
    this.#changed.add(keyOf(record));
  }

  /** What is to be stored, all at once; null: nothing. */
  unstored(): { readonly records: readonly TestRecord[]; readonly state: BookState } | null {
    if (this.#changed.size === 0 && !this.#hasTested) return null;
    const records = [...this.#changed].map((key) => this.#records.get(key)!);
    return { records, state: structuredClone(this.state) };
  }

  /** All of it is. */
  stored(): void {
    this.#changed.clear();
    this.#hasTested = false;
  }
}
