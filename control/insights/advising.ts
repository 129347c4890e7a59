/**
 * Recommendations: asks the rules, tests what they say, and keeps the cards. One process does so at a time.
 *
 * What a look has found is stored in this order: the book of tests with the card of each finding, then the cards. A process that
 * ends in between has counted no test twice, and its cards are made by whoever comes next, under the same ids.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Card, Finding } from '../../contracts/insight.ts';
import type { Store } from '../../contracts/store.ts';
import { createTellOnce } from '../definitions/tellOnce.ts';
import type { Reader } from '../statement.ts';
import { sentence } from '../words.ts';
import { CardDesk, type Told } from './cardDesk.ts';
import { readCardActs, readCards, readKindCounts, subjectOf, writeCards } from './cardRows.ts';
import type { FactSources } from './factSources.ts';
import type { Facts } from './facts.ts';
import { readEventTime } from './gather/activity.ts';
import { FactGatherer, type Gatherers } from './gatherFacts.ts';
import type { InsightBoard, Looked } from './insightBoard.ts';
import type { Candidate, InsightKind } from './insightKind.ts';
import { outcomeOf } from './outcome/outcomeOf.ts';
import { falseShare, type Judgement, keyOf, TestBook } from './testBook.ts';
import { readTests, writeTests } from './testRows.ts';

export interface AdvisingOptions {
  readonly store: Store;
  readonly kinds: readonly InsightKind[];
  readonly gatherers: Partial<Gatherers>;
  readonly sources: Omit<FactSources, 'reader'>;
  /** Takes how it was looked; emptied at the end. */
  readonly board: InsightBoard;
  /** Told what fails, a sentence each. */
  readonly say: (sentence: string) => void;
  /** When something was changed by somebody in a span of time, ms. */
  changes(span: { readonly from: number; readonly to: number }): Promise<readonly number[]>;
  readonly clock?: () => number;
  readonly partMs?: number;
}

/** Acts of people are looked for so far behind the newest that is known, ms: clocks differ. */
const actsOverlapMs = 60_000;
/** What one rule may say of how many subjects. */
const candidatesMax = 2_000;
const cardsMax = 5_000;
/** Cards that are judged in one look: each costs some questions. */
const judgedMax = 5;

interface Asked {
  readonly kind: InsightKind;
  readonly candidate: Candidate;
}

export class Advising {
  readonly #options: AdvisingOptions;
  readonly #reader: Reader;
  readonly #clock: () => number;
  readonly #gatherer: FactGatherer;
  readonly #told: ReturnType<typeof createTellOnce>;
  readonly #actsSeen = new Set<string>();
  readonly #signal: AbortSignal | undefined;
  #actsFrom = 0;
  #book = new TestBook();
  #version = 0;
  #desk: CardDesk | undefined;
  #hasTakenActs = false;
  /** Kinds that could not be asked in this look, with the reason. */
  #failing: Looked['failing'] = [];
  #eventTime = 0;

  constructor(options: AdvisingOptions, signal?: AbortSignal) {
    const { store, sources, gatherers, partMs, clock = Date.now, say } = options;
    this.#options = options;
    this.#signal = signal;
    this.#clock = clock;
    this.#reader = { query: (sql, parameters) => store.query(sql, parameters, signal) };
    this.#told = createTellOnce(say);
    this.#gatherer = new FactGatherer({
      ...{ sources: { ...sources, reader: this.#reader }, gatherers },
      ...(partMs === undefined ? {} : { partMs }),
    });
  }

  /** When a card comes back by itself, by the clock; Infinity: none does. */
  get nextAt(): number {
    return this.#desk?.nextAt ?? Infinity;
  }

  /** @throws EngineError SINK_UNAVAILABLE; what was found before is kept, and stored by the next look */
  async look(): Promise<void> {
    // What the last look could not store.
    await this.#store();
    const desk = this.#desk ?? (await this.#load());
    await this.#takeActs(desk);
    const now = this.#clock();
    const eventTime = await readEventTime(this.#reader, this.#eventTime, now);
    if (eventTime === undefined) return this.#show();
    this.#eventTime = Math.max(this.#eventTime, eventTime);
    const moment = { now, eventTime: this.#eventTime };
    const { facts, failing } = await this.#gatherer.gather(moment, this.#signal);
    if (this.#signal?.aborted) return;
    this.#failing = [...failing];
    const { asked, complete } = await this.#ask(facts, failing.length === 0);
    this.#book.judge(asked.map(judgementOf), {
      ...{ ...moment, asked: complete },
      kinds: new Set(this.#options.kinds.map(({ kind }) => kind)),
    });
    const votes = await readKindCounts(this.#reader);
    desk.step(this.#book, this.#tell(asked), { ...moment, votes });
    await this.#judgeOutcomes(desk, moment.eventTime);
    await this.#store();
    this.#show(now);
  }

  async #load(): Promise<CardDesk> {
    this.#actsFrom = this.#clock();
    const { book, version } = await readTests(this.#reader);
    const ids = [...new Set(book.found().map(({ card }) => card))];
    const cards = await readCards(this.#reader, {
      having: `state IN ('live', 'snoozed') OR (state = 'accepted' AND verdict = '')
        OR id IN {ids:Array(String)}`,
      parameters: { ids },
      limit: cardsMax,
    });
    this.#book = book;
    this.#version = version;
    this.#desk = new CardDesk(cards);
    return this.#desk;
  }

  /** What people have done to cards, in whatever process. */
  async #takeActs(desk: CardDesk): Promise<void> {
    const acts = await readCardActs(this.#reader, this.#actsFrom - actsOverlapMs);
    const isFirst = !this.#hasTakenActs;
    this.#hasTakenActs = true;
    for (const { card, actor } of acts) {
      const name = `${card.id} ${card.revision} ${actor}`;
      if (this.#actsSeen.has(name)) continue;
      this.#actsSeen.add(name);
      this.#actsFrom = Math.max(this.#actsFrom, card.changedAt);
      const known = desk.get(card.id);
      const isOld = isFirst && (known === undefined || known.revision >= card.revision);
      if (!isOld) desk.takeAct(card, this.#clock());
    }
    if (this.#actsSeen.size > 10_000) this.#actsSeen.clear();
  }

  /** @param isComplete all parts of the facts are of now */
  async #ask(
    facts: Facts,
    isComplete: boolean,
  ): Promise<{ readonly asked: readonly Asked[]; readonly complete: ReadonlySet<string> }> {
    const asked: Asked[] = [];
    const complete = new Set<string>();
    for (const kind of this.#options.kinds) {
      try {
        const candidates = kind.find(facts).slice(0, candidatesMax);
        for (const candidate of candidates) {
          checkCandidate(candidate);
          asked.push({ kind, candidate });
        }
        if (isComplete) complete.add(kind.kind);
        this.#told.forget(`find ${kind.kind}`);
      } catch (error) {
        this.#fail('find', kind.kind, error);
      }
      await nextTurn();
    }
    return { asked, complete };
  }

  /** What the rules say of that which is found and can be told by its newest data. */
  #tell(asked: readonly Asked[]): Map<string, Told> {
    const told = new Map<string, Told>();
    for (const each of asked) {
      const { kind, candidate } = each;
      const judgement = judgementOf(each);
      const record = this.#book.get(kind.kind, judgement.subject);
      if (record?.isFound !== true || record.misses > 0 || told.has(keyOf(record))) continue;
      try {
        const { judgedAt, pValue, subject } = candidate;
        const said = { ...candidate.tell(), kind: kind.kind, area: kind.area, judgedAt, pValue };
        told.set(keyOf(record), { subject: { ...subject }, finding: Finding.parse(said) });
        this.#told.forget(`tell ${kind.kind}`);
      } catch (error) {
        this.#fail('tell', kind.kind, error);
      }
    }
    return told;
  }

  #fail(step: 'find' | 'tell', kind: string, error: unknown): void {
    const why = sentence(error instanceof Error ? error.message : String(error)).slice(0, 500);
    this.#failing.push({ kind, sentence: why });
    this.#told.tell(`${step} ${kind}`, `The rule ${kind} cannot be asked: ${why}`);
  }

  async #judgeOutcomes(desk: CardDesk, eventTime: number): Promise<void> {
    const due = desk.awaited().filter((card) => {
      const { eventTime: from, promise } = card.accepted!;
      return eventTime >= from + promise!.horizonMs;
    });
    for (const card of due.slice(0, judgedMax)) {
      try {
        const isFound = this.#isFound(card);
        const now = this.#clock();
        const { changes } = this.#options;
        const outcome = await outcomeOf(card.accepted!, {
          ...{ reader: this.#reader, changes, isFound, now },
        });
        desk.judge(card, outcome, now);
        this.#told.forget('outcomes');
      } catch (error) {
        this.#told.tell('outcomes', `Accepted cards are not judged at present: ${String(error)}`);
      }
    }
  }

  #isFound(card: Card): boolean {
    return this.#book.get(card.accepted!.kind, subjectOf(card))?.isFound ?? false;
  }

  /** Tests first, then the cards that follow from them. */
  async #store(): Promise<void> {
    const desk = this.#desk;
    if (desk === undefined) return;
    const { store } = this.#options;
    const tests = this.#book.unstored();
    if (tests !== null) {
      await writeTests(store, tests, this.#version + 1, this.#clock());
      this.#version += 1;
      this.#book.stored();
    }
    const rows = desk.unstored();
    await writeCards(store, rows);
    desk.stored(rows);
  }

  /** @param at by the clock; absent: nothing was there to look at */
  #show(at?: number): void {
    this.#options.board.put({
      ...{ at: at ?? null, kinds: this.#options.kinds.length, failing: [...this.#failing] },
      ...{ tests: this.#book.state.tests, falseShare },
    });
  }
}

function judgementOf({ kind, candidate: { subject, judgedAt, pValue } }: Asked): Judgement {
  return { kind: kind.kind, subject: subjectOf({ subject }), judgedAt, pValue };
}

function checkCandidate({ judgedAt, pValue }: Candidate): void {
  if (!Number.isFinite(judgedAt)) {
    throw new RangeError(`judgedAt: expected a time, got ${judgedAt}`);
  }
  if (pValue !== null && !(pValue >= 0 && pValue <= 1)) {
    throw new RangeError(`pValue: expected in [0, 1], got ${pValue}`);
  }
}
