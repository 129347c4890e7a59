import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rememberTable, type TableMemory } from '../../api/queries/tableMemory.ts';
import type { Card } from '../../contracts/insight.ts';
import type { Store } from '../../contracts/store.ts';
import { readCard, readCards, writeCards } from '../../control/insights/cardRows.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';

import { cardOf } from '../support/fakeInsights.ts';
import { emptyTables } from '../support/watched.ts';

const now = Date.UTC(2026, 2, 2);
const { signal } = new AbortController();

let clickhouse: TestClickHouse;
let store: Store;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('remembered');
});
afterAll(() => clickhouse.close());

let asked: string[];
let memory: TableMemory;
let between: (() => Promise<void>) | undefined;
beforeEach(async () => {
  await emptyTables(store, ['insights']);
  asked = [];
  between = undefined;
  const counting: Pick<Store, 'query'> = {
    async query<Row>(...given: Parameters<Store['query']>) {
      const isMark = given[0].includes('cityHash64');
      asked.push(isMark ? 'mark' : 'rows');
      const rows = await store.query<Row>(...given);
      if (isMark) await between?.();
      return rows;
    },
  };
  memory = rememberTable(counting, 'insights');
});

const write = (part: Partial<Card> & Pick<Card, 'id'>) =>
  writeCards(store, [
    { card: cardOf(now, { changedAt: now, ...part }), actor: 'engine', sentence: '', note: '' },
  ]);
const states = async () =>
  (await readCards(memory.reader(signal))).map(({ id, state }) => `${id} ${state}`);

test('what is the same is not read again', async () => {
  await write({ id: 'a', revision: 1 });
  expect(await states()).toEqual(['a live']);
  expect(await states()).toEqual(['a live']);
  expect(asked).toEqual(['mark', 'rows', 'mark']);
  const reader = memory.reader(signal);
  await readCard(reader, 'a');
  await readCard(reader, 'b');
  await readCard(reader, 'a');
  expect(asked.slice(3)).toEqual(['mark', 'rows', 'rows']);
});

test('whatever is written is seen by the next question', async () => {
  expect(await states()).toEqual([]);
  await write({ id: 'a', revision: 1 });
  expect(await states()).toEqual(['a live']);
  await write({ id: 'a', revision: 2, state: 'done', changedAt: now });
  expect(await states()).toEqual(['a done']);
  await write({ id: 'b', revision: 1, changedAt: now - 1 });
  expect(await states()).toEqual(['a done', 'b live']);
  // The same revision once more.
  await write({ id: 'b', revision: 1, state: 'over', changedAt: now - 2 });
  await store.command('OPTIMIZE TABLE insights FINAL');
  const merged = await states();
  expect(merged).toEqual(
    await readCards(store).then((all) => all.map((c) => `${c.id} ${c.state}`)),
  );
});

test('what changes between the look and the reading is not missed', async () => {
  await write({ id: 'a', revision: 1 });
  between = async () => {
    between = undefined;
    await write({ id: 'a', revision: 2, state: 'done' });
  };
  expect(await states()).toEqual(['a done']);
  expect(await states()).toEqual(['a done']);
  between = async () => {
    between = undefined;
    await write({ id: 'a', revision: 3, state: 'over' });
  };
  // Answered as it was when the question came.
  expect(await states()).toEqual(['a done']);
  expect(await states()).toEqual(['a over']);
});

test('a question that fails or is left is not remembered', async () => {
  const failing = rememberTable(
    {
      query: async (sql) => {
        if (sql.includes('cityHash64')) return [];
        throw new Error('no answer');
      },
    },
    'insights',
  );
  for (let i = 0; i < 2; i += 1) {
    await expect(readCards(failing.reader(signal))).rejects.toThrow('no answer');
  }
  const left = AbortSignal.abort(new Error('left'));
  await expect(readCards(memory.reader(left))).rejects.toThrow('left');
});
