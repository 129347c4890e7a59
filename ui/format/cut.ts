/** Texts of any length, where there is room for a line. */

/**
 * @param most letters, ≥ 3
 * @returns the text with its spaces as one; cut at a word where it is longer
 *
 * @example
 * cut('Accuracy fell for evening students', 20); // 'Accuracy fell for …'
 */
export function cut(text: string, most: number): string {
  // Spaces that do not break stay.
  const plain = text.replace(/[^\S\u00a0\u202f]+/g, ' ').trim();
  if (plain.length <= most) return plain;
  // Never within a letter that takes two units.
  const part = plain.slice(0, most - 2).replace(/[\uD800-\uDBFF]$/, '');
  const end = part.lastIndexOf(' ');
  return `${(end > most / 2 ? part.slice(0, end) : part).trimEnd()} …`;
}
