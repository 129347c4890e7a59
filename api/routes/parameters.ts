/** Parameters that several routes take. */
import { z } from 'zod';
import type { RangeQuery } from '../../contracts/api.ts';

export const Name = z.string().min(1).max(256);

/** Latest instant that a query may name: the year 2200. */
export const instantMax = 7_258_118_400_000;

/** A misspelt parameter must not be taken for an absent one: what a route does not know is refused by name. */
export const NoQuery = z.strictObject({});

export const Instant = z.coerce.number().min(0).max(instantMax).transform(Math.trunc);

/** Bounds of time and more; `from` must lie before `to`, and no other parameter is taken. */
export function timeQuery<More extends z.ZodRawShape>(more: More) {
  return z
    .strictObject({
      from: Instant.optional().describe('ms since 1970, inclusive'),
      to: Instant.optional().describe('ms since 1970, exclusive'),
      ...more,
    })
    .superRefine((query, context) => {
      const { from, to } = query as RangeQuery;
      if (from === undefined || to === undefined || from < to) return;
      context.addIssue({ code: 'custom', path: ['from'], message: 'must lie before to' });
    });
}

/** Yes or no, as an address has it. */
export function flag(byDefault: 'true' | 'false') {
  return z
    .enum(['true', 'false'])
    .default(byDefault)
    .transform((text) => text === 'true');
}

/** A range of time, its step, and more. */
export function rangeQuery<More extends z.ZodRawShape>(more: More) {
  return timeQuery({
    stepMs: z.coerce
      .number()
      .int()
      .min(1_000)
      .max(31_622_400_000)
      .optional()
      .describe('distance of the points, ms; made coarser where too many points would come out'),
    ...more,
  });
}
