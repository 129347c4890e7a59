/** From when to when a policy decided. */
import type { PolicyDetail } from '../../contracts/policyApi.ts';

/** As the engine records the end. */
const stopped = 'Stopped';

/** @returns undefined for one that never began; the end is undefined while it may still decide */
export function lifeOf({
  policy: { stages, state },
  record,
}: Pick<PolicyDetail, 'policy' | 'record'>):
  | { readonly from: number; readonly to: number | undefined }
  | undefined {
  const from = stages[0]?.startAt;
  if (from === undefined) return undefined;
  const isOver = state === 'stopped' || state === 'archived';
  const end = isOver ? record.find(({ change }) => change === stopped)?.at : undefined;
  return { from, to: end === undefined ? undefined : end + 1 };
}
