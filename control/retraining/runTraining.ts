/**
 * A training run from where it stands to its end: snapshot, train, calibrate, export, gates, register. A model from elsewhere goes
 * the same way without those steps that its maker has done.
 *
 * Each step that is done is recorded before the next begins, and what it made lies in the artifact store by its hash. So a run that
 * ended anywhere goes on at the first step that is not done, and comes to the same file and the same version. The snapshot itself is
 * not kept: it is selected again between the same times, and known by its hash.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, errors } from '../../contracts/errors.ts';
import { type RunStepName, runSteps, type TrainingRun } from '../../contracts/trainingRun.ts';
import type { By } from '../definitions/written.ts';
import type { ExampleSet } from '../examples/exampleSet.ts';
import { limited } from './limited.ts';
import { calibrateStep } from './steps/calibrateStep.ts';
import { exportStep } from './steps/exportStep.ts';
import { gatesStep } from './steps/gatesStep.ts';
import { registerStep } from './steps/registerStep.ts';
import type { RunParts, Step, StepContext, StepEnd } from './steps/runStep.ts';
import { snapshotStep } from './steps/snapshotStep.ts';
import { trainStep } from './steps/trainStep.ts';
import { beginning, type StoredRun, stepOf, withLog, withStep } from './storedRun.ts';

export interface RunHands {
  /**
   * Stores a state.
   *
   * @returns as it is stored: somebody may have asked for its end
   * @throws anything: the run is given up where it stands, and may be taken up again
   */
  record(stored: StoredRun): Promise<StoredRun>;
  /** Shows a state that need not be stored. */
  show(stored: StoredRun): void;
  /** Ends it: `stopped` leaves it as it is recorded; anything else is a cancellation, `By` says whose. */
  readonly signal: AbortSignal;
}

/** Reason of a signal: the process ends, and another goes on with the run. */
export const stopped = Symbol('stopped');

const steps: Readonly<Record<RunStepName, Step>> = {
  snapshot: snapshotStep,
  train: trainStep,
  calibrate: calibrateStep,
  export: exportStep,
  gates: gatesStep,
  register: registerStep,
};

const pausesDefault = [1_000, 5_000, 15_000];
const stepMsDefault = 30 * 60_000;
/** Times that a run is taken up: a run that ends its process each time must not do so for ever. */
export const attemptsMax = 3;

/** The examples are not those of the snapshot any more. */
class SnapshotGone extends Error {}
/** The run was asked to end. */
class RunEnded extends Error {}
/** A state could not be stored: nothing may be done on it. */
class NotRecorded extends Error {}

/**
 * @param begun counted already: its `attempts` include this one
 * @returns its end, recorded
 * @throws the error of `record`; RunEnded when the signal says `stopped`
 */
export async function runTraining(
  begun: StoredRun,
  parts: RunParts,
  hands: RunHands,
): Promise<StoredRun> {
  const work = new RunWork(begun, parts, hands);
  try {
    return await work.run();
  } catch (error) {
    if (error instanceof NotRecorded) throw error.cause;
    if (hands.signal.aborted && hands.signal.reason === stopped) throw error;
    return await work.fail(error);
  }
}

class RunWork {
  readonly #parts: RunParts;
  readonly #hands: RunHands;
  #stored: StoredRun;
  #examples: ExampleSet | undefined;

  constructor(begun: StoredRun, parts: RunParts, hands: RunHands) {
    this.#stored = begun;
    this.#parts = parts;
    this.#hands = hands;
  }

  async run(): Promise<StoredRun> {
    const { attempts } = this.#stored;
    if (attempts > attemptsMax) {
      const times = `${attempts - 1} times`;
      throw new EngineError('TRAINING_DIED', `its process ended ${times} while it was under way`);
    }
    if (attempts > 1) this.#log('It goes on where it was.');
    for (;;) {
      const name = runSteps.find((each) => isOpen(stepOf(this.#stored, each).state));
      if (name === undefined) return this.#end('done', this.#success());
      try {
        const refused = await this.#do(name);
        if (refused !== undefined) return this.#end('refused', refused);
      } catch (error) {
        if (!(error instanceof SnapshotGone)) throw error;
        this.#takeAnew(error.message);
      }
    }
  }

  /** @returns why the version is held back */
  async #do(name: RunStepName): Promise<string | undefined> {
    // What may be in the registry already is not given up.
    const mayEnd = name !== 'register' || stepOf(this.#stored, name).state !== 'running';
    if (mayEnd) this.#throwIfEnded();
    await this.#begin(name);
    if (mayEnd) this.#throwIfEnded();
    const made = steps[name](this.#context());
    const { stepMs = stepMsDefault } = this.#parts;
    // Jobs have their own time.
    const isJob = name === 'train' || name === 'calibrate' || name === 'export';
    const end = await (isJob ? made : limited(made, stepMs, `the step "${name}"`));
    if (name !== 'register') this.#throwIfEnded();
    await this.#finish(name, end);
    return end.refused;
  }

  async #begin(name: RunStepName): Promise<void> {
    const { state, startedAt } = stepOf(this.#stored, name);
    const now = this.#parts.clock();
    const change = { state: 'running', startedAt: startedAt ?? now, sentence: '' } as const;
    this.#stored = withStep(this.#stored, name, change);
    this.#say(sentences[name]);
    // A step that is recorded as begun was so by the end of the one before, or by a process that ended.
    if (state === 'waiting') await this.#record();
  }

  async #finish(
    name: RunStepName,
    { state, sentence, made, run, refused }: StepEnd,
  ): Promise<void> {
    const endedAt = this.#parts.clock();
    const isFailed = refused !== undefined;
    let next = withStep(this.#stored, name, {
      state: isFailed ? 'failed' : state,
      endedAt,
      sentence,
    });
    const stands = { made: { ...next.made, ...made }, run: { ...next.run, ...run } };
    // Attempts are those at one step: whoever gets on may go on.
    next = { ...next, ...stands, attempts: Math.min(next.attempts, 1) };
    this.#stored = withLog(next, sentence, endedAt);
    const following = runSteps.find((each) => isOpen(stepOf(this.#stored, each).state));
    if (isFailed || following === undefined) return;
    this.#stored = withStep(this.#stored, following, { state: 'running', startedAt: endedAt });
    this.#say(sentences[following]);
    await this.#record();
  }

  #context(): StepContext {
    const work = this;
    return {
      parts: this.#parts,
      get stored() {
        return work.#stored;
      },
      signal: this.#hands.signal,
      examples: () => this.#sameExamples(),
      takeExamples: () => this.#select(),
      tell: (sentence) => {
        const name = runSteps.find((each) => stepOf(this.#stored, each).state === 'running');
        if (name !== undefined) this.#stored = withStep(this.#stored, name, { sentence });
        this.#hands.show(this.#stored);
      },
      note: async (made, run, sentence) => {
        const stored = this.#stored;
        this.#stored = {
          ...stored,
          made: { ...stored.made, ...made },
          run: { ...stored.run, ...run },
        };
        this.#log(sentence);
        await this.#record();
      },
      patiently: (attempt) => this.#patiently(attempt),
    };
  }

  async #select(): Promise<ExampleSet> {
    const { run, plan, made, imported } = this.#stored;
    const { data } = made;
    const bounds = data && { from: data.from, to: data.to };
    // What is judged is judged on what was served: no example counts more than it stands for.
    const plain = { classWeights: 'none', halfLifeMs: null } as const;
    const selection = imported === null ? plan.data : { ...plan.data, ...plain };
    const request = { model: run.model, plan: selection, bounds };
    const { selectExamples } = this.#parts;
    this.#examples = await this.#patiently(() => selectExamples(request, this.#hands.signal));
    return this.#examples;
  }

  async #sameExamples(): Promise<ExampleSet> {
    if (this.#examples !== undefined) return this.#examples;
    const { data } = this.#stored.made;
    const examples = await this.#select();
    if (examples.snapshot === data!.snapshot) return examples;
    this.#examples = undefined;
    const why = `Between the same times there are ${examples.rows.toLocaleString('en')} examples now and not the ${data!.rows.toLocaleString('en')} of the snapshot, or others: some came late, or were erased.`;
    throw new SnapshotGone(`${why} The snapshot is taken anew.`);
  }

  #takeAnew(sentence: string): void {
    const { run, imported } = this.#stored;
    const { steps, made } = beginning(imported, run.startedAt);
    const fresh = { ...run, snapshot: null, curves: [], steps };
    delete fresh.gates;
    this.#stored = { ...this.#stored, made, run: fresh };
    this.#log(sentence);
  }

  async #patiently<Result>(attempt: () => Promise<Result>): Promise<Result> {
    for (const pauseMs of this.#parts.pausesMs ?? pausesDefault) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof EngineError) || errors[error.code].retry !== 'backoff') throw error;
        this.#throwIfEnded();
        this.#log(`Tried again in a moment: ${error.message}.`);
      }
      await sleep(pauseMs, undefined, { signal: this.#hands.signal });
    }
    return attempt();
  }

  #throwIfEnded(): void {
    if (this.#hands.signal.aborted || this.#stored.cancelled !== null) throw new RunEnded();
  }

  #log(sentence: string): void {
    this.#stored = withLog(this.#stored, sentence, this.#parts.clock());
    this.#hands.show(this.#stored);
  }

  #say(sentence: string): void {
    this.#stored = { ...this.#stored, run: { ...this.#stored.run, sentence } };
    this.#hands.show(this.#stored);
  }

  async #record(): Promise<void> {
    try {
      const { cancelled } = await this.#hands.record(this.#stored);
      this.#stored = { ...this.#stored, cancelled };
    } catch (error) {
      throw new NotRecorded('a state of the run is not recorded', { cause: error });
    }
  }

  #success(): string {
    const { gates } = this.#stored.made;
    const { version } = this.#stored.run;
    return `Version ${version} passed ${gates === null ? 'no gate' : 'all gates'}.`;
  }

  /** It came to nothing: what serves stays. */
  async fail(error: unknown): Promise<StoredRun> {
    const name = runSteps.find((each) => isOpen(stepOf(this.#stored, each).state));
    const { aborted, reason } = this.#hands.signal;
    const cancelled = this.#stored.cancelled ?? (isBy(reason) ? reason : null);
    const isCancelled = cancelled !== null || aborted;
    const what = sentenceOf(error);
    const by = cancelled === null ? '' : ` by ${cancelled.actor}: ${cancelled.reason}`;
    const sentence = isCancelled ? `Cancelled${by}.` : what;
    if (name !== undefined) {
      const endedAt = this.#parts.clock();
      this.#stored = withStep(this.#stored, name, { state: 'failed', endedAt, sentence });
    }
    const told = isCancelled ? sentence : `Failed at the step "${name}": ${sentence}`;
    try {
      return await this.#end(isCancelled ? 'cancelled' : 'failed', told);
    } catch (failure) {
      throw failure instanceof NotRecorded ? failure.cause : failure;
    }
  }

  async #end(state: TrainingRun['state'], sentence: string): Promise<StoredRun> {
    const endedAt = this.#parts.clock();
    const { run } = this.#stored;
    const rest = run.steps.map((step) =>
      isOpen(step.state)
        ? { ...step, state: 'skipped' as const, sentence: 'It did not come to this.' }
        : step,
    );
    const ended = { ...run, state, endedAt, sentence: sentence.slice(0, 4_000), steps: rest };
    this.#stored = withLog({ ...this.#stored, run: ended }, ended.sentence, endedAt);
    await this.#record();
    this.#hands.show(this.#stored);
    return this.#stored;
  }
}

const sentences: Readonly<Record<RunStepName, string>> = {
  snapshot: 'Examples are selected.',
  train: 'It trains.',
  calibrate: 'It is calibrated.',
  export: 'Its file is written.',
  gates: 'It is judged.',
  register: 'It is registered.',
};

function isBy(reason: unknown): reason is By {
  return typeof reason === 'object' && reason !== null && 'actor' in reason && 'reason' in reason;
}

function isOpen(state: string): boolean {
  return state === 'waiting' || state === 'running';
}

/** What the world did, or what is our own mistake, in one sentence. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof EngineError ? `${error.code}: ` : '';
  return `${code}${message}.`;
}
