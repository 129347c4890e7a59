/**
 * Everything that a log says of several policies at once, as one mergeable state: never one estimator alone.
 *
 * The policies are judged on the same decisions, besides them the uniform one over the actions that had a chance, and the
 * logging policy itself: each is compared with both, paired. A reading gives every estimator with its interval at one look,
 * the shrunken ones with the λ that was chosen, what the weights allow to be said at all, and the confidence sequences, which hold
 * at all times, for a logging policy that learns too.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Grid } from '../exact/grid.ts';
import type { Interval } from '../interval.ts';
import type { Estimate } from '../testing/estimate.ts';
import { fixedHorizon } from '../testing/fixedHorizon.ts';
import { boundedBelowTerms, type Floors } from './boundedBelowTerms.ts';
import { differenceFloors, differenceSequence, differenceTerms } from './differenceSequence.ts';
import { empiricalBernsteinInterval } from './empiricalBernsteinInterval.ts';
import { type LoggedDecision, weigh } from './loggedDecision.ts';
import { type Estimator, policyDifference, policyEstimate } from './policyEstimate.ts';
import { type PolicyMomentsState, policyMoments, usualGrid } from './policyMoments.ts';
import { type ShrinkageSumsState, shrinkageSums } from './shrinkageSums.ts';
import { type Shrinkage, usualLambdas } from './shrunkWeight.ts';
import { type TuningOptions, tuneShrinkage } from './tuneShrinkage.ts';
import { type SidedCounts, sidedCounts, valueSequence } from './valueSequence.ts';
import { type WeightReport, weightReport } from './weightReport.ts';

export interface EvaluatedDecision {
  /** Index of the action that was taken. */
  readonly action: number;
  /** In [0, 1]. */
  readonly reward: number;
  /** μ(b|x) of the logging policy. */
  readonly logged: ArrayLike<number>;
  /** π(b|x) of each policy that is judged, in their order. */
  readonly targets: readonly ArrayLike<number>[];
  /** q̂(x, b), made before this reward was learnt, see `rewardModel`. */
  readonly predictions?: ArrayLike<number>;
  /** Uniform in [0, 1), independent of the decision, such as `unitUniform`. */
  readonly draw: number;
}

export interface PolicyEvaluationOptions {
  /** How many policies are judged. */
  readonly policies: number;
  /** Error level of each interval, in (0, 1). */
  readonly alpha: number;
  /** Bound of the weights of all policies that is known before; without one the sequences hold all the same. */
  readonly weightMax?: number;
  /** Of the sequences' terms; by default 1 below (0 is better without predictions), and above `weightMax`, or 1. */
  readonly floors?: Floors;
  readonly lambdas?: Readonly<Record<Shrinkage, readonly number[]>>;
  readonly tuning?: TuningOptions;
  readonly grid?: Grid;
}

export interface PolicyEvaluationState {
  /** The judged policies, then the uniform one. */
  readonly moments: PolicyMomentsState;
  readonly shrinkage: readonly ShrinkageSumsState[];
  /** Of the judged policies: values, less the logging policy's, less the uniform policy's. */
  readonly values: readonly SidedCounts[];
  readonly lessLogged: readonly SidedCounts[];
  readonly lessUniform: readonly SidedCounts[];
}

export interface EstimateAtOneLook extends Interval {
  readonly estimate: number;
  /** NaN before the second decision. */
  readonly standardError: number;
}

export interface ShrunkenEstimate extends EstimateAtOneLook {
  readonly lambda: number;
  /** Estimated size of the bias, or its bound; the interval knows nothing of it. */
  readonly bias: number;
  /** Share of decisions whose weight was changed. */
  readonly changed: number;
}

export interface ValueReading {
  readonly ips: EstimateAtOneLook;
  readonly snips: EstimateAtOneLook;
  readonly directMethod: EstimateAtOneLook;
  readonly doublyRobust: EstimateAtOneLook;
  readonly selfNormalizedDoublyRobust: EstimateAtOneLook;
  readonly clippedIps: ShrunkenEstimate;
  readonly switchDoublyRobust: ShrunkenEstimate;
  readonly optimisticDoublyRobust: ShrunkenEstimate;
  readonly subGaussianDoublyRobust: ShrunkenEstimate;
  /** IPS by the empirical Bernstein inequality at one look; the whole line without a bound of the weights. */
  readonly bernstein: Interval;
  /** At all times together. */
  readonly sequence: Interval;
}

export interface DifferenceReading {
  readonly ips: EstimateAtOneLook;
  readonly snips: EstimateAtOneLook;
  readonly doublyRobust: EstimateAtOneLook;
  readonly selfNormalizedDoublyRobust: EstimateAtOneLook;
  /**
   * At all times together, of a difference that stays. From a logging policy that learns it does not: there the lower end is
   * below the largest difference so far, the upper end above the smallest; see `runningDifferenceSequence`.
   */
  readonly sequence: Interval;
}

export interface PolicyReading {
  readonly weights: WeightReport;
  readonly value: ValueReading;
  /** The policy's value less the logging policy's. */
  readonly lessLogged: DifferenceReading;
  /** The policy's value less the uniform policy's. */
  readonly lessUniform: DifferenceReading;
}

export interface PolicyEvaluation {
  readonly decisions: number;
  /** Mean reward of the log. */
  readonly logged: EstimateAtOneLook;
  readonly uniform: { readonly weights: WeightReport; readonly snips: EstimateAtOneLook };
  readonly policies: readonly PolicyReading[];
}

/** The same chance for every action that had one. */
function uniformOver(logged: ArrayLike<number>): Float64Array {
  const uniform = Float64Array.from(logged, (chance) => (chance > 0 ? 1 : 0));
  const eligible = uniform.reduce((sum, one) => sum + one, 0);
  return uniform.map((one) => one / eligible);
}

/**
 * The fold; `step` throws RangeError for a reward outside [0, 1], an action without a chance or a weight above `weightMax`, and
 * leaves the state as it was.
 *
 * @throws RangeError when an option is outside its range
 */
export function policyEvaluation(options: PolicyEvaluationOptions) {
  const { policies, alpha, weightMax = Infinity, tuning } = options;
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(weightMax >= 1)) throw new RangeError(`weightMax: expected at least 1, got ${weightMax}`);
  if (!(Number.isSafeInteger(policies) && policies > 0)) {
    throw new RangeError(`policies: expected an integer above 0, got ${policies}`);
  }
  const floors = options.floors ?? { lower: 1, upper: weightMax < Infinity ? weightMax : 1 };
  const grid = options.grid ?? usualGrid;
  const moments = policyMoments(policies + 1, grid);
  const shrinkage = shrinkageSums(options.lambdas ?? usualLambdas, grid);
  const values = valueSequence({ alpha, floors });
  const differences = differenceSequence({ alpha, floors: differenceFloors(floors, floors) });

  const look = (estimate: Estimate): EstimateAtOneLook => {
    const { standardError, lower, upper } = fixedHorizon(estimate, { alpha });
    return { estimate: estimate.estimate, standardError, lower, upper };
  };

  return {
    initial: () => ({
      moments: moments.initial(),
      shrinkage: Array.from({ length: policies }, shrinkage.initial),
      values: Array.from({ length: policies }, sidedCounts.initial),
      lessLogged: Array.from({ length: policies }, sidedCounts.initial),
      lessUniform: Array.from({ length: policies }, sidedCounts.initial),
    }),

    step(state, decision) {
      const { logged, targets, draw } = decision;
      const under = (target: ArrayLike<number>): LoggedDecision => ({ ...decision, target });
      const all = [...targets.slice(0, policies), uniformOver(logged)].map(under);
      const weighed = all.map(weigh);
      for (const { weight } of weighed.slice(0, policies)) {
        if (!(weight <= weightMax)) {
          throw new RangeError(`weight: expected at most ${weightMax}, got ${weight}`);
        }
      }
      const terms = all.map((one) => boundedBelowTerms(one, floors));
      const control = boundedBelowTerms(under(logged), floors);
      moments.step(state.moments, weighed);
      for (let p = 0; p < policies; p += 1) {
        const own = terms[p]!;
        shrinkage.step(state.shrinkage[p]!, weighed[p]!);
        sidedCounts.step(state.values[p]!, { ...own, draw });
        sidedCounts.step(state.lessLogged[p]!, { ...differenceTerms(own, control), draw });
        const difference = differenceTerms(own, terms[policies]!);
        sidedCounts.step(state.lessUniform[p]!, { ...difference, draw });
      }
    },

    read(state) {
      const sums = moments.read(state.moments);
      const policyReading = (p: number): PolicyReading => {
        const value = (estimator: Estimator) => look(policyEstimate(sums.moments, estimator, p));
        const candidates = shrinkage.read(state.shrinkage[p]!);
        const shrunken = (family: Shrinkage): ShrunkenEstimate => {
          const tuned = tuneShrinkage(candidates, family, tuning);
          const { lambda, bias, changed } = tuned;
          return { ...look(tuned), lambda, bias, changed };
        };
        const less = (second: number, counts: SidedCounts, against?: 'logged') => {
          const difference = (estimator: Estimator) =>
            look(policyDifference(sums.moments, estimator, p, second, against));
          return {
            ips: difference('ips'),
            snips: difference('snips'),
            doublyRobust: difference('doublyRobust'),
            selfNormalizedDoublyRobust: difference('selfNormalizedDoublyRobust'),
            sequence: differences.read(counts),
          };
        };
        return {
          weights: weightReport(sums, p),
          value: {
            ips: value('ips'),
            snips: value('snips'),
            directMethod: value('directMethod'),
            doublyRobust: value('doublyRobust'),
            selfNormalizedDoublyRobust: value('selfNormalizedDoublyRobust'),
            clippedIps: shrunken('clip'),
            switchDoublyRobust: shrunken('switch'),
            optimisticDoublyRobust: shrunken('optimistic'),
            subGaussianDoublyRobust: shrunken('subGaussian'),
            bernstein:
              weightMax < Infinity
                ? empiricalBernsteinInterval(
                    policyEstimate(sums.moments, 'ips', p),
                    weightMax,
                    alpha,
                  )
                : { lower: -Infinity, upper: Infinity },
            sequence: values.read(state.values[p]!),
          },
          lessLogged: less(p, state.lessLogged[p]!, 'logged'),
          lessUniform: less(policies, state.lessUniform[p]!),
        };
      };
      return {
        decisions: sums.moments.count,
        logged: look(policyEstimate(sums.moments, 'logged')),
        uniform: {
          weights: weightReport(sums, policies),
          snips: look(policyEstimate(sums.moments, 'snips', policies)),
        },
        policies: Array.from({ length: policies }, (_, p) => policyReading(p)),
      };
    },

    merge(state, other) {
      moments.merge(state.moments, other.moments);
      for (let p = 0; p < policies; p += 1) {
        shrinkage.merge(state.shrinkage[p]!, other.shrinkage[p]!);
        sidedCounts.merge(state.values[p]!, other.values[p]!);
        sidedCounts.merge(state.lessLogged[p]!, other.lessLogged[p]!);
        sidedCounts.merge(state.lessUniform[p]!, other.lessUniform[p]!);
      }
    },
  } satisfies Fold<PolicyEvaluationState, EvaluatedDecision, PolicyEvaluation>;
}
