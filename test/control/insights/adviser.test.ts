/** The loop: looks when something was written, not oftener than it may, and goes on whatever fails. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Store } from '../../../contracts/store.ts';
import { type AdviserOptions, startAdviser } from '../../../control/insights/adviser.ts';
import { InsightBoard } from '../../../control/insights/insightBoard.ts';
import { eventually } from '../../support/eventually.ts';

function world(everyMs: number, idleMs = 60_000) {
  let looks = 0;
  let fails = false;
  const said: string[] = [];
  const board = new InsightBoard();
  const store = {
    async query<Row>(sql: string): Promise<Row[]> {
      if (!sql.includes('FROM events')) return [];
      looks += 1;
      if (fails) throw new Error('the store is away');
      return [{ newest: 0, events: 0 }] as Row[];
    },
  } as Store;
  const options: AdviserOptions = {
    ...{ store, board, kinds: [], gatherers: {}, changes: async () => [], everyMs, idleMs },
    ...{ sources: {} as AdviserOptions['sources'], say: (sentence) => said.push(sentence) },
  };
  return {
    ...{ options, board, said },
    looks: () => looks,
    fail: (does: boolean) => {
      fails = does;
    },
  };
}

test('it looks at once, then when something was written, and once for many rings', async () => {
  const at = world(50);
  const adviser = startAdviser(at.options);
  await eventually(async () => expect(at.looks()).toBe(1));
  await sleep(120);
  expect(at.looks()).toBe(1);
  for (let i = 0; i < 100; i += 1) adviser.look();
  await eventually(async () => expect(at.looks()).toBe(2));
  await sleep(120);
  expect(at.looks()).toBe(2);
  expect(at.board.looked).toBeDefined();
  await adviser.stop();
  expect(at.board.looked).toBeUndefined();
});

test('it looks after a while in any case', async () => {
  const at = world(5, 20);
  const adviser = startAdviser(at.options);
  await eventually(async () => expect(at.looks()).toBeGreaterThan(2));
  await adviser.stop();
});

test('what fails is told once, and again when it has gone well in between', async () => {
  const at = world(5, 5);
  at.fail(true);
  const adviser = startAdviser(at.options);
  await eventually(async () => expect(at.looks()).toBeGreaterThan(2));
  const sentence = 'Recommendations are not brought up to date: the store is away';
  expect(at.said).toEqual([sentence]);
  at.fail(false);
  const before = at.looks();
  await eventually(async () => expect(at.looks()).toBeGreaterThan(before + 1));
  at.fail(true);
  await eventually(async () => expect(at.said).toEqual([sentence, sentence]));
  await adviser.stop();
});

test('many statements at once are no leak', async () => {
  const warnings: string[] = [];
  const listen = ({ name }: Error) => warnings.push(name);
  process.on('warning', listen);
  const at = world(5);
  const listening = (signal: AbortSignal | undefined) =>
    new Promise<never[]>((resolve) => {
      signal?.addEventListener('abort', () => resolve([]), { once: true });
      setTimeout(resolve, 20, []);
    });
  const store = {
    ...at.options.store,
    async query(sql: string, _: unknown, signal?: AbortSignal) {
      await Promise.all(Array.from({ length: 30 }, () => listening(signal)));
      return sql.includes('FROM events') ? [{ newest: 0, events: 0 }] : [];
    },
  } as Store;
  const adviser = startAdviser({ ...at.options, store });
  await eventually(async () => expect(at.board.looked).toBeDefined());
  await sleep(30);
  await adviser.stop();
  process.off('warning', listen);
  expect(warnings).toEqual([]);
});
