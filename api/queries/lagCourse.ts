/**
 * The lag of a pipeline step by step, from what the commits of its partitions noted.
 *
 * A partition that noted waiting events and then fell silent still has them waiting: its last figure is carried on. One
 * that fell silent with nothing waiting may be idle or may stand still: it adds nothing, and where all did the lag is not
 * known.
 */

export interface LagNote {
  readonly partition: number;
  /** Most events that waited at a commit of the step. */
  readonly worst: number;
  /** Events that waited at the last commit of the step. */
  readonly last: number;
}

/**
 * @param times beginnings of the steps, ascending
 * @param notes by beginning of the step
 * @param until ms since 1970: nothing is carried on into steps that begin at or after it
 * @returns events that waited in each step, all partitions together; null where no note tells
 */
export function lagCourse(
  times: readonly number[],
  notes: ReadonlyMap<number, readonly LagNote[]>,
  until: number,
): (number | null)[] {
  const waiting = new Map<number, number>();
  return times.map((time) => {
    const noted = notes.get(time) ?? [];
    const lags = time < until ? new Map(waiting) : new Map<number, number>();
    for (const { partition, worst, last } of noted) {
      lags.set(partition, worst);
      if (last > 0) waiting.set(partition, last);
      else waiting.delete(partition);
    }
    return lags.size === 0 ? null : [...lags.values()].reduce((sum, lag) => sum + lag, 0);
  });
}
