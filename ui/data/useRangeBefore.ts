/** The range that the reader compares with; nothing while they do not, or where there is nothing before. */
import { useMemo } from 'react';
import { type RangeSearch, rangeBefore } from './range.ts';
import { useView } from './useView.ts';

export function useRangeBefore():
  | { readonly search: RangeSearch; readonly shiftMs: number }
  | undefined {
  const { search } = useView();
  const { compare, range, back, from, to } = search;
  return useMemo(
    () => (compare === true ? rangeBefore({ range, back, from, to }) : undefined),
    [compare, range, back, from, to],
  );
}
