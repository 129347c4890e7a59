/** Reads the body of a request into memory, unpacked, or into a file, as it came. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { ServerException } from './exceptions.ts';

/** Longest statement that may stand in a body, with the data behind it, bytes unpacked. */
export const textBytesMax = 16_777_216;

/** How ClickHouse calls the content encodings that it can read from a file. */
const compressions: Readonly<Record<string, string>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
  zstd: 'zst',
  lz4: 'lz4',
  xz: 'xz',
  bz2: 'bz2',
};

/** ClickHouse's name of the body's compression, 'none' without one. */
export function compressionOf(request: IncomingMessage): string {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return 'none';
  const compression = compressions[encoding];
  if (compression === undefined) {
    throw new ServerException('UNKNOWN_COMPRESSION_METHOD', `Unknown content encoding ${encoding}`);
  }
  return compression;
}

function unpacked(request: IncomingMessage): Readable {
  const compression = compressionOf(request);
  const unpackers: Record<string, (() => Transform) | undefined> = {
    gzip: zlib.createGunzip,
    deflate: zlib.createInflate,
    br: zlib.createBrotliDecompress,
    zst: (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress,
  };
  if (compression === 'none') return request;
  const unpack = unpackers[compression];
  if (unpack === undefined) {
    const detail = `A statement in ${compression} cannot be read: send it as the query parameter`;
    throw new ServerException('NOT_IMPLEMENTED', detail);
  }
  const stream = unpack();
  request.on('error', (error) => stream.destroy(error));
  request.on('aborted', () => stream.destroy(new Error('The request was aborted')));
  return request.pipe(stream);
}

/** Leaves the stream alone at the end: a request that is destroyed could no longer be answered. */
function chunksOf(stream: Readable): AsyncIterable<Buffer> {
  return { [Symbol.asyncIterator]: () => stream.iterator({ destroyOnReturn: false }) };
}

/**
 * The whole body, unpacked.
 *
 * @throws ServerException QUERY_IS_TOO_LARGE beyond {@link textBytesMax}, INCORRECT_DATA when it cannot be unpacked
 */
export async function readText(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of chunksOf(unpacked(request))) {
      size += chunk.length;
      if (size > textBytesMax) {
        const detail =
          `The body exceeds ${textBytesMax} bytes: send the INSERT as the query parameter ` +
          'and only its data as the body';
        throw new ServerException('QUERY_IS_TOO_LARGE', detail);
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ServerException) throw error;
    throw new ServerException('INCORRECT_DATA', `The body cannot be read: ${String(error)}`);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Writes the body to a file, packed as it is.
 *
 * @param lead bytes before the body
 * @returns size of the file, bytes
 * @throws ServerException QUERY_IS_TOO_LARGE beyond `sizeMax`, NOT_ENOUGH_SPACE on a full disk, INCORRECT_DATA when the
 * request breaks off; the file is gone then
 */
export async function readFile(
  request: Readable,
  file: string,
  lead: Uint8Array,
  sizeMax: number,
): Promise<number> {
  let size = lead.length;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size <= sizeMax) return done(null, chunk);
      done(new ServerException('QUERY_IS_TOO_LARGE', `The body exceeds ${sizeMax} bytes`));
    },
  });
  const target = createWriteStream(file, { mode: 0o600, highWaterMark: 4_194_304 });
  if (lead.length > 0) target.write(lead);
  try {
    await pipeline(chunksOf(request), limit, target);
    return size;
  } catch (error) {
    await rm(file, { force: true });
    if (error instanceof ServerException) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new ServerException('NOT_ENOUGH_SPACE', 'No space left for the body of the request');
    }
    throw new ServerException('INCORRECT_DATA', `The body cannot be read: ${String(error)}`);
  }
}
