/** What became of the cards of one rule, and what is promised about all of them, in plain words. */
import type { InsightKindsAnswer, InsightsAnswer } from '../../contracts/insightApi.ts';
import { formatCount, formatWhole } from '../format/numbers.ts';
import { looked, kinds as words } from '../words/recommendations.ts';

type KindRecord = InsightKindsAnswer['kinds'][number];

/** @example recordWords({ shown: 12, accepted: 5, kept: 4 }); // '12 shown, 5 accepted, 4 helped' */
export function recordWords({
  shown,
  accepted,
  kept,
}: Pick<KindRecord, 'shown' | 'accepted' | 'kept'>): string {
  if (shown === 0) return words.never;
  const said = [
    words.shown(formatCount(shown)),
    ...(accepted > 0 ? [words.accepted(formatCount(accepted)), words.kept(formatCount(kept))] : []),
  ];
  return said.join(', ');
}

/** What share of the cards that rest on a test may be false. */
export function promiseWords({
  tests,
  falseShare,
}: Pick<InsightsAnswer['looked'], 'tests' | 'falseShare'>): string {
  if (tests === 0 || !(falseShare > 0)) return looked.promiseNone;
  const share = looked.oneIn(formatCount(Math.round(1 / falseShare)));
  return looked.promise(share, looked.tests(tests, formatWhole(tests)));
}
