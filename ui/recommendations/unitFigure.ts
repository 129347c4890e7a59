/** Figures of evidence and outcomes, by their unit. */
import type { figureUnits } from '../../contracts/insight.ts';
import { formatFigure } from '../format/figure.ts';
import {
  type FigureKind,
  formatChange,
  formatCount,
  formatDuration,
  formatPoints,
  formatValue,
  missing,
} from '../format/numbers.ts';

export type FigureUnit = (typeof figureUnits)[number];

/** Points are those of a difference of two shares: 0.04 is 4 points. */
export const unitKinds: Record<FigureUnit, FigureKind> = {
  share: 'share',
  number: 'value',
  count: 'count',
  ms: 'durationMs',
  points: 'points',
};

export function formatUnit(unit: FigureUnit, value: number | null): string {
  return formatFigure(unitKinds[unit], value);
}

/** With its sign: +2.1 points of a share, −0.014, +40, −1.2 s. */
export function formatUnitChange(unit: FigureUnit, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  if (unit === 'share' || unit === 'points') return formatPoints(value);
  const formats = { number: formatValue, count: formatCount, ms: formatDuration };
  return formatChange(value, formats[unit]);
}
