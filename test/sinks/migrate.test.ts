import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Migration,
  migrate,
  pendingMigrations,
  readMigrations,
  splitStatements,
} from '../../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';
import { eventually, remove, startTrial, type Trial, temporaryDirectory } from './temporary.ts';

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

// Decision 7. An hour is too long for a test; the other settings are those of the migration.
test('deleted keys leave the state when it has been quiet', async () => {
  await withStore('quiet', async (store) => {
    await migrate(store);
    const [made] = await store.query<{ statement: string }>('SHOW CREATE TABLE state');
    expect(made!.statement).toContain('min_age_to_force_merge_seconds = 3600');
    await store.command('ALTER TABLE state MODIFY SETTING min_age_to_force_merge_seconds = 1');
    const insert = (keys: number, version: number, deleted: number) =>
      store.command(
        `INSERT INTO state SELECT 'p', 0, 't', toString(number), ${version}, ${deleted}, 'v'
         FROM numbers(${keys})`,
      );
    await insert(100, 1, 0);
    await insert(40, 2, 1);
    const rows = () => store.query('SELECT count() AS rows, sum(deleted) AS deleted FROM state');
    await eventually(async () => expect(await rows()).toEqual([{ rows: 60, deleted: 0 }]));
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
