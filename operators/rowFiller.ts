/** The rows of a batch as a statistic takes them: a row's values under the names of its roles. */
import { type Batch, codesOf, numbersOf } from '../contracts/batch.ts';
import { roleColumns } from '../contracts/roleColumns.ts';
import type { Statistic, StatisticRow } from '../contracts/statistic.ts';

/**
 * The column of each role that has one, as {@link roleColumns}.
 *
 * @throws RangeError when a role has no column and cannot go without, or there is no such role
 */
export function statisticColumns(
  statistic: Statistic,
  given?: Readonly<Record<string, string>>,
): Record<string, string> {
  const { name, roles } = statistic;
  const columns = roleColumns(statistic, given);
  for (const [role, { fallback }] of Object.entries(roles)) {
    if (Object.hasOwn(columns, role) || fallback !== undefined) continue;
    throw new RangeError(`columns: expected the column of the role ${role} of ${name}, got none`);
  }
  return columns;
}

export interface RowFiller {
  /** Overwritten by each `fill`. */
  readonly row: StatisticRow;
  /** Turns to another batch. @throws RangeError when the pipeline did not ask for a column */
  turnTo(batch: Batch): void;
  /** @returns false when the value of a role is absent */
  fill(index: number): boolean;
}

export function rowFiller(
  { roles }: Statistic,
  columns: Readonly<Record<string, string>>,
): RowFiller {
  const row: Record<string, number | string> = {};
  const numbers: { role: string; column: string; values: Float64Array }[] = [];
  const texts: { role: string; column: string; codes: Int32Array }[] = [];
  for (const [role, { kind, fallback }] of Object.entries(roles)) {
    row[role] = fallback ?? (kind === 'text' ? '' : 0);
    const column = columns[role];
    if (column === undefined) continue;
    if (kind === 'text') texts.push({ role, column, codes: new Int32Array(0) });
    else numbers.push({ role, column, values: new Float64Array(0) });
  }
  let dictionary: Batch['dictionary'];
  return {
    row,

    turnTo(batch) {
      dictionary = batch.dictionary;
      for (const each of numbers) each.values = numbersOf(batch, each.column);
      for (const each of texts) each.codes = codesOf(batch, each.column);
    },

    fill(index) {
      for (const { role, values } of numbers) {
        const value = values[index]!;
        if (Number.isNaN(value)) return false;
        row[role] = value;
      }
      for (const { role, codes } of texts) {
        const code = codes[index]!;
        if (code < 0) return false;
        row[role] = dictionary.text(code);
      }
      return true;
    },
  };
}
