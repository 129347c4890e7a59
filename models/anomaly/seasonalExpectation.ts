/**
 * What a metric usually is at this hour of this day of the week, learnt from its own past, with the usual size of its deviations.
 *
 * Three profiles: of all hours together, by hour of day, by hour of week (a holiday has hours of its own). The finer one counts
 * as much as it has hours behind it: while they are few the expectation is that of the coarser. An hour is one observation however
 * many values it has; values far from the expectation count as less far, so that an incident does not become the habit.
 *
 * Source: shrinkage as in Efron & Morris 1975; clipped steps as in Huber 1964; decay as an exponentially weighted mean.
 */
import type { Spec } from '../spec.ts';
import { isHoliday } from './holidays.ts';

const hourMs = 3_600_000;
/** Cells: hours of the week from Thursday 00:00 (1970 began on one), hours of a holiday, hours of any day, everything. */
const holidayCells = 168;
const hourCells = 192;
const overallCell = 216;
const cells = 217;

export type SeasonalExpectationParameters = {
  readonly memory: number;
  readonly shrinkage: number;
  readonly clip: number;
  readonly scaleMemory: number;
  readonly offsetMs: number;
};

export interface SeasonalExpectationState {
  /** Values taken. */
  count: number;
  /** Decayed mean of each cell, and hours behind it, at most `memory`. */
  mean: Float64Array;
  weight: Float64Array;
  /** The hour that runs, in hours since 1970 (NaN before the first); its values and their sum. */
  hour: number;
  hourCount: number;
  hourSum: number;
  /** Mean absolute deviation from what was expected, decayed. */
  deviation: number;
}

export interface Expectation {
  /** NaN before the first value. */
  readonly expected: number;
  /** Standard deviation of a normal law with such deviations; NaN before the second value, 0 for what never deviated. */
  readonly scale: number;
}

export interface SeasonalExpectation {
  initial(): SeasonalExpectationState;
  /** @param timeMs since 1970 */
  expect(state: SeasonalExpectationState, timeMs: number): Expectation;
  /**
   * Takes a value. Time may jump: back or far ahead, it only names another hour.
   *
   * @throws RangeError when time or value is not finite
   */
  step(state: SeasonalExpectationState, timeMs: number, x: number): void;
}

/** √(π/2): standard deviation of a normal law by its mean absolute deviation. */
const normalByDeviation = 1.2533141373155003;

/** @param holidays local days, `2026-12-25`, that are like one another rather than like their day of the week */
export const seasonalExpectation = (
  holidays: ReadonlySet<string> = new Set(),
): Spec<SeasonalExpectationParameters, SeasonalExpectation> => ({
  name: 'seasonal-expectation',
  summary: 'What a metric usually is at this hour of this day of the week.',
  source: 'Efron & Morris 1975; Huber 1964',
  parameters: {
    memory: { default: 8, range: [1, 1_000], unit: 'hours', summary: 'hours that a cell averages' },
    shrinkage: {
      default: 0.5,
      range: [0, 1_000],
      unit: 'hours',
      summary: 'hours behind a cell with which it counts as much as the coarser profile',
    },
    clip: {
      default: 3,
      range: [1, 100],
      unit: 'deviations',
      summary: 'farther values count as so far',
    },
    scaleMemory: {
      default: 500,
      range: [2, 1e6],
      unit: 'values',
      summary: 'values that the size of deviations averages',
    },
    offsetMs: {
      default: 0,
      range: [-14 * hourMs, 14 * hourMs],
      unit: 'ms',
      summary: 'local time minus UTC',
      whole: true,
    },
  },
  create({ memory, shrinkage, clip, scaleMemory, offsetMs }) {
    /** The finest cell of an hour. */
    function cellOf(hour: number): number {
      const day = Math.floor(hour / 24);
      if (holidays.size > 0 && isHoliday(holidays, day)) return holidayCells + hour - 24 * day;
      return hour - 168 * Math.floor(hour / 168);
    }
    const hourCellOf = (hour: number): number => hourCells + hour - 24 * Math.floor(hour / 24);

    function shrunk({ mean, weight }: SeasonalExpectationState, cell: number, coarser: number) {
      const count = weight[cell]!;
      return count === 0
        ? coarser
        : (count * mean[cell]! + shrinkage * coarser) / (count + shrinkage);
    }

    function expectHour(state: SeasonalExpectationState, hour: number): number {
      // In the first hour of all there is only that hour.
      if (state.weight[overallCell] === 0) return state.hourSum / state.hourCount;
      const byHour = shrunk(state, hourCellOf(hour), state.mean[overallCell]!);
      return shrunk(state, cellOf(hour), byHour);
    }

    function learnCell(state: SeasonalExpectationState, cell: number, x: number): void {
      const weight = Math.min(memory, state.weight[cell]! + 1);
      state.weight[cell] = weight;
      state.mean[cell]! += (x - state.mean[cell]!) / weight;
    }

    function endHour(state: SeasonalExpectationState): void {
      if (state.hourCount === 0) return;
      const x = state.hourSum / state.hourCount;
      learnCell(state, overallCell, x);
      learnCell(state, hourCellOf(state.hour), x);
      learnCell(state, cellOf(state.hour), x);
      state.hourCount = 0;
      state.hourSum = 0;
    }

    const hourOf = (timeMs: number): number => Math.floor((timeMs + offsetMs) / hourMs);

    return {
      initial: () => ({
        count: 0,
        mean: new Float64Array(cells),
        weight: new Float64Array(cells),
        hour: NaN,
        hourCount: 0,
        hourSum: 0,
        deviation: 0,
      }),

      expect: (state, timeMs) => ({
        expected: state.count === 0 ? NaN : expectHour(state, hourOf(timeMs)),
        scale: state.count < 2 ? NaN : normalByDeviation * state.deviation,
      }),

      step(state, timeMs, x) {
        expectFinite('timeMs', timeMs);
        expectFinite('value', x);
        const hour = hourOf(timeMs);
        if (hour !== state.hour) endHour(state);
        let taken = x;
        if (state.count > 0) {
          const expected = expectHour(state, hour);
          const beyond = x - expected;
          // While the size of deviations, or the hour itself, is hardly known nothing is clipped.
          const isNew = state.count < 30 || state.weight[cellOf(hour)]! < 2;
          const farthest = isNew ? Infinity : clip * normalByDeviation * state.deviation;
          // Never to nothing: what never varied may begin to.
          const clipped = farthest > 0 ? Math.max(-farthest, Math.min(farthest, beyond)) : beyond;
          taken = expected + clipped;
          const rate = 1 / Math.min(scaleMemory, state.count);
          state.deviation += rate * (Math.abs(clipped) - state.deviation);
        }
        state.count += 1;
        state.hour = hour;
        state.hourCount += 1;
        state.hourSum += taken;
      },
    };
  },
});

function expectFinite(name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new RangeError(`${name}: expected a finite number, got ${value}`);
}
