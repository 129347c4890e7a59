/**
 * What a log says of one decision, and what it says of a policy that did not make it.
 *
 * Off-policy evaluation asks what a target policy would have earned from the decisions of another, whose probabilities were
 * logged. A reward counts w = π(a|x) / μ(a|x) times, the chance of its action under the target by that under the logging
 * policy. Given the past, E[w] = 1 and E[w r] = the target's value: for any logging policy, learning or not, whose
 * probabilities were known when it chose, and which gives every action of the target a chance.
 *
 * Source: Horvitz & Thompson 1952; Dudík, Erhan, Langford & Li 2014, 1503.02834 (doubly robust).
 */
export interface LoggedDecision {
  /** Which action was taken: index into the three arrays. */
  readonly action: number;
  readonly reward: number;
  /** μ(b|x): chance of each action by the policy that chose, ≥ 0, sum 1. */
  readonly logged: ArrayLike<number>;
  /** π(b|x): chance of each action by the policy to be judged, ≥ 0, sum 1. */
  readonly target: ArrayLike<number>;
  /** q̂(x, b): expected reward of each action, predicted before this reward was learnt; all 0 when absent. */
  readonly predictions?: ArrayLike<number>;
}

/** A decision as the estimators take it. */
export interface WeighedReward {
  /** w = π(a|x) / μ(a|x), ≥ 0. */
  readonly weight: number;
  readonly reward: number;
  /** q̂(x, a) of the action that was taken. */
  readonly prediction: number;
  /** Σ π(b|x) q̂(x, b): the predicted value of the target here. */
  readonly expectation: number;
  /** Σ π(b|x) over actions that had no chance: what the log cannot tell, in [0, 1]. */
  readonly unsupported: number;
}

/**
 * Weight, prediction and expectation of a decision.
 *
 * @throws RangeError when the action had no chance, or is none of those that are given
 *
 * @example
 * weigh({ action: 1, reward: 1, logged: [0.75, 0.25], target: [0.5, 0.5], predictions: [0.2, 0.4] });
 * // weight 2, reward 1, prediction 0.4, expectation ≈ 0.3, unsupported 0
 */
export function weigh(decision: LoggedDecision): WeighedReward {
  const { action, reward, logged, target, predictions } = decision;
  const chance = chanceOf(decision);
  let expectation = 0;
  let unsupported = 0;
  for (let b = 0; b < target.length; b += 1) {
    if (predictions !== undefined) expectation += target[b]! * predictions[b]!;
    if (!(logged[b]! > 0)) unsupported += target[b]!;
  }
  return {
    weight: target[action]! / chance,
    reward,
    prediction: predictions?.[action] ?? 0,
    expectation,
    unsupported,
  };
}

/**
 * μ(a|x) of the action that was taken.
 *
 * @throws RangeError when it is not in (0, 1]
 */
export function chanceOf({ action, logged }: LoggedDecision): number {
  const chance = logged[action] ?? NaN;
  if (!(chance > 0 && chance <= 1)) {
    throw new RangeError(`logged[${action}]: expected in (0, 1], got ${chance}`);
  }
  return chance;
}
