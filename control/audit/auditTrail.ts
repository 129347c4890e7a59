/** Where whoever does something, or shows data of a single person, has it written down. */
import type { AuditEntry } from '../../contracts/auditApi.ts';

/** An entry without what its place in a chain gives it. */
export type AuditFact = Omit<AuditEntry, 'chain' | 'number' | 'at'>;

export interface RecordOptions {
  /** Goes on trying when the caller is told that it failed: what has happened has to be written down. Off by default. */
  readonly persist?: boolean;
}

export interface AuditTrail {
  /**
   * Resolves when the entry is on the disk: only then may an answer go out, or what is told be done.
   *
   * @throws EngineError AUDIT_UNAVAILABLE
   */
  record(fact: AuditFact, options?: RecordOptions): Promise<void>;
}
