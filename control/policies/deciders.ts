/** A decider for each policy that serves, by its newest revision in force and by all that was learnt until now. */

import { bytesOf } from '../../contracts/bytes.ts';
import { murmur3 } from '../../contracts/hash.ts';
import type { PolicyRecord } from '../../contracts/policyRecord.ts';
import { PolicyDecider } from '../../models/decisions/policyDecider.ts';
import { type PreparedPolicy, preparePolicy } from '../../models/decisions/preparedPolicy.ts';
import type { ScoreModel } from '../../models/rewards/scoreModel.ts';
import type { LearntSums } from './learntSums.ts';

export interface ServingPolicy {
  readonly record: PolicyRecord;
  readonly decider: PolicyDecider;
  /** Up to where the log had been learnt from. */
  readonly learnt: string;
}

export interface DecidersOptions {
  /** Definitions in force; the same object until one changes. */
  inForce(key: string): PolicyRecord | undefined;
  readonly sums: LearntSums;
  /** ms since 1970: what was learnt fades until now. */
  readonly clock: () => number;
}

interface Held {
  record: PolicyRecord;
  decider: PolicyDecider;
  learnt: string;
}

export class Deciders {
  readonly #options: DecidersOptions;
  readonly #held = new Map<string, Held>();

  constructor(options: DecidersOptions) {
    this.#options = options;
  }

  /**
   * @returns undefined when no such policy is in force
   * @throws RangeError or ZodError for a definition that cannot be prepared: its registry refuses such
   */
  of(key: string): ServingPolicy | undefined {
    const record = this.#options.inForce(key);
    if (record === undefined) return undefined;
    const held = this.#held.get(key);
    if (held?.record === record) return held;
    const prepared = preparePolicy(record.policy, record.revision);
    const made = { record, decider: new PolicyDecider(prepared), learnt: '' };
    this.#learn(made);
    this.#held.set(key, made);
    return made;
  }

  /** Takes up what has been learnt meanwhile. @param policies keys of those with other sums */
  refresh(policies: Iterable<string>): void {
    for (const key of policies) {
      const held = this.#held.get(key);
      if (held !== undefined) this.#learn(held);
    }
  }

  #learn(held: Held): void {
    const { sums, clock } = this.#options;
    const { prepared } = held.decider;
    const { design, policy } = prepared;
    held.learnt = sums.learnt(policy.key, design);
    held.decider.model = modelOf(prepared, sums, held.learnt, clock());
  }
}

/** @returns undefined when nothing was learnt, or nothing is */
function modelOf(
  { policy, learner, design, algorithm }: PreparedPolicy,
  sums: LearntSums,
  learnt: string,
  now: number,
): ScoreModel | undefined {
  if (learner === undefined || learnt === '') return undefined;
  const actions = learner.rows === 'action' ? policy.actions.map(({ key }) => key) : [''];
  const rows = actions.map((action) => {
    const partitions = sums.of(policy.key, design, action);
    if (partitions.length === 0) return undefined;
    const values = new Float64Array(learner.width);
    for (const partition of [...partitions].sort((a, b) => a.partition - b.partition)) {
      learner.merge(values, 0, partition.sums, 0);
    }
    return { values, at: 0 };
  });
  // The same draws for what was learnt equally, in every process.
  return learner.model(rows, now, { draws: algorithm.draws, seed: seedOf(learnt) });
}

const encoder = new TextEncoder();

function seedOf(text: string): number {
  const bytes = encoder.encode(text);
  return murmur3(bytesOf(bytes), 0, bytes.length, 0);
}
