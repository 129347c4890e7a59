/** A policy ready to decide and to learn: its algorithm, its learner, its encoders, computed once a revision. */
import { z } from 'zod';
import type { Attributes } from '../../contracts/attributes.ts';
import { definitionHash } from '../../contracts/definitionHash.ts';
import type { Policy, Traits } from '../../contracts/policy.ts';
import type { Algorithm } from '../policies/algorithm.ts';
import { algorithms } from '../policies/registry.ts';
import { encoderVersion, type FeatureEncoder, featureEncoder } from '../rewards/featureEncoder.ts';
import { interact, interactionSize } from '../rewards/interaction.ts';
import { rewardLearners } from '../rewards/registry.ts';
import type { RewardLearner } from '../rewards/rewardLearner.ts';

export interface PreparedPolicy {
  readonly policy: Policy;
  readonly revision: number;
  readonly algorithm: Algorithm;
  /** undefined for an algorithm that learns nothing. */
  readonly learner: RewardLearner | undefined;
  readonly context: FeatureEncoder;
  readonly traits: FeatureEncoder;
  /** Numbers of an action's features by those of the context; 0 where the learner reads none. */
  readonly interactionSize: number;
  /** Hash of what the learnt sums mean: sums of another one are not mixed with these. */
  readonly design: string;
}

/**
 * @throws RangeError for an algorithm or learner that there is not, rewards that it cannot learn from, or features that are too
 * many; ZodError for parameters that do not satisfy their schema, with paths from the policy on
 */
export function preparePolicy(policy: Policy, revision: number): PreparedPolicy {
  const { algorithm: chosen, context: contextSet, traits: traitSet } = policy;
  const algorithm = algorithms.get(chosen.name);
  if (algorithm === undefined) {
    const known = [...algorithms.keys()].join(', ');
    throw new RangeError(`algorithm.name: expected one of ${known}, got "${chosen.name}"`);
  }
  const context = featureEncoder(contextSet);
  const traits = featureEncoder(traitSet);
  const name = chosen.learner?.name ?? algorithm.learners[0];
  const known = name === undefined ? undefined : rewardLearners[name];
  if (
    chosen.learner !== undefined &&
    (known === undefined || !algorithm.learners.includes(name!))
  ) {
    const wanted =
      algorithm.learners.length === 0 ? 'none' : `one of ${algorithm.learners.join(', ')}`;
    throw new RangeError(
      `algorithm.learner.name: ${chosen.name} chooses by ${wanted}, got "${chosen.learner.name}"`,
    );
  }
  const [least, largest] = policy.reward.bounds;
  const within = known?.bounds;
  if (within !== undefined && (least < within[0] || largest > within[1])) {
    throw new RangeError(
      `reward.bounds: expected within [${within.join(', ')}] for ${name}, got [${least}, ${largest}]; ` +
        'scale the rewards by the rules, or take a linear learner',
    );
  }
  const isCrossed = known !== undefined && known.reads !== 'context';
  const sizes = {
    context: context.size,
    interaction: isCrossed ? interactionSize(traits.size, context.size) : 0,
    range: largest - least,
  };
  // With its defaults: a definition that names one is the same, and one of other defaults is not.
  const parameters =
    known === undefined
      ? {}
      : located('learner', () => known.parameters.parse(chosen.learner?.parameters ?? {}));
  const learner = known?.create(sizes, parameters);
  return {
    ...{ policy, revision, context, traits, learner, interactionSize: sizes.interaction },
    algorithm: located(undefined, () => algorithm.create(chosen.parameters, largest - least)),
    design: definitionHash({
      ...{ learner: name ?? null, parameters, context: contextSet, traits: traitSet },
      ...{ reward: policy.reward, encoder: encoderVersion },
    }).slice(0, 16),
  };
}

/** Where parameters stand in the policy is told with what is wrong with them. @throws ZodError */
function located<Parsed>(part: 'learner' | undefined, parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const at = ['algorithm', ...(part === undefined ? [] : [part]), 'parameters'];
    throw new z.ZodError(error.issues.map((each) => ({ ...each, path: [...at, ...each.path] })));
  }
}

/** What a decision looked at, besides the policy. */
export interface Situation {
  /** With the user's affinities under `preference`. */
  readonly attributes: Attributes;
  /** The action's, by name; with the user's affinities for it under `preference`. */
  readonly traits: Attributes;
}

/** An action's traits as the encoder reads them. @param preference the user's affinity for it, by name of the preference */
export function traitsWith(
  traits: Traits,
  preference: Readonly<Record<string, number>> = {},
): Attributes {
  return { ...traits, preference };
}

/**
 * The vectors of one action: those of the context, then those of the action by the context, as many as the learner reads.
 *
 * @returns empty when nothing is learnt
 * @throws RangeError when a feature that must be there is absent
 */
export function encodeSituation(
  prepared: PreparedPolicy,
  { attributes, traits }: Situation,
): Float64Array {
  const { learner, context, interactionSize: crossed } = prepared;
  if (learner === undefined) return new Float64Array(0);
  const vectors = new Float64Array(context.size + crossed);
  const own = vectors.subarray(0, context.size);
  context.encode(attributes, own);
  if (crossed > 0) {
    const action = new Float64Array(prepared.traits.size);
    prepared.traits.encode(traits, action);
    interact(action, own, vectors.subarray(context.size));
  }
  return vectors;
}
