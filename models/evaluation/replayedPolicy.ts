/**
 * A policy that did not decide, led through the log of another: with which probability it would have chosen each action, had it
 * learnt what the log can teach.
 *
 * It sees what it would have seen, the rewards of the actions that were taken, and each decision before its reward. What it
 * cannot see is the reward of what it would have taken itself: so it learns as fast as the log's choices let it.
 */
import { type Condition, fieldsOf } from '../../contracts/condition.ts';
import { holds } from '../../contracts/conditionTruth.ts';
import type { Action, Policy } from '../../contracts/policy.ts';
import { readAttribute } from '../assignment/unit.ts';
import {
  encodeSituation,
  type PreparedPolicy,
  preparePolicy,
  type Situation,
  traitsWith,
} from '../decisions/preparedPolicy.ts';
import { raiseToFloor } from '../policies/floor.ts';
import { interact } from '../rewards/interaction.ts';
import type { ScoreModel } from '../rewards/scoreModel.ts';
import { createScores, type Scores } from '../rewards/scores.ts';
import type { LoggedChoice } from './loggedChoice.ts';
import { type SolveSchedule, solveSchedule } from './solveSchedule.ts';

export interface ReplayedPolicy {
  readonly policy: Policy;
  /**
   * Its probabilities at a decision, by what it has learnt until now: of each action that was offered, in that order, and last of
   * all others together, of which the log cannot tell.
   *
   * @param isKnown whether an action could have been offered by the log's policy: one that was not offered then was not to be had
   */
  target(choice: LoggedChoice, isKnown: (action: string) => boolean): Float64Array;
  /** Takes the reward of a decision. */
  learn(choice: LoggedChoice): void;
  /** Decisions for which it had no action, or a feature without which it does not decide: those count as uniform. */
  readonly undecided: number;
  /** Fields that it looks at, and no decision had. */
  absentFields(): string[];
}

interface Bench {
  readonly actions: readonly Action[];
  readonly keys: readonly string[];
  readonly scores: Scores;
  readonly probabilities: Float64Array;
  readonly interactions: readonly Float64Array[];
}

/** @throws RangeError or ZodError for a definition that cannot be prepared */
export function replayPolicy(policy: Policy): ReplayedPolicy {
  return new Replayed(preparePolicy(policy, 1));
}

class Replayed implements ReplayedPolicy {
  readonly policy: Policy;
  undecided = 0;
  readonly #prepared: PreparedPolicy;
  readonly #own: Bench;
  readonly #context: Float64Array;
  readonly #trait: Float64Array;
  readonly #schedule: SolveSchedule;
  /** By action; '' where one row is for all. */
  readonly #rows = new Map<string, Float64Array>();
  readonly #absent: Set<string>;
  #model: ScoreModel | undefined;

  constructor(prepared: PreparedPolicy) {
    this.#prepared = prepared;
    this.policy = prepared.policy;
    this.#own = this.#benchOf(prepared.policy.actions);
    this.#context = new Float64Array(prepared.context.size);
    this.#trait = new Float64Array(prepared.traits.size);
    this.#absent = new Set(fieldsLookedAt(prepared));
    const halfLifeMs = prepared.policy.algorithm.learner?.parameters['halfLifeMs'];
    this.#schedule = solveSchedule(typeof halfLifeMs === 'number' ? halfLifeMs : Infinity);
  }

  target(choice: LoggedChoice, isKnown: (action: string) => boolean): Float64Array {
    this.#noteFields(choice);
    const { offered, attributes } = choice;
    const places = new Map(offered.map(({ action }, i) => [action, i]));
    const bench = this.#benchFor(choice);
    const { actions, keys, scores, probabilities } = bench;
    const read = (field: string) => readAttribute(attributes, field);
    let eligible = 0;
    actions.forEach((action, i) => {
      const isThere = places.has(action.key) || !isKnown(action.key);
      const isFree = isThere && action.offered && holds(action.eligible, read);
      scores.eligible[i] = isFree ? 1 : 0;
      eligible += isFree ? 1 : 0;
    });
    const target = new Float64Array(offered.length + 1);
    if (eligible === 0 || !this.#choose(bench, choice)) {
      this.undecided += 1;
      return target.fill(1 / offered.length, 0, offered.length);
    }
    keys.forEach((key, i) => {
      target[places.get(key) ?? offered.length]! += probabilities[i]!;
    });
    return target;
  }

  learn(choice: LoggedChoice): void {
    const { learner, policy, context } = this.#prepared;
    const { action, attributes, offered, reward, time } = choice;
    if (learner === undefined) return;
    const chosen = offered.find((each) => each.action === action);
    const known = policy.actions.find(({ key }) => key === action);
    if (learner.rows === 'action' && known === undefined) return;
    const traits = traitsWith(chosen?.traits ?? known?.traits ?? {}, chosen?.preference);
    const vectors = this.#vectorsOf({ attributes, traits });
    if (vectors === undefined) return;
    const row = learner.rows === 'action' ? action : '';
    let values = this.#rows.get(row);
    if (values === undefined) {
      values = new Float64Array(learner.width);
      this.#rows.set(row, values);
    }
    const own = vectors.subarray(0, context.size);
    learner.learn(values, 0, own, vectors.subarray(context.size), reward, 1, time);
    this.#schedule.learnt();
  }

  /** @returns undefined where a feature is absent that must be there: the data plane refuses such a decision */
  #vectorsOf(situation: Situation): Float64Array | undefined {
    try {
      return encodeSituation(this.#prepared, situation);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  absentFields(): string[] {
    return [...this.#absent];
  }

  /** Fills the probabilities of the bench. @returns false when it could not decide */
  #choose(bench: Bench, choice: LoggedChoice): boolean {
    const { policy, algorithm, learner } = this.#prepared;
    const { keys, scores, probabilities } = bench;
    const { attributes } = choice;
    const read = (field: string) => readAttribute(attributes, field);
    for (const { if: condition, action } of policy.pins) {
      const place = keys.indexOf(action);
      if (place < 0 || scores.eligible[place] === 0 || !holds(condition, read)) continue;
      probabilities.fill(0);
      probabilities[place] = 1;
      return true;
    }
    if (learner !== undefined) {
      if (!this.#encode(bench, choice)) return false;
      this.#solve(choice.time);
      if (this.#model === undefined) {
        shareEvenly(scores.eligible, probabilities);
        return true;
      }
      this.#model.score({ context: this.#context, interactions: bench.interactions }, scores);
    }
    algorithm.probabilities({ actions: keys, scores, attributes }, probabilities);
    const { floor } = policy;
    raiseToFloor(floor, scores.eligible, probabilities);
    return true;
  }

  #solve(time: number): void {
    const { learner, policy, algorithm } = this.#prepared;
    if (learner === undefined || !this.#schedule.isDue(time)) return;
    const keys = learner.rows === 'action' ? policy.actions.map(({ key }) => key) : [''];
    const rows = keys.map((key) => {
      const values = this.#rows.get(key);
      return values === undefined ? undefined : { values, at: 0 };
    });
    const sampling = { draws: algorithm.draws, seed: this.#schedule.count };
    this.#model = learner.model(rows, time, sampling);
  }

  #encode(bench: Bench, { attributes, offered }: LoggedChoice): boolean {
    const { context, traits, interactionSize } = this.#prepared;
    try {
      context.encode(attributes, this.#context);
      if (interactionSize === 0) return true;
      bench.actions.forEach(({ key, traits: own }, i) => {
        if (bench.scores.eligible[i] === 0) return;
        const logged = offered.find(({ action }) => action === key);
        traits.encode(traitsWith(logged?.traits ?? own, logged?.preference), this.#trait);
        interact(this.#trait, this.#context, bench.interactions[i]!);
      });
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** Its own actions, and of an open policy those that the request brought. */
  #benchFor({ offered }: LoggedChoice): Bench {
    const { policy } = this.#prepared;
    if (!policy.open) return this.#own;
    const own = new Set(this.#own.keys);
    const brought = offered.flatMap(({ action, traits }) =>
      own.has(action) ? [] : [broughtAction(action, traits ?? {})],
    );
    return brought.length === 0 ? this.#own : this.#benchOf([...policy.actions, ...brought]);
  }

  #benchOf(actions: readonly Action[]): Bench {
    const { interactionSize } = this.#prepared;
    return {
      actions,
      keys: actions.map(({ key }) => key),
      scores: createScores(Math.max(1, actions.length)),
      probabilities: new Float64Array(actions.length),
      interactions:
        interactionSize === 0 ? [] : actions.map(() => new Float64Array(interactionSize)),
    };
  }

  #noteFields({ attributes, offered }: LoggedChoice): void {
    for (const field of this.#absent) {
      const isTrait = field.startsWith(traitOf);
      const value = isTrait ? undefined : readAttribute(attributes, field);
      const name = field.slice(traitOf.length);
      const isServed =
        isTrait && offered.some(({ preference }) => preference?.[name] !== undefined);
      if (isServed || (value !== undefined && value !== null)) this.#absent.delete(field);
    }
  }
}

/** Before the name of a preference whose affinity for an action's trait is looked at. */
const traitOf = 'trait preference.';
const preferencePrefix = 'preference.';

/** Attributes by which it chooses; of traits only affinities, which the log must have. */
function fieldsLookedAt({ policy, learner }: PreparedPolicy): string[] {
  const { algorithm, context, traits } = policy;
  const fields: string[] = [];
  const { rules } = algorithm.parameters;
  if (algorithm.name === 'rules' && Array.isArray(rules)) {
    for (const { when } of rules as { when: Condition }[]) fields.push(...fieldsOf(when));
  }
  if (learner === undefined) return fields;
  fields.push(...context.features.map(({ field }) => field));
  if (learner.reads === 'context') return fields;
  const affinities = traits.features.flatMap(({ field }) =>
    field.startsWith(preferencePrefix) ? [`trait ${field}`] : [],
  );
  return [...fields, ...affinities];
}

function broughtAction(key: string, traits: Action['traits']): Action {
  return { key, name: key, traits, offered: true, eligible: { all: [] } };
}

function shareEvenly(eligible: Uint8Array, into: Float64Array): void {
  let count = 0;
  for (let i = 0; i < into.length; i += 1) count += eligible[i]!;
  for (let i = 0; i < into.length; i += 1) into[i] = eligible[i]! / count;
}
