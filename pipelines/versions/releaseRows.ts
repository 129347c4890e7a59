/** What is compared of versions, as the rows that statistics take. */
import { type Batch, codesOf, numbersOf, pickColumns } from '../../contracts/batch.ts';
import { modelColumns } from '../../contracts/predictionFields.ts';
import type { NumberTable } from '../../contracts/stateTable.ts';
import type { Predictions, VersionPair } from '../../operators/predictThenLearn.ts';
import { periodOf } from '../../stats/sequential/periodOf.ts';

/** By which evidence is kept: model, version, the one that it is compared with, `<release>/<stage>`. */
export const pairColumns = [...modelColumns, 'context.against', 'context.stage'] as const;

/** Names of those who are served by the version, and of the others. */
export const arms = { treatment: 'served', control: 'others' } as const;

/**
 * Each prediction that both have made, once for each pair: in a canary only those of users whom the version serves.
 *
 * Columns: `prediction`, `against`, `value` (the label), and {@link pairColumns}.
 */
export function pairedRows(model: string, made: Predictions, pairs: readonly VersionPair[]): Batch {
  const { served, byVersion, labels } = made;
  const picked = new PickedRows(pairs);
  const [prediction, against, value] = picked.columns(3) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  pairs.forEach((pair, place) => {
    const own = byVersion![pair.version]!;
    const other = byVersion![pair.against]!;
    for (let i = pair.from; i < pair.to; i += 1) {
      if (pair.share > 0 && served[i] !== pair.version) continue;
      const at = picked.add(i, place);
      prediction[at] = own[i]!;
      against[at] = other[i]!;
      value[at] = labels[i]!;
    }
  });
  return picked.batch(model, made, { prediction, against, value });
}

/**
 * The first outcome of each user in each stage of a canary.
 *
 * Columns: `value` (the label), `context.arm`, `probability` of that arm, `user`, `period` of the stage, and {@link pairColumns}.
 *
 * @param seen stage in which a user had an outcome last, by user: one number
 */
export function armRows(
  model: string,
  made: Predictions,
  pairs: readonly VersionPair[],
  seen: NumberTable,
): Batch {
  const { batch, rows, served, labels } = made;
  const times = numbersOf(batch, 'time');
  const users = codesOf(batch, 'user');
  const picked = new PickedRows(pairs);
  const [value, probability, period] = picked.columns(3) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const treatment = batch.dictionary.internText(arms.treatment);
  const control = batch.dictionary.internText(arms.control);
  const armCodes = new Int32Array(picked.capacity);
  pairs.forEach(({ from, to, share, version, ordinal, since }, place) => {
    if (!(share > 0 && share < 1)) return;
    for (let i = from; i < to; i += 1) {
      const row = rows[i]!;
      const stood = seen.at(users[row]!, times[row]!);
      if (seen.values[stood] === ordinal) continue;
      seen.values[stood] = ordinal;
      const at = picked.add(i, place);
      const isServed = served[i] === version;
      value[at] = labels[i]!;
      probability[at] = isServed ? share : 1 - share;
      period[at] = periodOf(Math.max(0, times[row]! - since));
      armCodes[at] = isServed ? treatment : control;
    }
  });
  return picked.batch(model, made, { value, probability, period }, { 'context.arm': armCodes });
}

/** Predictions that are taken, each with the pair that it is taken for. */
class PickedRows {
  /** Most that may be taken. */
  readonly capacity: number;
  readonly #pairs: readonly VersionPair[];
  readonly #taken: Int32Array;
  readonly #places: Uint8Array;
  #count = 0;

  constructor(pairs: readonly VersionPair[]) {
    this.capacity = pairs.reduce((sum, { from, to }) => sum + to - from, 0);
    this.#pairs = pairs;
    this.#taken = new Int32Array(this.capacity);
    this.#places = new Uint8Array(this.capacity);
  }

  columns(count: number): Float64Array[] {
    return Array.from({ length: count }, () => new Float64Array(this.capacity));
  }

  /** @returns its place among those taken */
  add(i: number, place: number): number {
    this.#taken[this.#count] = i;
    this.#places[this.#count] = place;
    this.#count += 1;
    return this.#count - 1;
  }

  batch(
    model: string,
    { batch, rows, versions }: Predictions,
    numbers: Readonly<Record<string, Float64Array>>,
    texts: Readonly<Record<string, Int32Array>> = {},
  ): Batch {
    const { dictionary } = batch;
    const count = this.#count;
    const picked = this.#taken.subarray(0, count).map((i) => rows[i]!);
    const kept = pickColumns(batch, picked, count, { strings: ['user'], numbers: ['time'] });
    const [modelColumn, versionColumn, againstColumn, stageColumn] = pairColumns;
    const ofPair = (textOf: (pair: VersionPair) => string) => {
      const codes = this.#pairs.map((pair) => dictionary.internText(textOf(pair)));
      return Int32Array.from({ length: count }, (_, at) => codes[this.#places[at]!]!);
    };
    return {
      ...kept,
      numbers: new Map([
        ...kept.numbers,
        ...Object.entries(numbers).map(
          ([name, column]) => [name, column.subarray(0, count)] as const,
        ),
      ]),
      codes: new Map([
        ...kept.codes,
        [modelColumn, ofPair(() => model)],
        [versionColumn, ofPair(({ version }) => versions[version]!)],
        [againstColumn, ofPair(({ against }) => versions[against]!)],
        [stageColumn, ofPair(({ stage }) => stage)],
        ...Object.entries(texts).map(
          ([name, column]) => [name, column.subarray(0, count)] as const,
        ),
      ]),
    };
  }
}
