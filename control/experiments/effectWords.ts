/** Effects as words of a sentence that needs no statistics to be read. */
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { EffectInterval } from '../../contracts/experimentResult.ts';
import { figure } from '../words.ts';

/** Shares are told in points: 0.021 is 2.1 points. */
function inWords(value: number, { kind }: ExperimentMetric): { figure: number; unit: string } {
  return kind === 'binary' ? { figure: value * 100, unit: ' points' } : { figure: value, unit: '' };
}

/** Three digits that count at most, small ones too: 0.0042. */
function size(value: number): string {
  return value >= 1 || value === 0 ? figure(value) : String(Number(value.toPrecision(2)));
}

/** "2.1 points", "0.42"; of a negative one its size. */
export function amount(value: number, metric: ExperimentMetric): string {
  const { figure: shown, unit } = inWords(Math.abs(value), metric);
  const text = size(shown);
  return unit === ' points' && text === '1' ? '1 point' : `${text}${unit}`;
}

/** "−0.3"; without the unit. */
function signed(value: number, metric: ExperimentMetric): string {
  const { figure: shown } = inWords(Math.abs(value), metric);
  const text = size(shown);
  return value < 0 && text !== '0' ? `−${text}` : text;
}

/** "between 0.9 and 3.4 points"; '' where an end is not known. */
export function between({ low, high }: EffectInterval, metric: ExperimentMetric): string {
  if (low === null || high === null) return '';
  const { unit } = inWords(0, metric);
  return `between ${signed(low, metric)} and ${signed(high, metric)}${unit}`;
}

/** "rose by 2.1 points (between 0.9 and 3.4 points)"; of a fall both ends by their size. */
export function change(effect: EffectInterval, metric: ExperimentMetric): string {
  const { estimate, low, high } = effect;
  if (estimate === null) return 'changed';
  const isFall = estimate < 0;
  const range =
    isFall && low !== null && high !== null
      ? { estimate: -estimate, low: -high, high: -low }
      : effect;
  const ends = between(range, metric);
  const verb = isFall ? 'fell' : 'rose';
  return `${verb} by ${amount(estimate, metric)}${ends === '' ? '' : ` (${ends})`}`;
}

/** "4,812 : 5,188". */
export function ratioOfUnits(units: readonly number[]): string {
  return units.map((each) => Math.round(each).toLocaleString('en')).join(' : ');
}

/** "9 : 1" for shares .9 and .1; the smallest is 1. */
export function ratioOfShares(shares: readonly number[]): string {
  const least = Math.min(...shares.filter((share) => share > 0));
  return shares.map((share) => String(Number((share / least).toPrecision(3)))).join(' : ');
}

/** "about 6 days", "less than a day". */
export function days(count: number): string {
  if (count < 1) return 'less than a day';
  const whole = Math.ceil(count);
  return whole === 1 ? 'about a day' : `about ${whole.toLocaleString('en')} days`;
}
