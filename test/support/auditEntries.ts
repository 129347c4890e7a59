/** Entries of an audit log, linked as the engine links them. */
import type { StoredAuditEntry } from '../../contracts/auditApi.ts';
import {
  beginEntry,
  type ChainHead,
  chainStart,
  linkEntry,
} from '../../control/audit/auditChain.ts';
import type { AuditFact } from '../../control/audit/auditTrail.ts';

export function factOf(given: Partial<AuditFact> = {}): AuditFact {
  return {
    ...{ kind: 'action', principal: { kind: 'person', id: 'p1', name: 'Ada' } },
    ...{ act: 'POST /v1/experiments/:key/start', subject: 'hints', reason: 'it is time' },
    ...{ status: 200, request: 'r-1' },
    ...given,
  };
}

/** A whole chain. @param from time of its first entry; a second lies between two */
export function chainOf(
  chain: string,
  length: number,
  from = 1_000,
  heads: readonly ChainHead[] = [],
): StoredAuditEntry[] {
  const entries = [linkEntry(chainStart, beginEntry(chain, from, heads))];
  for (let number = 1; number < length; number += 1) {
    const fact = factOf({ request: `r-${number}`, subject: `user ${number}` });
    const entry = { ...fact, chain, number, at: from + 1_000 * number };
    entries.push(linkEntry(entries.at(-1)!.hash, entry));
  }
  return entries;
}
