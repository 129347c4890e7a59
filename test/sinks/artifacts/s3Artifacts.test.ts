/** Files of models in a bucket: every request is signed, a store that fails is asked again, one that refuses is not. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createS3Artifacts } from '../../../sinks/artifacts/s3Artifacts.ts';
import { s3Address } from '../../../sinks/artifacts/s3Request.ts';
import { type S3Server, signatureOf, startS3Server } from '../../support/s3Server.ts';

let server: S3Server;
beforeEach(async () => {
  server = await startS3Server();
});
afterEach(() => server.close());

const model = new TextEncoder().encode('a model');
const sha256 = '97ff8a35544dcf40ad84047074439dd6aa3a0be469ea578a1b1c017d939ec61c';
const key = `/models/at/millrace/${sha256}`;
const pace = { timeoutMs: 150, triesMax: 3, pauseMs: 1 };

function open(given: Partial<S3Server['access']> = {}) {
  return createS3Artifacts({ ...server.access, ...given, cache: '/nowhere' }, pace);
}

// Golden: AWS, "Authenticating Requests: Using the Authorization Header", example GET Object.
test('the server of these tests computes signatures as published', () => {
  const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const signature = signatureOf(
    {
      method: 'GET',
      path: '/test.txt',
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': nothing,
        'x-amz-date': '20130524T000000Z',
      },
      signedHeaders: 'host;range;x-amz-content-sha256;x-amz-date',
      date: '20130524T000000Z',
      region: 'us-east-1',
      payloadHash: nothing,
    },
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  );
  expect(signature).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
});

describe('what was stored', () => {
  test('is read under its hash, until it is removed', async () => {
    const store = open();
    expect(await store.has(sha256)).toBe(false);
    expect(await store.put(model)).toEqual({ sha256, bytes: 7 });
    expect([...server.objects.keys()]).toEqual([key]);
    expect(await store.has(sha256)).toBe(true);
    expect([...(await store.get(sha256))]).toEqual([...model]);
    await store.remove(sha256);
    await store.remove(sha256);
    expect(await store.has(sha256)).toBe(false);
    const asked = ['HEAD', 'PUT', 'HEAD', 'GET', 'DELETE', 'DELETE', 'HEAD'];
    expect(server.asked).toEqual(asked.map((method) => `${method} ${key}`));
  });

  test('with a prefix or without', async () => {
    await open({ prefix: '' }).put(model);
    expect([...server.objects.keys()]).toEqual([`/models/${sha256}`]);
  });

  test.each([
    ['cut', model.slice(0, 3)],
    ['changed in one bit', model.map((byte, i) => (i === 4 ? byte ^ 1 : byte))],
  ])('and is %s since is told', async (_, bytes) => {
    const store = open();
    server.objects.set(key, bytes);
    await expect(store.get(sha256)).rejects.toMatchObject({ code: 'ARTIFACT_CORRUPT' });
  });
});

describe('a store that fails', () => {
  test.each([500, 503, 429, 0])('with %d is asked again', async (status) => {
    const store = open();
    server.faults.push(status, status);
    await store.put(model);
    expect(server.asked.length).toBe(3);
    expect((await store.get(sha256)).length).toBe(7);
  });

  test.each([
    [503, 'answered 503, 3 times'],
    [0, 'did not answer within 0.15 s, 3 times'],
  ])('with %d again and again is told', async (status, words) => {
    server.faults.push(status, status, status);
    await expect(open().get(sha256)).rejects.toMatchObject({
      code: 'ARTIFACT_UNAVAILABLE',
      message: expect.stringContaining(words),
    });
    expect(server.asked.length).toBe(3);
  });

  test('by not being there is told', async () => {
    await server.close();
    await expect(open().get(sha256)).rejects.toMatchObject({
      code: 'ARTIFACT_UNAVAILABLE',
      message: expect.stringContaining('did not answer (ECONNREFUSED), 3 times'),
    });
  });
});

describe('a store that refuses', () => {
  test.each([
    [
      'a wrong key',
      { secretKey: 'hush-hush' },
      '(403, SignatureDoesNotMatch): check S3_ACCESS_KEY',
    ],
    ['an unknown key', { accessKey: 'hush-hush' }, '(403, InvalidAccessKeyId)'],
    ['another region', { region: 'us-east-1' }, '(403, AuthorizationHeaderMalformed)'],
    ['a bucket that is not there', { bucket: 'others' }, 'There is no bucket others at http://'],
  ])('%s is asked once, and says what to do without the key', async (_, given, words) => {
    const store = open(given);
    const acts = [() => store.put(model), () => store.get(sha256), () => store.remove(sha256)];
    for (const act of acts) {
      const error: Error = await act().then<Error, Error>(
        () => new Error('taken'),
        (reason) => reason,
      );
      expect(error).toMatchObject({ code: 'ARTIFACT_UNAVAILABLE' });
      expect(error.message).toContain(words);
      expect(error.message).not.toContain('hush');
    }
    expect(server.asked.length).toBe(3);
    expect(server.objects.size).toBe(0);
  });

  test.each([
    [301, 'sends elsewhere'],
    [400, 'does not take what is asked'],
  ])('with %d says so', async (status, words) => {
    server.faults.push(status);
    await expect(open().put(model)).rejects.toThrow(words);
  });

  test('a file that is not there is told as such', async () => {
    await expect(open().get(sha256)).rejects.toMatchObject({
      code: 'ARTIFACT_UNAVAILABLE',
      message: `s3://models/at/millrace/${sha256} is not there: put it back from a copy, or release another version.`,
    });
  });
});

test('the bucket stands in the path, or before the host', () => {
  const { access } = server;
  const at = (given: Partial<typeof access>) =>
    s3Address({ ...access, endpoint: 'https://s3.example:9000/sub/', ...given, cache: '' }, 'a/b');
  expect(at({})).toBe('https://s3.example:9000/sub/models/a/b');
  expect(at({ addresses: 'host' })).toBe('https://models.s3.example:9000/sub/a/b');
  const aws = { endpoint: 'https://s3.eu-west-1.amazonaws.com' };
  expect(at({ ...aws, addresses: 'host' })).toBe('https://models.s3.eu-west-1.amazonaws.com/a/b');
});
