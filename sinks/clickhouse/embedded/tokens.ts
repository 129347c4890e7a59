/**
 * Words, quoted texts and symbols of a statement, without blanks and comments.
 *
 * Works on text in latin1, where a character is a byte: positions are byte positions, and everything that is not ASCII
 * stands in quotes, comments or names, which are skipped.
 */

export interface Token {
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

/** @param text in latin1 */
export function* tokens(text: string): Generator<Token> {
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

/** The name that a token is, without its quotes; undefined for one of several parts or with other letters than ASCII has. */
export function plainName(text: string, { kind, start, end }: Token): string | undefined {
  const name = kind === 'quoted' ? text.slice(start + 1, end - 1) : text.slice(start, end);
  return /^\w+$/.test(name) ? name : undefined;
}
