/**
 * The chain of an audit log: each entry carries the hash of the one before it, so that none can be changed, removed or moved
 * without changing all that follow.
 *
 * Source: Schneier & Kelsey 1999, Secure audit logs to support computer forensics (without their keys).
 */
import { createHash } from 'node:crypto';
import type { AuditEntry, StoredAuditEntry } from '../../contracts/auditApi.ts';
import { canonicalJson } from '../../contracts/canonicalJson.ts';

/** What the first entry of a chain follows. */
export const chainStart = '0'.repeat(64);

/** Of the first entry of each chain: its reason names the chains before it. */
export const beginAct = 'begin';

/** The newest entry of a chain. */
export interface ChainHead {
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
}

/** SHA-256 of the hash before, a line feed, and canonical JSON of the entry; hexadecimal. */
export function hashOf(before: string, entry: AuditEntry): string {
  return createHash('sha256')
    .update(`${before}\n${canonicalJson(bareEntry(entry))}`)
    .digest('hex');
}

/** @param before hash of the entry before, or {@link chainStart} */
export function linkEntry(before: string, entry: AuditEntry): StoredAuditEntry {
  return { ...entry, before, hash: hashOf(before, entry) };
}

/** The first entry of a chain. @param heads of the chains that it follows, which nothing can be cut off any more */
export function beginEntry(chain: string, at: number, heads: readonly ChainHead[]): AuditEntry {
  return {
    ...{ chain, number: 0, at, kind: 'action', act: beginAct, subject: '' },
    principal: { kind: 'nobody', id: '', name: 'engine' },
    reason: canonicalJson(heads.map(({ chain: named, number, hash }) => [named, number, hash])),
    ...{ status: 0, request: '' },
  };
}

/** Heads that the first entry of a chain names; none where it names none that can be read. */
export function headsNamedBy({ number, act, reason }: AuditEntry): ChainHead[] {
  if (number !== 0 || act !== beginAct) return [];
  try {
    const named = JSON.parse(reason) as [string, number, string][];
    return named.map(([chain, at, hash]) => ({ chain, number: at, hash }));
  } catch {
    return [];
  }
}

/** Without what is not hashed. */
function bareEntry(entry: AuditEntry): AuditEntry {
  const { chain, number, at, kind, principal, act, subject, reason, status, request } = entry;
  const { kind: who, id, name } = principal;
  return {
    ...{ chain, number, at, kind, principal: { kind: who, id, name } },
    ...{ act, subject, reason, status, request },
  };
}
