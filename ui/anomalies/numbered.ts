/** What happened near an alert, in the order of time: those within its chart, numbered from 1 as there. */
import type { Happening } from '../../contracts/alert.ts';
import type { AlertDetail } from '../../contracts/watchApi.ts';

export function numbered({ alert, course }: Pick<AlertDetail, 'alert' | 'course'>): Happening[] {
  const [from, to] = [course[0]?.end ?? 0, course.at(-1)?.end ?? 0];
  const nearby = alert.explanation?.nearby ?? [];
  return nearby.filter(({ at }) => at >= from && at <= to).toSorted((a, b) => a.at - b.at);
}
