/**
 * Reads a request's body into memory, within limits that hold for one body and for all of them together.
 *
 * `Content-Encoding: gzip` is undone; the limit holds for what comes out, so a small body cannot become a large one.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineError } from '../contracts/errors.ts';
import { RequestError } from './problems.ts';

/** Largest body, in bytes, before and after inflation: 10 MiB. */
export const bodyBytesMax = 10 * 1024 * 1024;
/** What is still read, and thrown away, of a body that was refused: so that its sender gets to read the answer. */
const drainBytesMax = 64 * 1024 * 1024;

/** Bytes of all bodies held at this moment. Past `bytesMax` the engine says that it is overloaded. */
export interface ByteBudget {
  readonly bytesMax: number;
  bytes: number;
}

export function createByteBudget(bytesMax = 64 * 1024 * 1024): ByteBudget {
  return { bytesMax, bytes: 0 };
}

export interface Body {
  readonly bytes: Uint8Array;
  /** Gives the bytes back to the budget; call it once the body is no longer used. */
  release(): void;
}

/**
 * @throws EngineError BODY_TOO_LARGE, BODY_INVALID (not gzip although it says so, or cut off), OVERLOADED
 * @throws RequestError MEDIA_TYPE_UNSUPPORTED for another encoding
 */
export async function readBody(
  source: Readable,
  headers: IncomingHttpHeaders,
  budget: ByteBudget,
): Promise<Body> {
  let held = 0;
  const hold = (bytes: number): void => {
    if (bytes <= held) return;
    if (budget.bytes + bytes - held > budget.bytesMax) {
      throw new EngineError('OVERLOADED', 'Too many bodies are being received at once.');
    }
    budget.bytes += bytes - held;
    held = bytes;
  };
  const release = (): void => {
    budget.bytes -= held;
    held = 0;
  };
  try {
    const gzipped = isGzipped(headers['content-encoding']);
    const declared = Number(headers['content-length'] ?? 0);
    if (declared > bodyBytesMax) throw tooLarge();
    hold(declared);
    return { bytes: await collect(source, gzipped, hold), release };
  } catch (error) {
    release();
    drain(source);
    throw error;
  }
}

function isGzipped(encoding: string | undefined): boolean {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'gzip' || name === 'x-gzip') return true;
  if (name === 'identity' || name === '') return false;
  throw new RequestError(
    'MEDIA_TYPE_UNSUPPORTED',
    `Content-Encoding ${name}: gzip or none is taken.`,
  );
}

/**
 * By events and not by `pipeline` or `for await`: those destroy their source when they fail, and with it the connection
 * on which the reason is to be told.
 */
function collect(
  source: Readable,
  gzipped: boolean,
  hold: (bytes: number) => void,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    let length = 0;
    const plain = gzipped ? createGunzip() : source;
    const fail = (error: Error): void => {
      if (plain !== source) {
        source.unpipe();
        plain.destroy();
      }
      source.off('data', count);
      plain.off('data', take);
      reject(explain(error));
    };
    const count = (chunk: Buffer): void => {
      received += chunk.length;
      if (received > bodyBytesMax) fail(tooLarge());
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      try {
        if (length > bodyBytesMax) throw tooLarge();
        hold(length);
        chunks.push(chunk);
      } catch (error) {
        fail(error as Error);
      }
    };
    source.on('data', count);
    plain.on('data', take);
    plain.once('end', () => resolve(join(chunks, length)));
    plain.once('error', fail);
    source.once('error', fail);
    source.once('close', () => {
      if (!source.readableEnded) fail(new EngineError('BODY_INVALID', cutOff));
    });
    if (plain !== source) source.pipe(plain as ReturnType<typeof createGunzip>);
  });
}

function drain(source: Readable): void {
  let bytes = 0;
  source.on('error', () => undefined);
  source.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > drainBytesMax) source.destroy();
  });
  source.resume();
}

const cutOff = 'The connection ended before the body did.';

function tooLarge(): EngineError {
  const limit = `${bodyBytesMax / 1024 / 1024} MiB`;
  return new EngineError('BODY_TOO_LARGE', `A body has at most ${limit}, also when unpacked.`);
}

function explain(error: Error): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR') return new EngineError('BODY_INVALID', 'The gzip stream is cut off.');
  if (code.startsWith('Z_')) return new EngineError('BODY_INVALID', 'The body is not valid gzip.');
  if (code === 'ECONNRESET') return new EngineError('BODY_INVALID', cutOff);
  return error;
}

function join(chunks: readonly Buffer[], length: number): Uint8Array {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
}
