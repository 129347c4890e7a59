/** Examples that a run learns from: what selecting them answers, and in which parts a run takes them. */
import type { DataPlan } from '../../contracts/modelPlan.ts';
import { rowsOf, type TrainingSet } from '../../models/training/trainingSet.ts';
import type { ExampleSet } from '../examples/exampleSet.ts';

/** Times of a selection that is made again, both included, ms since 1970. */
export interface SnapshotBounds {
  readonly from: number;
  readonly to: number;
}

export interface ExampleRequest {
  readonly model: string;
  readonly plan: DataPlan;
  /** Of examples before nothing is learnt; null: the plan alone says how far back. ms since 1970. */
  readonly learnFrom: number | null;
  /** null: the latest. Otherwise those between, so that what was selected once is selected again. */
  readonly bounds: SnapshotBounds | null;
}

/** @throws EngineError SINK_UNAVAILABLE, TRAINING_IMPOSSIBLE */
export type SelectExamples = (request: ExampleRequest, signal: AbortSignal) => Promise<ExampleSet>;

export interface SetParts {
  /** Rows that the trainer sees, … */
  readonly trained: number;
  /** … and from there to here what the calibration is fitted to; the rest is kept for the gates. */
  readonly learnt: number;
}

/** Of the rows that are learnt from, the latest, on which scores are calibrated. */
const calibrationShare = 0.1;

/** Where the parts of a set end: each later than the one before, so that each is asked of what came after it. */
export function partsOf(rows: number, holdoutShare: number, isCalibrated: boolean): SetParts {
  const learnt = rows - Math.max(1, Math.floor(rows * holdoutShare));
  const trained = isCalibrated ? learnt - Math.floor(learnt * calibrationShare) : learnt;
  return { trained, learnt };
}

/** Rows from `from` on, as many of each kind as there were: the gates ask how it will serve, not how it was taught. */
export function latestOf(examples: ExampleSet, from: number): ExampleSet {
  const { set, stands, times, served, online, slices, users, rows } = examples;
  return {
    ...examples,
    set: { ...rowsOf(set, from, rows), weights: stands.subarray(from) },
    stands: stands.subarray(from),
    times: times.subarray(from),
    served: served.subarray(from),
    online: online.subarray(from),
    slices: new Map([...slices].map(([name, values]) => [name, values.slice(from)])),
    users: users.subarray(from),
    from: times[from] ?? examples.to,
    rows: rows - from,
  };
}

/** In memory of its own, which can be given to another thread. */
export function copyOf(set: TrainingSet): TrainingSet {
  const { values, labels, weights } = set;
  const copy = { ...set, values: values.slice(), labels: labels.slice() };
  return weights === undefined ? copy : { ...copy, weights: weights.slice() };
}

/** Memory of a set, to be given to another thread. */
export function memoryOf({ values, labels, weights }: TrainingSet): ArrayBuffer[] {
  const arrays = weights === undefined ? [values, labels] : [values, labels, weights];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
