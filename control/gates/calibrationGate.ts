/**
 * Whether probabilities mean what they say, of the file by itself and as it would serve: a file that promises too much is no better for
 * being put right by what is learnt beside it, which takes its time for every version anew.
 *
 * Judged by the lower bound of the expected calibration error, chance allowed for: see `clusteredCalibration`.
 */
import type { GateCheck, GateResult } from '../../contracts/gateReport.ts';
import type { GatePlan } from '../../contracts/modelPlan.ts';
import {
  type ClusteredCalibration,
  clusteredCalibration,
} from '../../stats/cluster/clusteredCalibration.ts';
import { counted } from '../words.ts';
import { type Comparison, weightedMean } from './comparison.ts';
import { check, digits, judged, result } from './gateWords.ts';

export type CalibrationRows = Pick<
  Comparison,
  'task' | 'labels' | 'weights' | 'users' | 'candidate'
> & {
  /** What the file predicts by itself. */
  readonly own: Float64Array;
};

const groups = 10;
/** With fewer nothing can be told of what differs between users. */
const usersMin = 10;

export function calibrationGate(
  rows: CalibrationRows,
  { alpha, calibrationMax }: Pick<GatePlan, 'alpha' | 'calibrationMax'>,
): GateResult {
  const { labels, weights, users, candidate, own } = rows;
  if (rows.task !== 'binary') {
    return result('calibration', 'skipped', 'It predicts numbers, not probabilities');
  }
  const of = (predicted: Float64Array) =>
    clusteredCalibration({ predicted, labels, weights, clusters: users }, { alpha, groups });
  const ways = [
    { how: 'by itself', predictions: own, found: of(own) },
    { how: 'as it would serve', predictions: candidate, found: of(candidate) },
  ].map((way) => ({ ...way, passed: !(way.found.lower > calibrationMax) }));
  const [{ found }] = ways as [(typeof ways)[0]];
  if (found.clusters < usersMin) {
    const text = `The examples are of ${counted(found.clusters, 'user')}; calibration is judged with ${usersMin} or more`;
    return result('calibration', 'skipped', text);
  }
  const checks = [
    ...ways.map(({ how, found: { estimate, lower, upper }, passed }) =>
      check({
        name: `expected calibration error ${how}`,
        ...{ value: estimate, lower, upper, bound: calibrationMax, count: labels.length, passed },
      }),
    ),
    ...ways.flatMap(({ how, found: each }) => reliabilityOf(how, each)),
  ];
  const worse = ways
    .filter(({ passed }) => !passed)
    .map(({ how, found: { estimate, lower }, predictions }) => {
      const promised = digits(weightedMean(predictions, weights));
      const happened = digits(weightedMean(labels, weights));
      return `${how} its probabilities are ${digits(estimate)} off, and at least ${digits(lower)} with chance allowed for, ${digits(lower - calibrationMax)} more than the ${digits(calibrationMax)} that is allowed (${promised} is predicted on average and ${happened} happens)`;
    });
  const errors = ways.map(({ how, found: { estimate } }) => `${digits(estimate)} ${how}`);
  const text =
    worse.length > 0
      ? worse.join('; ')
      : `Expected calibration error ${errors.join(', ')}, of which chance alone makes about ${digits(found.noise)}; ${digits(calibrationMax)} is allowed`;
  return judged('calibration', text, checks);
}

/** Observed against predicted, group by group; nothing is asked of one by itself. */
function reliabilityOf(how: string, { points }: ClusteredCalibration): GateCheck[] {
  return points.map(({ predicted, observed: { estimate, lower, upper }, count }) =>
    check({
      name: `share of ones where ${digits(predicted)} is predicted ${how}`,
      ...{ value: estimate, lower, upper, count },
    }),
  );
}
