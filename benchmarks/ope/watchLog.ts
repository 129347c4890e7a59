/** One log of a scenario, watched: did the intervals that claim all times ever miss, and those that claim the end miss there? */

import type { Interval } from '../../stats/interval.ts';
import { boundedBelowTerms, type Floors } from '../../stats/offPolicy/boundedBelowTerms.ts';
import { coarseCeiling, coarsePlace, coarseValue } from '../../stats/offPolicy/coarseNumber.ts';
import {
  differenceFloors,
  differenceSequence,
  differenceTerms,
} from '../../stats/offPolicy/differenceSequence.ts';
import { empiricalBernsteinInterval } from '../../stats/offPolicy/empiricalBernsteinInterval.ts';
import { weigh } from '../../stats/offPolicy/loggedDecision.ts';
import { betOn, usualBets } from '../../stats/offPolicy/meanBets.ts';
import { policyEstimate } from '../../stats/offPolicy/policyEstimate.ts';
import { policyMoments } from '../../stats/offPolicy/policyMoments.ts';
import { blockwisePredictor } from '../../stats/offPolicy/rewardModel.ts';
import {
  runningDifferenceSequence,
  runningValueSequence,
} from '../../stats/offPolicy/runningValueSequence.ts';
import { sidedCounts, valueSequence } from '../../stats/offPolicy/valueSequence.ts';
import { weightReport } from '../../stats/offPolicy/weightReport.ts';
import { type RandomState, uniform } from '../../stats/random.ts';
import { fixedHorizon } from '../../stats/testing/fixedHorizon.ts';
import { ridgeRewards } from '../support/ridgeRewards.ts';
import type { LogScenario } from './scenarios.ts';

/** Intervals that claim to cover at all times. */
export const sequences = [
  'sequence_ips',
  'sequence_dr',
  'sequence_less_uniform',
  'running_dr',
  'running_less_logged',
] as const;
/** Intervals at the end of the log: by limit theorems, and the last by an inequality. */
export const looks = ['ips', 'snips', 'dr', 'sndr', 'bernstein'] as const;
export type Watched = (typeof sequences)[number] | (typeof looks)[number];

export interface WatchedInterval {
  readonly missed: boolean;
  /** At the end; NaN where it was not computed. */
  readonly width: number;
  /** Estimate less truth at the end; NaN for sequences. */
  readonly error: number;
}

export interface WatchedLog {
  readonly intervals: ReadonlyMap<Watched, WatchedInterval>;
  /** Share of the decisions. */
  readonly effective: number;
  readonly largestWeight: number;
}

/** The wealth of `meanBets` at one mean, term by term. */
class WealthAt {
  readonly #wealth = new Float64Array(usualBets.length).fill(1);
  readonly #bets: Float64Array;
  readonly #mean: number;
  readonly #most: number;
  reached = false;

  constructor(mean: number, floor: number, alpha: number) {
    this.#mean = mean;
    this.#bets = Float64Array.from(usualBets, (bet) => betOn(mean, bet, coarseCeiling(floor)));
    this.#most = usualBets.length / alpha;
  }

  /** @returns whether the mean is rejected at this moment */
  take(term: number): boolean {
    const wealth = this.#wealth;
    const excess = term - this.#mean;
    let sum = 0;
    for (let j = 0; j < wealth.length; j += 1) {
      wealth[j]! *= 1 + this.#bets[j]! * excess;
      sum += wealth[j]!;
    }
    const rejected = sum >= this.#most;
    if (rejected) this.reached = true;
    return rejected;
  }
}

/** A sequence on constant bets: its state and, for every moment, what it says of the truth. */
class Constant {
  readonly #below: WealthAt;
  readonly #above: WealthAt;
  readonly #fold: ReturnType<typeof valueSequence>;
  readonly #counts = sidedCounts.initial();
  readonly #keep: boolean;
  readonly #truth: number;
  #rejected = false;

  constructor(
    fold: ReturnType<typeof valueSequence>,
    floors: Floors,
    truth: number,
    mirror: number,
    options: { alpha: number; keep: boolean },
  ) {
    this.#fold = fold;
    this.#truth = truth;
    this.#keep = options.keep;
    this.#below = new WealthAt(truth, floors.lower, options.alpha / 2);
    this.#above = new WealthAt(mirror, floors.upper, options.alpha / 2);
  }

  take(terms: { lower: number; upper: number }, draw: number): void {
    const below = this.#below.take(coarseValue(coarsePlace(terms.lower, draw)));
    const above = this.#above.take(coarseValue(coarsePlace(terms.upper, draw)));
    this.#rejected = below || above;
    if (this.#keep) sidedCounts.step(this.#counts, { ...terms, draw });
  }

  end(): WatchedInterval {
    const missed = this.#below.reached || this.#above.reached;
    if (!this.#keep) return { missed, width: NaN, error: NaN };
    const { lower, upper } = this.#fold.read(this.#counts);
    const outside = lower > this.#truth + 1e-8 || upper < this.#truth - 1e-8;
    if (outside && !this.#rejected) throw new Error('the interval disagrees with its own bets');
    return { missed, width: Math.max(0, upper - lower), error: NaN };
  }
}

const one = policyMoments();

/**
 * @param keep whether to keep counts as well, for the widths of sequences and to compare them with their bets
 */
export function watchLog(
  scenario: LogScenario,
  random: RandomState,
  { units, alpha, keep }: { units: number; alpha: number; keep: boolean },
): WatchedLog {
  const { actions, weightMax, constant, value, uniformValue } = scenario;
  const next = scenario.begin(random);
  const predictor = blockwisePredictor(ridgeRewards(actions, 2), actions, 20);
  const bounded = weightMax < Infinity;
  const ipsFloors: Floors = { lower: 0, upper: bounded ? weightMax : 0 };
  const floors: Floors = { lower: 1, upper: bounded ? weightMax : 1 };
  const between = differenceFloors(floors, floors);
  const uniformTarget = new Float64Array(actions).fill(1 / actions);
  const options = { alpha, keep };
  const constants = new Map<Watched, Constant>();
  if (constant) {
    const ips = valueSequence({ alpha, floors: ipsFloors });
    const dr = valueSequence({ alpha, floors });
    const less = differenceSequence({ alpha, floors: between });
    const gain = value - uniformValue;
    constants.set('sequence_ips', new Constant(ips, ipsFloors, value, 1 - value, options));
    constants.set('sequence_dr', new Constant(dr, floors, value, 1 - value, options));
    constants.set('sequence_less_uniform', new Constant(less, between, gain, -gain, options));
  }
  const running = runningValueSequence({ alpha, floors, bestTime: 200 });
  const runningLess = runningDifferenceSequence({ alpha, floors: between, bestTime: 200 });
  const drifting = [
    {
      name: 'running_dr' as const,
      fold: running,
      state: running.initial(),
      truth: 0,
      missed: false,
    },
    {
      name: 'running_less_logged' as const,
      fold: runningLess,
      state: runningLess.initial(),
      truth: 0,
      missed: false,
    },
  ];
  const moments = one.initial();
  const intervals = new Map<Watched, WatchedInterval>();

  for (let index = 0; index < units; index += 1) {
    const row = next(index);
    const predictions = predictor.take(Float64Array.of(1, row.context), row.action, row.reward);
    const { action, reward, logged, target } = row;
    const decision = { action, reward, logged, target, predictions };
    one.step(moments, [weigh(decision)]);
    const draw = uniform(random);
    const terms = boundedBelowTerms(decision, floors);
    if (constant) {
      constants.get('sequence_ips')!.take(boundedBelowTerms(row, ipsFloors), draw);
      constants.get('sequence_dr')!.take(terms, draw);
      const other = { action, reward, logged, target: uniformTarget, predictions };
      const less = differenceTerms(terms, boundedBelowTerms(other, floors));
      constants.get('sequence_less_uniform')!.take(less, draw);
    }
    const control = { action, reward, logged, target: logged, predictions };
    running.step(drifting[0]!.state, terms);
    runningLess.step(
      drifting[1]!.state,
      differenceTerms(terms, boundedBelowTerms(control, floors)),
    );
    // Means given the contexts as well: the sequences cover those too.
    for (let b = 0; b < actions; b += 1) {
      drifting[0]!.truth += target[b]! * row.means[b]!;
      drifting[1]!.truth += (target[b]! - logged[b]!) * row.means[b]!;
    }
    if (index % 50 !== 0 && index !== units - 1) continue;
    for (const each of drifting) {
      const truth = each.truth / (index + 1);
      const { lower, upper } = each.fold.read(each.state);
      if (lower > truth || upper < truth) each.missed = true;
    }
  }

  for (const [name, each] of constants) intervals.set(name, each.end());
  for (const { name, fold, state, missed } of drifting) {
    const { lower, upper } = fold.read(state);
    intervals.set(name, { missed, width: upper - lower, error: NaN });
  }
  const sums = one.read(moments);
  const truth = constant ? value : drifting[0]!.truth / units;
  const look = (name: Watched, estimate: number, { lower, upper }: Interval): void => {
    const missed = lower > truth || upper < truth;
    intervals.set(name, { missed, width: upper - lower, error: estimate - truth });
  };
  const estimates = {
    ips: policyEstimate(sums.moments, 'ips'),
    snips: policyEstimate(sums.moments, 'snips'),
    dr: policyEstimate(sums.moments, 'doublyRobust'),
    sndr: policyEstimate(sums.moments, 'selfNormalizedDoublyRobust'),
  };
  for (const [name, found] of Object.entries(estimates)) {
    look(name as Watched, found.estimate, fixedHorizon(found, { alpha }));
  }
  if (bounded) {
    const { ips } = estimates;
    look('bernstein', ips.estimate, empiricalBernsteinInterval(ips, weightMax, alpha));
  }
  const report = weightReport(sums);
  return {
    intervals,
    effective: report.effectiveSampleSize / units,
    largestWeight: report.largest,
  };
}
