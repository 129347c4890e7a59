/**
 * The control plane of a process: its work is done by one process at a time. With the embedded log that is this one; on
 * Kafka the processes with the role control elect it (decision 12).
 */
import type { Store } from '../contracts/store.ts';
import { type Announced, keepAnnounced } from '../control/definitions/keepAnnounced.ts';
import type { Certify } from '../control/experiments/certifier.ts';
import { evaluateRegistered } from '../control/experiments/evaluateRegistered.ts';
import type { Evaluator } from '../control/experiments/evaluator.ts';
import type { ExperimentRegistry } from '../control/experiments/registry.ts';
import type { ResultBoard } from '../control/experiments/resultBoard.ts';
import type { Adviser } from '../control/insights/adviser.ts';
import type { PolicyRegistry } from '../control/policies/openPolicies.ts';
import type { ModelRegistry } from '../control/registry/modelRegistry.ts';
import { keepStateSmall } from '../control/stateUpkeep.ts';
import type { Watcher } from '../control/watching/watcher.ts';
import { standForElection } from '../sources/kafka/election.ts';
import type { KafkaAccess } from './eventPlace.ts';
import type { ModelKeeper } from './keepModels.ts';

export interface ControlPlane {
  /** The work is done here. */
  readonly isActive: boolean;
  /** A pipeline of this process has just written what it counted: no need to wait for the next look. */
  written(): void;
  /** Somebody has changed an alert in this process. */
  answered(): void;
  /** Somebody has answered a recommendation in this process. */
  advised(): void;
  /** Somebody has asked for something of a model in this process. */
  asked(): void;
  /** Why no run of a model begins by itself now; undefined while the work is done elsewhere. */
  outlook(model: string): string | undefined;
  stop(): Promise<void>;
}

export interface ControlPlaneOptions {
  readonly store: Store;
  /** undefined: the process is alone. */
  readonly kafka: KafkaAccess | undefined;
  readonly registry: ExperimentRegistry;
  readonly policies: PolicyRegistry;
  readonly models: ModelRegistry;
  /** Who objects to what. */
  readonly objections: Announced;
  /** Takes the answers of the evaluations that are made here. */
  readonly board: ResultBoard;
  readonly certify: Certify;
  /** Begins to watch; the alerts are kept by one process at a time. */
  watch(): Watcher;
  /** Begins to look for what should be looked at or done. */
  advise(): Adviser;
  /** Begins to lead training runs and releases. */
  lead(): ModelKeeper;
  /** Begins to remove what is older than it may become. */
  retain(): { stop(): Promise<void> };
  /** Told whether the work is done here, and what fails, a sentence each. */
  readonly say: (sentence: string) => void;
}

/** @throws EngineError KAFKA_UNAVAILABLE */
export async function startControlPlane({
  store,
  kafka,
  registry,
  policies,
  models,
  objections,
  board,
  certify,
  watch,
  advise,
  lead,
  retain,
  say,
}: ControlPlaneOptions): Promise<ControlPlane> {
  let work: readonly { stop(): unknown }[] = [];
  let evaluator: Evaluator | undefined;
  let watcher: Watcher | undefined;
  let adviser: Adviser | undefined;
  let keeper: ModelKeeper | undefined;
  const begin = () => {
    evaluator = evaluateRegistered({ store, registry, board, certify, say });
    watcher = watch();
    adviser = advise();
    keeper = lead();
    work = [
      keepStateSmall(store, say),
      retain(),
      keepAnnounced(registry, 'experiments', say),
      keepAnnounced(policies, 'policies', say),
      keepAnnounced(models, 'models', say),
      keepAnnounced(objections, 'objections', say),
      evaluator,
      watcher,
      adviser,
      keeper,
    ];
  };
  const told = {
    written() {
      evaluator?.look();
      adviser?.look();
    },
    answered: () => watcher?.look(),
    advised: () => adviser?.look(),
    asked: () => keeper?.look(),
    outlook: (model: string) => keeper?.outlook(model),
  };
  const end = async () => {
    const ending = work;
    work = [];
    evaluator = undefined;
    watcher = undefined;
    adviser = undefined;
    keeper = undefined;
    await Promise.all(ending.map(async (each) => each.stop()));
  };
  if (kafka === undefined) {
    begin();
    return {
      get isActive() {
        return work.length > 0;
      },
      ...told,
      stop: end,
    };
  }
  const { library, place } = kafka;
  let stopping = false;
  let ending: Promise<void> = Promise.resolve();
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
      ending = end().catch((error: unknown) => say(String(error)));
      if (!stopping) say('This process is no longer the active control plane.');
    },
    onProblem: (problem) => say(`Kafka: ${problem}`),
  });
  return {
    get isActive() {
      return candidate.isElected;
    },
    ...told,
    async stop() {
      stopping = true;
      await candidate.close();
      await ending;
    },
  };
}
