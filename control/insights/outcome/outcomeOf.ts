/** Measures what an accepted card has led to, and judges it. */
import type { Card, Outcome } from '../../../contracts/insight.ts';
import type { Reader } from '../../statement.ts';
import { planBlocks, sidesOf, spanOf } from './blocks.ts';
import { judgeOutcome, judgeStanding } from './judgeOutcome.ts';
import { measureName, readBlocks } from './readBlocks.ts';

export interface OutcomeSources {
  readonly reader: Reader;
  /** When something was changed by somebody in a span of time, ms. */
  changes(span: { readonly from: number; readonly to: number }): Promise<readonly number[]>;
  /** Whether the rule finds it now. */
  readonly isFound: boolean;
  /** By the clock. */
  readonly now: number;
}

/** What happened so near to the acceptance is what was accepted, ms. */
const ownMs = 60_000;

/**
 * @param accepted with a promise
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function outcomeOf(
  accepted: NonNullable<Card['accepted']>,
  { reader, changes, isFound, now }: OutcomeSources,
): Promise<Outcome> {
  const { at: acceptedAt, eventTime } = accepted;
  const promise = accepted.promise!;
  const { measure, horizonMs } = promise;
  // Of what is refused the time is not known: by when it came.
  const plan = planBlocks(measure.kind === 'refused' ? acceptedAt : eventTime, horizonMs);
  const happened = await changes({ from: plan.at, to: spanOf(plan).to });
  const others = happened.filter((at) => Math.abs(at - acceptedAt) > ownMs).length;
  if (measure.kind === 'standing') {
    return judgeStanding(isFound, { acceptedAt, judgedAt: now, others });
  }
  const sides = sidesOf(await readBlocks(reader, measure, plan), plan);
  const name = measureName(measure);
  return judgeOutcome({ ...sides, promise, acceptedAt, name, others, judgedAt: now });
}
