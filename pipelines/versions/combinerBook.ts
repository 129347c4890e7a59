/** What the combiners of a model's versions have learnt, in a table of the pipeline. */
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { combiner } from '../../models/stacking/combiner.ts';
import type { PreparedModel } from './preparedModel.ts';

interface CombinerState {
  /** As `combiner` has them. */
  readonly numbers: Float64Array;
  /** Revision of the record that no longer names the version; 0 while one does. */
  left: number;
}

/** Versions that predict no more and whose combiners are kept, so that a rollback goes on where it was. */
const leftMax = 8;

export class CombinerBook {
  readonly #table: ObjectTable<CombinerState>;

  /** Makes the table `combiners-<model>` in `tables`. */
  constructor(tables: StateTables, model: string) {
    this.#table = tables.objects(`combiners-${model}`);
  }

  /** Of a version; `changed` must be called behind a change. */
  numbers(version: string): Float64Array {
    const held = this.#table.get(version);
    if (held !== undefined) return held.numbers;
    const numbers = new Float64Array(combiner.width);
    combiner.start(numbers, 0);
    this.#table.set(version, { numbers, left: 0 });
    return numbers;
  }

  changed(version: string): void {
    this.#table.set(version, this.#table.get(version)!);
  }

  /** Another record holds: who is not in it rests, and those that have rested longest are forgotten. */
  turnTo({ revision, filed }: PreparedModel): void {
    const named = new Set(filed.map(({ version }) => version));
    const resting: { version: string; left: number }[] = [];
    for (const [version, state] of [...this.#table.entries()]) {
      const left = named.has(version) ? 0 : state.left || revision;
      if (left !== state.left) this.#table.set(version, { ...state, left });
      if (left > 0) resting.push({ version, left });
    }
    // Ascending by name until here: which go is a function of the records.
    resting.sort((a, b) => b.left - a.left);
    for (const { version } of resting.slice(leftMax)) this.#table.delete(version);
  }
}
