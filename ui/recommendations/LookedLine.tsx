/** How well it has been looked: when, by how many rules, and which of them could not be asked. */
import type { InsightsAnswer } from '../../contracts/insightApi.ts';
import { cut } from '../format/cut.ts';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { looked as words } from '../words/recommendations.ts';
import { kindName } from './kindName.ts';

/** After so long what is shown is called old, ms. */
const staleMs = 3 * 3_600_000;
const clockMs = 30_000;
const sentenceMax = 400;

export function isStale({ at }: Pick<InsightsAnswer['looked'], 'at'>, now: number): boolean {
  return at !== null && now - at > staleMs;
}

export function LookedLine({ looked }: { looked: InsightsAnswer['looked'] }) {
  const now = useNow(clockMs);
  const { at, kinds, failing } = looked;
  // A clock that runs behind the engine's would count from the future.
  const ago = formatAgo(at, Math.max(now, at ?? now));
  return (
    <>
      <p className="standing" title={formatInstant(at)}>
        {at === null ? words.never : words.by(ago, words.rules(kinds))}
      </p>
      {isStale(looked, now) && <p className="notice attention">{words.stale(ago)}</p>}
      {failing.length > 0 && (
        <details className="notice attention">
          <summary>{words.failing(failing.length, kinds)}</summary>
          <ul className="consequences">
            {failing.map(({ kind, sentence }) => (
              <li key={kind}>
                {kindName(kind)}: {cut(sentence, sentenceMax)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
