/** What an alert tells of a model, from what its watch reads. */
import type { Alert } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';
import type { FiringAlert } from './triggers/trigger.ts';

/** Figures of `group-fairness`. */
const ofGroups = /^(abroca|baseline|compared|selection|falseNegative|falsePositive)/;
const ofCalibration = /calibration_?error/i;
/** Of these less is better, of the next more. */
const losses = /^(model_)?(log_?loss|brier|lossZ|meanAbsoluteError|rootMeanSquareError)/i;
const gains = /^(model_)?(auc|accuracy|precision|recall|f1)/i;
const consistency = 'consistencyP';

/**
 * Alarms count where they are about what the model reads or errs in. That outcomes moved as the model expected, that users behave
 * unlike others or that nothing comes is no reason to train.
 *
 * @param direction in which the readings went
 * @param pipeline  that predicts with the model
 * @returns undefined: nothing that training would mend
 */
export function aboutOf(
  { source, judgement, lane }: Watch,
  direction: Alert['direction'],
  pipeline: string,
): FiringAlert['about'] | undefined {
  if (source.pipeline !== pipeline || source.kind === 'finding') return undefined;
  const name = source.kind === 'metric' ? source.metric : source.figure;
  if (source.kind === 'statistic' && ofGroups.test(name)) return 'fairness';
  if (ofCalibration.test(name)) return direction === 'fall' ? undefined : 'calibration';
  if (losses.test(name)) return direction === 'fall' ? undefined : 'performance';
  if (gains.test(name)) return direction === 'rise' ? undefined : 'performance';
  if (name === consistency) return 'performance';
  const isModels = lane === 'prediction' || lane === 'feature';
  return judgement.kind === 'alarms' && isModels ? 'drift' : undefined;
}
