/**
 * Holt–Winters: level, trend and additive season of a metric that comes at even steps, smoothed; what comes next and how far off
 * it usually is.
 *
 * Source: Winters 1960; the recursions as in Hyndman & Athanasopoulos, "Forecasting: principles and practice", 3rd ed., 8.3.
 */
import type { Spec } from '../spec.ts';
import type { Expectation } from './seasonalExpectation.ts';

export type HoltWintersParameters = {
  readonly period: number;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
};

export interface HoltWintersState {
  /** Values taken. */
  count: number;
  level: number;
  /** Per step. */
  trend: number;
  /** Of each place in the period; the values of the first two periods until those are complete. */
  season: Float64Array;
  /** Mean absolute deviation from what was expected, decayed. */
  deviation: number;
}

export interface HoltWinters {
  initial(): HoltWintersState;
  /** Of the next value; NaN in the first two periods. The scale is as of `seasonalExpectation`; NaN before a deviation was seen. */
  expect(state: HoltWintersState): Expectation;
  /** @throws RangeError when the value is not finite */
  step(state: HoltWintersState, x: number): void;
}

export const holtWinters: Spec<HoltWintersParameters, HoltWinters> = {
  name: 'holt-winters',
  summary: 'Expects the next value of an even series from level, trend and season.',
  source: 'Winters 1960',
  parameters: {
    period: { default: 24, range: [2, 100_000], unit: 'values', summary: 'season', whole: true },
    alpha: { default: 0.3, range: [0, 1], unit: '', summary: 'smoothing of the level' },
    beta: { default: 0.1, range: [0, 1], unit: '', summary: 'smoothing of the trend' },
    gamma: { default: 0.1, range: [0, 1], unit: '', summary: 'smoothing of the season' },
  },
  create({ period, alpha, beta, gamma }) {
    /** Two periods are complete: their means are level and trend, what is left of the values the season. */
    function begin(state: HoltWintersState): void {
      const values = state.season;
      let first = 0;
      let second = 0;
      for (let i = 0; i < period; i += 1) {
        first += values[i]! / period;
        second += values[period + i]! / period;
      }
      const trend = (second - first) / period;
      // The means lie in the middle of their periods.
      const centre = (period - 1) / 2;
      state.season = Float64Array.from({ length: period }, (_, i) => {
        const along = trend * (i - centre);
        return (values[i]! - first - along + (values[period + i]! - second - along)) / 2;
      });
      state.trend = trend;
      state.level = second + trend * centre;
    }

    const expectNext = ({ level, trend, season, count }: HoltWintersState): number =>
      level + trend + season[count % period]!;

    return {
      initial: () => ({
        count: 0,
        level: 0,
        trend: 0,
        season: new Float64Array(2 * period),
        deviation: 0,
      }),

      expect: (state) => ({
        expected: state.count < 2 * period ? NaN : expectNext(state),
        scale: state.count <= 2 * period ? NaN : 1.2533141373155003 * state.deviation,
      }),

      step(state, x) {
        if (!Number.isFinite(x)) throw new RangeError(`value: expected a finite number, got ${x}`);
        if (state.count < 2 * period) {
          state.season[state.count] = x;
          state.count += 1;
          if (state.count === 2 * period) begin(state);
          return;
        }
        const { level, trend, season } = state;
        const place = state.count % period;
        const seen = state.count - 2 * period;
        const off = Math.abs(x - expectNext(state));
        state.deviation += (off - state.deviation) / Math.min(10 * period, seen + 1);
        state.level = alpha * (x - season[place]!) + (1 - alpha) * (level + trend);
        state.trend = beta * (state.level - level) + (1 - beta) * trend;
        season[place] = gamma * (x - level - trend) + (1 - gamma) * season[place]!;
        state.count += 1;
      },
    };
  },
};
