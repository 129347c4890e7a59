/** How far a file was replayed into a data directory, so that a second start goes on instead of sending it again. */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const ReplayRecord = z.object({
  path: z.string(),
  /** Bytes of the file. */
  size: z.number(),
  /** Events taken. */
  rows: z.number(),
});
type ReplayRecord = z.infer<typeof ReplayRecord>;

export interface ReplayProgress {
  /** Events that were taken before. */
  readonly rows: number;
  /** Remembers that so many events are taken. */
  save(rows: number): void;
}

/** @param record file in the data directory */
export function replayProgress(path: string, record: string): ReplayProgress {
  const source = resolve(path);
  const size = statSync(source, { throwIfNoEntry: false })?.size ?? 0;
  const stored = read(record);
  const same = stored?.path === source && stored.size === size;
  return {
    rows: same ? stored.rows : 0,
    save(rows) {
      writeFileSync(`${record}.new`, JSON.stringify({ path: source, size, rows }));
      renameSync(`${record}.new`, record);
    },
  };
}

function read(record: string): ReplayRecord | undefined {
  if (!existsSync(record)) return undefined;
  try {
    return ReplayRecord.parse(JSON.parse(readFileSync(record, 'utf8')));
  } catch {
    return undefined;
  }
}
