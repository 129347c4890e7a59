/**
 * Which figures a unit has beside its outcome, and on which grid: a function of the definition alone, so that whoever counts and
 * whoever reads the counts agree.
 *
 * The figures of a unit are its outcome (of a ratio numerator and denominator), then of each covariate its figures and an
 * indicator: 1 where the covariate is not known, and its figures then 0.
 */
import type { Covariate } from '../../contracts/covariate.ts';
import type { MetricUse } from '../../contracts/experiment.ts';
import { capOf, type ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { Grid } from '../../stats/exact/grid.ts';
import { type OutcomeScale, stepsMax } from './outcomeScale.ts';

export interface CovariateFigures {
  readonly covariate: Covariate;
  /** Of a past: the metric whose measure it is. */
  readonly past: ExperimentMetric | undefined;
  /** Figures besides the indicator: 1; of the past of a ratio 3. */
  readonly count: number;
  /** Place of the first among the covariates' figures; the indicator comes after the last. */
  readonly at: number;
}

export interface CovariatePlan {
  readonly covariates: readonly CovariateFigures[];
  /** Figures of the outcome: 1; of a ratio 2. */
  readonly outcomes: number;
  /** Figures of the covariates, with their indicators. */
  readonly width: number;
  /** Of all figures of a unit. */
  readonly grids: readonly Grid[];
  /** Bounds of the covariates' figures. */
  readonly least: Float64Array;
  readonly largest: Float64Array;
}

/** Steps in a unit of a figure without bounds. */
const unboundedPerUnit = 2 ** 10;

/**
 * @param metrics definitions of the experiment's metrics; a covariate of another one is left out
 * @returns undefined without covariates
 */
export function covariatePlan(
  { metric: key, covariates = [] }: MetricUse,
  metrics: readonly ExperimentMetric[],
  { numeratorPerUnit, denominatorPerUnit }: OutcomeScale,
): CovariatePlan | undefined {
  const own = metrics.find((each) => each.key === key);
  const planned: CovariateFigures[] = [];
  const grids: Grid[] = [{ perUnit: numeratorPerUnit }];
  if (own?.kind === 'ratio') grids.push({ perUnit: denominatorPerUnit });
  const outcomes = grids.length;
  const bounds: (readonly [number, number])[] = [];
  for (const covariate of covariates) {
    const wanted = covariate.of === 'past' ? (covariate.metric ?? key) : undefined;
    const past = metrics.find((each) => each.key === wanted);
    if (wanted !== undefined && past === undefined) continue;
    const figures = boundsOf(covariate, past);
    planned.push({ covariate, past, count: figures.length, at: bounds.length });
    grids.push(...figures.map(gridOf), { perUnit: 1 });
    bounds.push(...figures, [0, 1]);
  }
  if (planned.length === 0) return undefined;
  return {
    covariates: planned,
    outcomes,
    width: bounds.length,
    grids,
    least: Float64Array.from(bounds, ([least]) => least),
    largest: Float64Array.from(bounds, ([, largest]) => largest),
  };
}

const unbounded = [-stepsMax / unboundedPerUnit, stepsMax / unboundedPerUnit] as const;
/** Of a ratio, which is often a share: finer. */
const ratioBounds = [-(2 ** 15), 2 ** 15] as const;

function boundsOf(
  covariate: Covariate,
  past: ExperimentMetric | undefined,
): (readonly [number, number])[] {
  if (covariate.of === 'exposure') return [covariate.cap];
  const own = capOf(past!) ?? unbounded;
  return past!.denominator === undefined ? [own] : [own, unbounded, ratioBounds];
}

/** As fine as the bounds allow. */
function gridOf([least, largest]: readonly [number, number]): Grid {
  const size = Math.max(Math.abs(least), Math.abs(largest), 2 ** -20);
  return { perUnit: 2 ** Math.floor(Math.log2(stepsMax / size)) };
}

/**
 * Puts a covariate's figures within their bounds, or marks it as unknown when one of them is no finite number.
 *
 * @param figures of all covariates of a unit
 */
export function settleCovariate(
  { least, largest }: CovariatePlan,
  { at, count }: CovariateFigures,
  figures: Float64Array,
): void {
  let isKnown = true;
  for (let i = at; i < at + count; i += 1) if (!Number.isFinite(figures[i])) isKnown = false;
  for (let i = at; i < at + count; i += 1) {
    figures[i] = isKnown ? Math.min(largest[i]!, Math.max(least[i]!, figures[i]!)) : 0;
  }
  figures[at + count] = isKnown ? 0 : 1;
}
