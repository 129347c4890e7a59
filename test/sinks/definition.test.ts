/** Definitions for a server and for a cluster. No cluster runs here: what is tested is the text, and that ClickHouse parses it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitionFor, type Place } from '../../sinks/clickhouse/definition.ts';
import { migrate, readMigrations, record } from '../../sinks/clickhouse/migrate.ts';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { startTrial, type Trial } from './temporary.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.end());

const cluster = {
  name: 'main',
  path: '/clickhouse/tables/{shard}/{database}/{table}',
  replica: '{replica}',
};
const places: Record<string, Place> = {
  server: { durable: true },
  cluster: { durable: true, cluster },
};

/** All that `migrate` defines on a new database. */
async function definitions(place: Place): Promise<string[]> {
  const migrations = await readMigrations();
  const statements = migrations.flatMap((migration) => migration.statements);
  return ['CREATE DATABASE IF NOT EXISTS `millrace`', record, ...statements].map((statement) =>
    definitionFor(statement, place),
  );
}

describe.each(Object.entries(places))('the definitions of a %s', (name, place) => {
  test('are these', async () => {
    const text = `${(await definitions(place)).join(';\n\n')};\n`;
    await expect(text).toMatchFileSnapshot(`../golden/definitions.${name}.sql`);
  });

  test('are ones that ClickHouse parses', async () => {
    const store = createStore({ ...trial.clickhouse, database: 'default' });
    for (const statement of await definitions(place)) {
      const [parsed] = await store.query<{ text: string }>(
        'SELECT formatQuery({s:String}) AS text',
        {
          s: statement,
        },
      );
      expect(parsed!.text).toMatch(/^(CREATE|ALTER) /);
      expect(parsed!.text.includes('ON CLUSTER main')).toBe(name === 'cluster');
    }
    await store.close();
  });
});

test('on a cluster no definition is for one replica, and no table is without replicas', async () => {
  for (const statement of await definitions(places['cluster']!)) {
    expect(statement).toContain("ON CLUSTER 'main'");
    if (statement.startsWith('CREATE TABLE')) {
      expect(statement).toMatch(/ENGINE = Replicated\w*MergeTree\('\/[^']+', '\{replica\}'/);
      expect(statement).toContain('replicated_deduplication_window = 0');
    }
  }
});

test('the arguments of an engine stand behind path and replica', () => {
  const create = 'CREATE TABLE IF NOT EXISTS t (x UInt8) ENGINE = ReplacingMergeTree(x) ORDER BY x';
  const place = { cluster: { name: 'c', path: '/p/{table}', replica: '{host}' } };
  expect(definitionFor(create, place)).toBe(
    "CREATE TABLE IF NOT EXISTS t ON CLUSTER 'c' (x UInt8) " +
      "ENGINE = ReplicatedReplacingMergeTree('/p/{table}', '{host}', x) ORDER BY x\n" +
      'SETTINGS replicated_deduplication_window = 0',
  );
});

test('the embedded ClickHouse takes definitions as they are written', async () => {
  const written = (await readMigrations()).flatMap(({ statements }) => statements);
  expect(written.map((statement) => definitionFor(statement, {}))).toEqual(written);
});

test.each([
  'CREATE TABLE t (x UInt8) ENGINE = MergeTree ORDER BY x',
  'INSERT INTO t SELECT 1',
  'DROP TABLE t',
])('what must not run twice is refused: %s', (statement) => {
  expect(() => definitionFor(statement, {})).toThrow(RangeError);
});

test('every table of a server brings its inserts to the disk', async () => {
  const store = createStore({
    ...trial.clickhouse,
    database: 'served',
    place: places['server']!,
  });
  await migrate(store);
  const tables = await store.query<{ name: string; made: string }>(
    `SELECT name, create_table_query AS made FROM system.tables WHERE database = 'served'`,
  );
  expect(tables.length).toBeGreaterThan(8);
  for (const { made } of tables) {
    expect(made).toContain('fsync_after_insert = 1');
    expect(made).toContain('fsync_part_directory = 1');
  }
  await store.close();
});
