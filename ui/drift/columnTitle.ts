/** What a column is called: `context_skill` is "skill". */
import type { DriftColumn } from '../../contracts/driftApi.ts';
import { words } from '../words/drift.ts';

export function columnTitle({ column, role }: Pick<DriftColumn, 'column' | 'role'>): string {
  if (role === 'prediction') return words.prediction;
  if (role === 'label') return words.label;
  return column.replace(/^context_/, '').replaceAll('_', ' ');
}

/** At the beginning of a sentence. */
export function capitalTitle(column: Pick<DriftColumn, 'column' | 'role'>): string {
  const title = columnTitle(column);
  return title.charAt(0).toUpperCase() + title.slice(1);
}
