/** Parameters of both detectors by Hoeffding's bounds, and their check. */
import { unexpected } from '../../contracts/statistic.ts';
import { type Side, sides } from './pageHinkley.ts';

export interface HddmParameters {
  /** Error level of a drift, in (0, 1). */
  readonly alpha: number;
  /** Error level of a warning, at least alpha. */
  readonly warningAlpha: number;
  readonly side: Side;
}

export const hddmDefaults: HddmParameters = { alpha: 0.001, warningAlpha: 0.005, side: 'rise' };

/** @throws RangeError for a parameter outside its range */
export function expectHddm({ alpha, warningAlpha, side }: HddmParameters): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(unexpected('alpha', 'in (0, 1)', alpha));
  if (!(warningAlpha >= alpha && warningAlpha < 1)) {
    throw new RangeError(unexpected('warningAlpha', `in [${alpha}, 1)`, warningAlpha));
  }
  if (!sides.includes(side)) {
    throw new RangeError(unexpected('side', `one of ${sides.join(', ')}`, side));
  }
}
