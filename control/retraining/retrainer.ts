/**
 * Works on training runs, in one process at a time and one run at a time: takes up those that were under way, then those that were
 * asked for in their order, and starts others by triggers.
 *
 * Everything that it knows is stored: a process that ends at any moment is followed by one that goes on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, errors } from '../../contracts/errors.ts';
import type { RunCause, TrainingRun } from '../../contracts/trainingRun.ts';
import { createTellOnce } from '../definitions/tellOnce.ts';
import type { By } from '../definitions/written.ts';
import { Bell } from '../experiments/bell.ts';
import type { KnownModel, ModelRegistry } from '../registry/modelRegistry.ts';
import { askForRun, type Started } from './askForRun.ts';
import { gatherFacts, type ModelEvidence, seenTo } from './gatherFacts.ts';
import { leftoversOf } from './leftovers.ts';
import { nextCause } from './nextCause.ts';
import { RunRecorder } from './runRecorder.ts';
import { runTraining, stopped } from './runTraining.ts';
import type { RunJob, RunParts } from './steps/runStep.ts';
import { byOf, isQueued, newRun, type StoredRun } from './storedRun.ts';
import { trainInThread } from './trainInThread.ts';
import type { CancelOutcome, TrainingBook } from './trainingBook.ts';

export interface RegisteredVersion {
  readonly model: string;
  readonly version: string;
  /** Id of the run that made it. */
  readonly run: string;
}

export interface RetrainerOptions extends Omit<RunParts, 'registry' | 'runJob' | 'clock'> {
  readonly book: TrainingBook;
  readonly registry: Pick<ModelRegistry, 'models' | 'model' | 'register'>;
  readonly runJob?: RunJob;
  /** Labelled examples of a model after a time, event time; null: all. */
  countExamples(model: string, after: number | null): Promise<number>;
  /**
   * What the engine knows of how a model does. Asked only where there are examples enough: once in `triggersMs`, and when
   * something has become of a model.
   */
  evidence(known: KnownModel): Promise<ModelEvidence>;
  /** Told of each version that a run has registered, again after a crash. */
  onRegistered(made: RegisteredVersion): Promise<void>;
  /** Told what goes wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  readonly clock?: () => number;
  /** Pause between two looks, ms. */
  readonly everyMs?: number;
  /** Between two looks at the triggers while nothing becomes of a model, ms. */
  readonly triggersMs?: number;
}

export interface Retrainer {
  /** Asks for a run now; it is taken up in its turn. @throws EngineError SINK_UNAVAILABLE */
  start(model: string, cause: RunCause, by: By): Promise<Started>;
  /** @throws EngineError SINK_UNAVAILABLE */
  cancel(id: string, by: By): Promise<CancelOutcome>;
  /** What was asked for last comes first; the one under way as it is this moment. */
  list(model?: string): TrainingRun[];
  get(id: string): TrainingRun | undefined;
  /** Why no run of a model begins by itself now, or what would start one next. */
  outlook(model: string): string;
  /** Something has happened: it is looked at without waiting for the time. */
  look(): void;
  /** Nothing is begun any more; the run under way is left for who comes next. */
  stop(): Promise<void>;
}

const everyMsDefault = 3_000;
const triggersMsDefault = 60_000;
/** Where things are otherwise than they were, so many times the least examples are needed of since then: less tells the gates nothing. */
const freshFactor = 5;
const unknownOutlook = 'It has not been looked at yet.';

interface Current {
  readonly id: string;
  readonly abort: AbortController;
  readonly recorder: RunRecorder;
  readonly ended: Promise<void>;
}

export function startRetrainer(options: RetrainerOptions): Retrainer {
  const { book, say, everyMs = everyMsDefault, clock = Date.now } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = new Retraining({ ...options, clock }, signal);
  const told = createTellOnce(say);
  const bell = new Bell();

  async function keepWorking(): Promise<void> {
    while (!signal.aborted) {
      try {
        await work.look(() => bell.ring());
        told.forget('look');
      } catch (error) {
        if (signal.aborted) break;
        told.tell('look', `Training runs are not looked after at present: ${messageOf(error)}`);
      }
      await bell.rest(everyMs, signal);
    }
  }

  const ended = keepWorking();
  return {
    async start(model, cause, by) {
      const started = await askForRun({ ...options, clock }, model, cause, by);
      bell.ring();
      return started;
    },
    async cancel(id, by) {
      const outcome = await book.cancel(id, by);
      work.heedCancels();
      bell.ring();
      return outcome;
    },
    list: (model) =>
      book
        .all()
        .filter(({ run }) => model === undefined || run.model === model)
        .map((stored) => work.shown(stored).run),
    get(id) {
      const stored = book.get(id);
      return stored && work.shown(stored).run;
    },
    outlook(model) {
      const under = book.all().find(({ run }) => run.model === model && run.state === 'running');
      if (under !== undefined) return `Run ${under.run.id} is under way.`;
      return work.outlooks.get(model) ?? unknownOutlook;
    },
    look: () => bell.ring(),
    async stop() {
      stopping.abort(stopped);
      await ended;
      await work.stop();
    },
  };
}

class Retraining {
  readonly outlooks = new Map<string, string>();
  readonly #options: RetrainerOptions & { readonly clock: () => number };
  readonly #signal: AbortSignal;
  readonly #told: ReturnType<typeof createTellOnce>;
  #current: Current | undefined;
  #triggersAt = Number.NEGATIVE_INFINITY;
  /** At which revisions of the models the triggers were asked. */
  #judgedAt = '';

  constructor(options: RetrainerOptions & { readonly clock: () => number }, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#told = createTellOnce(options.say);
  }

  /** @param onFreed called when a run has ended */
  async look(onFreed: () => void): Promise<void> {
    const { book, clock, triggersMs = triggersMsDefault } = this.#options;
    await book.refresh();
    this.heedCancels();
    await this.#endUnbegun();
    await this.#settleEnded();
    if (this.#takeUp(onFreed)) return;
    const now = clock();
    const revisions = this.#revisions();
    if (now < this.#triggersAt + triggersMs && revisions === this.#judgedAt) return;
    this.#triggersAt = now;
    this.#judgedAt = revisions;
    await this.#lookAtTriggers(now);
    this.#takeUp(onFreed);
  }

  /** As it is this moment, where it is under way here. */
  shown(stored: StoredRun): StoredRun {
    const { id, state } = stored.run;
    const isOurs = this.#current?.id === id && state === 'running';
    return isOurs ? this.#current!.recorder.shown : stored;
  }

  heedCancels(): void {
    const { book } = this.#options;
    const current = this.#current;
    const cancelled = current && book.get(current.id)?.cancelled;
    if (cancelled) current.abort.abort(cancelled);
  }

  async stop(): Promise<void> {
    this.#current?.abort.abort(stopped);
    await this.#current?.ended;
  }

  /** @returns whether a run is under way */
  #takeUp(onFreed: () => void): boolean {
    if (this.#current !== undefined) return true;
    if (this.#signal.aborted) return false;
    const waiting = this.#options.book.all().filter(({ run }) => run.state === 'running');
    // The oldest is last; those that were begun come before those that were not.
    const next = waiting.findLast((stored) => !isQueued(stored)) ?? waiting.at(-1);
    if (next === undefined) return false;
    this.#begin(next, onFreed);
    return true;
  }

  #begin(stored: StoredRun, onFreed: () => void): void {
    const { book, clock, say } = this.#options;
    const abort = new AbortController();
    const recorder = new RunRecorder({ book, stored, clock, say, signal: abort.signal });
    const ended = this.#work(stored, recorder, abort.signal).then(() => {
      this.#current = undefined;
      // What the run has changed is looked at.
      this.#triggersAt = Number.NEGATIVE_INFINITY;
      onFreed();
    });
    this.#current = { id: stored.run.id, abort, recorder, ended };
  }

  /** Never rejects. */
  async #work(stored: StoredRun, recorder: RunRecorder, signal: AbortSignal): Promise<void> {
    const { say, everyMs = everyMsDefault, runJob = trainInThread } = this.#options;
    const { id } = stored.run;
    try {
      const begun = await recorder.record({ ...stored, attempts: stored.attempts + 1 });
      await runTraining(begun, { ...this.#options, runJob }, { ...recorder.hands, signal });
    } catch (error) {
      if (signal.aborted && signal.reason === stopped) {
        // It was put down in order: that does not count.
        await recorder.putDown().catch(() => undefined);
        return;
      }
      say(`Training run ${id} is interrupted: ${messageOf(error)}`);
      await sleep(everyMs, undefined, { signal: this.#signal }).catch(() => undefined);
    }
  }

  /** Runs that were cancelled before their turn do not wait for it. */
  async #endUnbegun(): Promise<void> {
    const { book } = this.#options;
    const unbegun = book.all().filter((stored) => isQueued(stored) && stored.cancelled !== null);
    for (const stored of unbegun) {
      if (stored.run.id === this.#current?.id) continue;
      const record = (next: StoredRun) => book.write(next, byOf(next));
      const hands = { record, show: () => {}, signal: this.#signal };
      await runTraining(stored, { ...this.#options, runJob: trainInThread }, hands);
    }
  }

  /** Until it is done, and stored that it is: a process may end between both. */
  async #settleEnded(): Promise<void> {
    const { book, artifacts, registry, onRegistered } = this.#options;
    for (const stored of book.all()) {
      const { id, model, version, state } = stored.run;
      if (state === 'running' || stored.isSettled) continue;
      try {
        if (version !== null) await onRegistered({ model, version, run: id });
        for (const sha256 of leftoversOf(stored, registry.models(), book.all())) {
          await artifacts.remove(sha256);
        }
        await book.write({ ...stored, isSettled: true }, byOf(stored));
        this.#told.forget(id);
      } catch (error) {
        this.#told.tell(id, `What follows training run ${id} is not done: ${messageOf(error)}`);
      }
    }
  }

  /** Another plan, and another version that serves or is released, may call for a run, or forbid one. */
  #revisions(): string {
    const models = this.#options.registry.models();
    return models.map(({ model, head }) => `${model}@${head.revision}`).join(' ');
  }

  async #lookAtTriggers(now: number): Promise<void> {
    for (const known of this.#options.registry.models()) {
      if (this.#signal.aborted) return;
      try {
        await this.#lookAt(known, now);
        this.#told.forget(known.model);
      } catch (error) {
        const isOutside = error instanceof EngineError && errors[error.code].retry === 'backoff';
        if (!isOutside) throw error;
        const why = `What would start a run of ${known.model} is not known at present: ${error.message}`;
        this.#told.tell(known.model, why);
      }
    }
  }

  async #lookAt(known: KnownModel, now: number): Promise<void> {
    const { book, countExamples, evidence } = this.#options;
    const { model, plan } = known;
    const runs = book.all();
    const seen = seenTo(known, runs);
    const rows = await countExamples(model, null);
    const newRows = seen === null ? rows : await countExamples(model, seen);
    const hasEnough = rows >= plan.data.rowsMin;
    const nothing: ModelEvidence = { alerts: [], watchOf: () => undefined };
    const told = hasEnough ? await evidence(known) : nothing;
    const facts = gatherFacts(known, runs, { rows, newRows }, told);
    const next = nextCause(facts, plan, runs, now);
    const { found, learnFrom } = next;
    this.outlooks.set(model, next.outlook);
    if (found === null) return;
    if (found.since !== undefined && learnFrom !== null) {
      const wanted = freshFactor * plan.data.rowsMin;
      const fresh = await countExamples(model, learnFrom - 1);
      if (fresh < wanted) {
        const share = `${fresh.toLocaleString('en')} of ${wanted.toLocaleString('en')}`;
        const why = `${found.cause.sentence}. It waits for examples of since then, ${share}.`;
        this.outlooks.set(model, why);
        return;
      }
    }
    const { id: causeId, at: causeAt, cause } = found;
    const stored = newRun({ model, cause, causeId, causeAt, learnFrom, plan }, now);
    await book.add(stored, { actor: 'engine', reason: cause.sentence });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
