/** What is believed of a metric before the experiment, for the Bayesian reading: of the control's mean, and of the effect. */
import { z } from 'zod';
import { figureMax } from './event.ts';

const Figure = z.number().min(-figureMax).max(figureMax);
const Positive = z.number().gt(0).max(figureMax);

export const EffectPrior = z.strictObject({
  /** The control's mean, and how many units this belief counts for. Absent: any mean is as likely as another. */
  baseline: z.strictObject({ mean: Figure, units: Positive }).optional(),
  /** The effect, normal, in the metric's unit. Absent: any effect is as likely as another. */
  effect: z.strictObject({ mean: Figure.default(0), deviation: Positive }).optional(),
});
export type EffectPrior = z.infer<typeof EffectPrior>;
