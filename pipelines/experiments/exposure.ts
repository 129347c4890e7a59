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
import {
  exposureText,
  readExposureFields,
  refuseExposure as refuse,
  shown,
} from '../../contracts/exposureFields.ts';
import type { CountedExperiment, Definitions } from './definitions.ts';

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
  const {
    experiment: key,
    variant: variantKey,
    probability,
    stage: number,
  } = readExposureFields(context);
  const counted = definitions.get(key);
  if (counted === undefined || counted.experiment.state !== 'running') return undefined;
  const { experiment } = counted;
  const variant = counted.variants.get(variantKey);
  if (variant === undefined) {
    const known = [...counted.variants.keys()].join(', ');
    refuse(`context.variant: expected a variant of ${key} (${known}), got ${shown(variantKey)}`);
  }
  const at = experiment.stages.findIndex((each) => each.number === number);
  const stage = experiment.stages[at];
  if (stage === undefined) {
    const last = experiment.stages.length;
    refuse(`context.stage: expected a stage of ${key}, of which there are ${last}, got ${number}`);
  }
  const weight = stage.weights[variant] ?? 0;
  const share = counted.shares[at]?.[variant] ?? weight;
  if (share === 0) {
    refuse(`context.variant: stage ${number} of ${key} draws ${variantKey} for nobody`);
  }
  // Who assigns by another platform's code may know the weight only; the evidence rests on the share.
  if (Math.abs(share - probability) > tolerance && Math.abs(weight - probability) > tolerance) {
    refuse(
      `context.probability: expected ${share}, which ${variantKey} has in stage ${number} of ${key}, got ${probability}`,
    );
  }
  const cluster = experiment.unit === 'user' ? '' : exposureText(context, 'unit');
  return { counted, variant, stage: number, cluster, segments: segmentsOf(experiment, context) };
}

function segmentsOf({ segments }: CountedExperiment['experiment'], context: unknown): string[] {
  const { segments: given } = context as Readonly<Record<string, unknown>>;
  const values = (typeof given === 'object' ? (given ?? {}) : {}) as Record<string, unknown>;
  return segments.map((name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const isScalar =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isScalar ? String(value).slice(0, segmentLengthMax) : '';
  });
}
