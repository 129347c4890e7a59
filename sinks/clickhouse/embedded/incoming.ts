/** The directory in which bodies of inserts wait for ClickHouse. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Free memory-backed space below which bodies go to a disk instead, bytes. */
const sharedMemoryMin = 1_073_741_824;
/** `INFILE` takes a pattern of paths, and nothing escapes these: a body could be read from elsewhere, or not at all. */
const wildcards = /[*?{}]/;

export interface Places {
  /** A file system in memory; it need not be there. */
  readonly memory: string;
  readonly temporary: string;
}

/**
 * Empty and for nobody else to read: in memory if there is room, else in the data directory, else, when the path of that
 * has wildcards in it, among the temporary files. What a killed predecessor left is removed.
 *
 * @param directory of ClickHouse's data
 * @throws Error when none of the places will do
 */
export function openIncoming(
  directory: string,
  { memory, temporary }: Places = { memory: '/dev/shm', temporary: tmpdir() },
): string {
  const name = `millrace-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`;
  let path = join(directory, 'incoming');
  if (hasRoom(memory) && ownDirectory(join(memory, name))) {
    path = join(memory, name);
  } else if (wildcards.test(path)) {
    path = join(temporary, name);
    if (wildcards.test(path) || !ownDirectory(path)) {
      throw new Error(
        `${directory}: expected a path without * ? { }, or a directory for temporary files of one's own at ${path}`,
      );
    }
  }
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function hasRoom(memory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= sharedMemoryMin;
  } catch {
    return false; // no such file system here
  }
}

/** Makes the directory. @returns false when it is there already and others could reach into it */
function ownDirectory(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700, recursive: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
  }
  const found = lstatSync(path);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
}
