/**
 * Which columns of a pipeline are profiled by day, and of which events: the pipeline is wired by it, and the events behind a day of
 * a column are found by it. Rows that are late count in none.
 */

export interface ProfilePlan {
  /** Under which the column is read. */
  readonly name: string;
  readonly column: 'type' | 'item' | 'value' | `context.${string}`;
  readonly kind: 'number' | 'text';
  /** Of the events that count; absent: all that producers send. */
  readonly type?: 'answered';
  /** Of `number-profile` or `text-profile`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** By pipeline. */
export const profilePlans = {
  learning: [
    { name: 'type', column: 'type', kind: 'text' },
    { name: 'item', column: 'item', kind: 'text', type: 'answered' },
    { name: 'context_skill', column: 'context.skill', kind: 'text', type: 'answered' },
    { name: 'context_course', column: 'context.course', kind: 'text', type: 'answered' },
    {
      ...{ name: 'answer', column: 'value', kind: 'number', type: 'answered' },
      parameters: { lower: 0, upper: 1 },
    },
    {
      ...{ name: 'context_latency_ms', column: 'context.latency_ms', kind: 'number' },
      ...{ type: 'answered', parameters: { lower: 0 } },
    },
  ],
} as const satisfies Readonly<Record<string, readonly ProfilePlan[]>>;

export function profilePlan(pipeline: string, name: string): ProfilePlan | undefined {
  const plans: Readonly<Record<string, readonly ProfilePlan[]>> = profilePlans;
  return Object.hasOwn(plans, pipeline)
    ? plans[pipeline]?.find((plan) => plan.name === name)
    : undefined;
}
