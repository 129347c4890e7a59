/** Effects, levels and intervals of experiments in plain words: points for shares, the metric's own unit for the rest. */
import type { MetricKind } from '../../contracts/experimentMetric.ts';
import type { EffectInterval } from '../../contracts/experimentResult.ts';
import { effects as words } from '../words/units.ts';
import { type FigureKind, formatRelative, formatShare, formatValue, missing } from './numbers.ts';

export const unknownYet = words.unknown;
const space = '\u00a0';

/** How a difference in a metric of this kind is written in charts and tables. */
export function effectKind(kind: MetricKind): FigureKind {
  return kind === 'binary' ? 'points' : 'change';
}

/** In the unit that is shown: percentage points of a binary metric. */
function scaleOf(kind: MetricKind): number {
  return kind === 'binary' ? 100 : 1;
}

/** As many decimals as tell figures `size` apart: 25 → 0, 2.5 → 1, 0.3 → 2. */
export function decimals(size: number): number {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(size))));
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return '0';
  return `${value > 0 ? '+' : '\u2212'}${text}`;
}

function withUnit(kind: MetricKind, text: string): string {
  return kind === 'binary' ? `${text}${space}${words.points}` : text;
}

/** "+2.1 points"; "not known yet". `size` is what the figure is compared with, in the metric's unit. */
export function formatEffect(kind: MetricKind, value: number | null, size?: number): string {
  if (value === null || !Number.isFinite(value)) return unknownYet;
  const scale = scaleOf(kind);
  const digits = decimals(scale * (size ?? Math.abs(value)));
  return withUnit(kind, signed(value * scale, digits));
}

/** A size without a sign: "2.1 points". */
export function formatSize(kind: MetricKind, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return unknownYet;
  const shown = Math.abs(value) * scaleOf(kind);
  return withUnit(kind, String(Number(shown.toPrecision(2))));
}

/** The smallest effect that would be found: a share cannot change by more than 100 points. */
export function formatDetectable(kind: MetricKind, value: number | null): string {
  return kind === 'binary' && value !== null && value >= 1
    ? words.nothing
    : formatSize(kind, value);
}

/** "between +0.9 and +3.4 points", "at least +0.9 points", "not known yet". */
export function formatBetween(kind: MetricKind, { low, high }: EffectInterval): string {
  const scale = scaleOf(kind);
  const text = (value: number, digits: number) => signed(value * scale, digits);
  if (low !== null && high !== null) {
    const digits = decimals((scale * (high - low)) / 2);
    return words.between(text(low, digits), withUnit(kind, text(high, digits)));
  }
  if (low !== null) return words.least(withUnit(kind, text(low, decimals(scale * Math.abs(low)))));
  if (high !== null) {
    return words.most(withUnit(kind, text(high, decimals(scale * Math.abs(high)))));
  }
  return unknownYet;
}

/** The estimate with as many digits as its interval warrants. */
export function formatEstimate(kind: MetricKind, effect: EffectInterval): string {
  const { estimate, low, high } = effect;
  return formatEffect(kind, estimate, low === null || high === null ? undefined : (high - low) / 2);
}

/** "between +1.8 % and +6.9 %" */
export function formatRelativeBetween({ low, high }: EffectInterval): string {
  if (low === null || high === null) return unknownYet;
  return words.between(formatRelative(low), formatRelative(high));
}

/** The mean of an arm: a share for binary metrics. */
export function formatLevel(kind: MetricKind, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  if (kind !== 'binary') return formatValue(value);
  return value > 0 && value < 1 ? `${(value * 100).toFixed(1)}${space}%` : formatShare(value);
}

/** "about 6 days", "less than a day", "not known yet". */
export function formatDays(days: number | null): string {
  if (days === null || !Number.isFinite(days)) return unknownYet;
  if (days < 1) return words.lessThanDay;
  const whole = Math.ceil(days);
  return `${whole}${space}${words.days(whole)}`;
}
