/** Which recommendations the address asks for. */
import type { Card, Finding } from '../../contracts/insight.ts';
import type { DoingName, Search } from '../data/search.ts';

export type Chosen = Pick<Search, 'area' | 'doing' | 'rule'>;

export function doingOf({ action }: Pick<Finding, 'action'>): DoingName {
  if (action === null) return 'none';
  return action.request === null ? 'page' : 'button';
}

/** By what leads the card or stands beside it: one finding must be all that is asked for. */
export function isChosen({ finding, others }: Card, { area, doing, rule }: Chosen): boolean {
  return [finding, ...others].some(
    (each) =>
      (area === undefined || each.area === area) &&
      (doing === undefined || doingOf(each) === doing) &&
      (rule === undefined || each.kind === rule),
  );
}

/** Whether anything is left out. */
export function isNarrowed({ area, doing, rule }: Chosen): boolean {
  return area !== undefined || doing !== undefined || rule !== undefined;
}
