/** A file as a stream of bytes, plain or gzip, and what its errors mean. */
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineError } from '../../contracts/errors.ts';

export interface OpenFile {
  /** The bytes, unpacked; an error of theirs is for {@link fileError}. */
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Share of the file read so far, 0 … 1, of its bytes as they are on disk. */
  progress(): number;
  close(): Promise<void>;
}

/** @throws EngineError FILE_UNREADABLE when the file cannot be opened */
export async function openFile(path: string): Promise<OpenFile> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const opened = handle;
    const { size } = await handle.stat();
    const magic = new Uint8Array(2);
    await handle.read(magic, 0, 2, 0);
    const raw = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 65_536 });
    let pieces: Readable = raw;
    if (path.endsWith('.gz') || (magic[0] === 0x1f && magic[1] === 0x8b)) {
      const unzip = createGunzip({ chunkSize: 262_144 });
      pieces = pipeline(raw, unzip, () => undefined); // its errors reach who reads the pieces
    }
    return {
      pieces,
      progress: () => (size > 0 ? Math.min(1, raw.bytesRead / size) : 1),
      async close() {
        pieces.destroy();
        raw.destroy();
        await opened.close();
      },
    };
  } catch (error) {
    await handle?.close();
    throw fileError(path, error);
  }
}

/**
 * An error of the file system or of zlib as FILE_UNREADABLE, any other as it is.
 *
 * @param place where in the file, as the end of a sentence
 */
export function fileError(path: string, error: unknown, place = ''): unknown {
  const isFileError = error instanceof Error && 'errno' in error && 'code' in error;
  if (!isFileError) return error;
  return new EngineError('FILE_UNREADABLE', `${path}: ${error.message}${place}`, { cause: error });
}
