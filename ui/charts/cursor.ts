/** Where a key takes the cursor of a chart. */

/**
 * @param cursor present point, undefined before the first key
 * @param across points of a row of a grid; undefined: they stand in one row
 * @returns the next point, or undefined when the key is not one of the cursor's
 */
export function cursorAfter(
  key: string,
  cursor: number | undefined,
  count: number,
  across?: number,
): number | undefined {
  const last = count - 1;
  if (last < 0) return undefined;
  switch (key) {
    case 'ArrowRight':
      return cursor === undefined ? 0 : Math.min(last, cursor + 1);
    case 'ArrowLeft':
      return cursor === undefined ? last : Math.max(0, Math.min(last, cursor) - 1);
    case 'ArrowDown':
    case 'ArrowUp': {
      if (across === undefined) return undefined;
      if (cursor === undefined) return 0;
      const next = cursor + (key === 'ArrowDown' ? across : -across);
      return next < 0 || next > last ? cursor : next;
    }
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
