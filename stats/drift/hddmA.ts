/**
 * HDDM-A: the mean of everything since the last drift against that of its lowest (highest) beginning, by Hoeffding's bound.
 *
 * The cut is where mean + √(ln(1/α) / 2n) was least. With n values up to it and N in all, the mean has risen where
 * z̄ − x̄ ≥ √((N − n) / (2 n N) · ln(1/α)); for a test of either side each has half of α. Independent values in [0, 1], of any
 * distribution. The mean after a drift is that of the values since the cut.
 *
 * Source: Frías-Blanco, del Campo-Ávila, Ramos-Jiménez, Morales-Bueno, Ortiz-Díaz & Caballero-Mota 2015, "Online and
 * non-parametric drift detection methods based on Hoeffding's bounds", A-test. MOA and River test one side at α / 2 as well.
 */
import { unexpected } from '../../contracts/statistic.ts';
import {
  type DriftDetector,
  type DriftMarks,
  driftMarks,
  raise,
  readingOf,
  steady,
  warning,
} from './detector.ts';
import { expectHddm, type HddmParameters, hddmDefaults } from './hddmParameters.ts';

export interface HddmAState extends DriftMarks {
  /** Values since the last drift, and their sum. */
  width: number;
  total: number;
  /** The same up to the lowest beginning, and the highest. */
  lowWidth: number;
  lowTotal: number;
  highWidth: number;
  highTotal: number;
}

/** What the state is at the beginning and after each drift. */
const start = () => ({
  width: 0,
  total: 0,
  lowWidth: 0,
  lowTotal: 0,
  highWidth: 0,
  highTotal: 0,
});

/**
 * @throws RangeError for a parameter outside its range
 *
 * @example
 * const detector = hddmA();
 * const state = detector.initial();
 * for (let i = 0; i < 200; i += 1) detector.step(state, i < 100 ? Number(i % 10 === 0) : 1);
 * state.alarms; // 1
 */
export function hddmA(given: Partial<HddmParameters> = {}): DriftDetector<HddmAState> {
  const { alpha, warningAlpha, side } = { ...hddmDefaults, ...given };
  expectHddm({ alpha, warningAlpha, side });
  const share = side === 'either' ? 2 : 1;
  const certainty = Math.log(share / alpha);
  const warningCertainty = Math.log(share / warningAlpha);
  /** √(ln(1/α) / 2) of the cut, for which sides do not count. */
  const cutFactor = Math.sqrt(Math.log(1 / alpha) / 2);

  /** How far the means of all and of the beginning may differ, squared, over ln(1/α). */
  function allowance(beginning: number, all: number): number {
    return (all - beginning) / (2 * beginning * all);
  }

  return {
    initial: () => ({ ...driftMarks(), ...start() }),

    problem: (x) => (x >= 0 && x <= 1 ? undefined : unexpected('value', 'in [0, 1]', x)),

    step(state, x) {
      state.count += 1;
      state.level = steady;
      state.width += 1;
      state.total += x;
      const { width, total } = state;
      const mean = total / width;
      const bound = cutFactor / Math.sqrt(width);
      const { lowWidth, lowTotal, highWidth, highTotal } = state;
      if (lowWidth === 0 || mean + bound <= lowTotal / lowWidth + cutFactor / Math.sqrt(lowWidth)) {
        state.lowWidth = width;
        state.lowTotal = total;
      }
      if (
        highWidth === 0 ||
        mean - bound >= highTotal / highWidth - cutFactor / Math.sqrt(highWidth)
      ) {
        state.highWidth = width;
        state.highTotal = total;
      }
      const rise = side === 'fall' ? 0 : mean - state.lowTotal / state.lowWidth;
      const fall = side === 'rise' ? 0 : state.highTotal / state.highWidth - mean;
      const riseAllowed = allowance(state.lowWidth, width);
      const fallAllowed = allowance(state.highWidth, width);
      const exceeds = (apart: number, allowed: number, level: number) =>
        allowed > 0 && apart > 0 && apart * apart >= allowed * level;
      const rises = exceeds(rise, riseAllowed, certainty);
      if (rises || exceeds(fall, fallAllowed, certainty)) {
        const cut = rises ? state.lowWidth : state.highWidth;
        const sum = rises ? state.lowTotal : state.highTotal;
        raise(state, sum / cut, (total - sum) / (width - cut));
        Object.assign(state, start());
      } else if (
        exceeds(rise, riseAllowed, warningCertainty) ||
        exceeds(fall, fallAllowed, warningCertainty)
      ) {
        state.level = warning;
      }
      return state.level;
    },

    read: (state) => readingOf(state, state.total / state.width, state.width), // 0 / 0 is NaN
  };
}
