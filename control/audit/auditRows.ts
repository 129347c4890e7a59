/** Entries as rows of the table `audit`. */
import type { StoredAuditEntry } from '../../contracts/auditApi.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';

export function encodeEntries(entries: readonly StoredAuditEntry[]): Uint8Array {
  const writer = new ByteWriter();
  for (const { principal, ...entry } of entries) {
    writer.text(entry.chain);
    writer.int64(entry.number);
    writer.int64(entry.at);
    writer.text(entry.kind);
    writer.text(principal.kind);
    writer.text(principal.id);
    writer.text(principal.name);
    writer.text(entry.act);
    writer.text(entry.subject);
    writer.text(entry.reason);
    writer.uint16(entry.status);
    writer.text(entry.request);
    writer.text(entry.before);
    writer.text(entry.hash);
  }
  return writer.take();
}

/** What {@link entryOf} takes. */
export const entryColumns = `chain, number, toUnixTimestamp64Milli(at) AS at_ms, kind, principal_kind, principal_id,
  principal_name, act, subject, reason, status, request, before, hash`;

export interface EntryRow extends Omit<StoredAuditEntry, 'principal' | 'at'> {
  readonly at_ms: number;
  readonly principal_kind: StoredAuditEntry['principal']['kind'];
  readonly principal_id: string;
  readonly principal_name: string;
}

export function entryOf(row: EntryRow): StoredAuditEntry {
  const { at_ms, principal_kind, principal_id, principal_name, ...entry } = row;
  return {
    ...entry,
    at: at_ms,
    principal: { kind: principal_kind, id: principal_id, name: principal_name },
  };
}
