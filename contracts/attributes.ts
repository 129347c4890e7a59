/**
 * What is known of a user, as an application sends it: any JSON under each name.
 *
 * Taken as it is. A record of unknowns would be copied key by key, and the copy's attributes would be slower to read and to write:
 * a quarter of what a decision allocates.
 */
import { z } from 'zod';

export type Attributes = Readonly<Record<string, unknown>>;

const object = z
  .unknown()
  .refine((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
    error: 'expected an object',
  })
  .meta({ type: 'object', additionalProperties: {} });

// The check takes anything; what it lets through is an object.
export const Attributes = object as unknown as z.ZodType<Attributes, Attributes>;
