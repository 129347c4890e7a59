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

/** An opinion on the kind, which changes nothing of the card; the other answers hold for everybody. */
export function isVote(answer: CardAnswer): boolean {
  return answer === 'useful' || answer === 'not useful';
}

/** @returns undefined where they have said nothing yet */
export function voteOf({ answers }: Pick<Card, 'answers'>, actor: string): CardAnswer | undefined {
  return answers.find((each) => each.actor === actor && isVote(each.answer))?.answer;
}

/** One vote and one other answer of each person are kept: the newest. */
export function answered(card: Card, { actor, answer, at }: Given): Card {
  const others = card.answers.filter(
    (each) => each.actor !== actor || isVote(each.answer) !== isVote(answer),
  );
  const answers = [...others, { actor, answer, note: '', at }];
  switch (answer) {
    case 'snooze':
      return { ...card, answers, state: 'snoozed', snoozedUntil: at + weekMs };
    case 'done':
      return { ...card, answers, state: 'done', snoozedUntil: null };
    case 'back':
      return canComeBack(card)
        ? { ...card, answers, state: 'live', snoozedUntil: null, accepted: null }
        : { ...card, answers };
    default:
      return { ...card, answers };
  }
}

/** What was put off or done, and what was only noted: what a request has done is taken back as its card says. */
export function canComeBack({ state, accepted, outcome, finding, others }: Card): boolean {
  if (state === 'snoozed' || state === 'done') return true;
  if (state !== 'accepted' || accepted === null) return false;
  const done = [finding, ...others].find(({ kind }) => kind === accepted.kind);
  return accepted.promise === null && outcome === null && done?.action?.request === null;
}

/** Whatever an answer of the engine holds of the card, replaced unless it is newer; a list keeps its order. */
export function withCard<Data extends InsightsAnswer | InsightDetail>(
  data: Data | undefined,
  card: Card,
): Data | undefined {
  if (data === undefined) return undefined;
  if ('cards' in data) {
    return { ...data, cards: data.cards.map((each) => (isReplaced(each, card) ? card : each)) };
  }
  return 'card' in data && isReplaced(data.card, card) ? { ...data, card } : data;
}

function isReplaced(known: Card, { id, revision }: Card): boolean {
  return known.id === id && known.revision <= revision;
}
