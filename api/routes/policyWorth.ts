/** `/v1/policies/:key/report` and `/evaluate`: what a policy earns, and what another would have. */

import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import type { Policy } from '../../contracts/policy.ts';
import { PolicyReport } from '../../contracts/policyApi.ts';
import {
  EvaluationAnswer,
  type EvaluationLine,
  EvaluationQuery,
} from '../../contracts/policyEvaluationApi.ts';
import { readCandidates } from '../../control/policies/evaluation/candidates.ts';
import { evaluateLog } from '../../control/policies/evaluation/evaluateLog.ts';
import type { PolicyRegistry } from '../../control/policies/openPolicies.ts';
import type { ReaderOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { problemOf, RequestError } from '../problems.ts';
import type { PolicyReader } from '../queries/policies.ts';
import { createSlots } from '../queries/slots.ts';
import { flag, Instant } from './parameters.ts';

const Key = z.object({ key: z.string().min(1).max(100) });
const Range = z
  .strictObject({
    from: Instant.optional().describe('ms since 1970, inclusive; absent: since it was started'),
    to: Instant.optional().describe('ms since 1970, exclusive; absent: until now'),
    brief: flag('false').describe(
      'what the policy earns against its control alone, without actions and segments',
    ),
  })
  .refine(({ from = 0, to = Infinity }) => from < to, {
    path: ['from'],
    error: 'must lie before to',
  });
const tags = ['policies'];
const reads = { 400: Problem, 404: Problem, 422: Problem, 503: Problem };
const lines = 'application/x-ndjson';

/** Between two lines of progress, ms. */
const progressEveryMs = 500;

/** @param logs what evaluations are made of: their answers are of all decisions */
export function policyWorthRoutes(
  registry: PolicyRegistry,
  readerOf: ReaderOf<PolicyReader>,
  logs: Pick<PolicyReader, 'policyLog'>,
) {
  // An evaluation takes a thread's time: one after the other.
  const slots = createSlots(1, 4);
  const byKey = (key: string): Policy | undefined => registry.policy(key)?.record.policy;

  function known(key: string): Policy {
    const policy = byKey(key);
    if (policy !== undefined) return policy;
    throw new RequestError('NOT_FOUND', `There is no policy ${key}.`);
  }

  async function evaluate(
    logged: Policy,
    { candidates, from, to }: EvaluationQuery,
    signal: AbortSignal,
    onProgress?: (decisions: number, of: number) => void,
  ): Promise<EvaluationAnswer> {
    const judged = readCandidates(candidates, logged, byKey);
    return slots.run(async () => {
      const log = await logs.policyLog(logged, { from, to }, signal);
      return evaluateLog({
        ...{ log, policy: logged.key, logged, candidates: judged, signal },
        bounds: logged.reward.bounds,
        onProgress: (decisions) => onProgress?.(decisions, log.decisions),
      });
    }, signal);
  }

  /** Progress, and at the end the evaluation or what is wrong. */
  async function* linesOf(logged: Policy, query: EvaluationQuery, signal: AbortSignal) {
    let progress: { decisions: number; of: number } | undefined;
    let wake: () => void = () => {};
    let ended = false;
    const evaluation = evaluate(logged, query, signal, (decisions, of) => {
      progress = { decisions, of };
    });
    void evaluation
      .catch(() => undefined)
      .then(() => {
        ended = true;
        wake();
      });
    while (!ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, progressEveryMs).unref();
      });
      if (progress !== undefined && !ended) yield lineOf({ progress });
    }
    try {
      yield lineOf({ evaluation: await evaluation });
    } catch (error) {
      const { detail = '', ...problem } = problemOf(error);
      yield lineOf({ problem: { ...problem, detail } });
    }
  }

  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/policies/:key/report',
      {
        schema: {
          summary: 'What a policy does and what it earns',
          description:
            'By decisions whose horizon has ended. Intervals of `worth` hold at all times together, with the user as unit. 422 when ' +
            'there are more decisions in the range than one answer takes.',
          tags,
          params: Key,
          querystring: Range,
          response: { 200: PolicyReport, ...reads },
        },
      },
      async (request, reply) =>
        readerOf(request).policyReport(
          known(request.params.key),
          request.query,
          departureOf(reply),
        ),
    );

    typed.post(
      '/v1/policies/:key/evaluate',
      {
        schema: {
          summary: 'What other policies would have earned on the decisions of this one',
          description:
            'Each candidate is led through the log and learns from it. With `Accept: application/x-ndjson` the answer is lines: ' +
            'progress while it goes on, at the end `evaluation` or `problem`. 422 when the log cannot tell, with what to do.',
          tags,
          params: Key,
          body: EvaluationQuery,
          response: { 200: EvaluationAnswer, ...reads },
        },
      },
      async ({ params: { key }, body, headers }, reply) => {
        const logged = known(key);
        const signal = departureOf(reply);
        const wantsLines = headers.accept?.includes(lines) === true;
        if (!wantsLines) return evaluate(logged, body, signal);
        return reply
          .header('content-type', lines)
          .send(Readable.from(linesOf(logged, body, signal)) as never);
      },
    );
  };
}

function lineOf(line: EvaluationLine): string {
  return `${JSON.stringify(line)}\n`;
}
