/** What must be said beside an estimate because its own assumptions fail. */
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { formatShare } from '../format/numbers.ts';
import { formatDate } from '../format/times.ts';
import { notices as words } from './words.ts';

/** Level at which an estimate is said not to have held, over all windows together. */
const alpha = 0.01;
/** Share of predictions without support that is worth a sentence. */
const unsupportedMax = 0.1;

/** @param zone in which dates are told; by default the reader's */
export function assumptionsOf(
  { course }: Pick<ModelPerformance, 'course'>,
  zone?: string,
): string[] {
  const judged = course.filter(({ consistencyP }) => consistencyP !== null);
  // Each window is a test of its own (Bonferroni).
  const broken = judged.findLast(({ consistencyP }) => consistencyP! < alpha / judged.length);
  const last = course.findLast(({ estimated }) => estimated !== null);
  const when = (start: number) => formatDate(start, zone);
  const said: string[] = [];
  if (broken !== undefined) {
    const loss = (broken.lossZ ?? 0) > 0 ? 'worse' : 'better';
    said.push(words.inconsistent(when(broken.start), loss, judged.length));
  }
  if (last === undefined) return said;
  if (last.referenceLabels === 0) said.push(words.unreferenced(when(last.start)));
  else if ((last.unsupported ?? 0) > unsupportedMax) {
    said.push(words.unsupported(formatShare(last.unsupported), when(last.start)));
  }
  return said;
}
