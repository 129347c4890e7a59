/** History and live events do not mix: a replayed file has a data directory of its own. */
import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';

/** @returns relative to the working directory; another one for files of the same name in different places */
export function replayDirectory(file: string): string {
  const place = createHash('sha256').update(resolve(file)).digest('hex').slice(0, 8);
  return join('data', 'replays', `${basename(file)}-${place}`);
}
