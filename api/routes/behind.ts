/** `GET /v1/events/behind`: from a number to the events that it counts. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import {
  BehindAnswer,
  BehindQuestion,
  behindLimitMax,
  numberKinds,
} from '../../contracts/eventsBehind.ts';
import type { BehindPage, BehindPart, KnownNumbers } from '../../control/behind/readBehind.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import type { PolicyRegistry } from '../../control/policies/openPolicies.ts';
import { behindCursor, behindCursorMax, readBehindCursor } from '../behindCursor.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';

export interface BehindReader {
  /** @returns undefined when there is no such number */
  behind(
    question: BehindQuestion,
    page: BehindPage,
    known: KnownNumbers,
    signal?: AbortSignal,
  ): Promise<BehindPart | undefined>;
}

const text = (summary: string) => z.string().max(256).optional().describe(summary);
const asked = {
  of: z.enum(numberKinds).describe('what the number is'),
  pipeline: text('of a metric or column, by default the one whose data is newest; of a model'),
  metric: text('a windowed metric; of an experiment: what it counts of the units, absent: units'),
  column: text('one that is profiled by day, as drift names it'),
  above: text('of a column of numbers: above it, …'),
  upTo: text('… and at most it'),
  segment: text('of a metric; absent: all together'),
  key: text('of an experiment or policy'),
  variant: text('of an experiment'),
  action: text('of a policy; absent: all'),
  way: text('of a policy: by what was decided; policy by default, holdout is its control'),
  model: text('one of the engine’s own'),
  version: text('of a model; absent: all'),
  slice: text('of a model: a field of the context, …'),
  value: text('… and its value; of a column: one of its texts. Empty: the event has none'),
  from: text(
    'event time, ms since 1970, inclusive; of an experiment or policy its start by default',
  ),
  to: text('exclusive; of an experiment or policy now by default'),
};

const BehindQuery = z
  .strictObject({
    ...asked,
    limit: z.coerce.number().int().min(1).max(behindLimitMax).default(50),
    after: z.string().max(behindCursorMax).optional().describe('`next` of the answer before'),
  })
  .superRefine(({ limit: _, after: __, ...question }, context) => {
    const { error } = BehindQuestion.safeParse(given(question));
    for (const { path, message } of error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

function given(question: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined));
}

export function behindRoutes(
  reader: BehindReader,
  experiments: Pick<ExperimentRegistry, 'experiment'>,
  policies: Pick<PolicyRegistry, 'policy'>,
) {
  const known: KnownNumbers = {
    experiment: (key) => experiments.experiment(key)?.record,
    policy: (key) => policies.policy(key)?.record.policy,
  };
  return async (app: FastifyInstance): Promise<void> => {
    app.withTypeProvider<ZodTypeProvider>().get(
      '/v1/events/behind',
      {
        schema: {
          summary: 'The archived events behind a number, the newest first',
          description:
            'A metric, a column by days, an arm of an experiment, the decisions of a policy, or the predictions of a model. ' +
            'The events are found by the definition that counts them; `counted` is what the number’s own sums say, `kept` how many of these are still in ' +
            'the archive, `late` how many came too late to be counted. Duplicates are not archived, and what was refused stands ' +
            'among the dead letters.',
          tags: ['events'],
          querystring: BehindQuery,
          response: { 200: BehindAnswer, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async ({ query: { limit, after: cursor, ...query } }, reply) => {
        const question = BehindQuestion.parse(given(query));
        const after = cursor === undefined ? undefined : readBehindCursor(question, cursor);
        const part = await reader.behind(question, { limit, after }, known, departureOf(reply));
        if (part === undefined) {
          throw new RequestError('NOT_FOUND', 'There is no such number whose events are kept.');
        }
        const { last, ...answer } = part;
        return { ...answer, next: last === undefined ? null : behindCursor(question, last) };
      },
    );
  };
}
