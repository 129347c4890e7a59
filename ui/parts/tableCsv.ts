/** A table of the page as comma-separated values: what its cells say, and exact figures where a cell knows them. */
import { csvOf, csvText } from '../format/csv.ts';

/** @param table drawn; a cell's `data-value` and the `datetime` of a time go before what is written */
export function tableCsv(table: HTMLTableElement): string {
  return csvOf(
    [...table.rows].map((row) =>
      [...row.cells].flatMap((cell) => [
        cellOf(cell),
        // A cell that spans columns is followed by empty ones.
        ...Array.from({ length: cell.colSpan - 1 }, () => ''),
      ]),
    ),
  );
}

function cellOf(cell: HTMLTableCellElement): string {
  const { value } = cell.dataset;
  return csvText(value ?? plain(textOf(cell)));
}

function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
  if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true') return '';
  if (node.tagName === 'BR') return '; ';
  if (node instanceof HTMLTimeElement) return node.dateTime;
  const text = [...node.childNodes].map(textOf).join('');
  return node.classList.contains('cell-detail') && text !== '' ? `; ${text}` : text;
}

/** With the signs that programs read. */
function plain(text: string): string {
  return text
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replaceAll('\u2212', '-')
    .replace(/^[;\s]+|[;\s]+$/g, '');
}
