/**
 * The detectors against reference implementations on two fixed streams.
 *
 * Golden: River 0.26.1 (Python), where it is named; where River deviates from the paper, a reference by the paper's formulas alone,
 * written in Python with NumPy 2.4: the window as a list of values, every cut and its variance computed anew.
 */
import { describe, expect, test } from 'vitest';
import { adwin } from '../../../stats/drift/adwin.ts';
import { ddm } from '../../../stats/drift/ddm.ts';
import { eddm } from '../../../stats/drift/eddm.ts';
import { hddmA } from '../../../stats/drift/hddmA.ts';
import { hddmW } from '../../../stats/drift/hddmW.ts';
import { kolmogorovTail, kswin } from '../../../stats/drift/kswin.ts';
import { pageHinkley, type Side } from '../../../stats/drift/pageHinkley.ts';
import { expectRelative } from '../../support/relative.ts';
import { errorStream, levelsOf, valueStream } from './streams.ts';

const errors = errorStream();
const values = valueStream();
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

test('the streams are those of the reference', () => {
  expect(sum(errors)).toBe(1_973);
  expect(sum(values)).toBeCloseTo(3_400.4787911164954, 8);
});

describe('adwin', () => {
  // Golden: the window as a list of values.
  test('cuts errors where a window of all its values is cut', () => {
    const { drifts, state } = levelsOf(adwin(), errors.slice(0, 5_984)); // the last look
    expect(drifts).toEqual([
      1824, 1856, 1984, 2720, 3136, 3168, 3328, 4064, 4128, 5568, 5600, 5632,
    ]);
    expect(adwin().read(state)).toMatchObject({ width: 512, mean: 0.1875 });
    expect(state.squares / state.width).toBeCloseTo(0.15234375, 10);
  });

  test('cuts values of a wider range likewise', () => {
    const { drifts, state } = levelsOf(adwin({ range: 4 }), values);
    expect(drifts).toEqual([1056, 1088, 1184, 1856, 1888, 2528, 2560, 2720]);
    const { mean, width } = adwin().read(state);
    expect(width).toBe(1_488);
    expect(mean).toBeCloseTo(1.9703823168034522, 10);
    expect(state.squares / width).toBeCloseTo(1.271020309525331, 10);
    expect(levelsOf(adwin(), values).drifts).toEqual([1056, 1120, 1824, 1856, 2528, 2560]);
  });
});

describe('pageHinkley', () => {
  const found = (side: Side, fading: number, of: readonly number[]) =>
    levelsOf(pageHinkley({ threshold: 20, tolerance: 0.05, fading, side }), of).drifts;

  // Golden: River 0.26.1, PageHinkley(threshold=20, delta=.05, mode='both').
  test('of either side is that of River', () => {
    expect(found('either', 1, errors)).toEqual([1720, 3090, 4058, 5553]);
    expect(found('either', 0.9999, errors)).toEqual([1712, 3088, 4058, 5547]);
    expect(found('either', 0.99, errors)).toEqual([1709, 3060, 4057, 5538]);
    expect(found('either', 0.9999, values)).toEqual([
      131, 289, 413, 829, 1007, 1283, 1407, 1811, 2143, 2297, 2508, 3480, 3579, 3743, 3829, 3893,
    ]);
  });

  // Golden: River 0.26.1, mode='up' and 'down' with alpha=1, where s and S − min S are the same.
  test('of one side is that of River without fading, and another test with it', () => {
    expect(found('rise', 1, errors)).toEqual([1720, 4091]);
    expect(found('rise', 1, values)).toEqual([1016, 2513, 3900]);
    expect(found('fall', 1, errors)).toEqual([3151, 5588]);
    expect(found('fall', 1, values)).toEqual([131, 289, 1814, 2296]);
    // River says [1709, 4043] here: its S comes back from its least value by fading alone.
    expect(found('rise', 0.99, errors)).not.toEqual([1709, 4043]);
  });
});

describe('kswin', () => {
  // Golden: ks_2samp(method='exact') of SciPy 1.17.1 at each value, in a window of 60 of which all 30 older ones are drawn. (River
  // 0.26.1 forgets the newest values as well after a drift, and misses the one at 2,543.)
  test('tests as SciPy does where nothing is left to chance', () => {
    expect(levelsOf(kswin({ window: 60, seed: 3 }), values).drifts).toEqual([
      406, 1813, 2513, 2543, 3425,
    ]);
    const many = kswin({ window: 60, alpha: 0.01 });
    expect(levelsOf(many, errors).drifts).toEqual([711, 4489, 5528]);
  });

  // Golden: SciPy 1.17.1, ks_2samp(method='exact') of two samples of 30.
  test('has the exact p-values of equal samples', () => {
    expect(kolmogorovTail(0, 30)).toBe(1);
    expect(kolmogorovTail(4, 30)).toBeCloseTo(0.9578462903438838, 12);
    expect(kolmogorovTail(13, 30)).toBeCloseTo(0.006548396368058784, 12);
    expect(kolmogorovTail(15, 30)).toBeCloseTo(0.0008995776840176799, 12);
    expectRelative(kolmogorovTail(20, 30), 1.2750060342394341e-6, 1e-10);
  });
});

describe('ddm', () => {
  // Golden: River 0.26.1.
  test('is that of River, warnings included', () => {
    const { drifts, warnings } = levelsOf(ddm(), errors);
    expect(drifts).toEqual([1800, 4136]);
    expect(warnings).toHaveLength(484);
    expect(warnings.slice(0, 3)).toEqual([62, 65, 958]);
    expect(warnings.slice(-2)).toEqual([4134, 4135]);
  });
});

describe('eddm', () => {
  // Golden: River 0.26.1.
  test('is that of River', () => {
    expect(levelsOf(eddm(), errors).drifts).toEqual([
      114, 281, 556, 699, 890, 1660, 1732, 1822, 1995, 2083, 2181, 2291, 2350, 2436, 2549, 2628,
      2704, 2792, 2856, 2967, 4061, 4113, 4196, 4248, 4305, 4585, 4646, 4707, 4788,
    ]);
    const patient = eddm({ warningAt: 0.8, driftAt: 0.75 });
    expect(levelsOf(patient, errors).drifts).toEqual([2829, 4247]);
  });
});

describe('hddmA', () => {
  // Golden: River 0.26.1, HDDMA(two_sided_test=True).
  test('of either side is that of River, warnings included', () => {
    const { drifts, warnings } = levelsOf(hddmA({ side: 'either' }), errors);
    expect(drifts).toEqual([1714, 3061, 4027, 5545]);
    expect(warnings).toHaveLength(32);
    expect(warnings.slice(0, 3)).toEqual([1705, 1706, 1707]);
  });

  // Golden: the paper's formulas; River's one-sided test has ln(2/α), which finds [1714, 4061].
  test('of one side spends all of alpha on it', () => {
    const { drifts, warnings } = levelsOf(hddmA(), errors);
    expect(drifts).toEqual([1709, 4058]);
    expect(warnings).toHaveLength(11);
    expect(warnings.slice(-2)).toEqual([4056, 4057]);
  });
});

describe('hddmW', () => {
  // Golden: River 0.26.1 with the sum of squared weights of a first value set to 1.
  test('of one side', () => {
    const { drifts, warnings } = levelsOf(hddmW(), errors);
    expect(drifts).toEqual([1706, 2302, 4043]);
    expect(warnings).toHaveLength(53);
    expect(warnings.slice(0, 3)).toEqual([894, 895, 896]);
  });

  // Golden: the same with drift_confidence=.0005, warning_confidence=.0025, two_sided_test=True.
  test('of either side has half of alpha for each', () => {
    const { drifts, warnings } = levelsOf(hddmW({ side: 'either' }), errors);
    expect(drifts).toEqual([1706, 3026, 4043, 5522]);
    expect(warnings).toHaveLength(39);
  });
});
