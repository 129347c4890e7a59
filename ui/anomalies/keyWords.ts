/** For whom an alert is: the segment, or the key of a statistic. */
import type { Alert } from '../../contracts/alert.ts';
import { card, words } from '../words/anomalies.ts';

/** @example keyWords(['course=algebra', 'grade=7']); // 'course=algebra · grade=7' */
export function keyWords(key: Alert['key']): string {
  const parts = key.filter((part) => part !== '');
  return parts.length === 0 ? words.whole : parts.join(' · ');
}

/** @example forWhom(['grade=7']); // 'for grade=7' */
export function forWhom(key: Alert['key']): string {
  const said = keyWords(key);
  return said === words.whole ? said : card.for(said);
}
