/**
 * What a policy loses by a drift of taste, and how much of it is back how soon.
 *
 * Three plays of the same students, with the same luck: the policy; one that learns no more from the drift on; and one for which it was
 * always so. Of the second the policy has back what it earns more, and all of it when it earns as much as the third.
 */
import type { TasteDrift } from '../../sources/campus/plan.ts';
import { recommendations } from './campusTasks.ts';
import { type Contestant, play } from './play.ts';

/** Expected reward after the drift, by decision: of the policy, without learning, and as if it had always been so. */
export interface Recovery {
  readonly earned: Float64Array;
  readonly still: Float64Array;
  readonly always: Float64Array;
}

/**
 * @param drifts of taste, all at the same time
 * @param after  decisions that are made after them
 */
export function recoverFrom(
  contestant: Contestant,
  drifts: readonly TasteDrift[],
  after: number,
  part: 'first' | 'rest',
  seed: number,
): Recovery {
  const drifting = recommendations(drifts);
  const at = Math.round(drifts[0]!.atMs / drifting.everyMs);
  const drifted = recommendations(drifts.map((drift) => ({ ...drift, atMs: 0 })));
  const rounds = drifting.rounds(part, at + after, seed);
  const always = drifted.rounds(part, at + after, seed);
  return {
    earned: play(drifting, rounds, contestant, seed).subarray(at),
    still: play(drifting, rounds, { ...contestant, learnsFor: at }, seed).subarray(at),
    always: play(drifted, always, contestant, seed).subarray(at),
  };
}
