/** The probabilities on which all inference rests are those with which units are drawn, not the weights that were asked for. */
import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../../contracts/experiment.ts';
import type { ExperimentRecord } from '../../../contracts/experimentRecord.ts';
import { evaluateExperiment } from '../../../control/experiments/evaluate.ts';
import { prepareExperiment } from '../../../control/experiments/preparedExperiment.ts';
import { drawOf } from '../../../models/assignment/families/drawOf.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { CountedUnits } from '../../support/countedUnits.ts';
import { makeMetric, makeRunning } from '../../support/experiments.ts';

const thirds = [{ traffic: 1, weights: [1 / 3, 2 / 3] }];
const hundred = { family: 'unleash', variantSeed: 86_028_157, weightTotal: 100 } as const;
const ten = { ...hundred, weightTotal: 10 } as const;
const own = { family: 'millrace' } as const;

function recordOf(hash: Experiment['hash'], stages = thirds, sticky = true): ExperimentRecord {
  return {
    revision: 1,
    experiment: makeRunning({ hash, sticky }, stages),
    metrics: [makeMetric()],
  };
}

const sharesOf = (hash: Experiment['hash'], stages = thirds, sticky = true) => {
  const { shares, pairs } = prepareExperiment(recordOf(hash, stages, sticky));
  return { shares: [...shares], pairs: pairs.map(({ probabilities }) => [...probabilities]) };
};

describe('a weight that is no whole number of buckets', () => {
  // By hand: 33 of 100 buckets, 333 of 1,000; GrowthBook's range of thousandths [0, 1/3) holds 0 … 333.
  test.each([
    [hundred, 0.33],
    [ten, 0.3],
    [{ family: 'statsig', ruleSalt: 'r' }, 0.333],
    [{ family: 'eppo' }, 0.3333],
    [{ family: 'growthbook', version: 1 }, 0.334],
    [own, 1 / 3],
  ] as const)('counts as the buckets that it gets: %o', (hash, share) => {
    const { shares, pairs } = sharesOf(hash as Experiment['hash']);
    expect(shares[0]![1]![0]).toBeCloseTo(share, 12);
    expect(pairs[0]![0]).toEqual([1, expect.closeTo(1 - share, 12)]);
  });

  test('through a ramp of one number: who is newly taken in has the shares that are left', () => {
    // By hand, GrowthBook: at 50 % [0, .25) and [.5, .75), at 100 % the ranges [0, .8) and [.8, 1): new are [.25, .5) and
    // [.75, .8) for the first, [.8, 1) for the second.
    const stages = [
      { traffic: 0.5, weights: [0.5, 0.5] },
      { traffic: 1, weights: [0.8, 0.2] },
    ];
    const { shares } = sharesOf({ family: 'growthbook', version: 2 }, stages);
    expect(shares).toEqual([
      [1, [0.5, 0.5]],
      [2, [expect.closeTo(0.6, 12), expect.closeTo(0.4, 12)]],
    ]);
    const fresh = sharesOf({ family: 'growthbook', version: 2 }, stages, false);
    expect(fresh.shares[1]).toEqual([2, [expect.closeTo(0.8, 12), expect.closeTo(0.2, 12)]]);
  });

  test('a stage in which a variant gets nobody has nothing to compare', () => {
    // At 50 % everyone below one half is the first variant's already; the second stage takes in the second variant only.
    const stages = [
      { traffic: 0.5, weights: [1, 0] },
      { traffic: 1, weights: [0.5, 0.5] },
    ];
    const { shares, pairs } = sharesOf({ family: 'growthbook', version: 2 }, stages);
    expect(shares[1]).toEqual([2, [0, 1]]);
    expect(pairs).toEqual([[]]);
  });
});

/** Units assigned by the hash itself. */
function assigned(record: ExperimentRecord, units: number): number[] {
  const draw = drawOf(record.experiment);
  const counts = record.experiment.variants.map(() => 0);
  for (let i = 0; i < units; i += 1) {
    const text = `user ${i}`;
    draw.take({ text } as Parameters<typeof draw.take>[0]);
    counts[draw.place(0)]! += 1;
  }
  return counts;
}

/** Units of an experiment; half of them reach the metric, whatever the variant. */
function withoutEffect(record: ExperimentRecord, share: number, units: number, seed: number) {
  const random = randomState(seed);
  const counts = new CountedUnits(record);
  for (let i = 0; i < units; i += 1) {
    const variant = Number(uniform(random) >= share);
    const solved = Number(uniform(random) < 0.5);
    counts.add({ variant, period: Math.floor((4 * i) / units), outcomes: { solved } });
  }
  return counts.read();
}

describe('what rests on them', () => {
  test('the sample ratio of units that the hash has drawn is in order, and would not be by the weights', () => {
    const record = recordOf(ten);
    const counts = assigned(record, 20_000);
    // The hash does draw three of ten: 4 standard errors are 0.013.
    expect(counts[0]! / 20_000).toBeCloseTo(0.3, 1.5);
    const units = new CountedUnits(record);
    for (const [variant, count] of counts.entries()) {
      for (let i = 0; i < count; i += 1) units.add({ variant, outcomes: {} });
    }
    const { sampleRatio, verdict } = evaluateExperiment(record, units.read(), 1);
    expect(sampleRatio.alarm).toBe(false);
    expect(sampleRatio.arms.map(({ expected }) => expected)).toEqual([
      expect.closeTo(0.3, 12),
      expect.closeTo(0.7, 12),
    ]);
    expect(verdict.word).not.toBe('invalid');
    const byWeights = evaluateExperiment(recordOf(own), units.read(), 1);
    expect(byWeights.sampleRatio.alarm).toBe(true);
    expect(byWeights.verdict.word).toBe('invalid');
  });

  // The promise: 150 experiments without an effect, 1,500 units each, three of ten buckets.
  test('no experiment is called off, and at most alpha of them decide', () => {
    const record = recordOf(ten);
    const { alpha } = record.experiment;
    const experiments = 150;
    let alarms = 0;
    let decided = 0;
    let alarmsByWeights = 0;
    for (let seed = 0; seed < experiments; seed += 1) {
      const counts = withoutEffect(record, 0.3, 1_500, seed);
      const { sampleRatio, metrics } = evaluateExperiment(record, counts, 1);
      alarms += Number(sampleRatio.alarm);
      decided += Number(metrics[0]!.comparisons[0]!.decided);
      const byWeights = evaluateExperiment(recordOf(own), counts, 1);
      alarmsByWeights += Number(byWeights.sampleRatio.alarm);
    }
    const error = Math.sqrt((alpha * (1 - alpha)) / experiments);
    expect(decided / experiments).toBeLessThan(alpha + 4 * error);
    expect(alarms).toBe(0);
    expect(alarmsByWeights).toBeGreaterThan(experiments / 20); // it would matter
  });
});
