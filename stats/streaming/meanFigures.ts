/** Figures of confidence sequences of a mean. */
import type { Figure } from '../../contracts/statistic.ts';

export const meanFigures = {
  count: { unit: 'rows', summary: 'values seen' },
  mean: { unit: 'value', summary: 'arithmetic mean' },
  lower: { unit: 'value', summary: 'end of the interval; the bound without values' },
  upper: { unit: 'value', summary: 'end of the interval; the bound without values' },
} as const satisfies Record<string, Figure>;
