/**
 * The values of a slice, the most harmful first: by how much worse each does than the whole, times how many predictions it has.
 *
 * Values with fewer rows than the floor are hidden. They could be computed as the whole less the others: so many more are hidden,
 * the smallest first, that those hidden have the floor's rows together.
 */
import { groupMinDefault } from '../../contracts/groupMin.ts';
import { type Slice, type SliceReading, slicesMax } from '../../contracts/performanceApi.ts';
import type { IntervalEstimate } from '../../stats/interval.ts';
import { finite } from '../metricPoint.ts';

export interface SliceValue extends IntervalEstimate {
  readonly value: string;
  /** Rows. */
  readonly count: number;
}

/**
 * @param slice        as it is called
 * @param whole        the figure of all values together
 * @param isLossFigure whether more is worse
 * @param least        rows of the smallest value that is shown
 */
export function slicesByHarm(
  slice: string,
  values: readonly SliceValue[],
  whole: number,
  isLossFigure: boolean,
  least: number = groupMinDefault,
): Slice {
  const hidden = hiddenOf(values, least);
  const shown = values.filter((each) => !hidden.has(each));
  const readings = shown.flatMap(({ value, count, estimate, lower, upper }): SliceReading[] => {
    const gap = isLossFigure ? estimate - whole : whole - estimate;
    if (!Number.isFinite(gap)) return [];
    const interval = { estimate, lower: finite(lower), upper: finite(upper) };
    return [{ value, count, ...interval, gap, harm: Math.max(0, gap) * count }];
  });
  readings.sort((a, b) => b.harm - a.harm || b.gap - a.gap || (a.value < b.value ? -1 : 1));
  return {
    slice,
    whole: finite(whole),
    values: readings.slice(0, slicesMax),
    suppressed: hidden.size,
    more: Math.max(0, readings.length - slicesMax),
  };
}

function hiddenOf(values: readonly SliceValue[], least: number): Set<SliceValue> {
  const hidden = new Set<SliceValue>();
  let rows = 0;
  for (const each of values.toSorted((a, b) => a.count - b.count)) {
    const isNeeded = hidden.size > 0 && rows < least;
    if (each.count >= least && !isNeeded) break;
    hidden.add(each);
    rows += each.count;
  }
  return hidden;
}
