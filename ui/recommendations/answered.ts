/** A card as it will be when the engine has taken an answer, shown before it has. */
import type { Card, CardAnswer } from '../../contracts/insight.ts';
import type { InsightDetail, InsightsAnswer } from '../../contracts/insightApi.ts';

/** Answers for which a dialog can ask: with a note, or a time. */
export type AskedAnswer = Exclude<CardAnswer, 'back'>;

interface Given {
  readonly actor: string;
  readonly answer: CardAnswer;
  /** By the clock, ms since 1970. */
  readonly at: number;
}

const weekMs = 7 * 86_400_000;

export function answered(card: Card, { actor, answer, at }: Given): Card {
  const others = card.answers.filter((each) => each.actor !== actor);
  const answers = answer === 'back' ? others : [...others, { actor, answer, note: '', at }];
  switch (answer) {
    case 'snooze':
      return { ...card, answers, state: 'snoozed', snoozedUntil: at + weekMs };
    case 'done':
      return { ...card, answers, state: 'done' };
    case 'back': {
      const isOut = card.state === 'snoozed' || card.state === 'done';
      return { ...card, answers, ...(isOut ? { state: 'live', snoozedUntil: null } : {}) };
    }
    default:
      return { ...card, answers };
  }
}

/** Whatever an answer of the engine holds of the card, replaced; a list keeps its order. */
export function withCard<Data extends InsightsAnswer | InsightDetail>(
  data: Data | undefined,
  card: Card,
): Data | undefined {
  if (data === undefined) return undefined;
  if ('cards' in data) {
    return { ...data, cards: data.cards.map((each) => (each.id === card.id ? card : each)) };
  }
  return 'card' in data && data.card.id === card.id ? { ...data, card } : data;
}
