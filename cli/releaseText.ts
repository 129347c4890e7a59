/** A release under way in a few words. */
import type { Release } from '../contracts/release.ts';

/** @example releaseText(null); // 'none' */
export function releaseText(release: Release | null): string {
  if (release === null) return 'none';
  const { version, phase, share, paused, awaits } = release;
  const stage =
    phase === 'canary' ? `canary, ${Number((100 * share).toFixed(2))} % of users` : phase;
  const rest = [
    ...(paused ? ['paused'] : []),
    ...(awaits === null ? [] : [`waits for consent before ${awaits}`]),
  ];
  return [`${version} in ${stage}`, ...rest].join(', ');
}
