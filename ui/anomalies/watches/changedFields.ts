/** Which parts of a definition differ between two revisions, as their form names them. */
import { fieldName } from '../../words/watchSettings.ts';

/** @example changedFields({ name: 'a', lane: 'ingest' }, { name: 'b', lane: 'ingest' }); // ['Name'] */
export function changedFields(before: object, after: object): string[] {
  const [a, b] = [before, after] as Record<string, unknown>[];
  const fields = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  return fields
    .filter((field) => JSON.stringify(a?.[field]) !== JSON.stringify(b?.[field]))
    .map((field) => fieldName(field) ?? field);
}
