/** The logarithmic loss, as all measures of predictions take it. */
/** Keeps the loss of a prediction that was sure and wrong finite: −ln 1e-15 ≈ 34.5. */
const probabilityMin = 1e-15;

/**
 * Logarithmic loss of a prediction, nats.
 *
 * @param happened predicted probability of what happened, in [0, 1]
 */
export function logLoss(happened: number): number {
  return -Math.log(Math.max(happened, probabilityMin));
}
