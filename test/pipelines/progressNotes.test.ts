/** How far the partitions are, read from a real ClickHouse, and whether a topic fits what is there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectOwnTopic } from '../../pipelines/ownTopic.ts';
import { readProgress } from '../../pipelines/progressNotes.ts';
import type { ClickHouseStore } from '../../sinks/clickhouse/store.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';

let clickhouse: TestClickHouse;
let store: ClickHouseStore;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('progress');
  const marker = (partition: number, endOffset: number) =>
    store.command(
      `INSERT INTO state VALUES ('learning', ${partition}, '', 'marker', ${endOffset}, 0,
       '${JSON.stringify({ endOffset, pipeline: 'learning', version: 1, partitions: 4, tables: {} })}')`,
    );
  await marker(0, 50);
  await marker(0, 70);
  await marker(1, 9);
  const epoch = (partition: number, end: number, ago: number) =>
    store.command(
      `INSERT INTO epochs VALUES ('learning', ${partition}, 0, ${end}, now64(3) - ${ago}, 1, 0, 0, 0, 1, ${end / 8}, 0,
       {'users': ${end}})`,
    );
  await epoch(0, 64, 20);
  await epoch(0, 80, 10);
  await epoch(1, 8, 7_200);
  await epoch(2, 16, 1);
});
afterAll(() => clickhouse.close());

describe('the notes on progress', () => {
  test('join the newest marker and the newest epoch of each partition', async () => {
    const notes = await readProgress(store, ['learning']);
    expect(notes.sort((a, b) => a.partition - b.partition)).toEqual([
      {
        pipeline: 'learning',
        partition: 0,
        writtenOffset: 80,
        committedOffset: 70,
        committedAt: expect.any(Number),
        commitMs: 10,
        tables: [{ name: 'users', keys: 80 }],
      },
      {
        pipeline: 'learning',
        partition: 1,
        writtenOffset: 9,
        committedOffset: 9,
        committedAt: null,
        commitMs: null,
        tables: undefined,
      },
      expect.objectContaining({ partition: 2, writtenOffset: 16, committedOffset: 0 }),
    ]);
    expect(Math.abs(notes[0]!.committedAt! - (Date.now() - 10_000))).toBeLessThan(60_000);
  });

  test('are none of pipelines that were not asked for', async () => {
    expect(await readProgress(store, ['other'])).toEqual([]);
  });
});

describe('a topic', () => {
  const check = (partitions: number, pipelines = ['learning']) =>
    expectOwnTopic(store, pipelines, { topic: 'campus', partitions });

  test('of as many partitions as the markers say is taken, and any one where there are none', async () => {
    await check(4);
    await check(7, ['other']);
  });

  test('of another number is refused, with what can be done', async () => {
    await expect(check(5)).rejects.toMatchObject({
      code: 'PARTITIONS_CHANGED',
      message: expect.stringMatching(
        /^the topic campus has 5 partitions, but the state was made from one of 4: .*MILLRACE_TOPIC.*CLICKHOUSE_DATABASE/,
      ),
    });
  });
});
