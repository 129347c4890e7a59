/** What can be set of gradient-boosted trees. */
import type { Parameter } from '../spec.ts';

export type TreesParameters = {
  readonly rounds: number;
  readonly learningRate: number;
  readonly leaves: number;
  readonly depth: number;
  readonly bins: number;
  readonly ridge: number;
  readonly childWeight: number;
  readonly childRows: number;
  readonly gain: number;
  readonly rowShare: number;
  readonly featureShare: number;
  readonly validationShare: number;
  readonly patience: number;
  readonly seed: number;
};

/**
 * Defaults as LightGBM's where it has them, but of rate and rounds: half as fast is a little better on 220,000 and 380,000 logged answers.
 * The last tenth of the rows says when to stop.
 */
export const treesParameters: { readonly [Name in keyof TreesParameters]: Parameter } = {
  rounds: { default: 600, range: [1, 5_000], unit: 'trees', whole: true, summary: 'most trees' },
  learningRate: {
    default: 0.05,
    range: [1e-4, 1],
    unit: '',
    summary: 'share of a tree that counts',
  },
  leaves: {
    default: 31,
    range: [2, 1_024],
    unit: '',
    whole: true,
    summary: 'most leaves of a tree',
  },
  depth: {
    default: 0,
    range: [0, 64],
    unit: 'splits',
    whole: true,
    summary: 'most above a leaf; 0 for any',
  },
  bins: { default: 255, range: [4, 255], unit: '', whole: true, summary: 'most bins of a feature' },
  ridge: { default: 1, range: [0, 1e6], unit: '', summary: 'L2: pulls values of leaves to zero' },
  childWeight: {
    default: 1e-3,
    range: [1e-9, 1e9],
    unit: '',
    summary: 'least second derivative of a leaf',
  },
  childRows: {
    default: 20,
    range: [1, 1e6],
    unit: 'rows',
    whole: true,
    summary: 'least rows of a leaf, as told from its second derivative',
  },
  gain: {
    default: 0,
    range: [0, 1e9],
    unit: '',
    summary: 'a split must lower twice the loss by more',
  },
  rowShare: { default: 1, range: [0.01, 1], unit: '', summary: 'of the rows for each tree' },
  featureShare: {
    default: 1,
    range: [0.01, 1],
    unit: '',
    summary: 'of the features for each tree',
  },
  validationShare: {
    default: 0.1,
    range: [0, 0.5],
    unit: '',
    summary: 'of the rows, the latest, say when to stop; 0 for all trees',
  },
  patience: {
    default: 30,
    range: [1, 5_000],
    unit: 'trees',
    whole: true,
    summary: 'without a better one before it stops',
  },
  seed: { default: 1, range: [0, 2 ** 32 - 1], unit: '', whole: true, summary: 'of the shares' },
};
