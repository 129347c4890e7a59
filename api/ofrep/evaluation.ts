/** An experiment as a flag: its key is the flag's, its variants' payloads are the values. Pure: no route, no clock. */
import { type Experiment, stageAt } from '../../contracts/experiment.ts';
import type { OfrepContext, OfrepEvaluation, OfrepFailure } from '../../contracts/ofrep.ts';
import {
  type Assignment,
  type AssignmentReason,
  assign,
  assignObjector,
  isExposure,
} from '../../models/assignment/assign.ts';
import { unitOf } from '../../models/assignment/unit.ts';

const reasons: Record<AssignmentReason, OfrepEvaluation['reason']> = {
  assigned: 'SPLIT',
  sticky: 'SPLIT',
  // A draw keeps them out.
  holdout: 'SPLIT',
  'outside the layer slice': 'SPLIT',
  'not in traffic': 'SPLIT',
  // A rule over the context does.
  'targeted out': 'TARGETING_MATCH',
  objection: 'DISABLED',
  paused: 'DISABLED',
  'not running': 'DISABLED',
  shipped: 'STATIC',
};

/**
 * What an assignment is as the answer to a flag.
 *
 * Who has no variant gets the value of the control, which is what users have without the experiment, and no
 * `variant`: so that no SDK of any version fails for lack of a value, and nobody who is not in the experiment is
 * counted as exposed. A variant without a payload has its key as the value; the payload null means the default in the
 * asking code, and no value is sent.
 *
 * `metadata` has what an exposure must log: `probability` and `stage`, when it is one; always `assignment`, the
 * reason in the engine's words.
 */
export function evaluationOf(experiment: Experiment, assignment: Assignment): OfrepEvaluation {
  const { variant, probability, stage, reason } = assignment;
  const valued = experiment.variants.find(({ key }) => key === (variant ?? experiment.control));
  const value = valued?.payload === undefined ? valued?.key : valued.payload;
  return {
    key: experiment.key,
    reason: reasons[reason],
    ...(variant !== null && { variant }),
    ...(value !== undefined && value !== null && { value }),
    metadata: {
      assignment: reason,
      ...(isExposure(assignment) && { probability: probability!, stage: stage! }),
    },
  };
}

/**
 * Evaluates an experiment for a context, at a time.
 *
 * @param now ms; decides which stage is in force
 * @param objects whether the user objects to experiments
 * @returns a failure when the context does not say who is assigned; the SDK then uses the default in the asking code
 */
export function evaluateFlag(
  experiment: Experiment,
  context: OfrepContext,
  now: number,
  objects = false,
): OfrepEvaluation | OfrepFailure {
  const { key, unit } = experiment;
  const { targetingKey } = context;
  if (unit === 'user' && (targetingKey === undefined || targetingKey === '')) {
    const errorDetails = 'the context has no targetingKey: the id of the user';
    return { key, errorCode: 'TARGETING_KEY_MISSING', errorDetails };
  }
  const id = unitOf(experiment, targetingKey ?? '', context);
  if (id === undefined) {
    const errorDetails = `the context has no id in "${unit === 'user' ? 'targetingKey' : unit}", by which "${key}" assigns`;
    return { key, errorCode: 'INVALID_CONTEXT', errorDetails };
  }
  if (objects) return evaluationOf(experiment, assignObjector(experiment));
  const stage = stageAt(experiment, now) ?? experiment.stages[0];
  return evaluationOf(experiment, assign(experiment, stage?.number, id, context));
}

export function flagNotFound(key: string): OfrepFailure {
  return { key, errorCode: 'FLAG_NOT_FOUND', errorDetails: `there is no experiment "${key}"` };
}
