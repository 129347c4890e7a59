/** Asks for a training run, from any process: it is stored, and taken up in its turn by the process that works on runs. */
import { randomUUID } from 'node:crypto';
import type { RunCause } from '../../contracts/trainingRun.ts';
import type { By } from '../definitions/written.ts';
import type { KnownModel, ModelRegistry } from '../registry/modelRegistry.ts';
import { type ImportedModel, newRun } from './storedRun.ts';
import type { TrainingBook } from './trainingBook.ts';

export type Started =
  | { readonly outcome: 'started'; readonly id: string; readonly cause: RunCause }
  | Declined;

/** Why none was begun. */
export interface Declined {
  readonly outcome: 'absent' | 'refused';
  readonly sentence: string;
}

export interface AskOptions {
  readonly book: TrainingBook;
  readonly registry: Pick<ModelRegistry, 'model'>;
  readonly clock: () => number;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function askForRun(
  options: AskOptions,
  model: string,
  cause: RunCause,
  by: By,
): Promise<Started> {
  const known = options.registry.model(model);
  if (known === undefined) return absent(model);
  return (await whyNotNow(options, model)) ?? addRun(options, known, { cause }, by);
}

export function absent(model: string): Declined {
  return { outcome: 'absent', sentence: `There is no model ${model}.` };
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function whyNotNow(
  { book }: Pick<AskOptions, 'book'>,
  model: string,
): Promise<Declined | undefined> {
  await book.refresh();
  const under = book.all().find(({ run }) => run.model === model && run.state === 'running');
  if (under === undefined) return undefined;
  const sentence = `Run ${under.run.id} of this model is under way: wait for it, or cancel it.`;
  return { outcome: 'refused', sentence };
}

/**
 * @param imported absent: the run trains
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function addRun(
  { book, clock }: AskOptions,
  { model, plan }: KnownModel,
  asked: { readonly cause: RunCause; readonly imported?: ImportedModel },
  by: By,
): Promise<Started> {
  const { cause } = asked;
  const causeId = `${cause.kind}:${randomUUID()}`;
  const stored = newRun({ ...asked, model, causeId, causeAt: 0, plan }, clock());
  await book.add(stored, by);
  return { outcome: 'started', id: stored.run.id, cause };
}
