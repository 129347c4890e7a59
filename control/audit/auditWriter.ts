/**
 * Writes the audit log: one chain a process, many entries an insert, each on the disk before whoever waits for it goes on
 * (decision 26).
 *
 * What was once sent to ClickHouse under a number is never sent otherwise: when it is in doubt whether an insert has arrived, the
 * table is read, and what is not there is sent again as it was. So there are never two entries of one number.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredAuditEntry } from '../../contracts/auditApi.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';
import { beginEntry, chainStart, linkEntry } from './auditChain.ts';
import { encodeEntries } from './auditRows.ts';
import type { AuditFact, AuditTrail } from './auditTrail.ts';
import { unnamedHeads } from './chainHeads.ts';

export interface AuditWriterOptions {
  readonly store: Pick<Store, 'query' | 'insert'>;
  /** Told when entries cannot be written, and when they can again; a sentence each. */
  readonly say: (sentence: string) => void;
  readonly clock?: () => number;
  /** How long a caller waits, ms. */
  readonly patienceMs?: number;
  /** First pause after a failure, ms; doubled with each, up to 5 s. */
  readonly pauseMs?: number;
  /** Name of the chain. */
  readonly chain?: string;
}

export interface AuditWriter extends AuditTrail {
  /** The newest entry that is on the disk; undefined before the first. */
  head(): StoredAuditEntry | undefined;
  /** Waits, as long as a caller would, for what is not written yet. */
  close(): Promise<void>;
}

interface Waiting {
  readonly fact: AuditFact;
  readonly persist: boolean;
  settle(): void;
}

/** Entries of one insert. */
const batchMax = 1_000;
/** Entries that may wait: what comes beyond is refused, and so is what it is about. */
const waitingMax = 10_000;
const pauseMaxMs = 5_000;
const patienceMsDefault = 10_000;

/** Nothing is written before the first entry. */
export function createAuditWriter(options: AuditWriterOptions): AuditWriter {
  const { store, say, clock = Date.now, patienceMs = patienceMsDefault } = options;
  const { pauseMs = 200, chain = randomUUID() } = options;
  const waiting = new Set<Waiting>();
  /** Numbered, and sent at least once: not known to be on the disk. */
  let doubtful: { readonly entries: StoredAuditEntry[]; readonly of: Waiting[] } | undefined;
  let durable: StoredAuditEntry | undefined;
  let number = 0;
  let before = chainStart;
  let latestAt = 0;
  let working: Promise<void> | undefined;
  let closed = false;

  /** Gives the next entries their places. */
  async function take(): Promise<{ entries: StoredAuditEntry[]; of: Waiting[] }> {
    const heads = number === 0 ? await unnamedHeads(store) : [];
    const entries: StoredAuditEntry[] = [];
    const add = (entry: StoredAuditEntry) => {
      entries.push(entry);
      before = entry.hash;
      number += 1;
    };
    // Time does not go back within a chain, whatever the clock does.
    latestAt = Math.max(latestAt, Math.trunc(clock()));
    if (number === 0) add(linkEntry(before, beginEntry(chain, latestAt, heads)));
    const of = [...waiting].slice(0, batchMax);
    for (const each of of) {
      waiting.delete(each);
      add(linkEntry(before, { ...each.fact, chain, number, at: latestAt }));
    }
    return { entries, of };
  }

  async function isStored(entries: readonly StoredAuditEntry[]): Promise<boolean> {
    const rows = await store.query<{ hash: string }>(
      'SELECT DISTINCT hash FROM audit WHERE chain = {chain:String} AND number >= {from:UInt64}',
      { chain, from: entries[0]!.number },
    );
    const stored = new Set(rows.map(({ hash }) => hash));
    return entries.every(({ hash }) => stored.has(hash));
  }

  /** One insert, which appears whole or not at all. */
  async function writeSome(): Promise<void> {
    if (doubtful === undefined) {
      doubtful = await take();
      await store.insert('audit', encodeEntries(doubtful.entries));
    } else if (!(await isStored(doubtful.entries))) {
      await store.insert('audit', encodeEntries(doubtful.entries));
    }
    durable = doubtful.entries.at(-1);
    for (const each of doubtful.of) each.settle();
    doubtful = undefined;
  }

  async function work(): Promise<void> {
    let failures = 0;
    while (waiting.size > 0 || doubtful !== undefined) {
      try {
        await writeSome();
        if (failures > 0) say('The audit log is written again.');
        failures = 0;
      } catch (error) {
        if (failures === 0) say(`The audit log cannot be written: ${String(error)}`);
        failures += 1;
        if (closed) return;
        await sleep(Math.min(pauseMaxMs, pauseMs * 2 ** (failures - 1)), undefined, { ref: false });
      }
    }
  }

  function begin(): void {
    working ??= Promise.resolve()
      .then(work)
      .finally(() => {
        working = undefined;
        if (waiting.size > 0 && !closed) begin();
      });
  }

  return {
    record(fact, { persist = false } = {}) {
      if (waiting.size >= waitingMax) {
        return Promise.reject(unavailable('too many entries wait for that already'));
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          if (!persist) waiting.delete(entry);
          reject(unavailable('ClickHouse did not take it in time'));
        }, patienceMs);
        const entry: Waiting = {
          ...{ fact, persist },
          settle() {
            clearTimeout(timer);
            resolve();
          },
        };
        waiting.add(entry);
        begin();
      });
    },
    head: () => durable,
    async close() {
      const patience = new AbortController();
      const { signal } = patience;
      await Promise.race([
        working,
        sleep(patienceMs, undefined, { signal }).catch(() => undefined),
      ]);
      patience.abort();
      closed = true;
    },
  };
}

function unavailable(why: string): EngineError {
  return new EngineError('AUDIT_UNAVAILABLE', `The audit log cannot be written: ${why}.`);
}
