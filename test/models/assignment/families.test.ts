import { describe, expect, test } from 'vitest';
import type { ExperimentInput } from '../../../contracts/experiment.ts';
import { variantBuckets } from '../../../contracts/hashFamily.ts';
import { assign, createAssigner } from '../../../models/assignment/assign.ts';
import { bucketEnds, bucketShares, threshold } from '../../../models/assignment/families/coarse.ts';
import { drawOf } from '../../../models/assignment/families/drawOf.ts';
import { eppoShard } from '../../../models/assignment/families/eppo.ts';
import {
  chooseRange,
  growthBookHash,
  growthBookRanges,
  isInNamespace,
} from '../../../models/assignment/families/growthBook.ts';
import { postHogHash } from '../../../models/assignment/families/postHog.ts';
import { statsigBucket } from '../../../models/assignment/families/statsig.ts';
import { unleashNumber } from '../../../models/assignment/families/unleash.ts';
import { makeRunning } from '../../support/experiments.ts';
import { chiSquare, chiSquareDeviate } from './chiSquare.ts';

/** Places of the variants that units get, −1 for none. */
function places(
  input: Partial<ExperimentInput>,
  weights: readonly number[],
  units: readonly string[],
  traffic = 1,
): number[] {
  const experiment = makeRunning(input, [{ traffic, weights: [...weights] }]);
  return units.map((unit) => assign(experiment, 1, unit).index);
}

const digits = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

// Golden: growthbook/growthbook, packages/sdk-js/test/cases.json: hash, getBucketRange, chooseVariation, inNamespace, run.
describe('GrowthBook', () => {
  test.each<[string, string, 1 | 2, number]>([
    ['', 'a', 1, 0.22],
    ['', 'b', 1, 0.077],
    ['b', 'a', 1, 0.946],
    ['ef', 'd', 1, 0.652],
    ['asdf', '8952klfjas09ujk', 1, 0.549],
    ['', '123', 1, 0.011],
    ['', '___)((*":&', 1, 0.563],
    ['seed', 'a', 2, 0.0505],
    ['seed', 'b', 2, 0.2696],
    ['foo', 'ab', 2, 0.2575],
    ['foo', 'def', 2, 0.2019],
    ['89123klj', '8952klfjas09ujkasdf', 2, 0.124],
    ['90850943850283058242805', '123', 2, 0.7516],
    ['()**(%$##$%#$#', '___)((*":&', 2, 0.0128],
  ])('hashes %s and %s by version %i to %f', (seed, value, version, expected) => {
    expect(growthBookHash(seed, value, version)).toBe(expected);
  });

  test.each<[number[], number, [number, number][]]>([
    [
      [0.5, 0.5],
      1,
      [
        [0, 0.5],
        [0.5, 1],
      ],
    ],
    [
      [0.5, 0.5],
      0.5,
      [
        [0, 0.25],
        [0.5, 0.75],
      ],
    ],
    [
      [0.5, 0.5],
      0,
      [
        [0, 0],
        [0.5, 0.5],
      ],
    ],
    [
      [0.25, 0.25, 0.25, 0.25],
      1,
      [
        [0, 0.25],
        [0.25, 0.5],
        [0.5, 0.75],
        [0.75, 1],
      ],
    ],
    [
      [0.4, 0.6],
      1,
      [
        [0, 0.4],
        [0.4, 1],
      ],
    ],
    [
      [0.2, 0.3, 0.5],
      0.2,
      [
        [0, 0.04],
        [0.2, 0.26],
        [0.5, 0.6],
      ],
    ],
  ])('%j with coverage %f has its ranges', (weights, coverage, expected) => {
    const rounded = growthBookRanges(weights, coverage).map((range) =>
      range.map((bound) => Number(bound.toFixed(9))),
    );
    expect(rounded).toEqual(expected);
  });

  test.each<[number, [number, number][], number]>([
    [
      0.2,
      [
        [0, 0.5],
        [0.5, 1],
      ],
      0,
    ],
    [
      0,
      [
        [0, 0.5],
        [0.5, 1],
      ],
      0,
    ],
    [
      0.5,
      [
        [0, 0.5],
        [0.5, 1],
      ],
      1,
    ],
    [
      0.8,
      [
        [0, 0.5],
        [0.5, 1],
      ],
      1,
    ],
    [
      0.2,
      [
        [0, 0.25],
        [0.5, 0.75],
      ],
      0,
    ],
    [
      0.4,
      [
        [0, 0.25],
        [0.5, 0.75],
      ],
      -1,
    ],
    [
      0.25,
      [
        [0, 0.25],
        [0.5, 0.75],
      ],
      -1,
    ],
    [
      0.8,
      [
        [0, 0.25],
        [0.5, 0.75],
      ],
      -1,
    ],
    [
      0.5,
      [
        [0, 0.5],
        [0.5, 0.5],
        [0.5, 1],
      ],
      2,
    ],
  ])('%f in %j is variation %i', (number, ranges, expected) => {
    expect(chooseRange(ranges, number)).toBe(expected);
  });

  test.each<[string, string, number, number, boolean]>([
    ['1', 'namespace1', 0, 0.4, false],
    ['1', 'namespace1', 0.4, 1, true],
    ['1', 'namespace2', 0, 0.4, false],
    ['1', 'namespace2', 0.4, 1, true],
    ['2', 'namespace1', 0, 0.4, false],
    ['2', 'namespace2', 0.4, 1, true],
    ['3', 'namespace1', 0.4, 1, true],
    ['3', 'namespace2', 0, 0.4, true],
    ['3', 'namespace2', 0.4, 1, false],
    ['4', 'namespace2', 0, 0.4, true],
    ['4', 'namespace2', 0.4, 1, false],
  ])('%s is in %s [%f, %f): %s', (value, name, from, to, expected) => {
    expect(isInNamespace({ name, from, to }, value)).toBe(expected);
  });

  const hash = { family: 'growthbook', version: 1 } as const;
  test('assigns as their runs', () => {
    const test = { salt: 'my-test', hash };
    expect(places(test, [0.5, 0.5], digits(1, 9))).toEqual([1, 0, 0, 1, 1, 1, 0, 1, 0]);
    expect(places(test, [0.1, 0.9], digits(1, 9))).toEqual([1, 1, 0, 1, 1, 1, 0, 1, 1]);
    expect(places(test, [0.5, 0.5], digits(1, 9), 0.4)).toEqual([-1, 0, 0, -1, 1, -1, 0, 1, -1]);
    const thirds = [1 / 3, 1 / 3, 1 / 3];
    expect(places(test, thirds, digits(1, 9))).toEqual([2, 0, 0, 2, 1, 2, 0, 1, 0]);
    expect(places({ salt: 'my-test-3', hash }, [0.5, 0.5], ['1'])).toEqual([0]);
    const seeded = { salt: 'foo', hash: { family: 'growthbook', version: 2 } } as const;
    expect(places(seeded, [0.5, 0.5], ['1'])).toEqual([1]);
    const within = (from: number, to: number) =>
      ({ salt: 'my-test', hash: { ...hash, namespace: { name: 'namespace', from, to } } }) as const;
    expect(places(within(0.1, 1), [0.5, 0.5], ['1'])).toEqual([1]);
    expect(places(within(0, 0.1), [0.5, 0.5], ['1'])).toEqual([-1]);
    const outside = makeRunning(within(0, 0.1));
    expect(assign(outside, 1, '1').reason).toBe('outside the layer slice');
  });

  test('probabilities are the shares of the thousandths', () => {
    const third = makeRunning({ hash }, [{ traffic: 1, weights: [1 / 3, 1 / 3, 1 / 3] }]);
    const shares = drawOf(third).probabilities[0]!;
    expect(shares).toEqual([0.334, 0.333, 0.333]);
    // Coverage 0.05 leaves 17 and 17 of 1000, not 0.05 / 3 each.
    const few = makeRunning({ hash }, [{ traffic: 0.05, weights: [1 / 3, 2 / 3] }]);
    expect(drawOf(few).probabilities[0]).toEqual([17 / 50, 33 / 50]);
    expect(
      drawOf(makeRunning({ hash }, [{ traffic: 0, weights: [0.5, 0.5] }])).probabilities,
    ).toEqual([[0, 0]]);
  });
});

// Golden: statsig-io/node-js-server-sdk, src/__tests__/Evaluator.test.ts (user_bucket, pass percentage) and jest.setup.js.
describe('Statsig', () => {
  test('puts units into the buckets of their conditions', () => {
    const bucket = (id: number) => statsigBucket(`himalayan salt.${id}`, 1_000);
    expect(bucket(1)).toBeLessThan(981); // lt 981 passes, gt 980 does not
    expect(bucket(18)).toBe(541); // lt 542 passes, any of 541, 333, 555 passes, any of 542, 333, 555 does not
  });

  test('passes who passes half of a gate by team', () => {
    const gate = { salt: 'na', hash: { family: 'statsig', ruleSalt: 'test' } } as const;
    expect(places(gate, [0.5, 0.5], ['3', '2'], 0.5).map((index) => index >= 0)).toEqual([
      true,
      false,
    ]);
  });

  test('passes whose bucket is below the percentage', () => {
    // Team 3 of the same gate has the bucket 3343: Python, hashlib.
    const gate = { salt: 'na', hash: { family: 'statsig', ruleSalt: 'test' } } as const;
    expect(places(gate, [0.5, 0.5], ['3'], 0.3343)).toEqual([-1]);
    expect(places(gate, [0.5, 0.5], ['3'], 0.3344)[0]).toBeGreaterThanOrEqual(0);
  });

  test('reduces 64 bits without losing any', () => {
    // SHA-256 of 'abc' begins with ba7816bf8f01cfea (FIPS 180-2, B.1).
    expect(statsigBucket('abc', 10_000)).toBe(Number(0xba7816bf8f01cfean % 10_000n));
    expect(statsigBucket('abc', 999_983)).toBe(Number(0xba7816bf8f01cfean % 999_983n));
  });
});

// Golden: Eppo-exp/sdk-test-data, ufc/flags-v1.json with ufc/tests/test-case-integer-flag.json and -new-user-onboarding-flag.json.
describe('Eppo', () => {
  test('assigns as the integer flag', () => {
    const flag = {
      hash: { family: 'eppo', splitSalt: 'split-numeric-flag-some-allocation' },
    } as const;
    const units = ['charlie', ...digits(1, 15)];
    const expected = [2, 2, 2, 2, 2, 1, 2, 1, 1, 2, 2, 1, 1, 2, 1, 2];
    expect(places(flag, [0.5, 0.5], units).map((index) => index + 1)).toEqual(expected);
  });

  test('assigns as the onboarding experiment: 60 % of traffic, three variants', () => {
    const hash = { family: 'eppo' } as const; // traffic-… and split-… of the salt, as theirs
    const experiment = { salt: 'new-user-onboarding-experiment', hash };
    const names = places(experiment, [0.5, 0.3, 0.2], ['3', '4', '5'], 0.6).map(
      (index) => ['control', 'red', 'yellow'][index],
    );
    expect(names).toEqual(['control', 'red', 'yellow']);
  });

  test('lets in whose shard is below the traffic', () => {
    // Subject 5 has the traffic shard 637: Python, hashlib.
    const experiment = {
      salt: 'new-user-onboarding-experiment',
      hash: { family: 'eppo' },
    } as const;
    expect(places(experiment, [0.5, 0.3, 0.2], ['5'], 0.0637)).toEqual([-1]);
    expect(places(experiment, [0.5, 0.3, 0.2], ['5'], 0.0638)).toEqual([2]);
  });

  test('rolls out to 80 % as the rollout', () => {
    const shard = (unit: string) => eppoShard('split-new-user-onboarding-rollout', unit);
    for (const unit of ['debra', 'zach', '2']) expect(shard(unit)).toBeLessThan(8_000);
    for (const unit of ['bob', 'Zach']) expect(shard(unit)).toBeGreaterThanOrEqual(8_000);
  });
});

// Golden: Unleash/client-specification, specifications/08-variants.json, 12-custom-stickiness.json (before version 5, no seed) and
// 16-strategy-variants.json; Unleash/unleash-client-java, StrategyUtilsTest.java (numbers with and without the seed).
describe('Unleash', () => {
  test('numbers are the same as those of the clients', () => {
    expect(unleashNumber('gr1', '123', 100, 0)).toBe(73);
    expect(unleashNumber('groupX', '999', 100, 0)).toBe(25);
    expect(unleashNumber('gr1', '123', 100, 86_028_157)).toBe(96);
    expect(unleashNumber('groupX', '999', 100, 86_028_157)).toBe(60);
  });

  const hash = (weightTotal: number, variantSeed: 0 | 86_028_157) =>
    ({ family: 'unleash', weightTotal, variantSeed }) as const;

  test('assigns as the specification', () => {
    const strategy = { salt: 'a', hash: hash(2, 86_028_157) };
    expect(places(strategy, [0.5, 0.5], ['5', '0'])).toEqual([0, 1]);
    const b = { salt: 'Feature.Variants.B', hash: hash(2, 0) };
    expect(places(b, [0.5, 0.5], ['2', '0'])).toEqual([0, 1]);
    const c = { salt: 'Feature.Variants.C', hash: hash(99, 0) };
    expect(places(c, [1 / 3, 1 / 3, 1 / 3], ['315', '320', '729'])).toEqual([0, 1, 2]);
    const d = { salt: 'Feature.Variants.D', hash: hash(100, 0) };
    expect(places(d, [0.01, 0.49, 0.5], ['367', '31', '19'])).toEqual([0, 1, 2]);
    const sticky = { salt: 'Feature.flexible.rollout.custom.stickiness_100', hash: hash(100, 0) };
    const fields = ['528', '16', '198', '43', '112'];
    expect(places(sticky, [0.25, 0.25, 0.25, 0.25], fields)).toEqual([0, 0, 1, 2, 3]);
  });

  test('rolls out as the specification', () => {
    const half = { salt: 'Feature.flexible.rollout.custom.stickiness_50', hash: hash(100, 0) };
    const places50 = places(half, [0.5, 0.5], ['402', '388', '39'], 0.5);
    expect(places50.map((index) => index >= 0)).toEqual([false, true, true]);
    // 388 has the number 10.
    expect(places(half, [0.5, 0.5], ['388'], 0.1)[0]).toBeGreaterThanOrEqual(0);
    expect(places(half, [0.5, 0.5], ['388'], 0.09)).toEqual([-1]);
  });
});

// Golden: PostHog/posthog, the tests that all of its libraries share: test_simple_flag_consistency and
// test_multivariate_flag_consistency.
describe('PostHog', () => {
  const hash = { family: 'posthog' } as const;
  const ids = (from: number, to: number) => digits(from, to).map((digit) => `distinct_id_${digit}`);

  test('rolls out as the simple flag at 45 %', () => {
    const expected = '01101001010110100011010010110001111000';
    const flag = { salt: 'simple-flag', hash };
    const found = places(flag, [0.5, 0.5], ids(0, 37), 0.45);
    expect(found.map((index) => (index >= 0 ? '1' : '0')).join('')).toBe(expected);
  });

  test('assigns as the multivariate flag at 55 %', () => {
    // distinct_id_31 and on; 1 … 5 are first-variant … fifth-variant, . is no variant.
    const expected =
      '3.321.3..12.112.1..11121.22321.124.111.12.3......15.212.33....3..11.33.323..21..1....111...11.11';
    const flag = { salt: 'multivariate-flag', hash };
    const found = places(flag, [0.5, 0.2, 0.2, 0.05, 0.05], ids(31, 126), 0.55);
    expect(found.map((index) => (index < 0 ? '.' : index + 1)).join('')).toBe(expected);
  });

  test('hashes to a number up to 1', () => {
    // SHA-1 of 'a.b' by coreutils sha1sum: its first 15 digits over 16¹⁵ − 1.
    expect(postHogHash('a', 'b')).toBeCloseTo(Number(0x69f6642c9d71b46n) / 2 ** 60, 15);
  });
});

const families: ExperimentInput['hash'][] = [
  { family: 'millrace' },
  { family: 'growthbook', version: 1 },
  { family: 'growthbook', version: 2 },
  { family: 'statsig', ruleSalt: 'rule' },
  { family: 'eppo' },
  { family: 'unleash' },
  { family: 'posthog' },
];

describe.each(families)('%j', (hash) => {
  const stage = { traffic: 0.4, weights: [0.5, 0.3, 0.2] };
  const experiment = makeRunning({ hash, salt: 'all' }, [stage]);
  const draw = drawOf(experiment);

  test('gives each variant the share that it says, among those whom traffic lets in', () => {
    const assigner = createAssigner(experiment);
    const counts = [0, 0, 0];
    let outside = 0;
    const units = 20_000;
    for (let i = 0; i < units; i += 1) {
      const { index, probability } = assigner.assign(`user-${i}`, {});
      if (index < 0) outside += 1;
      else {
        counts[index]! += 1;
        expect(probability).toBe(draw.probabilities[0]![index]);
      }
    }
    const within = units - outside;
    const shares = draw.probabilities[0]!;
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const deviate = chiSquareDeviate(
      chiSquare(
        counts,
        shares.map((share) => share * within),
      ),
      2,
    );
    expect(deviate).toBeLessThan(4);
    expect(Math.abs(within - 0.4 * units)).toBeLessThan(4 * Math.sqrt(0.24 * units));
  });
});

describe('one number for traffic and variant', () => {
  const ramp = [
    { traffic: 0.1, weights: [1 / 3, 2 / 3] },
    { traffic: 0.5, weights: [1 / 3, 2 / 3] },
    { traffic: 1, weights: [0.2, 0.8] },
  ];
  const hashes = [
    { family: 'growthbook', version: 1 },
    { family: 'unleash', variantSeed: 0, weightTotal: 1_000 },
    { family: 'unleash', variantSeed: 0, weightTotal: 99 },
  ] as const;

  test.each(hashes)('π is what units get, stage by stage, whatever the ramp: %j', (hash) => {
    for (const sticky of [true, false]) {
      const experiment = makeRunning({ hash, sticky }, ramp);
      for (const stage of [1, 2, 3]) {
        const assigner = createAssigner(experiment, stage);
        const counts = ramp.map(() => [0, 0]);
        for (let i = 0; i < 20_000; i += 1) {
          const answer = assigner.assign(`user-${i}`, {});
          if (answer.index >= 0) counts[answer.stage! - 1]![answer.index]! += 1;
        }
        counts.forEach(([a, b], i) => {
          const total = a! + b!;
          if (total === 0) return;
          const share = drawOf(experiment).probabilities[i]![0]!;
          const error = Math.sqrt(share * (1 - share) * total) + 1e-9;
          expect(Math.abs(a! - share * total)).toBeLessThan(4 * error);
        });
      }
    }
  });

  test('new weights in a ramp would not be the shares: why checkChange refuses them', () => {
    const hash = hashes[0];
    const experiment = makeRunning({ hash }, [
      { traffic: 0.5, weights: [0.5, 0.5] },
      { traffic: 1, weights: [0.2, 0.8] },
    ]);
    // Newly taken in are [0.25, 0.5) and [0.75, 1), all of them beyond 0.2.
    expect(drawOf(experiment).probabilities).toEqual([
      [0.5, 0.5],
      [0, 1],
    ]);
  });

  test('half a rollout of halves of 100 was all one variant in old clients of Unleash', () => {
    const old = { family: 'unleash', variantSeed: 0, weightTotal: 100 } as const;
    const experiment = makeRunning({ hash: old }, [{ traffic: 0.5, weights: [0.5, 0.5] }]);
    expect(drawOf(experiment).probabilities).toEqual([[1, 0]]);
    const thousand = makeRunning({ hash: { ...old, weightTotal: 1_000 } }, [
      { traffic: 0.5, weights: [0.5, 0.5] },
    ]);
    expect(drawOf(thousand).probabilities).toEqual([[0.5, 0.5]]);
  });
});

describe('few buckets', () => {
  test('are divided into whole ones', () => {
    expect(bucketEnds([0.5, 0.3, 0.2], 10)).toEqual([5, 8, 10]);
    expect(bucketEnds([1 / 3, 1 / 3, 1 / 3], 100)).toEqual([33, 67, 100]);
    expect(bucketShares([33, 67, 100], 100)).toEqual([0.33, 0.34, 0.33]);
    expect(threshold(0.57, 100)).toBe(57);
  });

  test.each(families.slice(1, -1))('leave a variant that is too light none: %j', (hash) => {
    const tiny = 0.4 / variantBuckets(makeRunning({ hash }).hash);
    const light = makeRunning({ hash }, [{ traffic: 1, weights: [1 - tiny, tiny] }]);
    expect(drawOf(light).probabilities[0]).toEqual([1, 0]);
  });
});
