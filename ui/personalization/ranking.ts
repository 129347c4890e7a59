/** The answer of an evaluation as rows of a table: each place with what is said of its candidate. */
import type {
  EvaluatedPolicy,
  EvaluationAnswer,
  Place,
} from '../../contracts/policyEvaluationApi.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatCount } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { evaluation as words } from '../words/policyEvaluation.ts';
import type { PossibleCandidate } from './candidates.ts';

export interface RankedRow {
  readonly place: Place;
  /** Undefined for the policy that decided. */
  readonly evaluated: EvaluatedPolicy | undefined;
  readonly candidate: PossibleCandidate | undefined;
}

/** @param asked in the order in which the engine was asked */
export function rankedRows(
  { ranking, candidates }: EvaluationAnswer,
  asked: readonly PossibleCandidate[],
): RankedRow[] {
  return ranking.map((place) => {
    const i = candidates.findIndex(({ candidate }) => candidate === place.candidate);
    return { place, evaluated: candidates[i], candidate: asked[i] };
  });
}

/** Against what was earned, by the interval that holds at all times. */
export function judgeLessLogged({ lessLogged: { sequence } }: EvaluatedPolicy): Judgement {
  if (sequence.low > 0) return { tone: 'good', word: words.more };
  if (sequence.high < 0) return { tone: 'bad', word: words.less };
  return { tone: 'none', word: words.open };
}

/** Share of the decisions on which the log cannot speak of it: its choices without a chance there, and what it did not decide. */
export function unspokenOf({ weights: { unsupported }, undecided }: EvaluatedPolicy): number {
  return Math.min(1, (unsupported ?? 0) + undecided);
}

/** By what was judged, and what to keep in mind. */
export function basisWords(answer: EvaluationAnswer): string[] {
  const { decisions, from, to, cautions } = answer;
  const { holdout, pin, beyondBounds } = answer.setAside;
  return [
    words.judgedBy(formatCount(decisions), formatInstant(from), formatInstant(to)),
    ...(holdout + pin > 0 ? [words.learntOnly(formatCount(holdout), formatCount(pin))] : []),
    ...(beyondBounds > 0 ? [words.beyondBounds(formatCount(beyondBounds))] : []),
    ...cautions,
    words.chosenByLooking,
  ];
}
