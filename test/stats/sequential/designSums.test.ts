/** Sums instead of cells: an interval that is never narrower. */
import { expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import type { DesignGroup } from '../../../stats/sequential/designCounts.ts';
import { designEstimate } from '../../../stats/sequential/designEstimate.ts';
import { designInterval, designWealth } from '../../../stats/sequential/designMixture.ts';
import { designSums, designSumsInterval } from '../../../stats/sequential/designSums.ts';
import { predictGroups } from '../../../stats/sequential/predictGroups.ts';

const portfolio = betPortfolio();

/** Units with outcomes of mean `control` and `treatment`, in five periods. */
function groupsOf(
  seed: number,
  units: number,
  [control, treatment]: readonly [number, number],
  bins: number,
  probability: number,
): DesignGroup[] {
  const random = randomState(seed);
  return Array.from({ length: 5 }, (_, period) => {
    const counts = new Float64Array(4 * bins);
    for (let unit = 0; unit < units / 5; unit += 1) {
      const treated = uniform(random) < probability;
      const mean = treated ? treatment : control;
      const outcome =
        bins === 2
          ? Number(uniform(random) < mean)
          : Math.min(1, -mean * Math.log(1 - uniform(random)));
      counts[(treated ? 2 * bins : 0) + Math.round(outcome * (bins - 1))]! += 1;
    }
    return { period, low: probability, high: probability, counts };
  });
}

const cases = [
  { means: [0.1, 0.1], bins: 2, probability: 0.5 },
  { means: [0.5, 0.55], bins: 2, probability: 0.5 },
  { means: [0.05, 0.09], bins: 2, probability: 0.1 },
  { means: [0.1, 0.6], bins: 2, probability: 0.5 },
  { means: [0.2, 0.25], bins: 64, probability: 0.3 },
] as const;

test.each(cases)('the interval is never narrower, and nearly the same: %j', (each) => {
  for (const [seed, units] of [5, 20, 50, 200, 1_000, 20_000, 200_000].entries()) {
    const groups = predictGroups(groupsOf(seed, units, each.means, each.bins, each.probability));
    const exact = designInterval(groups, portfolio, 0.05);
    const estimate = designEstimate(groups);
    const sums = designSums(groups, designWealth(groups, portfolio), portfolio);
    const found = designSumsInterval(sums, portfolio, estimate, 0.05);
    expect(found.lower).toBeLessThanOrEqual(exact.lower + 1e-9);
    expect(found.upper).toBeGreaterThanOrEqual(exact.upper - 1e-9);
    if (units < 1_000) continue;
    const width = exact.upper - exact.lower;
    expect(found.upper - found.lower).toBeLessThan(width * 1.001);
  }
});

test('without units nothing is known', () => {
  const nothing = designEstimate([]);
  const sums = designSums([], designWealth([], portfolio), portfolio);
  expect(designSumsInterval(sums, portfolio, nothing, 0.05)).toEqual({ lower: -1, upper: 1 });
});
