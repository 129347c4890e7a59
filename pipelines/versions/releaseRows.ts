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
  const picked = new PickedRows(model, made, pairs);
  pairs.forEach((pair, place) => {
    for (let i = pair.from; i < pair.to; i += 1) {
      if (pair.share === 0 || served[i] === pair.version) picked.add(i, place);
    }
  });
  return picked.batch({
    prediction: (i, { version }) => byVersion![version]![i]!,
    against: (i, { against }) => byVersion![against]![i]!,
    value: (i) => labels[i]!,
  });
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
  const picked = new PickedRows(model, made, pairs);
  pairs.forEach(({ from, to, share, ordinal }, place) => {
    if (!(share > 0 && share < 1)) return;
    for (let i = from; i < to; i += 1) {
      const row = rows[i]!;
      const at = seen.at(users[row]!, times[row]!);
      if (seen.values[at] === ordinal) continue;
      seen.values[at] = ordinal;
      picked.add(i, place);
    }
  });
  const isServed = (i: number, { version }: VersionPair) => served[i] === version;
  return picked.batch(
    {
      value: (i) => labels[i]!,
      probability: (i, pair) => (isServed(i, pair) ? pair.share : 1 - pair.share),
      period: (i, { since }) => periodOf(Math.max(0, times[rows[i]!]! - since)),
    },
    { 'context.arm': (i, pair) => (isServed(i, pair) ? arms.treatment : arms.control) },
  );
}

type Of<Value> = (i: number, pair: VersionPair) => Value;

/** Predictions that are taken, each with the pair that it is taken for. */
class PickedRows {
  readonly #model: string;
  readonly #made: Predictions;
  readonly #pairs: readonly VersionPair[];
  readonly #taken: number[] = [];
  readonly #places: number[] = [];

  constructor(model: string, made: Predictions, pairs: readonly VersionPair[]) {
    this.#model = model;
    this.#made = made;
    this.#pairs = pairs;
  }

  add(i: number, place: number): void {
    this.#taken.push(i);
    this.#places.push(place);
  }

  batch(numbers: Record<string, Of<number>>, texts: Record<string, Of<string>> = {}): Batch {
    const { batch, rows, versions } = this.#made;
    const { dictionary } = batch;
    const [modelColumn, versionColumn, againstColumn, stageColumn] = pairColumns;
    const picked = Int32Array.from(this.#taken, (i) => rows[i]!);
    const kept = pickColumns(batch, picked, picked.length, {
      strings: ['user'],
      numbers: ['time'],
    });
    const each = <Value>(of: Of<Value>) => this.#taken.map((i, at) => of(i, this.#pairOf(at)));
    const codes = (of: Of<string>) =>
      Int32Array.from(each(of), (text) => dictionary.internText(text));
    const own: Record<string, Of<string>> = {
      [modelColumn]: () => this.#model,
      [versionColumn]: (_, { version }) => versions[version]!,
      [againstColumn]: (_, { against }) => versions[against]!,
      [stageColumn]: (_, { stage }) => stage,
      ...texts,
    };
    return {
      ...kept,
      numbers: new Map([
        ...kept.numbers,
        ...Object.entries(numbers).map(
          ([name, of]) => [name, Float64Array.from(each(of))] as const,
        ),
      ]),
      codes: new Map([
        ...kept.codes,
        ...Object.entries(own).map(([name, of]) => [name, codes(of)] as const),
      ]),
    };
  }

  #pairOf(at: number): VersionPair {
    return this.#pairs[this.#places[at]!]!;
  }
}
