/** Exposures that the engine writes itself, because it was asked what a user is about to see. */
import type { Attributes } from '../contracts/attributes.ts';
import type { Experiment } from '../contracts/experiment.ts';
import { exposureType } from '../contracts/exposureFields.ts';
import { readAttribute, unitOf } from '../models/assignment/unit.ts';
import { RequestError } from './problems.ts';
import type { EventIngest } from './routes/events.ts';

/** An assignment that counts: what somebody got, with which probability, by which stage. */
export interface Exposing {
  readonly experiment: Experiment;
  readonly variant: string;
  readonly probability: number;
  readonly stage: number;
}

const hourMs = 3_600_000;
/** As long as the data plane keeps them. */
const segmentLengthMax = 64;

/**
 * The event. Its id is the same for the same user, experiment, variant and stage within an hour of the clock: so asking
 * again writes a duplicate, which is dropped, and the log need not be asked whether the user was seen before.
 *
 * @param attributes of the user, for cluster, segments and covariates
 */
export function exposureEvent(
  { experiment, variant, probability, stage }: Exposing,
  user: string,
  attributes: Attributes,
  now: number,
) {
  const { key, unit } = experiment;
  const segments = segmentsOf(experiment, attributes);
  return {
    id: `exposure:${key}:${variant}:${stage}:${Math.floor(now / hourMs)}`,
    type: exposureType,
    time: now,
    user,
    context: {
      experiment: key,
      variant,
      probability,
      stage,
      ...(unit !== 'user' && { unit: unitOf(experiment, user, attributes) }),
      ...(Object.keys(segments).length > 0 && { segments }),
      ...numbersOf(experiment, attributes),
    },
  };
}

/**
 * Writes exposures as events come: through the door, into the log, which knows users under their pseudonyms.
 *
 * @param user id that was asked with: by it the log chooses the partition
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE
 * @throws RequestError REQUEST_INVALID when the door refuses one: the user or the cluster is no id
 */
export async function writeExposures(
  ingest: EventIngest,
  exposures: readonly Exposing[],
  user: string,
  attributes: Attributes,
  now: number,
): Promise<void> {
  if (exposures.length === 0) return;
  const lines = exposures.map((each) => JSON.stringify(exposureEvent(each, user, attributes, now)));
  const body = new TextEncoder().encode(lines.join('\n'));
  const { refusals } = await ingest.ingest(body, 'application/x-ndjson');
  const [refusal] = refusals;
  if (refusal === undefined) return;
  throw new RequestError('REQUEST_INVALID', `The exposure was refused: ${refusal.reason}`);
}

function segmentsOf({ segments }: Experiment, attributes: Attributes): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const name of segments) {
    const value = readAttribute(attributes, name);
    if (typeof value === 'string') known[name] = value.slice(0, segmentLengthMax);
    else if (typeof value === 'number' || typeof value === 'boolean') known[name] = value;
  }
  return known;
}

/** Attributes that covariates read as `context.…`, under their own names. */
function numbersOf({ metrics }: Experiment, attributes: Attributes): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const covariate of metrics.flatMap(({ covariates = [] }) => covariates)) {
    if (covariate.of !== 'exposure') continue;
    const [, name] = /^context\.([^.]+)$/.exec(covariate.field) ?? [];
    const value = name === undefined ? undefined : readAttribute(attributes, name);
    if (typeof value === 'number' || typeof value === 'boolean') known[name!] = value;
  }
  return known;
}
