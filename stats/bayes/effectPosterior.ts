/** What is believed of an effect, treatment − control, after the outcomes. */
export interface EffectPosterior {
  readonly mean: number;
  /** The interval that holds the effect with the probability asked for, as much outside it on one side as on the other. */
  readonly lower: number;
  readonly upper: number;
  /** P(effect > 0). */
  readonly above: number;
  /** E max(0, −effect): lost on average by taking the treatment where more is better. */
  readonly lossOfTreatment: number;
  /** E max(0, effect): lost on average by keeping the control where more is better. */
  readonly lossOfControl: number;
}

/** @throws RangeError when level is outside (0, 1) */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`level: expected in (0, 1), got ${level}`);
}
