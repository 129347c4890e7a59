/** The same column in the days before those that are shown, while the reader compares. */
import { useQuery } from '@tanstack/react-query';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { useView } from '../data/useView.ts';
import { daysBefore, driftDetailQuery } from './queries.ts';

/** @returns undefined while nobody compares, and where there is nothing before */
export function useDetailBefore({ column: { column }, stored }: DriftDetail) {
  const { search } = useView();
  const before = search.compare === true ? daysBefore(search) : undefined;
  const answer = useQuery({
    ...driftDetailQuery(column, before?.search ?? search, stored, undefined),
    enabled: before !== undefined,
    // Another column's, or another range's, is not shown under this name.
    placeholderData: () => undefined,
  });
  return before && { detail: answer.data, shiftMs: before.shiftMs, isUnknown: answer.isError };
}
