/** Who served when: of a time, and of a range as spans with shares of users. */
import type { ModelServing } from '../../contracts/modelEvent.ts';
import type { ServedAnswer, ServedSpan } from '../../contracts/modelLifeApi.ts';
import { same } from '../../contracts/same.ts';
import type { KnownModel, ServedFrom } from './modelRegistry.ts';

type Past = Pick<KnownModel, 'served'>;

/**
 * @param t ms since 1970; at the very time of a change the new one serves
 * @returns undefined before the first
 */
export function servedAt({ served }: Past, t: number): ServedFrom | undefined {
  return served.findLast(({ at }) => at <= t);
}

/** As the API tells it. @returns undefined before the first */
export function servedAnswer(past: Past, at: number): ServedAnswer | undefined {
  const found = servedAt(past, at);
  if (found === undefined) return undefined;
  const { serving, at: since, by } = found;
  const { champion, release, shadows } = serving;
  return {
    ...{ at, since, ...by, champion: champion.version, shares: sharesOf(serving) },
    release: release && { ...release, version: release.version.version },
    shadows: shadows.map(({ version }) => version),
  };
}

/** Versions that serve somebody, with their shares of users, the champion first. */
export function sharesOf({ champion, release }: ModelServing): ServedSpan['shares'] {
  const share = release?.share ?? 0;
  return [
    { version: champion.version, share: 1 - share },
    ...(release === null ? [] : [{ version: release.version.version, share }]),
  ].filter((each) => each.share > 0);
}

/**
 * Spans of a range without gaps, the oldest first. One begins where shares change: who predicts without serving is not told.
 *
 * @param from ms since 1970, inclusive
 * @param to   ms since 1970, exclusive; null: until now, and so is the last span
 */
export function servedSpans(
  { served }: Past,
  from = Number.NEGATIVE_INFINITY,
  to: number | null = null,
): ServedSpan[] {
  const spans: ServedSpan[] = [];
  served.forEach(({ serving, at, by }, i) => {
    const begins = Math.max(at, from);
    const next = served[i + 1]?.at ?? null;
    const ends = next === null ? to : Math.min(next, to ?? next);
    if (ends !== null && ends <= begins) return;
    const shares = sharesOf(serving);
    const last = spans.at(-1);
    if (last !== undefined && same(last.shares, shares)) last.to = ends;
    else spans.push({ from: begins, to: ends, shares, ...by });
  });
  return spans;
}
