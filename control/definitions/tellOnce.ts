/** Says what goes wrong when it begins, and not again each second while it lasts. */

export interface TellOnce {
  /** Says the sentence unless something was told under this key since it was forgotten. */
  tell(key: string, sentence: string): void;
  /** It is well again. */
  forget(key: string): void;
}

export function createTellOnce(say: (sentence: string) => void): TellOnce {
  const told = new Set<string>();
  return {
    tell(key, sentence) {
      if (told.has(key)) return;
      told.add(key);
      say(sentence);
    },
    forget: (key) => void told.delete(key),
  };
}

/**
 * How looks by the clock went, for `keepLooking`.
 *
 * @param what is looked for: "Experiments"
 */
export function tellLooks(told: TellOnce, what: string): (error: unknown) => void {
  return (error) => {
    if (error === undefined) return told.forget('look');
    const why = error instanceof Error ? error.message : String(error);
    told.tell('look', `${what} are not brought up to date: ${why}`);
  };
}
