/** A book of definitions on a table in memory: what it reads, whose revision counts, and that all processes agree on it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import type { Store } from '../../../contracts/store.ts';
import { readHeads, writeDefinition } from '../../../control/definitions/definitionRows.ts';
import { memoryDefinitions } from '../../support/memoryDefinitions.ts';
import { makeRule, openRules } from '../../support/rules.ts';

const by = { actor: 'ada', reason: 'to learn' };
const now = Date.UTC(2026, 0, 15, 10);

function open(store: Store, clock = () => now) {
  const said: string[] = [];
  const read: string[] = [];
  const book = openRules(
    store,
    (sentence) => said.push(sentence),
    clock,
    ({ head, record }) => read.push(`${head.key}@${head.revision} ${record.text}`),
  );
  return { book, said, read, look: async () => book.look(await readHeads(store)) };
}

test('reads what is newer, of its own kind, and says what became of it', async () => {
  const store = memoryDefinitions();
  const one = open(store);
  const two = open(store);
  const definition = JSON.stringify(makeRule(1));
  const row = { key: 'late', revision: 1, writeId: '0', at: now, ...by, definition };
  await writeDefinition(store, { ...row, kind: 'other' });
  expect(await one.book.write('late', 1, makeRule(1, 'a', 'draft'), by)).toBe(true);
  expect(await one.book.write('early', 1, makeRule(1), by)).toBe(true);
  expect(await one.book.write('late', 2, makeRule(2, 'b', 'stopped'), by)).toBe(true);
  expect(one.read).toEqual(['late@1 a', 'early@1 a', 'late@2 b']);
  expect(two.book.all()).toEqual([]);
  await two.look();
  await two.look();
  expect(two.read).toEqual(['early@1 a', 'late@2 b']);
  expect(two.book.all().map(({ head }) => head.key)).toEqual(['early', 'late']);
  expect(two.book.get('late')).toEqual({
    record: makeRule(2, 'b', 'stopped'),
    at: now,
    endedAt: now,
    head: { kind: 'rule', key: 'late', revision: 2, writeId: expect.stringMatching(/^0\d{14}-/) },
    changes: [
      { revision: 1, at: now, ...by, change: 'Created' },
      { revision: 2, at: now, ...by, change: 'a → b' },
    ],
  });
  expect([...one.said, ...two.said]).toEqual([]);
});

test('of two that write one revision only the first is told that it counts', async () => {
  const store = memoryDefinitions();
  const one = open(store);
  const two = open(store, () => now + 1);
  expect(await one.book.write('rule', 1, makeRule(1, 'first'), by)).toBe(true);
  expect(await two.book.write('rule', 1, makeRule(1, 'second'), by)).toBe(false);
  expect(two.book.get('rule')!.record.text).toBe('first');
  // What is over has been over since then, whatever becomes of it.
  await two.book.write('rule', 2, makeRule(2, 'first', 'stopped'), by);
  const later = open(store, () => now + 9);
  await later.look();
  await later.book.write('rule', 3, makeRule(3, 'first', 'stopped'), by);
  expect(later.book.get('rule')).toMatchObject({ at: now + 9, endedAt: now + 1 });
});

test('a revision that cannot be read keeps its number, and what stood before it holds', async () => {
  const store = memoryDefinitions();
  const { book, said, look } = open(store);
  await book.write('rule', 1, makeRule(1), by);
  const row = { kind: 'rule', key: 'rule', writeId: '0', at: now, ...by };
  await writeDefinition(store, { ...row, revision: 2, definition: '{"of":"later"}' });
  await look();
  expect(said).toEqual(['Revision 2 of the rule rule cannot be read and is passed over.']);
  expect(book.get('rule')).toMatchObject({ record: makeRule(1), head: { revision: 2 } });
  expect(book.get('rule')!.changes[1]!.change).toBe('A definition that this version cannot read');
  await book.write('rule', 3, makeRule(3, 'c'), by);
  expect(book.get('rule')!.changes[2]!.change).toBe('a → c');
});

test('a write whose answer is lost counts when its row is there, and is told when it is not', async () => {
  const store = memoryDefinitions();
  let loses: 'answer' | 'rows' | 'sense' = 'answer';
  const { book } = open({
    ...store,
    async insert(table, rows) {
      if (loses === 'sense') throw new TypeError('a mistake of ours');
      if (loses === 'answer') await store.insert(table, rows);
      throw new EngineError('SINK_UNAVAILABLE', 'timeout');
    },
  });
  expect(await book.write('rule', 1, makeRule(1), by)).toBe(true);
  loses = 'rows';
  await expect(book.write('rule', 2, makeRule(2), by)).rejects.toThrow('timeout');
  loses = 'sense';
  await expect(book.write('rule', 2, makeRule(2), by)).rejects.toThrow(TypeError);
  expect(book.get('rule')!.head.revision).toBe(1);
});

// Several processes write revisions of one key; their reads and inserts come in any order, and their clocks differ.
test('whoever writes when, all processes come to know the same revisions, each made by one of them', async () => {
  const writes = fc.array(fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }), {
    minLength: 2,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), writes, async (scheduler, plans) => {
      const table = memoryDefinitions();
      const store: Store = {
        ...table,
        insert: scheduler.scheduleFunction(table.insert),
        query: scheduler.scheduleFunction(table.query) as Store['query'],
      };
      const processes = plans.map((_, i) => open(store, () => now - i));
      let done = 0;
      const work = plans.map(async (texts, i) => {
        const { book, look } = processes[i]!;
        for (const text of texts) {
          await look();
          const revision = (book.get('rule')?.head.revision ?? 0) + 1;
          if (
            await book.write('rule', revision, makeRule(revision, text), { ...by, actor: `${i}` })
          )
            done += 1;
        }
      });
      await scheduler.waitFor(Promise.all(work));
      await scheduler.waitFor(Promise.all(processes.map(({ look }) => look())));
      const [first, ...others] = processes.map(({ book }) => book.get('rule'));
      for (const other of others) expect(other).toEqual(first);
      const revisions = first?.changes.map(({ revision }) => revision) ?? [];
      expect(revisions).toEqual(revisions.map((_, i) => i + 1));
      // None is lost unseen: who was not told that another was first is on record, or was overtaken by an earlier clock.
      expect(revisions.length).toBeLessThanOrEqual(done);
    }),
    { numRuns: 100 },
  );
});
