/** Asks the engine what other policies would have earned, and follows how far it has come; leaving the page ends it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { EvaluationAnswer } from '../../contracts/policyEvaluationApi.ts';
import { problemOf } from '../data/client.ts';
import type { PossibleCandidate } from './candidates.ts';
import { evaluatePolicy } from './queries.ts';

export interface Asked {
  readonly candidates: readonly PossibleCandidate[];
  /** ms; absent: all there is. */
  readonly from?: number;
  readonly to?: number;
}

export type EvaluationState =
  | { readonly phase: 'idle' }
  /** `of` is 0 until the engine has begun. */
  | { readonly phase: 'running'; readonly decisions: number; readonly of: number }
  | { readonly phase: 'done'; readonly asked: Asked; readonly answer: EvaluationAnswer }
  | { readonly phase: 'failed'; readonly error: Error };

export interface Evaluation {
  readonly state: EvaluationState;
  run(asked: Asked): void;
  cancel(): void;
}

/** @param key of the policy by whose log is judged */
export function useEvaluation(key: string): Evaluation {
  const [state, setState] = useState<EvaluationState>({ phase: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback(
    async (asked: Asked) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const tell = (next: EvaluationState) => {
        if (!controller.signal.aborted) setState(next);
      };
      const { candidates, ...range } = asked;
      tell({ phase: 'running', decisions: 0, of: 0 });
      try {
        const query = { candidates: candidates.map((each) => each.asked), ...range };
        for await (const line of evaluatePolicy(key, query, controller.signal)) {
          if ('progress' in line) tell({ phase: 'running', ...line.progress });
          else if ('evaluation' in line) tell({ phase: 'done', asked, answer: line.evaluation });
          else throw problemOf(Number(line.problem['status'] ?? 0), line.problem);
        }
      } catch (error) {
        tell({ phase: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      }
    },
    [key],
  );
  const cancel = useCallback(() => {
    running.current?.abort();
    setState({ phase: 'idle' });
  }, []);
  return { state, run: (asked) => void run(asked), cancel };
}
