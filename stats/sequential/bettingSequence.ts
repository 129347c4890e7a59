/**
 * Confidence sequence for the mean of outcomes in [0, 1] by betting: the tightest known without further assumptions.
 *
 * For each candidate mean two gamblers bet that outcomes are larger, and smaller; a candidate leaves when one of them has
 * 2 / alpha. How much they bet is learnt from the outcomes before, so the state depends on their order and does not merge:
 * one owner, in the order of exposure. It covers a mean that is the same for all outcomes given the past; for one that drifts
 * see `runningMeanSequence`.
 *
 * Source: Waudby-Smith & Ramdas 2024, 2010.09686, theorem 3 (hedged capital) and section 4.2 (predictable plug-in bets).
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Interval } from '../interval.ts';

export interface BettingState {
  /** Outcomes seen. */
  count: number;
  sum: number;
  /** Σ (outcome − regularised mean then)². */
  squares: number;
  /** ln wealth of the gambler on larger outcomes, for candidates 0, 1 / steps, …, 1; it falls along them. */
  lnLarger: Float64Array;
  /** ln wealth of the gambler on smaller outcomes; it rises along them. */
  lnSmaller: Float64Array;
}

export interface BettingOptions {
  /** In (0, 1). */
  readonly alpha: number;
  /** Steps between candidates 0 and 1: the ends are that exact, outwards. Time and memory grow with it. */
  readonly steps?: number;
  /** Largest part of its wealth that a gambler may lose at once, in (0, 1). */
  readonly stake?: number;
}

/** Mean and variance so far, drawn to ½ and ¼ as by one outcome. */
function regularised({ count, sum, squares }: BettingState) {
  return { mean: (0.5 + sum) / (count + 1), variance: (0.25 + squares) / (count + 1) };
}

/**
 * @throws RangeError when an option is outside its range; `step` throws when an outcome is outside [0, 1]
 *
 * @example
 * const sequence = bettingSequence({ alpha: 0.05 });
 * const state = sequence.initial();
 * for (let i = 0; i < 100; i += 1) sequence.step(state, i % 2);
 * sequence.read(state); // { lower: 0.335, upper: 0.655 }
 */
export function bettingSequence({ alpha, steps = 200, stake = 0.5 }: BettingOptions) {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(stake > 0 && stake < 1)) throw new RangeError(`stake: expected in (0, 1), got ${stake}`);
  if (!(Number.isSafeInteger(steps) && steps >= 2)) {
    throw new RangeError(`steps: expected an integer from 2, got ${steps}`);
  }
  const threshold = Math.log(2 / alpha);
  return {
    initial: (): BettingState => ({
      count: 0,
      sum: 0,
      squares: 0,
      lnLarger: new Float64Array(steps + 1),
      lnSmaller: new Float64Array(steps + 1),
    }),

    step(state, outcome) {
      if (!(outcome >= 0 && outcome <= 1)) {
        throw new RangeError(`outcome: expected in [0, 1], got ${outcome}`);
      }
      const next = state.count + 1;
      const { variance } = regularised(state);
      const bet = Math.sqrt((2 * threshold) / (variance * next * Math.log(next + 1)));
      const { lnLarger, lnSmaller } = state;
      for (let i = 0; i <= steps; i += 1) {
        const mean = i / steps;
        const larger = Math.min(bet, stake / mean);
        const smaller = Math.min(bet, stake / (1 - mean));
        lnLarger[i]! += Math.log(1 + larger * (outcome - mean));
        lnSmaller[i]! += Math.log(1 - smaller * (outcome - mean));
      }
      state.count = next;
      state.sum += outcome;
      state.squares += (outcome - regularised(state).mean) ** 2;
    },

    /** The interval at this time; `lower` > `upper` when no constant mean is left. */
    read({ lnLarger, lnSmaller }) {
      let lower = 0;
      let upper = steps;
      while (lower < steps && lnLarger[lower]! >= threshold) lower += 1;
      while (upper > 0 && lnSmaller[upper]! >= threshold) upper -= 1;
      // The ends lie between a candidate that left and the next: the one that left is on the safe side.
      return { lower: Math.max(0, lower - 1) / steps, upper: Math.min(steps, upper + 1) / steps };
    },
  } satisfies Fold<BettingState, number, Interval>;
}
