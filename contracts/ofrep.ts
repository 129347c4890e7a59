/**
 * OpenFeature Remote Evaluation Protocol: what an SDK asks of a flag, and what it is answered.
 *
 * Source: open-feature/protocol, service/openapi.yaml, 0.3.0.
 */
import { z } from 'zod';

/** Attributes of who asks; `targetingKey` is the user's id. */
export const OfrepContext = z.looseObject({ targetingKey: z.string().optional() });
export type OfrepContext = z.infer<typeof OfrepContext>;
export const OfrepRequest = z.looseObject({ context: OfrepContext.default({}) });

export const OfrepEvaluation = z.object({
  key: z.string(),
  reason: z.enum(['STATIC', 'TARGETING_MATCH', 'SPLIT', 'DISABLED', 'UNKNOWN']),
  /** Absent for who is not in the experiment. */
  variant: z.string().optional(),
  /** Absent when the default in the asking code is to be used. */
  value: z.json().optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type OfrepEvaluation = z.infer<typeof OfrepEvaluation>;

export const OfrepFailure = z.object({
  key: z.string(),
  errorCode: z.enum([
    'PARSE_ERROR',
    'TARGETING_KEY_MISSING',
    'INVALID_CONTEXT',
    'GENERAL',
    'FLAG_NOT_FOUND',
  ]),
  errorDetails: z.string(),
});
export type OfrepFailure = z.infer<typeof OfrepFailure>;

export const OfrepBulkAnswer = z.object({
  flags: z.array(z.union([OfrepEvaluation, OfrepFailure])),
});
