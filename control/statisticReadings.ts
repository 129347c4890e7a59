/** What statistics read over all partitions: states merged in the order of partitions, or apart where they never merge. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StatisticReading } from '../contracts/api.ts';
import type { Statistic } from '../contracts/statistic.ts';
import { readPlain } from '../operators/state/plainData.ts';
import { finite } from './metricPoint.ts';

/** Of one partition, key and window. */
export interface StoredStatistic {
  readonly key: readonly string[];
  /** Of the window, ms since 1970. */
  readonly start: number;
  readonly partition: number;
  readonly taken: number;
  readonly refused: number;
  /** As `writePlain` has it. */
  readonly state: Uint8Array;
}

export interface StatisticDefinition {
  readonly statistic: Statistic;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Length of the windows, ms; 0: one window for all time. */
  readonly windowMs: number;
}

/**
 * One reading for each key and window, and for each partition where the statistic never merges.
 *
 * Other work has its turn between two readings: some take milliseconds.
 *
 * @param stored rows of one key and window one after the other, ascending by partition
 * @param signal nobody waits for the readings any more
 * @throws EngineError SNAPSHOT_FOREIGN when a state cannot be read
 */
export async function readStatistic(
  { statistic, parameters, windowMs }: StatisticDefinition,
  stored: readonly StoredStatistic[],
  signal?: AbortSignal,
): Promise<StatisticReading[]> {
  const fold = statistic.begin(parameters);
  const readings: StatisticReading[] = [];
  for (let from = 0; from < stored.length; ) {
    const first = stored[from]!;
    const state = readPlain(first.state);
    let { taken, refused } = first;
    let to = from + 1;
    while (fold.merge !== undefined && to < stored.length && isSame(first, stored[to]!)) {
      const next = stored[to]!;
      fold.merge(state, readPlain(next.state));
      taken += next.taken;
      refused += next.refused;
      to += 1;
    }
    const figures = Object.entries(fold.read(state));
    readings.push({
      key: [...first.key],
      start: windowMs === 0 ? null : first.start,
      end: windowMs === 0 ? null : first.start + windowMs,
      partition: fold.merge === undefined ? first.partition : null,
      partitions: to - from,
      taken,
      refused,
      figures: Object.fromEntries(figures.map(([name, value]) => [name, finite(value)])),
    });
    from = to;
    await nextTurn(undefined, signal === undefined ? {} : { signal });
  }
  return readings;
}

function isSame(one: StoredStatistic, other: StoredStatistic): boolean {
  return (
    one.start === other.start &&
    one.key.length === other.key.length &&
    one.key.every((part, i) => part === other.key[i])
  );
}
