/**
 * A recommendation as it is told to who may see figures of groups alone: what it is about, of which kind, and what to do. Its figures
 * come from what is stored as it came; so sentences, evidence and numbers of users are withheld.
 */
import type { Card, Finding, ScoreParts } from '../../contracts/insight.ts';
import { withheldSentence } from './withheldSentence.ts';

/** @param summaryOf what a kind looks for */
export function cardForGroups(card: Card, summaryOf: (kind: string) => string): Card {
  const told = (finding: Finding) => findingForGroups(finding, summaryOf(finding.kind));
  const { accepted, parts } = card;
  return {
    ...card,
    finding: told(card.finding),
    others: card.others.map(told),
    ...{ parts: roughly(parts), score: roughlyOf(card.score) },
    accepted: accepted && { ...accepted, label: withheldSentence, promise: null },
    outcome: card.outcome && {
      ...card.outcome,
      ...{ before: nothing, after: nothing, change: { estimate: null, lower: null, upper: null } },
      sentence: withheldSentence,
    },
  };
}

const nothing = { mean: null, count: 0 };

function findingForGroups(finding: Finding, summary: string): Finding {
  const { action, impact, reach } = finding;
  return {
    ...finding,
    changed: summary,
    ...{ why: [withheldSentence], ignored: withheldSentence, evidence: null, promise: null },
    action: action && {
      ...action,
      ...{ request: null, consequence: withheldSentence },
    },
    pValue: null,
    impact: { value: roughlyOf(impact.value), words: withheldSentence },
    reach: { share: roughlyOf(reach.share), users: null },
  };
}

function roughly(parts: ScoreParts): ScoreParts {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, roughlyOf(part)]),
  ) as unknown as ScoreParts;
}

/** To a tenth: enough to compare, too little to compute with. */
function roughlyOf(share: number): number {
  return Math.round(share * 10) / 10;
}
