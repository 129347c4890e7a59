/**
 * A bucket behind HTTP, in memory. It asks of each request what S3 asks: a signature of these very bytes, recent, by its key.
 *
 * The signature is computed here from the published description (AWS, "Signature Version 4", authenticating by the header).
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Access } from '../../sinks/artifacts/artifactAccess.ts';

export interface SignedRequest {
  readonly method: string;
  /** As it stands in the request, without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Names, sorted, by semicolons. */
  readonly signedHeaders: string;
  /** `20130524T000000Z` */
  readonly date: string;
  readonly region: string;
  readonly payloadHash: string;
}

export interface S3Server {
  readonly objects: Map<string, Uint8Array>;
  /** Of requests, the oldest first: `PUT /models/…`. */
  readonly asked: string[];
  /** Answers of the next requests: a status, or 0 for none at all. */
  readonly faults: number[];
  readonly access: Omit<S3Access, 'cache'>;
  close(): Promise<void>;
}

const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

export function signatureOf(request: SignedRequest, secretKey: string): string {
  const { method, path, headers, signedHeaders, date, region, payloadHash } = request;
  const canonical = [
    method,
    path,
    '',
    ...signedHeaders.split(';').map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signedHeaders,
    payloadHash,
  ].join('\n');
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secretKey}`, day));
  return hmac(key, text).toString('hex');
}

const accessKey = 'millrace-test';
const secretKey = 'a/secret+key';
const region = 'eu-test-1';
const bucket = 'models';

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const faults: number[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url = '' } = request;
    asked.push(`${method} ${url}`);
    const fault = faults.shift();
    if (fault === 0) return; // never
    if (fault !== undefined) return refuse(response, fault, 'Fault');
    const wrong = problemOf(request, body);
    if (wrong !== undefined) return refuse(response, 403, wrong);
    if (!url.startsWith(`/${bucket}/`)) return refuse(response, 404, 'NoSuchBucket');
    const object = objects.get(url);
    if (method === 'PUT') {
      if (request.headers['content-length'] === undefined) {
        return refuse(response, 411, 'MissingContentLength');
      }
      objects.set(url, body);
      response.end();
    } else if (method === 'DELETE') {
      objects.delete(url);
      response.writeHead(204).end();
    } else if (object === undefined) {
      refuse(response, 404, 'NoSuchKey');
    } else {
      response.end(object);
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    objects,
    asked,
    faults,
    access: {
      ...{ kind: 's3', bucket, prefix: 'at/millrace', region, accessKey, secretKey },
      endpoint: `http://127.0.0.1:${port}`,
      addresses: 'path',
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}

/** @returns what S3 calls it; undefined when there is nothing against the request */
function problemOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer) {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/;
  const found = form.exec(headers.authorization ?? '');
  if (found === null) return 'AccessDenied';
  const [, key, day, of, signedHeaders = '', signature] = found;
  const date = String(headers['x-amz-date']);
  const payloadHash = String(headers['x-amz-content-sha256']);
  const names = signedHeaders.split(';');
  const needed = ['host', 'x-amz-content-sha256', 'x-amz-date'];
  if (key !== accessKey) return 'InvalidAccessKeyId';
  if (of !== region || !needed.every((name) => names.includes(name))) {
    return 'AuthorizationHeaderMalformed';
  }
  const at = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  if (!date.startsWith(day!) || !(Math.abs(Date.now() - at) < 900_000))
    return 'RequestTimeTooSkewed';
  if (payloadHash !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const signed = {
    ...{ method, path: url, signedHeaders, date, region, payloadHash },
    headers: headers as Record<string, string>,
  };
  return signatureOf(signed, secretKey) === signature ? undefined : 'SignatureDoesNotMatch';
}
