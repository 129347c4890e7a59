/**
 * Decides by a policy: who is held out, what is pinned, which actions may be chosen, with which probability each is, and the draw.
 *
 * A function of the definition, the learnt model, what is asked, and the decision's id, from which the draws come: so a decision
 * can be computed again. One decider serves one revision and is not reentrant: it works in arrays of its own.
 */
import type { Attributes } from '../../contracts/attributes.ts';
import { holds } from '../../contracts/conditionTruth.ts';
import type { DecisionWay, Offered } from '../../contracts/decisionFields.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Action, Traits } from '../../contracts/policy.ts';
import { bucketKey, bucketOf, buckets, bucketsOf } from '../assignment/bucket.ts';
import type { SipKey } from '../assignment/sipHash.ts';
import { emptyUnit, readAttribute, takeUnit } from '../assignment/unit.ts';
import { drawAction } from '../policies/drawAction.ts';
import { raiseToFloor } from '../policies/floor.ts';
import { interact } from '../rewards/interaction.ts';
import type { ScoreModel } from '../rewards/scoreModel.ts';
import { createScores, type Scores } from '../rewards/scores.ts';
import { type PreparedPolicy, traitsWith } from './preparedPolicy.ts';

export interface Asked {
  /** Id of the decision. */
  readonly id: string;
  readonly user: string;
  readonly attributes: Attributes;
  /** Among which is chosen: keys, or actions that the request brings; undefined: all of the policy. */
  readonly actions?:
    | readonly (string | { readonly key: string; readonly traits: Traits })[]
    | undefined;
  readonly positions: number;
}

/** What is known of the user. */
export interface KnownUser {
  /** Whether the user objects to personalization: then nothing else of this is asked, but for what it answers of nobody. */
  readonly objects?: boolean;
  /** Learnt affinity for a value of a preference; 0 where nothing is known. */
  affinity(preference: string, value: string): number;
  /** How often the user got the action within its cap's time. */
  seen(action: string): number;
}

export interface DecidedPosition {
  readonly action: string;
  readonly payload: unknown;
  readonly probability: number;
  readonly offered: readonly Offered[];
}

export interface Decided {
  readonly way: DecisionWay;
  /** A sentence. */
  readonly reason: string;
  /** With the affinities that were looked at, under `preference`. */
  readonly attributes: Attributes;
  readonly positions: readonly DecidedPosition[];
}

/** Actions, and room for their scores. */
interface Bench {
  readonly actions: readonly Action[];
  readonly keys: readonly string[];
  readonly scores: Scores;
  readonly probabilities: Float64Array;
  readonly interactions: readonly Float64Array[];
  /** Given by the request, with traits of their own. */
  readonly isBrought: boolean;
}

const preferencePrefix = 'preference.';

export class PolicyDecider {
  readonly prepared: PreparedPolicy;
  /** By which is scored; replaced when more was learnt. undefined: nothing was learnt yet. */
  model: ScoreModel | undefined;
  readonly #own: Bench;
  readonly #context: Float64Array;
  readonly #trait: Float64Array;
  /** Of the context: name and value of each affinity that is looked at. */
  readonly #affinities: readonly (readonly [preference: string, value: string])[];
  /** Of the traits: preferences that are looked at. */
  readonly #traitPreferences: readonly string[];
  readonly #holdoutKey: SipKey;
  readonly #holdoutLimit: number;
  readonly #drawKey: SipKey;
  readonly #unit = emptyUnit();

  constructor(prepared: PreparedPolicy, model?: ScoreModel) {
    const { policy } = prepared;
    this.prepared = prepared;
    this.model = model;
    this.#own = benchOf(policy.actions, prepared, false);
    this.#context = new Float64Array(prepared.context.size);
    this.#trait = new Float64Array(prepared.traits.size);
    this.#affinities = preferencesOf(policy.context.features).map((name) => {
      const dot = name.indexOf('.');
      return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
    });
    this.#traitPreferences = preferencesOf(policy.traits.features);
    this.#holdoutKey = bucketKey('holdout', `policy ${policy.key}`);
    this.#holdoutLimit = bucketsOf(policy.holdout);
    this.#drawKey = bucketKey('variant', `policy ${policy.key}`);
  }

  /**
   * @throws EngineError DECISION_INVALID when the policy has no such action or a feature is unfit, DECISION_IMPOSSIBLE when no
   * action is left to choose
   */
  decide(asked: Asked, user: KnownUser): Decided {
    const { policy } = this.prepared;
    const bench = this.#benchFor(asked);
    const attributes = this.#withAffinities(asked.attributes, user);
    const left = markEligible(bench, attributes, user);
    if (left < asked.positions) refusePositions(policy.key, left, asked.positions);
    const settled = this.#settled(asked.user, user.objects === true, bench, attributes);
    const offered = bench.actions.map((action) => this.#offeredOf(action, bench.isBrought, user));
    const { way } = settled;
    const scored = way === 'policy' && this.#score(bench, attributes, offered);
    const positions: DecidedPosition[] = [];
    for (let position = 1; position <= asked.positions; position += 1) {
      if (way === 'policy') this.#byAlgorithm(bench, attributes, scored === 'nothing learnt');
      else settle(bench, position === 1 ? settled.action : -1);
      positions.push(this.#draw(asked.id, position, bench, offered));
    }
    const reason = way === 'policy' ? this.#reasonOf(bench, scored) : settled.reason;
    return { way, reason, attributes, positions };
  }

  /** The features of each action, and their names: for explanations. Valid until the next decision. */
  vectorsOf(asked: Asked, user: KnownUser) {
    const bench = this.#benchFor(asked);
    const attributes = this.#withAffinities(asked.attributes, user);
    const offered = bench.actions.map((action) => this.#offeredOf(action, bench.isBrought, user));
    this.#encode(bench, attributes, offered);
    return {
      ...{
        actions: bench.keys,
        attributes,
        context: this.#context,
        interactions: bench.interactions,
      },
      traitsOf: (place: number) =>
        traitsWith(bench.actions[place]!.traits, offered[place]!.preference),
    };
  }

  /** The actions, with those marked that are asked for. */
  #benchFor({ actions: given }: Asked): Bench {
    const { policy, learner } = this.prepared;
    if (given === undefined) {
      this.#own.scores.eligible.fill(1);
      return this.#own;
    }
    const known = new Map(policy.actions.map((action) => [action.key, action]));
    const chosen = new Map<string, Action>();
    for (const each of given) {
      const key = typeof each === 'string' ? each : each.key;
      if (chosen.has(key)) refuse(`actions: expected each once, got "${key}" twice`);
      const own = known.get(key);
      if (own === undefined && (typeof each === 'string' || !policy.open)) {
        const names = [...known.keys()].join(', ');
        refuse(`actions: expected actions of ${policy.key} (${names}), got "${key}"`);
      }
      const brought = typeof each === 'string' ? {} : { traits: each.traits };
      chosen.set(
        key,
        own === undefined ? broughtAction(key, brought.traits ?? {}) : { ...own, ...brought },
      );
    }
    const isSubset = given.every((each) => typeof each === 'string');
    const isByPlace = learner?.rows === 'action';
    if (!isSubset && !isByPlace) return benchOf([...chosen.values()], this.prepared, true);
    // The policy's own actions keep their places: what was learnt of each is scored by its place.
    const bench = isSubset
      ? this.#own
      : benchOf(
          policy.actions.map((action) => chosen.get(action.key) ?? action),
          this.prepared,
          true,
        );
    bench.keys.forEach((key, i) => {
      bench.scores.eligible[i] = chosen.has(key) ? 1 : 0;
    });
    return bench;
  }

  #withAffinities(attributes: Attributes, user: KnownUser): Attributes {
    if (this.#affinities.length === 0) return attributes;
    const preference: Record<string, Record<string, number>> = {};
    for (const [name, value] of this.#affinities) {
      preference[name] = { ...preference[name], [value]: user.affinity(name, value) };
    }
    return { ...attributes, preference };
  }

  #offeredOf({ key, traits }: Action, isBrought: boolean, user: KnownUser): Writable<Offered> {
    const offered: Writable<Offered> = { action: key, probability: 0 };
    if (isBrought) offered.traits = traits;
    if (this.#traitPreferences.length === 0) return offered;
    const preference: Record<string, number> = {};
    for (const name of this.#traitPreferences) {
      const value = readAttribute(traits, name);
      if (value !== undefined) preference[name] = user.affinity(name, String(value));
    }
    offered.preference = preference;
    return offered;
  }

  /** Whether something stands before what was learnt. */
  #settled(
    user: string,
    objects: boolean,
    { scores, keys }: Bench,
    attributes: Attributes,
  ): { readonly way: DecisionWay; readonly action: number; readonly reason: string } {
    const { policy } = this.prepared;
    takeUnit(this.#unit, user);
    const isHeldOut = !objects && bucketOf(this.#holdoutKey, this.#unit) < this.#holdoutLimit;
    const placeOf = (key: string | null) => {
      const place = key === null ? -1 : keys.indexOf(key);
      return place >= 0 && scores.eligible[place]! > 0 ? place : -1;
    };
    if (isHeldOut || objects) {
      const control = placeOf(policy.control);
      const got =
        control < 0 ? 'every action with equal probability' : `the control, ${policy.control}`;
      const [way, why] = objects
        ? (['objection', 'objects to personalization'] as const)
        : (['holdout', 'is held out'] as const);
      return { way, action: control, reason: `The user ${why} and gets ${got}.` };
    }
    const read = (field: string) => readAttribute(attributes, field);
    for (const { if: condition, action } of policy.pins) {
      const place = placeOf(action);
      if (place < 0 || !holds(condition, read)) continue;
      return { way: 'pin', action: place, reason: `${action} is pinned for such users.` };
    }
    return { way: 'policy', action: -1, reason: '' };
  }

  #encode(bench: Bench, attributes: Attributes, offered: readonly Offered[]): void {
    const { context, traits, interactionSize: crossed } = this.prepared;
    try {
      context.encode(attributes, this.#context);
      if (crossed === 0) return;
      bench.actions.forEach((action, i) => {
        traits.encode(traitsWith(action.traits, offered[i]!.preference), this.#trait);
        interact(this.#trait, this.#context, bench.interactions[i]!);
      });
    } catch (error) {
      if (error instanceof RangeError) refuse(`attributes: ${error.message}`);
      throw error;
    }
  }

  /** Scores the actions, where the algorithm chooses by scores. */
  #score(bench: Bench, attributes: Attributes, offered: readonly Offered[]): Scored {
    if (this.prepared.learner === undefined) return 'no scores';
    this.#encode(bench, attributes, offered);
    if (this.model === undefined) return 'nothing learnt';
    this.model.score({ context: this.#context, interactions: bench.interactions }, bench.scores);
    return 'scored';
  }

  /** Fills the probabilities of the actions that are left: of a slate anew for each position. */
  #byAlgorithm({ scores, probabilities, keys }: Bench, attributes: Attributes, isBlank: boolean) {
    const { policy, algorithm } = this.prepared;
    if (isBlank) {
      settle({ scores, probabilities }, -1);
      return;
    }
    algorithm.probabilities({ actions: keys, scores, attributes }, probabilities);
    raiseToFloor(policy.floor, scores.eligible, probabilities);
  }

  #reasonOf({ scores }: Bench, scored: Scored | false): string {
    const { name } = this.prepared.policy.algorithm;
    if (scored === 'nothing learnt') return 'Nothing was learnt yet: every action is as likely.';
    if (scored !== 'scored') return `Chosen by ${name}.`;
    return `Chosen by ${name} from ${scores.observations} observations.`;
  }

  /** Draws a position; what was drawn may not be chosen again. */
  #draw(
    id: string,
    position: number,
    { keys, actions, scores, probabilities }: Bench,
    offered: readonly Offered[],
  ): DecidedPosition {
    takeUnit(this.#unit, positionId(id, position));
    const place = drawAction(probabilities, bucketOf(this.#drawKey, this.#unit) / buckets);
    scores.eligible[place] = 0;
    const possible: Offered[] = [];
    for (let i = 0; i < offered.length; i += 1) {
      if (probabilities[i]! > 0) possible.push({ ...offered[i]!, probability: probabilities[i]! });
    }
    return {
      action: keys[place]!,
      payload: actions[place]!.payload ?? null,
      probability: probabilities[place]!,
      offered: possible,
    };
  }
}

type Scored = 'no scores' | 'nothing learnt' | 'scored';

type Writable<Thing> = { -readonly [Key in keyof Thing]: Thing[Key] };

/** Of a slate each position has an id of its own; the first has the decision's. */
export function positionId(id: string, position: number): string {
  return position === 1 ? id : `${id}.${position}`;
}

function benchOf(
  actions: readonly Action[],
  { interactionSize }: PreparedPolicy,
  isBrought: boolean,
): Bench {
  return {
    ...{ actions, isBrought },
    keys: actions.map(({ key }) => key),
    scores: createScores(Math.max(1, actions.length)),
    probabilities: new Float64Array(actions.length),
    interactions: interactionSize === 0 ? [] : actions.map(() => new Float64Array(interactionSize)),
  };
}

function broughtAction(key: string, traits: Traits): Action {
  return { key, name: key, traits, offered: true, eligible: { all: [] } };
}

function preferencesOf(features: readonly { readonly field: string }[]): string[] {
  return features.flatMap(({ field }) =>
    field.startsWith(preferencePrefix) ? [field.slice(preferencePrefix.length)] : [],
  );
}

/** Leaves those of the marked actions that may be chosen. @returns their number */
function markEligible(
  { actions, scores }: Pick<Bench, 'actions' | 'scores'>,
  attributes: Attributes,
  user: KnownUser,
): number {
  const read = (field: string) => readAttribute(attributes, field);
  let left = 0;
  for (let i = 0; i < actions.length; i += 1) {
    const { key, offered, eligible, cap } = actions[i]!;
    const isFree = scores.eligible[i]! > 0 && offered && holds(eligible, read);
    scores.eligible[i] = isFree && (cap === undefined || user.seen(key) < cap.times) ? 1 : 0;
    left += scores.eligible[i]!;
  }
  return left;
}

/** All of the probability on one action; on all that may be chosen where there is none. */
function settle(
  { scores: { eligible }, probabilities }: Pick<Bench, 'scores' | 'probabilities'>,
  place: number,
): void {
  let count = 0;
  for (let i = 0; i < probabilities.length; i += 1) count += eligible[i]!;
  for (let i = 0; i < probabilities.length; i += 1) {
    probabilities[i] = place >= 0 ? Number(i === place) : eligible[i]! / count;
  }
}

function refuse(sentence: string): never {
  throw new EngineError('DECISION_INVALID', sentence);
}

function refusePositions(policy: string, left: number, positions: number): never {
  const wanted = positions === 1 ? 'one is wanted' : `${positions} are wanted`;
  throw new EngineError(
    'DECISION_IMPOSSIBLE',
    `${left} of the actions of ${policy} may be chosen for this user, and ${wanted}: the others are off, not eligible, not ` +
      'asked for, or have reached their cap. Take your own default.',
  );
}
