/** Reads what policies earn, and the log by which others are judged. */
import type { Policy } from '../../contracts/policy.ts';
import type { PolicyReport } from '../../contracts/policyApi.ts';
import { type PolicyLog, readPolicyLog } from '../../control/policies/evaluation/policyLog.ts';
import { type ReportRange, readPolicyReport } from '../../control/policies/report/policyReport.ts';
import type { Telling } from '../../control/privacy/telling.ts';
import { bounded, type Reader } from '../../control/statement.ts';

export interface PolicyReader {
  /** @throws EngineError RANGE_TOO_LARGE */
  policyReport(policy: Policy, range: ReportRange, signal?: AbortSignal): Promise<PolicyReport>;
  /** @throws EngineError RANGE_TOO_LARGE */
  policyLog(policy: Policy, range: ReportRange, signal?: AbortSignal): Promise<PolicyLog>;
}

/** Decisions of one evaluation: some minutes. */
const evaluatedMax = 500_000;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Of whole days (UTC), and of the present one up to the last full hour: ranges that differ by less cannot be compared, and what is
 * told changes once an hour. Who may see single people gets any range.
 */
export function readReport(
  reader: Reader,
  policy: Policy,
  range: ReportRange,
  { least, isFinal = true, now }: Telling,
) {
  const told = isFinal ? wholeDays(policy, range, now) : range;
  return readPolicyReport(withBounds(reader), policy, told, now, least);
}

/** Exported for its test. */
export function wholeDays(
  policy: Pick<Policy, 'stages'>,
  { from = policy.stages[0]?.startAt ?? 0, to = Infinity }: ReportRange,
  now: number,
): { readonly from: number; readonly to: number } {
  const end = Math.ceil(to / dayMs) * dayMs;
  return {
    from: Math.floor(from / dayMs) * dayMs,
    to: Math.min(end, Math.floor(now / hourMs) * hourMs),
  };
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
