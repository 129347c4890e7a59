/** What the tiles say of the epochs in range: their sum, their usual rate and their course. */
import type { EpochSeries } from '../../contracts/api.ts';

export interface Course {
  readonly events: number;
  readonly refused: number;
  /** Median of the steps, so that a replay of the past at full speed does not count as usual; null without points. */
  readonly eventsPerSecond: number | null;
  readonly rates: readonly number[];
  readonly counts: readonly number[];
}

/** Pipelines read the same log: the one that took most speaks for the engine. */
export function courseOf(series: readonly EpochSeries[]): Course {
  let best: Course = { events: 0, refused: 0, eventsPerSecond: null, rates: [], counts: [] };
  for (const { points } of series) {
    const events = points.reduce((sum, point) => sum + point.events, 0);
    if (points.length === 0 || (best.counts.length > 0 && events <= best.events)) continue;
    const rates = points.map((point) => point.eventsPerSecond);
    best = {
      events,
      refused: points.reduce((sum, point) => sum + point.refused, 0),
      eventsPerSecond: median(rates),
      rates,
      counts: points.map((point) => point.events),
    };
  }
  return best;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
