/**
 * Brings a database to the schema of this version: numbered SQL files, each applied once and remembered by its hash.
 *
 * Several processes may do so at once, and one may die on the way. Nothing is locked, because ClickHouse has no lock that
 * a dead process gives back: every statement may run again, and the record is an upsert.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../contracts/errors.ts';
import type { ClickHouseStore } from './store.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sha256: string;
  readonly statements: readonly string[];
}

export interface MigrationResult {
  /** Names of the migrations applied now, in order. */
  readonly applied: string[];
  /** Version of the schema afterwards. */
  readonly version: number;
}

/** Where the applied migrations are remembered. */
export const record = `CREATE TABLE IF NOT EXISTS schema_migrations
(version UInt32, name String, sha256 String, applied_at DateTime64(3, 'UTC'))
ENGINE = ReplacingMergeTree
ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

interface Applied {
  readonly version: number;
  readonly name: string;
  readonly sha256: string;
}

/** The SQL files stand beside the source, also when this runs from `dist/`. */
function directory(): string {
  const compiled = import.meta.url.endsWith('.js');
  const path = compiled ? '../../../sinks/clickhouse/migrations/' : './migrations/';
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Statements of a file: each ends with a semicolon at the end of a line; lines that begin with `--` are comments. */
export function splitStatements(text: string): string[] {
  const code = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n');
  return code
    .split(/;[ \t\r]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/** @throws EngineError FILE_UNREADABLE when the files are absent or misnumbered */
export async function readMigrations(path: string = directory()): Promise<Migration[]> {
  let names: string[];
  try {
    names = (await readdir(path)).filter((name) => name.endsWith('.sql')).sort();
  } catch (error) {
    throw new EngineError('FILE_UNREADABLE', `no migrations in ${path}`, { cause: error });
  }
  const migrations: Migration[] = [];
  for (const file of names) {
    const version = Number(/^(\d{4})_\w+\.sql$/.exec(file)?.[1]);
    if (version !== migrations.length + 1) {
      const expected = String(migrations.length + 1).padStart(4, '0');
      throw new EngineError('FILE_UNREADABLE', `migration ${file}: expected ${expected}_name.sql`);
    }
    const text = await readFile(`${path}/${file}`, 'utf8');
    migrations.push({
      version,
      name: file.replace(/\.sql$/, ''),
      sha256: createHash('sha256').update(text).digest('hex'),
      statements: splitStatements(text),
    });
  }
  return migrations;
}

function refuseForeign(applied: readonly Applied[], known: readonly Migration[]): void {
  for (const { version, name, sha256 } of applied) {
    const migration = known[version - 1];
    if (migration === undefined) {
      const detail =
        `the database has the migration ${name}, which this version does not know: ` +
        'it was used by a newer version';
      throw new EngineError('SCHEMA_FOREIGN', detail);
    }
    if (migration.sha256 !== sha256) {
      const detail = `the migration ${migration.name} was applied with other content than it has now`;
      throw new EngineError('SCHEMA_FOREIGN', detail);
    }
  }
}

/** One question where all is well: it decides how soon an engine is back. Creates the database when it is absent. */
async function readApplied(store: ClickHouseStore): Promise<Applied[]> {
  try {
    // Without FINAL: two processes of different content may have recorded the same version.
    return await store.query<Applied>(
      'SELECT DISTINCT version, name, sha256 FROM schema_migrations ORDER BY version',
    );
  } catch (error) {
    const type = typeOf(error);
    if (type !== 'UNKNOWN_TABLE' && type !== 'UNKNOWN_DATABASE') throw error;
    await untroubled(() => store.createDatabase());
    return [];
  }
}

/** ClickHouse's name for what went wrong. */
function typeOf(error: unknown): string | undefined {
  const { type } = ((error as Error).cause ?? {}) as { readonly type?: string };
  return type;
}

/** Said when another process makes the same definition at this moment, or a cluster is still busy with it. */
const meanwhile = new Set([
  'CANNOT_ASSIGN_ALTER',
  'DATABASE_ALREADY_EXISTS',
  'DUPLICATE_COLUMN',
  'REPLICA_ALREADY_EXISTS',
  'TABLE_ALREADY_EXISTS',
  'TIMEOUT_EXCEEDED',
]);

/** Waits between the attempts at one definition, ms. */
const waitsMs = [50, 200, 1_000, 3_000];

/** Repeats a definition that another process has disturbed: it is then found made. */
async function untroubled(define: () => Promise<void>): Promise<void> {
  for (const waitMs of waitsMs) {
    try {
      return await define();
    } catch (error) {
      if (!meanwhile.has(typeOf(error) ?? '')) throw error;
      await sleep(waitMs);
    }
  }
  await define();
}

/**
 * Migrations that {@link migrate} would apply. Creates the database when it is absent, and nothing else.
 *
 * @throws EngineError SCHEMA_FOREIGN when the database was migrated by a newer or an altered version
 */
export async function pendingMigrations(
  store: ClickHouseStore,
  known?: readonly Migration[],
): Promise<Migration[]> {
  const migrations = known ?? (await readMigrations());
  const applied = await readApplied(store);
  refuseForeign(applied, migrations);
  const versions = new Set(applied.map((migration) => migration.version));
  return migrations.filter(({ version }) => !versions.has(version));
}

/**
 * Applies what is pending. A file that was interrupted, or that another process runs as well, is run from its beginning:
 * its statements must allow that (`IF NOT EXISTS`).
 *
 * @param known the migrations; by default those of the repository
 * @throws EngineError SCHEMA_FOREIGN when the database was migrated by a newer or an altered version
 */
export async function migrate(
  store: ClickHouseStore,
  options: { onProgress?: (name: string) => void; known?: readonly Migration[] } = {},
): Promise<MigrationResult> {
  const known = options.known ?? (await readMigrations());
  const pending = await pendingMigrations(store, known);
  if (pending.length > 0) {
    await untroubled(() => store.define(record));
  }
  for (const { version, name, sha256, statements } of pending) {
    options.onProgress?.(name);
    for (const statement of statements) await untroubled(() => store.define(statement));
    await store.command(
      `INSERT INTO schema_migrations
       SELECT {version:UInt32}, {name:String}, {sha256:String}, now64(3, 'UTC')`,
      { version, name, sha256 },
    );
  }
  // A newer version may have been at work at the same time.
  if (pending.length > 0) refuseForeign(await readApplied(store), known);
  return { applied: pending.map(({ name }) => name), version: known.length };
}
