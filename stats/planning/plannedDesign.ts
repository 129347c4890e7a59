/** An experiment that is to be planned: what is measured, what is looked for, how it is tested, who comes. */
import type { ClusterDesign } from '../cluster/designEffect.ts';
import type { Spending } from '../testing/spending.ts';
import type { Boundary } from './boundary.ts';
import type { PlannedEffect, PlannedMetric } from './plannedMetric.ts';
import type { TrafficStage } from './trafficPlan.ts';

/** A confidence sequence, watched from its first look on. */
export interface SequenceTest {
  readonly kind: 'sequence';
  readonly boundary: Boundary;
  /** 1 / variance of what it compares, on a day; that of the difference of means where it is absent. */
  readonly information?: (day: number) => number;
}

export type PlannedTest =
  /** One look, on the day that is asked for. */
  | { readonly kind: 'fixed'; readonly alpha: number }
  | SequenceTest
  /** Looks on these days, ascending; `spending` is of one side's level. */
  | {
      readonly kind: 'groupSequential';
      readonly days: readonly number[];
      readonly spending: Spending;
    };

export interface PlannedDesign {
  readonly metric: PlannedMetric;
  readonly effect: PlannedEffect;
  readonly test: PlannedTest;
  readonly traffic: readonly TrafficStage[];
  /** Last day that is considered, ≥ 1. */
  readonly daysMax: number;
  /** What is tested against 0; the difference by default. */
  readonly analysis?: 'difference' | 'lift';
  /** Whether arms are compared over all units, or within stages as the design-based test does; pooled by default. */
  readonly comparison?: 'pooled' | 'within stages';
  /** Given when whole clusters are randomized. */
  readonly clusters?: ClusterDesign;
  /** Whether clusters count by their units, as in a ratio of sums, or each alike, by Student's pooled test; by units by default. */
  readonly clustersCount?: 'by units' | 'alike';
  /** Days from a unit's exposure to its outcome; 0 by default. */
  readonly outcomeDays?: number;
  /** Whether a sequence is looked at once a day, or after every unit; daily by default. */
  readonly watched?: 'daily' | 'continuously';
  /**
   * Units (clusters) that both arms have before a sequence is looked at, by default 50 (5): the normal approximation of
   * pooled sequences is false before. At least 2.
   */
  readonly armUnitsFirst?: number;
  /**
   * Growth of the units from one look to the next in the grid of a sequence that is watched all the time, 1.025 by default: a
   * coarser one is quicker. Up to 1.06 the power is right to half a point.
   */
  readonly gridGrowth?: number;
}

/** See {@link PlannedDesign.armUnitsFirst}. */
export function armUnitsFirst({ armUnitsFirst: first, clusters }: PlannedDesign): number {
  return first ?? (clusters === undefined ? 50 : 5);
}
