/** Texts of any length, where there is room for a line. */

/**
 * @param most letters, ≥ 2
 * @returns the text with its spaces as one; cut at a word where it is longer
 *
 * @example
 * cut('Accuracy fell for evening students', 20); // 'Accuracy fell for …'
 */
export function cut(text: string, most: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= most) return plain;
  const part = plain.slice(0, most - 1);
  const end = part.lastIndexOf(' ');
  return `${(end > most / 2 ? part.slice(0, end) : part).trimEnd()} …`;
}
