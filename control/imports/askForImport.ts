/**
 * Asks for a run that takes in a model from elsewhere: the file is checked and becomes ONNX now, so that one that is none is told to
 * whoever gives it; what lies in the artifact store then waits for its turn, is judged by the same gates as what is trained here, and
 * registered when it passes.
 */
import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import { EngineError, type ErrorCode } from '../../contracts/errors.ts';
import type { TrainedOn } from '../../contracts/modelVersion.ts';
import type { RunCause } from '../../contracts/trainingRun.ts';
import { goldenBytes } from '../../models/scoring/goldenRows.ts';
import { type By, parseGiven } from '../definitions/written.ts';
import { printable } from '../gates/gateWords.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';
import {
  type AskOptions,
  absent,
  addRun,
  type Declined,
  type Started,
  whyNotNow,
} from '../retraining/askForRun.ts';
import type { StoredRun } from '../retraining/storedRun.ts';
import { trainInThread } from '../retraining/trainInThread.ts';
import type { ImportJob } from '../retraining/trainingJob.ts';
import { sentence } from '../words.ts';
import { ImportManifest } from './importManifest.ts';
import type { ImportedFile } from './importModel.ts';

/** What an import needs of the engine. */
export interface ImportParts extends AskOptions {
  readonly artifacts: Pick<ArtifactStore, 'put'>;
  /** Checks and converts: in a thread of its own. */
  readonly convert?: (job: ImportJob) => Promise<ImportedFile>;
}

/** A file that takes longer is refused, ms. */
const convertMs = 60_000;

const inThread = (job: ImportJob): Promise<ImportedFile> =>
  trainInThread(job, { timeoutMs: convertMs, name: 'conversion' });

/** A file, and what its maker says of it; '' is nothing. */
export interface ImportRequest {
  readonly model: string;
  /** ONNX, LightGBM's text or XGBoost's JSON. */
  readonly bytes: Uint8Array;
  readonly trainer: string;
  readonly notes: string;
  readonly parameters?: ImportManifest['parameters'];
  readonly snapshot?: string | null;
}

/** @throws EngineError SINK_UNAVAILABLE, ARTIFACT_UNAVAILABLE */
export async function askForImport(
  parts: ImportParts,
  request: ImportRequest,
  by: By,
): Promise<Started> {
  const known = parts.registry.model(request.model);
  if (known === undefined) return absent(request.model);
  const manifest = manifestOf(request);
  if ('outcome' in manifest) return manifest;
  const made = await importedOf(parts, request.bytes, known, manifest);
  if ('outcome' in made) return made;
  const declined = await whyNotNow(parts, known.model);
  if (declined !== undefined) return declined;
  const data = trainedOn(manifest, known, parts.book.all());
  const imported = {
    ...{ format: made.format, trainer: made.trainer, data },
    ...{ parameters: manifest.parameters, notes: manifest.notes },
    remarks: [...made.remarks, ...(data === null ? [unknownData(manifest)] : [])],
    file: await parts.artifacts.put(made.bytes),
    golden: await putGolden(parts, known, made),
  };
  return addRun(parts, known, { cause: causeOf(made, by), imported }, by);
}

function manifestOf({ trainer, notes, parameters, snapshot }: ImportRequest) {
  const named = trainer === '' ? {} : { trainer };
  const given = parseGiven(ImportManifest, { ...named, notes, parameters, snapshot });
  if (given.outcome === 'parsed') return given.value;
  const issues = given.issues.map(({ at, message }) => (at === '' ? message : `${at}: ${message}`));
  return refused(`What is said of the file cannot be read: ${issues.join('; ')}`);
}

async function importedOf(
  { convert = inThread }: ImportParts,
  bytes: Uint8Array,
  { task, features }: KnownModel,
  { trainer }: ImportManifest,
): Promise<ImportedFile | Declined> {
  try {
    return await convert({ kind: 'import', bytes, model: { task, features }, trainer });
  } catch (error) {
    // A file that a thread dies of is no better than one that cannot be read.
    const isTheFile = error instanceof EngineError && causes.includes(error.code);
    if (isTheFile) return refused(error.message);
    throw error;
  }
}

const causes: readonly ErrorCode[] = ['MODEL_UNUSABLE', 'TRAINING_DIED'];

function refused(text: string): Declined {
  return { outcome: 'refused', sentence: sentence(printable(text)) };
}

/** What a snapshot was made of, by those who have learnt from it. */
function trainedOn(
  { snapshot }: ImportManifest,
  known: KnownModel,
  runs: readonly StoredRun[],
): TrainedOn | null {
  const own = runs.filter(({ run }) => run.model === known.model);
  const all = [...known.versions.map(({ version }) => version), ...own.map(({ made }) => made)];
  return all.find(({ data }) => data?.snapshot === snapshot)?.data ?? null;
}

function unknownData({ snapshot }: ImportManifest): string {
  const what =
    snapshot === null
      ? 'Nothing tells'
      : `The snapshot ${snapshot.slice(0, 12)}… is not known here: nothing tells`;
  return `${what} what it has learnt from. If it has seen the latest examples, the gates flatter it; shadow does not.`;
}

async function putGolden({ artifacts }: ImportParts, known: KnownModel, { golden }: ImportedFile) {
  if (golden === null) return null;
  const { rows: values, predictions } = golden;
  return artifacts.put(goldenBytes({ width: known.features.length, values, predictions }));
}

const reasonMax = 1_500;

function causeOf({ trainer }: ImportedFile, { actor, reason }: By): RunCause {
  const why = reason.length > reasonMax ? `${reason.slice(0, reasonMax)}…` : reason;
  const text = `A model from elsewhere (${printable(trainer)}), given by ${actor}: ${why}`;
  return { kind: 'import', sentence: text, figures: {} };
}
