/** The audit log as the routes ask for it. */
import type {
  AuditAnswer,
  AuditCheck,
  AuditQuery,
  StoredAuditEntry,
} from '../../contracts/auditApi.ts';
import type { Store } from '../../contracts/store.ts';
import type { AuditTrail } from './auditTrail.ts';
import type { AuditWriter } from './auditWriter.ts';
import { createChainCheck } from './chainCheck.ts';
import { isAuditCursor, readAudit, readWholeAudit } from './readAudit.ts';

export interface AuditDesk {
  readonly trail: AuditTrail;
  isCursor(text: string): boolean;
  /** @throws EngineError SINK_UNAVAILABLE */
  read(query: AuditQuery): Promise<AuditAnswer>;
  /** @throws EngineError SINK_UNAVAILABLE */
  exported(
    conditions: Omit<AuditQuery, 'limit' | 'after'>,
    signal?: AbortSignal,
  ): AsyncIterable<StoredAuditEntry>;
  /** Of those who ask at the same time there is one check. @throws EngineError SINK_UNAVAILABLE */
  check(): Promise<AuditCheck>;
}

/** Entries of other processes are on the disk by then, ms after their time. */
export const settleMs = 60_000;

export interface AuditDeskOptions {
  readonly store: Pick<Store, 'query' | 'command'>;
  readonly writer: AuditTrail & Pick<AuditWriter, 'head'>;
  /** Under which name a user is known inside; by default the id. */
  readonly pseudonymOf?: (user: string) => string;
  readonly clock?: () => number;
}

export function createAuditDesk({
  store,
  writer,
  pseudonymOf = (user) => user,
  clock = Date.now,
}: AuditDeskOptions): AuditDesk {
  /** A subject may be a user, who stands in the log under the pseudonym. */
  const named = ({ subject }: { readonly subject?: string | undefined }) =>
    subject ? { pseudonym: pseudonymOf(subject) } : {};

  let checking: Promise<AuditCheck> | undefined;

  /**
   * Chains grow while they are read. Up to now each is read whole: what a chain names was on the disk when it began.
   */
  const endOf = (head: StoredAuditEntry | undefined) => Math.max(clock(), head?.at ?? 0) + 1;

  async function check(): Promise<AuditCheck> {
    const head = writer.head();
    const to = endOf(head);
    await haveAllParts(store);
    const found = createChainCheck({
      instant: clock() - settleMs,
      remembered: head === undefined ? [] : [head],
    });
    for await (const entry of readWholeAudit(store, { to })) found.take(entry);
    const { difference: _, ...answer } = found.read();
    return answer;
  }

  return {
    trail: writer,
    isCursor: isAuditCursor,
    read: (query) => readAudit(store, { ...query, ...named(query) }),
    exported({ to = Infinity, ...conditions }, signal) {
      const end = Math.min(to, endOf(writer.head()));
      return readWholeAudit(store, { ...conditions, ...named(conditions), to: end }, signal);
    },
    check() {
      checking ??= check().finally(() => {
        checking = undefined;
      });
      return checking;
    },
  };
}

/** Replicas fetch parts in any order: one that lags would lack entries in the middle of a chain. */
async function haveAllParts(store: Pick<Store, 'query' | 'command'>): Promise<void> {
  const [table] = await store.query<{ engine: string }>(
    "SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = 'audit'",
  );
  if (table?.engine.startsWith('Replicated') !== true) return;
  await store.command('SYSTEM SYNC REPLICA audit LIGHTWEIGHT');
}
