/** The barrier of the embedded ClickHouse: calls are answered, in order, and a dead shell is replaced. */
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { createFileSystemSync } from '../../sinks/clickhouse/fileSystemSync.ts';

test('every call is answered, also many at once', async () => {
  const disk = createFileSystemSync(tmpdir());
  await disk.sync();
  await Promise.all([disk.sync(), disk.sync(), disk.sync()]);
  disk.close();
  await disk.sync();
  disk.close();
});

test('a place that is not there is an error', async () => {
  const disk = createFileSystemSync('/nowhere/at/all');
  if (process.platform === 'linux') await expect(disk.sync()).rejects.toThrow(/failed/);
  disk.close();
});
