import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import { decayedScale } from '../../../models/anomaly/decayedScale.ts';
import {
  type SeriesDetectorParameters,
  seriesDetector,
} from '../../../models/anomaly/seriesDetector.ts';
import { parametersOf } from '../../../models/spec.ts';
import { writePlain } from '../../../operators/state/plainData.ts';
import { normal, randomState } from '../../../stats/random.ts';

const minute = 60_000;
const start = Date.UTC(2026, 2, 2, 9, 3);
const create = (given: Partial<SeriesDetectorParameters> = {}) => {
  const spec = seriesDetector();
  return spec.create(parametersOf<SeriesDetectorParameters>(spec.parameters, given));
};
/** The whole state; equal states have equal bytes. */
function bytesOf(state: unknown): string {
  const writer = new ByteWriter();
  writePlain(writer, state);
  return Buffer.from(writer.bytes.subarray(0, writer.length)).toString('base64');
}
const wave = (timeMs: number): number => 50 + 30 * Math.sin((2 * Math.PI * timeMs) / 86_400_000);

describe('decayed scale', () => {
  // By hand: mean 4.5 and variance 8.25 of 0 … 9; then rates of 1/11.
  test('tells deviations from the mean before the value', () => {
    const scale = decayedScale(1_000);
    const state = scale.initial();
    for (let i = 0; i < 10; i += 1) expect(scale.step(state, i, 0)).toBe(0);
    expect(state.mean).toBeCloseTo(4.5, 12);
    expect(state.variance).toBeCloseTo(8.25, 12);
    expect(scale.step(state, 10, 0)).toBeCloseTo(5.5 / Math.sqrt(8.25), 9);
    expect(state.mean).toBeCloseTo(5, 12);
    expect(state.variance).toBeCloseTo(10, 12);
    expect(scale.step(state, 1e12, 0)).toBe(1_000);
  });
});

describe('series detector', () => {
  test('finds a shift that hides in the daily range, once in its refractory period', () => {
    const random = randomState(3);
    const model = create();
    const state = model.initial();
    const alarms: number[] = [];
    for (let i = 0; i < 4_032; i += 1) {
      const at = start + 5 * minute * i;
      const isShifted = i >= 3_500 && i < 3_540;
      const reading = model.step(state, at, wave(at) + 2 * normal(random) + (isShifted ? -20 : 0));
      expect(reading.fromLevel + reading.fromRarity).toBe(reading.score);
      if (reading.alarm) alarms.push(i);
    }
    const found = alarms.filter((i) => i >= 3_500 && i < 3_540);
    expect(found).toHaveLength(1);
    expect(found[0]).toBeLessThan(3_520);
    // The rest: a few in a fortnight, from the second day on.
    expect(alarms.length - found.length).toBeLessThan(4);
  });

  test('a constant never alarms, whatever its rounding', () => {
    const model = create();
    for (const constant of [0, 0.1, -1e9, 1e15]) {
      const state = model.initial();
      for (let i = 0; i < 1_500; i += 1) {
        expect(model.step(state, start + minute * i, constant).score).toBeLessThan(0.5);
      }
      // What never varied and then does is one.
      expect(model.step(state, start + 1_500 * minute, 2 * constant + 7).alarm).toBe(true);
    }
  });

  test('gaps, jumps of the clock and stops change what is expected, not whether it works', () => {
    const random = randomState(9);
    const model = create();
    const state = model.initial();
    let alarms = 0;
    const jumps = [0, -30 * 86_400_000, 8e15 - start, 400 * 86_400_000, -start];
    for (const jump of jumps) {
      for (let i = 0; i < 400; i += 1) {
        const { score, alarm } = model.step(state, start + jump + minute * i, 5 + normal(random));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThan(1_000);
        if (alarm) alarms += 1;
      }
    }
    expect(alarms).toBeLessThan(4);
  });

  test('a copy of the state goes on as the original would', () => {
    const model = create({ warmUp: 5, refractory: 3, threshold: 1, sample: 16 });
    const value = fc.integer({ min: -3, max: 30 });
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (before, after) => {
        const original = model.initial();
        for (const [i, x] of before.entries()) model.step(original, i * minute, x);
        const copy = structuredClone(original);
        for (const [i, x] of after.entries()) {
          expect(model.step(copy, i * minute, x)).toEqual(model.step(original, i * minute, x));
        }
        expect(bytesOf(copy)).toEqual(bytesOf(original));
      }),
      { numRuns: 20 },
    );
  });

  test('the refractory period is counted from the alarm', () => {
    const model = create({ threshold: 0, refractory: 4 });
    const state = model.initial();
    const alarms: number[] = [];
    for (let i = 0; i < 12; i += 1) if (model.step(state, i, 1).alarm) alarms.push(i);
    expect(alarms).toEqual([0, 5, 10]);
  });

  test('what is no finite number is refused, and changes nothing', () => {
    const model = create();
    const state = model.initial();
    model.step(state, 0, 1);
    const before = bytesOf(state);
    expect(() => model.step(state, 1, NaN)).toThrow('value: expected finite values, got NaN at 0');
    expect(() => model.step(state, 1, -Infinity)).toThrow('value: expected finite values');
    expect(() => model.step(state, 1, 1e200)).toThrow('value: expected finite values');
    expect(() => model.step(state, NaN, 1)).toThrow('timeMs: expected a finite number, got NaN');
    expect(bytesOf(state)).toEqual(before);
  });

  // The promise of quiet: noise without a season, six series of a week at five minutes.
  test('white noise alarms less than twice a week', () => {
    const random = randomState(21);
    const model = create();
    let alarms = 0;
    for (let run = 0; run < 6; run += 1) {
      const state = model.initial();
      for (let i = 0; i < 2_016; i += 1) {
        if (model.step(state, start + 5 * minute * i, normal(random)).alarm) alarms += 1;
      }
    }
    expect(alarms / 6).toBeLessThan(2);
  });
});
