/**
 * Thompson sampling with exact probabilities: an action is as likely as it is believed to be the best.
 *
 * Independent scores: by quadrature, `bestProbabilities`. Correlated scores (one vector of weights for all actions): the policy
 * *is* "take one of the model's stored draws, each as likely, and the action that is best in it". So the probability is a
 * count over the number of draws, exactly, by construction, and not an estimate of something else; it differs from the
 * belief's own chance by a standard error of at most 1 / √(2 draws), draws being pairs. An action that is best in no draw has the
 * probability 0 until the model is published again: a floor (`raiseToFloor`) keeps everything evaluable.
 *
 * Source: Thompson 1933; Agrawal & Goyal 2013; Chapelle & Li 2011.
 */
import type { Scores } from '../rewards/scores.ts';
import type { Algorithm } from './algorithm.ts';
import { bestProbabilities } from './bestProbabilities.ts';

/**
 * @param spread by what the standard deviations are multiplied
 * @param draws  of the model, where scores are correlated
 */
export function thompson(spread: number, draws: number): Algorithm {
  return {
    draws,
    probabilities({ scores }, into) {
      const { eligible, means, deviations, independent } = scores;
      if (independent) bestProbabilities(eligible, means, deviations, spread, into);
      else countBest(scores, spread, into);
    },
  };
}

/** Shares of the draws in which each action is best; an equal best one shares the draw. */
function countBest(
  { actions, eligible, means, drawn, draws }: Scores,
  spread: number,
  into: Float64Array,
): void {
  if (draws === 0) {
    throw new RangeError('draws: expected some of a model whose scores are correlated, got none');
  }
  into.fill(0, 0, actions);
  for (let draw = 0; draw < draws; draw += 1) {
    const start = draw * actions;
    let best = -Infinity;
    let first = -1;
    let ties = 0;
    for (let i = 0; i < actions; i += 1) {
      if (eligible[i] === 0) continue;
      const score = means[i]! + spread * drawn[start + i]!;
      if (score > best) {
        best = score;
        first = i;
        ties = 1;
      } else if (score === best) {
        ties += 1;
      } else if (Number.isNaN(score)) {
        throw new RangeError(`scores[${i}]: expected a number, got NaN`);
      }
    }
    if (first < 0) throw new RangeError('eligible: expected at least one action, got none');
    if (ties === 1) {
      into[first]! += 1;
      continue;
    }
    for (let i = first; i < actions; i += 1) {
      const isBest = eligible[i]! > 0 && means[i]! + spread * drawn[start + i]! === best;
      if (isBest) into[i]! += 1 / ties;
    }
  }
  for (let i = 0; i < actions; i += 1) into[i]! /= draws;
}
