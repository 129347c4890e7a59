/** What a card promised, as a range with its unit. */
import type { InsightPromise } from '../../contracts/insight.ts';
import { history as words } from '../words/recommendations.ts';
import { formatUnitChange } from './unitFigure.ts';

/** @returns undefined where neither end is promised */
export function promiseRange({
  unit,
  low,
  high,
}: Pick<InsightPromise, 'unit' | 'low' | 'high'>): string | undefined {
  if (low === null && high === null) return undefined;
  if (low === null) return words.atMost(formatUnitChange(unit, high));
  if (high === null) return words.atLeast(formatUnitChange(unit, low));
  return words.between(formatUnitChange(unit, low), formatUnitChange(unit, high));
}
