/** Shares of a deviation as signed bars on one scale, the largest first; what is small becomes one. */
import type { Contribution } from '../../contracts/alert.ts';
import { barWidth } from '../parts/SignedBar.tsx';

export interface ContributionBar extends Contribution {
  /** Places in [0, `barWidth`]. */
  readonly from: number;
  readonly to: number;
}

export interface ContributionBars {
  readonly zero: number;
  readonly bars: readonly ContributionBar[];
  /** How many were left out, and their share together. */
  readonly rest: { readonly count: number; readonly share: number } | undefined;
}

const edge = 2;
/** Bars that are shown. */
export const barsMax = 12;

export function contributionBars(contributions: readonly Contribution[]): ContributionBars {
  const sorted = contributions.toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share));
  const shown = sorted.slice(0, barsMax);
  const left = sorted.slice(barsMax);
  const shares = shown.map(({ share }) => share);
  const least = Math.min(0, ...shares);
  const most = Math.max(0, ...shares);
  const place = (share: number) =>
    edge + ((share - least) / (most - least || 1)) * (barWidth - 2 * edge);
  return {
    zero: place(0),
    bars: shown.map((each) => ({ ...each, from: place(0), to: place(each.share) })),
    rest:
      left.length === 0
        ? undefined
        : { count: left.length, share: left.reduce((sum, { share }) => sum + share, 0) },
  };
}
