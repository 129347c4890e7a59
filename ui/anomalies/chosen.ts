/** Which alerts the address asks for. */
import type { Alert } from '../../contracts/alert.ts';
import type { Search } from '../data/search.ts';
import { isOpen } from './incidents.ts';

export type Chosen = Pick<Search, 'standing' | 'lane' | 'watch'>;

export function isChosen(alert: Alert, { standing, lane, watch }: Chosen): boolean {
  if (lane !== undefined && alert.lane !== lane) return false;
  if (watch !== undefined && alert.watch !== watch) return false;
  if (standing === undefined) return true;
  return standing === 'open' ? isOpen(alert) : alert.state === standing;
}

/** Whether anything is left out. */
export function isNarrowed({ standing, lane, watch }: Chosen): boolean {
  return standing !== undefined || lane !== undefined || watch !== undefined;
}
