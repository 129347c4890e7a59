/** How each figure of performance is written, and which way is better. */
import { type FigureName, numberFigures, probabilityFigures } from '../data/search.ts';
import { formatFigure } from '../format/figure.ts';
import { type FigureKind, formatPoints, formatRatio, formatValue } from '../format/numbers.ts';

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

/** Shares differ by points, others in their unit: "1.2 points", "0.052". */
export function formatGap(figure: string, size: number): string {
  if (['accuracy', 'precision', 'recall'].includes(figure)) {
    return formatPoints(Math.abs(size)).replace(/^[+±]/, '');
  }
  const { kind } = figureLooks[figure as FigureName] ?? value('lower');
  return kind === 'ratio' ? formatRatio(Math.abs(size)) : formatValue(Math.abs(size));
}
