/** The life of a card: what is found of its subject is put into it, it rests while it sleeps, and it is over when nothing is found. Pure. */
import type { Card, Finding, InsightSubject } from '../../contracts/insight.ts';
import { byScore, type Scored } from './score.ts';

/** Figures alone move at most so often, ms: whoever reads a card can still answer to it. */
export const figuresEveryMs = 3_600_000;
/** A card that sleeps comes back early when its score has grown so much. */
const wakingFactor = 2;
const othersMax = 20;

export function isOpen({ state }: Pick<Card, 'state'>): boolean {
  return state === 'live' || state === 'snoozed';
}

/** @param found at least one */
export function newCard(
  id: string,
  subject: InsightSubject,
  found: readonly Scored[],
  now: number,
): Card {
  return {
    ...{ id, subject, state: 'live', madeAt: now, changedAt: now, snoozedUntil: null },
    ...{ answers: [], accepted: null, outcome: null, revision: 1 },
    ...ledBy(found),
  };
}

/**
 * An open card by what is found now.
 *
 * @param found of its subject; none: it is over
 * @returns the card itself where nothing is to be written
 */
export function stepCard(card: Card, found: readonly Scored[], now: number): Card {
  const change = changeOf(card, found, now);
  return change === null
    ? card
    : { ...card, ...change, revision: card.revision + 1, changedAt: now };
}

function changeOf(card: Card, found: readonly Scored[], now: number): Partial<Card> | null {
  if (found.length === 0) return { state: 'over', snoozedUntil: null };
  const led = ledBy(found);
  if (card.state === 'snoozed') {
    const isDue = card.snoozedUntil !== null && card.snoozedUntil <= now;
    const isWorse = led.score >= wakingFactor * card.score;
    return isDue || isWorse ? { ...led, state: 'live', snoozedUntil: null } : null;
  }
  if (readBy(card) !== readBy(led)) return led;
  const isSame =
    JSON.stringify([card.finding, card.others]) === JSON.stringify([led.finding, led.others]);
  return isSame || now - card.changedAt < figuresEveryMs ? null : led;
}

type Led = Pick<Card, 'finding' | 'others' | 'parts' | 'score'>;

function ledBy(found: readonly Scored[]): Led {
  const [first, ...others] = [...found].sort(byScore);
  const { finding, parts, score } = first!;
  return {
    ...{ finding, parts, score },
    others: others.slice(0, othersMax).map((each) => each.finding),
  };
}

/** What a reader sees at once: which findings there are, and what a button does. */
function readBy({ finding, others }: Pick<Card, 'finding' | 'others'>): string {
  const [first, ...rest] = [finding, ...others].map(({ kind, action }) => [kind, action]);
  return JSON.stringify([first, rest.sort()]);
}

/** All findings of a card, the leading one first. */
export function findingsOf({ finding, others }: Pick<Card, 'finding' | 'others'>): Finding[] {
  return [finding, ...others];
}
