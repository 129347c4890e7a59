import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ClickHouseError } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EngineError } from '../../contracts/errors.ts';
import {
  type Migration,
  migrate,
  pendingMigrations,
  readMigrations,
  splitStatements,
} from '../../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';
import type { Death } from '../support/dyingMigration.ts';
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
    const nonsense = 'ALTER TABLE a NONSENSE';
    const broken = [migration(1, [create]), migration(2, [create, nonsense])];
    await expect(migrate(store, { known: broken })).rejects.toMatchObject({
      code: 'SINK_REJECTED',
    });
    const mended = [
      migration(1, [create]),
      migration(2, [create, 'ALTER TABLE a ADD COLUMN IF NOT EXISTS y UInt8']),
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

/** The tables of a database as they are now, and what is remembered of their migrations. */
async function schemaOf(store: ClickHouseStore): Promise<unknown> {
  const tables = await store.query(
    `SELECT name, replaceAll(create_table_query, database, '') AS made
     FROM system.tables WHERE database = currentDatabase() ORDER BY name`,
  );
  const remembered = await store.query(
    'SELECT version, name, sha256 FROM schema_migrations FINAL ORDER BY version',
  );
  return { tables, remembered };
}

describe('several processes at once', () => {
  const program = fileURLToPath(
    new URL('../../dist/test/support/dyingMigration.js', import.meta.url),
  );

  async function expectWhole(store: ClickHouseStore): Promise<void> {
    expect(await pendingMigrations(store)).toEqual([]);
    await withStore('alone', async (alone) => {
      await migrate(alone);
      expect(await schemaOf(store)).toEqual(await schemaOf(alone));
    });
  }

  test.each([1, 2, 3, 4, 5])('four make the same schema as one, trial %i', async (trialNumber) => {
    const database = `together${trialNumber}`;
    await withStore(database, async (store) => {
      const one = () => withStore(database, async (own) => void (await migrate(own)));
      await Promise.all([one(), one(), one(), one()]);
      await expectWhole(store);
    });
  });

  test('one that dies at any statement disturbs neither those beside it nor those after it', async () => {
    const { url, username, password } = trial.clickhouse;
    const statements = (await readMigrations()).flatMap((known) => known.statements).length;
    for (let statement = 0; statement < statements; statement += 2) {
      const database = `dying${statement}`;
      const access = { url, username, password, database };
      const when = statement % 4 === 0 ? 'before' : 'after';
      const death: Death = { access, statement, when };
      const child = fork(program, [JSON.stringify(death)], { execArgv: [], stdio: 'ignore' });
      const ended = once(child, 'exit');
      await withStore(database, async (store) => {
        // Every other time one works beside it, the other times after it.
        if (statement % 4 === 0) await ended;
        await migrate(store);
        await expectWhole(store);
      });
      const [code, signal] = await ended;
      // Beside another it may find nothing left to do.
      if (code !== 0) expect(signal).toBe('SIGKILL');
      else expect(statement % 4).not.toBe(0);
    }
  }, 90_000);

  test('what is said of a definition under way is waited for, and nothing else is', async () => {
    const create = 'CREATE TABLE IF NOT EXISTS a (x UInt8) ENGINE = MergeTree ORDER BY x';
    const known = [migration(1, [create])];
    const failing = (store: ClickHouseStore, type: string): ClickHouseStore => {
      let calls = 0;
      return {
        ...store,
        async define(statement) {
          calls += 1;
          if (calls % 3 !== 0) {
            const cause = new ClickHouseError({ message: 'busy', code: '1', type });
            throw new EngineError('SINK_REJECTED', 'define', { cause });
          }
          await store.define(statement);
        },
      };
    };
    await withStore('busy', async (store) => {
      const result = await migrate(failing(store, 'CANNOT_ASSIGN_ALTER'), { known });
      expect(result.applied).toEqual(['0001_step']);
    });
    await withStore('wrong', async (store) => {
      await expect(migrate(failing(store, 'SYNTAX_ERROR'), { known })).rejects.toThrow('define');
    });
  });

  test('a newer version that was at work meanwhile is noticed', async () => {
    const create = 'CREATE TABLE IF NOT EXISTS a (x UInt8) ENGINE = MergeTree ORDER BY x';
    const known = [migration(1, [create]), migration(2, [])];
    await withStore('overtaken', async (store) => {
      const overtaken: ClickHouseStore = {
        ...store,
        async define(statement) {
          await store.define(statement);
          if (statement === create) await migrate(store, { known });
        },
      };
      await expect(migrate(overtaken, { known: known.slice(0, 1) })).rejects.toMatchObject({
        code: 'SCHEMA_FOREIGN',
      });
    });
  });
});
