/** `millrace experiment replay` beside an engine that has run: from its log, and from the archive once the log has let go. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineCampusExperiments } from '../../cli/campusExperiments.ts';
import { openDatabase } from '../../cli/database.ts';
import { asLines } from '../../cli/lines.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { readSettings } from '../../contracts/settings.ts';
import { readPastResult } from '../../control/experiments/pastResults.ts';
import { writeResults } from '../../control/experiments/resultHistory.ts';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import { openEventLog } from '../../sources/log/eventLog.ts';
import { run } from '../cli/run.ts';
import { removeDirectory, startTestEngine, temporaryDirectory } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);
const data = temporaryDirectory();
const replay = (...options: string[]) =>
  run('experiment', 'replay', 'worked-hints', '--data', data, ...options);
/** With the database of the engine that has ended. */
async function withStore<T>(use: (store: ClickHouseStore) => Promise<T>): Promise<T> {
  const database = await openDatabase(readSettings({}, { data }), () => {});
  const store = createStore(database.access);
  try {
    return await use(store);
  } finally {
    await store.close();
    await database.close();
  }
}

let whileRunning: Awaited<ReturnType<typeof replay>>;
beforeAll(async () => {
  const at = await startTestEngine(data);
  const campus = createCampus({ seed: 5, students: 300, start });
  await defineCampusExperiments(at.engine.experiments!, campus);
  const stream = campus.open();
  for (;;) {
    const block = stream.advance(start + day, 1_024);
    if (block.length === 0) break;
    await at.engine.ingest(asLines(block), 'application/x-ndjson');
  }
  await at.settle();
  const { store } = at.engine;
  await eventually(async () => {
    const past = await readPastResult(store, 'worked-hints');
    expect((JSON.parse(past!.text) as ExperimentResult).exposed).toBeGreaterThan(50);
  });
  whileRunning = await replay();
  await at.stop();
}, 120_000);
afterAll(() => removeDirectory(data));

test('the embedded database of a running engine is not to be had', () => {
  expect(whileRunning.status).toBe(1);
  expect(whileRunning.stderr).toMatch(/DATA_LOCKED/);
});

test('the newest result is the same, whatever the partitions', async () => {
  const { status, stdout, stderr } = await replay('--partitions', '3');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Replaying worked-hints: 100 %, [\d,]+ events\n/);
  expect(stdout).toMatch(/records of the log, each partition in 3\.\nThe same, byte for byte\.\n$/);
}, 60_000);

test('a result that was tampered with is not, and JSON has both values', async () => {
  await withStore(async (store) => {
    const past = await readPastResult(store, 'worked-hints');
    const result = JSON.parse(past!.text) as ExperimentResult;
    const changed = { ...result, at: result.at + 60_000, exposed: result.exposed + 1 };
    await writeResults(store, [changed]);
  });
  const told = await replay('--json');
  expect([told.status, told.stderr]).toEqual([1, '']);
  const { same, differences } = JSON.parse(told.stdout) as {
    same: boolean;
    differences: { field: string; stored: number; recomputed: number }[];
  };
  expect(same).toBe(false);
  expect(differences).toHaveLength(1);
  const [{ field, stored, recomputed }] = differences as [(typeof differences)[0]];
  expect([field, stored - recomputed]).toEqual(['exposed', 1]);
  const plain = await replay();
  expect(plain.stdout).toContain(
    `Not the same, in 1 figure:\n  exposed: stored ${stored}, counted again ${recomputed}\n`,
  );
  expect(plain.status).toBe(1);
}, 60_000);

test('a log that begins later leaves it to the archive, and says so', async () => {
  const log = await openEventLog({
    directory: join(data, 'log'),
    partitions: 2,
    retention: { ageMs: 0 },
  });
  await log.retain(Date.now() + day, [log.end(0) - 10, log.end(1) - 10]);
  expect(log.start(0)).toBeGreaterThan(0);
  await log.close();
  const { status, stdout, stderr } = await replay('--back', '1');
  expect(stderr).toMatch(
    /^Partition 0 of the log goes back to the offset \d+ only, of \d{4}-\S+Z: reading the archive\.\n$/,
  );
  expect(stdout).toMatch(/records of the archive\.\nThe same, byte for byte\.\n$/);
  expect(status).toBe(0);
  const alone = await replay('--back', '1', '--source', 'log', '--json');
  expect(alone.status).toBe(2);
  expect(JSON.parse(alone.stdout)).toMatchObject({ same: null });
}, 60_000);

test('what neither has is told, and so is a time without a result', async () => {
  await withStore((store) =>
    store.command('ALTER TABLE events DELETE WHERE offset < 50 SETTINGS mutations_sync = 2'),
  );
  const { status, stderr } = await replay('--back', '1');
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /The result cannot be computed again: Partition 0 of the log goes back .*, and the archive has nothing before/,
  );
  const before = await replay('--at', '2026-01-01');
  expect(before).toMatchObject({ status: 2, stdout: '' });
  expect(before.stderr).toMatch(/no result of the experiment worked-hints of that time/);
}, 60_000);
