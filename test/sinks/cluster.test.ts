/** What a store says to a cluster. None runs here: a server that takes everything writes down what it was asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';

interface Asked {
  readonly statement: string;
  readonly settings: URLSearchParams;
}

const asked: Asked[] = [];
const server = createServer(async (request, response) => {
  const settings = new URL(request.url ?? '/', 'http://localhost').searchParams;
  let body = '';
  for await (const chunk of request) body += chunk;
  asked.push({ statement: settings.get('query') ?? body, settings });
  response.end();
});
const stores: ClickHouseStore[] = [];
let store: ClickHouseStore;
let single: ClickHouseStore;

function open(place: object): ClickHouseStore {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const made = createStore({ url, username: 'u', password: '', database: 'millrace', place });
  stores.push(made);
  return made;
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cluster = { name: 'main', path: '/tables/{shard}/{table}', replica: '{replica}' };
  store = open({ durable: true, cluster });
  single = open({ durable: true });
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  for (const made of stores) await made.close();
  server.close();
});

function lastAsked(): { statement: string; settings: Record<string, string> } {
  const { statement, settings } = asked.at(-1)!;
  return { statement, settings: Object.fromEntries(settings) };
}

test('an insert is acknowledged by most replicas, as one block that nothing takes for a copy', async () => {
  await store.insert('events', Uint8Array.of(1));
  expect(lastAsked().settings).toMatchObject({
    async_insert: '0',
    insert_deduplicate: '0',
    insert_quorum: 'auto',
    max_insert_block_size: '10000000',
  });
  await single.insert('events', Uint8Array.of(1));
  expect(lastAsked().settings).not.toHaveProperty('insert_quorum');
});

test('a recovery reads when its replica has all of the state', async () => {
  await store.readBinary('SELECT 1');
  expect(asked.map(({ statement }) => statement)).toEqual([
    expect.stringMatching(/^SYSTEM SYNC REPLICA state LIGHTWEIGHT/),
    expect.stringMatching(/^SELECT 1/),
  ]);
  asked.length = 0;
  await single.readBinary('SELECT 1');
  expect(asked).toHaveLength(1);
});

test('a definition is made by all replicas, or is an error before the client gives up', async () => {
  await store.createDatabase();
  expect(lastAsked().statement).toMatch(
    /^CREATE DATABASE IF NOT EXISTS `millrace` ON CLUSTER 'main'/,
  );
  await store.define('ALTER TABLE state MODIFY SETTING min_age_to_force_merge_seconds = 1');
  const { statement, settings } = lastAsked();
  expect(statement).toMatch(/^ALTER TABLE state ON CLUSTER 'main' MODIFY SETTING/);
  expect(settings).toMatchObject({
    distributed_ddl_output_mode: 'throw',
    distributed_ddl_task_timeout: '60',
  });
});
