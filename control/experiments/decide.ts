/**
 * Which comparisons are decided, all of a role together.
 *
 * Primary metrics: the level is split evenly over metrics and variants (Bonferroni), so that any false decision at all has at
 * most the experiment's probability, at all times. Secondary metrics, and segments, each as one family: e-BH, of whose
 * decisions at most that share is false on average, however the metrics depend on each other. Guardrails: each at the whole
 * level, because a harm that is missed costs more than a false alarm.
 *
 * A direction is decided by the larger of the one-sided e-values, which has then passed the same threshold.
 */
import type { Comparison } from '../../contracts/experimentResult.ts';
import { eBenjaminiHochberg } from '../../stats/multiplicity/eBenjaminiHochberg.ts';
import { pValueOf } from '../../stats/sequential/eValue.ts';
import type { Compared, LnE } from './compared.ts';
import { effectFor } from './plannedPairs.ts';
import type { PreparedMetric } from './preparedExperiment.ts';
import { figureOrNull } from './sequenceEffect.ts';

/** What stands for minus infinity in a result, which is JSON. */
const lnELeast = -1e6;

export type GoodDirection = PreparedMetric['metric']['direction'];

/** Whether the evidence suffices, and for what. */
export type Decided = Pick<Comparison, 'decided' | 'direction'>;

/** ln e of "not worse". */
function lnHarm(lnE: LnE, good: GoodDirection): number {
  return good === 'increase' ? lnE.lower : lnE.higher;
}

/** ln e of "not better". */
function lnGain(lnE: LnE, good: GoodDirection): number {
  return good === 'increase' ? lnE.higher : lnE.lower;
}

function decidedAs(lnE: LnE, decided: boolean, good: GoodDirection): Decided {
  if (!decided) return undecided;
  return { decided, direction: lnGain(lnE, good) > lnHarm(lnE, good) ? 'good' : 'bad' };
}

export const undecided: Decided = { decided: false, direction: 'open' };

/** Level of one comparison when `alpha` is split evenly over `comparisons`. */
export function levelOf(alpha: number, comparisons: number): number {
  return alpha / Math.max(1, comparisons);
}

/** @param level of one comparison, see {@link levelOf} */
export function decidePrimary(lnE: LnE, good: GoodDirection, level: number): Decided {
  return decidedAs(lnE, lnE.either >= Math.log(1 / level), good);
}

export function decideGuardrail(lnE: LnE, good: GoodDirection, alpha: number): Decided {
  const larger = Math.max(lnHarm(lnE, good), lnGain(lnE, good));
  return decidedAs(lnE, larger >= Math.log(1 / alpha), good);
}

export interface FamilyMember {
  readonly lnE: LnE;
  readonly good: GoodDirection;
}

/**
 * @param members    of one family
 * @param suppressed comparisons that belong to the family and are not shown: they count, without evidence
 */
export function decideFamily(
  members: readonly FamilyMember[],
  alpha: number,
  suppressed = 0,
): Decided[] {
  const lnEs = members.map(({ lnE }) => lnE.either);
  const hidden = Array.from({ length: suppressed }, () => -Infinity);
  const decided = eBenjaminiHochberg([...lnEs, ...hidden], alpha);
  return members.map(({ lnE, good }, i) => decidedAs(lnE, decided[i]!, good));
}

/**
 * The comparison as it is told.
 *
 * @param level of one comparison of its role
 */
export function completed(
  compared: Compared,
  { decided, direction }: Decided,
  level: number,
): Comparison {
  const { variant, method, effect, asymptotic, relative, lnE } = compared;
  const found = compared.detectable ?? effectFor(compared.pairs, level) * compared.deviation;
  // Written out, not spread: it is done for every comparison of every evaluation.
  return {
    variant,
    method,
    effect,
    asymptotic,
    relative,
    lnE: {
      either: Math.max(lnELeast, lnE.either),
      higher: Math.max(lnELeast, lnE.higher),
      lower: Math.max(lnELeast, lnE.lower),
    },
    p: pValueOf(lnE.either),
    decided,
    direction,
    detectable: figureOrNull(found),
  };
}
