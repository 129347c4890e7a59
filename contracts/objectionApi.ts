/** Objections over HTTP: what `/v1/users/:user/objection` and `/v1/objections` take and answer. */
import { z } from 'zod';
import { nameLengthMax } from './event.ts';
import { ObjectionKind, objectionKinds } from './objection.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();

export const ObjectingUser = z
  .string()
  .min(1)
  .max(nameLengthMax)
  .refine((text) => !text.includes('\0'), 'must not contain U+0000');

const To = z
  .array(ObjectionKind)
  .min(1)
  .max(objectionKinds.length)
  .default([...objectionKinds])
  .describe(
    'to what; all of it where it is absent. What was objected to before and is not named is taken back',
  );
const Reason = z.string().max(4_096).default('');
const Actor = z.string().max(256).default('').describe('who tells it, for the record');

export const ObjectionChange = z.strictObject({ to: To, reason: Reason, actor: Actor });
export type ObjectionChange = z.infer<typeof ObjectionChange>;

/** How somebody stands. */
export const Objection = z.object({
  user: z.string(),
  /** Empty: to nothing. */
  to: z.array(ObjectionKind),
  /** When that was told; null: it never was. */
  since: Instant.nullable(),
  /** Who told it, and why; '' where it never was. */
  actor: z.string(),
  reason: z.string(),
});
export type Objection = z.infer<typeof Objection>;

/** What a change of an objection has done, for the person and for the record. */
export const ObjectionReceipt = z.object({
  user: z.string(),
  /** Id of the record in the log. */
  record: z.string(),
  /** From when on it holds. */
  at: Instant,
  /** To what they object now, and did before. */
  to: z.array(ObjectionKind),
  before: z.array(ObjectionKind),
  /** Rows that are void from there on, by table. */
  removed: z.array(z.object({ table: z.string(), rows: z.number().int() })),
  /** What follows from it, and what stays, a sentence each. */
  consequences: z.array(z.string()),
  /** Whether the data plane has come to the record already, where that shows: null where it does not. */
  isHeard: z.boolean().nullable(),
});
export type ObjectionReceipt = z.infer<typeof ObjectionReceipt>;

/** Most people of one request, and of one page. */
export const objectionsMax = 10_000;
export const objectionPageMax = 1_000;

/** `POST /v1/objections`: each is judged by itself. */
export const ObjectionList = z.strictObject({
  objections: z.array(z.unknown()).min(1).max(objectionsMax),
  reason: Reason,
  actor: Actor,
});
export const ListedObjection = z.strictObject({ user: ObjectingUser, to: To });
export const ObjectionListAnswer = z.object({
  taken: z.number().int(),
  refused: z.number().int(),
  /** In the order of the request. */
  objections: z.array(
    z.union([
      z.object({ user: z.string(), to: z.array(ObjectionKind), record: z.string() }),
      z.object({ code: z.string(), problem: z.string() }),
    ]),
  ),
});
export type ObjectionListAnswer = z.infer<typeof ObjectionListAnswer>;

export const ObjectionsQuery = z.strictObject({
  to: ObjectionKind.optional().describe('those alone who object to it'),
  after: z.string().optional().describe('user behind whom to go on: `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(objectionPageMax).default(100),
});
export const ObjectionsAnswer = z.object({
  /** People who object to something. */
  total: z.number().int(),
  /** By name. */
  objections: z.array(Objection),
  /** Behind whom to go on; null at the end. */
  next: z.string().nullable(),
});
export type ObjectionsAnswer = z.infer<typeof ObjectionsAnswer>;
