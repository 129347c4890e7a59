/**
 * Evaluates running experiments whenever their counts have changed, tells the answers, keeps their history, and acts where
 * harm or a loss of units is certain.
 *
 * At every change the evidence is computed, and what follows from it is done; intervals, segments and sentences when somebody
 * reads the answer, the history among others.
 *
 * One loop reads what has changed, one evaluates, that which has waited longest first and in slices so short that the process
 * stays free for others, one writes the history. A second evaluator of the same
 * experiments computes the same and does no harm.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import type { Store } from '../../contracts/store.ts';
import { actOn, causeOf, type ExperimentAct } from './actOn.ts';
import { Bell } from './bell.ts';
import { Counts } from './counts.ts';
import { Evaluation, type Evidence } from './evaluate.ts';
import { prepareExperiment } from './preparedExperiment.ts';
import type { Answer } from './resultBoard.ts';
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
  /** Told each time that an experiment was evaluated; the answer stays good. */
  onAnswer(answer: Answer): void;
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
  /** Counts have just been written: they are looked at without waiting for the time. It makes answers sooner, never others. */
  look(): void;
  /** Nothing is begun any more; what was evaluated is in the history when this resolves. */
  stop(): Promise<void>;
}

const writeEveryMsDefault = 5_000;
/** Results that are due within it are written together, ms. */
const gatherMs = 1_000;
/** Whoever is told when to look seldom looks unasked: after so many pauses. */
const pausesWhenTold = 3;
/** While nothing changes looks become rarer: each asks four tables. */
const pausesWhenStill = 10;
/** Two looks begin at least so long after each other, however often it is told, ms. */
const apartMs = 50;

interface Tracked {
  running: RunningExperiment;
  /** Undefined once it runs no more. */
  evaluation: Evaluation | undefined;
  readonly answer: Answer;
  /** Of the last evaluation; undefined before the first. */
  word: Evidence['word'] | undefined;
  /** What was evaluated is not yet in the history. */
  isUnwritten: boolean;
  writtenAt: number;
  writtenWord: string;
  /** The last result, when it runs no more. */
  final?: ExperimentResult | undefined;
  /** Causes that were acted on. */
  readonly acted: Set<string>;
  /** An act has failed and is tried again. */
  isOwing: boolean;
}

export function startEvaluator(options: EvaluatorOptions): Evaluator {
  const { everyMs = 100, writeEveryMs = writeEveryMsDefault } = options;
  const evaluations = new Evaluations(options);
  const stopping = new AbortController();
  const { signal } = stopping;
  const told = new Bell();

  async function poll(): Promise<void> {
    let pauses = 1;
    let hasRung = false;
    while (!signal.aborted) {
      const started = performance.now();
      const hasChanged = await evaluations.look();
      if (hasChanged && !hasRung) pauses = 1;
      const rest = (ms: number) => Math.max(0, ms - (performance.now() - started));
      await sleep(rest(Math.min(apartMs, everyMs)), undefined, { signal }).catch(() => undefined);
      hasRung = await told.rest(rest(pauses * everyMs), signal);
      pauses = hasRung ? pausesWhenTold : Math.min(pausesWhenStill, 2 * pauses);
    }
  }

  async function write(): Promise<void> {
    while (!signal.aborted) {
      await evaluations.write();
      const pause = Math.min(gatherMs, writeEveryMs);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
    await evaluations.write(true);
  }

  async function work(): Promise<void> {
    while (!signal.aborted) {
      if (evaluations.pending === 0) {
        await evaluations.arrival.rest(Infinity, signal);
        continue;
      }
      evaluations.slice();
      await nextTurn();
    }
  }

  const ended = Promise.all([work(), poll(), write()]);
  return {
    get pending() {
      return evaluations.pending;
    },
    look: () => told.ring(),
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

class Evaluations {
  readonly #options: EvaluatorOptions;
  readonly #counts: Counts;
  readonly #tracked = new Map<string, Tracked>();
  /** Keys in the order in which they were found changed: the first has waited longest. */
  readonly #pending = new Set<string>();
  /** Last results of experiments that run no more, to be written. */
  #parting: ExperimentResult[] = [];
  /** Problems that were told and have not passed. */
  readonly #failing = new Set<string>();
  /** Rings when something is pending. */
  readonly arrival = new Bell();

  constructor(options: EvaluatorOptions) {
    this.#options = options;
    this.#counts = options.counts ?? new Counts(options.store);
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** Takes up what has changed since the last look: definitions and counts. @returns whether counts have changed, or could not be read */
  async look(): Promise<boolean> {
    let hasChanged = true;
    await this.#telling('The counts of experiments cannot be read', async () => {
      this.#takeDefinitions();
      const keys = await this.#counts.refresh(new Set(this.#tracked.keys()));
      for (const key of keys) this.#pending.add(key);
      hasChanged = keys.size > 0;
      for (const [key, { isOwing }] of this.#tracked) if (isOwing) this.#pending.add(key);
    });
    if (this.#pending.size > 0) this.arrival.ring();
    return hasChanged;
  }

  #takeDefinitions(): void {
    const found = new Set<string>();
    for (const running of this.#options.definitions.running()) {
      const { key } = running.record.experiment;
      found.add(key);
      const known = this.#tracked.get(key);
      if (known?.running.record.revision === running.record.revision) continue;
      const evaluation = this.#evaluationOf(running);
      if (evaluation === undefined) continue;
      this.#pending.add(key);
      if (known === undefined) this.#tracked.set(key, this.#track(key, running, evaluation));
      else Object.assign(known, { running, evaluation });
    }
    for (const [key, tracked] of this.#tracked) {
      if (found.has(key)) continue;
      // Before its counts are let go.
      const final = tracked.word === undefined ? undefined : this.#read(key, tracked);
      if (tracked.isUnwritten && final !== undefined) this.#parting.push(final);
      Object.assign(tracked, { final, evaluation: undefined });
      this.#tracked.delete(key);
      this.#pending.delete(key);
    }
  }

  /** @returns undefined for a definition that cannot be evaluated: it does not keep others from their results */
  #evaluationOf({ record }: RunningExperiment): Evaluation | undefined {
    const problem = cannotBeEvaluated(record.experiment.key);
    try {
      return new Evaluation(prepareExperiment(record));
    } catch (error) {
      this.#sayOnce(problem, error);
      return undefined;
    }
  }

  #track(key: string, running: RunningExperiment, evaluation: Evaluation): Tracked {
    const tracked: Tracked = {
      ...{ running, evaluation, word: undefined, isUnwritten: false, isOwing: false },
      ...{ writtenAt: -Infinity, writtenWord: '', acted: new Set() },
      answer: { experiment: key, read: () => this.#read(key, tracked) },
    };
    return tracked;
  }

  /** @returns undefined when it cannot be computed */
  #read(key: string, tracked: Tracked): ExperimentResult | undefined {
    const { evaluation } = tracked;
    if (evaluation === undefined) return tracked.final;
    const { now = Date.now } = this.#options;
    try {
      return evaluation.result(this.#counts.of(key), now());
    } catch (error) {
      this.#sayOnce(cannotBeEvaluated(key), error);
      return undefined;
    }
  }

  /** Evaluates for as long as a slice lasts. */
  slice(): void {
    const until = this.#sliceEnd();
    for (const key of this.#pending) {
      this.#pending.delete(key);
      const tracked = this.#tracked.get(key);
      if (tracked?.evaluation !== undefined) this.#evaluate(key, tracked, tracked.evaluation);
      if (performance.now() >= until) return;
    }
  }

  #evaluate(key: string, tracked: Tracked, evaluation: Evaluation): void {
    const problem = cannotBeEvaluated(key);
    try {
      const evidence = evaluation.evidence(this.#counts.of(key));
      tracked.word = evidence.word;
      tracked.isUnwritten = true;
      this.#failing.delete(problem);
      this.#act(key, tracked, evidence);
      this.#options.onAnswer(tracked.answer);
    } catch (error) {
      this.#sayOnce(problem, error);
    }
  }

  #act(key: string, tracked: Tracked, evidence: Evidence): void {
    const { act } = this.#options;
    const { acted, running } = tracked;
    const { experiment } = running.record;
    const cause = causeOf(evidence, experiment);
    tracked.isOwing = false;
    if (act === undefined || cause === undefined || acted.has(cause.cause)) return;
    const result = this.#read(key, tracked);
    if (result === undefined) return;
    const wanted = actOn(cause, result.verdict);
    acted.add(cause.cause);
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
    const isChanged = ([, { word, writtenWord }]: readonly [string, Tracked]) =>
      word !== writtenWord;
    const unwritten = [...this.#tracked].filter(([, { isUnwritten }]) => isUnwritten);
    const late = unwritten
      .filter((each) => !isChanged(each) && now() - each[1].writtenAt >= writeEveryMs)
      .sort(([, a], [, b]) => a.writtenAt - b.writtenAt);
    // So many a round that all have their turn in time, and not all in the same.
    const share = Math.min(1, gatherMs / writeEveryMs);
    const turn = late.slice(0, Math.ceil(share * this.#tracked.size));
    const due = all ? unwritten : [...unwritten.filter(isChanged), ...turn];
    const parting = [...this.#parting];
    if (due.length === 0 && parting.length === 0) return;
    const writing = await this.#readAll(due);
    await this.#telling('The results of experiments cannot be written', async () => {
      const results = writing.map(({ result }) => result);
      try {
        await writeResults(store, [...results, ...parting]);
      } catch (error) {
        for (const { tracked, result } of writing) {
          tracked.isUnwritten = true;
          if (tracked.evaluation === undefined) this.#parting.push(result);
        }
        throw error;
      }
      this.#parting = this.#parting.slice(parting.length);
      for (const { tracked, result } of writing) {
        tracked.writtenAt = now();
        tracked.writtenWord = result.verdict.word;
      }
    });
  }

  /** Reads answers, with a turn for others after each slice; what changes later is unwritten again. */
  async #readAll(due: readonly (readonly [string, Tracked])[]) {
    const read: { readonly tracked: Tracked; readonly result: ExperimentResult }[] = [];
    let until = this.#sliceEnd();
    for (const [key, tracked] of due) {
      tracked.isUnwritten = false;
      const result = this.#read(key, tracked);
      if (result !== undefined) read.push({ tracked, result });
      if (performance.now() < until) continue;
      await nextTurn();
      until = this.#sliceEnd();
    }
    return read;
  }

  #sliceEnd(): number {
    return performance.now() + (this.#options.sliceMs ?? 5);
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
