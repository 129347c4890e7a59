/** Figures of e-processes, described once. */
import type { Figure } from '../../contracts/statistic.ts';
import { pValueOf } from '../sequential/eValue.ts';

export const evidenceFigures = {
  lnE: {
    unit: 'nats',
    summary:
      'evidence against the hypothesis: it is rejected, at any time, at −ln alpha; 0 without any',
  },
  pValue: { unit: 'probability', summary: 'min(1, 1 / e), valid at any time' },
} as const satisfies Record<string, Figure>;

export const effectFigures = {
  effect: { unit: 'value', summary: 'treatment less control' },
  standardError: { unit: 'value', summary: 'of the effect' },
  lower: { unit: 'value', summary: 'end of the interval of the effect' },
  upper: { unit: 'value', summary: 'end of the interval of the effect' },
} as const satisfies Record<string, Figure>;

export const unitFigures = {
  controlUnits: { unit: 'units', summary: 'in control' },
  treatmentUnits: { unit: 'units', summary: 'in treatment' },
} as const satisfies Record<string, Figure>;

/** @param lnE NaN while there are too few units for any evidence */
export function evidenceOf(lnE: number): { lnE: number; pValue: number } {
  const known = Number.isNaN(lnE) ? 0 : lnE;
  return { lnE: known, pValue: pValueOf(known) };
}
