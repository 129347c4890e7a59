/** What can be set of every trainer that goes by small batches. */
import type { Parameter } from '../spec.ts';

export type DescentParameters = {
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly decay: number;
  readonly patience: number;
  readonly validationShare: number;
  readonly seed: number;
};

export const descentParameters: { readonly [Name in keyof DescentParameters]: Parameter } = {
  epochs: {
    default: 30,
    range: [1, 1_000],
    unit: '',
    whole: true,
    summary: 'most passes over the rows',
  },
  batch: { default: 128, range: [1, 65_536], unit: 'rows', whole: true, summary: 'of one step' },
  rate: { default: 0.003, range: [1e-6, 1], unit: '', summary: 'size of a step (Adam)' },
  decay: {
    default: 1e-3,
    range: [0, 10],
    unit: '',
    summary: 'share of a step by which weights shrink',
  },
  patience: {
    default: 3,
    range: [1, 1_000],
    unit: 'epochs',
    whole: true,
    summary: 'without a better one before it stops',
  },
  validationShare: {
    default: 0.1,
    range: [0, 0.5],
    unit: '',
    summary: 'of the rows, the latest, say when to stop; 0 for all epochs by the training loss',
  },
  seed: {
    default: 1,
    range: [0, 2 ** 32 - 1],
    unit: '',
    whole: true,
    summary: 'of the first weights and the order',
  },
};
