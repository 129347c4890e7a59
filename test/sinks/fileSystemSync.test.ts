/** The barrier of the embedded ClickHouse: calls are answered, in order, and a dead shell is replaced. */
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createFileSystemSync } from '../../sinks/clickhouse/fileSystemSync.ts';
import { eventually, remove, temporaryDirectory } from './temporary.ts';

/** A program in place of `sync`: its first call lasts until the file `end-1` is there, its second until `end-2`. */
const slowSync = `#!/bin/sh
cd "$(dirname "$0")"
if mkdir call-1 2> /dev/null; then call=1; else mkdir call-2; call=2; fi
while [ ! -e "end-$call" ]; do sleep 0.01; done
`;

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

test('a call is answered by the shell that it was made to, and by no other', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'sync'), slowSync, { mode: 0o755 });
  vi.stubEnv('PATH', `${directory}${delimiter}${process.env['PATH']}`);
  const begun = (call: string) =>
    eventually(async () => {
      if (!existsSync(join(directory, call))) throw new Error(`${call} has not begun`);
    });
  const end = (call: string) => writeFileSync(join(directory, call), '');
  try {
    const disk = createFileSystemSync(directory);
    const answered: string[] = [];
    const first = disk.sync().then(() => answered.push('first'));
    await begun('call-1');
    disk.close();
    const second = disk.sync().then(() => answered.push('second'));
    await begun('call-2');
    end('end-2');
    await second;
    expect(answered).toEqual(['second']);
    end('end-1');
    await first;
    disk.close();
  } finally {
    vi.unstubAllEnvs();
    remove(directory);
  }
});
