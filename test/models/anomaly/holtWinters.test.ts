import { describe, expect, test } from 'vitest';
import { type HoltWintersParameters, holtWinters } from '../../../models/anomaly/holtWinters.ts';
import { parametersOf } from '../../../models/spec.ts';

const create = (given: Partial<HoltWintersParameters>) =>
  holtWinters.create(parametersOf<HoltWintersParameters>(holtWinters.parameters, given));
const wave = (t: number) => 10 + 0.5 * t + 3 * Math.sin((2 * Math.PI * t) / 4);

describe('Holt–Winters', () => {
  // Golden: statsmodels, ExponentialSmoothing(trend add, seasonal add, 4 periods) with known start and fixed α .3, β .1, γ .1.
  test('agrees with statsmodels', () => {
    const model = create({ period: 4 });
    const state = model.initial();
    const fitted: number[] = [];
    for (let t = 0; t < 40; t += 1) {
      fitted.push(model.expect(state).expected);
      model.step(state, wave(t) + ((t * 7) % 5) * 0.3);
    }
    expect(fitted.slice(0, 8)).toEqual(new Array(8).fill(NaN));
    const golden = [14.675, 17.90125, 20.0695352, 24.67542266, 27.10447764];
    for (const [i, t] of [0, 1, 5, 20, 31].entries()) {
      expect(fitted[8 + t]).toBeCloseTo(golden[i]!, 7);
    }
    expect(model.expect(state).expected).toBeCloseTo(30.71429779, 7);
  });

  test('expects a line with a season exactly, and is then surprised by nothing', () => {
    const model = create({ period: 4 });
    const state = model.initial();
    for (let t = 0; t < 200; t += 1) {
      if (t >= 8) expect(model.expect(state).expected).toBeCloseTo(wave(t), 9);
      model.step(state, wave(t));
    }
    expect(model.expect(state).scale).toBeLessThan(1e-9);
  });

  test('a constant never deviates; a copy goes on as the original would', () => {
    const model = create({ period: 3 });
    const state = model.initial();
    for (let t = 0; t < 20; t += 1) model.step(state, 7);
    expect(model.expect(state)).toEqual({ expected: 7, scale: 0 });
    const copy = structuredClone(state);
    for (const x of [1, 5, 2, 9]) {
      model.step(state, x);
      model.step(copy, x);
    }
    expect(copy).toEqual(state);
    expect(() => model.step(state, NaN)).toThrow('value: expected a finite number, got NaN');
    expect(state).toEqual(copy);
  });
});
