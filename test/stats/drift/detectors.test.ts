/** What holds of every drift detector: constants, copies, bad values, what comes after a drift. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adwin } from '../../../stats/drift/adwin.ts';
import { ddm } from '../../../stats/drift/ddm.ts';
import type { DriftDetector, DriftMarks } from '../../../stats/drift/detector.ts';
import { eddm } from '../../../stats/drift/eddm.ts';
import { hddmA } from '../../../stats/drift/hddmA.ts';
import { hddmW } from '../../../stats/drift/hddmW.ts';
import { kswin } from '../../../stats/drift/kswin.ts';
import { pageHinkley } from '../../../stats/drift/pageHinkley.ts';
import { calibratedAdwin, prewhitened } from '../../../stats/drift/prewhitened.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { levelsOf } from './streams.ts';

type Any = DriftDetector<DriftMarks>;
const of = <State extends DriftMarks>(detector: DriftDetector<State>) => detector as unknown as Any;

const ofValues: Record<string, Any> = {
  adwin: of(adwin()),
  pageHinkley: of(pageHinkley({ threshold: 20, tolerance: 0.1 })),
  'pageHinkley, rise': of(pageHinkley({ threshold: 20, tolerance: 0.1, side: 'rise' })),
  kswin: of(kswin()),
  'adwin, whitened': of(prewhitened(adwin(calibratedAdwin))),
  'pageHinkley, whitened': of(prewhitened(pageHinkley({ tolerance: 0.1 }))),
  'kswin, whitened': of(prewhitened(kswin())),
};
const ofErrors: Record<string, Any> = {
  ddm: of(ddm()),
  eddm: of(eddm()),
  hddmA: of(hddmA()),
  'hddmA, either': of(hddmA({ side: 'either' })),
  hddmW: of(hddmW()),
  'hddmW, either': of(hddmW({ side: 'either' })),
};
const all = Object.entries({ ...ofValues, ...ofErrors });

/** Zeros and ones whose rate goes from .1 to .6, back and up again. */
function errors(seed: number): number[] {
  const random = randomState(seed);
  const rate = (i: number) => (Math.floor(i / 1_500) % 2 === 0 ? 0.1 : 0.6);
  return Array.from({ length: 6_000 }, (_, i) => (uniform(random) < rate(i) ? 1 : 0));
}

describe.each(all)('%s', (name, detector) => {
  test('never alarms at a constant', () => {
    for (const constant of [0, 1]) {
      const { drifts, warnings } = levelsOf(detector, new Array<number>(5_000).fill(constant));
      expect({ drifts, warnings }).toEqual({ drifts: [], warnings: [] });
    }
  });

  test('sees rises of an error rate soon, again after the first, and tells the rates', () => {
    const values = errors(21);
    const { drifts, state } = levelsOf(detector, values);
    for (const at of [1_500, 4_500]) {
      expect(
        drifts.some((count) => count > at && count <= at + (name === 'eddm' ? 700 : 300)),
      ).toBe(true);
    }
    expect(state.alarms).toBe(drifts.length);
    expect(state.lastAlarmAt).toBe(drifts.at(-1));
    const first = levelsOf(detector, values.slice(0, drifts.find((count) => count > 1_500)!));
    const { before, after, lastAlarmAt, level } = detector.read(first.state);
    expect(lastAlarmAt).toBe(first.state.count);
    expect(level).toBe(2);
    expect(after).toBeGreaterThan(before);
    if (!name.startsWith('kswin')) expect(Math.abs(before - 0.1)).toBeLessThan(0.15);
  });

  test('says drift once, then starts anew: the level of the next value is not drift', () => {
    const values = errors(22);
    const state = detector.initial();
    let after = 0;
    for (const x of values) {
      const was = state.level;
      if (detector.step(state, x) === 2 && was === 2) after += 1;
    }
    expect(after).toBe(0);
  });

  test('a copy goes on as the original, whole state for whole state', () => {
    const values = errors(23);
    fc.assert(
      fc.property(fc.nat(values.length), (cut) => {
        const original = levelsOf(detector, values.slice(0, cut)).state;
        const copy = structuredClone(original);
        for (const x of values.slice(cut)) {
          detector.step(original, x);
          detector.step(copy, x);
        }
        expect(copy).toEqual(original);
        expect(copy.alarms).toBeGreaterThan(0);
      }),
      { numRuns: 3 },
    );
  });

  test('refuses what is no number, and reads NaN before the first value', () => {
    for (const x of [NaN, Infinity, -Infinity]) {
      expect(detector.problem(x)).toMatch(/^value: expected .*, got -?(NaN|Infinity)$/);
    }
    expect(detector.problem(1)).toBeUndefined();
    const read = detector.read(detector.initial());
    expect(read).toMatchObject({ count: 0, level: 0, alarms: 0, width: 0 });
    for (const figure of ['mean', 'before', 'after', 'lastAlarmAt'] as const) {
      expect(read[figure]).toBeNaN();
    }
  });
});

describe.each(Object.entries(ofErrors))('%s', (name, detector) => {
  test('refuses what is no error or loss', () => {
    for (const x of [-0.001, 1.001, 2, -1]) expect(detector.problem(x)).toContain(`, got ${x}`);
    expect(detector.problem(0.5) === undefined).toBe(name.startsWith('hddm'));
  });
});

describe.each(Object.entries(ofValues))('%s', (_, detector) => {
  /** Multiples of 1/64, so that sums with whole numbers are exact. */
  const random = randomState(31);
  const values = Array.from({ length: 3_000 }, (_, i) => {
    const level = i < 1_000 ? 0 : i < 2_000 ? 2 : -1;
    return Math.round(64 * (level + normal(random))) / 64;
  });

  test('finds the same wherever zero is: a series may start anywhere', () => {
    const { drifts } = levelsOf(detector, values);
    const moved = values.map((x) => x + 1_048_576);
    expect(drifts.length).toBeGreaterThan(0);
    expect(levelsOf(detector, moved).drifts).toEqual(drifts);
  });
});

test('arguments outside their range are named', () => {
  expect(() => adwin({ delta: 0 })).toThrow('delta: expected in (0, 1), got 0');
  expect(() => adwin({ clock: 1.5 })).toThrow('clock: expected an integer ≥ 1, got 1.5');
  expect(() => adwin({ bucketsMax: 255 })).toThrow(RangeError);
  expect(() => adwin({ range: NaN })).toThrow('range: expected above 0, got NaN');
  expect(() => pageHinkley({ fading: 1.1 })).toThrow('fading: expected in (0, 1], got 1.1');
  expect(() => kswin({ recent: 51 })).toThrow(/^recent: expected an integer of at most 50, /);
  expect(() => kswin({ recent: 3 })).toThrow(RangeError); // 2 / C(6, 3) is .1
  expect(() => ddm({ warningAt: 4 })).toThrow('warningAt: expected in (0, 3], got 4');
  expect(() => eddm({ driftAt: 0.96 })).toThrow('driftAt: expected in (0, 0.95], got 0.96');
  expect(() => hddmA({ warningAlpha: 0.0001 })).toThrow(RangeError);
  expect(() => hddmW({ weight: 1 })).toThrow('weight: expected in (0, 1), got 1');
  expect(() => prewhitened(adwin(), { learning: 31 })).toThrow(RangeError);
});

test('ddm takes the first error of a learner without any for no drift', () => {
  const { drifts } = levelsOf(ddm(), [...new Array<number>(1_000).fill(0), 1]);
  expect(drifts).toEqual([]);
});

test('the examples of the documentation', () => {
  const stepped = Array.from({ length: 2_000 }, (_, i) => (i < 1_000 ? 0 : 1));
  expect(levelsOf(adwin(), stepped).drifts).toEqual([1_024, 1_056, 1_088]);
  const raised = Array.from({ length: 200 }, (_, i) => (i < 100 ? 0 : 1));
  expect(levelsOf(pageHinkley({ threshold: 10 }), raised).state.lastAlarmAt).toBe(111);
  const failing = Array.from({ length: 200 }, (_, i) => (i < 100 ? Number(i % 10 === 0) : 1));
  expect(levelsOf(ddm(), failing).drifts).toEqual([107]);
  expect(levelsOf(hddmA(), failing).state.alarms).toBe(1);
  expect(levelsOf(hddmW(), failing).state.alarms).toBe(1);
  const closer = Array.from({ length: 1_000 }, (_, i) =>
    Number((i + 1) % (i < 500 ? 10 : 2) === 0),
  );
  expect(levelsOf(eddm(), closer).state.alarms).toBe(1);
  const moved = Array.from({ length: 200 }, (_, i) => (i % 10) + (i < 150 ? 0 : 10));
  expect(levelsOf(kswin(), moved).state.alarms).toBe(1);
});
