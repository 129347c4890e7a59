/** What is done at once, without asking: an experiment whose units are lost is paused, one that does harm is stopped. */

import { type Decision, type Experiment, isLive } from '../../contracts/experiment.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';

export interface ExperimentAct {
  readonly move: 'pause' | 'stop';
  /** Equal for acts that have the same cause: each cause is acted on once. */
  readonly cause: string;
  /** A sentence for the record. */
  readonly reason: string;
  readonly decision?: Pick<Decision, 'verdict' | 'variant'>;
  /** The verdict that holds until somebody resumes the experiment. */
  readonly hold?: string;
}

/** @returns undefined when there is nothing to be done */
export function actOn(
  { sampleRatio, metrics, verdict }: ExperimentResult,
  experiment: Experiment,
): ExperimentAct | undefined {
  if (!isLive(experiment)) return undefined;
  if (sampleRatio.alarm) {
    if (experiment.state === 'paused') return undefined;
    return {
      move: 'pause',
      cause: 'sample ratio',
      reason: `Paused by the sample-ratio test. ${verdict.sentence}`,
      hold: verdict.sentence,
    };
  }
  const harmed = metrics.find(
    ({ role, comparisons }) =>
      role === 'guardrail' && comparisons.some(({ direction }) => direction === 'bad'),
  );
  if (harmed === undefined) return undefined;
  return {
    move: 'stop',
    cause: `guardrail ${harmed.metric}`,
    reason: `Stopped by a guardrail. ${verdict.sentence}`,
    decision: { verdict: 'stop', variant: null },
  };
}
