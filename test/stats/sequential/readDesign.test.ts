import fc from 'fast-check';
import { expect, test } from 'vitest';
import { designCounts } from '../../../stats/sequential/designCounts.ts';
import { readDesign } from '../../../stats/sequential/readDesign.ts';
import { uniformSeed, unitUniform } from '../../../stats/sequential/unitUniform.ts';

const seed = uniformSeed('onboarding', 'minutes');

/** Units as a replay sees them: all chance comes from the units' own numbers. */
function replay(order: readonly number[]) {
  const fold = designCounts({ bins: 64, adaptive: false });
  const state = fold.initial();
  for (const i of order) {
    const unit = `student-${i}`;
    const treated = unitUniform(seed, unit, 7) < 0.5;
    fold.step(state, {
      period: Math.floor(i / 100),
      probability: 0.5,
      treated,
      outcome: Math.min(1, unitUniform(seed, unit, 8) + (treated ? 0.3 : 0)),
      outcomeDraw: unitUniform(seed, unit, 0),
      weightDraw: 0,
    });
  }
  return state.groups;
}

test('an interval that excludes zero, evidence and estimate agree with each other', () => {
  const { evidence, interval, estimate } = readDesign(
    replay(Array.from({ length: 600 }, (_, i) => i)),
    { alpha: 0.05 },
  );
  expect(interval.lower).toBeGreaterThan(0);
  expect(evidence.higher).toBeGreaterThan(Math.log(40));
  expect(evidence.either).toBeGreaterThan(Math.log(20));
  expect(evidence.lower).toBeLessThan(0);
  expect(estimate.effect).toBeGreaterThan(interval.lower);
  expect(estimate.effect).toBeLessThan(interval.upper);
});

test('a replay in any order says the same to the last bit', () => {
  const order = Array.from({ length: 300 }, (_, i) => i);
  const first = readDesign(replay(order), { alpha: 0.05 });
  fc.assert(
    fc.property(fc.shuffledSubarray(order, { minLength: 300 }), (shuffled) => {
      expect(readDesign(replay(shuffled), { alpha: 0.05 })).toEqual(first);
    }),
    { numRuns: 5 },
  );
});
