/** One figure over the windows: what was expected, what came true, and how much of that is known. */
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import type { FigureName } from '../data/search.ts';

export interface CoursePoint {
  /** Start of the window, ms since 1970. */
  readonly start: number;
  readonly expected: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly realised: number | null;
  readonly count: number;
  readonly labelled: number;
  /** null of numbers. */
  readonly coverage: number | null;
  /** Labels enough have come: what is realised will hardly change. */
  readonly isSettled: boolean;
}

/** Of the labels that usually come. */
const settledShare = 0.8;

/** The share of predictions that get a label in the end is as it was of those that no longer wait. */
export function coursePoints(
  { course, labels }: Pick<ModelPerformance, 'course' | 'labels'>,
  figure: FigureName,
): CoursePoint[] {
  const usual = labels?.['coverage'] ?? 1;
  return course.map(({ start, count, labelled, coverage, estimated, realised }) => {
    const { estimate, lower, upper } = estimated?.[figure] ?? noEstimate;
    return {
      ...{ start, expected: estimate, lower, upper, count, labelled, coverage },
      realised: realised?.[figure] ?? null,
      isSettled: labelled > 0 && (coverage === null || coverage >= settledShare * usual),
    };
  });
}

const noEstimate = { estimate: null, lower: null, upper: null };
