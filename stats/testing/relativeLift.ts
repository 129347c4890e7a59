/**
 * Change relative to control, (treatment − control) / |control|, by the delta method.
 *
 * Where control is within a few standard errors of 0 the delta method fails: use `fieller`.
 * Source: Deng, Knoblich & Lu 2018, "Applying the delta method in metric analytics".
 */
import { type Estimate, satterthwaite } from './estimate.ts';

/**
 * @example
 * relativeLift(
 *   { estimate: 11, variance: 0.04, freedom: Infinity },
 *   { estimate: 10, variance: 0.05, freedom: Infinity },
 * ); // estimate 0.1, variance 0.0004 + 0.000605
 */
export function relativeLift(treatment: Estimate, control: Estimate): Estimate {
  const base = Math.abs(control.estimate);
  const ratio = treatment.estimate / base;
  const own = treatment.variance / (base * base);
  const others = (ratio * ratio * control.variance) / (base * base);
  return {
    estimate: (treatment.estimate - control.estimate) / base,
    variance: own + others,
    freedom: satterthwaite(own, treatment.freedom, others, control.freedom),
  };
}
