/** How many partitions an event log was made with. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { formatKey, parseFormat } from './logStore.ts';

/** @returns undefined when there is no log in the directory yet */
export async function storedPartitions(directory: string): Promise<number | undefined> {
  if (!existsSync(join(directory, 'data.mdb'))) return undefined;
  const environment = open<Uint8Array, Uint8Array>({
    path: directory,
    noSubdir: false,
    readOnly: true,
    encoding: 'binary',
    keyEncoding: 'binary',
    maxDbs: 80,
  });
  try {
    const format = environment.openDB<Uint8Array, Uint8Array>({
      name: 'format',
      encoding: 'binary',
      keyEncoding: 'binary',
    });
    return parseFormat(format?.getBinary(formatKey))?.partitions;
  } finally {
    await environment.close();
  }
}
