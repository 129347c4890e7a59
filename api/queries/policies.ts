/** Reads what policies earn, and the log by which others are judged. */
import type { Policy } from '../../contracts/policy.ts';
import type { PolicyReport } from '../../contracts/policyApi.ts';
import { type PolicyLog, readPolicyLog } from '../../control/policies/evaluation/policyLog.ts';
import { type ReportRange, readPolicyReport } from '../../control/policies/report/policyReport.ts';
import { readReportInSteps } from '../../control/policies/report/reportInSteps.ts';
import { isHeld, type Telling } from '../../control/privacy/telling.ts';
import { bounded, type Reader } from '../../control/statement.ts';

export interface PolicyReader {
  /** @throws EngineError RANGE_TOO_LARGE */
  policyReport(policy: Policy, range: ReportRange, signal?: AbortSignal): Promise<PolicyReport>;
  /** @throws EngineError RANGE_TOO_LARGE */
  policyLog(policy: Policy, range: ReportRange, signal?: AbortSignal): Promise<PolicyLog>;
}

/** Decisions of one evaluation: some minutes. */
const evaluatedMax = 500_000;

/** Who may see single people gets any range, all others what is told in steps. */
export function readReport(reader: Reader, policy: Policy, range: ReportRange, telling: Telling) {
  const { least, now } = telling;
  return isHeld(telling)
    ? readReportInSteps(withBounds(reader), policy, now, least)
    : readPolicyReport(withBounds(reader), policy, range, now, least);
}

export function readLog(
  reader: Reader,
  policy: Policy,
  { from = 0, to }: ReportRange,
  now: number,
): Promise<PolicyLog> {
  return readPolicyLog(withBounds(reader), policy, { from, to: to ?? now }, evaluatedMax);
}

function withBounds(reader: Reader): Reader {
  return { query: (sql, parameters) => reader.query(bounded(sql), parameters) };
}
