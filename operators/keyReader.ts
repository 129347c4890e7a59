/** One code for the values of several string columns, so that state is found by index whatever the number of keys. */
import { type Batch, codesOf } from '../contracts/batch.ts';

/** Between the values of several keys: no name has it. */
export const keySeparator = '\0';

/** More than a dictionary has codes: an entry takes five of its 2²⁹ words at least. */
const codesMax = 2 ** 27;

/**
 * For a batch, the code that stands for a row's values: −1 when there are no keys, or one whose column is absent. Of several
 * keys it is the code of the joined texts, an absent one being ''.
 *
 * @param by string columns
 */
export function keyReader(by: readonly string[]): (batch: Batch) => (index: number) => number {
  const [only] = by;
  if (only === undefined) return () => () => -1;
  return (batch) => {
    const [first, ...others] = by.map((column) => codesOf(batch, column)) as [Int32Array];
    if (others.length === 0) return (index) => first[index]!;
    return joinedReader(batch, [first, ...others]);
  };
}

/** Joins each combination once a batch: prefixes of it are numbered, level by level. */
function joinedReader(
  { dictionary }: Batch,
  columns: readonly Int32Array[],
): (index: number) => number {
  const levels = columns.map((column) => ({
    ...{ column, numbers: new Map<number, number>() },
    // Of the row before: the first columns are often the same in all rows.
    ...{ lastPrefix: -1, lastNumber: 0 },
  }));
  /** Code of each combination, by its number. */
  const codes: number[] = [];
  const textOf = (code: number) => (code < 0 ? '' : dictionary.text(code));
  return (index) => {
    let number = 0;
    for (const level of levels) {
      const { column, numbers } = level;
      // A batch has fewer prefixes than 2²⁶: the product is exact.
      const prefix = number * codesMax + column[index]! + 1;
      if (prefix === level.lastPrefix) number = level.lastNumber;
      else {
        number = numbers.get(prefix) ?? numbers.size;
        if (number === numbers.size) numbers.set(prefix, number);
        level.lastPrefix = prefix;
        level.lastNumber = number;
      }
    }
    let code = codes[number];
    if (code === undefined) {
      const texts = columns.map((column) => textOf(column[index]!));
      code = dictionary.internText(texts.join(keySeparator));
      codes[number] = code;
    }
    return code;
  };
}
