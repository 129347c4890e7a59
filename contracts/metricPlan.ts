/**
 * Which events the metrics of a pipeline count, and by what: the pipeline is wired by it, and the events behind a number are found
 * by it. Rows that are late count in none.
 */

export interface MetricPlan {
  /** Lower-case words and underscores, unit last. */
  readonly name: string;
  /** Of the events that count; absent: all that producers send. */
  readonly type?: string;
  /** What is summarized, and must be there; absent: each event counts as 1. */
  readonly value?: 'value' | `context.${string}`;
  /**
   * Only behind such an event of the same user and item, which came before it and is at most so old; what is summarized is the
   * seconds since the latest of them.
   */
  readonly after?: { readonly type: string; readonly horizonMs: number };
  /** By whose values the metric is divided. */
  readonly segment?: 'type' | `context.${string}`;
}

const course = 'context.course';

/** By pipeline. */
export const metricPlans = {
  learning: [
    { name: 'events', segment: 'type' },
    { name: 'correct_share', type: 'answered', value: 'value', segment: course },
    { name: 'rating', type: 'rated', value: 'value', segment: course },
    { name: 'latency_ms', value: 'context.latency_ms' },
    {
      name: 'response_s',
      type: 'answered',
      after: { type: 'viewed', horizonMs: 1_800_000 },
      segment: course,
    },
  ],
} as const satisfies Readonly<Record<string, readonly MetricPlan[]>>;

export function metricPlan(pipeline: string, name: string): MetricPlan | undefined {
  const plans: Readonly<Record<string, readonly MetricPlan[]>> = metricPlans;
  return Object.hasOwn(plans, pipeline)
    ? plans[pipeline]?.find((plan) => plan.name === name)
    : undefined;
}
