/**
 * Reads of a statement what a server must know to route it: its verb, the format of its result, and for an INSERT with
 * data where the statement ends and the data begin. It is ClickHouse that parses the statement.
 *
 * Works on text in latin1, where a character is a byte: positions are byte positions, and everything that is not ASCII
 * stands in quotes, comments or names, which are skipped.
 */
import { ServerException } from './exceptions.ts';

export interface Insertion {
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

interface Token {
  readonly kind: 'word' | 'quoted' | 'symbol';
  /** Upper case for words, the symbol itself, '' for quoted text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Open brackets around it. */
  readonly depth: number;
}

const space = /[\s\0]/;
const wordStart = /[A-Za-z0-9_\x80-\xff]/;
const wordRest = /[A-Za-z0-9_.\x80-\xff]*/y;

/** One past the closing quote; the end of the text when there is none, which ClickHouse then reports. */
function quoteEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at + 1; // a doubled quote starts another quoted token
  }
  return text.length;
}

/** One past a comment that starts here, or `start` itself. */
function commentEnd(text: string, start: number): number {
  const line =
    text.startsWith('--', start) || text.startsWith('#!', start) || text.startsWith('# ', start);
  if (line) {
    const end = text.indexOf('\n', start);
    return end < 0 ? text.length : end + 1;
  }
  if (!text.startsWith('/*', start)) return start;
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? text.length : end + 2;
}

function* tokens(text: string): Generator<Token> {
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (space.test(char)) {
      at += 1;
      continue;
    }
    const start = at;
    at = commentEnd(text, start);
    if (at > start) continue;
    if (char === "'" || char === '"' || char === '`') {
      at = quoteEnd(text, start);
      yield { kind: 'quoted', text: '', start, end: at, depth };
      continue;
    }
    const tag = char === '$' ? /^\$\w*\$/.exec(text.slice(start, start + 64))?.[0] : undefined;
    if (tag !== undefined) {
      const close = text.indexOf(tag, start + tag.length);
      at = close < 0 ? text.length : close + tag.length;
      yield { kind: 'quoted', text: '', start, end: at, depth };
      continue;
    }
    if (wordStart.test(char)) {
      wordRest.lastIndex = start;
      at = start + (wordRest.exec(text)?.[0].length ?? 1);
      yield { kind: 'word', text: text.slice(start, at).toUpperCase(), start, end: at, depth };
      continue;
    }
    at = start + 1;
    if (char === ')' || char === ']' || char === '}') depth = Math.max(0, depth - 1);
    yield { kind: 'symbol', text: char, start, end: at, depth };
    if (char === '(' || char === '[' || char === '{') depth += 1;
  }
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
  let named = false;
  for (let next = stream.next(); !next.done; next = stream.next()) {
    const token = next.value;
    if (token.depth > 0) continue;
    if (!named) {
      // The name itself may be any word, `format` or `values` too.
      named = token.kind === 'quoted' || !['INTO', 'TABLE', 'FUNCTION'].includes(token.text);
      continue;
    }
    if (token.kind !== 'word') continue;
    if (token.text === 'SETTINGS') settingsAt = token.start;
    const before = { sourceAt: settingsAt ?? token.start, headEnd: token.start };
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
