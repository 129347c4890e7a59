/**
 * The segments by which an experiment's outcomes are counted apart: values come from producers, so their number is bounded.
 *
 * Which values are counted by themselves depends on the order in which they came, hence on the log alone.
 */
import type { Experiment } from '../../contracts/experiment.ts';
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { overflowSegment } from '../../operators/state/windowTable.ts';

/** Values of all segments of one experiment in one partition. */
const valuesMax = 100;

export class Segments {
  readonly #table: ObjectTable<string[]>;

  constructor(tables: StateTables) {
    this.#table = tables.objects<string[]>('experiment-segments');
  }

  /**
   * @param values of the experiment's segments, in their order; '' where there is none
   * @returns each as `name=value`
   */
  of({ key, segments }: Experiment, values: readonly string[]): string[] {
    return segments.flatMap((name, i) => {
      const value = values[i];
      return value === undefined || value === '' ? [] : [this.#known(key, name, value)];
    });
  }

  #known(key: string, name: string, value: string): string {
    const segment = `${name}=${value}`;
    const known = this.#table.get(key) ?? [];
    if (known.includes(segment)) return segment;
    if (known.length >= valuesMax) return `${name}=${overflowSegment}`;
    this.#table.set(key, [...known, segment]);
    return segment;
  }
}
