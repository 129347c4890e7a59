/** How a figure compares with the same of the range before, in words. */
import { messages } from '../words/shell.ts';

const words = messages.compare;

/**
 * @param format writes a figure, without its sign
 * @returns '' where one of the two is not known
 *
 * @example
 * changeWords(0.81, 0.78, formatRatio); // '0.030 more than before (0.780)'
 */
export function changeWords(
  now: number | null | undefined,
  before: number | null | undefined,
  format: (value: number) => string,
): string {
  if (now == null || before == null) return '';
  const [size, was] = [format(Math.abs(now - before)), format(before)];
  if (format(now) === was) return words.same(was);
  return now > before ? words.more(size, was) : words.less(size, was);
}
