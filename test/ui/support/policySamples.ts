/** Policies and reports with a known course for the pictures and the sentences: no clock, no chance. */
import type { PolicyDetail, PolicyReport } from '../../../contracts/policyApi.ts';
import { fakePolicies } from '../../support/fakePolicies.ts';
import { fakeReport } from '../../support/fakeReport.ts';
import { start } from './samples.ts';

const day = 86_400_000;
export const now = start + 30 * day;
export const policies = await fakePolicies(now);

export function detailOf(key: string): PolicyDetail {
  const known = policies.desk.registry.policy(key);
  if (known === undefined) throw new RangeError(`key: expected one of the samples, got ${key}`);
  const { record, head, changes } = known;
  const problems = policies.desk.registry.check(record.policy);
  return {
    ...{ policy: record.policy, revision: head.revision, problems },
    record: [...changes].reverse(),
  };
}

/** Of all its days. */
export function reportOf(key: string): PolicyReport {
  const { policy } = detailOf(key);
  const sketch = policies.reports.get(key);
  if (sketch === undefined) throw new RangeError(`key: expected one with a report, got ${key}`);
  return fakeReport(policy, sketch, policy.stages[0]?.startAt ?? now, now);
}
