/**
 * What other policies would have earned on the decisions of a log: each is led through it in its order and weighed.
 *
 * Judged are the decisions that the log's policy chose by itself. From those of the held-out and from pins the candidates learn,
 * as the engine does, but they are not judged on them: there the log's policy had no choice. A candidate's probabilities are
 * computed before any reward of the decision, or of a later one, is learnt: so whatever was logged by known probabilities, by
 * users that come again and again, given what happened before, each term has the candidate's value at that decision as its mean.
 *
 * So everything is about these decisions: the situations that the log's policy led to. Of a slate each position is judged with
 * the positions before as they were.
 */
import { EngineError } from '../../contracts/errors.ts';
import type { Policy } from '../../contracts/policy.ts';
import { TimeHeap } from '../../contracts/timeHeap.ts';
import type { Interval } from '../../stats/interval.ts';
import { boundedBelowTerms, type Floors } from '../../stats/offPolicy/boundedBelowTerms.ts';
import { differenceFloors, differenceTerms } from '../../stats/offPolicy/differenceSequence.ts';
import type { LoggedDecision } from '../../stats/offPolicy/loggedDecision.ts';
import { type PolicyEvaluation, policyEvaluation } from '../../stats/offPolicy/policyEvaluation.ts';
import { policyMoments } from '../../stats/offPolicy/policyMoments.ts';
import {
  type RunningValueState,
  runningDifferenceSequence,
  runningValueSequence,
} from '../../stats/offPolicy/runningValueSequence.ts';
import { uniformSeed, unitUniform } from '../../stats/sequential/unitUniform.ts';
import { hasPropensities, type LoggedChoice } from './loggedChoice.ts';
import type { ReplayedPolicy } from './replayedPolicy.ts';
import type { RewardPredictor } from './rewardPredictor.ts';

export interface ReplayOptions {
  readonly candidates: readonly ReplayedPolicy[];
  readonly predictor: RewardPredictor;
  /** The policy whose log it is; undefined where its definition is not known. */
  readonly logged: Policy | undefined;
  /** Least and largest reward. */
  readonly bounds: readonly [number, number];
  /** Error level of each interval, in (0, 1). */
  readonly alpha: number;
}

/** Decisions that were not judged, and why. */
export interface SetAside {
  /** Of the held-out, by pins. */
  holdout: number;
  pin: number;
  /** Nothing came of them, and nothing is assumed. */
  unrewarded: number;
  /** Without the probabilities of all that was offered. */
  withoutPropensities: number;
  /** Their reward lies beyond the bounds. */
  beyondBounds: number;
  /** Of a chance so small that their weight cannot be summed exactly. */
  tooRare: number;
}

export interface CandidateReading {
  readonly undecided: number;
  /** The mean value so far, at all times together. */
  readonly sequence: Interval;
  /** Less what the log's policy was worth. */
  readonly lessLogged: Interval;
}

/** Rewards are within [0, 1] here: (reward − least) / (largest − least). */
export interface ReplayReading {
  readonly evaluation: PolicyEvaluation;
  /** `policyMoments` of the candidates and the uniform policy. */
  readonly moments: ReturnType<ReturnType<typeof policyMoments>['read']>;
  readonly candidates: readonly CandidateReading[];
  /** Judged decisions on which one action was certain. */
  readonly certain: number;
  readonly setAside: Readonly<SetAside>;
}

/** Rewards under way that are kept; beyond, the one that is known first is learnt early. */
const pendingMax = 100_000;
const floors: Floors = { lower: 1, upper: 1 };
/** Variance of a term × decisions at which the sequences are tightest. */
const bestTime = 1_000;
/** Of chances down to a 250,000th, to four digits. */
const coarseGrid = { perUnit: 2 ** 14 };
const certainty = 1 - 1e-9;

export class EvaluationReplay {
  readonly #options: ReplayOptions;
  readonly #fold;
  readonly #moments;
  readonly #state;
  readonly #values;
  readonly #differences;
  readonly #runs: { readonly value: RunningValueState; readonly difference: RunningValueState }[];
  readonly #pending = new TimeHeap<LoggedChoice>();
  readonly #seed;
  /** Actions that the log's policy is known to have. */
  readonly #known: Set<string>;
  readonly #setAside: SetAside = {
    ...{ holdout: 0, pin: 0, unrewarded: 0 },
    ...{ withoutPropensities: 0, beyondBounds: 0, tooRare: 0 },
  };
  #certain = 0;
  #taken = 0;

  constructor(options: ReplayOptions) {
    const { candidates, logged, alpha } = options;
    this.#options = options;
    const policies = candidates.length;
    this.#fold = policyEvaluation({ policies, alpha, floors, grid: coarseGrid });
    this.#moments = policyMoments(policies + 1, coarseGrid);
    this.#state = this.#fold.initial();
    this.#values = runningValueSequence({ alpha, floors, bestTime });
    const both = differenceFloors(floors, floors);
    this.#differences = runningDifferenceSequence({ alpha, floors: both, bestTime });
    this.#runs = candidates.map(() => ({
      value: this.#values.initial(),
      difference: this.#differences.initial(),
    }));
    this.#seed = uniformSeed('policy evaluation', logged?.key ?? '');
    // Without a floor an action may have been to be had without a chance: nobody knows.
    const isTold = logged !== undefined && logged.floor > 0;
    this.#known = new Set(isTold ? logged.actions.map(({ key }) => key) : []);
  }

  /** Takes the next decision of the log. */
  take(choice: LoggedChoice): void {
    while (this.#pending.time <= choice.time) this.#learn(this.#pending.pop());
    const { way, offered, reward } = choice;
    this.#taken += 1;
    const [least, largest] = this.#options.bounds;
    const aside = this.#setAside;
    const { logged } = this.#options;
    if (logged === undefined) for (const { action } of offered) this.#known.add(action);
    if (Number.isNaN(reward)) aside.unrewarded += 1;
    else if (reward < least || reward > largest) aside.beyondBounds += 1;
    else if (way === 'holdout' || way === 'pin') aside[way] += 1;
    else if (!hasPropensities(choice)) aside.withoutPropensities += 1;
    else this.#judge(choice);
    if (Number.isNaN(reward) || reward < least || reward > largest) return;
    this.#pending.push(choice.knownAt, this.#taken, choice);
    if (this.#pending.size > pendingMax) this.#learn(this.#pending.pop());
  }

  /**
   * @param open decisions of the log that were not taken, since their horizon has not ended: for the refusal's sentence
   * @throws EngineError EVALUATION_IMPOSSIBLE when the log can say nothing of a candidate, with what to do
   */
  read(open = 0): ReplayReading {
    const evaluation = this.#fold.read(this.#state);
    this.#refuseSilentLog(evaluation.decisions, open);
    for (const candidate of this.#options.candidates) refuseBlind(candidate);
    return {
      evaluation,
      moments: this.#moments.read(this.#state.moments),
      candidates: this.#options.candidates.map(({ undecided }, i) => ({
        undecided,
        sequence: this.#values.read(this.#runs[i]!.value),
        lessLogged: this.#differences.read(this.#runs[i]!.difference),
      })),
      certain: this.#certain,
      setAside: { ...this.#setAside },
    };
  }

  #judge(choice: LoggedChoice): void {
    const { candidates, predictor } = this.#options;
    const { offered, action } = choice;
    const isKnown = (key: string) => this.#known.has(key);
    const targets = candidates.map((candidate) => candidate.target(choice, isKnown));
    const logged = new Float64Array(offered.length + 1);
    offered.forEach(({ probability }, i) => {
      logged[i] = probability;
    });
    const decision = {
      action: offered.findIndex((each) => each.action === action),
      reward: this.#scaled(choice.reward),
      ...{ logged, predictions: predictor.predict(choice) },
    };
    const draw = unitUniform(this.#seed, choice.id, 0);
    try {
      this.#fold.step(this.#state, { ...decision, targets, draw });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#setAside.tooRare += 1;
      return;
    }
    if (choice.probability >= certainty) this.#certain += 1;
    const under = (target: ArrayLike<number>): LoggedDecision => ({ ...decision, target });
    const control = boundedBelowTerms(under(logged), floors);
    targets.forEach((target, i) => {
      const own = boundedBelowTerms(under(target), floors);
      this.#values.step(this.#runs[i]!.value, own);
      this.#differences.step(this.#runs[i]!.difference, differenceTerms(own, control));
    });
  }

  #learn(choice: LoggedChoice): void {
    for (const candidate of this.#options.candidates) candidate.learn(choice);
    if (choice.offered.length > 0) {
      this.#options.predictor.learn(choice, this.#scaled(choice.reward));
    }
  }

  #scaled(reward: number): number {
    const [least, largest] = this.#options.bounds;
    return (reward - least) / (largest - least);
  }

  #refuseSilentLog(judged: number, open: number): void {
    const { withoutPropensities, unrewarded, holdout, pin } = this.#setAside;
    if (judged === 0 && withoutPropensities > 0) {
      refuse(
        'No decision of the log says with which probability each action would have been chosen, and without that nothing can be ' +
          'said of other policies. Let the engine decide, or log context.probability and context.offered, all actions with their ' +
          'probabilities, when you decide yourself.',
      );
    }
    if (judged === 0) {
      const others = `${open} open, ${unrewarded} without a reward, ${holdout} of the held-out, ${pin} by pins`;
      refuse(
        `There is no decision to judge by: none with a reward that the policy chose by itself (${others}). Take a longer time, ` +
          'wait until the horizons have ended, or set reward.absent.',
      );
    }
    if (this.#certain === judged) {
      refuse(
        'Every decision of the log was certain: one action had all of the probability, so the log cannot say what another would ' +
          'have earned. Give the policy a floor above 0, and evaluate by what is decided from then on.',
      );
    }
  }
}

function refuseBlind(candidate: ReplayedPolicy): void {
  const absent = candidate.absentFields();
  if (absent.length === 0) return;
  const { key } = candidate.policy;
  const [what, it] = absent.length === 1 ? ['which', 'it'] : ['each of which', 'them'];
  refuse(
    `${key} looks at ${absent.join(', ')}, ${what} no decision of the log has. Send ${it} as attributes of decisions for a while ` +
      `(they are logged whether the policy looks at them or not; affinities only where it looks at them), or evaluate ${key} ` +
      `without ${it}.`,
  );
}

function refuse(sentence: string): never {
  throw new EngineError('EVALUATION_IMPOSSIBLE', sentence);
}
