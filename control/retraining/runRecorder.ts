/**
 * Stores the states of one run: those that matter at once and until it succeeds, how far it is now and then.
 *
 * A long run is told less and less often: a tenth of the time that it has taken so far passes between two states, and never less than
 * two seconds; so an hour of training is some fifty rows.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, errors } from '../../contracts/errors.ts';
import type { RunHands } from './runTraining.ts';
import { byOf, type StoredRun } from './storedRun.ts';
import type { TrainingBook } from './trainingBook.ts';

export interface RecorderOptions {
  readonly book: Pick<TrainingBook, 'write' | 'get'>;
  readonly stored: StoredRun;
  readonly clock: () => number;
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
  /** Before the store is tried again, ms. */
  readonly pauseMs?: number;
}

const progressMs = 2_000;
const progressShare = 0.1;
const pauseMsDefault = 5_000;

export class RunRecorder {
  /** The newest state, stored or not. */
  shown: StoredRun;
  readonly #options: RecorderOptions;
  readonly #from: number;
  #storedAt: number;
  /** A state on its way that nobody waits for. */
  #progress: Promise<unknown> | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.shown = options.stored;
    this.#from = options.clock();
    this.#storedAt = this.#from;
  }

  get hands(): Pick<RunHands, 'record' | 'show'> {
    return { record: (stored) => this.record(stored), show: (stored) => this.show(stored) };
  }

  /**
   * @throws what is not the store's being away for a while; and that, when the run was asked to end meanwhile
   */
  async record(stored: StoredRun): Promise<StoredRun> {
    const { book, clock, say, signal, pauseMs = pauseMsDefault } = this.#options;
    this.shown = stored;
    for (let tries = 1; ; tries += 1) {
      try {
        const written = await book.write(stored, byOf(stored));
        this.#storedAt = clock();
        this.shown = written;
        return written;
      } catch (error) {
        const isAway = error instanceof EngineError && errors[error.code].retry === 'backoff';
        if (!isAway || signal.aborted) throw error;
        if (tries === 1) say(`Training run ${stored.run.id} waits for the store: ${error.message}`);
        // A signal that comes within the pause is heeded after one more attempt.
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  show(stored: StoredRun): void {
    this.shown = stored;
    const { book, clock } = this.#options;
    const now = clock();
    const pauseMs = Math.max(progressMs, progressShare * (now - this.#from));
    if (this.#progress !== undefined || now < this.#storedAt + pauseMs) return;
    this.#storedAt = now;
    // Lost progress is no loss.
    const clear = () => {
      this.#progress = undefined;
    };
    this.#progress = book.write(stored, byOf(stored)).then(clear, clear);
  }

  /** Whoever takes it up next begins no new count of attempts. */
  async putDown(): Promise<void> {
    const { book, stored } = this.#options;
    const latest = book.get(stored.run.id);
    if (latest === undefined || latest.run.state !== 'running') return;
    const attempts = Math.max(0, latest.attempts - 1);
    await book.write({ ...latest, attempts }, byOf(latest));
  }
}
