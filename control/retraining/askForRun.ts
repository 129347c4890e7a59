/** Asks for a training run, from any process: it is stored, and taken up in its turn by the process that works on runs. */
import { randomUUID } from 'node:crypto';
import type { RunCause } from '../../contracts/trainingRun.ts';
import type { By } from '../definitions/written.ts';
import type { ModelRegistry } from '../registry/modelRegistry.ts';
import { newRun } from './storedRun.ts';
import type { TrainingBook } from './trainingBook.ts';

export type Started =
  | { readonly outcome: 'started'; readonly id: string; readonly cause: RunCause }
  /** Why none was begun. */
  | { readonly outcome: 'absent' | 'refused'; readonly sentence: string };

export interface AskOptions {
  readonly book: TrainingBook;
  readonly registry: Pick<ModelRegistry, 'model'>;
  readonly clock: () => number;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function askForRun(
  { book, registry, clock }: AskOptions,
  model: string,
  cause: RunCause,
  by: By,
): Promise<Started> {
  const known = registry.model(model);
  if (known === undefined) return { outcome: 'absent', sentence: `There is no model ${model}.` };
  await book.refresh();
  const under = book.all().find(({ run }) => run.model === model && run.state === 'running');
  if (under !== undefined) {
    const sentence = `Run ${under.run.id} of this model is under way: wait for it, or cancel it.`;
    return { outcome: 'refused', sentence };
  }
  const now = clock();
  const causeId = `${cause.kind}:${randomUUID()}`;
  const champion = known.versions.find(
    (each) => each.version.version === known.serving.champion.version,
  );
  // What was left behind is not gone back to.
  const learnFrom = champion?.version.data?.from ?? null;
  const asked = { model, cause, causeId, causeAt: 0, learnFrom, plan: known.plan };
  const stored = newRun(asked, now);
  await book.add(stored, by);
  return { outcome: 'started', id: stored.run.id, cause };
}
