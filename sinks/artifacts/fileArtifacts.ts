/**
 * Files of models in a directory, each under its hash: `ab/abcd…`.
 *
 * A file is written beside, brought to the disk, and given its name in one step: under a name there is always all of it.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import { EngineError } from '../../contracts/errors.ts';
import { artifactOf, checkedBytes, expectSha256 } from './sha256.ts';

/** Where files are written before they have a name. */
const incoming = 'incoming';
/** What lies there for so long was left by a process that died, ms. */
const leftMs = 24 * 3_600_000;

/**
 * Makes the directory when there is none.
 *
 * @throws EngineError ARTIFACT_UNAVAILABLE when it cannot be written to
 */
export async function openFileArtifacts(directory: string): Promise<ArtifactStore> {
  try {
    await mkdir(join(directory, incoming), { recursive: true });
    await removeLeft(join(directory, incoming));
  } catch (error) {
    throw unavailable(error, directory);
  }
  return {
    async put(bytes) {
      const artifact = artifactOf(bytes);
      const { sha256 } = artifact;
      if (await isWhole(directory, sha256)) return artifact;
      const path = pathOf(directory, sha256);
      const temporary = join(directory, incoming, randomUUID());
      try {
        await mkdir(dirname(path), { recursive: true });
        // Somebody may have removed all of it meanwhile.
        await mkdir(join(directory, incoming), { recursive: true });
        await writeThrough(temporary, bytes);
        await rename(temporary, path);
        await syncDirectory(dirname(path));
        await syncDirectory(directory);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw unavailable(error, directory);
      }
      return artifact;
    },

    async get(sha256) {
      const path = pathOf(directory, sha256);
      const bytes = await readFile(path).catch((error: unknown) => {
        throw unavailable(error, path);
      });
      return checkedBytes(bytes, sha256, path);
    },

    async has(sha256) {
      const path = pathOf(directory, sha256);
      try {
        return (await stat(path)).isFile();
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return false;
        throw unavailable(error, path);
      }
    },

    async remove(sha256) {
      const path = pathOf(directory, sha256);
      try {
        await rm(path);
        await syncDirectory(dirname(path));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw unavailable(error, path);
      }
    },
  };
}

/**
 * As `get`, while the thread waits.
 *
 * @throws EngineError ARTIFACT_UNAVAILABLE, ARTIFACT_CORRUPT
 */
export function readFileArtifact(directory: string, sha256: string): Uint8Array {
  const path = pathOf(directory, sha256);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw unavailable(error, path);
  }
  return checkedBytes(bytes, sha256, path);
}

function pathOf(directory: string, sha256: string): string {
  expectSha256(sha256);
  return join(directory, sha256.slice(0, 2), sha256);
}

/** One that was damaged is written anew. */
async function isWhole(directory: string, sha256: string): Promise<boolean> {
  const path = pathOf(directory, sha256);
  try {
    checkedBytes(await readFile(path), sha256, path);
    return true;
  } catch {
    return false;
  }
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is on the disk when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeLeft(directory: string): Promise<void> {
  const before = Date.now() - leftMs;
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    // Another process may be just as quick.
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < before) await rm(path, { force: true });
  }
}

function unavailable(error: unknown, path: string): EngineError {
  const code = codeOf(error);
  const sentence = (code !== undefined && sentences[code]) || `answers ${code ?? String(error)}`;
  return new EngineError('ARTIFACT_UNAVAILABLE', `${path} ${sentence}.`, { cause: error });
}

const full = 'lies on a full disk: make room there, or move MILLRACE_ARTIFACTS';
const forbidden = 'may not be read and written by the engine: give it the rights';
const sentences: Readonly<Record<string, string>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  ENOENT: 'is not there: put it back from a copy, or release another version',
  EIO: 'cannot be read or written: the disk is failing',
};

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
