/**
 * Brings everything that was written to a file system onto its disk, in one call.
 *
 * A part of ClickHouse is some ten files; syncing each of them for each insert costs ten waits for the disk, this costs one.
 * Node has no such call, so the program `sync` (GNU coreutils, or BSD without the option) does it.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** @param directory any place on the file system */
export async function syncFileSystem(directory: string): Promise<void> {
  if (process.platform === 'linux') await run('sync', ['-f', directory]);
  else await run('sync');
}
