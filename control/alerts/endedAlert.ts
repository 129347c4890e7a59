/** What of alerts that are over matters to the next one of the same watch and key: whether it is told, or waits. */
import type { Alert, AlertEnding } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** So often within a day it came and went: it flaps. */
const flapsMost = 3;

export interface EndedAlert {
  /** Event time. */
  readonly resolvedAt: number;
  readonly ending: AlertEnding;
  readonly wasTold: boolean;
  readonly isUnjudged: boolean;
}

/** Opened by silence or an error: no reading of it was other than it should be. */
export function isUnjudged({ worst }: Pick<Alert, 'worst'>): boolean {
  return worst === null;
}

/** @param alert resolved */
export function endedOf(alert: Alert): EndedAlert {
  const { resolvedAt, ending, firedAt } = alert;
  if (resolvedAt === null || ending === null) {
    throw new RangeError(`alert: expected a resolved one, got ${alert.id} ${alert.state}`);
  }
  return { resolvedAt, ending, wasTold: firedAt !== null, isUnjudged: isUnjudged(alert) };
}

/** Those that can still matter at a time: silence and breaches alike, for a day or as long as the watch looks back. */
export function stillMatter(ended: readonly EndedAlert[], watch: Watch, at: number): EndedAlert[] {
  const spanMs = Math.max(dayMs, watch.refractoryMs, watch.noDataMs ?? 0);
  return ended.filter(({ resolvedAt }) => resolvedAt >= at - spanMs);
}

/** Times within the last day that alerts like this one came, lasted as long as the watch asks, and went by themselves. */
export function flapsOf(ended: readonly EndedAlert[], unjudged: boolean, at: number): number {
  const flaps = ended.filter(
    (each) =>
      each.isUnjudged === unjudged && each.ending === 'recovered' && each.resolvedAt > at - dayMs,
  );
  return flaps.length;
}

export function isFlapping(flaps: number): boolean {
  return flaps >= flapsMost;
}

/**
 * Whether an alert that has lasted long enough is not told yet because of those before it: the last one that was told has
 * been over for less than the refractory period; or the key flaps, and this one has not lasted for that period (at least an
 * hour) either. So what comes and goes is told once, and what comes to stay is told late, but told.
 *
 * Silence and errors do not keep a breach from being told, nor the other way round.
 */
export function isHeld(
  ended: readonly EndedAlert[],
  alert: Pick<Alert, 'worst' | 'since'>,
  { refractoryMs }: Pick<Watch, 'refractoryMs'>,
  at: number,
): boolean {
  const unjudged = isUnjudged(alert);
  const isRecent = ended.some(
    (each) => each.isUnjudged === unjudged && each.wasTold && at < each.resolvedAt + refractoryMs,
  );
  if (isRecent) return true;
  const steadyMs = Math.max(refractoryMs, hourMs);
  return isFlapping(flapsOf(ended, unjudged, at)) && at - alert.since < steadyMs;
}
