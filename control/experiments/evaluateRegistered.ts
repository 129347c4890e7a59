/** Evaluates what the registry has running; where harm or a loss of units is certain, the experiment is moved by the engine. */
import type { Store } from '../../contracts/store.ts';
import type { ExperimentAct } from './actOn.ts';
import type { Certify } from './certifier.ts';
import { type Evaluator, startEvaluator } from './evaluator.ts';
import type { ExperimentRegistry } from './registry.ts';
import type { ResultBoard } from './resultBoard.ts';

export interface EvaluationOptions {
  readonly store: Store;
  readonly registry: ExperimentRegistry;
  /** Takes the answers; emptied at the end. */
  readonly board: ResultBoard;
  readonly certify: Certify;
  /** Told what fails, a sentence each. */
  readonly say: (sentence: string) => void;
}

export const engineActor = 'engine';

export function evaluateRegistered(options: EvaluationOptions): Evaluator {
  const { store, registry, board, say } = options;
  const evaluator = startEvaluator({
    store,
    definitions: {
      running: () =>
        registry
          .experiments()
          .filter(({ record: { experiment } }) => isEvaluated(experiment.state))
          .map(({ record, at }) => ({ record, changedAt: at })),
    },
    onAnswer: (answer) => board.put(answer),
    act: (key, _revision, act) => carryOut(options, key, act),
    say,
  });
  return {
    get pending() {
      return evaluator.pending;
    },
    look: () => evaluator.look(),
    async stop() {
      await evaluator.stop();
      board.clear();
    },
  };
}

function isEvaluated(state: string): boolean {
  return state === 'running' || state === 'paused';
}

/** @throws Error when it was not done and is still wanted */
async function carryOut(
  { registry, certify, say }: EvaluationOptions,
  key: string,
  { move, reason, decision, hold }: ExperimentAct,
): Promise<void> {
  if (decision !== undefined) {
    // Before the stop: afterwards units that are under way still come to their score. It must not keep it waiting for long.
    await certify(key).catch((error: unknown) => say(`No certificate of ${key}: ${String(error)}`));
  }
  const by = { actor: engineActor, reason };
  const written = await registry.move(key, { move, decision, hold }, by);
  if (written.outcome === 'in place' || written.outcome === 'new stage') return;
  const state = registry.experiment(key)?.record.experiment.state;
  // Somebody was faster.
  if (state !== 'running' && (move === 'pause' || state !== 'paused')) return;
  const why =
    written.outcome === 'refused'
      ? written.problems.map(({ sentence }) => sentence).join(' ')
      : written.outcome;
  throw new Error(why);
}
