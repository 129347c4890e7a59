/**
 * All cards that something may still become of, and which finding belongs to which.
 *
 * Of a subject one card is open at most; what is found anew joins it. What somebody has accepted or done stays with that card, so
 * that it is not shown again, until it is over, or was accepted and did not help.
 */
import { createHash } from 'node:crypto';
import type { Card, Finding, InsightSubject, Outcome } from '../../contracts/insight.ts';
import { engineActor } from '../watching/alertRows.ts';
import { heldAct } from './cardActs.ts';
import { findingsOf, isOpen, newCard, stepCard } from './cardLife.ts';
import { type CardRow, subjectOf } from './cardRows.ts';
import { changeSentence } from './cardWords.ts';
import { compare, scoreFinding } from './score.ts';
import { keyOf, type TestBook, type TestRecord } from './testBook.ts';
import { noVotes, type Votes } from './usefulness.ts';

/** What a rule has said in this look. */
export interface Told {
  readonly subject: InsightSubject;
  readonly finding: Finding;
}

export interface DeskLook {
  /** By the clock. */
  readonly now: number;
  readonly eventTime: number;
  /** By kind. */
  readonly votes: ReadonlyMap<string, Votes>;
}

export class CardDesk {
  readonly #cards: Map<string, Card>;
  /** Revisions that are not stored yet, in order. */
  #fresh: CardRow[] = [];

  constructor(cards: readonly Card[] = []) {
    this.#cards = new Map(cards.map((card) => [card.id, card]));
  }

  get(id: string): Card | undefined {
    return this.#cards.get(id);
  }

  all(): Card[] {
    return [...this.#cards.values()];
  }

  /** Those that were accepted for something that can be measured, and are not judged. */
  awaited(): Card[] {
    return this.all().filter(
      ({ state, accepted, outcome }) =>
        state === 'accepted' && outcome === null && (accepted?.promise ?? null) !== null,
    );
  }

  /** When the next card comes back by itself; Infinity: none does. */
  get nextAt(): number {
    return Math.min(
      ...this.all().map(({ state, snoozedUntil }) =>
        state === 'snoozed' ? (snoozedUntil ?? Infinity) : Infinity,
      ),
    );
  }

  /**
   * Gives each finding its card, and goes on with all that are open.
   *
   * @param told by the key of its test
   */
  step(book: TestBook, told: ReadonlyMap<string, Told>, look: DeskLook): void {
    this.#assign(book, told);
    const records = new Map<string, TestRecord[]>();
    for (const record of book.found()) {
      if (record.card === '') continue;
      const own = records.get(record.card);
      if (own === undefined) records.set(record.card, [record]);
      else own.push(record);
    }
    for (const [id, own] of records) {
      if (!this.#cards.has(id)) this.#make(id, own, told, look);
    }
    for (const card of this.all()) {
      const own = records.get(card.id) ?? [];
      if (isOpen(card)) {
        const next = stepCard(card, this.#scored(card, own, told, look), look.now);
        if (next !== card) this.#take(card, next);
      } else if (own.length === 0 && !this.awaited().includes(card)) this.#cards.delete(card.id);
    }
  }

  #assign(book: TestBook, told: ReadonlyMap<string, Told>): void {
    const homes = new Map<string, string>();
    const open = this.all()
      .filter(isOpen)
      .sort((a, b) => a.madeAt - b.madeAt || compare(a.id, b.id));
    for (const card of open) {
      if (!homes.has(subjectOf(card))) homes.set(subjectOf(card), card.id);
    }
    for (const record of book.found()) {
      const card = this.#cards.get(record.card);
      // Its card was lost before it was stored, and is made again.
      if (card === undefined && record.card !== '') {
        if (!homes.has(record.subject)) homes.set(record.subject, record.card);
        if (homes.get(record.subject) === record.card) continue;
      }
      if (card !== undefined && !isOpen(card) && staysWith(card, record)) continue;
      if (!told.has(keyOf(record)) && !homes.has(record.subject)) continue;
      const home = homes.get(record.subject) ?? idOf(record);
      homes.set(record.subject, home);
      book.assign(record, home);
    }
  }

  #make(
    id: string,
    records: readonly TestRecord[],
    told: ReadonlyMap<string, Told>,
    look: DeskLook,
  ): void {
    const subject = records.map((record) => told.get(keyOf(record))?.subject).find(Boolean);
    if (subject === undefined) return;
    const found = this.#scored(undefined, records, told, look);
    this.#take(undefined, newCard(id, subject, found, look.now));
  }

  /** By what is told now; of what is not told in this look, by what was told last. */
  #scored(
    card: Card | undefined,
    records: readonly TestRecord[],
    told: ReadonlyMap<string, Told>,
    { eventTime, votes }: DeskLook,
  ) {
    const before = card === undefined ? [] : findingsOf(card);
    return records.flatMap((record) => {
      const finding =
        told.get(keyOf(record))?.finding ?? before.find(({ kind }) => kind === record.kind);
      if (finding === undefined) return [];
      const { error, misses } = record;
      // One test that says nothing is a doubt, before the second ends it.
      const doubted = misses === 0 ? error : 1 - (1 - error) / 2;
      return scoreFinding(finding, {
        ...{ at: eventTime, error: doubted },
        votes: votes.get(finding.kind) ?? noVotes,
      });
    });
  }

  judge(card: Card, outcome: Outcome, now: number): void {
    this.#take(card, { ...card, outcome, revision: card.revision + 1, changedAt: now });
  }

  /** Takes what another has stored; where this desk has changed the card at the same time, both changes hold. */
  takeAct(act: Card, now: number): void {
    const known = this.#cards.get(act.id);
    if (known === undefined || known.revision < act.revision) {
      this.#cards.set(act.id, act);
      return;
    }
    const change = heldAct(known, act);
    if (change === null) return;
    const next = { ...known, ...change, revision: known.revision + 1, changedAt: now };
    this.#cards.set(known.id, next);
    this.#fresh.push({ card: next, actor: engineActor, sentence: '', note: '' });
  }

  #take(before: Card | undefined, card: Card): void {
    this.#cards.set(card.id, card);
    const sentence = changeSentence(before, card);
    this.#fresh.push({ card, actor: engineActor, sentence, note: '' });
  }

  /** Revisions that are to be stored; `stored` once they are. */
  unstored(): readonly CardRow[] {
    return this.#fresh;
  }

  stored(rows: readonly CardRow[]): void {
    this.#fresh = this.#fresh.slice(rows.length);
    // What is over is over for good.
    for (const { card } of rows) {
      if (this.#cards.get(card.id)?.state === 'over') this.#cards.delete(card.id);
    }
  }
}

/** Of a card that is not open: whether it still answers for a finding. */
function staysWith({ state, accepted, outcome }: Card, { kind }: TestRecord): boolean {
  if (state === 'done') return true;
  if (state !== 'accepted' || accepted?.kind !== kind) return false;
  return outcome === null || outcome.verdict === 'kept' || outcome.verdict === 'partly';
}

/** The same for the same beginning, whoever finds it. */
function idOf({ kind, subject, foundAt, card }: TestRecord): string {
  const text = [subject, kind, foundAt, card].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
