import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { replayProgress } from '../../cli/replayProgress.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';

const directory = temporaryDirectory();
afterAll(() => removeDirectory(directory));

const path = join(directory, 'events');
const record = join(directory, 'replay.json');
const source = { path, format: 'ndjson', startTime: 5 };

test('goes on with the same events, and begins with others', () => {
  writeFileSync(path, '1\n2\n');
  expect(replayProgress(source, record)).toMatchObject({ rows: 0, refused: 0 });
  replayProgress(source, record).save(2, 1);
  expect(replayProgress(source, record)).toMatchObject({ rows: 2, refused: 1 });
  const others = [
    { ...source, format: 'assistments' },
    { ...source, startTime: 6 },
    { path, format: 'ndjson' },
    { ...source, path: join(directory, 'elsewhere') },
  ];
  for (const other of others) expect(replayProgress(other, record)).toMatchObject({ rows: 0 });
  writeFileSync(path, '1\n2\n3\n');
  expect(replayProgress(source, record)).toMatchObject({ rows: 0 });
});

test('a record of an earlier version, which knew no format, is not gone on with', () => {
  writeFileSync(path, '1\n');
  writeFileSync(record, JSON.stringify({ path, size: 2, rows: 1 }));
  expect(replayProgress({ path, format: 'ndjson' }, record)).toMatchObject({ rows: 0 });
});
