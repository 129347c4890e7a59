/** How much a finding matters: the product of six parts, each of which is shown. Pure. */
import type { Finding, ScoreParts } from '../../contracts/insight.ts';
import { usefulnessOf, type Votes } from './usefulness.ts';

export const weekMs = 7 * 86_400_000;

export interface Scored {
  readonly finding: Finding;
  readonly parts: ScoreParts;
  readonly score: number;
}

export interface ScoreContext {
  /** Event time, ms: freshness counts from there. */
  readonly at: number;
  /** Adjusted error of the test in [0, 1]; 0 of a fact. */
  readonly error: number;
  /** Of the kind. */
  readonly votes: Votes;
}

/**
 * @example
 * scoreFinding(finding, { at: finding.since + weekMs, error: 0, votes: { useful: 0, notUseful: 0 } }).parts.freshness; // 0.5
 */
export function scoreFinding(finding: Finding, { at, error, votes }: ScoreContext): Scored {
  return scored(finding, {
    impact: finding.impact.value,
    confidence: 1 - error,
    reach: finding.reach.share,
    actionability: actionabilityOf(finding),
    freshness: freshnessOf(finding, at),
    usefulness: usefulnessOf(votes),
  });
}

/** The same finding at another time, or after other answers: its confidence is as it was. */
export function rescored(
  finding: Finding,
  before: ScoreParts,
  { at, votes }: Pick<ScoreContext, 'at' | 'votes'>,
): Scored {
  const freshness = freshnessOf(finding, at);
  return scored(finding, { ...before, freshness, usefulness: usefulnessOf(votes) });
}

function scored(finding: Finding, parts: ScoreParts): Scored {
  return { finding, parts, score: Object.values(parts).reduce((product, part) => product * part) };
}

/** 1 where a button does it, 0.7 where it is done on a page, 0.4 where somebody has to find out what to do. */
function actionabilityOf({ action }: Finding): number {
  if (action === null) return 0.4;
  return action.request === null ? 0.7 : 1;
}

function freshnessOf({ since }: Finding, at: number): number {
  return 2 ** -(Math.max(0, at - since) / weekMs);
}

/** The highest score first; of equal ones what matters more, what began earlier, and then by name: the order never flickers. */
export function byScore(a: Scored, b: Scored): number {
  return (
    b.score - a.score ||
    b.parts.impact - a.parts.impact ||
    a.finding.since - b.finding.since ||
    compare(a.finding.kind, b.finding.kind)
  );
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
