/**
 * The exact sequential t-test of one side: few clusters, and the question whether the effect is above 0.
 *
 * The prior of `rightHaarT` is cut to positive effects and doubled, which multiplies the Bayes factor by twice the posterior
 * probability of a positive effect: that of Student's t with ν + 1 degrees of freedom below t √((1 − r)(ν + 1) / (ν + r t²)),
 * r = g / (g + k). It rises in t; a negative effect moves every t down, so the error bound holds for "not above 0" too. The
 * average of both sides is the two-sided factor.
 *
 * Source: Lindon, Ham, Tingley & Bojinov 2024, 2210.08589, theorem 2.3, its prior cut in half by us.
 */
import { studentTCdf } from '../special/studentT.ts';
import { lnRightHaarT, type RegressionDesign } from './rightHaarT.ts';

/**
 * ln e of "the coefficient is not above 0"; with −t of "not below 0".
 *
 * @param t         t-statistic
 * @param precision g, of the prior in units of 1 / σ²
 * @throws RangeError when an argument is outside its range
 */
export function lnOneSidedRightHaarT(
  t: number,
  design: RegressionDesign,
  precision: number,
): number {
  const { freedom, information } = design;
  const share = precision / (precision + information);
  const scaled = t * Math.sqrt(((1 - share) * (freedom + 1)) / (freedom + share * t * t));
  const positive = studentTCdf(scaled, freedom + 1);
  return lnRightHaarT(t, design, precision) + Math.LN2 + Math.log(positive);
}
