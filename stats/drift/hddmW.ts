/**
 * HDDM-W: weighted means before and after a cut, by McDiarmid's bound; quicker than HDDM-A for abrupt drifts, and forgetting.
 *
 * Weighted means go with weight λ to the newest value, and the first counts wholly; b is the sum of squared weights. The cut is
 * where mean + √(b ln(1/α) / 2) was least; the mean has risen where that of the values since exceeds that up to the cut by more
 * than √((b₁ + b₂) ln(1/α) / 2). For a test of either side each has half of α. Independent values in [0, 1].
 *
 * Source: Frías-Blanco et al. 2015, W-test; see `hddmA`. River 0.26.1 takes b one value too small from the first on.
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

export interface HddmWParameters extends HddmParameters {
  /** λ: weight of the newest value, in (0, 1). */
  readonly weight: number;
}

export const hddmWDefaults: HddmWParameters = { ...hddmDefaults, weight: 0.05 };

/** A weighted mean, and the sum of its squared weights: 0 before the first value. */
interface Weighted {
  mean: number;
  bound: number;
}

/** Means up to the cut and since. */
interface Cut {
  /** Where the mean with its bound was least (of falls: the largest of the mirror image). */
  reach: number;
  before: Weighted;
  since: Weighted;
}

export interface HddmWState extends DriftMarks {
  /** Values since the last drift. */
  width: number;
  all: Weighted;
  /** Of the values, and of their mirror image. */
  rise: Cut;
  fall: Cut;
}

const none = (): Weighted => ({ mean: 0, bound: 0 });
const noCut = (): Cut => ({ reach: Infinity, before: none(), since: none() });

/**
 * @throws RangeError for a parameter outside its range
 *
 * @example
 * const detector = hddmW();
 * const state = detector.initial();
 * for (let i = 0; i < 200; i += 1) detector.step(state, i < 100 ? Number(i % 10 === 0) : 1);
 * state.alarms; // 1
 */
export function hddmW(given: Partial<HddmWParameters> = {}): DriftDetector<HddmWState> {
  const { weight, alpha, warningAlpha, side } = { ...hddmWDefaults, ...given };
  expectHddm({ alpha, warningAlpha, side });
  if (!(weight > 0 && weight < 1)) throw new RangeError(unexpected('weight', 'in (0, 1)', weight));
  const share = side === 'either' ? 2 : 1;
  const certainty = Math.log(share / alpha) / 2;
  const warningCertainty = Math.log(share / warningAlpha) / 2;

  function take(mean: Weighted, x: number): void {
    if (mean.bound === 0) {
      mean.mean = x;
      mean.bound = 1;
      return;
    }
    mean.mean += weight * (x - mean.mean);
    mean.bound = weight * weight + (1 - weight) * (1 - weight) * mean.bound;
  }

  /** @param sign 1 for a rise, −1 for a fall, whose values are mirrored */
  function takeCut(cut: Cut, { mean, bound }: Weighted, x: number, sign: number): void {
    const reach = sign * mean + Math.sqrt(bound * certainty);
    if (!(reach < cut.reach)) {
      take(cut.since, x);
      return;
    }
    cut.reach = reach;
    cut.before.mean = mean;
    cut.before.bound = bound;
    cut.since.mean = cut.since.bound = 0;
  }

  function exceeds({ before, since }: Cut, sign: number, level: number): boolean {
    const apart = sign * (since.mean - before.mean);
    return since.bound > 0 && apart > Math.sqrt((before.bound + since.bound) * level);
  }

  return {
    initial: () => ({ ...driftMarks(), width: 0, all: none(), rise: noCut(), fall: noCut() }),

    problem: (x) => (x >= 0 && x <= 1 ? undefined : unexpected('value', 'in [0, 1]', x)),

    step(state, x) {
      const { all, rise, fall } = state;
      state.count += 1;
      state.level = steady;
      state.width += 1;
      take(all, x);
      takeCut(rise, all, x, 1);
      takeCut(fall, all, x, -1);
      const mayRise = side !== 'fall';
      const mayFall = side !== 'rise';
      const rises = mayRise && exceeds(rise, 1, certainty);
      if (rises || (mayFall && exceeds(fall, -1, certainty))) {
        const { before, since } = rises ? rise : fall;
        raise(state, before.mean, since.mean);
        state.width = 0;
        state.all = none();
        state.rise = noCut();
        state.fall = noCut();
      } else if (
        (mayRise && exceeds(rise, 1, warningCertainty)) ||
        (mayFall && exceeds(fall, -1, warningCertainty))
      ) {
        state.level = warning;
      }
      return state.level;
    },

    read: (state) => readingOf(state, state.width > 0 ? state.all.mean : NaN, state.width),
  };
}
