/** Reading a file while the thread waits: from a directory, and from a bucket by way of another thread. */
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openArtifacts } from '../../../sinks/artifacts/openArtifacts.ts';
import { readArtifactNow } from '../../../sinks/artifacts/readArtifactNow.ts';
import { type S3Server, startS3Server } from '../../support/s3Server.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-artifacts-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const model = new Uint8Array(100_000).map((_, i) => i % 241);

test('from a directory', async () => {
  const access = { kind: 'directory', directory } as const;
  const store = await openArtifacts(access);
  const { sha256 } = await store.put(model);
  expect(Buffer.compare(readArtifactNow(access, sha256), model)).toBe(0);
  await store.remove(sha256);
  expect(() => readArtifactNow(access, sha256)).toThrow('is not there');
});

describe('from a bucket', () => {
  let server: S3Server;
  beforeEach(async () => {
    server = await startS3Server();
  });
  afterEach(() => server.close());

  /** In a thread, whose event loop stands still meanwhile as that of a partition does: the server has this one. */
  async function read(sha256: string) {
    const access = { ...server.access, cache: directory };
    const code = `
      import { parentPort, workerData } from 'node:worker_threads';
      import { readArtifactNow } from '${new URL('../../../dist/sinks/artifacts/readArtifactNow.js', import.meta.url)}';
      let turns = 0;
      setImmediate(() => { turns += 1; });
      try {
        const bytes = readArtifactNow(workerData.access, workerData.sha256);
        parentPort.postMessage({ bytes: new Uint8Array(bytes), turns });
      } catch ({ code, message }) {
        parentPort.postMessage({ code, message });
      }`;
    const entry = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const worker = new Worker(entry, { workerData: { access, sha256 } });
    return new Promise<{ bytes?: Uint8Array; turns?: number; code?: string; message?: string }>(
      (resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      },
    );
  }

  async function stored(): Promise<string> {
    const store = await openArtifacts({ ...server.access, cache: directory });
    const { sha256 } = await store.put(model);
    server.asked.length = 0;
    return sha256;
  }

  test('once: then it lies in the cache, from which a damaged file is fetched again', async () => {
    const sha256 = await stored();
    for (let times = 0; times < 2; times += 1) {
      const { bytes, turns } = await read(sha256);
      expect(Buffer.compare(bytes!, model)).toBe(0);
      expect(turns).toBe(0);
    }
    expect(server.asked.length).toBe(1);
    truncateSync(join(directory, sha256.slice(0, 2), sha256), 5);
    expect((await read(sha256)).bytes!.length).toBe(model.length);
    expect(server.asked.length).toBe(2);
  });

  test('what is wrong with it is told as by the store itself', async () => {
    const sha256 = await stored();
    const [key] = server.objects.keys();
    server.objects.set(key!, model.slice(1));
    expect(await read(sha256)).toMatchObject({ code: 'ARTIFACT_CORRUPT' });
    server.objects.clear();
    expect(await read(sha256)).toMatchObject({
      code: 'ARTIFACT_UNAVAILABLE',
      message: expect.stringContaining('is not there'),
    });
    server.faults.push(403);
    expect((await read(sha256)).message).toContain('refuses');
  });
});
