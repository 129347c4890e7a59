/** The promise of the e-process where each unit has a probability of its own, as a bandit logs it: that of its own variant. */
import { describe, expect, test } from 'vitest';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { designEProcess } from '../../../stats/streaming/designEProcess.ts';
import { treatmentProbability } from '../../../stats/streaming/treatmentProbability.ts';

const looks = 4;

/** Whether one of four looks at 400 units rejects "no effect" at 5 %. */
function rejects(seed: number, effect: number): boolean {
  const fold = designEProcess.begin({ adaptive: true, bins: 16 });
  const random = randomState(seed);
  const state = fold.initial();
  for (let look = 0; look < looks; look += 1) {
    for (let i = 0; i < 100; i += 1) {
      const treatment = 0.05 + 0.25 * uniform(random);
      const isTreated = uniform(random) < treatment;
      const value = 0.7 + 0.1 * normal(random) + (isTreated ? effect : 0);
      fold.step(state, {
        value: Math.min(1, Math.max(0, value)),
        variant: isTreated ? 'treatment' : 'control',
        probability: isTreated ? treatment : 1 - treatment,
        unit: `unit-${seed}-${look}-${i}`,
        stage: look,
      });
    }
    if (fold.read(state)['lnE']! >= Math.log(20)) return true;
  }
  return false;
}

const share = (runs: number, effect: number) =>
  Array.from({ length: runs }, (_, seed) => rejects(seed, effect)).filter(Boolean).length / runs;

describe('designEProcess', () => {
  test('rejects at most 5 % of experiments without an effect, and finds one that is there', () => {
    expect(share(60, 0)).toBeLessThanOrEqual(0.05);
    expect(share(20, 0.15)).toBeGreaterThan(0.5);
  });

  test('counts both arms of a design together', () => {
    expect(treatmentProbability(0.9, false)).toBe(treatmentProbability(0.1, true));
  });
});
