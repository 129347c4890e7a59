/** How many alerts there are beside those of the range before, in words: capsules cannot lie over one another. */
import { useQuery } from '@tanstack/react-query';
import type { AlertsAnswer } from '../../contracts/watchApi.ts';
import { useRangeBefore } from '../data/useRangeBefore.ts';
import { useView } from '../data/useView.ts';
import { changeWords } from '../format/changeWords.ts';
import { formatCount } from '../format/numbers.ts';
import { chart as words } from '../words/anomalies.ts';
import { alertsQuery } from './queries.ts';

/** @returns undefined while nobody compares, or while it is on its way */
export function useCompared(
  shown: AlertsAnswer | undefined,
  newest: number,
  isAsked: boolean,
): string | undefined {
  const { search } = useView();
  const before = useRangeBefore();
  const { data } = useQuery({
    ...alertsQuery(before?.search ?? search, newest),
    enabled: isAsked && before !== undefined,
    placeholderData: () => undefined,
  });
  if (search.compare !== true) return undefined;
  if (before === undefined) return words.uncompared;
  if (shown === undefined || data === undefined) return undefined;
  return comparedWords(shown, data);
}

/** @example comparedWords(threeAlerts, oneAlert); // '3 alerts in this range: 2 more than before (1)' */
export function comparedWords(
  shown: Pick<AlertsAnswer, 'alerts' | 'more'>,
  before: Pick<AlertsAnswer, 'alerts' | 'more'>,
): string {
  if (shown.more || before.more) return words.uncounted;
  const [now, then] = [shown.alerts.length, before.alerts.length];
  return `${words.inRange(now)}: ${changeWords(now, then, formatCount)}`;
}
