/**
 * Follows each decision of a policy until its horizon ends, and hands on what it has earned: to what learns, and to the log for
 * evaluation.
 *
 * Rows are taken in the order of the log. A decision is open from its row until the watermark has passed the end of its
 * horizon. An event belongs to an open decision of the same user that it names, or, if it is no earlier, as the policy's rules
 * say; it earns what the first rule that admits it says. What is earned counts at once; a decision to which nothing came is
 * closed with the policy's absent reward, if it has one. Who objects to personalization is followed no further: open decisions are closed
 * there as if their horizon had ended, for the report, and taught to nobody. So everything is a function of the rows alone and of when they were
 * received, not of batches, epochs or clocks.
 */
import {
  type Batch,
  codesOf,
  doesObject,
  numbersOf,
  type TextColumn,
  watermarksOf,
} from '../../contracts/batch.ts';
import { type DecisionFields, decisionType } from '../../contracts/decisionFields.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { objectionType } from '../../contracts/objection.ts';
import type { Policy } from '../../contracts/policy.ts';
import { labelType, predictionType } from '../../contracts/predictionFields.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { positionId } from '../../models/decisions/policyDecider.ts';
import { EventReader } from '../../models/measure/eventReader.ts';
import { type DecisionHead, decisionHead, readDecision } from './decision.ts';
import { type OpenDecision, OpenDecisions } from './openDecisions.ts';
import { combined, rewardOf, ruleFor } from './rewards.ts';

/** What a decision has earned, told again whenever that changes. */
export interface Earned {
  /** Code of the user. */
  readonly user: number;
  readonly decision: OpenDecision;
  /** NaN: the decision was made, and nothing is known of it yet, or nothing ever came and nothing is assumed. */
  readonly reward: number;
  /** What was told before; NaN when nothing was. */
  readonly before: number;
  /** The horizon has ended. */
  readonly isFinal: boolean;
  /** Whether it may be learnt from: not when its user has objected. */
  readonly isLearnt: boolean;
  /** Of the row that says so. */
  readonly offset: number;
}

/** Why something was not learnt from. */
export const strayKinds = [
  /** An event that names a decision of a known user, which is not open: unknown, or past its horizon. */
  'unmatched',
  /** A decision that the sender made by itself, because the engine did not decide. */
  'fallback',
  /** A decision that was closed early, because its user had too many. */
  'crowded out',
] as const;
export type StrayKind = (typeof strayKinds)[number];

export interface FollowOptions {
  readonly tables: StateTables;
  /** A policy that is known, by its key. */
  policy(key: string): Policy | undefined;
  /** Policies that are known. */
  policies(): number;
  /** Called for the decision of a known policy: encodes what it looked at. */
  featuresOf(policy: Policy, context: ReturnType<typeof readDecision>): Float64Array;
  /** What those mean: kept beside them. */
  designOf(policy: Policy): string;
  segmentsOf(policy: Policy, attributes: Readonly<Record<string, unknown>>): readonly string[];
  onEarned(earned: Earned): void;
  onStray(kind: StrayKind, policy: string, time: number, offset: number): void;
}

/** Types of events that name predictions. */
const ofPredictions = new Set<unknown>([predictionType, labelType]);

/** Open decisions of one user that are kept. */
const openOfUserMax = 1_000;

/** What is looked at of every row, found once a batch. */
interface Columns {
  readonly batch: Batch;
  readonly watermarks: Float64Array;
  readonly times: Float64Array;
  readonly types: Int32Array;
  readonly users: Int32Array;
  readonly decisions: TextColumn;
  /** Code of the type of a decision; −1 when the batch has none. */
  readonly decision: number;
  /** The same of the type of an objection. */
  readonly objection: number;
}

export class DecisionFollower {
  readonly #options: FollowOptions;
  readonly #dictionary: Dictionary;
  readonly #open: OpenDecisions;
  readonly #reader = new EventReader();
  #columns: Columns | undefined;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#dictionary = options.tables.dictionary;
    this.#open = new OpenDecisions(options.tables, openOfUserMax);
  }

  /** Nothing is known that a row could belong to: rows that define nothing make no difference. */
  get isIdle(): boolean {
    return this.#options.policies() === 0 && this.#open.held === 0;
  }

  /**
   * Takes a row of a batch behind `watermark`, in the order of the log.
   *
   * @throws EngineError DECISION_INVALID or REWARD_INVALID: the row is refused, and nothing was learnt from it
   */
  take(batch: Batch, row: number): void {
    const { watermarks, times, types, users, decisions, decision, objection } =
      this.#columnsOf(batch);
    const watermark = watermarks[row]!;
    if (this.#open.nextDue <= watermark) this.#closeDue(watermark, batch.offsets[row]!);
    if (doesObject(batch, row, 'personalization')) {
      if (types[row] === objection) this.#letGo(users[row]!, batch.offsets[row]!);
      return;
    }
    // A clock that is ahead neither keeps a decision open nor fades what is learnt beside it.
    const time = Math.min(times[row]!, batch.receivedAt);
    if (time < watermark || this.#options.policies() === 0) return;
    if (types[row] === decision) {
      this.#takeDecision(batch, row, time);
    } else if (decisions.starts[row]! >= 0 || this.#open.of(users[row]!).length > 0) {
      this.#takeEvent(batch, row, time);
    }
  }

  #columnsOf(batch: Batch): Columns {
    if (this.#columns?.batch !== batch) {
      this.#columns = {
        batch,
        watermarks: watermarksOf(batch),
        times: numbersOf(batch, 'time'),
        types: codesOf(batch, 'type'),
        users: codesOf(batch, 'user'),
        decisions: batch.texts.get('decision')!,
        decision: this.#dictionary.find(decisionType),
        objection: this.#dictionary.find(objectionType),
      };
    }
    return this.#columns;
  }

  /** Lets go of a user's open decisions: nothing that comes belongs to them any more. */
  forget(user: number): void {
    for (const decision of [...this.#open.of(user)]) this.#open.close(user, decision);
  }

  /**
   * Ends the horizon of a user's open decisions. They stay in the report with what came until here, as those do to which nothing
   * came: to drop them would leave out whoever is driven away by an action.
   */
  #letGo(user: number, offset: number): void {
    for (const decision of [...this.#open.of(user)]) {
      const before = decision.reward;
      this.#open.close(user, decision);
      this.#settle(decision);
      const { reward } = decision;
      this.#options.onEarned({
        ...{ user, decision, reward, before, offset, isFinal: true, isLearnt: false },
      });
    }
  }

  #takeDecision(batch: Batch, row: number, time: number): void {
    this.#reader.moveTo(batch, row);
    const context = this.#reader.json()['context'];
    const head = decisionHead(context);
    if (head === undefined) return;
    const policy = this.#options.policy(head.policy);
    if (policy === undefined) return;
    const offset = batch.offsets[row]!;
    const user = codesOf(batch, 'user')[row]!;
    if (head.isFallback) {
      this.#options.onStray('fallback', policy.key, time, offset);
      this.#replace(user, head, offset);
      return;
    }
    const fields = readDecision(context);
    // By nothing that is learnt, of somebody who objects.
    if (fields.way === 'objection') return;
    const excess = this.#open.excessOf(user);
    if (excess !== undefined) {
      this.#open.close(user, excess);
      this.#tell(user, excess, excess.reward, true, offset);
      this.#options.onStray('crowded out', excess.policy, time, offset);
    }
    const decision: OpenDecision = {
      // A decision that another system made may have a name of its own.
      id: (this.#reader.read('decision') ?? this.#reader.read('id')) as string,
      ...{ offset, policy: policy.key, revision: fields.revision, stage: fields.stage },
      ...{ action: fields.action, position: fields.position, way: fields.way },
      ...likeliestOf(fields),
      ...{ probability: fields.probability, at: time, dueAt: time + policy.reward.horizonMs },
      segments: this.#options.segmentsOf(policy, fields.attributes),
      features: this.#options.featuresOf(policy, fields),
      design: this.#options.designOf(policy),
      ...{ reward: Number.NaN, rewardedAt: Number.NaN },
    };
    this.#open.open(user, decision);
    this.#tell(user, decision, Number.NaN, false, offset);
  }

  /** The user never got what was decided, since the answer came too late: it says nothing of the action that nothing came. */
  #replace(user: number, { policy, instead }: DecisionHead, offset: number): void {
    if (instead === undefined) return;
    for (const decision of [...this.#open.of(user)]) {
      const { id, position } = decision;
      if (decision.policy !== policy || id !== positionId(instead, position)) continue;
      const before = decision.reward;
      this.#open.close(user, decision);
      decision.reward = Number.NaN;
      decision.rewardedAt = Number.NaN;
      this.#tell(user, decision, before, true, offset);
    }
  }

  #takeEvent(batch: Batch, row: number, time: number): void {
    this.#reader.moveTo(batch, row);
    const named = this.#reader.read('decision') as string | undefined;
    const user = codesOf(batch, 'user')[row]!;
    const open = this.#open.of(user);
    const offset = batch.offsets[row]!;
    const led = named === undefined ? this.#ledTo(open, time) : namedOf(open, named, time);
    if (named !== undefined && led.length === 0) {
      // What a label names is a prediction, unless a policy learns from labels.
      const isOfPrediction = ofPredictions.has(this.#reader.read('type'));
      if (!isOfPrediction) this.#options.onStray('unmatched', '', time, offset);
      return;
    }
    // All are judged before any is changed: a row that is refused has taught nothing.
    const value = numbersOf(batch, 'value')[row]!;
    const earnings = led.flatMap((decision) => this.#earningOf(decision, value, time));
    for (const { decision, reward, isLater } of earnings) {
      const before = decision.reward;
      decision.reward = reward;
      if (isLater) decision.rewardedAt = time;
      this.#open.changed(user, decision);
      this.#tell(user, decision, before, false, offset);
    }
  }

  /** The decisions to which an event belongs that names none: of each policy the latest, where its rule says so. */
  #ledTo(open: readonly OpenDecision[], time: number): OpenDecision[] {
    const led = new Map<string, OpenDecision>();
    for (const decision of open.toReversed()) {
      if (led.has(decision.policy) || !isWithin(decision, time)) continue;
      const policy = this.#options.policy(decision.policy);
      const match = policy && ruleFor(policy.reward, this.#reader.read)?.match;
      const isLed =
        match === 'item' ? this.#reader.read('item') === decision.action : match === 'user';
      if (isLed) led.set(decision.policy, decision);
    }
    return [...led.values()];
  }

  /** What the event changes of a decision: nothing, or its reward. @throws EngineError REWARD_INVALID */
  #earningOf(decision: OpenDecision, value: number, time: number) {
    const policy = this.#options.policy(decision.policy);
    const rule = policy && ruleFor(policy.reward, this.#reader.read);
    if (policy === undefined || rule === undefined) return [];
    const earned = rewardOf(rule, policy.reward, value);
    const isLater = !(time < decision.rewardedAt);
    const reward = combined(policy.reward, decision.reward, earned, isLater);
    return Number.isNaN(earned) || reward === decision.reward
      ? []
      : [{ decision, reward, isLater }];
  }

  #closeDue(watermark: number, offset: number): void {
    for (;;) {
      const due = this.#open.takeDue(watermark);
      if (due === undefined) return;
      const { code, decision } = due;
      const before = decision.reward;
      this.#settle(decision);
      this.#tell(code, decision, before, true, offset);
    }
  }

  /** A decision to which nothing came has what its policy assumes. */
  #settle(decision: OpenDecision): void {
    if (!Number.isNaN(decision.reward)) return;
    decision.reward = this.#options.policy(decision.policy)?.reward.absent ?? Number.NaN;
  }

  #tell(user: number, decision: OpenDecision, before: number, isFinal: boolean, offset: number) {
    const { reward } = decision;
    this.#options.onEarned({ user, decision, reward, before, isFinal, isLearnt: true, offset });
  }
}

function isWithin({ at, dueAt }: OpenDecision, time: number): boolean {
  return time >= at && time < dueAt;
}

function namedOf(open: readonly OpenDecision[], named: string, time: number): OpenDecision[] {
  // Who names a decision has got it: an earlier time is a clock that is behind that of who decided.
  return open.filter(({ id, dueAt }) => id === named && time < dueAt);
}

function likeliestOf({ offered, probability }: DecisionFields): {
  choices: number;
  likeliest: number;
} {
  const most = Math.max(...offered.map((each) => each.probability));
  const isLikeliest = offered.length > 0 && probability >= most;
  const likeliest = isLikeliest ? offered.filter((each) => each.probability === most).length : 0;
  return { choices: offered.length, likeliest };
}
