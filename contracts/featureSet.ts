/** Which features a policy makes of attributes, as data: of the context, or of an action. */
import { z } from 'zod';
import { FieldName } from './condition.ts';

/** Most numbers in one vector: sums over 256 features take 265 kB a row. */
export const featuresMax = 256;

/**
 * What happens where a field is absent, NaN or of another type. `refuse`: an error. `indicate`: a feature of its own is 1
 * and the field's are 0. `zero`: the field's are 0, as if it had its centre, or none of the values.
 */
const Missing = z
  .enum(['refuse', 'indicate', 'zero'])
  .default('indicate')
  .describe('what an absent, NaN or unfit value is: an error, a feature of its own, or 0');

export const NumericFeature = z.strictObject({
  kind: z.literal('numeric'),
  field: FieldName,
  centre: z.number().default(0).describe('value that becomes 0'),
  scale: z.number().gt(0).default(1).describe('distance from the centre that becomes 1'),
  clip: z.number().gt(0).max(1e6).default(5).describe('largest size afterwards'),
  missing: Missing,
});

export type NumericFeature = z.infer<typeof NumericFeature>;

const CategoricalFeature = z.strictObject({
  kind: z.literal('categorical'),
  field: FieldName,
  buckets: z
    .number()
    .int()
    .min(1)
    .max(128)
    .default(8)
    .describe('numbers into which values are hashed, with a sign'),
  missing: Missing,
});

export const Feature = z.discriminatedUnion('kind', [NumericFeature, CategoricalFeature]);
export type Feature = z.infer<typeof Feature>;

/** Numbers that a feature takes. */
export function widthOf(feature: Feature): number {
  const indicator = feature.missing === 'indicate' ? 1 : 0;
  return (feature.kind === 'numeric' ? 1 : feature.buckets) + indicator;
}

export const FeatureSet = z
  .strictObject({
    bias: z.boolean().default(true).describe('a first feature that is always 1'),
    features: z.array(Feature).max(featuresMax).default([]),
  })
  .refine(({ features }) => new Set(features.map(({ field }) => field)).size === features.length, {
    error: 'features: expected each field once',
  })
  .refine((set) => sizeOf(set) >= 1 && sizeOf(set) <= featuresMax, {
    error: `features: expected 1 to ${featuresMax} numbers in all`,
  });
export type FeatureSet = z.infer<typeof FeatureSet>;

/** Numbers of the whole vector. */
export function sizeOf({
  bias,
  features,
}: {
  readonly bias: boolean;
  readonly features: readonly Feature[];
}): number {
  return features.reduce((sum, feature) => sum + widthOf(feature), bias ? 1 : 0);
}
