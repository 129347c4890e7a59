/** Roles, parameters, figures and fold of the distances of a histogram from that of a reference. */
import { z } from 'zod';
import {
  type Figure,
  type Role,
  type StatisticFold,
  unexpected,
} from '../../contracts/statistic.ts';
import { type BinnedDistance, type BinnedPair, binAt } from '../drift/bins.ts';
import { finite, share } from './parameters.ts';
import { value } from './roles.ts';
import { binaryProblem } from './successes.ts';

export const distanceRoles = {
  value,
  missing: {
    kind: 'number',
    summary: '1 where the value is missing, and then whatever stands for it is not looked at',
    fallback: 0,
  },
} as const satisfies Record<string, Role>;

const ascends = (edges: readonly number[]) =>
  edges.every((edge, i) => i === 0 || edge > edges[i - 1]!);
const counts = 'counts ≥ 0, one for each bin and one for missing values';

export const distanceParameters = {
  edges: z
    .array(finite(), 'ascending numbers')
    .min(1, 'ascending numbers')
    .max(1_000, 'at most 1000 numbers')
    .refine(ascends, 'ascending numbers')
    .describe('ends of the bins, the largest value of each; the last bin is open'),
  reference: z
    .array(z.number(counts).min(0, counts), counts)
    .describe('values of the reference by bin, and those that were missing'),
  alpha: share().default(0.01).describe('probability of a larger distance without a change'),
};

export const distanceFigures = {
  count: { unit: 'rows', summary: 'values seen, missing ones too' },
  noise: { unit: '', summary: 'mean distance when nothing has changed' },
  critical: { unit: '', summary: 'exceeded with probability `alpha` when nothing has changed' },
  pValue: { unit: 'probability', summary: 'of such a distance when nothing has changed' },
  missing: { unit: 'share', summary: 'of values that are missing' },
} as const satisfies Record<string, Figure>;

export interface BinnedState {
  /** By bin, missing values last. */
  counts: number[];
}

interface Row {
  readonly value: number;
  readonly missing: number;
}

type Figures = { readonly [Name in keyof typeof distanceFigures]: number } & {
  readonly distance: number;
};

/** @throws RangeError when there are not as many reference counts as bins, or the reference is empty */
export function distanceFold(
  {
    edges,
    reference,
    alpha,
  }: { readonly edges: number[]; readonly reference: number[]; readonly alpha: number },
  distance: (pair: BinnedPair, alpha: number) => BinnedDistance,
): StatisticFold<BinnedState, Row, Figures> {
  const bins = edges.length + 2;
  if (reference.length !== bins) {
    throw new RangeError(unexpected('reference', `${bins} counts`, reference.length));
  }
  if (!reference.some((count) => count > 0)) {
    throw new RangeError(unexpected('reference', 'a count above 0', 0));
  }
  return {
    initial: () => ({ counts: new Array<number>(bins).fill(0) }),

    problem: (row) => binaryProblem('missing', row.missing),

    step(state, row) {
      state.counts[row.missing === 1 ? bins - 1 : binAt(edges, row.value)]! += 1;
    },

    read(state) {
      const count = state.counts.reduce((sum, each) => sum + each, 0);
      const read = distance({ reference, current: state.counts }, alpha);
      return { count, missing: state.counts[bins - 1]! / count, ...read }; // 0 / 0 is NaN
    },

    merge(state, other) {
      other.counts.forEach((count, bin) => {
        state.counts[bin]! += count;
      });
    },
  };
}
