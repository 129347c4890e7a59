/** What a replay has found, in the unit of the reward, with a ranking and what to keep in mind. */
import type {
  EvaluatedPolicy,
  EvaluationAnswer,
  LookedEstimate,
} from '../../../contracts/policyEvaluationApi.ts';
import type { ReplayReading } from '../../../models/evaluation/evaluationReplay.ts';
import type { Interval } from '../../../stats/interval.ts';
import { type Estimator, policyDifference } from '../../../stats/offPolicy/policyEstimate.ts';
import type {
  DifferenceReading,
  EstimateAtOneLook,
  ShrunkenEstimate,
  ValueReading,
} from '../../../stats/offPolicy/policyEvaluation.ts';
import type { WeightReport } from '../../../stats/offPolicy/weightReport.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import type { NamedCandidate } from './candidates.ts';
import { type Ranked, rankCandidates } from './rankCandidates.ts';

export interface Evaluated {
  readonly policy: string;
  readonly bounds: readonly [number, number];
  readonly alpha: number;
  /** Times of the first and the last decision; null without any. */
  readonly from: number | null;
  readonly to: number | null;
  /** Decisions whose horizon has not ended, and those whose event the archive has not. */
  readonly open: number;
  readonly withoutEvent: number;
  readonly reading: ReplayReading;
  readonly candidates: readonly NamedCandidate[];
}

const loggedName = 'logged';

export function evaluationAnswer(evaluated: Evaluated): EvaluationAnswer {
  const { policy, from, to, open, withoutEvent, reading, candidates } = evaluated;
  const { evaluation, certain, setAside } = reading;
  const unit = unitOf(evaluated.bounds);
  const { decisions, uniform } = evaluation;
  return {
    ...{ policy, from, to, decisions },
    certain: certain / decisions,
    setAside: { open, withoutEvent, ...setAside },
    cautions: cautionsOf(evaluated),
    logged: unit.value(evaluation.logged),
    uniform: { weights: weightsOf(uniform.weights), snips: unit.value(uniform.snips) },
    candidates: candidates.map((candidate, i) => evaluatedPolicy(candidate, i, evaluated)),
    ranking: ranked(evaluated),
  };
}

function evaluatedPolicy(
  { name, replayed }: NamedCandidate,
  place: number,
  { bounds, reading }: Evaluated,
): EvaluatedPolicy {
  const unit = unitOf(bounds);
  const { weights, value, lessLogged, lessUniform } = reading.evaluation.policies[place]!;
  const { undecided, sequence, lessLogged: running } = reading.candidates[place]!;
  const plain = (estimator: keyof ValueReading) =>
    unit.value(value[estimator] as EstimateAtOneLook);
  const shrunken = (estimator: keyof ValueReading) => {
    const { lambda, bias, changed } = value[estimator] as ShrunkenEstimate;
    return {
      ...plain(estimator),
      ...{ lambda: figureOf(lambda), bias: figureOf(unit.range * bias) },
      changed: figureOf(changed),
    };
  };
  const less = (of: DifferenceReading, at: Interval) => ({
    ips: unit.difference(of.ips),
    snips: unit.difference(of.snips),
    doublyRobust: unit.difference(of.doublyRobust),
    selfNormalizedDoublyRobust: unit.difference(of.selfNormalizedDoublyRobust),
    sequence: { low: unit.range * at.lower, high: unit.range * at.upper },
  });
  return {
    candidate: name,
    algorithm: replayed.policy.algorithm.name,
    weights: weightsOf(weights),
    undecided: undecided / reading.evaluation.decisions,
    value: {
      ips: plain('ips'),
      snips: plain('snips'),
      directMethod: plain('directMethod'),
      doublyRobust: plain('doublyRobust'),
      selfNormalizedDoublyRobust: plain('selfNormalizedDoublyRobust'),
      clippedIps: shrunken('clippedIps'),
      switchDoublyRobust: shrunken('switchDoublyRobust'),
      optimisticDoublyRobust: shrunken('optimisticDoublyRobust'),
      subGaussianDoublyRobust: shrunken('subGaussianDoublyRobust'),
      sequence: unit.interval(sequence),
    },
    lessLogged: less(lessLogged, running),
    lessUniform: less(lessUniform, lessUniform.sequence),
  };
}

function ranked(evaluated: Evaluated) {
  const { reading, candidates, bounds, alpha } = evaluated;
  const unit = unitOf(bounds);
  const { evaluation, moments } = reading;
  const places = new Map(candidates.map(({ name }, i) => [name, i]));
  const policies = candidates.map(({ name }, i): Ranked => {
    const { weights, value } = evaluation.policies[i]!;
    const { undecided, lessLogged } = reading.candidates[i]!;
    const { unsupported, effectiveSampleSize, deviation } = weights;
    return {
      ...{ name, unsupported, effectiveSampleSize, deviation },
      value: unit.value(value.selfNormalizedDoublyRobust),
      undecided: undecided / evaluation.decisions,
      lessLogged: { low: unit.range * lessLogged.lower, high: unit.range * lessLogged.upper },
    };
  });
  const logged: Ranked = {
    name: loggedName,
    value: unit.value(evaluation.logged),
    ...{ unsupported: 0, undecided: 0, effectiveSampleSize: evaluation.decisions, deviation: 0 },
  };
  // The reward is among every policy's figures: the log's own mean is read at any place.
  const estimatorOf = ({ name }: Ranked): Estimator =>
    name === loggedName ? 'logged' : 'selfNormalizedDoublyRobust';
  const compare = (first: Ranked, second: Ranked) => {
    const estimate = policyDifference(
      moments.moments,
      estimatorOf(first),
      places.get(first.name) ?? 0,
      places.get(second.name) ?? 0,
      estimatorOf(second),
    );
    const { standardError, lower, upper } = fixedHorizon(estimate, { alpha });
    return unit.difference({ estimate: estimate.estimate, standardError, lower, upper });
  };
  return rankCandidates([...policies, logged], compare, evaluation.decisions);
}

function cautionsOf({ reading, open, withoutEvent }: Evaluated): string[] {
  const { evaluation, certain, setAside } = reading;
  const { decisions } = evaluation;
  const { unrewarded, tooRare, withoutPropensities } = setAside;
  const cautions = [
    'Every figure is about the decisions of this log: the situations that its policy led to.',
  ];
  if (unrewarded > 0) {
    cautions.push(
      `${unrewarded} decisions have no reward and none is assumed: the figures are those of decisions that get one. To count them, set reward.absent.`,
    );
  }
  if (open > 0) cautions.push(`${open} decisions are open: their horizon has not ended.`);
  if (withoutEvent > 0) {
    cautions.push(`${withoutEvent} decisions are not in the archive any more.`);
  }
  if (withoutPropensities > 0) {
    cautions.push(
      `${withoutPropensities} decisions lack the probabilities of what was offered, and were left out.`,
    );
  }
  if (certain > 0.01 * decisions) {
    cautions.push(
      `On ${certain} of ${decisions} decisions one action was certain: they say nothing of others.`,
    );
  }
  if (tooRare > 0) {
    cautions.push(
      `${tooRare} decisions took an action with a chance too small to weigh, and were left out: a floor avoids that.`,
    );
  }
  return cautions;
}

function weightsOf({ effectiveSampleSize, mean, deviation, largest, unsupported }: WeightReport) {
  return {
    effectiveSampleSize: figureOf(effectiveSampleSize),
    mean: figureOf(mean),
    deviation: figureOf(deviation),
    largest: figureOf(largest),
    unsupported: figureOf(unsupported),
  };
}

/** From [0, 1] to the unit of the reward. */
function unitOf([least, largest]: readonly [number, number]) {
  const range = largest - least;
  const looked = (offset: number, of: EstimateAtOneLook): LookedEstimate => ({
    estimate: figureOf(offset + range * of.estimate),
    standardError: figureOf(range * of.standardError),
    low: figureOf(offset + range * of.lower),
    high: figureOf(offset + range * of.upper),
  });
  return {
    range,
    value: (of: EstimateAtOneLook) => looked(least, of),
    difference: (of: EstimateAtOneLook) => looked(0, of),
    interval: ({ lower, upper }: Interval) => ({
      low: least + range * lower,
      high: least + range * upper,
    }),
  };
}

/** null for what is no number, or has no end. */
function figureOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
