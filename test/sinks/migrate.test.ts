import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Migration,
  migrate,
  pendingMigrations,
  readMigrations,
  splitStatements,
} from '../../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';
import { remove, startTrial, type Trial, temporaryDirectory } from './temporary.ts';

let trial: Trial;

beforeAll(async () => {
  trial = await startTrial();
});

afterAll(() => trial.end());

async function withStore(
  database: string,
  run: (store: ClickHouseStore) => Promise<void>,
): Promise<void> {
  const { url, username, password } = trial.clickhouse;
  const store = createStore({ url, username, password, database });
  await run(store).finally(() => store.close());
}

function migration(version: number, statements: string[], sha256 = `hash ${version}`): Migration {
  return { version, name: `000${version}_step`, sha256, statements };
}

test('splits statements at a semicolon that ends a line, and drops comments', () => {
  const text = "-- a;\nSELECT ';';\n  -- b\n\nCREATE TABLE t\n(\n  a String -- c\n);\nSELECT 2\n";
  expect(splitStatements(text)).toEqual([
    "SELECT ';'",
    'CREATE TABLE t\n(\n  a String -- c\n)',
    'SELECT 2',
  ]);
});

test("the engine's own migrations make its tables, once", async () => {
  const known = await readMigrations();
  await withStore('engine', async (store) => {
    const seen: string[] = [];
    expect(await pendingMigrations(store)).toEqual(known);
    const names = known.map(({ name }) => name);
    expect(await migrate(store, { onProgress: (name) => seen.push(name) })).toEqual({
      applied: names,
      version: known.length,
    });
    expect(seen).toEqual(names);
    expect(await migrate(store)).toEqual({ applied: [], version: known.length });
    expect(await pendingMigrations(store)).toEqual([]);
    const tables = await store.query<{ name: string }>('SHOW TABLES');
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['events', 'metrics', 'predictions', 'schema_migrations', 'state']),
    );
  });
});

test('goes on where an interrupted run stopped', async () => {
  const create = 'CREATE TABLE IF NOT EXISTS a (x UInt8) ENGINE = MergeTree ORDER BY x';
  await withStore('interrupted', async (store) => {
    const broken = [migration(1, [create]), migration(2, [create, 'CREATE NONSENSE'])];
    await expect(migrate(store, { known: broken })).rejects.toMatchObject({
      code: 'SINK_REJECTED',
    });
    const mended = [
      migration(1, [create]),
      migration(2, [create, 'ALTER TABLE a ADD COLUMN y UInt8']),
    ];
    expect(await migrate(store, { known: mended })).toEqual({ applied: ['0002_step'], version: 2 });
  });
});

test('an altered or an unknown migration is refused', async () => {
  await withStore('foreign', async (store) => {
    const known = [migration(1, []), migration(2, [])];
    await migrate(store, { known });
    await expect(migrate(store, { known: known.slice(0, 1) })).rejects.toMatchObject({
      code: 'SCHEMA_FOREIGN',
      message: expect.stringContaining('newer'),
    });
    const altered = [migration(1, [], 'another'), migration(2, [])];
    await expect(pendingMigrations(store, altered)).rejects.toMatchObject({
      code: 'SCHEMA_FOREIGN',
    });
  });
});

test('absent or misnumbered files are an error', async () => {
  const directory = temporaryDirectory();
  await expect(readMigrations(`${directory}/absent`)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
  });
  remove(directory);
});
