/** Files of models in a directory: what was stored is read, or it is said why not; nothing half is ever under a name. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type * as FileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openFileArtifacts, readFileArtifact } from '../../../sinks/artifacts/fileArtifacts.ts';
import { canMount, mountSmallDisk } from '../../support/smallDisk.ts';

/** What fails, and with which code. */
const faults = vi.hoisted(() => ({ at: '', code: '' }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  const failing =
    (name: string, act: (...given: never[]) => unknown) =>
    (...given: never[]) => {
      if (faults.at === name)
        throw Object.assign(new Error(`${name} failed`), { code: faults.code });
      return act(...given);
    };
  return {
    ...real,
    mkdir: failing('mkdir', real.mkdir),
    rename: failing('rename', real.rename),
    async open(path: string, flags: string) {
      const file = await real.open(path, flags);
      file.sync = failing('sync', file.sync.bind(file)) as typeof file.sync;
      return file;
    },
  };
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-artifacts-'));
  faults.at = '';
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const model = new TextEncoder().encode('a model');
// sha256sum of the same bytes.
const sha256 = '97ff8a35544dcf40ad84047074439dd6aa3a0be469ea578a1b1c017d939ec61c';
const path = () => join(directory, sha256.slice(0, 2), sha256);

/** All files, wherever they lie. */
function files(): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

describe('what was stored', () => {
  test('is read under its hash, once however often it is stored, until it is removed', async () => {
    const store = await openFileArtifacts(directory);
    expect(await store.has(sha256)).toBe(false);
    for (let times = 0; times < 3; times += 1) {
      expect(await store.put(model)).toEqual({ sha256, bytes: 7 });
    }
    expect(files()).toEqual([sha256]);
    expect(await store.has(sha256)).toBe(true);
    expect([...(await store.get(sha256))]).toEqual([...model]);
    expect([...readFileArtifact(directory, sha256)]).toEqual([...model]);
    await store.remove(sha256);
    await store.remove(sha256);
    expect(await store.has(sha256)).toBe(false);
    expect(files()).toEqual([]);
  });

  test('is stored again where somebody has removed all of it', async () => {
    const store = await openFileArtifacts(directory);
    await store.put(model);
    rmSync(directory, { recursive: true });
    await store.put(model);
    expect([...(await store.get(sha256))]).toEqual([...model]);
  });

  test('by several at once is whole', async () => {
    const store = await openFileArtifacts(directory);
    const large = new Uint8Array(3_000_000).map((_, i) => i % 251);
    const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => store.put(large)));
    for (const other of others) expect(other).toEqual(first);
    expect((await store.get(first!.sha256)).length).toBe(large.length);
    expect(files()).toEqual([first!.sha256]);
  });

  test.each([
    ['cut', () => truncateSync(path(), 3)],
    ['empty', () => truncateSync(path(), 0)],
    [
      'changed in one bit',
      () => {
        const bytes = readFileSync(path());
        bytes[4]! ^= 1;
        writeFileSync(path(), bytes);
      },
    ],
  ])('and is %s since is told, and mended by storing it again', async (_, harm) => {
    const store = await openFileArtifacts(directory);
    await store.put(model);
    harm();
    const corrupt = { code: 'ARTIFACT_CORRUPT', message: expect.stringContaining('another hash') };
    await expect(store.get(sha256)).rejects.toMatchObject(corrupt);
    expect(() => readFileArtifact(directory, sha256)).toThrow('is not the file that was stored');
    await store.put(model);
    expect([...(await store.get(sha256))]).toEqual([...model]);
  });

  test('and is not there is told', async () => {
    const store = await openFileArtifacts(directory);
    const missing = {
      code: 'ARTIFACT_UNAVAILABLE',
      message: expect.stringContaining('is not there'),
    };
    await expect(store.get(sha256)).rejects.toMatchObject(missing);
    expect(() => readFileArtifact(directory, sha256)).toThrow('is not there');
  });

  test('is asked for by a hash alone, and is something', async () => {
    const store = await openFileArtifacts(directory);
    for (const name of ['', '../secret', sha256.toUpperCase(), `${sha256}0`]) {
      await expect(store.get(name)).rejects.toThrow('sha256: expected 64 hexadecimal digits');
    }
    await expect(store.put(new Uint8Array())).rejects.toThrow(RangeError);
  });
});

describe('a disk that fails', () => {
  test.each([
    ['sync', 'ENOSPC', 'lies on a full disk: make room there'],
    ['rename', 'ENOSPC', 'lies on a full disk'],
    ['sync', 'EDQUOT', 'lies on a full disk'],
    ['mkdir', 'EACCES', 'may not be read and written by the engine'],
    ['sync', 'EIO', 'the disk is failing'],
    ['sync', 'EBADMSG', 'answers EBADMSG'],
  ])('at %s with %s is told, and leaves nothing behind', async (at, code, words) => {
    const store = await openFileArtifacts(directory);
    Object.assign(faults, { at, code });
    await expect(store.put(model)).rejects.toMatchObject({
      code: 'ARTIFACT_UNAVAILABLE',
      message: expect.stringContaining(words),
    });
    expect(files()).toEqual([]);
    faults.at = '';
    await store.put(model);
    expect(files()).toEqual([sha256]);
  });

  test('cannot be opened', async () => {
    writeFileSync(join(directory, 'file'), '');
    await expect(openFileArtifacts(join(directory, 'file'))).rejects.toMatchObject({
      code: 'ARTIFACT_UNAVAILABLE',
    });
  });

  test.skipIf(!canMount)('is full in earnest: the rest stays readable', async () => {
    const unmount = mountSmallDisk(directory, 1);
    try {
      const store = await openFileArtifacts(directory);
      await store.put(model);
      await expect(store.put(new Uint8Array(2_000_000))).rejects.toThrow('lies on a full disk');
      expect(files()).toEqual([sha256]);
      expect((await store.get(sha256)).length).toBe(7);
    } finally {
      unmount();
    }
  });
});

describe('a process that is killed', () => {
  const compiled = fileURLToPath(
    new URL('../../../dist/sinks/artifacts/fileArtifacts.js', import.meta.url),
  );

  /** @param at of the calls, before which it is killed */
  function storeAndDie(at: 'rename' | 'open'): void {
    const code = `
      import fs from 'node:fs/promises';
      import { syncBuiltinESMExports } from 'node:module';
      const die = () => process.kill(process.pid, 'SIGKILL');
      const { open } = fs;
      if (${at === 'rename'}) fs.rename = async () => die();
      else fs.open = async (...given) => {
        const file = await open(...given);
        file.sync = async () => die();
        return file;
      };
      syncBuiltinESMExports();
      const { openFileArtifacts } = await import('${compiled}');
      const store = await openFileArtifacts('${directory}');
      await store.put(new TextEncoder().encode('a model'));
      console.log('lives');`;
    const { signal, stdout, stderr } = spawnSync(process.execPath, [
      '--input-type=module',
      '-e',
      code,
    ]);
    expect([signal, String(stdout), String(stderr)]).toEqual(['SIGKILL', '', '']);
  }

  test.each(['rename', 'open'] as const)(
    'before %s has ended leaves nothing under a name',
    async (at) => {
      storeAndDie(at);
      expect(existsSync(path())).toBe(false);
      expect(files().length).toBe(1); // without a name
      const store = await openFileArtifacts(directory);
      expect(await store.has(sha256)).toBe(false);
      await store.put(model);
      expect((await store.get(sha256)).length).toBe(7);
    },
  );

  test('what it left goes a day later', async () => {
    const left = join(directory, 'incoming', 'left');
    mkdirSync(join(directory, 'incoming'));
    writeFileSync(left, 'half');
    await openFileArtifacts(directory);
    expect(existsSync(left)).toBe(true); // it may be somebody's who writes just now
    const before = new Date(Date.now() - 25 * 3_600_000);
    utimesSync(left, before, before);
    await openFileArtifacts(directory);
    expect(existsSync(left)).toBe(false);
  });
});
