/** What the routes of statistics take and answer; the figures themselves are in test/pipelines/statistic.test.ts. */
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import type { StatisticQuery } from '../../api/queries/statistics.ts';
import type { StatisticReadings } from '../../contracts/api.ts';
import { queriesOf, serverOf } from './fakes.ts';

let app: FastifyInstance;
afterEach(() => app?.close());

const answer: StatisticReadings = {
  pipeline: 'pace',
  name: 'solved',
  statistic: 'proportion',
  parameters: { alpha: 0.05 },
  windowMs: null,
  figures: { proportion: { unit: 'share', summary: 'of ones' } },
  readings: [
    {
      key: ['a', 'b'],
      start: null,
      end: null,
      partition: null,
      partitions: 1,
      taken: 0,
      refused: 0,
      figures: { proportion: null },
    },
  ],
  more: false,
};

function asking() {
  const asked: [string, string, StatisticQuery][] = [];
  app = serverOf({
    queries: queriesOf({
      statisticReadings: async (pipeline, name, query) => {
        asked.push([pipeline, name, query]);
        return name === 'solved' ? answer : undefined;
      },
    }),
  });
  return asked;
}

test('the answer is what was read; keys are in the order of the address', async () => {
  const asked = asking();
  const url = '/v1/statistics/pace/solved?key=a&key=b&from=5&to=9&limit=7';
  const { statusCode, body } = await app.inject(url);
  expect([statusCode, JSON.parse(body)]).toEqual([200, answer]);
  await app.inject('/v1/statistics/pace/solved?key=a');
  await app.inject('/v1/statistics/pace/solved');
  expect(asked).toEqual([
    ['pace', 'solved', { key: ['a', 'b'], from: 5, to: 9, limit: 7 }],
    ['pace', 'solved', { key: ['a'], limit: 100 }],
    ['pace', 'solved', { limit: 100 }],
  ]);
});

test.each(['limit=0', 'limit=1001', 'from=9&to=5', 'stepMs=1000', 'keys=a'])(
  'a question that is none is refused: %s',
  async (query) => {
    const asked = asking();
    const { statusCode } = await app.inject(`/v1/statistics/pace/solved?${query}`);
    expect(statusCode).toBe(400);
    expect(asked).toEqual([]);
  },
);

test('what is not there is not found', async () => {
  asking();
  const { statusCode, body } = await app.inject('/v1/statistics/pace/other');
  expect([statusCode, JSON.parse(body).code]).toEqual([404, 'NOT_FOUND']);
});
