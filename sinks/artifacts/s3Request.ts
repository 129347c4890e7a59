/**
 * One request to a store that speaks S3: signed, with a limit of time, and made again when it is the store that fails.
 *
 * Source: AWS Signature Version 4, by the library aws4fetch.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { EngineError } from '../../contracts/errors.ts';
import type { S3Access } from './artifactAccess.ts';
import { sha256Of } from './sha256.ts';

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Of the object, with the prefix. */
  readonly key: string;
  readonly body?: Uint8Array;
}

export interface S3Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

export interface S3Pace {
  /** For one try, ms. */
  readonly timeoutMs: number;
  readonly triesMax: number;
  /** Before the second try, ms; twice as long before each one after it. */
  readonly pauseMs: number;
}

export const s3Pace: S3Pace = { timeoutMs: 30_000, triesMax: 4, pauseMs: 250 };

const nothing = new Uint8Array();

/**
 * @returns an answer below 500
 * @throws EngineError ARTIFACT_UNAVAILABLE when there is none after all tries
 */
export async function askS3(
  access: S3Access,
  { method, key, body }: S3Request,
  { timeoutMs, triesMax, pauseMs }: S3Pace = s3Pace,
): Promise<S3Answer> {
  const { accessKey: accessKeyId, secretKey: secretAccessKey, region } = access;
  const url = s3Address(access, key);
  let failure = '';
  for (let tries = 1; tries <= triesMax; tries += 1) {
    // Anew each time: a signature holds for some minutes.
    const signed = await new AwsV4Signer({
      ...{ method, url, accessKeyId, secretAccessKey, region, service: 's3' },
      headers: { 'x-amz-content-sha256': sha256Of(body ?? nothing) },
    }).sign();
    try {
      const response = await fetch(signed.url, {
        ...{ method, headers: signed.headers, redirect: 'manual' },
        ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const { status } = response;
      if (status < 500 && status !== 429) return { status, bytes };
      failure = `answered ${status}`;
    } catch (error) {
      failure = failureOf(error, timeoutMs);
    }
    if (tries < triesMax) await sleep(pauseMs * 2 ** (tries - 1) * (0.5 + Math.random()));
  }
  throw new EngineError(
    'ARTIFACT_UNAVAILABLE',
    `The store at ${access.endpoint} ${failure}, ${triesMax} times. See whether it is well, and whether S3_ENDPOINT leads to it.`,
  );
}

/** Of an object: the bucket is part of the path, or stands before the name of the host. */
export function s3Address({ endpoint, bucket, addresses }: S3Access, key: string): string {
  const url = new URL(endpoint);
  const path = url.pathname.replace(/\/$/, '');
  if (addresses === 'host') {
    url.hostname = `${bucket}.${url.hostname}`;
    url.pathname = `${path}/${key}`;
  } else {
    url.pathname = `${path}/${bucket}/${key}`;
  }
  return url.href;
}

/** Without the words of the error, which may have an address in them. */
function failureOf(error: unknown, timeoutMs: number): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return `did not answer within ${timeoutMs / 1_000} s`;
  const code = typeof cause?.code === 'string' ? cause.code : 'no connection';
  return `did not answer (${code})`;
}
