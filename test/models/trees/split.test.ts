import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FeatureBins } from '../../../models/trees/featureBins.ts';
import { categoricalSplit, numericSplit, type SplitRules } from '../../../models/trees/split.ts';

const rules: SplitRules = { ridge: 1, childWeight: 0.5, childRows: 1, gain: 0 };
const free = { low: -Infinity, high: Infinity };

interface Bin {
  readonly gradient: number;
  readonly curvature: number;
}

function histogramOf(bins: readonly Bin[]): Float64Array {
  const histogram = new Float64Array(512);
  for (const [i, { gradient, curvature }] of bins.entries()) {
    histogram.set([gradient, curvature], 2 * i);
  }
  return histogram;
}

function sumsOf(bins: readonly Bin[]): Bin {
  return {
    gradient: bins.reduce((sum, bin) => sum + bin.gradient, 0),
    curvature: bins.reduce((sum, bin) => sum + bin.curvature, 0),
  };
}

function featureOf(count: number, hasMissing: boolean, isCategorical = false): FeatureBins {
  return {
    column: 0,
    isCategorical,
    count,
    bounds: new Float32Array(count - (hasMissing ? 2 : 1)),
    codes: new Float32Array(isCategorical ? count - 1 : 0),
    missing: hasMissing ? count - 1 : -1,
  };
}

const worth = ({ gradient, curvature }: Bin) => (gradient * gradient) / (curvature + rules.ridge);

/** Of the bins that go to `yes`; −Infinity when a child is too light. */
function gainOf(bins: readonly Bin[], goesYes: (bin: number) => boolean): number {
  const yes = sumsOf(bins.filter((_, i) => goesYes(i)));
  const no = sumsOf(bins.filter((_, i) => !goesYes(i)));
  const isLight = yes.curvature < rules.childWeight || no.curvature < rules.childWeight;
  return isLight ? -Infinity : worth(yes) + worth(no) - worth(sumsOf(bins));
}

const bin = fc.record({
  gradient: fc.double({ min: -5, max: 5, noNaN: true }),
  curvature: fc.double({ min: 0.01, max: 3, noNaN: true }),
});
const binsOf = (maxLength: number) => fc.array(bin, { minLength: 3, maxLength });

test('a numeric split is the best of all, wherever missing values go', () => {
  fc.assert(
    fc.property(binsOf(20), fc.boolean(), (bins, hasMissing) => {
      const node = { ...sumsOf(bins), ...free, rows: 1e6 };
      const feature = featureOf(bins.length, hasMissing);
      const found = numericSplit(histogramOf(bins), 0, feature, 0, node, rules, 0);
      const values = bins.length - (hasMissing ? 1 : 0);
      let best = 0;
      for (let cut = 0; cut < values; cut += 1) {
        best = Math.max(
          best,
          gainOf(bins, (i) => i <= cut),
        );
        if (hasMissing)
          best = Math.max(
            best,
            gainOf(bins, (i) => i <= cut || i === values),
          );
      }
      expect(found?.gain ?? 0).toBeCloseTo(best, 6);
      if (found === undefined) return;
      const goesYes = (i: number) =>
        hasMissing && i === values ? found.missingYes : i <= found.bin;
      expect(gainOf(bins, goesYes)).toBeCloseTo(found.gain, 6);
    }),
  );
});

test('a set is a run of codes by their mean, and the rare ones are never in it', () => {
  fc.assert(
    fc.property(binsOf(12), (bins) => {
      const node = { ...sumsOf(bins), ...free, rows: 1e6 };
      const feature = featureOf(bins.length, false, true);
      const found = categoricalSplit(histogramOf(bins), 0, feature, node, rules, 0);
      if (found === undefined) return;
      expect(found.members).not.toContain(0);
      const mean = (i: number) => bins[i]!.gradient / (bins[i]!.curvature + 10);
      const rest = bins.map((_, i) => i).filter((i) => i > 0 && !found.members.includes(i));
      const inside = found.members.map(mean);
      for (const other of rest.map(mean)) {
        const isBeside = other <= Math.min(...inside) || other >= Math.max(...inside);
        expect(isBeside).toBe(true);
      }
      const yes = sumsOf(found.members.map((i) => bins[i]!));
      expect(found.yesGradient).toBeCloseTo(yes.gradient, 9);
      expect(found.yesCurvature).toBeCloseTo(yes.curvature, 9);
    }),
  );
});

test('a split against the direction of its feature is none, whatever it gains', () => {
  const bins = [
    { gradient: -4, curvature: 2 },
    { gradient: 4, curvature: 2 },
  ];
  const node = { ...sumsOf(bins), ...free, rows: 100 };
  const split = (monotone: number) =>
    numericSplit(histogramOf(bins), 0, featureOf(2, false), monotone, node, rules, 0);
  // The first bin wants more, so the prediction falls with the feature.
  expect(split(-1)).toMatchObject({ bin: 0 });
  expect(split(0)).toEqual(split(-1));
  expect(split(1)).toBeUndefined();
});

test('within bounds a split gains what the clamped values gain', () => {
  const bins = [
    { gradient: -4, curvature: 2 },
    { gradient: 4, curvature: 2 },
  ];
  const node = { ...sumsOf(bins), low: -0.1, high: 0.1, rows: 100 };
  const found = numericSplit(histogramOf(bins), 0, featureOf(2, false), 0, node, rules, 0);
  // −(2 G v + (H + λ) v²) at v = ±0.1, for both children; the node's own value is 0.
  expect(found?.gain).toBeCloseTo(2 * (2 * 4 * 0.1 - 3 * 0.01), 12);
});

test('children are not lighter than allowed, nor have too few rows', () => {
  const bins = Array.from({ length: 10 }, (_, i) => ({ gradient: i === 0 ? 9 : -1, curvature: 1 }));
  const node = { ...sumsOf(bins), ...free, rows: 100 };
  const split = (changes: Partial<SplitRules>) =>
    numericSplit(histogramOf(bins), 0, featureOf(10, false), 0, node, { ...rules, ...changes }, 0);
  expect(split({})?.bin).toBe(0);
  expect(split({ childWeight: 3 })?.bin).toBe(2);
  // Ten rows a bin.
  expect(split({ childRows: 25 })?.bin).toBe(2);
  expect(split({ childRows: 51 })).toBeUndefined();
});
