/** `POST /v1/decisions`: which variants a user gets, with the exposures written before the answer. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Problem } from '../../contracts/api.ts';
import { type Experiment, stageAt } from '../../contracts/experiment.ts';
import {
  DecisionsAnswer,
  DecisionsQuery,
  type ExperimentDecision,
} from '../../contracts/experimentApi.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import { type Assignment, assign, isExposure } from '../../models/assignment/assign.ts';
import { type Attributes, unitOf } from '../../models/assignment/unit.ts';
import { type Exposing, writeExposures } from '../exposures.ts';
import { RequestError } from '../problems.ts';
import type { EventIngest } from './events.ts';

const description =
  'Asks for some experiments, or for all that run. Each decision says why. The exposures of those that count are in the event ' +
  'log when the answer comes; asked again within the hour, they count once. `expose: false` writes none: send an event of ' +
  'the type `exposure` yourself, with variant, probability and stage as answered, when the user sees the variant. 503: serve what there ' +
  'is without the experiments.';

export function decisionRoutes(
  registry: ExperimentRegistry,
  ingest: EventIngest,
  clock: () => number,
) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.post(
      '/v1/decisions',
      {
        schema: {
          summary: 'Which variants a user gets',
          description,
          tags: ['experiments'],
          body: DecisionsQuery.refine(
            ({ user }) => !user.includes('\0'),
            'user: must not contain U+0000',
          ),
          response: { 200: DecisionsAnswer, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async ({ body: { user, attributes, experiments: keys, expose } }) => {
        const now = clock();
        const asked = keys === undefined ? allRunning(registry) : named(registry, keys);
        const decided = asked.map((experiment) => ({
          experiment,
          assignment: decide(experiment, user, attributes, now),
        }));
        const exposing = expose
          ? decided.flatMap(({ experiment, assignment }) => exposingOf(experiment, assignment))
          : [];
        await writeExposures(ingest, exposing, user, attributes, now);
        const decisions = decided.map(({ experiment, assignment }) =>
          decisionOf(experiment, assignment, expose),
        );
        return { user, decisions };
      },
    );
  };
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
