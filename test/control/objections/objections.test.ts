/** Objections on a real ClickHouse: told, known to all who serve, listed, taken back; and what fails on the way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createObjectionDesk } from '../../../api/objectionDesk.ts';
import { EngineError } from '../../../contracts/errors.ts';
import type { Store } from '../../../contracts/store.ts';
import { createObjectionBook } from '../../../control/objections/objectionBook.ts';
import { readObjectors } from '../../../control/objections/objectionRows.ts';
import { insertingStore } from '../../../pipelines/insertingStore.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';

const by = { actor: 'dean', reason: 'asked by letter' };
const decoder = new TextDecoder();

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

interface Parts {
  readonly store: Store;
  readonly log?: object[];
  readonly now?: () => number;
  /** Of an append to the log. */
  readonly fails?: () => boolean;
}

/** A process: what it knows is its own, the store and the log are everybody's. */
function processOf({ store, log = [], now = () => 1_000, fails = () => false }: Parts) {
  const book = createObjectionBook({ store, say: () => {}, pollMs: 1_000_000 });
  const desk = createObjectionDesk({
    ...{ store, book, partitions: 4, clock: now, patienceMs: 0 },
    async append(slices) {
      if (fails()) throw new EngineError('LOG_UNAVAILABLE', 'the log is away');
      for (const { bytes, ends } of slices) {
        let start = 0;
        for (const end of ends) {
          log.push(JSON.parse(decoder.decode(bytes.subarray(start, end))));
          start = end;
        }
      }
    },
  });
  return { book, desk };
}

test('whoever is told knows at once, and the others at their next look', async () => {
  const store = await clickhouse.database('objections_told');
  const log: object[] = [];
  const [here, there] = [processOf({ store, log }), processOf({ store, log })];
  await there.book.refresh();
  const receipt = await here.desk.change('ada', ['training', 'experiments', 'training'], by);
  expect(receipt).toMatchObject({
    ...{ user: 'ada', at: 1_000, to: ['experiments', 'training'], before: [], isHeard: null },
    removed: [],
  });
  expect(log).toEqual([
    {
      ...{ id: receipt.record, type: 'millrace.objection', time: 1_000, user: 'ada' },
      context: { objects: true, to: ['experiments', 'training'] },
    },
  ]);
  expect(here.desk.objects('ada', 'experiments')).toBe(true);
  expect(here.desk.objects('ada', 'personalization')).toBe(false);
  expect(there.desk.objects('ada', 'experiments')).toBe(false);
  await there.book.refresh();
  expect(there.desk.objects('ada', 'experiments')).toBe(true);
  expect(await readObjectors(store, 'training')).toEqual(new Set(['ada']));
  expect(await there.desk.read('ada')).toEqual({
    ...{ user: 'ada', to: ['experiments', 'training'], since: 1_000 },
    ...by,
  });
  expect(await there.desk.read('bob')).toEqual({
    ...{ user: 'bob', to: [], since: null, actor: '', reason: '' },
  });
  // By a process whose clock is behind: of two the later that was told holds all the same.
  const late = processOf({ store, log, now: () => 10 });
  await late.book.refresh();
  const back = await late.desk.change('ada', [], by);
  expect(back).toMatchObject({ at: 1_001, to: [], before: ['experiments', 'training'] });
  expect(log.at(-1)).toMatchObject({ time: 1_001, context: { objects: false, to: [] } });
  await here.book.refresh();
  expect([here, there, late].map(({ book }) => book.size)).toEqual([0, 1, 0]);
  expect(here.desk.objects('ada', 'training')).toBe(false);
  expect(await readObjectors(store, 'training')).toEqual(new Set());
});

test('a restarted process knows all of them', async () => {
  const store = await clickhouse.database('objections_restart');
  const { desk } = processOf({ store });
  await desk.change('ada', ['personalization'], by);
  await desk.change('bob', ['personalization'], by);
  await desk.change('bob', [], by);
  const { book } = processOf({ store });
  await book.refresh();
  expect(book.size).toBe(1);
  expect(book.objects('ada', 'personalization')).toBe(true);
  expect(book.objects('bob', 'personalization')).toBe(false);
});

test('a list is judged one by one, each person once, in one append; and read page by page', async () => {
  const store = await clickhouse.database('objections_list');
  const log: object[] = [];
  const { desk } = processOf({ store, log });
  const many = Array.from({ length: 2_500 }, (_, i) => ({ user: `u${10_000 + i}` }));
  const answer = await desk.changeAll(
    [
      ...many,
      { user: 'u10000', to: ['training'] },
      { user: '' },
      'ada',
      { user: 'zoe', to: ['cookies'] },
      { user: 'zoe', to: [] },
      { user: 'zoe', because: 'no' },
    ],
    by,
  );
  expect(answer).toMatchObject({ taken: 2_501, refused: 5 });
  expect(answer.objections[0]).toMatchObject({ user: 'u10000', to: ['training'] });
  expect(answer.objections.slice(-5)).toEqual(
    ['user', 'expected', 'to.0', 'to', 'because'].map((at) => ({
      code: 'REQUEST_INVALID',
      problem: expect.stringContaining(at),
    })),
  );
  expect(log).toHaveLength(2_500);
  const users: string[] = [];
  let after: string | undefined;
  do {
    const page = await desk.list({ limit: 1_000, after });
    expect(page.total).toBe(2_500);
    users.push(...page.objections.map(({ user }) => user));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(users).toEqual(many.map(({ user }) => user));
  const ofExperiments = await desk.list({ limit: 1, after: undefined, to: 'experiments' });
  expect(ofExperiments).toMatchObject({ total: 2_499, next: 'u10001' });
});

test('where something fails somebody objects rather than not, and asked again it is done', async () => {
  const store = await clickhouse.database('objections_failing');
  const log: object[] = [];
  let isLogAway = true;
  const { desk } = processOf({ store, log, fails: () => isLogAway });
  await expect(desk.change('ada', ['personalization'], by)).rejects.toThrow('the log is away');
  expect(desk.objects('ada', 'personalization')).toBe(true);
  isLogAway = false;
  await desk.change('ada', ['personalization'], by);
  expect(log).toHaveLength(1);
  isLogAway = true;
  await expect(desk.change('ada', [], by)).rejects.toThrow('the log is away');
  expect(desk.objects('ada', 'personalization')).toBe(true);
  expect(await desk.read('ada')).toMatchObject({ to: ['personalization'] });

  let isStoreAway = true;
  const flaky = insertingStore(store, async (table, rows) => {
    if (isStoreAway) throw new EngineError('SINK_UNAVAILABLE', 'the store is away');
    await store.insert(table, rows);
  });
  const other = processOf({ store: flaky, log });
  await other.book.refresh();
  await expect(other.desk.change('ada', [], by)).rejects.toThrow('the store is away');
  // The data plane has it, and serving goes on as objected until it is asked for again.
  expect(log).toHaveLength(2);
  expect(other.desk.objects('ada', 'personalization')).toBe(true);
  isStoreAway = false;
  await other.desk.change('ada', [], by);
  expect(other.desk.objects('ada', 'personalization')).toBe(false);
});

test('two changes at once are told one after the other, in the table as in the log', async () => {
  const store = await clickhouse.database('objections_twice');
  const log: { time: number; context: { to: string[] } }[] = [];
  const { desk } = processOf({ store, log });
  const told = await Promise.all([
    desk.change('ada', ['training'], by),
    desk.change('ada', [], by),
    desk.change('ada', ['experiments'], by),
  ]);
  expect(told.map(({ at }) => at)).toEqual([1_000, 1_001, 1_002]);
  expect(log.map(({ time, context }) => [time, ...context.to])).toEqual([
    [1_000, 'training'],
    [1_001],
    [1_002, 'experiments'],
  ]);
  expect(await desk.read('ada')).toMatchObject({ to: ['experiments'], since: 1_002 });
});
