/**
 * Whether an accepted card kept its promise: what was measured before and after are compared by days. Pure.
 *
 * The means of days are the observations (Welch's t), so that the interval respects how much days differ. It is a comparison of
 * before and after: what else changed at the time changes it too.
 */
import type { InsightPromise, Outcome } from '../../../contracts/insight.ts';
import { studentTTwoSided } from '../../../stats/special/studentT.ts';
import { differenceOfMeans } from '../../../stats/testing/differenceOfMeans.ts';
import { type Moments, welford } from '../../../stats/welford.ts';
import { counted } from '../../words.ts';
import type { Block } from './blocks.ts';

export interface MeasuredOutcome {
  readonly promise: InsightPromise;
  /** By the clock. */
  readonly acceptedAt: number;
  readonly before: readonly Block[];
  readonly after: readonly Block[];
  /** What is measured: "log loss of answer". */
  readonly name: string;
  /** Other things that were changed meanwhile. */
  readonly others: number;
  readonly judgedAt: number;
}

/** Blocks that a side needs. */
const blocksMin = 3;
const alpha = 0.05;

export function judgeOutcome(measured: MeasuredOutcome): Outcome {
  const { promise, judgedAt } = measured;
  const [before, after] = [measured.before, measured.after].map(momentsOf) as [Moments, Moments];
  const isEnough = before.count >= blocksMin && after.count >= blocksMin;
  const { estimate, variance, freedom } = differenceOfMeans(after, before);
  const radius = variance > 0 ? studentTTwoSided(alpha, freedom) * Math.sqrt(variance) : 0;
  const change = isEnough
    ? { estimate, lower: estimate - radius, upper: estimate + radius }
    : { estimate: null, lower: null, upper: null };
  const verdict = verdictOf(promise, change);
  return {
    ...{ judgedAt, change, verdict },
    before: sideOf(measured.before, before),
    after: sideOf(measured.after, after),
    sentence: sentenceOf(measured, change),
  };
}

/** Of a finding that is a fact: whether it is found at the end of the horizon. */
export function judgeStanding(
  isFound: boolean,
  { acceptedAt, judgedAt, others }: Pick<MeasuredOutcome, 'acceptedAt' | 'judgedAt' | 'others'>,
): Outcome {
  const after = isFound ? 1 : 0;
  const told = isFound ? 'it is found still' : 'it is not found any more';
  return {
    judgedAt,
    before: { mean: 1, count: 1 },
    after: { mean: after, count: 1 },
    change: { estimate: after - 1, lower: after - 1, upper: after - 1 },
    verdict: isFound ? 'no change seen' : 'kept',
    sentence: `Accepted ${dayOf(acceptedAt)}: ${told}.${meanwhile(others)}`,
  };
}

function momentsOf(blocks: readonly Block[]): Moments {
  const state = welford.initial();
  for (const { mean } of blocks) welford.step(state, mean);
  return welford.read(state);
}

function sideOf(blocks: readonly Block[], { count, mean }: Moments): Outcome['before'] {
  return {
    mean: count > 0 ? mean : null,
    count: blocks.reduce((total, block) => total + block.count, 0),
  };
}

function verdictOf(
  { better, low, high }: InsightPromise,
  { estimate, lower, upper }: Outcome['change'],
): Outcome['verdict'] {
  if (estimate === null || lower === null || upper === null) return 'cannot be told';
  // As gains: what is better is above 0.
  const [least, most] = better === 1 ? [lower, upper] : [-upper, -lower];
  const promised = Math.max(0, (better === 1 ? low : high === null ? null : -high) ?? 0);
  if (most < 0) return 'worse';
  if (least > 0) return better * estimate >= promised ? 'kept' : 'partly';
  // Neither nothing nor what was promised can be excluded.
  return promised > 0 && most >= promised ? 'cannot be told' : 'no change seen';
}

function sentenceOf(
  { promise, acceptedAt, name, others, before, after }: MeasuredOutcome,
  { estimate, lower, upper }: Outcome['change'],
): string {
  const begun = `Accepted ${dayOf(acceptedAt)}: `;
  if (estimate === null || lower === null || upper === null) {
    const had = `${before.length} before and ${after.length} after`;
    return `${begun}there is too little of ${name} to compare, ${had} of the ${blocksMin} parts that each side needs.`;
  }
  const [change, from, to] = [estimate, lower, upper].map((value) => signed(value, promise.unit));
  const told = `${name} ${change} (95 % ${from} to ${to}), after compared with before.`;
  return `${begun}${told}${meanwhile(others)}`;
}

function meanwhile(others: number): string {
  return others === 0 ? '' : ` ${counted(others, 'other change')} meanwhile.`;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** −0.014; of shares in points: +2.1 points. */
function signed(value: number, unit: InsightPromise['unit']): string {
  const scaled = unit === 'share' ? value * 100 : value;
  const plain = Number(Math.abs(scaled).toPrecision(2)).toLocaleString('en', {
    maximumSignificantDigits: 2,
  });
  const sign = plain === '0' ? '' : scaled < 0 ? '−' : '+';
  const suffix = unit === 'ms' ? ' ms' : unit === 'share' || unit === 'points' ? ' points' : '';
  return `${sign}${plain}${suffix}`;
}
