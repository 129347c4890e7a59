/** Any figure by its kind: charts, tables and announcements write it the same way. */
import {
  type FigureKind,
  formatChange,
  formatCount,
  formatDay,
  formatDuration,
  formatEvidence,
  formatPoints,
  formatRate,
  formatRatio,
  formatRelative,
  formatShare,
  formatValue,
  missing,
} from './numbers.ts';
import { formatDate, formatInstant, localZone } from './times.ts';

export function formatFigure(
  kind: FigureKind,
  value: number | null,
  zone: string = localZone,
): string {
  if (value === null || !Number.isFinite(value)) return missing;
  switch (kind) {
    case 'count':
      return formatCount(value);
    case 'rate':
      return formatRate(value);
    case 'ratio':
      return formatRatio(value);
    case 'share':
      return formatShare(value);
    case 'durationMs':
      return formatDuration(value);
    case 'time':
      return formatInstant(value, zone);
    case 'date':
      return formatDate(value, 'UTC');
    case 'value':
      return formatValue(value);
    case 'points':
      return formatPoints(value);
    case 'change':
      return formatChange(value, formatValue);
    case 'relative':
      return formatRelative(value);
    case 'evidence':
      return formatEvidence(value);
    case 'day':
      return formatDay(value);
  }
}
