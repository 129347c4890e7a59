/**
 * A policy at work on a task, by the engine's own path: `PolicyDecider` chooses, the learner's rows take what was earned,
 * partition by partition, and the model is solved from all of them.
 *
 * As in the engine there is a delay: a decision is made by what was known at the last of every {@link refreshEvery} decisions.
 */
import { bytesOf } from '../../contracts/bytes.ts';
import { partitionOf } from '../../contracts/hash.ts';
import { Policy, type PolicyInput } from '../../contracts/policy.ts';
import { modelOf } from '../../control/policies/deciders.ts';
import type { PartitionSums } from '../../control/policies/learntSums.ts';
import { type Decided, PolicyDecider } from '../../models/decisions/policyDecider.ts';
import {
  encodeSituation,
  type PreparedPolicy,
  preparePolicy,
  traitsWith,
} from '../../models/decisions/preparedPolicy.ts';
import { algorithms } from '../../models/policies/registry.ts';
import { rewardLearners } from '../../models/rewards/registry.ts';
import type { Round, Task } from './task.ts';

/** Decisions between two models: nothing is known of those in between. */
export const refreshEvery = 50;
const partitions = 4;
const start = Date.UTC(2026, 0, 5);

export interface Contestant {
  readonly policy: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** By default the policy's usual one. */
  readonly learner?: string;
  readonly learning?: Readonly<Record<string, unknown>>;
  /** By default that of policies. */
  readonly floor?: number;
  /** Told what every action would have earned, not only the one it took. */
  readonly isInformed?: boolean;
  /** Decisions after which it learns no more. */
  readonly learnsFor?: number;
}

/** Greedy with the same learner and all the rewards: what can be had of features, learner and delay without exploring. */
export function informed({ policy, learner, learning }: Contestant): Contestant {
  const usual = learner ?? algorithms.get(policy)?.learners[0];
  return {
    ...{ policy: 'epsilon-greedy', parameters: { epsilon: 0 }, floor: 0, isInformed: true },
    ...(usual === undefined ? {} : { learner: usual }),
    ...(learning === undefined ? {} : { learning }),
  };
}

function prepare(task: Task, contestant: Contestant): PreparedPolicy {
  const name = contestant.learner ?? algorithms.get(contestant.policy)?.learners[0];
  const known = name === undefined ? undefined : rewardLearners[name];
  const algorithm: PolicyInput['algorithm'] = {
    name: contestant.policy,
    parameters: contestant.parameters ?? {},
  };
  if (name !== undefined) {
    algorithm.learner = { name, parameters: contestant.learning ?? {} };
  }
  const { floor } = contestant;
  const policy = Policy.parse({
    ...{ key: 'bench', name: task.name, algorithm, holdout: 0, state: 'running' },
    ...task.define(known?.reads ?? 'context'),
    ...(floor === undefined ? {} : { floor }),
  });
  return preparePolicy(policy, 1);
}

/** What the partitions have learnt. */
class Learnt {
  readonly #prepared: PreparedPolicy;
  readonly #sums = new Map<string, PartitionSums[]>();

  constructor(prepared: PreparedPolicy) {
    this.#prepared = prepared;
  }

  of(_policy: string, _design: string, action: string): readonly PartitionSums[] {
    return this.#sums.get(action) ?? [];
  }

  take(round: Round, place: number, decided: Decided, partition: number, time: number): void {
    const { policy, learner, context } = this.#prepared;
    const { key, traits } = policy.actions[place]!;
    const { attributes, positions } = decided;
    const offered = positions[0]!.offered.find(({ action }) => action === key);
    const situation = { attributes, traits: traitsWith(traits, offered?.preference) };
    const features = encodeSituation(this.#prepared, situation);
    const { sums } = this.#at(learner!.rows === 'action' ? key : '', partition);
    const own = features.subarray(0, context.size);
    const crossed = features.subarray(context.size);
    learner!.learn(sums, 0, own, crossed, round.rewards[place]!, 1, time);
  }

  #at(action: string, partition: number): PartitionSums {
    const held = this.#sums.get(action) ?? [];
    this.#sums.set(action, held);
    const found = held.find((each) => each.partition === partition);
    if (found !== undefined) return found;
    const sums = new Float64Array(this.#prepared.learner!.width);
    const made = { partition, version: 0, sums };
    held.push(made);
    return made;
  }
}

const encoder = new TextEncoder();

function partitionOfUser(user: string): number {
  const bytes = encoder.encode(user);
  return partitionOf(bytesOf(bytes), 0, bytes.length, partitions);
}

/**
 * Plays the rounds in order.
 *
 * @param seed of the draws
 * @returns expected reward of each decision, over the draw of the action
 */
export function play(
  task: Task,
  rounds: readonly Round[],
  contestant: Contestant,
  seed: number,
): Float64Array {
  const prepared = prepare(task, contestant);
  const { policy } = prepared;
  const decider = new PolicyDecider(prepared);
  const learnt = new Learnt(prepared);
  const earned = new Float64Array(rounds.length);
  const { isInformed = false, learnsFor = Infinity } = contestant;
  let pending: (() => void)[] = [];
  for (const [i, round] of rounds.entries()) {
    const time = start + i * task.everyMs;
    if (i % refreshEvery === 0 && i > 0 && prepared.learner !== undefined && i <= learnsFor) {
      for (const take of pending) take();
      decider.model = modelOf(prepared, learnt, `${seed}:${i}`, time);
    }
    if (i % refreshEvery === 0) pending = [];
    const { user, attributes, affinity = () => 0, means } = round;
    const decided = decider.decide(
      { id: `${seed}.${i}`, user, attributes, positions: 1 },
      { affinity, seen: () => 0 },
    );
    const { action, offered } = decided.positions[0]!;
    let at = 0;
    for (const each of offered) {
      while (policy.actions[at]!.key !== each.action) at += 1;
      earned[i]! += each.probability * means[at]!;
    }
    if (prepared.learner === undefined) continue;
    const partition = partitionOfUser(user);
    const places = isInformed
      ? policy.actions.map((_, place) => place)
      : [policy.actions.findIndex(({ key }) => key === action)];
    for (const place of places) {
      pending.push(() => learnt.take(round, place, decided, partition, time));
    }
  }
  return earned;
}
