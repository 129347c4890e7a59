/** What people do to a card, beside what becomes of it by itself. */
import { type Card, type CardAnswer, cardAnswers } from '../../contracts/insight.ts';
import { isOpen } from './cardLife.ts';

export interface CardAct {
  readonly actor: string;
  readonly answer: CardAnswer;
  readonly note: string;
  /** Of `snooze`: ms since 1970. */
  readonly until?: number | undefined;
}

/** A week. */
const snoozeMs = 7 * 86_400_000;
const snoozeMaxMs = 366 * 86_400_000;
/** Votes count for the ranking; the other answers are acts, which hold for everybody. */
const votes: ReadonlySet<CardAnswer> = new Set(cardAnswers.slice(0, 2));

/**
 * One vote and one act of each person are kept: the newest.
 *
 * @returns the card's next revision, or why it cannot be
 */
export function answerCard(
  card: Card,
  { actor, answer, note, until }: CardAct,
  now: number,
): Card | { readonly problem: string } {
  const isVote = votes.has(answer);
  const others = card.answers.filter(
    (each) => each.actor !== actor || votes.has(each.answer) !== isVote,
  );
  const answers = [...others, { actor, answer, note, at: now }];
  const next = (change: Partial<Card>): Card => ({
    ...{ ...card, answers, ...change },
    ...{ revision: card.revision + 1, changedAt: now },
  });
  switch (answer) {
    case 'useful':
    case 'not useful':
      return next({});
    case 'snooze': {
      const snoozedUntil = until ?? now + snoozeMs;
      if (!isOpen(card)) return { problem: 'Only what is in the inbox can be put off.' };
      if (snoozedUntil <= now || snoozedUntil > now + snoozeMaxMs) {
        return { problem: 'It can be put off until a time to come, within a year.' };
      }
      return next({ state: 'snoozed', snoozedUntil });
    }
    case 'done':
      if (!isOpen(card)) return { problem: 'Only what is in the inbox can be done.' };
      return next({ state: 'done', snoozedUntil: null });
    case 'back':
      return canBeBack(card)
        ? next({ state: 'live', snoozedUntil: null, accepted: null })
        : { problem: 'Only what was put off, done or noted can come back.' };
  }
}

/** What was done by a request stays done: it is undone as its card says. */
function canBeBack({ state, accepted, outcome }: Card): boolean {
  if (state === 'accepted') return accepted?.promise === null && outcome === null;
  return state === 'snoozed' || state === 'done';
}

/** What of an act is to hold for the card as it is known; null: it holds already. */
export function heldAct(known: Card, act: Card): Partial<Card> | null {
  const { state, snoozedUntil, accepted } = act;
  const said = new Map(
    [...known.answers, ...act.answers].map((each) => [
      `${each.actor} ${votes.has(each.answer)}`,
      each,
    ]),
  );
  const change = { state, snoozedUntil, accepted, answers: [...said.values()] };
  const before = {
    ...{ state: known.state, snoozedUntil: known.snoozedUntil },
    ...{ accepted: known.accepted, answers: known.answers },
  };
  return JSON.stringify(change) === JSON.stringify(before) ? null : change;
}

/** @example actSentence({ actor: 'ada', answer: 'done', note: '' }, card); // "ada says that it is done." */
export function actSentence({ actor, answer }: CardAct, after: Card): string {
  switch (answer) {
    case 'useful':
      return `${actor} finds it useful.`;
    case 'not useful':
      return `${actor} does not find it useful.`;
    case 'snooze': {
      const day = new Date(after.snoozedUntil ?? 0).toISOString().slice(0, 16).replace('T', ' ');
      return `${actor} puts it off until ${day} UTC.`;
    }
    case 'done':
      return `${actor} says that it is done.`;
    case 'back':
      return `${actor} brings it back.`;
  }
}
