/** How far a file was replayed into a data directory, so that a second start goes on instead of sending it again. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { readRecord, writeRecord } from './storedRecord.ts';

const ReplayRecord = z.object({
  path: z.string(),
  /** Bytes of the file. */
  size: z.number(),
  /** What the file was read as: read otherwise, its lines are other events. */
  format: z.string(),
  /** ms since 1970; null: the default. */
  startTime: z.number().nullable(),
  /** Events taken, refused ones included. */
  rows: z.number(),
  /** Events refused. */
  refused: z.number(),
});
type ReplayRecord = z.infer<typeof ReplayRecord>;

export interface ReplaySource {
  readonly path: string;
  readonly format: string;
  /** ms since 1970. */
  readonly startTime?: number;
}

export interface ReplayProgress {
  /** Events that were taken before, refused ones included. */
  readonly rows: number;
  /** Events that were refused before. */
  readonly refused: number;
  /** Remembers that so many events are taken, and how many of them were refused. */
  save(rows: number, refused: number): void;
}

/** @param record file in the data directory */
export function replayProgress(source: ReplaySource, record: string): ReplayProgress {
  const path = resolve(source.path);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const { format, startTime = null } = source;
  const stored = readRecord(record, ReplayRecord);
  const same =
    stored !== undefined &&
    stored.path === path &&
    stored.size === size &&
    stored.format === format &&
    stored.startTime === startTime;
  return {
    rows: same ? stored.rows : 0,
    refused: same ? stored.refused : 0,
    save(rows, refused) {
      const next: ReplayRecord = { path, size, format, startTime, rows, refused };
      writeRecord(record, next);
    },
  };
}
