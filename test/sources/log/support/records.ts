/** Records for log tests: made from texts, read back as texts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Chunk, LogReader } from '../../../../contracts/chunk.ts';
import type { LogSlice } from '../../../../sources/log/chunkPacker.ts';

export function sliceOf(partition: number, texts: readonly string[]): LogSlice {
  const parts = texts.map((text) => Buffer.from(text));
  const ends = new Int32Array(parts.length);
  let end = 0;
  for (const [i, part] of parts.entries()) {
    end += part.length;
    ends[i] = end;
  }
  return { partition, bytes: Buffer.concat(parts), ends, length: parts.length };
}

export function textsOf({ bytes, ends, length }: Chunk): string[] {
  return Array.from({ length }, (_, i) =>
    Buffer.from(bytes.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!)).toString(),
  );
}

export interface ReadRecord {
  readonly offset: number;
  readonly text: string;
  readonly receivedAt: number;
}

/** Everything from `offset` on, chunk by chunk. */
export function readAll(reader: LogReader, partition: number, offset = 0): ReadRecord[] {
  const records: ReadRecord[] = [];
  let at = offset;
  for (;;) {
    const chunk = reader.read(partition, at);
    if (chunk === undefined) return records;
    for (const [i, text] of textsOf(chunk).entries()) {
      records.push({ offset: chunk.firstOffset + i, text, receivedAt: chunk.receivedAt });
    }
    at = chunk.firstOffset + chunk.length;
  }
}

/** Runs `use` with a new directory that is gone afterwards. */
export async function withDirectory<Result>(
  use: (directory: string) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-log-'));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Path of the compiled module beside this one: threads and processes of their own cannot run
 * TypeScript.
 */
export function compiled(name: string): string {
  const here = import.meta.url;
  const folder = here.endsWith('.ts') ? '../../../../dist/test/sources/log/support/' : './';
  return fileURLToPath(new URL(`${folder}${name}.js`, here));
}
