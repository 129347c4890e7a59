/** Gathering: each part within its time, what fails told, what is costly once a day. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { FactSources } from '../../../control/insights/factSources.ts';
import { oncePerDay } from '../../../control/insights/gather/oncePerDay.ts';
import { FactGatherer, type Gatherers } from '../../../control/insights/gatherFacts.ts';
import { day, start } from '../../support/insights.ts';

const sources = (query: FactSources['reader']['query'] = async () => []) =>
  ({ reader: { query } }) as FactSources;
const moment = { now: start, eventTime: start };

test('parts that have no gatherer are null; alerts and active users are gathered for all', async () => {
  const asked: string[] = [];
  const reader = sources(async <Row>(sql: string) => {
    asked.push(sql);
    return (sql.includes('uniqCombined') ? [{ users: 1_200 }] : []) as Row[];
  });
  const gatherer = new FactGatherer({
    ...{ sources: reader, gatherers: { models: async () => [{ key: 'answer' }] as never } },
  });
  const { facts, failing } = await gatherer.gather(moment);
  expect(failing).toEqual([]);
  expect(facts).toEqual({
    ...{ ...moment, activeUsers: 1_200, models: [{ key: 'answer' }], alerts: [] },
    ...{ columns: null, experiments: null, policies: null, operations: null },
  });
  // Users are counted once in an hour of event time.
  await gatherer.gather({ ...moment, eventTime: start + 3_599_999 });
  await gatherer.gather({ ...moment, eventTime: start + 3_600_000 });
  expect(asked.filter((sql) => sql.includes('uniqCombined'))).toHaveLength(2);
});

test('one that fails leaves what was gathered before, and the others are asked', async () => {
  let fails = false;
  const gatherers: Partial<Gatherers> = {
    async models() {
      if (fails) throw new Error('no models today');
      return [{ key: 'answer' }] as never;
    },
    policies: async () => [],
  };
  const gatherer = new FactGatherer({ sources: sources(), gatherers });
  await gatherer.gather(moment);
  fails = true;
  const { facts, failing } = await gatherer.gather(moment);
  expect(failing).toEqual([{ kind: 'models', sentence: 'no models today' }]);
  expect(facts).toMatchObject({ models: [{ key: 'answer' }], policies: [] });
  fails = false;
  expect((await gatherer.gather(moment)).failing).toEqual([]);
});

test('one that is slow stops nobody, is not begun twice, and its value comes later', async () => {
  let begun = 0;
  let end: (value: never) => void = () => {};
  const gatherers: Partial<Gatherers> = {
    columns() {
      begun += 1;
      return new Promise((resolve) => {
        end = resolve;
      });
    },
    policies: async () => [],
  };
  const gatherer = new FactGatherer({ sources: sources(), gatherers, partMs: 20 });
  for (let i = 0; i < 2; i += 1) {
    const { facts, failing } = await gatherer.gather(moment);
    expect(facts).toMatchObject({ columns: null, policies: [] });
    expect(failing).toMatchObject([{ kind: 'columns' }]);
  }
  expect(begun).toBe(1);
  end([{ key: 'score' }] as never);
  await sleep(1);
  // It is of an earlier moment, and gathered anew: until that is done, it is what there is.
  const { facts, failing } = await gatherer.gather(moment);
  expect(facts.columns).toEqual([{ key: 'score' }]);
  expect(failing).toHaveLength(1);
  expect(begun).toBe(2);
});

test('what is costly is gathered once in a day of event time, and again when it failed', async () => {
  const of = sources();
  let calls = 0;
  const ask = (eventTime: number, fails = false, from = of) =>
    oncePerDay(from, { eventTime }, 'labels', async () => {
      calls += 1;
      if (fails) throw new Error('not now');
      return calls;
    });
  expect([await ask(start), await ask(start + day - 1), await ask(start + day)]).toEqual([1, 1, 2]);
  await expect(ask(start + 2 * day, true)).rejects.toThrow('not now');
  expect(await ask(start + 2 * day)).toBe(4);
  expect(await ask(start + 2 * day, false, sources())).toBe(5);
});
