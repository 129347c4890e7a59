/** Who served while windows lasted: the changes, for a strip, and of each window the shares over its time. */
import type { ServedSpan } from '../../contracts/modelLifeApi.ts';
import type { Window } from '../data/range.ts';
import { type Traffic, trafficOf } from '../versions/traffic.ts';

export interface ServedWindows {
  readonly traffic: Traffic;
  /** In the order of `traffic.versions`; null of a window in which nothing served yet. */
  readonly shares: readonly (readonly (number | null)[])[];
  /** Whether it is known of so much of their time that it could be seen. */
  readonly isWide: boolean;
}

/** Of the time of all windows. */
const wideShare = 0.02;

/**
 * @param windows in the order of time
 * @param now     what is to come is not told, ms since 1970
 * @returns undefined when nothing served in any of them
 *
 * @example
 * servedWindows([{ from: 0, to: null, shares: [{ version: '1', share: 1 }], … }], [{ start: 5, end: 9 }], 9)?.shares;
 * // [[1]]
 */
export function servedWindows(
  served: readonly ServedSpan[],
  windows: readonly { readonly start: number; readonly end: number }[],
  now: number,
): ServedWindows | undefined {
  const from = windows[0]?.start ?? 0;
  const to = Math.min(now, windows.at(-1)?.end ?? 0);
  const traffic = trafficOf(served, { from, to });
  if (traffic.points.length === 0) return undefined;
  const shares = windows.map(({ start, end }) =>
    sharesWithin(served, traffic, { from: start, to: Math.min(end, now) }),
  );
  const known = traffic.points.find((point) => point.shares.some((share) => share !== null));
  const whole = (windows.at(-1)?.end ?? 0) - from;
  return { traffic, shares, isWide: to - (known?.at ?? to) >= wideShare * whole };
}

function sharesWithin(
  served: readonly ServedSpan[],
  { versions }: Traffic,
  { from, to }: Window,
): readonly (number | null)[] {
  const parts = served.map((span) => ({
    ms: Math.max(0, Math.min(span.to ?? to, to) - Math.max(span.from, from)),
    shares: span.shares,
  }));
  const whole = parts.reduce((sum, { ms }) => sum + ms, 0);
  return versions.map(({ version }) => {
    if (whole === 0) return null;
    const ofVersion = parts.map(
      ({ ms, shares }) => ms * (shares.find((each) => each.version === version)?.share ?? 0),
    );
    return ofVersion.reduce((sum, part) => sum + part, 0) / whole;
  });
}
