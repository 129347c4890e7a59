/**
 * An exposure as its event says it: who saw which variant of what, with which probability, in which stage.
 *
 * ```json
 * { "id": "…", "type": "exposure", "time": "…", "user": "ada", "context": { "experiment": "hints", "variant": "with",
 *   "probability": 0.5, "stage": 1, "unit": "class 7b", "segments": { "grade": "7" } } }
 * ```
 *
 * `unit` names the cluster where the experiment assigns clusters; `segments` has the attributes by which effects are shown
 * apart.
 */
import { EngineError } from '../../contracts/errors.ts';
import { nameLengthMax } from '../../contracts/event.ts';
import type { CountedExperiment, Definitions } from './definitions.ts';

export const exposureType = 'exposure';

export interface Exposure {
  readonly counted: CountedExperiment;
  /** Place of the variant. */
  readonly variant: number;
  /** Number of the stage. */
  readonly stage: number;
  /** The cluster; '' where users are assigned. */
  readonly cluster: string;
  /** Values of the experiment's segments, in their order; '' where the exposure has none. */
  readonly segments: readonly string[];
}

/** Longest value of a segment that is kept. */
const segmentLengthMax = 64;
/** How far a logged probability may be from that of its stage. */
const tolerance = 1e-6;

/**
 * @param context of the event
 * @returns undefined for an experiment that the partition does not know, or that takes in nobody now: nothing is counted
 * @throws EngineError EXPOSURE_INVALID with a sentence that says what is wrong
 */
export function readExposure(context: unknown, definitions: Definitions): Exposure | undefined {
  const fields = (typeof context === 'object' ? (context ?? {}) : {}) as Record<string, unknown>;
  const key = textOf(fields, 'experiment');
  const variantKey = textOf(fields, 'variant');
  const probability = fields['probability'];
  if (!(typeof probability === 'number' && probability > 0 && probability <= 1)) {
    refuse(
      `context.probability: expected the probability of the variant, in (0, 1], got ${shown(probability)}: without it no ` +
        'effect can be computed, and it cannot be recovered afterwards',
    );
  }
  const number = fields['stage'];
  if (!(typeof number === 'number' && Number.isInteger(number) && number >= 1)) {
    refuse(
      `context.stage: expected the number of the stage that assigned the variant, got ${shown(number)}`,
    );
  }
  const counted = definitions.get(key);
  if (counted === undefined || counted.experiment.state !== 'running') return undefined;
  const { experiment } = counted;
  const variant = counted.variants.get(variantKey);
  if (variant === undefined) {
    const known = [...counted.variants.keys()].join(', ');
    refuse(`context.variant: expected a variant of ${key} (${known}), got ${shown(variantKey)}`);
  }
  const stage = experiment.stages.find((each) => each.number === number);
  if (stage === undefined) {
    const last = experiment.stages.length;
    refuse(`context.stage: expected a stage of ${key}, of which there are ${last}, got ${number}`);
  }
  const weight = stage.weights[variant] ?? 0;
  if (Math.abs(weight - probability) > tolerance) {
    refuse(
      `context.probability: expected ${weight}, which ${variantKey} has in stage ${number} of ${key}, got ${probability}`,
    );
  }
  const cluster = experiment.unit === 'user' ? '' : textOf(fields, 'unit');
  return { counted, variant, stage: number, cluster, segments: segmentsOf(experiment, fields) };
}

function segmentsOf(
  { segments }: CountedExperiment['experiment'],
  { segments: given }: Record<string, unknown>,
): string[] {
  const values = (typeof given === 'object' ? (given ?? {}) : {}) as Record<string, unknown>;
  return segments.map((name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const isScalar =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isScalar ? String(value).slice(0, segmentLengthMax) : '';
  });
}

function textOf(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  const fits = typeof value === 'string' && value.length > 0 && value.length <= nameLengthMax;
  if (!fits || value.includes('\0')) {
    refuse(
      `context.${name}: expected text of 1 to ${nameLengthMax} characters, got ${shown(value)}`,
    );
  }
  return value;
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, 100);
}

function refuse(sentence: string): never {
  throw new EngineError('EXPOSURE_INVALID', sentence);
}
