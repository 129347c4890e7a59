/** Leads candidates through a log of decisions, in slices so that whoever shares the thread is not kept waiting. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Policy } from '../../../contracts/policy.ts';
import type { EvaluationAnswer } from '../../../contracts/policyEvaluationApi.ts';
import { EvaluationReplay } from '../../../models/evaluation/evaluationReplay.ts';
import type { LoggedChoice } from '../../../models/evaluation/loggedChoice.ts';
import { rewardPredictor } from '../../../models/evaluation/rewardPredictor.ts';
import type { NamedCandidate } from './candidates.ts';
import { evaluationAnswer } from './evaluationAnswer.ts';

export interface LogOfDecisions {
  /** In the order of time. */
  readonly choices: AsyncIterable<LoggedChoice>;
  /** Known when all were read: decisions whose horizon has not ended, and those whose event is not there any more. */
  counts(): { readonly open: number; readonly withoutEvent: number };
}

export interface EvaluateOptions {
  readonly log: LogOfDecisions;
  /** Key of the policy whose log it is. */
  readonly policy: string;
  /** Its definition; undefined where it is not known. */
  readonly logged: Policy | undefined;
  readonly candidates: readonly NamedCandidate[];
  readonly bounds: readonly [number, number];
  readonly alpha?: number;
  /** Told after each slice how many decisions were taken. */
  readonly onProgress?: (decisions: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Work without a break, ms. */
const sliceMs = 4;

/** @throws EngineError EVALUATION_IMPOSSIBLE; what reading the log throws */
export async function evaluateLog(options: EvaluateOptions): Promise<EvaluationAnswer> {
  const { log, policy, logged, candidates, bounds, alpha = 0.05, onProgress, signal } = options;
  const replay = new EvaluationReplay({
    candidates: candidates.map(({ replayed }) => replayed),
    predictor: rewardPredictor(logged ?? mostTelling(candidates)),
    ...{ logged, bounds, alpha },
  });
  let from: number | null = null;
  let to: number | null = null;
  let taken = 0;
  let sliceFrom = performance.now();
  for await (const choice of log.choices) {
    replay.take(choice);
    from = Math.min(from ?? choice.time, choice.time);
    to = Math.max(to ?? choice.time, choice.time);
    taken += 1;
    if (performance.now() - sliceFrom < sliceMs) continue;
    onProgress?.(taken);
    await nextTurn();
    signal?.throwIfAborted();
    sliceFrom = performance.now();
  }
  const { open, withoutEvent } = log.counts();
  const reading = replay.read(open);
  return evaluationAnswer({
    ...{ policy, bounds, alpha, from, to, reading, candidates, open, withoutEvent },
  });
}

/** The candidate with the most features: by them rewards are predicted where the log's own policy is not known. */
function mostTelling(candidates: readonly NamedCandidate[]): Policy {
  const size = ({ replayed: { policy } }: NamedCandidate) => policy.context.features.length;
  const [first, ...others] = candidates;
  let best = first!;
  for (const each of others) if (size(each) > size(best)) best = each;
  return best.replayed.policy;
}
