/** Rows and features for one tree, drawn without replacement. */
import { below, type RandomState, uniform } from '../../stats/random.ts';

/** In ascending order. Source: Knuth, TAOCP vol. 2, §3.4.2, algorithm S. */
export function sampleRows(random: RandomState, count: number, share: number): Int32Array {
  const size = Math.max(1, Math.round(count * share));
  const rows = new Int32Array(size);
  for (let row = 0, taken = 0; taken < size; row += 1) {
    if (size === count || (count - row) * uniform(random) < size - taken) rows[taken++] = row;
  }
  return rows;
}

/** In ascending order. */
export function samplePlaces(random: RandomState, count: number, share: number): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  const size = Math.max(1, Math.round(count * share));
  for (let left = count; left > size; left -= 1) places.splice(below(random, left), 1);
  return places;
}
