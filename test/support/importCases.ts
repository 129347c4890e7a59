/** Models from elsewhere on their way in: files, and an engine that has a model of the fixtures' features. */
import { readFileSync } from 'node:fs';
import type { ModelFeature } from '../../contracts/modelVersion.ts';
import { askForImport, type ImportRequest } from '../../control/imports/askForImport.ts';
import type { ImportedFile } from '../../control/imports/importModel.ts';
import type { StoredRun } from '../../control/retraining/storedRun.ts';
import { openTrainingBook } from '../../control/retraining/trainingBook.ts';
import { doJob, type ImportJob } from '../../control/retraining/trainingJob.ts';
import { memoryArtifacts, memoryRegistry, modelName, smallPlan } from './fakeRetraining.ts';
import { memoryDefinitions } from './memoryDefinitions.ts';

export const lightGbm = new Uint8Array(
  readFileSync(new URL('../golden/imports/lightgbm-binary.txt', import.meta.url)),
);

/** Those of {@link lightGbm}. */
export const importFeatures: ModelFeature[] = ['minutes', 'answers', 'hints', 'device'].map(
  (name) => ({ name, kind: name === 'device' ? 'categorical' : 'numeric', monotone: 0 }),
);

export const ada = { actor: 'ada', reason: 'trained elsewhere' };

export function importWorld(features = importFeatures, plan = smallPlan()) {
  const registry = memoryRegistry(plan);
  registry.known = { ...registry.known, features };
  return { store: memoryDefinitions(), artifacts: memoryArtifacts(), registry };
}
export type ImportWorld = ReturnType<typeof importWorld>;

/** @returns what came of it, and the runs that are stored then */
export async function ask(
  { store, artifacts, registry }: ImportWorld,
  change: Partial<ImportRequest> = {},
  convert: (job: ImportJob) => Promise<ImportedFile> = async (job) => doJob(job),
) {
  const book = await openTrainingBook({ store, say: () => {} });
  const request = { model: modelName, bytes: lightGbm, trainer: '', notes: '', ...change };
  try {
    const parts = { book, registry, artifacts, convert, clock: () => 1_000 };
    const started = await askForImport(parts, request, ada);
    return { started, runs: [...book.all()] as StoredRun[] };
  } finally {
    await book.close();
  }
}
