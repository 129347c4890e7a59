/**
 * How the data plane learns of a definition: by a record of the event log, one in each partition, of a type that only the
 * engine may write.
 *
 * So a change of a definition has a place among the events, and what was counted is a function of the log alone: a replay
 * counts by the definitions of that time.
 */

/** `user` of such records. */
export const definitionUser = 'millrace';
/** Longest definition, in UTF-16 units of its JSON: it has to fit into an event. */
export const definitionLengthMax = 40_000;

export interface DefinitionOf {
  /** `type` of the record: says of what kind the definition is. */
  readonly type: string;
  /** Of this revision alone, among the definitions of all kinds: they have one user. */
  readonly id: string;
  /** Plain data. */
  readonly definition: unknown;
}

/**
 * The event that says it. Equal calls give equal bytes, and a second one of the same id is a duplicate.
 *
 * @param at ms since 1970
 * @throws RangeError when the definition is longer than {@link definitionLengthMax}
 */
export function definitionRecord({ type, id, definition }: DefinitionOf, at: number): string {
  const text = JSON.stringify(definition);
  if (text.length > definitionLengthMax) {
    throw new RangeError(
      `definition: expected at most ${definitionLengthMax} characters, got ${text.length}`,
    );
  }
  return JSON.stringify({
    id,
    type,
    time: at,
    user: definitionUser,
    // As text: an event may not be nested as deeply as a condition.
    context: { definition: text },
  });
}
