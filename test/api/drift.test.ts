/** What the routes of drift take and answer; the figures themselves are in test/control/drift. */
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { fakeDrift } from '../support/fakeDrift.ts';
import { now, queriesOf, serverOf } from './fakes.ts';

let app: FastifyInstance;
afterEach(() => app?.close());

const reader = fakeDrift(now);

function asking() {
  const asked: unknown[] = [];
  app = serverOf({
    queries: queriesOf({
      drift: async (query) => {
        asked.push(query);
        return reader.drift(query);
      },
      driftDetail: async (column, query) => {
        asked.push([column, query]);
        return reader.driftDetail(column, query);
      },
    }),
  });
  return asked;
}

test('the answer is what was read, for the range and the reference that were asked for', async () => {
  const asked = asking();
  const query = { from: now - 864e6, to: now, referenceFrom: now - 2e9, referenceTo: now - 1e9 };
  const text = new URLSearchParams(
    Object.entries(query).map(([name, at]): [string, string] => [name, String(at)]),
  );
  const all = await app.inject(`/v1/drift?${text}`);
  expect([all.statusCode, JSON.parse(all.body)]).toEqual([200, await reader.drift(query)]);
  const one = await app.inject(`/v1/drift/context_skill?day=${now}&${text}`);
  const detail = await reader.driftDetail('context_skill', { ...query, day: now });
  expect([one.statusCode, JSON.parse(one.body)]).toEqual([200, detail]);
  expect(asked).toEqual([query, ['context_skill', { ...query, day: now }]]);
});

test.each(['from=9&to=5', 'referenceFrom=x', 'since=5', 'day=-1'])(
  'a question that is none is refused: %s',
  async (query) => {
    const asked = asking();
    expect((await app.inject(`/v1/drift/context_skill?${query}`)).statusCode).toBe(400);
    expect(asked).toEqual([]);
  },
);

test('a column that nobody profiles is not found', async () => {
  asking();
  const { statusCode, body } = await app.inject('/v1/drift/nothing');
  expect(statusCode).toBe(404);
  expect(body).toContain('There is no profile of a column nothing.');
});
