/**
 * A model from elsewhere on its way in: told what it is, judged by the same gates as what is trained here, and registered when it passes.
 * Nothing is stored of one that does not.
 */

import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { GateReport } from '../../contracts/gateReport.ts';
import type { ModelPlan } from '../../contracts/modelPlan.ts';
import type { ModelVersion, TrainedOn } from '../../contracts/modelVersion.ts';
import { goldenBytes } from '../../models/scoring/goldenRows.ts';
import { type By, parseGiven } from '../definitions/written.ts';
import type { Champion, Holdout, OpenSession } from '../gates/gateInput.ts';
import { printable } from '../gates/gateWords.ts';
import { holdoutMetrics } from '../gates/holdoutGate.ts';
import { judgeGates } from '../gates/judgeGates.ts';
import type { KnownModel, ModelRegistry, NewVersion } from '../registry/modelRegistry.ts';
import { sentence } from '../words.ts';
import { ImportManifest } from './importManifest.ts';
import { type ImportedModel, importModel } from './importModel.ts';

/** What an import needs of the engine. */
export interface ImportParts {
  readonly registry: Pick<ModelRegistry, 'model' | 'register'>;
  readonly artifacts: Pick<ArtifactStore, 'put'>;
  /** The latest examples, as many as the plan keeps for gates. @throws EngineError */
  holdout(model: KnownModel, plan: ModelPlan): Promise<Holdout>;
  /** null: the online learner by itself. @throws EngineError */
  champion(model: KnownModel): Promise<Champion | null>;
  /** Columns of protected groups. */
  groups(model: KnownModel): readonly string[];
  /** What a snapshot was made of; undefined of one that is not known here. */
  snapshot(sha256: string): Promise<TrainedOn | undefined>;
  /** ms since 1970. */
  readonly clock: () => number;
  readonly openSession: OpenSession;
}

export interface ImportRequest {
  readonly model: string;
  readonly bytes: Uint8Array;
  /** As it was given; see `ImportManifest`. */
  readonly manifest?: unknown;
  /** Of the run that is recorded, where one is: it makes registering repeatable. */
  readonly run?: string;
}

export type ImportOutcome =
  | {
      readonly outcome: 'registered';
      readonly version: ModelVersion;
      readonly remarks: readonly string[];
    }
  | {
      readonly outcome: 'refused';
      /** What failed and by how much. */
      readonly sentence: string;
      /** null when it did not come to the gates. */
      readonly report: GateReport | null;
    }
  /** There is no such model. */
  | { readonly outcome: 'absent' };

/** Somebody else may write at the same moment. */
const attemptsMax = 5;

/** @throws EngineError when examples, files, or the registry are not to be had: what is no fault of the model */
export async function importRun(
  parts: ImportParts,
  request: ImportRequest,
  by: By,
): Promise<ImportOutcome> {
  const known = parts.registry.model(request.model);
  if (known === undefined) return { outcome: 'absent' };
  const given = parseGiven(ImportManifest, request.manifest ?? {});
  if (given.outcome === 'malformed') {
    const issues = given.issues.map(({ at, message }) =>
      at === '' ? message : `${at}: ${message}`,
    );
    return refused(`The manifest cannot be read: ${issues.join('; ')}`);
  }
  const manifest = given.value;
  const imported = importedOf(request, known, manifest);
  if (typeof imported === 'string') return refused(imported);
  const data = manifest.snapshot === null ? undefined : await parts.snapshot(manifest.snapshot);
  const holdout = await parts.holdout(known, known.plan);
  const report = await judgeGates({
    ...{ model: known, plan: known.plan.gates, candidate: imported, holdout },
    champion: await parts.champion(known),
    groups: parts.groups(known),
    clock: parts.clock,
    openSession: parts.openSession,
  });
  if (!report.passed) {
    const failures = report.gates.filter(({ outcome }) => outcome === 'failed');
    return refused(failures.map((gate) => gate.sentence).join(' '), report);
  }
  const remarks = [...imported.remarks, ...remarksOf(manifest, data, holdout)];
  const version: NewVersion = {
    ...{ model: known.model, kind: 'imported', data: data ?? null, seed: null, calibration: null },
    ...{ trainer: imported.trainer, parameters: manifest.parameters },
    artifact: await parts.artifacts.put(imported.bytes),
    golden: await putGolden(parts, known, imported),
    ...{ metrics: holdoutMetrics(report.gates), gates: report, run: request.run ?? null },
    notes: notesOf(manifest, remarks),
  };
  return register(parts, version, report, remarks, by);
}

/** A sentence when it is refused. */
function importedOf(
  { bytes }: ImportRequest,
  known: KnownModel,
  manifest: ImportManifest,
): ImportedModel | string {
  try {
    return importModel(bytes, known, manifest);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'MODEL_UNUSABLE') return error.message;
    throw error;
  }
}

function refused(text: string, report: GateReport | null = null): ImportOutcome {
  return { outcome: 'refused', sentence: sentence(printable(text)), report };
}

async function putGolden({ artifacts }: ImportParts, known: KnownModel, { golden }: ImportedModel) {
  if (golden === null) return null;
  const { rows: values, predictions } = golden;
  return artifacts.put(goldenBytes({ width: known.features.length, values, predictions }));
}

function remarksOf(
  { snapshot }: ImportManifest,
  data: TrainedOn | undefined,
  { times }: Holdout,
): string[] {
  const first = times.reduce((least, time) => Math.min(least, time), Infinity);
  if (data === undefined) {
    const what =
      snapshot === null ? 'Nothing tells' : 'The snapshot is not known here: nothing tells';
    return [
      `${what} what it has learnt from. If it has seen the latest examples, the gates flatter it; shadow does not.`,
    ];
  }
  if (data.to < first) return [];
  return [
    'Its snapshot has examples of the time on which it was judged: the gates may flatter it; shadow does not.',
  ];
}

/** As the maker has them, then the remarks as far as there is room. */
function notesOf({ notes }: ImportManifest, remarks: readonly string[]): string {
  return [notes, ...remarks]
    .filter((each) => each !== '')
    .join('\n')
    .slice(0, 4_096);
}

async function register(
  { registry }: ImportParts,
  version: NewVersion,
  report: GateReport,
  remarks: readonly string[],
  by: By,
): Promise<ImportOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const written = await registry.register(version, by);
    if (written.outcome === 'written') {
      return { outcome: 'registered', version: written.made, remarks };
    }
    if (written.outcome === 'absent') return { outcome: 'absent' };
    if (written.outcome === 'refused') return refused(written.sentence, report);
    if (attempt === attemptsMax) {
      throw new EngineError('SINK_UNAVAILABLE', 'the registry is being written by others');
    }
  }
}
