/**
 * Which hash decides over a unit: the engine's own, or that of another platform, so that an experiment can move here
 * without any unit changing its variant.
 *
 * Each family's parameters are those with which the other platform was configured. The experiment's `salt` is, in
 * their words: GrowthBook's seed (by default the experiment's key), Statsig's salt of the experiment, Eppo's name in
 * its default salts, Unleash's group id, PostHog's key of the flag.
 */
import { z } from 'zod';

const Salt = z.string().max(256);

export const HashFamily = z.discriminatedUnion('family', [
  z.strictObject({ family: z.literal('millrace') }),
  z.strictObject({
    family: z.literal('growthbook'),
    /** 1: one FNV-1a, thousandths; 2: twice, ten-thousandths. */
    version: z.union([z.literal(1), z.literal(2)]),
    /** Share of a namespace, half-open [from, to): units outside are not in the experiment. */
    namespace: z
      .strictObject({
        name: z.string().min(1).max(256),
        from: z.number().min(0).max(1),
        to: z.number().min(0).max(1),
      })
      .optional(),
  }),
  z.strictObject({
    family: z.literal('statsig'),
    /** Salt (else the id) of the rule whose pass percentage is the traffic. */
    ruleSalt: Salt,
  }),
  z
    .strictObject({
      family: z.literal('eppo'),
      /** Salt of the shards that decide over traffic; by default `traffic-<salt>`. */
      trafficSalt: Salt.optional(),
      /** Salt of the shards that decide over the variant; by default `split-<salt>`. */
      splitSalt: Salt.optional(),
    })
    .refine(
      ({ trafficSalt, splitSalt }) => trafficSalt === undefined || trafficSalt !== splitSalt,
      'expected two salts: with one, who enters and what they get would be one draw',
    ),
  z.strictObject({
    family: z.literal('unleash'),
    /** Seed of the variant's hash: 86028157 in client specification 5 and later, 0 before. */
    variantSeed: z.union([z.literal(86_028_157), z.literal(0)]).default(86_028_157),
    /** Sum of the variants' weights there: 1000, in old installations 100 or any other. */
    weightTotal: z.number().int().min(2).max(10_000).default(1_000),
  }),
  z.strictObject({ family: z.literal('posthog') }),
]);
export type HashFamily = z.infer<typeof HashFamily>;

/**
 * Whether a family draws who enters and which variant they get from one number, so that the two are not independent:
 * whom a larger traffic newly takes in has variants by the old weights and the new ones together.
 */
export function drawsOnce(hash: HashFamily): boolean {
  return hash.family === 'growthbook' || (hash.family === 'unleash' && hash.variantSeed === 0);
}

/** Number of buckets among which a family divides the units into variants. */
export function variantBuckets(hash: HashFamily): number {
  switch (hash.family) {
    case 'growthbook':
      return hash.version === 1 ? 1_000 : 10_000;
    case 'statsig':
      return 1_000;
    case 'eppo':
      return 10_000;
    case 'unleash':
      return hash.weightTotal;
    case 'posthog':
      return 2 ** 53;
    case 'millrace':
      return 2 ** 32;
  }
}
