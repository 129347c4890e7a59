/**
 * Terms with the value of a policy as their mean that cannot be very negative, however heavy the weights are.
 *
 * With predictions q in [0, 1] and a floor k ≥ 0,
 *
 *     φ = w (r − q̃(a)) + Σ π(b) q̃(b),   q̃(b) = min(q(b), k μ(b) / π(b)),
 *
 * has the policy's value as its mean given the past, whatever was predicted, and φ ≥ −k since w q̃(a) ≤ k. A lower
 * confidence bound needs no more. The same for 1 − r and 1 − q gives a bound for 1 − value: the upper end.
 *
 * Which floor: 0 is IPS. 1 lets predictions work where weights are small, and bounds bets little. A known bound of the
 * weights leaves predictions as they are; for rare rewards it is the best floor of the upper end, whose terms then are
 * 1 − w r without predictions. It does not pay where it is large and rewards are not rare: with weights up to 80 and a value
 * of 0.3 the interval after 500 decisions was 0.87 wide with a floor of 80, 0.69 with 1 (benchmark `ope`). Actions without a
 * chance in the log count as earning nothing in the lower end, everything in the upper: both stay valid.
 *
 * Source: Waudby-Smith, Wu, Ramdas, Karampatziakis & Mineiro 2022, 2210.10768, section 2.1.
 */
import { chanceOf, type LoggedDecision } from './loggedDecision.ts';

/** Floors k of the two sides, fixed before the first decision. */
export interface Floors {
  readonly lower: number;
  readonly upper: number;
}

export interface SidedTerms {
  /** Of mean v, ≥ −floors.lower. */
  readonly lower: number;
  /** Of mean 1 − v, ≥ −floors.upper. */
  readonly upper: number;
}

/** @throws RangeError when the reward is outside [0, 1] */
export function checkReward(reward: number): void {
  if (!(reward >= 0 && reward <= 1)) {
    throw new RangeError(`reward: expected in [0, 1], got ${reward}`);
  }
}

/**
 * Both sides' terms of a decision; predictions outside [0, 1] count as its nearer end.
 *
 * @throws RangeError when the reward is outside [0, 1], or the action had no chance
 *
 * @example
 * const decision = { action: 0, reward: 1, logged: [0.5, 0.5], target: [1, 0] };
 * boundedBelowTerms(decision, { lower: 0, upper: 0 }); // lower 2 = w r, upper 0 = w (1 − r)
 * boundedBelowTerms(decision, { lower: 0, upper: 2 }); // lower 2, upper −1 = 1 − w r
 */
export function boundedBelowTerms(decision: LoggedDecision, floors: Floors): SidedTerms {
  const { action, reward, logged, target, predictions } = decision;
  checkReward(reward);
  const weight = target[action]! / chanceOf(decision);
  let lower = weight * reward;
  let upper = weight * (1 - reward);
  for (let b = 0; b < target.length; b += 1) {
    const predicted = Math.max(0, Math.min(1, predictions?.[b] ?? 0));
    lower += Math.min(target[b]! * predicted, floors.lower * logged[b]!);
    upper += Math.min(target[b]! * (1 - predicted), floors.upper * logged[b]!);
    if (b !== action) continue;
    lower -= Math.min(weight * predicted, floors.lower);
    upper -= Math.min(weight * (1 - predicted), floors.upper);
  }
  return { lower: Math.max(lower, -floors.lower), upper: Math.max(upper, -floors.upper) };
}

/**
 * The terms of IPS where only the chance of the action that was taken was logged: floors 0 and 0, or, where no action's weight
 * can exceed `weightMax`, 0 and `weightMax`.
 *
 * @throws RangeError when the reward is outside [0, 1], or the weight outside [0, weightMax]
 */
export function ipsTerms(weight: number, reward: number, weightMax = Infinity): SidedTerms {
  checkReward(reward);
  if (!(weight >= 0 && weight <= weightMax)) {
    throw new RangeError(`weight: expected in [0, ${weightMax}], got ${weight}`);
  }
  const lower = weight * reward;
  return { lower, upper: weightMax < Infinity ? 1 - lower : weight - lower };
}
