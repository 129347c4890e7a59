/** The record of who did what, and who looked at single people: `GET /v1/audit`. */
import { z } from 'zod';
import { principalKinds } from './access.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();
/** As a parameter: up to the year 2200. */
const AskedInstant = z.coerce.number().int().min(0).max(7_258_118_400_000);

export const auditKinds = [
  /** Something was changed, or that was tried. */
  'action',
  /** Data of a single person was seen. */
  'view',
  /** Somebody signed in or out, or failed to. */
  'session',
] as const;

/** What is hashed: canonical JSON of it, behind the hash of the entry before. */
export const AuditEntry = z.object({
  /** Entries of one serving process are one chain. */
  chain: z.string(),
  /** 0, 1, 2 …: none is missing. */
  number: z.number().int().min(0),
  at: Instant,
  kind: z.enum(auditKinds),
  principal: z.object({
    kind: z.enum([...principalKinds, 'nobody']),
    id: z.string(),
    name: z.string(),
  }),
  /** Of the route: `POST /v1/experiments/:key/start`. */
  act: z.string(),
  /** What it was about: the key of an experiment, the name of a model, a user. '' for none. At most 256 characters. */
  subject: z.string(),
  /** What was given as the reason, its first 1,000 characters. Of the first entry of a chain: the heads of chains that it follows. */
  reason: z.string(),
  /** Status of the answer; 0: what was begun. What was done has a second entry of the same request, with its status. */
  status: z.number().int(),
  /** Id of the request, as in its answer. */
  request: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const StoredAuditEntry = AuditEntry.extend({
  /** SHA-256, hexadecimal: of the entry before in the chain, and of this one behind it. */
  before: z.string(),
  hash: z.string(),
});
export type StoredAuditEntry = z.infer<typeof StoredAuditEntry>;

export const AuditQuery = z.object({
  from: AskedInstant.optional(),
  to: AskedInstant.optional(),
  kind: z.enum(auditKinds).optional(),
  /** Name of who acted. */
  who: z.string().max(256).optional(),
  subject: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  /** Of the answer before: what comes behind it. */
  after: z.string().max(200).optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** `GET /v1/audit/export`: the same entries, all of them. */
export const AuditExportQuery = AuditQuery.omit({ limit: true, after: true }).extend({
  format: z.enum(['ndjson', 'csv']).default('ndjson'),
});
export type AuditExportQuery = z.infer<typeof AuditExportQuery>;

/** The newest first. */
export const AuditAnswer = z.object({
  entries: z.array(StoredAuditEntry),
  /** For the next page; null: these are all. */
  next: z.string().nullable(),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;

/** `GET /v1/audit/check`: whether the chains are whole. */
export const AuditCheck = z.object({
  entries: z.number().int(),
  chains: z.number().int(),
  /** The first entry of each broken chain that does not follow from the one before, and why. */
  broken: z.array(z.object({ chain: z.string(), number: z.number().int(), sentence: z.string() })),
  /**
   * `instant-entries-hash`, the hash over the heads of all chains up to the instant, ms since 1970: who wrote it down can tell later
   * that nothing was changed or cut off (`millrace audit verify --heads`). What is younger than a minute is not in it.
   */
  heads: z.string(),
  sentence: z.string(),
});
export type AuditCheck = z.infer<typeof AuditCheck>;
