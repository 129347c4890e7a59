/**
 * Reads of a statement what a server must know to route it: its verb, the format of its result, and for an INSERT with
 * data where the statement ends and the data begin. It is ClickHouse that parses the statement.
 */
import { ServerException } from './exceptions.ts';
import { plainName, type Token, tokens } from './tokens.ts';

export interface Insertion {
  /** undefined where it stands with its database, or is none. */
  readonly table: string | undefined;
  /** Where `FROM INFILE` may stand: before SETTINGS, or else before the format. */
  readonly sourceAt: number;
  /** End of what precedes `FORMAT` or `VALUES`. */
  readonly headEnd: number;
  readonly format: string;
  readonly dataStart: number;
}

export interface Statement {
  /** First keyword, upper case; '' for an empty text. */
  readonly verb: string;
  /** End of the statement without a closing semicolon. */
  readonly end: number;
  /** The format that the statement asks for its result. */
  readonly format?: string;
  /** There when the statement is an INSERT whose data follow it. */
  readonly insertion?: Insertion;
}

/** Position after the blanks and the one line end that may separate a FORMAT from its data. */
function dataAfter(text: string, formatEnd: number): number {
  let at = formatEnd;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\f') at += 1;
  if (text[at] === '\r') at += 1;
  return text[at] === '\n' ? at + 1 : at;
}

function insertionOf(text: string, stream: Iterator<Token>): Insertion | undefined {
  let settingsAt: number | undefined;
  let named: Token | undefined;
  let isPlain = true;
  for (let next = stream.next(); !next.done; next = stream.next()) {
    const token = next.value;
    if (token.depth > 0) continue;
    if (named === undefined) {
      // The name itself may be any word, `format` or `values` too.
      const isName = token.kind === 'quoted' || !['INTO', 'TABLE', 'FUNCTION'].includes(token.text);
      if (isName) named = token;
      if (token.text === 'FUNCTION') isPlain = false;
      continue;
    }
    if (token.text === '.') isPlain = false; // what was taken for the name is its database
    if (token.kind !== 'word') continue;
    if (token.text === 'SETTINGS') settingsAt = token.start;
    const table = isPlain ? plainName(text, named) : undefined;
    const before = { table, sourceAt: settingsAt ?? token.start, headEnd: token.start };
    if (token.text === 'VALUES') return { ...before, format: 'Values', dataStart: token.end };
    if (token.text === 'FORMAT') {
      const name = stream.next();
      if (name.done) return undefined;
      const format = text.slice(name.value.start, name.value.end);
      return { ...before, format, dataStart: dataAfter(text, name.value.end) };
    }
    if (['SELECT', 'WITH', 'WATCH', 'FROM'].includes(token.text)) return undefined;
  }
  return undefined;
}

/**
 * @param text one statement in latin1, with the data of an INSERT behind it
 * @throws ServerException SYNTAX_ERROR when a second statement follows
 */
export function readStatement(text: string): Statement {
  let verb = '';
  let end = 0;
  let closed = false;
  let format: string | undefined;
  let previous: Token | undefined;
  const stream = tokens(text);
  for (let next = stream.next(); !next.done; next = stream.next()) {
    const token = next.value;
    if (token.text === ';' && token.depth === 0) {
      closed = true;
      continue;
    }
    if (closed) throw new ServerException('SYNTAX_ERROR', 'Multi-statements are not allowed');
    if (verb === '' && token.kind === 'word') {
      verb = token.text;
      if (verb === 'INSERT') {
        const insertion = insertionOf(text, stream);
        if (insertion !== undefined) return { verb, end: text.length, insertion };
        return { verb, end: text.trimEnd().replace(/;+$/, '').length };
      }
    }
    if (previous?.text === 'FORMAT' && token.depth === 0 && token.kind === 'word') {
      format = text.slice(token.start, token.end);
    }
    previous = token;
    end = token.end;
  }
  return { verb, end, ...(format === undefined ? {} : { format }) };
}

const readers = new Set([
  'SELECT',
  'WITH',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'EXPLAIN',
  'EXISTS',
  'FROM',
]);

/** Whether the statement only reads: such ones have sessions of their own and end with their client. */
export function isReading(statement: Statement): boolean {
  return readers.has(statement.verb);
}

/** Beside those that read: what leaves all rows as they are. */
const harmless = new Set(['KILL', 'OPTIMIZE', 'SET', 'SYSTEM', 'USE']);
/** What has had its whole effect when it has ended. */
const prompt = new Set(['CREATE', 'INSERT']);

/** Whether what is read afterwards is the same as before, is another at once, or may go on changing when the statement has ended. */
export function effectOf(statement: Statement): 'none' | 'prompt' | 'lasting' {
  if (isReading(statement) || harmless.has(statement.verb)) return 'none';
  return prompt.has(statement.verb) ? 'prompt' : 'lasting';
}
