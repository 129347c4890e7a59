/**
 * Learns what policies need of the stream: which decisions were made, what each has earned, and the sums by which the next are
 * made.
 *
 * A decision is learnt from once: when its first reward comes, where the first one counts; else when its horizon has ended and the
 * reward is final. Of those who object to personalization nothing is learnt. Slates are learnt position by position; what was chosen by a person's pin is learnt like the rest.
 */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf } from '../../contracts/batch.ts';
import type { DecisionFields } from '../../contracts/decisionFields.ts';
import { definitionUser } from '../../contracts/definitionRecord.ts';
import { eraseType } from '../../contracts/eraseRecord.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import type { Policy } from '../../contracts/policy.ts';
import { policyType } from '../../contracts/policyRecord.ts';
import { readAttribute } from '../../models/assignment/unit.ts';
import { encodeSituation, traitsWith } from '../../models/decisions/preparedPolicy.ts';
import { EventReader } from '../../models/measure/eventReader.ts';
import { refuseRowsOf } from '../../operators/refuseRows.ts';
import { writeTime } from '../../operators/rowFields.ts';
import { Cells } from '../cells.ts';
import { DecisionFollower, type Earned, type StrayKind } from './decisionFollower.ts';
import { DecisionRows } from './decisionRows.ts';
import { type PolicyDefinitions, policyDefinitions } from './definitions.ts';

const hour = 3_600_000;
/** Longest value of a segment that is kept. */
const segmentLengthMax = 64;

/** Behind `watermark`; the batches pass on, with what was refused among their refusals. */
export function learnPolicies(
  context: PipelineContext,
  pipeline: string,
): OperatorFunction<Batch, Batch> {
  const learning = new PolicyLearning(context, pipeline);
  return map((batch) => learning.take(batch));
}

class PolicyLearning {
  readonly #dictionary;
  readonly #definitions: PolicyDefinitions;
  readonly #follower: DecisionFollower;
  readonly #rows: DecisionRows;
  /** Key: policy, action ('' for all), design. */
  readonly #sums: Cells<{ values: Float64Array }>;
  /** Key: policy, kind, hour. */
  readonly #strays: Cells<{ events: number }>;
  readonly #reader = new EventReader();

  constructor(context: PipelineContext, pipeline: string) {
    const { tables } = context;
    this.#dictionary = tables.dictionary;
    this.#definitions = policyDefinitions(tables);
    this.#rows = new DecisionRows(context, pipeline);
    this.#sums = sumCells(context, pipeline, this.#definitions);
    this.#strays = strayCells(context, pipeline);
    this.#follower = new DecisionFollower({
      tables,
      policy: (key) => this.#definitions.get(key)?.policy,
      policies: () => this.#definitions.size,
      featuresOf: (policy, fields) => this.#featuresOf(policy, fields),
      designOf: ({ key }) => this.#definitions.get(key)!.design,
      segmentsOf,
      onEarned: (earned) => this.#takeEarned(earned),
      onStray: (kind, policy, time, offset) => this.#countStray(kind, policy, time, offset),
    });
  }

  take(batch: Batch): Batch {
    const types = codesOf(batch, 'type');
    const definition = this.#dictionary.find(policyType);
    if (this.#follower.isIdle && (definition < 0 || !types.includes(definition))) return batch;
    const erasure = this.#dictionary.find(eraseType);
    const users = codesOf(batch, 'user');
    return refuseRowsOf(batch, (row) => {
      if (types[row] === definition) this.#takeDefinition(batch, row);
      else if (types[row] === erasure) this.#follower.forget(users[row]!);
      else this.#follower.take(batch, row);
    });
  }

  #takeDefinition(batch: Batch, row: number): void {
    this.#reader.moveTo(batch, row);
    if (this.#reader.read('user') !== definitionUser) {
      throw new EngineError(
        'POLICY_INVALID',
        `type: ${policyType} is the engine's own; define policies at /v1/policies`,
      );
    }
    this.#definitions.take(this.#reader.read('context.definition'));
  }

  #featuresOf({ key }: Policy, { action, attributes, offered }: DecisionFields): Float64Array {
    const prepared = this.#definitions.get(key)!;
    const chosen = offered.find((each) => each.action === action);
    const own = prepared.policy.actions.find((each) => each.key === action);
    const traits = traitsWith(chosen?.traits ?? own?.traits ?? {}, chosen?.preference);
    try {
      return encodeSituation(prepared, { attributes, traits });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new EngineError('DECISION_INVALID', `context.attributes: ${error.message}`);
    }
  }

  #takeEarned(earned: Earned): void {
    const { user, decision, reward, before, isFinal, isLearnt, offset } = earned;
    this.#rows.put(this.#dictionary.text(user), earned);
    const prepared = this.#definitions.get(decision.policy);
    const { learner } = prepared ?? {};
    if (!isLearnt) return;
    if (prepared === undefined || learner === undefined || Number.isNaN(reward)) return;
    const isFirst = prepared.policy.reward.combine === 'first';
    const isNow = isFirst ? Number.isNaN(before) : isFinal;
    // The numbers of another design mean something else.
    if (!isNow || decision.design !== prepared.design) return;
    const { features } = decision;
    const size = prepared.context.size;
    const isByAction = learner.rows === 'action';
    // Who decides elsewhere may name anything: a row is kept of the policy's own actions alone.
    if (isByAction && !prepared.policy.actions.some(({ key }) => key === decision.action)) return;
    const action = isByAction ? decision.action : '';
    const { values } = this.#sums.at([decision.policy, action, prepared.design], offset);
    const context = features.subarray(0, size);
    learner.learn(values, 0, context, features.subarray(size), reward, 1, decision.at);
  }

  #countStray(kind: StrayKind, policy: string, time: number, offset: number): void {
    const start = Math.floor(time / hour) * hour;
    this.#strays.at([policy, kind, `${start}`], offset).events += 1;
  }
}

function sumCells(context: PipelineContext, pipeline: string, definitions: PolicyDefinitions) {
  return new Cells<{ values: Float64Array }>(context, pipeline, {
    name: 'policy-sums',
    table: 'policy_sums',
    initial: ([policy]) => ({
      values: new Float64Array(definitions.get(policy!)!.learner!.width),
    }),
    encodeKey(writer, [policy, action, design]) {
      writer.text(policy!);
      writer.text(action!);
      writer.text(design!);
    },
    encode(writer, { values }) {
      writer.varint(values.length);
      for (const value of values) writer.float64(value);
    },
  });
}

function strayCells(context: PipelineContext, pipeline: string) {
  return new Cells<{ events: number }>(context, pipeline, {
    name: 'policy-strays',
    table: 'policy_strays',
    initial: () => ({ events: 0 }),
    encodeKey(writer, [policy, kind, start]) {
      writer.text(policy!);
      writer.text(kind!);
      writeTime(writer, Number(start));
    },
    encode: (writer, { events }) => writer.int64(events),
  });
}

/** The attributes by whose values the dashboard shows what actions earn, each as `name=value`. */
function segmentsOf({ segments }: Policy, attributes: Readonly<Record<string, unknown>>): string[] {
  return segments.flatMap((name) => {
    const value = readAttribute(attributes, name);
    const isScalar =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isScalar ? [`${name}=${String(value).slice(0, segmentLengthMax)}`] : [];
  });
}
