/** What the thread of a training does: pure functions of what it is sent, so that the same job gives the same bytes. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Calibration } from '../../models/calibration/calibration.ts';
import { calibrators } from '../../models/calibration/registry.ts';
import { exportModel } from '../../models/onnx/exportModel.ts';
import { chooseGolden, goldenBytes } from '../../models/scoring/goldenRows.ts';
import type { TrainingControl } from '../../models/training/control.ts';
import { trainers } from '../../models/training/registry.ts';
import { searchParameters } from '../../models/training/searchParameters.ts';
import { predictRow, rawScore, type TrainedModel } from '../../models/training/trainedModel.ts';
import type { Trainer, TrainerParameters } from '../../models/training/trainer.ts';
import { checkTrainingSet, type TrainingSet } from '../../models/training/trainingSet.ts';
import { readPlain, writePlain } from '../../operators/state/plainData.ts';
import type { GatedModel } from '../gates/gateInput.ts';
import { type ImportedFile, importModel } from '../imports/importModel.ts';
import { fileMetrics } from './fileMetrics.ts';

/** Says whether anything can be learnt from a set. */
export interface CheckJob {
  readonly kind: 'check';
  readonly set: TrainingSet;
}

/** Looks for parameters. */
export interface SearchJob {
  readonly kind: 'search';
  readonly trainer: string;
  readonly given: TrainerParameters;
  readonly seed: number;
  readonly budgetMs: number;
  readonly set: TrainingSet;
}

export interface TrainJob {
  readonly kind: 'train';
  readonly trainer: string;
  readonly parameters: TrainerParameters;
  readonly set: TrainingSet;
}

/** Fits a calibration to rows that the trainer has not seen. */
export interface CalibrateJob {
  readonly kind: 'calibrate';
  readonly calibration: Calibration['kind'];
  /** From `train`. */
  readonly model: Uint8Array;
  readonly set: TrainingSet;
}

/** Writes the file, and golden rows beside it. */
export interface ExportJob {
  readonly kind: 'export';
  readonly model: Uint8Array;
  /** From `calibrate`; null: scores are taken as they are. */
  readonly calibration: Uint8Array | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** The latest rows, which nobody has seen. */
  readonly set: TrainingSet;
}

/** Checks a file from elsewhere, and makes ONNX of it. */
export interface ImportJob {
  readonly kind: 'import';
  readonly bytes: Uint8Array;
  readonly model: Pick<GatedModel, 'task' | 'features'>;
  /** As its maker names it; otherwise as the file does. */
  readonly trainer: string | undefined;
}

/** Of a run. */
export type TrainingJob = CheckJob | SearchJob | TrainJob | CalibrateJob | ExportJob;
export type ThreadJob = TrainingJob | ImportJob;

export interface Found {
  readonly parameters: TrainerParameters;
  /** Of each try that succeeded. */
  readonly losses: Float64Array;
  readonly endedBy: 'time' | 'tries';
}

export interface Trained {
  /** Plain data. */
  readonly model: Uint8Array;
  readonly losses: Float64Array;
  /** Of rows that the trainer kept aside; otherwise of those that it learnt from. */
  readonly curve: 'training' | 'validation';
}

export interface Exported {
  readonly file: Uint8Array;
  readonly golden: Uint8Array;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface JobResults {
  /** It can. */
  readonly check: true;
  readonly search: Found;
  readonly train: Trained;
  /** The calibration as plain data. */
  readonly calibrate: Uint8Array;
  readonly export: Exported;
  readonly import: ImportedFile;
}

export type JobResult<Job extends ThreadJob> = JobResults[Job['kind']];

/** Most tries of a search. */
const triesMax = 64;
/** Of the rows, the latest, on which tries are judged. */
const judgedShare = 0.2;

/**
 * @param now ms; only differences count
 * @throws RangeError for a parameter; EngineError TRAINING_IMPOSSIBLE, TRAINING_CANCELLED, MODEL_UNUSABLE
 */
export function doJob<Job extends ThreadJob>(
  job: Job,
  control: TrainingControl = {},
  now: () => number = () => performance.now(),
): JobResult<Job> {
  const done = (): JobResults[ThreadJob['kind']] => {
    switch (job.kind) {
      case 'check':
        checkTrainingSet(job.set);
        return true;
      case 'search':
        return search(job, control, now);
      case 'train':
        return train(job, control);
      case 'calibrate':
        return calibrate(job);
      case 'export':
        return exportFiles(job);
      case 'import':
        return importModel(job.bytes, job.model, job.trainer);
    }
  };
  return done() as JobResult<Job>;
}

/** @throws RangeError */
export function trainerNamed(name: string): Trainer {
  const trainer = trainers.get(name);
  if (trainer === undefined) {
    throw new RangeError(
      `trainer: expected one of ${[...trainers.keys()].join(', ')}, got ${name}`,
    );
  }
  return trainer;
}

function search(job: SearchJob, control: TrainingControl, now: () => number): Found {
  const { given, seed, budgetMs, set } = job;
  const options = { budgetMs, triesMax, seed, validationShare: judgedShare, given, now };
  const { best, tries, endedBy } = searchParameters(
    trainerNamed(job.trainer),
    set,
    options,
    control,
  );
  const losses = tries.map(({ loss }) => loss).filter(Number.isFinite);
  return { parameters: best.parameters, losses: Float64Array.from(losses), endedBy };
}

function train(job: TrainJob, control: TrainingControl): Trained {
  const trainer = trainerNamed(job.trainer);
  const { validationShare } = trainer.parameters;
  const share = job.parameters['validationShare'] ?? validationShare?.default ?? 0;
  const { losses, ...model } = trainer.train(job.set, job.parameters, control);
  return { model: plainBytes(model), losses, curve: share > 0 ? 'validation' : 'training' };
}

function calibrate({ calibration, model, set }: CalibrateJob): Uint8Array {
  const scoreOf = rawScore(readPlain(model) as TrainedModel);
  const width = set.features.length;
  const { labels, weights } = set;
  const scores = labels.map((_, row) => scoreOf(set.values, row * width));
  return plainBytes(calibrators[calibration].fit({ scores, labels, weights }));
}

function exportFiles({ model: bytes, calibration: stored, metadata, set }: ExportJob): Exported {
  const model = readPlain(bytes) as TrainedModel;
  const calibration = stored === null ? undefined : (readPlain(stored) as Calibration);
  const { features } = set;
  const description = calibration === undefined ? {} : { calibration };
  const file = exportModel(model, { features, metadata, ...description });
  const predict = predictRow(model, calibration);
  const width = features.length;
  const values = chooseGolden(set);
  const predictions = new Float64Array(values.length / width);
  for (let row = 0; row < predictions.length; row += 1) {
    predictions[row] = predict(values, row * width);
  }
  return {
    file,
    golden: goldenBytes({ width, values, predictions }),
    metrics: fileMetrics(set, predict),
  };
}

function plainBytes(value: unknown): Uint8Array {
  const writer = new ByteWriter();
  writePlain(writer, value);
  return writer.take();
}
