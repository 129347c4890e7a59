/**
 * What an experiment must remember of its units for exact inference: how many there were by period, class of assignment
 * probability, arm and outcome bin.
 *
 * Integers under addition: bit-equal under any partition, order and replay. A unit is counted once, when its outcome is
 * complete at a fixed age after exposure; counting outcomes as they arrive is invalid where arms differ in speed (Lindon &
 * Kallus 2026, 2603.25971).
 */
import type { Fold } from '../../contracts/fold.ts';
import { type ProbabilityClass, probabilityClass } from './probabilityClass.ts';
import { roundToGrid } from './roundToGrid.ts';

export interface ScoredUnit {
  /** Of its exposure, integer ≥ 0; see `periodOf`. */
  readonly period: number;
  /** With which it was assigned to treatment, as logged; with more arms, given that it is in one of these two. In (0, 1). */
  readonly probability: number;
  readonly treated: boolean;
  /** Scaled to [0, 1] by a cap that was declared before. */
  readonly outcome: number;
  /** Uniform in [0, 1), from `unitUniform`: rounds the outcome. */
  readonly outcomeDraw: number;
  /** Another one: rounds the weight, in adaptive designs. */
  readonly weightDraw: number;
}

export interface DesignGroup extends ProbabilityClass {
  readonly period: number;
  /**
   * Units by arm, bound of the class and outcome bin, integers: at (2 arm + bound) bins + bin, where arm is 1 for treatment
   * and bound is 1 for `high`. Groups of one probability leave the second bound empty.
   */
  readonly counts: Float64Array;
}

export interface DesignCountsState {
  /** Ascending by period, then by `low`, then by `high`. */
  groups: DesignGroup[];
}

export interface DesignCountsOptions {
  /** Grid points of the outcome, from 0 to 1: 2 for a yes or no. */
  readonly bins: number;
  /** Whether probabilities differ from unit to unit, as with a bandit: they are then kept by class. */
  readonly adaptive: boolean;
}

/** Rows of `counts`: two arms, two bounds. */
export const designRows = 4;

/**
 * Where a unit is counted.
 *
 * @returns the class and the index into `counts`
 * @throws RangeError when probability, outcome or bins are outside their range
 */
export function designCell(
  { probability, treated, outcome, outcomeDraw, weightDraw }: ScoredUnit,
  { bins, adaptive }: DesignCountsOptions,
): ProbabilityClass & { readonly index: number } {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability: expected in (0, 1), got ${probability}`);
  }
  const bin = roundToGrid(outcome, bins, outcomeDraw);
  if (!adaptive) {
    return { low: probability, high: probability, index: (treated ? 2 * bins : 0) + bin };
  }
  const { low, high } = probabilityClass(probability);
  // The arm's own probability and its bounds: the weight is 1 over it, and keeps its mean.
  const own = treated ? probability : 1 - probability;
  const atLow = treated ? low : 1 - low;
  const atHigh = treated ? high : 1 - high;
  const shareAtHigh = (1 / own - 1 / atLow) / (1 / atHigh - 1 / atLow);
  const bound = weightDraw < shareAtHigh ? 1 : 0;
  return { low, high, index: ((treated ? 2 : 0) + bound) * bins + bin };
}

function place(groups: DesignGroup[], period: number, { low, high }: ProbabilityClass): number {
  let from = 0;
  let to = groups.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const group = groups[middle]!;
    const order = group.period - period || group.low - low || group.high - high;
    if (order === 0) return middle;
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return ~from;
}

function countsAt(
  groups: DesignGroup[],
  period: number,
  { low, high }: ProbabilityClass,
  length: number,
): Float64Array {
  const at = place(groups, period, { low, high });
  if (at >= 0) return groups[at]!.counts;
  const counts = new Float64Array(length);
  groups.splice(~at, 0, { period, low, high, counts });
  return counts;
}

/** The fold of scored units into counts. */
export function designCounts(options: DesignCountsOptions) {
  const length = designRows * options.bins;
  return {
    initial: (): DesignCountsState => ({ groups: [] }),

    step({ groups }, unit) {
      const cell = designCell(unit, options);
      countsAt(groups, unit.period, cell, length)[cell.index]! += 1;
    },

    read: ({ groups }) => groups,

    merge(state, other) {
      for (const group of other.groups) {
        const counts = countsAt(state.groups, group.period, group, length);
        for (let i = 0; i < length; i += 1) counts[i]! += group.counts[i]!;
      }
    },
  } satisfies Fold<DesignCountsState, ScoredUnit, readonly DesignGroup[]>;
}
