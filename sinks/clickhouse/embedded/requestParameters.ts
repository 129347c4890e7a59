/** What a request asks for beside its statement: database, format, settings and query parameters. */
import type { IncomingMessage } from 'node:http';
import { ServerException } from './exceptions.ts';
import { quoted } from './quoted.ts';

export interface RequestParameters {
  /** Statement, or the part of it that stands in the address. */
  readonly query: string;
  readonly queryId: string | undefined;
  /** Quoted for SQL; '' when none is given. */
  readonly database: string;
  readonly defaultFormat: string;
  /** Assignments of one SET statement: settings and query parameters. */
  readonly assignments: string;
  /** Whether the result may be compressed, if the client accepts that. */
  readonly compressible: boolean;
}

/** Parameters of the HTTP interface that are no settings. */
const reserved = new Set(
  `query query_id database default_format user password quota_key stacktrace buffer_size
  wait_end_of_query session_timeout session_check close_session client_protocol_version
  log_comment`.split(/\s+/),
);

/** What the real server does and this one does not; refused rather than done otherwise. */
const missing = new Set(['session_id', 'role', 'compress', 'decompress', 'framing']);

/**
 * @param fields fields of a multipart body: `query` and `param_…`
 * @throws ServerException NOT_IMPLEMENTED for sessions, roles and ClickHouse's own compression
 */
export function readParameters(
  request: IncomingMessage,
  fields: ReadonlyMap<string, string>,
): RequestParameters {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const given = [...url.searchParams, ...fields];
  const values = new Map(given);
  const assignments: string[] = [];
  for (const [name, value] of given) {
    if (missing.has(name) && value !== '' && value !== '0') {
      const detail = `The embedded ClickHouse does not support the parameter ${name}`;
      throw new ServerException('NOT_IMPLEMENTED', detail);
    }
    if (reserved.has(name) || missing.has(name)) continue;
    if (!/^\w+$/.test(name)) {
      throw new ServerException('BAD_ARGUMENTS', `Malformed parameter name ${quoted(name)}`);
    }
    assignments.push(`${name}=${quoted(value)}`);
  }
  const readonly = request.method === 'GET' && !values.has('readonly');
  if (readonly) assignments.push("readonly='2'");
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const database = values.get('database') ?? header('x-clickhouse-database') ?? '';
  return {
    query: values.get('query') ?? '',
    queryId: values.get('query_id'),
    database: database === '' ? '' : `\`${database.replaceAll(/[\\`]/g, '\\$&')}\``,
    defaultFormat: values.get('default_format') ?? header('x-clickhouse-format') ?? 'TabSeparated',
    assignments: assignments.join(', '),
    compressible: ['1', 'true'].includes(values.get('enable_http_compression') ?? ''),
  };
}

/**
 * The fields of a multipart/form-data body.
 *
 * @throws ServerException NOT_IMPLEMENTED for files (external tables)
 */
export function readMultipart(body: Buffer, contentType: string): Map<string, string> {
  const fields = new Map<string, string>();
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return fields;
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const at = part.indexOf('\r\n\r\n');
    const head = part.slice(0, at);
    if (/filename=/i.test(head)) {
      throw new ServerException('NOT_IMPLEMENTED', 'External tables are not supported');
    }
    const name = /name="([^"]*)"/i.exec(head)?.[1];
    const value = Buffer.from(part.slice(at + 4).replace(/\r\n$/, ''), 'latin1').toString();
    if (name !== undefined) fields.set(name, value);
  }
  return fields;
}
