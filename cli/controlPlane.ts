/**
 * The control plane of a process: its work is done by one process at a time. With the embedded log that is this one; on
 * Kafka the processes with the role control elect it (decision 12).
 */
import type { Store } from '../contracts/store.ts';
import { keepStateSmall, type Upkeep } from '../control/stateUpkeep.ts';
import { standForElection } from '../sources/kafka/election.ts';
import type { KafkaAccess } from './eventPlace.ts';

export interface ControlPlane {
  /** The work is done here. */
  readonly isActive: boolean;
  stop(): Promise<void>;
}

/**
 * @param kafka undefined: the process is alone
 * @param say   told whether the work is done here, and what fails, a sentence each
 * @throws EngineError KAFKA_UNAVAILABLE
 */
export async function startControlPlane(
  store: Store,
  kafka: KafkaAccess | undefined,
  say: (sentence: string) => void,
): Promise<ControlPlane> {
  let upkeep: Upkeep | undefined;
  const begin = () => {
    upkeep = keepStateSmall(store, say);
  };
  const end = () => {
    upkeep?.stop();
    upkeep = undefined;
  };
  if (kafka === undefined) {
    begin();
    return {
      get isActive() {
        return upkeep !== undefined;
      },
      stop: async () => end(),
    };
  }
  const { library, place } = kafka;
  let stopping = false;
  const candidate = await standForElection({
    library,
    settings: place.settings,
    topic: `${place.topic}-control`,
    group: `${place.groupPrefix}-control`,
    onElected() {
      begin();
      say('This process is the active control plane now.');
    },
    onDeposed() {
      end();
      if (!stopping) say('This process is no longer the active control plane.');
    },
    onProblem: (problem) => say(`Kafka: ${problem}`),
  });
  return {
    get isActive() {
      return candidate.isElected;
    },
    stop() {
      stopping = true;
      return candidate.close();
    },
  };
}
