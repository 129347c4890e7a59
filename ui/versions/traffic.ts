/** Who served within a window: the shares from each change on, and the versions that had any. */
import type { ServedSpan } from '../../contracts/modelLifeApi.ts';
import type { Window } from '../data/range.ts';

export interface Traffic {
  /** The longest in service first, so that the newest lies on top. */
  readonly versions: readonly { readonly version: string; readonly color: number }[];
  /** At the ends of the window and at each change within; shares in the order of `versions`, null while nothing served. */
  readonly points: readonly { readonly at: number; readonly shares: readonly (number | null)[] }[];
  /** Changes within the window. */
  readonly changes: readonly ServedSpan[];
}

/**
 * @param served the oldest first
 *
 * @example
 * trafficOf([{ from: 0, to: null, shares: [{ version: '1', share: 1 }], … }], { from: 5, to: 9 }).points;
 * // [{ at: 5, shares: [1] }, { at: 9, shares: [1] }]
 */
export function trafficOf(served: readonly ServedSpan[], { from, to }: Window): Traffic {
  const all = [...new Set(served.flatMap(({ shares }) => namesOf(shares)))];
  const within = served.filter((span) => span.from < to && (span.to ?? to) > from);
  const shown = new Set(within.flatMap(({ shares }) => namesOf(shares)));
  const versions = all
    .map((version, color) => ({ version, color }))
    .filter(({ version }) => shown.has(version));
  const changes = within.filter((span) => span.from >= from);
  const first = within.find((span) => span.from <= from);
  const sharesOf = (span: ServedSpan | undefined) =>
    versions.map(({ version }) =>
      span === undefined
        ? null
        : (span.shares.find((each) => each.version === version)?.share ?? 0),
    );
  const points = [
    ...(changes[0]?.from === from ? [] : [{ at: from, shares: sharesOf(first) }]),
    ...changes.map((span) => ({ at: span.from, shares: sharesOf(span) })),
  ];
  return {
    versions,
    points: within.length === 0 ? [] : [...points, { at: to, shares: sharesOf(within.at(-1)) }],
    changes,
  };
}

function namesOf(shares: ServedSpan['shares']): string[] {
  return shares.filter(({ share }) => share > 0).map(({ version }) => version);
}

/** Time in which a version served anybody, ms. */
export function servedMs(served: readonly ServedSpan[], version: string, now: number): number {
  return served
    .filter(({ shares }) => namesOf(shares).includes(version))
    .reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);
}

/** Share of users that a version serves now. */
export function shareNow(served: readonly ServedSpan[], version: string): number {
  return served.at(-1)?.shares.find((each) => each.version === version)?.share ?? 0;
}
