/** The tables of accounts, keys and sessions in memory, as far as they are asked. Several books may have one store: processes. */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { Store } from '../../contracts/store.ts';
import type { AccountRow } from '../../control/access/accountRows.ts';
import type { KeyRow } from '../../control/access/keyRows.ts';
import type { SessionRow } from '../../control/access/sessionRows.ts';

type Stored<Row, Json extends keyof Row> = Omit<Row, Json> & Record<Json, string>;

export interface MemoryAccess extends Store {
  readonly accounts: Stored<AccountRow, 'account'>[];
  readonly keys: Stored<KeyRow, 'key'>[];
  readonly sessions: (SessionRow & { readonly revision: number })[];
  readonly uses: { readonly id: string; readonly at: number }[];
  /** Runs before each insert: it may wait, or throw. */
  beforeInsert: (table: string) => Promise<void>;
}

export function memoryAccess(): MemoryAccess {
  const memory: MemoryAccess = {
    ...{ accounts: [], keys: [], sessions: [], uses: [] },
    beforeInsert: async () => {},
    async query<Row>(sql: string): Promise<Row[]> {
      return read(memory, sql) as Row[];
    },
    async insert(table, bytes) {
      const given = Uint8Array.from(bytes);
      await memory.beforeInsert(table);
      insert(memory, table, new ByteReader(given));
    },
    readBinary: async () => new Uint8Array(),
    barrier: async () => {},
    command: async () => {},
  };
  return memory;
}

function read({ accounts, keys, sessions, uses }: MemoryAccess, sql: string): unknown[] {
  if (sql.includes('UNION ALL')) return []; // nothing is known: all is read each time
  if (sql.includes('FROM accounts')) return accounts.toSorted(byWriteId);
  if (sql.includes('FROM api_keys')) {
    return keys.toSorted((a, b) =>
      a.id === b.id ? a.revision - b.revision : a.id < b.id ? -1 : 1,
    );
  }
  if (sql.includes('FROM api_key_uses')) return uses;
  if (!sql.includes('FROM sessions')) throw new TypeError(`unknown question: ${sql}`);
  const newest = new Map<string, MemoryAccess['sessions'][number]>();
  for (const row of sessions) {
    if ((newest.get(row.id)?.revision ?? -1) < row.revision) newest.set(row.id, row);
  }
  return [...newest.values()];
}

function insert(memory: MemoryAccess, table: string, reader: ByteReader): void {
  while (!reader.isAtEnd) {
    if (table === 'accounts') {
      memory.accounts.push({
        ...{ id: reader.text(), revision: reader.uint32(), writeId: reader.text() },
        ...{ at: reader.int64(), actor: reader.text(), by: reader.text() },
        ...{ reason: reader.text(), account: reader.text() },
      });
    } else if (table === 'api_keys') {
      memory.keys.push({
        ...{ id: reader.text(), revision: reader.uint32(), writeId: reader.text() },
        ...{ at: reader.int64(), actor: reader.text(), reason: reader.text() },
        ...{ hash: reader.text(), key: reader.text() },
      });
    } else if (table === 'api_key_uses') {
      memory.uses.push({ id: reader.text(), at: reader.int64() });
    } else if (table === 'sessions') {
      const row = {
        ...{ id: reader.text(), revision: reader.int64(), account: reader.text() },
        ...{ generation: reader.uint32(), madeAt: reader.int64(), expiresAt: reader.int64() },
        seenAt: reader.int64(),
        endedAt: reader.uint8() === 1 ? null : reader.int64(),
      };
      reader.int64();
      const [address, browser, system] = [reader.text(), reader.text(), reader.text()];
      memory.sessions.push({ ...row, address, browser, system });
    } else throw new TypeError(`unknown table: ${table}`);
  }
}

function byWriteId(a: { writeId: string }, b: { writeId: string }): number {
  return a.writeId < b.writeId ? -1 : Number(a.writeId > b.writeId);
}
