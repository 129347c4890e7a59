/**
 * The part of Markdown that model cards are written in, as blocks: headings, paragraphs, lists, tables and code. Anything else
 * is text, markup above all: nothing here becomes HTML.
 */

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** Within a line: plain, **strong**, or `code`. */
export interface Piece {
  readonly kind: 'text' | 'strong' | 'code';
  readonly text: string;
}

/**
 * @example
 * blocksOf('# Card\n\n- one\n- two'); // a heading and a list of two
 */
export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let i = 0;
  /** Lines from here on for which it holds. */
  const take = (isOf: (line: string) => boolean): string[] => {
    const begin = i;
    while (i < lines.length && isOf(lines[i] ?? '')) i += 1;
    return lines.slice(begin, i);
  };
  while (i < lines.length) {
    const line = lines[i] ?? '';
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === '') {
      i += 1;
    } else if (line.startsWith('```')) {
      i += 1;
      const text = take((each) => !each.startsWith('```')).join('\n');
      i += 1;
      blocks.push({ kind: 'code', text });
    } else if (heading !== null) {
      i += 1;
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    } else if (isItem(line)) {
      const items = take(isItem).map((each) => each.replace(/^\s*[-*]\s+/, ''));
      blocks.push({ kind: 'list', items });
    } else if (isRow(line) && isRule(lines[i + 1] ?? '')) {
      const [head = [], , ...rows] = take(isRow).map(cellsOf);
      blocks.push({ kind: 'table', head, rows });
    } else {
      // At least this line, whatever it looks like.
      const text = [line];
      i += 1;
      text.push(
        ...take((each) => each.trim() !== '' && !/^(#{1,6}\s|```)/.test(each) && !isItem(each)),
      );
      blocks.push({ kind: 'paragraph', text: text.join(' ') });
    }
  }
  return blocks;
}

const isItem = (line: string) => /^\s*[-*]\s+\S/.test(line);
const isRow = (line: string) => /^\s*\|.*\|\s*$/.test(line);
const isRule = (line: string) => /^\s*\|(\s*:?-+:?\s*\|)+\s*$/.test(line);

/** A bar within a cell is written `\|`. */
function cellsOf(line: string): string[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/**
 * @example
 * piecesOf('at **most** `1`'); // text, strong, text, code
 */
export function piecesOf(line: string): readonly Piece[] {
  return line
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part): Piece => {
      if (part.startsWith('**') && part.length > 4)
        return { kind: 'strong', text: part.slice(2, -2) };
      if (part.startsWith('`') && part.length > 2) return { kind: 'code', text: part.slice(1, -1) };
      return { kind: 'text', text: part };
    });
}
