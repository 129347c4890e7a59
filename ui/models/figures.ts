/** How each figure of performance is written, and which way is better. */
import { type FigureName, numberFigures, probabilityFigures } from '../data/search.ts';
import { formatFigure } from '../format/figure.ts';
import type { FigureKind } from '../format/numbers.ts';

export interface FigureLook {
  readonly kind: FigureKind;
  readonly better: 'higher' | 'lower' | 'zero';
}

const ratio = (better: FigureLook['better']): FigureLook => ({ kind: 'ratio', better });
const value = (better: FigureLook['better']): FigureLook => ({ kind: 'value', better });

export const figureLooks: Readonly<Record<FigureName, FigureLook>> = {
  accuracy: ratio('higher'),
  auc: ratio('higher'),
  logLoss: ratio('lower'),
  brier: ratio('lower'),
  calibrationError: { kind: 'share', better: 'lower' },
  precision: ratio('higher'),
  recall: ratio('higher'),
  meanAbsoluteError: value('lower'),
  rootMeanSquareError: value('lower'),
  bias: value('zero'),
  explained: ratio('higher'),
};

export function figuresOf(kind: 'probability' | 'number'): readonly FigureName[] {
  return kind === 'number' ? numberFigures : probabilityFigures;
}

/** The figure of the address, or the first that there is of such a model. */
export function chosenFigure(
  kind: 'probability' | 'number',
  asked: FigureName | undefined,
): FigureName {
  const names = figuresOf(kind);
  return names.find((name) => name === asked) ?? names[0]!;
}

export function formatPerformance(figure: string, size: number | null): string {
  return formatFigure(figureLooks[figure as FigureName]?.kind ?? 'value', size);
}

/** A distance from the whole, in the figure's unit. */
export function formatGap(figure: string, size: number): string {
  return formatPerformance(figure, Math.abs(size));
}
