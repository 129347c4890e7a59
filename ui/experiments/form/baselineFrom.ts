/** The baseline of a draft from figures that are known. */
import type { MetricFigures } from '../../../contracts/experimentApi.ts';
import type { MetricKind } from '../../../contracts/experimentMetric.ts';
import { percentText } from '../../definitions/typed.ts';
import type { BaselineDraft } from './draft.ts';

/** With the digits that are worth writing. */
export function baselineFrom(
  kind: MetricKind,
  { mean, deviation }: Pick<MetricFigures, 'mean' | 'deviation'>,
): BaselineDraft {
  const short = (value: number) => Number(value.toPrecision(3));
  return kind === 'binary'
    ? { mean: percentText(short(mean)), deviation: '', units: '' }
    : { mean: String(short(mean)), deviation: String(short(deviation)), units: '' };
}
