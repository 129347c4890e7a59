/**
 * Answers which action a user gets, from memory, and writes the decision into the event log; but for those of who objects to
 * personalization, from which nothing is learnt.
 */
import { type DecisionFields, decisionType } from '../../contracts/decisionFields.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Policy } from '../../contracts/policy.ts';
import type {
  ExplainQuery,
  PolicyDecision,
  PolicyExplanation,
  PolicyQuery,
} from '../../contracts/policyApi.ts';
import { unhurried } from '../../control/experiments/unhurried.ts';
import type { ObjectionBook } from '../../control/objections/objectionBook.ts';
import type { Deciders, ServingPolicy } from '../../control/policies/deciders.ts';
import type { PolicyRegistry } from '../../control/policies/openPolicies.ts';
import { type Explanation, explainSteps } from '../../models/decisions/explainDecision.ts';
import {
  type Decided,
  type KnownUser,
  PolicyDecider,
  positionId,
} from '../../models/decisions/policyDecider.ts';
import { RequestError } from '../problems.ts';
import { Answered } from './answered.ts';
import type { DecisionWriter } from './decisionWriter.ts';
import { newId } from './newId.ts';
import { RecentActions } from './recentActions.ts';

/** What users have been learnt to like. */
export interface Affinities {
  /** 0 where nothing is known. */
  affinity(user: string, preference: string, value: string): number;
}

export interface PolicyDesk {
  readonly registry: PolicyRegistry;
  /**
   * @throws RequestError NOT_FOUND for a policy that does not serve; EngineError DECISION_INVALID, DECISION_IMPOSSIBLE, and what
   * the log refuses
   */
  decide(query: PolicyQuery): Promise<PolicyDecision>;
  /** Forgets what this process keeps of a user's decisions: repetitions are decided anew, caps begin anew. */
  forget(user: string): void;
  /** Why a user would get what, by what is learnt now; nothing is written. @throws as `decide` */
  explain(policy: string, query: ExplainQuery): Promise<PolicyExplanation>;
}

export interface DeskOptions {
  readonly registry: PolicyRegistry;
  readonly deciders: Deciders;
  readonly writer: DecisionWriter;
  readonly affinities: Affinities;
  readonly objections: Pick<ObjectionBook, 'objects'>;
  /** Under which name a user is known inside; by default the id. */
  readonly pseudonymOf?: (user: string) => string;
  /** Whether an answer waits until its decision is durable. */
  readonly durableFirst: boolean;
  /** Told that decisions could not be written beside their answers, a sentence each time that begins. */
  readonly onUnwritten: (error: unknown) => void;
  /** Told that they are written again. */
  readonly onWritten: () => void;
  readonly clock: () => number;
}

export function createPolicyDesk(options: DeskOptions): PolicyDesk {
  const { registry, deciders, writer, affinities, objections, durableFirst, clock } = options;
  const { onUnwritten, onWritten, pseudonymOf = (user: string) => user } = options;
  const recent = new RecentActions();
  const answered = new Answered<{
    readonly policy: string;
    readonly answer: Promise<PolicyDecision>;
  }>();

  const objects = (user: string) => objections.objects(user, 'personalization');
  const knownUser = (policy: Policy, user: string, now: number): KnownUser =>
    objects(user)
      ? nobody
      : {
          affinity: (preference, value) => affinities.affinity(user, preference, value),
          seen: (action) => recent.seen(policy, user, action, now),
        };

  return {
    registry,
    forget(user) {
      const name = pseudonymOf(user);
      answered.removeAll(`${name}\0`);
      recent.forget(name);
    },
    async explain(key, { user: asking, attributes, actions, instead }) {
      const { record, decider, learnt } = servingOf(registry, deciders, key);
      const user = pseudonymOf(asking);
      const asked = { ...{ id: newId(), user, attributes, actions }, positions: 1 };
      const known = knownUser(record.policy, user, clock());
      // One of its own: decisions go on meanwhile, and what is learnt meanwhile does not mix in.
      const own = new PolicyDecider(decider.prepared, decider.model);
      const explanation = await unhurried(explainSteps(own, asked, known, instead));
      return explanationOf(key, user, learnt, explanation);
    },
    decide(query) {
      const { policy, user, id, log } = query;
      const known = pseudonymOf(user);
      if (id === undefined) return make(query, known, newId());
      // As the log tells duplicates: by user and id.
      const name = `${known}\0${id}`;
      // What was answered before an objection is not what is answered now; and a repetition gets the same without being kept.
      if (objects(known)) return make(query, known, id);
      const repeated = answered.get(name);
      if (repeated?.policy === policy) return repeated.answer;
      if (repeated !== undefined) return Promise.reject(usedFor(repeated.policy, id));
      const answer = make(query, known, id);
      if (!log) return answer;
      // At once: a repetition may come while the first is being written.
      const made = { policy, answer };
      answered.put(name, made);
      answer.catch(() => answered.remove(name, made));
      return answer;
    },
  };

  /** @param user as it is known inside; the log is told the id that was asked with, by which it chooses the partition */
  async function make(query: PolicyQuery, user: string, id: string): Promise<PolicyDecision> {
    const { policy: key, positions, attributes, actions } = query;
    const serving = servingOf(registry, deciders, key);
    const { policy } = serving.record;
    const now = clock();
    const asked = { id, user, attributes, actions, positions };
    const decided = serving.decider.decide(asked, knownUser(policy, user, now));
    const answer = answerOf(serving, query, id, decided);
    if (!query.log || decided.way === 'objection') return answer;
    for (const { action } of decided.positions) recent.add(policy, user, action, now);
    const lines = linesOf(serving, id, query.user, decided, now);
    const written = Promise.all(lines.map((line) => writer.write(line)));
    if (durableFirst) await written;
    else written.then(onWritten, onUnwritten);
    return answer;
  }
}

/** Who objects to personalization. */
const nobody: KnownUser = { objects: true, affinity: () => 0, seen: () => 0 };

function usedFor(policy: string, id: string): EngineError {
  return new EngineError(
    'DECISION_INVALID',
    `id: "${id}" is that of a decision of ${policy} for the same user, and the log would take this one for a repetition. ` +
      'Take another id.',
  );
}

function servingOf(registry: PolicyRegistry, deciders: Deciders, key: string): ServingPolicy {
  const serving = deciders.of(key);
  const state = serving?.record.policy.state;
  if (serving !== undefined && state === 'running') return serving;
  if (registry.policy(key) === undefined) {
    throw new RequestError('NOT_FOUND', `There is no policy ${key}.`);
  }
  throw new RequestError(
    'NOT_FOUND',
    `The policy ${key} does not serve: it is ${state ?? 'on its way into the log'}. Start it, or take your own default.`,
  );
}

function answerOf(
  { record: { revision, policy }, learnt }: ServingPolicy,
  { user }: PolicyQuery,
  id: string,
  { way, reason, positions }: Decided,
): PolicyDecision {
  return {
    ...{ policy: policy.key, user, revision, stage: stageOf(policy), way, reason, learnt },
    chosen: positions.map(({ action, payload, probability }, i) => ({
      decision: positionId(id, i + 1),
      position: i + 1,
      ...{ action, payload, probability },
    })),
  };
}

function explanationOf(
  policy: string,
  user: string,
  learnt: string,
  { decided: { way, reason }, actions, otherwise }: Explanation,
): PolicyExplanation {
  const figure = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    ...{ policy, user, way, reason, learnt },
    actions: actions.map(({ action, probability, mean, deviation, reasons }) => ({
      ...{ action, probability, mean: figure(mean), deviation: figure(deviation) },
      reasons: reasons.map(({ name, value, weight, score }) => ({
        ...{ feature: name, value, weight, score },
      })),
    })),
    otherwise: otherwise.map(({ attributes, action }) => ({
      ...{ attributes: { ...attributes }, action },
      sentence: `With ${wordsOf(attributes)}, ${action} would be the most probable.`,
    })),
  };
}

function wordsOf(attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' and ');
}

function stageOf({ stages }: { readonly stages: readonly { readonly number: number }[] }): number {
  return stages.at(-1)?.number ?? 1;
}

/** As it is written: not copied before. */
type Written = Omit<DecisionFields, 'attributes' | 'offered'> &
  Pick<Decided, 'attributes'> & {
    readonly offered: Decided['positions'][number]['offered'];
  };

/** The events, one a position. All attributes are in them: another policy, which looks at others, is evaluated by them. */
function linesOf(
  { record: { revision, policy }, learnt }: ServingPolicy,
  id: string,
  user: string,
  { way, attributes, positions }: Decided,
  time: number,
): string[] {
  return positions.map(({ action, probability, offered }, i) => {
    const context: Written = {
      ...{ policy: policy.key, revision, stage: stageOf(policy), action, probability, way },
      ...{ position: i + 1, attributes, offered, learnt },
    };
    const event = {
      id: positionId(id, i + 1),
      type: decisionType,
      time,
      user,
      item: action,
      context,
    };
    return JSON.stringify(event);
  });
}
