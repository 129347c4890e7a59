/** Figures of versions by name: how they are called, written and compared. */
import { formatChange, formatRatio, formatValue, missing } from '../format/numbers.ts';
import { metricWords, detail as words } from '../words/versions.ts';

/** Of which more is better; of all others less is. */
const rising: readonly string[] = ['auc', 'accuracy', 'precision', 'recall', 'explained'];
/** The order in which they are shown; others follow. */
const order = ['logLoss', 'brier', 'auc', 'accuracy', 'calibrationError'];

/** "Log loss"; the name itself where it has no word. */
export function metricName(metric: string): string {
  return metricWords[metric] ?? metric;
}

/** Of all versions together, those that are known first. */
export function metricsOf(all: readonly Readonly<Record<string, number>>[]): readonly string[] {
  const names = [...new Set(all.flatMap((metrics) => Object.keys(metrics)))];
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
}

export function formatMetric(value: number | undefined): string {
  if (value === undefined) return missing;
  return Math.abs(value) < 10 ? formatRatio(value) : formatValue(value);
}

/** What a gate found, in digits: 0.00024, not 2.4e−4; what is smaller than it could matter is told as that. */
export function formatFound(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return missing;
  const size = Math.abs(value);
  if (size === 0 || size >= 0.001) return formatValue(value);
  if (size < 0.000_001) return words.tiny;
  const places = 1 - Math.floor(Math.log10(size));
  return value.toFixed(places).replace(/0+$/, '').replace('-', '\u2212');
}

/** Brier scores of versions differ little: 0.1792. */
export function formatScore(score: number): string {
  return score.toFixed(4).replace('-', '\u2212');
}

/** Of the right version less the left. */
export function metricChange(
  metric: string,
  left: number | undefined,
  right: number | undefined,
): { readonly text: string; readonly tone: 'good' | 'bad' | 'none' } {
  if (left === undefined || right === undefined) return { text: missing, tone: 'none' };
  const text = formatChange(right - left, formatMetric);
  if (formatMetric(left) === formatMetric(right)) return { text, tone: 'none' };
  return { text, tone: right > left === rising.includes(metric) ? 'good' : 'bad' };
}
