/**
 * What is known of a unit at its first exposure and explains a part of its outcome: effects are told with less variance.
 *
 * A covariate is fixed before the outcome begins; one that the variant could change would bias the effect.
 */
import { z } from 'zod';
import { FieldName } from './condition.ts';
import { Cap, Key } from './experimentMetric.ts';

/** Covariates of one metric. */
export const covariatesMax = 5;

/** Fields of an exposure that say what was assigned. */
const assigned = /^context\.(experiment|variant|probability|stage|unit|segments)$/;

export const Covariate = z.discriminatedUnion('of', [
  /** What the unit did before: the measure of a metric of the experiment, by default of the same metric. */
  z.strictObject({ of: z.literal('past'), metric: Key.optional() }),
  /** A number in the context of the exposure. */
  z.strictObject({
    of: z.literal('exposure'),
    field: FieldName.regex(/^context\..+$/, 'expected context.…').refine(
      (field) => !assigned.test(field),
      'expected what is known of the unit, not what was assigned to it',
    ),
    /** What lies beyond counts as the bound. */
    cap: Cap,
  }),
]);
export type Covariate = z.infer<typeof Covariate>;

export const Covariates = z.array(Covariate).min(1).max(covariatesMax);
