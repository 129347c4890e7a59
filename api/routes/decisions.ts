/**
 * `POST /v1/decisions`: which variants a user gets, with the exposures written before the answer; or, with a policy, which action.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import type { Attributes } from '../../contracts/attributes.ts';
import { type Experiment, stageAt } from '../../contracts/experiment.ts';
import {
  DecisionsAnswer,
  DecisionsQuery,
  type ExperimentDecision,
} from '../../contracts/experimentApi.ts';
import {
  PolicyDecision,
  PolicyDecisions,
  PolicyQueries,
  PolicyQuery,
} from '../../contracts/policyApi.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import {
  type Assignment,
  assign,
  assignObjector,
  isExposure,
} from '../../models/assignment/assign.ts';
import { unitOf } from '../../models/assignment/unit.ts';
import type { PolicyDesk } from '../decisions/policyDesk.ts';
import { type Exposing, writeExposures } from '../exposures.ts';
import type { ObjectionDesk } from '../objectionDesk.ts';
import { problemOf, RequestError } from '../problems.ts';
import type { EventIngest } from './events.ts';

/** Decisions of a batch that are made without a pause, ms. */
const sliceMs = 4;

const description =
  'Asks for some experiments, or for all that run. Each decision says why. The exposures of those that count are in the event ' +
  'log when the answer comes; asked again within the hour, they count once. `expose: false` writes none: send an event of ' +
  'the type `exposure` yourself, with variant, probability and stage as answered, when the user sees the variant. Who objects to experiments has the control of those that run. 503: serve what there ' +
  'is without the experiments. With `policy` instead: which action of the policy the user gets, and its probability; send what ' +
  'came of it as an event of the type `outcome` whose `decision` is the id that is answered. Who objects to personalization gets the ' +
  'control, `way` is `objection`, and nothing is written.';

const ofExperiments = DecisionsQuery.refine(
  ({ user }) => !user.includes('\0'),
  'user: must not contain U+0000',
);
const ofPolicy = PolicyQuery.refine(
  ({ user, id = '' }) => !user.includes('\0') && !id.includes('\0'),
  'user, id: must not contain U+0000',
);

/** By the schema that is meant: what is wrong is told of that one alone. */
const byKind: FastifySchemaCompiler<unknown> = (route) => {
  const policy = validatorCompiler({ ...route, schema: ofPolicy });
  const experiments = validatorCompiler({ ...route, schema: ofExperiments });
  return (body: unknown) => {
    const isPolicy = typeof body === 'object' && body !== null && 'policy' in body;
    return (isPolicy ? policy : experiments)(body);
  };
};

export function decisionRoutes(
  registry: ExperimentRegistry,
  policies: PolicyDesk,
  ingest: EventIngest,
  objections: Pick<ObjectionDesk, 'objects'>,
  clock: () => number,
  pseudonymOf: (user: string) => string,
) {
  async function variantsOf(query: DecisionsQuery): Promise<DecisionsAnswer> {
    const { user, attributes, experiments: keys, expose } = query;
    const now = clock();
    const name = pseudonymOf(user);
    const isObjecting = objections.objects(name, 'experiments');
    const asked = keys === undefined ? allRunning(registry) : named(registry, keys);
    const decided = asked.map((experiment) => ({
      experiment,
      assignment: isObjecting
        ? assignObjector(experiment)
        : decide(experiment, name, attributes, now),
    }));
    const exposing = expose
      ? decided.flatMap(({ experiment, assignment }) => exposingOf(experiment, assignment))
      : [];
    await writeExposures(ingest, exposing, user, attributes, now);
    const decisions = decided.map(({ experiment, assignment }) =>
      decisionOf(experiment, assignment, expose),
    );
    return { user, decisions };
  }

  return async (app: FastifyInstance): Promise<void> => {
    const careful = app.getDefaultJsonParser('error', 'error');
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
      const text = body as string;
      if (couldPollute(text)) careful(request, text, done);
      else parsePlainly(text, done);
    });
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.post(
      '/v1/decisions',
      {
        schema: {
          summary: 'Which variants a user gets, or which action of a policy',
          description,
          tags: ['experiments', 'policies'],
          body: z.union([PolicyQuery, DecisionsQuery]),
          response: {
            200: z.union([PolicyDecision, DecisionsAnswer]),
            400: Problem,
            404: Problem,
            422: Problem,
            503: Problem,
          },
        },
        validatorCompiler: byKind,
        // What is answered is made here, by its type: a second look at each answer would cost as much as the decision.
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body }) => ('policy' in body ? policies.decide(body) : variantsOf(body)),
    );

    typed.post(
      '/v1/decisions/batch',
      {
        schema: {
          summary: 'Many decisions of policies, each judged by itself',
          description:
            'In the order of the request; where one was not made, `code` and `problem` say why.',
          tags: ['policies'],
          body: PolicyQueries,
          response: { 200: PolicyDecisions, 400: Problem, 503: Problem },
        },
      },
      async ({ body: { decisions } }) => ({ decisions: await decidedInTurns(policies, decisions) }),
    );
  };
}

/** Whether a key of the JSON may be one that changes prototypes, also when it is written with escapes. */
function couldPollute(text: string): boolean {
  return text.includes('__proto__') || text.includes('constructor') || text.includes('\\u');
}

function parsePlainly(text: string, done: (error: Error | null, body?: unknown) => void): void {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    done(Object.assign(error as Error, { statusCode: 400 }));
    return;
  }
  done(null, body);
}

/** Without keeping others waiting: a thousand decisions of a large policy take a second. */
async function decidedInTurns(policies: PolicyDesk, queries: readonly unknown[]) {
  const decided: ReturnType<typeof decidedOrProblem>[] = [];
  let from = performance.now();
  for (const query of queries) {
    const each = decidedOrProblem(policies, query);
    // Heard of below, when all have begun.
    each.catch(() => undefined);
    decided.push(each);
    if (performance.now() - from < sliceMs) continue;
    await nextTurn();
    from = performance.now();
  }
  return Promise.all(decided);
}

async function decidedOrProblem(policies: PolicyDesk, query: unknown) {
  const parsed = ofPolicy.safeParse(query);
  if (!parsed.success) {
    const problem = parsed.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
    return { code: 'REQUEST_INVALID', problem };
  }
  try {
    return await policies.decide(parsed.data);
  } catch (error) {
    const { code = 'INTERNAL', detail = '', status } = problemOf(error);
    if (status >= 500) throw error;
    return { code, problem: detail };
  }
}

function allRunning(registry: ExperimentRegistry): Experiment[] {
  return registry
    .allInForce()
    .map(({ experiment }) => experiment)
    .filter(({ state }) => state === 'running');
}

function named(registry: ExperimentRegistry, keys: readonly string[]): Experiment[] {
  return [...new Set(keys)].map((key) => {
    const found = registry.inForce(key)?.experiment ?? registry.experiment(key)?.record.experiment;
    if (found !== undefined) return notYet(found, registry.inForce(key) === undefined);
    throw new RequestError('NOT_FOUND', `There is no experiment ${key}.`);
  });
}

/** Known, but not in the log yet: it takes in nobody. */
function notYet(experiment: Experiment, isAhead: boolean): Experiment {
  return isAhead ? { ...experiment, state: 'draft' } : experiment;
}

type Decided = Assignment | 'no unit';

function decide(
  experiment: Experiment,
  user: string,
  attributes: Attributes,
  now: number,
): Decided {
  const unit = unitOf(experiment, user, attributes);
  if (unit === undefined) return 'no unit';
  const stage = stageAt(experiment, now) ?? experiment.stages[0];
  return assign(experiment, stage?.number, unit, attributes);
}

function exposingOf(experiment: Experiment, assignment: Decided): Exposing[] {
  if (assignment === 'no unit' || !isExposure(assignment)) return [];
  const { variant, probability, stage } = assignment;
  return [{ experiment, variant: variant!, probability: probability!, stage: stage! }];
}

function decisionOf(
  experiment: Experiment,
  assignment: Decided,
  expose: boolean,
): ExperimentDecision {
  const { key, control, variants, unit } = experiment;
  const payloadOf = (name: string) => variants.find((each) => each.key === name)?.payload ?? null;
  const without = { experiment: key, payload: payloadOf(control), exposed: false };
  if (assignment === 'no unit') {
    const reason = `the attributes have no "${unit}", by which it assigns`;
    return { ...without, variant: null, probability: null, stage: null, reason };
  }
  const { variant, probability, stage, reason } = assignment;
  if (variant === null) return { ...without, variant, probability, stage, reason };
  const exposed = expose && isExposure(assignment);
  return {
    experiment: key,
    variant,
    payload: payloadOf(variant),
    probability,
    stage,
    reason,
    exposed,
  };
}
