/** The policy by which the overview tells whether personalization helps: one that runs and holds somebody out. */
import { useQuery } from '@tanstack/react-query';
import { useRangeBefore } from '../data/useRangeBefore.ts';
import { useView } from '../data/useView.ts';
import { type BriefReport, briefReportQuery, policiesQuery } from '../personalization/queries.ts';

export interface PolicyEffect {
  readonly key: string;
  readonly name: string;
  readonly report: BriefReport;
  /** In the range before, while the reader compares. */
  readonly before:
    | { readonly report: BriefReport | undefined; readonly shiftMs: number }
    | undefined;
}

/** @returns undefined while it is on its way, null when there is no such policy */
export function usePolicyEffect(): PolicyEffect | null | undefined {
  const { search } = useView();
  const policies = useQuery(policiesQuery);
  const running = policies.data?.policies.find(
    ({ state, startedAt }) => state === 'running' && startedAt !== null,
  );
  const key = running?.key ?? '';
  const life = { from: running?.startedAt ?? 0, to: undefined };
  const report = useQuery({ ...briefReportQuery(key, search, life), enabled: key !== '' });
  const range = useRangeBefore();
  const earlier = useQuery({
    ...briefReportQuery(key, range?.search ?? search, life),
    enabled: key !== '' && range !== undefined,
  });
  if (policies.isError || (policies.isSuccess && running === undefined)) return null;
  if (report.isError && report.data === undefined) return null;
  if (running === undefined || report.data === undefined) return undefined;
  if (report.data.worth.difference.mean === null) return null;
  const before = range && { report: earlier.data, shiftMs: range.shiftMs };
  return { key, name: running.name, report: report.data, before };
}
