/**
 * A schema registry by HTTP, as far as clients ask one: it stands in for a server that does not run here. What it answers, and
 * in which form, is that of Confluent's: a schema of Protobuf as text unless it is asked for serialized, and serialized without
 * the JSON names that follow from the fields' own.
 *
 * Source: Confluent, Schema Registry API reference.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

interface Schema {
  readonly schemaType?: string;
  readonly schema: string;
  readonly references?: readonly unknown[];
  readonly ruleSet?: unknown;
}

interface Version {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
}

export interface TestRegistry {
  readonly url: string;
  /** `METHOD path`, of all requests that were answered. */
  readonly requests: readonly string[];
  /** The next requests are answered by this status, without words of a registry; undefined: as they should be. */
  failure: number | undefined;
  /** As a client would. @returns the id */
  register(subject: string, schema: Schema): number;
  guidOf(id: number): string;
  /** As if it had never been. */
  forget(id: number): void;
  /** Nobody listens on the port any more. */
  stop(): Promise<void>;
  /** On the same port. */
  start(): Promise<void>;
}

export interface TestRegistryOptions {
  /** What `Authorization` must be. */
  readonly authorization?: string;
  /** For https. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Makes of a serialized schema of Protobuf what the registry would give; by default it stays. */
  readonly serialize?: (schema: string) => string;
}

export async function startTestRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const schemas = new Map<number, Schema>();
  const versions: Version[] = [];
  const requests: string[] = [];
  let server: Server | undefined;
  let port = 0;

  function register(subject: string, schema: Schema): number {
    const text = JSON.stringify([schema.schemaType ?? 'AVRO', schema.schema, schema.references]);
    const known = [...schemas].find(
      ([, each]) =>
        JSON.stringify([each.schemaType ?? 'AVRO', each.schema, each.references]) === text,
    );
    const id = known?.[0] ?? schemas.size + 1;
    schemas.set(id, schema);
    const own = versions.filter((each) => each.subject === subject);
    if (!own.some((each) => each.id === id)) {
      versions.push({ subject, version: own.length + 1, id });
    }
    return id;
  }

  function shown(id: number, format: string | null): object {
    const schema = schemas.get(id)!;
    if (schema.schemaType !== 'PROTOBUF') return schema;
    if (format !== 'serialized') return { ...schema, schema: 'syntax = "proto3";\n' };
    return { ...schema, schema: options.serialize?.(schema.schema) ?? schema.schema };
  }

  function full(place: Version, format: string | null): object {
    return { ...place, guid: guidOf(place.id), ...shown(place.id, format) };
  }

  function answer(method: string, url: URL, body: Schema | undefined): [number, object] {
    const format = url.searchParams.get('format');
    const path = url.pathname.split('/').slice(1).map(decodeURIComponent);
    const absent = (code: number, message: string): [number, object] => [
      404,
      { error_code: code, message },
    ];
    if (path[0] === 'schemas' && (path[1] === 'ids' || path[1] === 'guids')) {
      const name = path[2]!;
      const id =
        path[1] === 'ids'
          ? Number(name)
          : [...schemas.keys()].find((each) => guidOf(each) === name);
      if (id === undefined || !schemas.has(id)) return absent(40403, `Schema ${name} not found`);
      return [200, { guid: guidOf(id), ...shown(id, format) }];
    }
    const [kind, subject = '', part, version] = path;
    if (kind !== 'subjects') return [404, { error_code: 404, message: 'HTTP 404 Not Found' }];
    const own = versions.filter((each) => each.subject === subject);
    if (method === 'POST') {
      const id = register(subject, body!);
      return [
        200,
        full(versions.find((each) => each.subject === subject && each.id === id)!, null),
      ];
    }
    if (own.length === 0) return absent(40401, `Subject '${subject}' not found.`);
    if (part === 'versions' && version === undefined) {
      return [200, own.map((each) => each.version)];
    }
    const found =
      version === 'latest' ? own.at(-1) : own.find((each) => each.version === Number(version));
    return found === undefined ? absent(40402, 'Version not found.') : [200, full(found, format)];
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = 'GET', url = '/' } = request;
    requests.push(`${method} ${url}`);
    const send = (status: number, body: object | string) => {
      response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (registry.failure !== undefined) return send(registry.failure, '<html></html>');
    const { authorization } = options;
    if (authorization !== undefined && request.headers.authorization !== authorization) {
      return send(401, { error_code: 401, message: 'Unauthorized' });
    }
    const text = Buffer.concat(parts).toString();
    send(...answer(method, new URL(url, 'http://registry'), text ? JSON.parse(text) : undefined));
  }

  const registry: TestRegistry = {
    get url() {
      return `${options.tls === undefined ? 'http' : 'https'}://localhost:${port}`;
    },
    requests,
    failure: undefined,
    register,
    guidOf,
    forget: (id) => void schemas.delete(id),
    async stop() {
      if (server === undefined) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      server = undefined;
    },
    async start() {
      const listener = (request: IncomingMessage, response: ServerResponse) => {
        void handle(request, response);
      };
      server =
        options.tls === undefined
          ? createServer(listener)
          : createSecureServer(options.tls, listener);
      server.listen(port);
      await once(server, 'listening');
      port = (server.address() as AddressInfo).port;
    },
  };
  await registry.start();
  return registry;
}

/** Any that is always the same. */
function guidOf(id: number): string {
  const hex = createHash('sha256').update(`${id}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
