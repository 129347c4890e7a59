/** The audit log in ClickHouse: what is written is read and checked; what is changed in the table is found. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AuditQuery, type StoredAuditEntry } from '../../../contracts/auditApi.ts';
import { headsNamedBy } from '../../../control/audit/auditChain.ts';
import { createAuditDesk } from '../../../control/audit/auditDesk.ts';
import { encodeEntries } from '../../../control/audit/auditRows.ts';
import type { AuditFact } from '../../../control/audit/auditTrail.ts';
import { createAuditWriter } from '../../../control/audit/auditWriter.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { chainOf, factOf } from '../../support/auditEntries.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';

let clickhouse: TestClickHouse;
let store: ClickHouseStore;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('audited');
});
beforeEach(() => store.command('TRUNCATE TABLE audit'));
afterAll(() => clickhouse.close());

/** A serving process. @param clock hours since 1970 */
function openProcess(chain: string, hours: number) {
  const clock = () => hours * 3_600_000;
  const writer = createAuditWriter({ store, say: () => {}, chain, clock });
  return { writer, desk: createAuditDesk({ store, writer, clock }) };
}

/** What the last process wrote, and a desk of one that comes after it. */
async function written() {
  const old = openProcess('old', 1);
  for (let i = 0; i < 5; i += 1) {
    await old.writer.record(factOf({ request: `r-${i}`, subject: `s-${i % 2}` }));
  }
  await old.writer.close();
  const present = openProcess('new', 2);
  const view: Partial<AuditFact> = { kind: 'view', subject: 'Zoë', reason: '' };
  await present.writer.record(
    factOf({ ...view, principal: { kind: 'key', id: 'k', name: '"Bö"\n' } }),
  );
  await present.writer.record(factOf({ request: 'last', status: 0 }));
  return present.desk;
}

async function everything(entries: AsyncIterable<StoredAuditEntry>) {
  const all: StoredAuditEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

describe('what was written', () => {
  test('is read in pages, the newest first, each entry once', async () => {
    const desk = await written();
    const pages: StoredAuditEntry[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await desk.read(AuditQuery.parse({ limit: 2, after }));
      pages.push(...page.entries);
      if (page.next === null) break;
      after = page.next;
      expect(desk.isCursor(after)).toBe(true);
    }
    expect(pages.map(({ chain, number }) => `${chain} ${number}`)).toEqual([
      ...['new 2', 'new 1', 'new 0'],
      ...['old 5', 'old 4', 'old 3', 'old 2', 'old 1', 'old 0'],
    ]);
    expect(pages[1]).toMatchObject({
      ...{ kind: 'view', subject: 'Zoë', at: 7_200_000 },
      principal: { kind: 'key', id: 'k', name: '"Bö"\n' },
    });
  });

  test.each<[Record<string, unknown>, readonly string[]]>([
    [{ kind: 'view' }, ['new 1']],
    [{ who: '"Bö"\n' }, ['new 1']],
    [{ who: 'Ada', subject: 's-1' }, ['old 4', 'old 2']],
    [{ from: 7_200_000, kind: 'action' }, ['new 2', 'new 0']],
    [{ to: 7_200_000, who: 'engine' }, ['old 0']],
    [{ subject: "' OR 1" }, []],
  ])('is filtered by %o', async (conditions, expected) => {
    const desk = await written();
    const { entries, next } = await desk.read(AuditQuery.parse(conditions));
    expect(entries.map(({ chain, number }) => `${chain} ${number}`)).toEqual(expected);
    expect(next).toBeNull();
  });

  test('is exported with the first entries before the others, and ties the chains together', async () => {
    const desk = await written();
    const all = await everything(desk.exported({}));
    expect(all.map(({ chain, number }) => `${chain} ${number}`)).toEqual([
      ...['new 0', 'old 0', 'new 1', 'new 2', 'old 1', 'old 2', 'old 3', 'old 4', 'old 5'],
    ]);
    const last = all.at(-1)!;
    expect(headsNamedBy(all[0]!)).toEqual([{ chain: 'old', number: 5, hash: last.hash }]);
    expect(headsNamedBy(all[1]!)).toEqual([]);
  });

  test('a head that a chain has named is not named again', async () => {
    await written();
    for (const [chain, hours] of [
      ['third', 3],
      ['fourth', 4],
    ] as const) {
      const { writer } = openProcess(chain, hours);
      await writer.record(factOf());
    }
    const { desk } = openProcess('fifth', 5);
    const firsts = (await everything(desk.exported({}))).filter(({ number }) => number === 0);
    const named = firsts.map((each) => [each.chain, headsNamedBy(each).map(({ chain }) => chain)]);
    expect(Object.fromEntries(named)).toEqual({
      ...{ old: [], new: ['old'], third: ['new'], fourth: ['third'] },
    });
    expect(await desk.check()).toMatchObject({ entries: 13, chains: 4, broken: [] });
  });
});

describe('a check', () => {
  test('finds a whole log whole, and an entry that stands there twice as one', async () => {
    const desk = await written();
    await store.command("INSERT INTO audit SELECT * FROM audit WHERE chain = 'old' AND number = 3");
    expect(await desk.check()).toMatchObject({
      ...{ entries: 9, chains: 2, broken: [] },
      heads: expect.stringMatching(/^7140000-6-[\da-f]{64}$/) as string,
    });
  });

  test.each([
    [
      'a reason that was changed',
      "UPDATE reason = 'x' WHERE chain = 'old' AND number = 2",
      'old',
      2,
    ],
    [
      'a status that was changed',
      "UPDATE status = 403 WHERE chain = 'new' AND number = 1",
      'new',
      1,
    ],
    ['an entry that was removed', "DELETE WHERE chain = 'old' AND number = 4", 'old', 4],
    ['the first entry removed', "DELETE WHERE chain = 'old' AND number = 0", 'old', 0],
    ['the end of an old chain cut off', "DELETE WHERE chain = 'old' AND number >= 4", 'old', 4],
    ['an old chain removed', "DELETE WHERE chain = 'old'", 'old', 0],
    ['the end of its own chain cut off', "DELETE WHERE chain = 'new' AND number = 2", 'new', 2],
  ])('finds %s', async (_, change, chain, number) => {
    const desk = await written();
    await store.command(`ALTER TABLE audit ${change} SETTINGS mutations_sync = 1`);
    expect((await desk.check()).broken).toMatchObject([{ chain, number }]);
  });

  test('finds a second entry of a number, also behind merges of the table', async () => {
    const desk = await written();
    await store.command(
      "INSERT INTO audit SELECT * REPLACE ('other' AS reason, hex(hash) AS hash) FROM audit WHERE chain = 'old' AND number = 2",
    );
    await store.command('OPTIMIZE TABLE audit FINAL');
    expect((await desk.check()).broken).toMatchObject([{ chain: 'old', number: 2 }]);
  });

  test('goes through many entries in many statements', async () => {
    const chains = ['a', 'b', 'c'].map((chain, i) => chainOf(chain, [7_001, 2_000, 1][i]!));
    for (const chain of chains) await store.insert('audit', encodeEntries(chain));
    const { desk } = openProcess('present', 1_000);
    expect(await desk.check()).toMatchObject({ entries: 9_002, chains: 3, broken: [] });
    const all = await everything(desk.exported({}));
    expect(all.filter(({ chain }) => chain === 'a').map(({ number }) => number)).toEqual(
      Array.from({ length: 7_001 }, (_, i) => i),
    );
  });
});
