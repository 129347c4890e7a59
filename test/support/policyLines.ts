/** A log with policies in it, for tests: a definition, decisions, and what came of them. */
import type { DecisionFields } from '../../contracts/decisionFields.ts';
import { Policy, type PolicyInput } from '../../contracts/policy.ts';
import { policyEvent } from '../../contracts/policyRecord.ts';

export const start = Date.parse('2026-03-02T08:00:00Z');

/** A running policy over three formats that looks at the grade and the programme. */
export function tutor(changes: Partial<PolicyInput> = {}): Policy {
  return Policy.parse({
    key: 'tutor',
    name: 'What the tutor suggests',
    algorithm: { name: 'linucb' },
    actions: ['video', 'text', 'exercise'].map((key) => ({ key, name: key })),
    context: {
      features: [
        { kind: 'numeric', field: 'grade', centre: 8, scale: 2 },
        { kind: 'categorical', field: 'programme', buckets: 4 },
      ],
    },
    segments: ['programme'],
    state: 'running',
    stages: [{ number: 1, startAt: start, change: 'Started' }],
    ...changes,
  });
}

export function policyLine(policy: Policy, revision = 1): string {
  return policyEvent({ revision, policy }, start);
}

export interface DecisionLine {
  readonly id: string;
  readonly user: string;
  /** ms after `start`. */
  readonly at: number;
  readonly action: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly more?: Partial<DecisionFields>;
}

export function decisionLine({
  id,
  user,
  at,
  action,
  attributes = {},
  more,
}: DecisionLine): string {
  const context = {
    ...{ policy: 'tutor', revision: 1, stage: 1, action, probability: 0.5, way: 'policy' },
    attributes,
    ...more,
  };
  return JSON.stringify({ id, type: 'decision', user, time: start + at, item: action, context });
}

export function outcomeLine(id: string, user: string, at: number, decision: string, value: number) {
  return JSON.stringify({ id, type: 'outcome', user, time: start + at, decision, value });
}
