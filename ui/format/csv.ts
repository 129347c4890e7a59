/** Comma-separated values (RFC 4180) that a spreadsheet takes as what they are. */

/**
 * A text as a cell: what a spreadsheet would run as a formula is kept a text by an apostrophe before it.
 *
 * A figure with a sign is none: "−3", "-3.2 %", "+1.4".
 *
 * @example
 * csvText('=1+2'); // "'=1+2"
 * csvText('a, "b"'); // '"a, ""b"""'
 */
export function csvText(text: string): string {
  const isFormula = /^[\s]*[=+\-@]/.test(text) && !/^[+-]?[\d.,\s]+(%| ?[a-zµ]{1,6})?$/i.test(text);
  const safe = isFormula || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** @param rows of cells that need nothing more, the head first */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.join(',')}\r\n`).join('');
}
