/** What is done at once, without asking: an experiment whose units are lost is paused, one that does harm is stopped. */

import { isLive } from '../../contracts/definitionState.ts';
import type { Decision, Experiment } from '../../contracts/experiment.ts';
import type { Verdict } from '../../contracts/experimentResult.ts';
import type { Evidence } from './evaluate.ts';

/** Why something must be done; equal causes are acted on once. */
export interface Cause {
  readonly move: 'pause' | 'stop';
  readonly cause: string;
}

export interface ExperimentAct extends Cause {
  /** A sentence for the record. */
  readonly reason: string;
  readonly decision?: Pick<Decision, 'verdict' | 'variant'>;
  /** The verdict that holds until somebody resumes the experiment. */
  readonly hold?: string;
}

/** By the evidence alone. @returns undefined when there is nothing to be done */
export function causeOf(
  { sampleRatio, harmed }: Pick<Evidence, 'sampleRatio' | 'harmed'>,
  experiment: Experiment,
): Cause | undefined {
  if (!isLive(experiment)) return undefined;
  if (sampleRatio.alarm) {
    return experiment.state === 'paused' ? undefined : { move: 'pause', cause: 'sample ratio' };
  }
  const [first] = harmed;
  return first === undefined ? undefined : { move: 'stop', cause: `guardrail ${first}` };
}

/** @param verdict of the same evidence */
export function actOn({ move, cause }: Cause, { sentence }: Verdict): ExperimentAct {
  if (move === 'pause') {
    const reason = `Paused by the sample-ratio test. ${sentence}`;
    return { move, cause, reason, hold: sentence };
  }
  const reason = `Stopped by a guardrail. ${sentence}`;
  return { move, cause, reason, decision: { verdict: 'stop', variant: null } };
}
