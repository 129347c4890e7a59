import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dspot } from '../../../stats/extremes/dspot.ts';
import { fitGeneralizedPareto, tailQuantile } from '../../../stats/extremes/generalizedPareto.ts';
import { spot } from '../../../stats/extremes/spot.ts';
import { beginTail, emptyTail, stepTail } from '../../../stats/extremes/upperTail.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

/** Multiples of an irrational number, modulo 1: the same in every language. */
const sequence = (n: number, step: number) =>
  Array.from({ length: n }, (_, i) => ((i + 1) * step) % 1);
const golden = 0.6180339887498949;

describe('fit of the generalized Pareto law', () => {
  // Golden: scipy 1.17.1, stats.genpareto: its log likelihood (floc=0) maximised by Nelder–Mead to 1e-11, started at .fit.
  test.each([
    [0.3, 200, 0.28785138, 2.03772274],
    [-0.2, 150, -0.21260943, 2.02800617],
    [0, 100, -0.06482831, 2.09457105],
    [0.8, 60, 0.78106156, 2.02035463],
  ])('agrees with scipy: shape %d, %d excesses', (shape, n, expectedShape, expectedScale) => {
    const excesses = sequence(n, golden).map((u) =>
      shape === 0 ? -2 * Math.log(1 - u) : (2 * ((1 - u) ** -shape - 1)) / shape,
    );
    const law = fitGeneralizedPareto(excesses, n);
    expect(law.shape).toBeCloseTo(expectedShape, 6);
    expect(law.scale).toBeCloseTo(expectedScale, 6);
  });

  test('scales with its data, and says what it can of little', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 2, maxLength: 40 }),
        fc.constantFrom(1e-9, 3, 1e9),
        (excesses, unit) => {
          const law = fitGeneralizedPareto(excesses, excesses.length);
          const scaled = fitGeneralizedPareto(
            excesses.map((y) => unit * y),
            excesses.length,
          );
          expect(law.shape).toBeGreaterThanOrEqual(-1);
          expect(law.scale).toBeGreaterThan(0);
          expect(scaled.shape).toBeCloseTo(law.shape, 5);
          expect(scaled.scale / unit / law.scale).toBeCloseTo(1, 5);
        },
      ),
    );
    expect(fitGeneralizedPareto([2, 2, 2], 3)).toEqual({ shape: 0, scale: 2 });
    expect(fitGeneralizedPareto([], 0)).toEqual({ shape: 0, scale: NaN });
  });

  test('far quantiles, by hand', () => {
    expect(tailQuantile(5, { shape: 0, scale: 2 }, Math.exp(-3))).toBeCloseTo(11, 12);
    expect(tailQuantile(5, { shape: 0.5, scale: 2 }, 1 / 16)).toBeCloseTo(5 + 4 * 3, 12);
    expect(tailQuantile(5, { shape: 1e-9, scale: 2 }, Math.exp(-3))).toBeCloseTo(11, 6);
    expect(tailQuantile(5, { shape: 0.5, scale: 2 }, 1.5)).toBe(5);
  });
});

describe('SPOT', () => {
  const exponential = sequence(3_000, golden);
  const wobble = sequence(3_000, 0.7548776662466927);
  const values = exponential.map((u, i) => -Math.log(1 - u) * (1 + 0.2 * wobble[i]!));

  // Golden: libspot 3.1.0 (q 1e-3, level .98, max_excess 200, discard_anomalies), from the threshold that its own estimator gave;
  // it took the fit by moments here, so shape and scale are of scipy 1.17.1's genpareto likelihood over the same excesses.
  test('the tail agrees with the authors’ library', () => {
    const tail = emptyTail(200);
    beginTail(tail, 4.190053514574135, values.slice(0, 1_000), 1e-3);
    expect(tail.excesses).toBe(19);
    expect(tail.shape).toBeCloseTo(-0.44081565, 6);
    expect(tail.scale).toBeCloseTo(1.90589558, 6);
    expect(Math.abs(tail.limit / 7.341062797735432 - 1)).toBeLessThan(0.01);
    const alarms: number[] = [];
    for (let i = 1_000; i < 3_000; i += 1) if (stepTail(tail, values[i]!, 1e-3)) alarms.push(i);
    expect(alarms).toEqual([1363, 1973, 2350, 2583, 2960]);
    expect([tail.excesses, tail.count]).toEqual([58, 2995]);
    expect(tail.shape).toBeCloseTo(-0.22940691, 6);
    expect(tail.scale).toBeCloseTo(1.19438541, 6);
    expect(tail.limit).toBeCloseTo(6.7730878, 6);
    expect(Math.abs(tail.limit / 6.744633115703698 - 1)).toBeLessThan(0.01);
  });

  const options = { risk: 1e-3, level: 0.98, calibration: 1_000, peaksMax: 200 };

  test('the lower side is the upper side of the negatives', () => {
    const { initial, step, limits } = spot(options);
    const state = initial();
    const mirrored = initial();
    for (const x of values) expect(step(mirrored, -x) + step(state, x)).toBe(0);
    expect(limits(mirrored).lower).toBeCloseTo(-limits(state).upper, 9);
    expect(limits(mirrored).upper).toBeCloseTo(-limits(state).lower, 9);
  });

  test('a constant never alarms, nor does its first other value', () => {
    for (const { initial, step } of [spot(options), dspot({ ...options, drift: 20 })]) {
      const state = initial();
      for (let i = 0; i < 1_500; i += 1) expect(step(state as never, 7)).toBe(0);
      // Nothing is known of the tails of what never varied.
      expect(step(state as never, 8)).toBe(0);
    }
  });

  test('a copy of the state goes on as the original would', () => {
    const detector = dspot({ ...options, calibration: 30, peaksMax: 12, level: 0.7, drift: 5 });
    const value = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 80 }), fc.array(value), (before, after) => {
        const original = detector.initial();
        for (const x of before) detector.step(original, x);
        const copy = structuredClone(original);
        for (const x of after) expect(detector.step(copy, x)).toBe(detector.step(original, x));
        expect(copy).toEqual(original);
        expect(detector.limits(copy)).toEqual(detector.limits(original));
      }),
    );
  });

  test('what is no finite number is refused, and changes nothing', () => {
    for (const { initial, step } of [spot(options), dspot({ ...options, drift: 20 })]) {
      const state = initial();
      for (const x of [NaN, Infinity, -Infinity]) {
        expect(() => step(state as never, x)).toThrow(`x: expected a finite number, got ${x}`);
      }
      expect(state).toEqual(initial());
    }
  });

  // The promise, with what it costs to learn a tail from its few excesses: libspot 3.1.0 alarms at 2.3 times the risk here.
  test('on independent exponential values it alarms at one to three times the risk', () => {
    const random = randomState(11);
    const { initial, step } = spot(options);
    const steps = 10_000;
    const runs = 12;
    let alarms = 0;
    let below = 0;
    for (let run = 0; run < runs; run += 1) {
      const state = initial();
      for (let i = 0; i < 1_000 + steps; i += 1) {
        const side = step(state, -Math.log(1 - uniform(random)));
        if (side === 1) alarms += 1;
        if (side === -1) below += 1;
      }
    }
    expect(alarms / (runs * steps * options.risk)).toBeGreaterThan(1);
    expect(alarms / (runs * steps * options.risk)).toBeLessThan(3);
    expect(below / (runs * steps * options.risk)).toBeLessThan(3);
  });

  test('DSPOT follows a moving level and finds a jump, on either side', () => {
    const random = randomState(4);
    const { initial, step, limits } = dspot({ ...options, risk: 1e-4, drift: 50 });
    const state = initial();
    let alarms = 0;
    let i = 0;
    for (; i < 8_000; i += 1) if (step(state, i / 100 + normal(random)) !== 0) alarms += 1;
    expect(alarms).toBeLessThan(8);
    const { lower, upper } = limits(state);
    expect(lower).toBeLessThan(i / 100 - 3);
    expect(upper).toBeGreaterThan(i / 100 + 3);
    expect(step(state, i / 100 + 12)).toBe(1);
    expect(step(state, i / 100 - 12)).toBe(-1);
    // A level that stays where it jumped is the level, after 50 alarms and 50 values.
    for (let more = 0; more < 120; more += 1) step(state, 1_000 + normal(random));
    expect(step(state, 1_000)).toBe(0);
    expect(step(state, 100)).toBe(-1);
  });
});
