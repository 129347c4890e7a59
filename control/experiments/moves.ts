/** What becomes of an experiment when it is started, paused, resumed, stopped or archived. */
import type { Experiment } from '../../contracts/experiment.ts';
import { type MoveName, movedState } from '../definitions/life.ts';

export interface Move {
  readonly move: MoveName;
  /** Of `stop`: what was decided; absent: stopped without a decision. */
  readonly decision?:
    | { readonly verdict: 'ship' | 'stop' | 'invalid'; readonly variant: string | null }
    | undefined;
  /** Of the engine's `pause`: why no effect can be believed until somebody resumes it. */
  readonly hold?: string | undefined;
}

/** Of a reason, what stands in the decision; all of it stands in the record. */
const decisionReasonMax = 1_000;

/** @returns the experiment as it is wanted, or the sentence that says why it cannot be moved so */
export function moved(
  experiment: Experiment,
  { move, decision, hold }: Move,
  reason: string,
  at: number,
): Experiment | string {
  const next = movedState('An experiment', experiment.state, move);
  if ('sentence' in next) return next.sentence;
  const { to } = next;
  if (decision === undefined) {
    return { ...experiment, state: to, hold: hold === undefined ? null : { at, sentence: hold } };
  }
  if (move !== 'stop') return `Only "stop" takes a decision, "${move}" does not. Leave it out.`;
  const { verdict, variant } = decision;
  if ((verdict === 'ship') !== (variant !== null)) {
    return verdict === 'ship'
      ? 'To ship is to give one variant to everyone. Name it.'
      : `The verdict "${verdict}" ships no variant. Leave the variant null.`;
  }
  const words = reason.slice(0, decisionReasonMax);
  return { ...experiment, state: to, decision: { verdict, variant, reason: words, at } };
}
