/**
 * Writes the experiments that run into the log again, now and then: so a pipeline that starts late learns of them, and what a
 * process left out when it died between registry and log is made good. The data plane knows what it knows: it takes
 * nothing twice.
 */
import type { ExperimentRegistry } from './registry.ts';

export interface Announcing {
  stop(): void;
}

const everyMsDefault = 1_800_000;

/**
 * Once at the start, then every half an hour.
 *
 * @param say told what fails, a sentence each; the next time tries again
 */
export function keepAnnounced(
  registry: Pick<ExperimentRegistry, 'announceAgain'>,
  say: (sentence: string) => void,
  everyMs = everyMsDefault,
): Announcing {
  const announce = () => {
    registry.announceAgain().catch((error: unknown) => {
      say(`The experiments were not written into the log again: ${String(error)}`);
    });
  };
  announce();
  const timer = setInterval(announce, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
