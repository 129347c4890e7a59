/**
 * Evaluates running experiments whenever their counts have changed, tells the results, keeps their history, and acts where
 * harm or a loss of units is certain.
 *
 * One loop reads what has changed, one evaluates, that which has waited longest first and in slices so short that the process
 * stays free for others, one writes the history. A second evaluator of the same
 * experiments computes the same and does no harm.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import type { Store } from '../../contracts/store.ts';
import { actOn, type ExperimentAct } from './actOn.ts';
import { Counts } from './counts.ts';
import { evaluatePrepared } from './evaluate.ts';
import { type PreparedExperiment, prepareExperiment } from './preparedExperiment.ts';
import { writeResults } from './resultHistory.ts';

export interface RunningExperiment {
  readonly record: ExperimentRecord;
  /** When the record was written, ms since 1970. */
  readonly changedAt: number;
}

/** What is known of experiments, by whoever keeps the definitions. */
export interface RunningExperiments {
  /** Those that are running or paused. */
  running(): readonly RunningExperiment[];
}

export interface EvaluatorOptions {
  readonly store: Store;
  readonly definitions: RunningExperiments;
  onResult(result: ExperimentResult): void;
  /**
   * Carries an act out; called once for each cause, again after it failed.
   *
   * @param revision of the definition that was evaluated
   */
  act?(key: string, revision: number, act: ExperimentAct): Promise<void> | void;
  /** Told what fails, a sentence each. */
  say(sentence: string): void;
  /** Pause between two looks at the counts, ms. */
  readonly everyMs?: number;
  /** Longest time of evaluation without a turn for others, ms. */
  readonly sliceMs?: number;
  /** Least time between two writes of an experiment's result, unless the verdict's word has changed, ms. */
  readonly writeEveryMs?: number;
  /** ms since 1970. */
  readonly now?: () => number;
  readonly counts?: Counts;
}

export interface Evaluator {
  /** Experiments that wait for their evaluation. */
  readonly pending: number;
  /** Nothing is begun any more; what was evaluated is in the history when this resolves. */
  stop(): Promise<void>;
}

const writeEveryMsDefault = 5_000;
/** Results that are due within it are written together, ms. */
const gatherMs = 1_000;

interface Tracked {
  running: RunningExperiment;
  prepared: PreparedExperiment;
  result?: ExperimentResult;
  /** The result is not yet in the history. */
  isUnwritten: boolean;
  writtenAt: number;
  writtenWord: string;
  /** Causes that were acted on. */
  readonly acted: Set<string>;
  /** An act has failed and is tried again. */
  isOwing: boolean;
}

export function startEvaluator(options: EvaluatorOptions): Evaluator {
  const { everyMs = 100, writeEveryMs = writeEveryMsDefault } = options;
  const evaluation = new Evaluation(options);
  const stopping = new AbortController();
  const { signal } = stopping;

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      const started = performance.now();
      await evaluation.look();
      const pause = Math.max(0, everyMs - (performance.now() - started));
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  async function write(): Promise<void> {
    while (!signal.aborted) {
      await evaluation.write();
      const pause = Math.min(gatherMs, writeEveryMs);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
    await evaluation.write(true);
  }

  async function work(): Promise<void> {
    while (!signal.aborted) {
      if (evaluation.pending === 0) {
        await evaluation.arrival(signal);
        continue;
      }
      evaluation.slice();
      await nextTurn();
    }
  }

  const ended = Promise.all([work(), poll(), write()]);
  return {
    get pending() {
      return evaluation.pending;
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

class Evaluation {
  readonly #options: EvaluatorOptions;
  readonly #counts: Counts;
  readonly #tracked = new Map<string, Tracked>();
  /** Keys in the order in which they were found changed: the first has waited longest. */
  readonly #pending = new Set<string>();
  /** Last results of experiments that run no more, to be written. */
  #parting: ExperimentResult[] = [];
  /** Problems that were told and have not passed. */
  readonly #failing = new Set<string>();
  #wake: (() => void) | undefined;

  constructor(options: EvaluatorOptions) {
    this.#options = options;
    this.#counts = options.counts ?? new Counts(options.store);
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** Resolves when something is pending. */
  arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = done;
      signal.addEventListener('abort', done);
    });
  }

  /** Takes up what has changed since the last look: definitions and counts. */
  async look(): Promise<void> {
    await this.#telling('The counts of experiments cannot be read', async () => {
      this.#takeDefinitions();
      for (const key of await this.#counts.refresh(new Set(this.#tracked.keys()))) {
        this.#pending.add(key);
      }
      for (const [key, { isOwing }] of this.#tracked) if (isOwing) this.#pending.add(key);
    });
    if (this.#pending.size > 0) this.#wake?.();
  }

  #takeDefinitions(): void {
    const found = new Set<string>();
    for (const running of this.#options.definitions.running()) {
      const { key } = running.record.experiment;
      found.add(key);
      const known = this.#tracked.get(key);
      if (known?.running.record.revision === running.record.revision) continue;
      const prepared = this.#prepare(running);
      if (prepared === undefined) continue;
      this.#pending.add(key);
      if (known === undefined) {
        this.#tracked.set(key, {
          ...{ running, prepared, isUnwritten: false, isOwing: false },
          ...{ writtenAt: -Infinity, writtenWord: '', acted: new Set() },
        });
      } else {
        Object.assign(known, { running, prepared });
      }
    }
    for (const [key, { isUnwritten, result }] of this.#tracked) {
      if (found.has(key)) continue;
      if (isUnwritten && result !== undefined) this.#parting.push(result);
      this.#tracked.delete(key);
      this.#pending.delete(key);
    }
  }

  /** @returns undefined for a definition that cannot be evaluated: it does not keep others from their results */
  #prepare({ record }: RunningExperiment): PreparedExperiment | undefined {
    const problem = cannotBeEvaluated(record.experiment.key);
    try {
      return prepareExperiment(record);
    } catch (error) {
      this.#sayOnce(problem, error);
      return undefined;
    }
  }

  /** Evaluates for as long as a slice lasts. */
  slice(): void {
    const { sliceMs = 5 } = this.#options;
    const until = performance.now() + sliceMs;
    for (const key of this.#pending) {
      this.#pending.delete(key);
      const tracked = this.#tracked.get(key);
      if (tracked !== undefined) this.#evaluate(key, tracked);
      if (performance.now() >= until) return;
    }
  }

  #evaluate(key: string, tracked: Tracked): void {
    const { now = Date.now, onResult } = this.#options;
    const problem = cannotBeEvaluated(key);
    try {
      const result = evaluatePrepared(tracked.prepared, this.#counts.of(key), now());
      tracked.result = result;
      tracked.isUnwritten = true;
      this.#failing.delete(problem);
      onResult(result);
      this.#act(key, tracked, result);
    } catch (error) {
      this.#sayOnce(problem, error);
    }
  }

  #act(key: string, tracked: Tracked, result: ExperimentResult): void {
    const { act } = this.#options;
    const { acted } = tracked;
    const wanted = actOn(result, tracked.prepared.experiment);
    tracked.isOwing = false;
    if (act === undefined || wanted === undefined || acted.has(wanted.cause)) return;
    acted.add(wanted.cause);
    const problem = `The experiment "${key}" should ${wanted.move} and does not`;
    Promise.resolve()
      .then(() => act(key, result.revision, wanted))
      .then(() => this.#failing.delete(problem))
      .catch((error: unknown) => {
        acted.delete(wanted.cause);
        tracked.isOwing = true;
        this.#sayOnce(problem, error);
      });
  }

  /** Writes the results that are due. @param all also those that are not */
  async write(all = false): Promise<void> {
    const { store, now = Date.now, writeEveryMs = writeEveryMsDefault } = this.#options;
    const due = [...this.#tracked.values()].filter(
      ({ isUnwritten, writtenAt, writtenWord, result }) =>
        isUnwritten &&
        (all || now() - writtenAt >= writeEveryMs || result!.verdict.word !== writtenWord),
    );
    const parting = [...this.#parting];
    if (due.length === 0 && parting.length === 0) return;
    const results = due.map(({ result }) => result!);
    await this.#telling('The results of experiments cannot be written', async () => {
      await writeResults(store, [...results, ...parting]);
      this.#parting = this.#parting.slice(parting.length);
      for (const [i, tracked] of due.entries()) {
        const written = results[i]!;
        if (tracked.result === written) tracked.isUnwritten = false;
        tracked.writtenAt = now();
        tracked.writtenWord = written.verdict.word;
      }
    });
  }

  /** Says a failure once, until it has passed. */
  async #telling(problem: string, attempt: () => Promise<void>): Promise<void> {
    try {
      await attempt();
      this.#failing.delete(problem);
    } catch (error) {
      this.#sayOnce(problem, error);
    }
  }

  #sayOnce(problem: string, error: unknown): void {
    if (this.#failing.has(problem)) return;
    this.#failing.add(problem);
    this.#options.say(`${problem}: ${String(error)}`);
  }
}

function cannotBeEvaluated(key: string): string {
  return `The experiment "${key}" cannot be evaluated`;
}
