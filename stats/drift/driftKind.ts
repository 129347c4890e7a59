/**
 * The word for what changed around a model, from what was seen to change.
 *
 * - Broken quality comes first: nulls, ranges and vanished columns move inputs, labels and residuals all by themselves, and are mended
 *   where the data come from. *Data-quality break*.
 * - Residuals, labels less predictions, tell of the relation: while it is what the model has learnt they stay around zero, whatever
 *   inputs and labels do. When they move the same inputs have other labels. *Concept drift*, whatever else moved.
 * - Residuals at rest and inputs moved: others come, or they do other things, and the model still knows what follows; if labels
 *   moved they did so as it expected. *Data drift*.
 * - Labels alone: outcomes have become more or less frequent, and predictions with them, though no input that is watched shows why:
 *   the cause is one that the model follows but nobody profiles. *Label shift*.
 *
 * The words are of Moreno-Torres et al. 2012, "A unifying view on dataset shift", as far as marginals and residuals can tell:
 * that an inverse model P(x | y) stayed the same, which label shift strictly means, is not seen by them. There residuals move too,
 * and the word is concept drift: what is to be done, learning anew, is the same.
 */
export interface DriftFlags {
  /** The quality of an input or of the labels broke; see `dataQuality`. */
  readonly isQualityBroken: boolean;
  /** The distribution of an input moved. */
  readonly haveInputsMoved: boolean;
  /** The mean or the distribution of the labels moved. */
  readonly haveLabelsMoved: boolean;
  /** The mean of labels less predictions moved. */
  readonly haveResidualsMoved: boolean;
}

export const driftKinds = [
  'data-quality break',
  'concept drift',
  'data drift',
  'label shift',
] as const;
export type DriftKind = (typeof driftKinds)[number];

/**
 * @returns undefined when nothing changed
 *
 * @example
 * driftKind({ isQualityBroken: false, haveInputsMoved: true, haveLabelsMoved: true, haveResidualsMoved: false }); // 'data drift'
 */
export function driftKind(flags: DriftFlags): DriftKind | undefined {
  if (flags.isQualityBroken) return 'data-quality break';
  if (flags.haveResidualsMoved) return 'concept drift';
  if (flags.haveInputsMoved) return 'data drift';
  return flags.haveLabelsMoved ? 'label shift' : undefined;
}
