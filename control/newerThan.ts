/**
 * Which rows of a table of absolute values are new, as a condition of SQL: of each partition those beyond the largest version that
 * was seen, its floor.
 */

export type Floors = ReadonlyMap<number, number>;

/** Rows beyond the floor of their partition. @param floors at least one */
export function beyond(floors: Floors): string {
  return [...floors]
    .map(([partition, version]) => `(partition = ${partition} AND version > ${version})`)
    .join(' OR ');
}

/** Rows of partitions that have no floor; no index finds them. @param floors at least one */
export function strangersTo(floors: Floors): string {
  return `partition NOT IN (${[...floors.keys()].join(', ')})`;
}

/**
 * The same for a table whose index is of versions alone: the bound for all partitions is the one that it serves.
 *
 * @param withStrangers also rows of partitions that have no floor, which takes a look at every row
 */
export function newerThan(floors: Floors, withStrangers = true): string {
  if (floors.size === 0) return 'true';
  const strangers = withStrangers ? ` OR ${strangersTo(floors)}` : '';
  return `(version > ${Math.min(...floors.values())} AND (${beyond(floors)}))${strangers}`;
}
