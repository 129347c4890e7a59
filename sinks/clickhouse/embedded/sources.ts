/**
 * Which tables a SELECT reads, as far as its words tell: while none of them is written, its answer stays as it is.
 *
 * ClickHouse alone knows what a statement means. These rules never name too few tables: where a statement reads anything else,
 * calls what may answer otherwise each time, or is written as they do not expect, they name none.
 */
import { plainName, type Token, tokens } from './tokens.ts';

/** End the list of tables behind FROM. */
const clauses = new Set(
  `ARRAY EXCEPT FORMAT GROUP HAVING INTERSECT LIMIT OFFSET ON ORDER PREWHERE QUALIFY SELECT SETTINGS UNION USING WHERE
  WINDOW`.split(/\s+/),
);

/** What tells the time without brackets, and what leaves something behind. */
const never = /^(CURRENT_|CURDATE|LOCALTIME|UTC_|OUTFILE$)/;

/**
 * @param text     one statement in latin1
 * @param changing functions that may answer otherwise for the same arguments, in lower case
 * @returns undefined where its answer may depend on anything else
 */
export function sourcesOf(
  text: string,
  changing: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  const all = [...tokens(text)];
  const sources = new Set<string>();
  /** Depths at which a comma would stand between two tables. */
  const listing = new Set<number>();
  for (const [i, token] of all.entries()) {
    const { kind, text: word, depth } = token;
    const [next, second, third] = all.slice(i + 1, i + 4);
    if (word === ',' && listing.has(depth)) return undefined;
    if (word === ')') listing.delete(depth + 1);
    if (kind !== 'word') continue;
    if (never.test(word)) return undefined;
    if (next?.text === '(' && changing.has(word.toLowerCase())) return undefined;
    if (word === 'IN' && isTable(text, next, second, third)) return undefined;
    if (clauses.has(word)) listing.delete(depth);
    const isColumns = all[i - 1]?.text === 'ARRAY'; // ARRAY JOIN
    // `{from:Int64}` is a parameter.
    if (!(word === 'FROM' || (word === 'JOIN' && !isColumns)) || next?.text === ':') continue;
    listing.add(depth);
    if (next?.text === '(') continue;
    const table = next === undefined ? undefined : plainName(text, next);
    if (table === undefined || second?.text === '(' || second?.text === '.') return undefined;
    sources.add(table);
  }
  return sources;
}

/** Whether the name of a table may stand behind IN, in brackets or without. */
function isTable(text: string, next?: Token, second?: Token, third?: Token): boolean {
  const isName = (token?: Token) =>
    token !== undefined && token.kind !== 'symbol' && !/['\d]/.test(text[token.start]!);
  if (next?.text !== '(') return isName(next);
  return isName(second) && third?.text === ')';
}
