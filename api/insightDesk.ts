/** What the routes of recommendations ask for, on the tables. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { Permission } from '../contracts/access.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Card, InsightAction } from '../contracts/insight.ts';
import type {
  InsightAccept,
  InsightAnswerGiven,
  InsightDetail,
  InsightKindsAnswer,
  InsightsAnswer,
  InsightsQuery,
} from '../contracts/insightApi.ts';
import { PlacedKind } from '../contracts/place.ts';
import type { Store } from '../contracts/store.ts';
import { actSentence, answerCard } from '../control/insights/cardActs.ts';
import { findingsOf, isOpen } from '../control/insights/cardLife.ts';
import {
  readCard,
  readCardHistory,
  readCards,
  readKindCounts,
  subjectOf,
  writeCards,
} from '../control/insights/cardRows.ts';
import { readEventTime } from '../control/insights/gather/activity.ts';
import type { InsightBoard } from '../control/insights/insightBoard.ts';
import type { InsightKind } from '../control/insights/insightKind.ts';
import { compare, rescored } from '../control/insights/score.ts';
import { falseShare } from '../control/insights/testBook.ts';
import { readTested } from '../control/insights/testRows.ts';
import { noVotes, type Votes } from '../control/insights/usefulness.ts';
import { heeding, type Reader } from '../control/statement.ts';
import type { Own } from './access/readerOf.ts';
import { latestChange } from './latestChange.ts';
import { rememberTable } from './queries/tableMemory.ts';

const noteTries = 4;
const notePauseMs = 500;

/** Why an answer was not taken. */
export type InsightRefusal =
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'stale'; readonly revision: number }
  | { readonly outcome: 'refused'; readonly sentence: string }
  /** Whoever asks may not do what the card proposes. */
  | { readonly outcome: 'forbidden'; readonly needs: Permission };

/** What the engine's own route answered to the request of an action. */
export interface Performed {
  readonly status: number;
  readonly body: unknown;
}

/** Who accepts, and how what they accept is done with their rights. */
export interface Accepting {
  readonly actor: string;
  readonly permissions: ReadonlySet<Permission>;
  /** Definitions of which cards may be accepted; absent: all. */
  readonly own?: Own | undefined;
  perform(request: NonNullable<InsightAction['request']>): Promise<Performed>;
}

export type AcceptOutcome =
  | InsightRefusal
  | { readonly outcome: 'accepted'; readonly card: Card; readonly answer: unknown }
  /** Nothing is noted. */
  | { readonly outcome: 'failed'; readonly performed: Performed };

export interface InsightDesk {
  /** @param own definitions of which cards are shown; absent: all cards */
  list(query: InsightsQuery, signal: AbortSignal, own?: Own): Promise<InsightsAnswer>;
  kinds(signal: AbortSignal): Promise<InsightKindsAnswer>;
  /** What a kind looks for, in a sentence; '' when there is no such kind any more. */
  summaryOf(kind: string): string;
  /** @returns undefined when there is none */
  insight(id: string, signal: AbortSignal, own?: Own): Promise<InsightDetail | undefined>;
  answer(
    id: string,
    given: z.infer<typeof InsightAnswerGiven>,
    actor: string,
    own?: Own,
  ): Promise<Card | InsightRefusal>;
  accept(id: string, given: z.infer<typeof InsightAccept>, by: Accepting): Promise<AcceptOutcome>;
  /** When a card changed last, as far as it is known: looked up beside. */
  insightsChangedAt(): number | undefined;
}

export interface InsightDeskOptions {
  readonly store: Store;
  readonly kinds: readonly InsightKind[];
  readonly board: InsightBoard;
  /** Somebody has answered: who keeps the cards looks at it. */
  readonly onAnswered: () => void;
  readonly clock: () => number;
}

/** Open cards there may be. */
const openMax = 1_000;

export function createInsightDesk(options: InsightDeskOptions): InsightDesk {
  const { store, kinds, board, onAnswered, clock } = options;
  const insights = rememberTable(store, 'insights');
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: each from what the one before has left. */
  function inTurn<Outcome>(task: () => Promise<Outcome>): Promise<Outcome> {
    const done = turn.then(task);
    turn = done.catch(() => undefined);
    return done;
  }

  async function found(
    id: string,
    revision: number,
    own: Own | undefined,
  ): Promise<Card | InsightRefusal> {
    const card = await readCard(store, id);
    if (card === undefined || !isOwnCard(card, own)) return { outcome: 'unknown' };
    return card.revision === revision ? card : { outcome: 'stale', revision: card.revision };
  }

  async function write(card: Card, actor: string, sentence: string, note: string) {
    await writeCards(store, [{ card, actor, sentence, note }]);
    onAnswered();
  }

  /** What is done cannot be undone by a note that fails: the same row is written again, and whoever asked is told. */
  async function noted(note: () => Promise<void>, label: string): Promise<void> {
    for (let left = noteTries - 1; ; left -= 1) {
      try {
        return await note();
      } catch (error) {
        if (left === 0) {
          const why = error instanceof Error ? error.message : String(error);
          throw new EngineError(
            'SINK_UNAVAILABLE',
            `It is done (${label}), but not noted that you accepted it: look before you do it again. ${why}`,
          );
        }
        await sleep(notePauseMs);
      }
    }
  }

  async function looked(reader: Reader): Promise<InsightsAnswer['looked']> {
    if (board.looked !== undefined) {
      return { ...board.looked, failing: [...board.looked.failing] };
    }
    const tested = await readTested(reader);
    return {
      ...{ at: tested?.at ?? null, kinds: kinds.length, failing: [] },
      ...{ tests: tested?.tests ?? 0, falseShare },
    };
  }

  return {
    async list({ standing, area, subject, limit }, signal, own) {
      const reader = insights.reader(signal);
      const states = standing === 'open' ? "('live', 'snoozed')" : "('accepted', 'done', 'over')";
      const conditions = [
        `state IN ${states}`,
        ...(area === undefined ? [] : ['area = {area:String}']),
        ...(subject === undefined ? [] : ['subject = {subject:String}']),
      ];
      const [cards, votes, told] = await Promise.all([
        readCards(reader, {
          having: conditions.join(' AND '),
          parameters: { ...(area && { area }), ...(subject && { subject }) },
          // What is others' is left out afterwards, before it is counted.
          limit: standing === 'open' || own !== undefined ? openMax : limit + 1,
        }),
        readKindCounts(reader),
        looked(heeding(store, signal)),
      ]);
      const shown = cards.filter((card) => isOwnCard(card, own));
      const ordered = standing === 'open' ? ranked(shown, votes) : shown;
      return { cards: ordered.slice(0, limit), more: ordered.length > limit, looked: told };
    },

    summaryOf: (kind) => kinds.find((each) => each.kind === kind)?.summary ?? '',

    async kinds(signal) {
      const counts = await readKindCounts(insights.reader(signal));
      const none = { shown: 0, useful: 0, notUseful: 0, accepted: 0, kept: 0 };
      return {
        kinds: kinds.map(({ kind, area, summary, test }) => {
          return { kind, area, summary, test, ...(counts.get(kind) ?? none) };
        }),
      };
    },

    async insight(id, signal, own) {
      const reader = insights.reader(signal);
      const card = await readCard(reader, id);
      if (card === undefined || !isOwnCard(card, own)) return undefined;
      return { card, history: await readCardHistory(reader, id) };
    },

    answer: (id, { answer, until, note, revision }, actor, own) =>
      inTurn(async (): Promise<Card | InsightRefusal> => {
        const card = await found(id, revision, own);
        if (!('subject' in card)) return card;
        const act = { actor, answer, note, until };
        const after = answerCard(card, act, clock());
        if ('problem' in after) return { outcome: 'refused', sentence: after.problem };
        await write(after, actor, actSentence(act, after), note);
        return after;
      }),

    accept: (id, { kind, reason, revision }, { actor, permissions, own, perform }) =>
      inTurn(async (): Promise<AcceptOutcome> => {
        const card = await found(id, revision, own);
        if (!('subject' in card)) return card;
        const finding = findingsOf(card).find((each) => each.kind === kind);
        if (!isOpen(card) || finding === undefined) {
          return { outcome: 'refused', sentence: 'It is not in the inbox any more.' };
        }
        const { action, promise } = finding;
        if (action === null) {
          return { outcome: 'refused', sentence: 'The card proposes nothing that could be done.' };
        }
        // It would wait for its own end.
        if (action.request?.path.startsWith('/v1/insights')) {
          return { outcome: 'refused', sentence: 'A recommendation cannot answer another.' };
        }
        if (!permissions.has(action.needs)) return { outcome: 'forbidden', needs: action.needs };
        const at = clock();
        const eventTime = (await readEventTime(store, finding.judgedAt, at)) ?? finding.judgedAt;
        let answer: unknown = null;
        if (action.request !== null) {
          const { reasonField, body } = action.request;
          const given = reasonField === '' ? body : { ...body, [reasonField]: reason };
          const performed = await perform({ ...action.request, body: given });
          if (performed.status >= 300) return { outcome: 'failed', performed };
          answer = performed.body;
        }
        const { label } = action;
        const accepted = { actor, at, eventTime, reason, kind, label, promise };
        const after: Card = {
          ...{ ...card, state: 'accepted', snoozedUntil: null, accepted },
          ...{ revision: card.revision + 1, changedAt: clock() },
        };
        const what = action.request === null ? 'notes that it is done' : 'does what it says';
        const note = () => write(after, actor, `${actor} ${what}: ${label}.`, reason);
        await (action.request === null ? note() : noted(note, label));
        return { outcome: 'accepted', card: after, answer };
      }),

    insightsChangedAt: latestChange(store, 'insights', clock),
  };
}

/** Cards about columns, pipelines and the engine are of all places. */
function isOwnCard({ subject: { kind, key } }: Card, own: Own | undefined): boolean {
  if (own === undefined) return true;
  const placed = PlacedKind.safeParse(kind);
  return placed.success && own(placed.data, key);
}

/** By scores of one moment and of all answers, those that sleep last. */
function ranked(cards: readonly Card[], votes: ReadonlyMap<string, Votes>): Card[] {
  const at = Math.max(0, ...cards.map(({ finding }) => finding.judgedAt));
  return cards
    .map((card) => {
      const of = votes.get(card.finding.kind) ?? noVotes;
      const { parts, score } = rescored(card.finding, card.parts, { at, votes: of });
      return { ...card, parts, score };
    })
    .sort(
      (a, b) =>
        Number(a.state === 'snoozed') - Number(b.state === 'snoozed') ||
        b.score - a.score ||
        b.parts.impact - a.parts.impact ||
        a.finding.since - b.finding.since ||
        compare(a.finding.kind, b.finding.kind) ||
        compare(subjectOf(a), subjectOf(b)) ||
        compare(a.id, b.id),
    );
}
