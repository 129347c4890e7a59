/** `millrace export-training-set` beside an engine that has run on a campus. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asLines } from '../../cli/lines.ts';
import { TrainingSetManifest } from '../../contracts/trainingSetManifest.ts';
import { exampleNames } from '../../models/answer/exampleFeatures.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import { run } from '../cli/run.ts';
import { removeDirectory, startTestEngine, temporaryDirectory } from '../support/engine.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 2, 2, 6);
const data = temporaryDirectory();
const path = (name: string) => join(data, name);
const exported = (...options: string[]) =>
  run('export-training-set', '--data', data, '--model', 'answer', ...options);

let whileRunning: Awaited<ReturnType<typeof exported>>;
let users: readonly string[];
beforeAll(async () => {
  const at = await startTestEngine(data);
  const stream = createCampus({ seed: 5, students: 200, start }).open();
  for (;;) {
    const block = stream.advance(start + 8 * hour, 1_024);
    if (block.length === 0) break;
    await at.engine.ingest(asLines(block), 'application/x-ndjson');
  }
  await at.settle();
  const rows = await at.engine.store.query<{ user: string }>('SELECT DISTINCT user FROM examples');
  users = rows.map(({ user }) => user);
  whileRunning = await exported('--output', path('locked.csv'));
  await at.stop();
}, 120_000);
afterAll(() => removeDirectory(data));

function manifestOf(name: string): TrainingSetManifest {
  return TrainingSetManifest.parse(JSON.parse(readFileSync(path(name), 'utf8')));
}

function csvOf(name: string) {
  const [head, ...lines] = readFileSync(path(name), 'utf8').trimEnd().split('\n');
  // Nothing on a campus has quotes in it.
  const fieldsOf = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map((field) => field[1] ?? field[2]!);
  const names = fieldsOf(head!);
  const rows = lines.map(fieldsOf);
  return {
    rows,
    column: (column: string) => rows.map((row) => row[names.indexOf(column)]!),
    names,
  };
}

test('the embedded database of a running engine is not to be had', () => {
  expect(whileRunning.status).toBe(1);
  expect(whileRunning.stderr).toMatch(/DATA_LOCKED/);
  expect(existsSync(path('locked.csv'))).toBe(false);
});

test('a CSV has what its manifest says, down to the hash, and nobody’s name', async () => {
  const { status, stdout, stderr } = await exported('--output', path('answers.csv'));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /answers\.csv: [\d,]+ examples of \d+ users, 2026-03-02T.* are held out\.\n/,
  );
  const manifest = manifestOf('answers.csv.json');
  const csv = csvOf('answers.csv');
  expect(manifest.rows).toBeGreaterThan(500);
  expect(csv.rows).toHaveLength(manifest.rows);
  expect(manifest).toMatchObject({ model: 'answer', featureVersion: '1', task: 'binary' });
  expect(manifest.features.map(({ name, kind }) => [name, kind])).toEqual(
    exampleNames.map((name) => [name, 'numeric']),
  );
  const { slices, ...columns } = manifest.columns;
  const beside = new Set([...Object.values(columns), ...slices]);
  expect(csv.names.filter((name) => !beside.has(name))).toEqual(exampleNames);
  expect(slices.toSorted()).toEqual(['context.course', 'context.skill']);

  const times = csv.column('time').map(Number);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect([times[0], times.at(-1)]).toEqual([manifest.from.ms, manifest.to.ms]);
  const held = csv.column('holdout').map(Number);
  expect(held.indexOf(1)).toBe(manifest.holdout.row);
  expect(held.filter((each) => each === 1)).toHaveLength(Math.floor(manifest.rows / 5));
  expect(manifest.holdout.from!.ms).toBe(times[manifest.holdout.row]);

  // As docs/models.md says that anybody can.
  const hash = createHash('sha256');
  hash.update(`millrace-examples-1\n${manifest.rows}\n${exampleNames.join('\n')}\n`);
  const values = exampleNames.map((name) => csv.column(name));
  const flat = csv.rows.flatMap((_, row) =>
    values.map((column) => (column[row] === '' ? Number.NaN : Number(column[row]))),
  );
  hash.update(new Uint8Array(Float32Array.from(flat).buffer));
  for (const name of ['label', 'weight', 'time']) {
    hash.update(new Uint8Array(Float64Array.from(csv.column(name), Number).buffer));
  }
  expect(hash.digest('hex')).toBe(manifest.snapshot);

  const text =
    readFileSync(path('answers.csv'), 'utf8') + readFileSync(path('answers.csv.json'), 'utf8');
  expect(users.length).toBeGreaterThan(50);
  expect(users.filter((user) => text.includes(user))).toEqual([]);
}, 60_000);

test('Parquet has the same rows, again and again; what is asked for narrows them', async () => {
  for (const name of ['one', 'two']) {
    expect(await exported('--output', path(`${name}.parquet`))).toMatchObject({ status: 0 });
  }
  const [one, two] = [manifestOf('one.parquet.json'), manifestOf('two.parquet.json')];
  expect(two).toEqual({ ...one, file: { ...one.file, name: 'two.parquet' } });
  expect(one.snapshot).toBe(manifestOf('answers.csv.json').snapshot);
  expect(readFileSync(path('one.parquet')).subarray(-4).toString()).toBe('PAR1');

  const course = csvOf('answers.csv').column('context.course').at(-1);
  const narrow = await exported(
    ...['--output', path('few.csv'), '--filter', `context.course=${course}`, '--rows', '40'],
    ...['--from', new Date(start + hour).toISOString(), '--holdout', '0'],
  );
  expect(narrow).toMatchObject({ status: 0, stderr: '' });
  const few = csvOf('few.csv');
  expect(few.rows).toHaveLength(40);
  expect(new Set(few.column('context.course'))).toEqual(new Set([course]));
  expect(manifestOf('few.csv.json')).toMatchObject({
    holdout: { row: 40, rows: 0, from: null },
    selection: { rowsMax: 40, filter: [{ column: 'context.course', is: '=', value: course }] },
  });
}, 60_000);

test('that there is nothing is told, with what to do', async () => {
  const none = await exported('--output', path('none.csv'), '--from', '2030-01-01');
  expect(none.status).toBe(1);
  expect(none.stderr).toMatch(/no example of answer is as you ask: take a longer time by --from/);
  const strange = await exported('--output', path('none.csv'), '--filter', 'user=ada');
  expect(strange.stderr).toMatch(/filter: expected context\.\w+ or context\.\w+, got user/);
  const away = await exported('--output', path('no/such/place.csv'));
  expect(away.stderr).toMatch(/output: .*place\.csv cannot be written: ENOENT/);
  for (const each of [strange, away]) expect(each.stderr).not.toMatch(/^\s+at /m);
  const fresh = temporaryDirectory();
  const empty = await run(
    ...['export-training-set', '--data', fresh, '--model', 'answer'],
    ...['--output', path('none.csv')],
  );
  removeDirectory(fresh);
  expect(empty.status).toBe(1);
  expect(empty.stderr).toMatch(/there are no examples of answer yet: .*npm start runs one/);
  expect(existsSync(path('none.csv'))).toBe(false);
}, 60_000);
