/** Answers one request that carries a statement. */
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { AnswerMemory } from './answerMemory.ts';
import { faultOf, ServerException } from './exceptions.ts';
import { isChunkable, mediaTypeOf } from './formats.ts';
import type { Counts } from './messages.ts';
import type { Pool } from './pool.ts';
import { quoted } from './quoted.ts';
import { compressionOf, readFile, readText } from './requestBody.ts';
import { type RequestParameters, readMultipart, readParameters } from './requestParameters.ts';
import { sourcesOf } from './sources.ts';
import { effectOf, type Insertion, isReading, readStatement, type Statement } from './statement.ts';

export interface AnswerOptions {
  readonly pool: Pool;
  readonly memory: AnswerMemory;
  /** Functions that may answer otherwise for the same arguments, in lower case. */
  readonly changing: ReadonlySet<string>;
  /** Where bodies of inserts wait; emptied by its owner. */
  readonly incoming: string;
  /** ClickHouse's version, as it appears in its exceptions. */
  readonly version: string;
}

/** Largest body of an INSERT, bytes as sent. */
const bodyBytesMax = 1_073_741_824;
/** A client that takes nothing of its answer for so long is given up, ms. */
const stalledMaxMs = 60_000;

interface Parsed {
  readonly parameters: RequestParameters;
  readonly text: Buffer;
  readonly statement: Statement;
  /** The data of an INSERT are still to be read from the request. */
  readonly dataFollow: boolean;
}

function parse(bytes: Buffer): Statement {
  return readStatement(bytes.toString('latin1'));
}

async function readRequest(request: IncomingMessage): Promise<Parsed> {
  const type = request.headers['content-type'] ?? '';
  const multipart = type.startsWith('multipart/form-data');
  const fields = multipart ? readMultipart(await readText(request), type) : new Map();
  const parameters = readParameters(request, fields);
  const query = Buffer.from(parameters.query === '' ? '' : `${parameters.query}\n`);
  if (query.length > 0) {
    const statement = parse(query);
    if (statement.insertion !== undefined && !multipart && request.method === 'POST') {
      return { parameters, text: query, statement, dataFollow: true };
    }
  }
  const body = multipart || request.method === 'GET' ? Buffer.alloc(0) : await readText(request);
  const text = Buffer.concat([query, body]);
  return { parameters, text, statement: parse(text), dataFollow: false };
}

/** The result's way out: through a compressor when client and request want one. */
function openBody(
  request: IncomingMessage,
  response: ServerResponse,
  compressible: boolean,
): ServerResponse | Transform {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (!compressible) return response;
  let packer: Transform;
  if (/\bgzip\b/.test(accepted)) {
    response.setHeader('Content-Encoding', 'gzip');
    packer = zlib.createGzip({ level: 3 });
  } else if (/\bbr\b/.test(accepted)) {
    response.setHeader('Content-Encoding', 'br');
    packer = zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } });
  } else return response;
  packer.on('error', () => response.destroy());
  packer.pipe(response);
  return packer;
}

function summaryOf(counts: Counts, written: boolean): string {
  const read = written ? { rows: 0, bytes: 0 } : { rows: counts.rowsRead, bytes: counts.bytesRead };
  const write = written
    ? { rows: counts.rowsRead, bytes: counts.bytesRead }
    : { rows: 0, bytes: 0 };
  return JSON.stringify({
    read_rows: String(read.rows),
    read_bytes: String(read.bytes),
    written_rows: String(write.rows),
    written_bytes: String(write.bytes),
    total_rows_to_read: '0',
    result_rows: String(write.rows),
    result_bytes: String(write.bytes),
    elapsed_ns: String(Math.round(counts.elapsedMs * 1e6)),
  });
}

function drained(stream: ServerResponse | Transform, response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => response.destroy(), stalledMaxMs);
    function settle(): void {
      clearTimeout(timer);
      stream.off('drain', settle);
      response.off('close', settle);
      if (response.destroyed) reject(new Error('The client has gone'));
      else resolve();
    }
    stream.on('drain', settle);
    response.on('close', settle);
  });
}

/** The block by which ClickHouse ≥ 25.11 reports an exception behind rows that are already sent. */
function exceptionBlock(error: unknown, tag: string, version: string): string {
  const text = `${faultOf(error).text} (version ${version})\n`;
  const size = Buffer.byteLength(text);
  return `\r\n__exception__\r\n${tag}\r\n${text}${size} ${tag}\r\n__exception__\r\n`;
}

/**
 * @throws what ClickHouse throws before the first byte of the result; later exceptions end the body in ClickHouse's form
 */
export async function answerStatement(
  request: IncomingMessage,
  response: ServerResponse,
  options: AnswerOptions,
): Promise<void> {
  const parsed = await readRequest(request);
  const { parameters, statement, text } = parsed;
  if (statement.verb === '') throw new ServerException('SYNTAX_ERROR', 'Empty query');
  if (statement.insertion !== undefined) {
    await answerInsertion(request, response, parsed, statement.insertion, options);
    return;
  }
  const reading = isReading(statement);
  const abandoned = new AbortController();
  if (reading) response.on('close', () => abandoned.abort());
  const format = statement.format ?? parameters.defaultFormat;
  const sql = text.toString('utf8', 0, statement.end);
  const streamed = isChunkable(statement.verb, format, sql + parameters.assignments);
  const tag = randomBytes(8).toString('hex');
  let body: ServerResponse | Transform | undefined;

  function open(counts?: Counts): ServerResponse | Transform {
    response.setHeader('Content-Type', mediaTypeOf(format));
    response.setHeader('X-ClickHouse-Format', format);
    response.setHeader('X-ClickHouse-Exception-Tag', tag);
    if (counts !== undefined) response.setHeader('X-ClickHouse-Summary', summaryOf(counts, false));
    return openBody(request, response, parameters.compressible);
  }

  const { database, assignments } = parameters;
  const job = { database, assignments, sql, format };
  const { pool, memory } = options;
  const question = JSON.stringify(job);
  const known = memory.recall(question);
  if (known !== undefined) {
    body = open(known.counts);
    for (const bytes of known.chunks) body.write(bytes);
    body.end();
    return;
  }
  const tables = tablesOf(parsed, options.changing);
  const noted = tables === undefined ? undefined : memory.reading(question, tables);
  const run = () =>
    pool.run(
      reading ? 'read' : 'write',
      { ...job, streamed },
      async (bytes) => {
        if (response.destroyed) throw new Error('The client has gone');
        body ??= open();
        noted?.take(bytes);
        if (!body.write(bytes)) await drained(body, response);
      },
      abandoned.signal,
    );
  try {
    const effect = effectOf(statement);
    const isLasting = effect === 'lasting';
    const counts = await (effect === 'none'
      ? run()
      : memory.writing({ table: undefined, isLasting }, run));
    if (!abandoned.signal.aborted) noted?.end(counts);
    body ??= open(counts);
    body.end();
  } catch (error) {
    if (body === undefined) throw error;
    body.end(exceptionBlock(error, tag, options.version));
  }
}

/** Those that a SELECT reads, with their database; undefined where it may be answered otherwise although they are the same. */
function tablesOf(
  { parameters, statement, text }: Parsed,
  changing: ReadonlySet<string>,
): string[] | undefined {
  if (statement.verb !== 'SELECT' && statement.verb !== 'WITH') return undefined;
  const sources = sourcesOf(text.toString('latin1', 0, statement.end), changing);
  return sources && [...sources].map((table) => keyOf(parameters.database, table));
}

function keyOf(database: string, table: string): string {
  return `${database === '' ? '`default`' : database}.${table}`;
}

let files = 0;

async function answerInsertion(
  request: IncomingMessage,
  response: ServerResponse,
  { parameters, text, dataFollow }: Parsed,
  insertion: Insertion,
  { pool, memory, incoming }: AnswerOptions,
): Promise<void> {
  files += 1;
  const file = join(incoming, `body-${files}`);
  const lead = text.subarray(insertion.dataStart);
  // A query parameter ends with a line end that is not data.
  const inline = dataFollow && lead.toString('latin1').trim() === '' ? Buffer.alloc(0) : lead;
  const compression = dataFollow ? compressionOf(request) : 'none';
  if (inline.length > 0 && compression !== 'none') {
    throw new ServerException('NOT_IMPLEMENTED', 'Data in the query before a compressed body');
  }
  try {
    if (dataFollow) await readFile(request, file, inline, bodyBytesMax);
    else await writeFile(file, inline, { mode: 0o600 });
    const { sourceAt, headEnd, format } = insertion;
    const sql =
      `${text.toString('utf8', 0, sourceAt)} FROM INFILE ${quoted(file)} COMPRESSION '${compression}' ` +
      `${text.toString('utf8', sourceAt, headEnd)} FORMAT ${format}`;
    const { database, assignments } = parameters;
    const table = insertion.table === undefined ? undefined : keyOf(database, insertion.table);
    const counts = await memory.writing({ table, isLasting: false }, () =>
      pool.run(
        'write',
        { database, assignments, sql, format: 'TabSeparated', streamed: false },
        () => Promise.resolve(),
        new AbortController().signal, // an insert whose body has arrived is completed, as by the real server
      ),
    );
    response.setHeader('X-ClickHouse-Summary', summaryOf(counts, true));
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=UTF-8' }).end();
  } finally {
    await rm(file, { force: true });
  }
}
