/** The columns in the order in which they are shown: predictions and labels first. */
import type { DriftColumn } from '../../contracts/driftApi.ts';

/** @param columns as the engine has them, by what matters */
export function ordered(columns: readonly DriftColumn[], isRaw: boolean): readonly DriftColumn[] {
  if (!isRaw) return columns;
  const pinned = columns.filter(({ role }) => role !== 'input');
  const inputs = columns.filter(({ role }) => role === 'input');
  const excess = ({ standing }: DriftColumn) => standing.excess ?? -1;
  return [...pinned, ...inputs.toSorted((a, b) => excess(b) - excess(a))];
}
