/** The writer: entries are durable before anybody goes on, in few inserts, and each number has one entry whatever fails. */
import { describe, expect, test } from 'vitest';
import type { StoredAuditEntry } from '../../../contracts/auditApi.ts';
import { ByteReader } from '../../../contracts/byteReader.ts';
import type { Store } from '../../../contracts/store.ts';
import { type AuditWriterOptions, createAuditWriter } from '../../../control/audit/auditWriter.ts';
import { createChainCheck } from '../../../control/audit/chainCheck.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { factOf } from '../../support/auditEntries.ts';
import { eventually } from '../../support/eventually.ts';

type Fate = 'taken' | 'refused' | 'lost answer' | 'lands late';

/** The table in memory: what becomes of each insert is told by `fateOf`. */
function memoryAudit(fateOf: () => Fate = () => 'taken') {
  const rows: StoredAuditEntry[] = [];
  const late: StoredAuditEntry[][] = [];
  let inserts = 0;
  let away = false;
  const store: Pick<Store, 'query' | 'insert'> = {
    async query<Row>(sql: string, { chain, from }: Readonly<Record<string, unknown>> = {}) {
      if (away) throw new Error('away');
      if (!sql.includes('SELECT DISTINCT hash')) return [];
      return rows.filter((row) => row.chain === chain && row.number >= Number(from)) as Row[];
    },
    async insert(table, bytes) {
      expect(table).toBe('audit');
      inserts += 1;
      if (away) throw new Error('away');
      const entries = entriesOf(bytes);
      const fate = fateOf();
      if (fate === 'taken' || fate === 'lost answer') rows.push(...entries);
      if (fate === 'lands late') late.push(entries);
      if (fate !== 'taken') throw new Error(fate);
    },
  };
  return {
    ...{ store, rows },
    inserts: () => inserts,
    goAway: (is: boolean) => {
      away = is;
    },
    /** What was under way comes to the table after all. */
    land: () => rows.push(...late.splice(0).flat()),
  };
}

function entriesOf(bytes: Uint8Array): StoredAuditEntry[] {
  const reader = new ByteReader(bytes);
  const entries: StoredAuditEntry[] = [];
  while (!reader.isAtEnd) {
    const [chain, number, at, kind] = [
      ...[reader.text(), reader.int64(), reader.int64(), reader.text()],
    ] as [string, number, number, 'action'];
    const [who, id, name] = [reader.text(), reader.text(), reader.text()];
    const [act, subject, reason] = [reader.text(), reader.text(), reader.text()];
    const [status, request] = [reader.uint16(), reader.text()];
    entries.push({
      ...{ chain, number, at, kind, principal: { kind: who as 'person', id: id!, name: name! } },
      ...{ act: act!, subject: subject!, reason: reason!, status, request },
      ...{ before: reader.text(), hash: reader.text() },
    });
  }
  return entries;
}

function openWriter(store: AuditWriterOptions['store'], options: Partial<AuditWriterOptions> = {}) {
  const said: string[] = [];
  const say = (sentence: string) => said.push(sentence);
  return { said, writer: createAuditWriter({ store, say, pauseMs: 1, ...options }) };
}

function checked(rows: readonly StoredAuditEntry[]) {
  const check = createChainCheck({ instant: Number.MAX_SAFE_INTEGER });
  for (const row of rows.toSorted((a, b) => a.number - b.number)) check.take(row);
  return check.read();
}

test('many who record at once share an insert, in the order in which they came', async () => {
  const { store, rows, inserts } = memoryAudit();
  const { writer } = openWriter(store);
  expect(writer.head()).toBeUndefined();
  await Promise.all(
    Array.from({ length: 500 }, (_, i) => writer.record(factOf({ request: `r-${i}` }))),
  );
  expect(inserts()).toBe(1);
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 501 }, (_, i) => i));
  expect(rows.slice(1).map(({ request }) => request)).toEqual(
    Array.from({ length: 500 }, (_, i) => `r-${i}`),
  );
  expect(writer.head()).toEqual(rows.at(-1));
  expect(checked(rows)).toMatchObject({ entries: 501, broken: [] });
});

test('nobody goes on before the entry is in the table', async () => {
  const { store, rows, goAway } = memoryAudit();
  const { writer, said } = openWriter(store);
  goAway(true);
  let isRecorded = false;
  const recorded = writer.record(factOf()).then(() => {
    isRecorded = true;
  });
  await eventually(() => expect(said).toHaveLength(1));
  expect([isRecorded, rows]).toEqual([false, []]);
  goAway(false);
  await recorded;
  expect(rows).toHaveLength(2);
  expect(said).toEqual([
    'The audit log cannot be written: Error: away',
    'The audit log is written again.',
  ]);
});

// Each insert fares as the dice say; one that is in doubt may land at any time later.
test.each([1, 2, 3, 4, 5])(
  'there are never two entries of a number, whatever fails (seed %i)',
  async (seed) => {
    const random = randomState(seed);
    const fates = ['taken', 'refused', 'lost answer', 'lands late'] as const;
    const { store, rows, land } = memoryAudit(() => fates[Math.floor(4 * uniform(random))]!);
    const { writer } = openWriter(store);
    const recorded: Promise<void>[] = [];
    for (let i = 0; i < 60; i += 1) {
      recorded.push(writer.record(factOf({ request: `r-${i}` })));
      if (uniform(random) < 0.5) await recorded.at(-1);
      if (uniform(random) < 0.3) land();
    }
    await Promise.all(recorded);
    land();
    const byNumber = new Map<number, Set<string>>();
    for (const { number, hash } of rows) {
      byNumber.set(number, (byNumber.get(number) ?? new Set()).add(hash));
    }
    expect([...byNumber.values()].every((hashes) => hashes.size === 1)).toBe(true);
    expect(checked(rows)).toMatchObject({ entries: 61, broken: [] });
    const once = new Set(rows.map(({ request }) => request));
    expect(once.size).toBe(61);
  },
);

describe('when it cannot be written', () => {
  test('a caller is told in time, and what was not done is not written later', async () => {
    const { store, rows, goAway } = memoryAudit();
    const { writer } = openWriter(store, { patienceMs: 30 });
    goAway(true);
    const refused = { code: 'AUDIT_UNAVAILABLE' };
    await expect(writer.record(factOf({ request: 'gone' }))).rejects.toMatchObject(refused);
    const kept = writer.record(factOf({ request: 'kept' }), { persist: true });
    await expect(kept).rejects.toMatchObject(refused);
    goAway(false);
    await writer.record(factOf({ request: 'later' }));
    expect(rows.map(({ request }) => request)).toEqual(['', 'kept', 'later']);
    expect(checked(rows)).toMatchObject({ broken: [] });
  });

  test('it does not wait for ever to close', async () => {
    const { store, goAway } = memoryAudit();
    const { writer } = openWriter(store, { patienceMs: 30 });
    goAway(true);
    const recorded = writer.record(factOf()).catch(() => 'refused');
    await writer.close();
    expect(await recorded).toBe('refused');
  });
});

test('closing waits for what is under way', async () => {
  const { store, rows } = memoryAudit();
  const { writer } = openWriter(store);
  const recorded = writer.record(factOf());
  await writer.close();
  expect(rows).toHaveLength(2);
  await recorded;
});

test('time does not go back within a chain', async () => {
  const { store, rows } = memoryAudit();
  const times = [5_000, 3_000.7, 9_000.2];
  const { writer } = openWriter(store, { clock: () => times.shift()! });
  for (let i = 0; i < 3; i += 1) await writer.record(factOf());
  expect(rows.map(({ at }) => at)).toEqual([5_000, 5_000, 5_000, 9_000]);
});
