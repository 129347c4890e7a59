import { describe, expect, test } from 'vitest';
import { crowdModel, type Side } from '../../../models/anomaly/crowdModel.ts';
import { normal, type RandomState, randomState, uniform } from '../../../stats/random.ts';

const sides: readonly Side[] = ['upper', 'either', 'lower'];
const model = crowdModel({ sides, sampleMax: 1_024, seed: 1 });

/** Features that go together, with a power law among them. */
function draw(random: RandomState, vector: Float64Array): Float64Array {
  const shared = normal(random);
  vector[0] = shared + 0.5 * normal(random);
  vector[1] = 0.3 * normal(random) + 2;
  vector[2] = -shared + 0.2 * Math.log(1 - uniform(random));
  return vector;
}

function learnt(count: number, seed: number) {
  const random = randomState(seed);
  const state = model.initial();
  const vector = new Float64Array(3);
  for (let i = 0; i < count; i += 1) model.learn(state, draw(random, vector), 0.1);
  return { state, random };
}

describe('a crowd', () => {
  // The promise: whatever depends on what, of those of the crowd as many are as rare as it says.
  test.each([
    [300, 1e-3],
    [4_000, 1e-3],
    [4_000, 1e-4],
  ])('of %d has the level %d', (count, level) => {
    let rare = 0;
    const runs = count === 300 ? 40 : 12;
    const each = 10_000;
    for (let run = 0; run < runs; run += 1) {
      const { state, random } = learnt(count, 100 + run);
      const judgement = model.judgement();
      const vector = new Float64Array(3);
      for (let i = 0; i < each; i += 1) {
        model.judge(state, draw(random, vector), judgement);
        if (judgement.pValue <= level) rare += 1;
      }
    }
    const expected = level * runs * each;
    expect(rare).toBeLessThan(1.3 * expected + 3 * Math.sqrt(expected));
    expect(rare).toBeGreaterThan(expected / 20); // and it is not vacuous
  });

  test('finds what is unlike it, and says by what', () => {
    const { state } = learnt(2_000, 7);
    const judgement = model.judgement();
    model.judge(state, [0, 2, -30], judgement);
    expect(judgement.pValue).toBeLessThan(1e-6);
    const [first, second, third] = judgement.surprises;
    expect(first! + second! + third!).toBeCloseTo(judgement.score, 10);
    expect(third! / judgement.score).toBeGreaterThan(0.8);
    model.judge(state, [0, 2, 0], judgement);
    expect(judgement.pValue).toBe(1);
    // Sides that are not strange.
    model.judge(state, [-50, 2, 50], judgement);
    expect(judgement.pValue).toBe(1);
  });

  test('says nothing before it knows 256, and nothing of what is absent', () => {
    const { state } = learnt(255, 8);
    const judgement = model.judgement();
    model.judge(state, [1e6, 1e6, -1e6], judgement);
    expect(judgement).toMatchObject({ score: 0, pValue: 1 });
    const known = learnt(1_000, 8).state;
    model.judge(known, [NaN, NaN, NaN], judgement);
    expect(judgement).toMatchObject({ score: 0, pValue: 1 });
  });

  test('of which all are alike takes the first other one for as rare as a record, not rarer', () => {
    const state = model.initial();
    for (let i = 0; i < 1_000; i += 1) model.learn(state, [1, 2, NaN], 1);
    const judgement = model.judgement();
    model.judge(state, [1, 2, NaN], judgement);
    expect(judgement.pValue).toBe(1);
    model.judge(state, [9, 2, 4], judgement);
    expect(judgement.pValue).toBeGreaterThan(1e-4);
    expect(judgement.pValue).toBeLessThan(0.01);
    expect(model.median(state, 2)).toBeNaN();
    expect(model.median(state, 1)).toBe(2);
  });

  test('forgets: behind a change it is that of the present', () => {
    const { state, random } = learnt(3_000, 9);
    const vector = new Float64Array(3);
    const judgement = model.judgement();
    const shifted = () => {
      draw(random, vector)[0]! += 8;
      return vector;
    };
    model.judge(state, shifted(), judgement);
    expect(judgement.pValue).toBeLessThan(1e-4);
    for (let i = 0; i < 60_000; i += 1) model.learn(state, shifted(), 0.1);
    expect(model.median(state, 0)).toBeGreaterThan(6);
    model.judge(state, shifted(), judgement);
    expect(judgement.pValue).toBeGreaterThan(1e-3);
  });

  test('does not take a sample that is too small', () => {
    expect(() => crowdModel({ sides, sampleMax: 255, seed: 1 })).toThrow(
      new RangeError('sampleMax: expected an integer ≥ 256, got 255'),
    );
  });
});
