/** What a version was asked before it may be released, and what was found. */
import { z } from 'zod';

/** In the order in which they are asked. */
export const gateNames = [
  'schema',
  'golden',
  'holdout',
  'calibration',
  'slices',
  'latency',
  'size',
  'churn',
] as const;
export type GateName = (typeof gateNames)[number];

/** One figure and its bound. */
export const GateCheck = z.strictObject({
  /** "log loss less the champion's", "log loss in course=algebra". */
  name: z.string(),
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** What it must not go beyond; null where nothing is asked of it. */
  bound: z.number().nullable(),
  /** Examples that it rests on; null where it rests on none. */
  count: z.number().int().nullable(),
  passed: z.boolean(),
});
export type GateCheck = z.infer<typeof GateCheck>;

export const GateResult = z.strictObject({
  gate: z.enum(gateNames),
  /** `skipped` says in its sentence why nothing could be asked; it does not hold a version back. */
  outcome: z.enum(['passed', 'failed', 'skipped']),
  /** What failed and by how much, or what was found. */
  sentence: z.string(),
  checks: z.array(GateCheck),
});
export type GateResult = z.infer<typeof GateResult>;

export const GateReport = z.strictObject({
  passed: z.boolean(),
  /** Version that it was compared with; null when there was none. */
  against: z.string().nullable(),
  /** ms since 1970. */
  at: z.number(),
  gates: z.array(GateResult),
});
export type GateReport = z.infer<typeof GateReport>;
