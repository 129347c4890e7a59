/**
 * How the data plane learns that a user is to be forgotten: by a record of the event log in the user's partition, of a type
 * that only the engine may write. Being in the log it has a place among the user's events: what came before it is forgotten, in
 * every replay, and what comes after is learnt anew.
 */

/** `type` of the record; its `user` is the one who is forgotten. */
export const eraseType = 'millrace.erase';

/**
 * The event that says it. Equal calls give equal bytes, and a second one of the same id is a duplicate.
 *
 * @param id of this erasure, among the ids of the user's events
 * @param at ms since 1970
 */
export function eraseEvent(user: string, id: string, at: number): string {
  return JSON.stringify({ id, type: eraseType, time: at, user });
}
