/** How far a file was replayed into a data directory, so that a second start goes on instead of sending it again. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { readRecord, writeRecord } from './storedRecord.ts';

const ReplayRecord = z.object({
  path: z.string(),
  /** Bytes of the file. */
  size: z.number(),
  /** Events taken. */
  rows: z.number(),
});

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
  const stored = readRecord(record, ReplayRecord);
  const same = stored?.path === source && stored.size === size;
  return {
    rows: same ? stored.rows : 0,
    save(rows) {
      writeRecord(record, { path: source, size, rows } satisfies z.infer<typeof ReplayRecord>);
    },
  };
}
