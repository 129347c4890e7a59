/** A policy as it goes into the log. */
import { z } from 'zod';
import { definitionRecord } from './definitionRecord.ts';
import { Policy } from './policy.ts';

/** `type` of the record. Only the engine writes such records; the door refuses them. */
export const policyType = 'millrace.policy';

export const PolicyRecord = z.strictObject({
  /** 1, 2, 3 …: an older one than is known changes nothing. */
  revision: z.number().int().min(1),
  policy: Policy,
});
export type PolicyRecord = z.infer<typeof PolicyRecord>;

/**
 * The event that says it.
 *
 * @param at ms since 1970
 * @throws RangeError when it is too long: see {@link definitionRecord}
 */
export function policyEvent(record: PolicyRecord, at: number): string {
  const id = `policy:${record.policy.key}@${record.revision}`;
  return definitionRecord({ type: policyType, id, definition: record }, at);
}
