/** The parts of a score, each with its size and what it stands for. */
import type { Card } from '../../contracts/insight.ts';
import { formatCount, formatShare, formatValue } from '../format/numbers.ts';
import { formatAgo } from '../format/times.ts';
import { parts as words } from '../words/recommendations.ts';
import { doingOf } from './chosen.ts';

export interface PartSaid {
  readonly name: string;
  /** Of the bar, in [0, 1]. */
  readonly share: number;
  readonly figure: string;
  readonly text: string;
}

/** Factors this far from 1 are said, at most. */
const usualUsefulness = 0.05;
/** The longest bar of a factor around 1. */
const usefulnessMost = 2;

/** @param now what began is told from, event time, ms since 1970 */
export function partsOf({ finding, parts }: Card, now: number): readonly PartSaid[] {
  const { impact, reach, pValue, since } = finding;
  const share = (name: string, value: number, text: string): PartSaid => ({
    ...{ name, text },
    share: Math.min(1, Math.max(0, value)),
    figure: formatShare(value),
  });
  const doing = { button: words.byButton, page: words.byPage, none: words.byNobody };
  const { usefulness } = parts;
  return [
    share(words.impact, parts.impact, impact.words),
    share(
      words.confidence,
      parts.confidence,
      pValue === null ? words.fact : words.tested(probability(pValue)),
    ),
    share(
      words.reach,
      parts.reach,
      reach.users === null
        ? words.reachShare(formatShare(reach.share))
        : words.reachUsers(formatCount(reach.users), formatShare(reach.share)),
    ),
    share(words.actionability, parts.actionability, doing[doingOf(finding)]),
    share(words.freshness, parts.freshness, words.fresh(formatAgo(since, now))),
    {
      name: words.usefulness,
      share: Math.min(1, Math.max(0, usefulness / usefulnessMost)),
      figure: `×\u00a0${formatValue(usefulness)}`,
      text: usefulnessWords(usefulness),
    },
  ];
}

function usefulnessWords(factor: number): string {
  if (Math.abs(factor - 1) <= usualUsefulness) return words.usual;
  return factor > 1 ? words.useful : words.useless;
}

/** 0.4 %, 1 in 20 000 */
function probability(p: number): string {
  if (p === 0) return formatShare(0);
  return p >= 0.001 ? formatShare(p) : `1 in ${formatCount(1 / p)}`;
}
