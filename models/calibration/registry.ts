/** The calibrations that configuration and documentation know by name: one line makes another available. */
import type { Calibration } from './calibration.ts';
import { fitBeta } from './fitBeta.ts';
import { fitIsotonic } from './fitIsotonic.ts';
import { fitPlatt } from './fitPlatt.ts';
import type { HeldOut } from './heldOut.ts';

export interface Calibrator {
  readonly summary: string;
  /** Author and year. */
  readonly source: string;
  /** @throws EngineError TRAINING_IMPOSSIBLE */
  fit(held: HeldOut): Calibration;
}

export const calibrators: Readonly<Record<Calibration['kind'], Calibrator>> = {
  platt: {
    summary: 'A logistic curve over the score: two numbers, for few rows.',
    source: 'Platt 1999',
    fit: fitPlatt,
  },
  beta: {
    summary: 'A beta curve over the probability: three numbers, bends at both ends.',
    source: 'Kull et al. 2017',
    fit: fitBeta,
  },
  isotonic: {
    summary: 'Any rising line: for thousands of rows.',
    source: 'Zadrozny & Elkan 2002',
    fit: fitIsotonic,
  },
};
