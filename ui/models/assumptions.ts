/** What must be said beside an estimate because its own assumptions fail. */
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import { formatShare } from '../format/numbers.ts';
import { formatDate } from '../format/times.ts';
import { notices as words } from '../words/models.ts';

export interface Assumption {
  /** Attention: what was expected did not come. Otherwise less can be expected than usual. */
  readonly tone: 'attention' | 'none';
  readonly text: string;
}

/** Level at which an estimate is said not to have held, over all windows together. */
const alpha = 0.01;
/** Share of predictions without support that is worth a sentence. */
const unsupportedMax = 0.1;

/** @param zone in which dates are told; by default the reader's */
export function assumptionsOf(
  { course }: Pick<ModelPerformance, 'course'>,
  zone?: string,
): Assumption[] {
  const judged = course.filter(({ consistencyP }) => consistencyP !== null);
  // Each window is a test of its own (Bonferroni).
  const broken = judged.findLast(({ consistencyP }) => consistencyP! < alpha / judged.length);
  const last = course.findLast(({ estimated }) => estimated !== null);
  const when = (start: number) => formatDate(start, zone);
  const said: Assumption[] = [];
  if (broken !== undefined) {
    const loss = (broken.lossZ ?? 0) > 0 ? 'worse' : 'better';
    const why = broken.referenceLabels === 0 ? words.neverMeant : words.changed;
    const what = words.inconsistent(when(broken.start), loss, judged.length);
    said.push({ tone: 'attention', text: `${what} ${why}` });
  }
  if (last === undefined) return said;
  if (last.referenceLabels === 0) {
    said.push({ tone: 'none', text: words.unreferenced(when(last.start)) });
  } else if ((last.unsupported ?? 0) > unsupportedMax) {
    const text = words.unsupported(formatShare(last.unsupported), when(last.start));
    said.push({ tone: 'none', text });
  }
  return said;
}
