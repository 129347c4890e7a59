/**
 * Joins the decisions of a file to what came of them, by the rules of their policy, as the data plane does: a decision is handed on
 * when its horizon has ended in the time of the file.
 */
import { DecisionFields, decisionType } from '../contracts/decisionFields.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Event } from '../contracts/event.ts';
import type { Reward } from '../contracts/policy.ts';
import { TimeHeap } from '../contracts/timeHeap.ts';
import { readAttribute } from '../models/assignment/unit.ts';
import type { LoggedChoice } from '../models/evaluation/loggedChoice.ts';
import { combined, type ReadField, rewardOf, ruleFor } from '../pipelines/policies/rewards.ts';

/** Of a decision that another system has logged, what must be there is its action alone. */
const FileDecision = DecisionFields.partial({
  ...{ policy: true, revision: true, stage: true, action: true, probability: true, way: true },
});

interface Open {
  readonly choice: Omit<LoggedChoice, 'reward' | 'knownAt'>;
  readonly dueAt: number;
  reward: number;
  rewardedAt: number;
}

export interface RewardedDecisions {
  /**
   * Takes the next event of the file.
   *
   * @returns the decisions whose horizon it ends
   * @throws EngineError DECISION_INVALID for a decision that contradicts itself
   */
  take(event: Event): LoggedChoice[];
  /**
   * Those whose horizon the file does not reach: left out where the absence of an event counts as a reward, since it may come yet.
   */
  end(): LoggedChoice[];
  /** Those that were left out. */
  readonly open: number;
  /** Events whose reward lies beyond the bounds. */
  readonly refused: number;
  /** Keys of the policies whose decisions were taken. */
  readonly policies: ReadonlySet<string>;
}

/** @param only key of the policy whose decisions are taken; undefined: all */
export function rewardedDecisions(rule: Reward, only: string | undefined): RewardedDecisions {
  const byUser = new Map<string, Open[]>();
  const queue = new TimeHeap<{ readonly user: string; readonly open: Open }>();
  const policies = new Set<string>();
  let refused = 0;
  let open = 0;
  let watermark = -Infinity;
  let count = 0;

  function closeUntil(time: number): LoggedChoice[] {
    const closed: LoggedChoice[] = [];
    while (queue.time <= time) {
      const { user, open: due } = queue.pop();
      const left = byUser.get(user)!.filter((each) => each !== due);
      if (left.length > 0) byUser.set(user, left);
      else byUser.delete(user);
      const { choice, dueAt, reward, rewardedAt } = due;
      const isEarly = rule.combine === 'first' && !Number.isNaN(reward);
      closed.push({
        ...choice,
        knownAt: isEarly ? rewardedAt : dueAt,
        reward: Number.isNaN(reward) ? (rule.absent ?? Number.NaN) : reward,
      });
    }
    return closed;
  }

  function takeDecision({ id, time, user, item, context }: Event): void {
    const { success, data, error } = FileDecision.safeParse(context ?? {});
    if (!success) {
      const { path, message } = error.issues[0]!;
      throw new EngineError('DECISION_INVALID', `context.${path.join('.')}: ${message}`);
    }
    const { policy, action = item, probability = Number.NaN, way = 'policy' } = data;
    if (way === 'fallback' || (only !== undefined && (policy ?? only) !== only)) return;
    if (action === undefined || action === null) {
      throw new EngineError('DECISION_INVALID', 'context.action: expected the chosen action');
    }
    if (policy !== undefined) policies.add(policy);
    const { attributes, offered } = data;
    const made: Open = {
      choice: { id, time, way, action, probability, attributes, offered },
      dueAt: time + rule.horizonMs,
      ...{ reward: Number.NaN, rewardedAt: Number.NaN },
    };
    byUser.set(user, [...(byUser.get(user) ?? []), made]);
    count += 1;
    queue.push(made.dueAt, count, { user, open: made });
  }

  function takeOutcome(event: Event): void {
    const { time, user, item, decision, value } = event;
    const read: ReadField = (field) => readAttribute(event, field);
    const matched = ruleFor(rule, read);
    if (matched === undefined) return;
    const within = (byUser.get(user) ?? []).filter(
      ({ choice, dueAt }) => time >= choice.time && time < dueAt,
    );
    const isNamed = decision !== undefined && decision !== null;
    const led = within.filter(({ choice }) =>
      isNamed
        ? choice.id === decision
        : matched.match === 'user' || (matched.match === 'item' && choice.action === item),
    );
    const one = led.at(-1);
    if (one === undefined) return;
    try {
      const earned = rewardOf(matched, rule, value ?? Number.NaN);
      if (Number.isNaN(earned)) return;
      const isLater = !(time < one.rewardedAt);
      const isFirst = Number.isNaN(one.reward);
      one.reward = combined(rule, one.reward, earned, isLater);
      if (isFirst || (isLater && rule.combine !== 'first')) one.rewardedAt = time;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refused += 1;
    }
  }

  return {
    policies,
    get refused() {
      return refused;
    },
    take(event) {
      watermark = Math.max(watermark, event.time);
      const closed = closeUntil(watermark);
      if (event.type === decisionType) takeDecision(event);
      else takeOutcome(event);
      return closed;
    },
    get open() {
      return open;
    },
    end() {
      if (rule.absent === null) return closeUntil(Number.MAX_VALUE);
      open = queue.size;
      return [];
    },
  };
}
