/**
 * A partition of the event log divided among several, by user: each takes part in experiments with its own users only, and
 * knows all the rest as time that passes.
 *
 * So the clock of the partition stays what it was, and with it which units were old enough to be scored at a given moment: the
 * counts of the parts add up to those of the whole.
 */
import { bytesOf } from '../contracts/bytes.ts';
import type { Chunk } from '../contracts/chunk.ts';
import { exposureType } from '../contracts/exposureFields.ts';
import { murmur3 } from '../contracts/hash.ts';

/** Type of an exposure that another part counts: of no meaning to any experiment. */
const elsewhere = 'exposure elsewhere';
/** Other than that of the partitions, so that the users of one are spread over all parts. */
const seed = 0x7061_7274;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The chunk as each part sees it.
 *
 * @param parts ≥ 1
 */
export function splitExposures(chunk: Chunk, parts: number): Chunk[] {
  if (parts === 1) return [chunk];
  const records = Array.from({ length: chunk.length }, (_, i) =>
    chunk.bytes.subarray(i === 0 ? 0 : chunk.ends[i - 1]!, chunk.ends[i]!),
  );
  const exposures = records.map((bytes) => readExposure(bytes, parts));
  return Array.from({ length: parts }, (_, part) =>
    withRecords(
      chunk,
      records.map((bytes, i) => {
        const exposure = exposures[i];
        return exposure === undefined || exposure.part === part ? bytes : exposure.passed;
      }),
    ),
  );
}

interface SplitExposure {
  readonly part: number;
  /** The record for all other parts. */
  readonly passed: Uint8Array;
}

/** @returns undefined for what is no exposure: all parts take it as it is */
function readExposure(bytes: Uint8Array, parts: number): SplitExposure | undefined {
  const text = decoder.decode(bytes);
  if (!text.includes(exposureType)) return undefined;
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { type, user } = (event ?? {}) as { type?: unknown; user?: unknown };
  if (type !== exposureType || typeof user !== 'string') return undefined;
  const name = bytesOf(encoder.encode(user));
  return {
    part: murmur3(name, 0, name.bytes.length, seed) % parts,
    passed: encoder.encode(JSON.stringify({ ...(event as object), type: elsewhere })),
  };
}

function withRecords(chunk: Chunk, records: readonly Uint8Array[]): Chunk {
  const ends = new Int32Array(records.length);
  let size = 0;
  records.forEach((bytes, i) => {
    size += bytes.length;
    ends[i] = size;
  });
  return { ...chunk, bytes: Buffer.concat(records), ends };
}
