/** What the routes of statistics take and answer; the figures themselves are in test/pipelines/statistic.test.ts. */
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { createQueries } from '../../api/queries/queries.ts';
import type { StatisticReadings } from '../../contracts/api.ts';
import type { StatisticQuery } from '../../control/storedStatistics.ts';
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
  groupMin: 10,
  suppressed: 0,
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

test('an answer has so many readings as have states of 16 MB, and one at least', async () => {
  const megabytes = async (...sizes: readonly number[]) => {
    let most: unknown;
    const reader = {
      query: async <Row>(sql: string, parameters?: Readonly<Record<string, unknown>>) => {
        if (sql.includes('base64Encode')) most = parameters?.['most'];
        const definition = {
          statistic: 'proportion',
          stateVersion: 1,
          parameters: '{}',
          windowMs: 0,
        };
        const rows = sql.includes('length(state)')
          ? sizes.map((size) => ({ bytes: 1_000_000 * size }))
          : sql.includes('base64Encode')
            ? []
            : [{ pipeline: 'p', name: 'n', receivedAt: 0, ...definition }];
        return rows as Row[];
      },
    };
    const queries = createQueries(reader, Date.now, 0);
    const { more } = (await queries.statisticReadings('p', 'n', { limit: 3 }))!;
    return [most, more];
  };
  expect(await megabytes(1, 2, 3)).toEqual([3, false]);
  expect(await megabytes(1, 2, 3, 4)).toEqual([3, true]);
  expect(await megabytes(9, 9, 9)).toEqual([1, true]);
  expect(await megabytes(40)).toEqual([1, false]);
});
