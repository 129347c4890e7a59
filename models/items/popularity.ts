/**
 * How popular each item is: a count that halves every half-life of event time. What every recommendation has to beat.
 *
 * A row: number of the landmark, weight there. Source of the fading: Cormode et al. 2009 (see `decayClock`).
 */
import type { StateTables } from '../../contracts/stateTable.ts';
import { decayClock } from '../linear/decayClock.ts';

export interface Popularity {
  /** Counts one use of an item. @param item code in the dictionary of the tables */
  count(item: number, time: number): void;
  /** Uses of the item, faded to `time`; 0 for one that was never used. */
  score(item: number, time: number): number;
}

const landmarkAt = 0;
const weightAt = 1;

/**
 * @param name of the table
 * @throws RangeError when the half-life is not a whole number of ms above 0
 */
export function popularity(
  tables: StateTables,
  name: string,
  { halfLifeMs = 7 * 86_400_000, itemsMax = 2 ** 19 } = {},
): Popularity {
  const clock = decayClock(halfLifeMs);
  const table = tables.numbers(name, { width: 2, keysMax: itemsMax });
  return {
    count(item, time) {
      const at = table.at(item, time);
      const { values } = table;
      const landmark = clock.landmark(time);
      const before = values[at + landmarkAt]!;
      if (landmark > before) {
        values[at + weightAt]! *= clock.shift(before, landmark);
        values[at + landmarkAt] = landmark;
      }
      values[at + weightAt]! += clock.weight(time, values[at + landmarkAt]!);
    },
    score(item, time) {
      const at = table.peek(item, time);
      if (at < 0) return 0;
      return table.values[at + weightAt]! / clock.weight(time, table.values[at + landmarkAt]!);
    },
  };
}
