/**
 * Who may do what: permissions, the roles of people, and the places within which they hold.
 *
 * A request comes from a principal: a person who signed in, a program with an API key, or, while nobody has an account, whoever
 * reaches the engine on its own machine.
 */
import { z } from 'zod';
import { nameLengthMax } from './event.ts';

/** Each route needs one of these (`api/access/routePolicy.ts`), or none. */
export const permissions = [
  /** Send events. */
  'produce',
  /** Ask for decisions, assignments and predictions of users. */
  'decide',
  /** See figures of groups. */
  'read',
  /** See what belongs to single people: preferences, decisions, explanations, findings, events. */
  'people',
  /** Change what runs: experiments, policies, releases, watches, answers to alerts and recommendations. */
  'operate',
  /** Accounts, keys, privacy, erasure. */
  'administer',
  /** Read who did and saw what. */
  'audit',
] as const;
export const Permission = z.enum(permissions);
export type Permission = z.infer<typeof Permission>;

export const roleNames = ['viewer', 'analyst', 'operator', 'admin', 'auditor'] as const;
export const RoleName = z.enum(roleNames);
export type RoleName = z.infer<typeof RoleName>;

/** Who audits changes nothing; who changes does not audit. Only the admin does both, and it stands in the log. */
export const rolePermissions: Readonly<Record<RoleName, readonly Permission[]>> = {
  viewer: ['read'],
  analyst: ['read', 'people'],
  operator: ['read', 'people', 'operate'],
  admin: [...permissions],
  auditor: ['read', 'audit'],
};

/** From the whole to its parts: an institution has programmes, these have courses. */
export const placeLevels = ['institution', 'programme', 'course'] as const;

const PlaceName = z
  .string()
  .min(1)
  .max(nameLengthMax)
  .refine((text) => !text.includes('\0'), 'must not contain U+0000');

/** All that lies in it: an institution, one of its programmes, one of its courses. A level that is absent takes in all of it. */
export const Place = z.strictObject({
  institution: PlaceName.optional(),
  programme: PlaceName.optional(),
  course: PlaceName.optional(),
});
export type Place = z.infer<typeof Place>;

/** Places within which somebody has a permission; `everywhere` for the whole. At most 100. */
export const Scope = z.union([z.literal('everywhere'), z.array(Place).min(1).max(100)]);
export type Scope = z.infer<typeof Scope>;

export const principalKinds = [
  /** Signed in. */
  'person',
  /** An API key. */
  'key',
  /** Nobody has an account yet, and the request comes from the engine's own machine. */
  'local',
] as const;

/** Who asks, for the length of a request. */
export interface Principal {
  /** `nobody`: did not say who asks; only what needs nobody is answered. */
  readonly kind: (typeof principalKinds)[number] | 'nobody';
  /** Of the account or the key; '' of `local` and `nobody`. */
  readonly id: string;
  /** As it stands in records of changes. */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
}
