/**
 * What a person may object to, and how the data plane learns of it: by a record of the event log in the person's partition, of a
 * type that only the engine may write. Being in the log it has a place among the person's events: what comes behind it is not
 * used, in every replay, and what came before it was.
 *
 * A record says the whole of it: the last one holds. One that objects to nothing takes back what was objected to before.
 */
import { z } from 'zod';

export const objectionKinds = [
  /** What is learnt of the person, and answers that are chosen by it: preferences, policies, predictions on request. */
  'personalization',
  /** Variants, exposures and outcomes. */
  'experiments',
  /** Examples, training sets, and the online learners. */
  'training',
] as const;
export const ObjectionKind = z.enum(objectionKinds);
export type ObjectionKind = z.infer<typeof ObjectionKind>;

/** `type` of the record; its `user` is the one who objects. */
export const objectionType = 'millrace.objection';

/** Of the event's `context`. */
export const ObjectionFields = z.object({
  /** false: to nothing any more. */
  objects: z.boolean(),
  to: z.array(ObjectionKind).max(objectionKinds.length),
});
export type ObjectionFields = z.infer<typeof ObjectionFields>;

/** Bit of each kind, where many people are held. */
export const objectionBit: Readonly<Record<ObjectionKind, number>> = {
  personalization: 1,
  experiments: 2,
  training: 4,
};

/** @returns 0 for whoever objects to nothing */
export function objectionBits(to: readonly ObjectionKind[]): number {
  return to.reduce((bits, kind) => bits | objectionBit[kind], 0);
}

/** In the order of {@link objectionKinds}, each once. */
export function kindsOf(bits: number): ObjectionKind[] {
  return objectionKinds.filter((kind) => (bits & objectionBit[kind]) !== 0);
}

/**
 * The event that says it. Equal calls give equal bytes, and a second one of the same id is a duplicate.
 *
 * @param id of this objection, among the ids of the person's events
 * @param at ms since 1970
 */
export function objectionEvent(
  user: string,
  id: string,
  at: number,
  to: readonly ObjectionKind[],
): string {
  const context: ObjectionFields = { objects: to.length > 0, to: [...to] };
  return JSON.stringify({ id, type: objectionType, time: at, user, context });
}
