/** The checker's own count of the buckets: what the code that assigns says, and what units really get. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DesignedAssignment, designShares } from '../../cli/designShares.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import { drawOf } from '../../models/assignment/families/drawOf.ts';
import { makeRunning } from '../support/experiments.ts';

const families: Experiment['hash'][] = [
  { family: 'millrace' },
  { family: 'growthbook', version: 1 },
  { family: 'growthbook', version: 2 },
  { family: 'statsig', ruleSalt: 'r' },
  { family: 'eppo' },
  { family: 'unleash', variantSeed: 86_028_157, weightTotal: 100 },
  { family: 'unleash', variantSeed: 0, weightTotal: 30 },
  { family: 'posthog' },
];

/** Two or three variants, through one or two stages of growing traffic. */
const ramps = fc
  .tuple(
    fc.integer({ min: 2, max: 3 }),
    fc.array(
      fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  )
  .map(([variants, stages]) =>
    stages.map((raw, i) => {
      const used = raw.slice(0, variants);
      const sum = used.reduce((total, each) => total + each, 0);
      return { traffic: (i + 1) / stages.length, weights: used.map((each) => each / sum) };
    }),
  );

test.each(families.map((hash) => [JSON.stringify(hash), hash] as const))(
  'agrees with the code that assigns: %s',
  (_, hash) => {
    fc.assert(
      fc.property(ramps, fc.boolean(), (stages, sticky) => {
        const experiment = makeRunning({ hash, sticky }, stages);
        const counted = designShares(experiment as DesignedAssignment);
        const { probabilities } = drawOf(experiment);
        for (const [i, shares] of counted.entries()) {
          for (const [variant, share] of shares.entries()) {
            expect(share).toBeCloseTo(probabilities[i]![variant]!, 12);
          }
        }
      }),
      { numRuns: hash.family === 'growthbook' ? 15 : 40 },
    );
  },
);

describe('a third', () => {
  const of = (hash: Experiment['hash']) =>
    designShares(
      makeRunning({ hash }, [{ traffic: 1, weights: [1 / 3, 2 / 3] }]) as DesignedAssignment,
    )[0]![0];

  // By hand: 1/3 of 100 buckets are 33, of 1,000 are 333; a range of thousandths [0, 1/3) holds 334 of them, 0 … 333.
  test('is so many buckets', () => {
    expect(of({ family: 'unleash', variantSeed: 86_028_157, weightTotal: 100 })).toBe(0.33);
    expect(of({ family: 'statsig', ruleSalt: 'r' })).toBe(0.333);
    expect(of({ family: 'growthbook', version: 1 })).toBe(0.334);
    expect(of({ family: 'millrace' })).toBeCloseTo(1 / 3, 12);
  });
});
