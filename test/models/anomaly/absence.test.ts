import { describe, expect, test } from 'vitest';
import { flatLine } from '../../../models/anomaly/flatLine.ts';
import { silence } from '../../../models/anomaly/silence.ts';
import { below, randomState, uniform } from '../../../stats/random.ts';

describe('a flat line', () => {
  test('is found in a series that varied, and is over with the next other value', () => {
    const state = flatLine.initial();
    for (let i = 0; i < 100; i += 1) flatLine.step(state, i % 7);
    // By hand: no value repeated, (0 + 1) / (99 + 2): three repetitions are rarer than one in a million.
    expect(flatLine.runMax(state)).toBeCloseTo(1 + Math.log(1e-6) / Math.log(1 / 101), 12);
    for (let i = 0; i < 3; i += 1) flatLine.step(state, 50);
    expect(flatLine.isFlat(state)).toBe(false);
    flatLine.step(state, 50);
    expect(flatLine.isFlat(state)).toBe(true);
    flatLine.step(state, 51);
    expect(flatLine.isFlat(state)).toBe(false);
  });

  test('is not what always was constant, or often is', () => {
    const constant = flatLine.initial();
    for (let i = 0; i < 10_000; i += 1) {
      flatLine.step(constant, 3);
      expect(flatLine.isFlat(constant)).toBe(false);
    }
    // A counter that is nearly always 0, from the middle of its life: ten thousand values, no alarm.
    const random = randomState(6);
    const sparse = flatLine.initial();
    for (let i = 0; i < 10_000; i += 1) {
      flatLine.step(sparse, uniform(random) < 0.05 ? 1 + below(random, 3) : 0);
      expect(flatLine.isFlat(sparse)).toBe(false);
    }
    // Flat every night for as long as it varies by day: repetitions are improbable then, but the past knows such runs.
    const nightly = flatLine.initial();
    for (let i = 0; i < 2_000; i += 1) {
      flatLine.step(nightly, i % 200 < 100 ? i : 0);
      if (i > 250) expect(flatLine.isFlat(nightly)).toBe(false);
    }
    expect(() => flatLine.step(sparse, NaN)).toThrow('value: expected a finite number, got NaN');
  });
});

describe('silence', () => {
  test('is longer than twice the longest gap', () => {
    const state = silence.initial();
    expect(silence.isSilent(state, 1e15)).toBe(false);
    for (let i = 0; i < 50; i += 1) silence.step(state, 1_000 * i);
    expect(silence.gapMaxMs(state)).toBe(3_000);
    expect(silence.isSilent(state, 52_000)).toBe(false);
    expect(silence.isSilent(state, 52_001)).toBe(true);
  });

  test('jumps of the clock, and values of one time, teach little or nothing', () => {
    const state = silence.initial();
    for (let i = 0; i < 50; i += 1) silence.step(state, 1_000 * i);
    const gaps = state.gaps;
    silence.step(state, -5e12);
    silence.step(state, -5e12);
    expect([state.gaps, silence.gapMaxMs(state)]).toEqual([gaps, 3_000]);
    silence.step(state, 8e15);
    expect(silence.gapMaxMs(state)).toBeLessThanOrEqual(6_000);
    // And it finds its way back.
    for (let i = 1; i < 3_000; i += 1) silence.step(state, 8e15 + 1_000 * i);
    expect(silence.gapMaxMs(state)).toBeLessThan(3_300);
    expect(() => silence.step(state, NaN)).toThrow('timeMs: expected a finite number, got NaN');
  });

  test('random arrivals hardly ever seem silent', () => {
    const random = randomState(12);
    const state = silence.initial();
    let now = 0;
    let alarms = 0;
    for (let i = 0; i < 20_000; i += 1) {
      now += -60_000 * Math.log(1 - uniform(random));
      if (silence.isSilent(state, now)) alarms += 1;
      silence.step(state, now);
    }
    expect(alarms).toBeLessThan(5);
  });
});
