/**
 * Writes the definitions that are in use into the log again, now and then: so a pipeline that starts late learns of them, what
 * the log no longer keeps is in it again, and what a process left out when it died between registry and log is made good. The
 * data plane knows what it knows: it takes nothing twice.
 */

export interface Announcing {
  stop(): void;
}

/** Of which definitions are written again. */
export interface Announced {
  announceAgain(): Promise<void>;
}

const everyMsDefault = 1_800_000;

/**
 * Once at the start, then every half an hour.
 *
 * @param what  of which definitions are, in a sentence: "experiments"
 * @param say   told what fails, a sentence each; the next time tries again
 */
export function keepAnnounced(
  registry: Announced,
  what: string,
  say: (sentence: string) => void,
  everyMs = everyMsDefault,
): Announcing {
  const announce = () => {
    registry.announceAgain().catch((error: unknown) => {
      say(`The ${what} were not written into the log again: ${String(error)}`);
    });
  };
  announce();
  const timer = setInterval(announce, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
