/**
 * The experiments and metrics that there are: what was defined, by whom, why, and what of it is in force.
 *
 * The truth is the table `experiment_definitions`, to which revisions are added and in which nothing changes. Every process
 * that serves or controls keeps it in memory, looks for newer revisions each second, and sees its own at once.
 *
 * **Into the log first.** A revision is written into every partition of the event log before units are assigned by it here,
 * whoever made it: so no exposure is ever in front of the definition that explains it, also when the process that made
 * the revision died in between. Two processes write the same bytes, and the second are duplicates.
 *
 * **Two at once.** A change names the revision that it was made from; when that is no longer the newest, it is refused. Where two
 * processes write the same revision at the same moment, both rows stay, the one with the smaller write id counts, and each
 * process reads back which that is. Ids begin with the time, so the earlier wins as far as clocks agree.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import { checkChange } from '../../contracts/checkChange.ts';
import { checkExperiment } from '../../contracts/checkExperiment.ts';
import { checkMetricChange } from '../../contracts/checkMetricChange.ts';
import { EngineError } from '../../contracts/errors.ts';
import { asksForPast, Experiment, isLive } from '../../contracts/experiment.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { ExperimentProblem } from '../../contracts/experimentProblem.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { Store } from '../../contracts/store.ts';
import type { Announce } from './announcer.ts';
import {
  type KnownExperiment,
  type KnownMetric,
  knownExperiment,
  knownMetric,
} from './definitionBook.ts';
import {
  type DefinitionKind,
  type DefinitionRow,
  readDefinitions,
  readHeads,
  writeDefinition,
} from './definitionRows.ts';
import { sizeProblem } from './definitionSize.ts';
import { type Move, moved } from './moves.ts';
import type { By, ExperimentRegistry, MetricWritten, Refused, Written } from './registry.ts';

export interface RegistryOptions {
  readonly store: Store;
  readonly announce: Announce;
  /** Told what goes wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  /** Types of events that have been seen; undefined when that is not known. */
  readonly eventTypes?: () => Promise<ReadonlySet<string> | undefined>;
  readonly clock?: () => number;
  /** Between two looks for newer revisions, ms. */
  readonly pollMs?: number;
  /** How long another process may need to write a revision of the same number: it is waited for, ms. 0 when there is none. */
  readonly settleMs?: number;
}

const hour = 3_600_000;
/** A revision younger than this may not be in the log, if whoever made it died: it is written there again at a start, ms. */
const youngMs = hour;
/** Announced again although nothing runs any more: as long as its stop may be in no log, ms. */
const stoppedMs = 7 * 24 * hour;
/** A move is not made from a revision: it is tried again when another change came in between. */
const movesMax = 5;

/** @throws EngineError SINK_UNAVAILABLE */
export async function openRegistry(options: RegistryOptions): Promise<ExperimentRegistry> {
  const registry = createRegistry(options);
  try {
    await registry.refresh();
  } catch (error) {
    await registry.close();
    throw error;
  }
  return registry;
}

/** Knows nothing until it has looked for the first time. */
export function createRegistry(options: RegistryOptions): ExperimentRegistry {
  return new Registry(options);
}

class Registry implements ExperimentRegistry {
  readonly #options: Required<Omit<RegistryOptions, 'eventTypes'>> &
    Pick<RegistryOptions, 'eventTypes'>;
  readonly #experiments = new Map<string, KnownExperiment>();
  readonly #metrics = new Map<string, KnownMetric>();
  readonly #inForce = new Map<string, ExperimentRecord>();
  /** Keys of experiments whose newest revision this process has not written into the log. */
  readonly #unannounced = new Set<string>();
  readonly #told = new Set<string>();
  /** One write, or one look, at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;
  #looking = false;
  /** All that was there at the start has been read. */
  #isLoaded = false;
  #isClosed = false;

  constructor(options: RegistryOptions) {
    this.#options = { clock: Date.now, pollMs: 1_000, settleMs: 0, ...options };
    this.#timer = setInterval(() => void this.#poll(), this.#options.pollMs);
    this.#timer.unref();
  }

  experiments(): KnownExperiment[] {
    return [...this.#experiments.values()].sort((a, b) =>
      a.record.experiment.key < b.record.experiment.key ? -1 : 1,
    );
  }

  experiment(key: string): KnownExperiment | undefined {
    return this.#experiments.get(key);
  }

  inForce(key: string): ExperimentRecord | undefined {
    return this.#inForce.get(key);
  }

  allInForce(): ExperimentRecord[] {
    return [...this.#inForce.values()];
  }

  metrics(): KnownMetric[] {
    return [...this.#metrics.values()].sort((a, b) => (a.metric.key < b.metric.key ? -1 : 1));
  }

  metricsOf(key: string): readonly ExperimentMetric[] {
    const known = this.#experiments.get(key);
    if (known === undefined) return [];
    const { experiment, metrics } = known.record;
    return experiment.state === 'draft' ? this.#definitionsOf(experiment) : metrics;
  }

  async check(definition: unknown): Promise<ExperimentProblem[]> {
    const parsed = parse(Experiment, definition);
    if ('issues' in parsed) {
      return parsed.issues.map(({ at, message }) => ({
        severity: 'problem',
        field: at,
        sentence: at === '' ? message : `${at}: ${message}`,
      }));
    }
    return this.#problemsOf(parsed.value, true);
  }

  create(definition: unknown, by: By): Promise<Written> {
    return this.#alone(async () => {
      const parsed = parse(Experiment, definition);
      if ('issues' in parsed) return { outcome: 'malformed', issues: parsed.issues };
      const { state, stages, decision } = parsed.value;
      if (state !== 'draft' || stages.length > 0 || decision !== null) {
        return refusal(
          'An experiment begins as a draft, without stages and without a decision. Leave them out, and start it afterwards.',
          'state',
        );
      }
      return this.#createAs(parsed.value, by, this.#refusals(await this.#problemsOf(parsed.value)));
    });
  }

  adopt(experiment: Experiment, by: By): Promise<Written> {
    return this.#alone(async () =>
      this.#createAs(experiment, by, this.#refusals(await this.#problemsOf(experiment))),
    );
  }

  change(key: string, definition: unknown, revision: number, by: By): Promise<Written> {
    return this.#alone(async () => {
      await this.#look();
      const known = this.#experiments.get(key);
      if (known === undefined) return { outcome: 'unknown' };
      if (known.head.revision !== revision) {
        return { outcome: 'stale', revision: known.head.revision };
      }
      const { experiment: before } = known.record;
      const parsed = parse(Experiment, definition);
      if ('issues' in parsed) return { outcome: 'malformed', issues: parsed.issues };
      const given = (definition as Partial<Experiment>).state;
      if (given !== undefined && given !== before.state) {
        return refusal(
          `The experiment is ${before.state}. To make it ${given}, start, pause, resume, stop or archive it: a change does not.`,
          'state',
        );
      }
      const { decision } = parsed.value;
      const after: Experiment = {
        ...parsed.value,
        state: before.state,
        decision: decision ?? before.decision,
      };
      return this.#apply(known, after, by, true);
    });
  }

  move(key: string, move: Move, by: By): Promise<Written> {
    return this.#alone(async () => {
      let written: Written = { outcome: 'unknown' };
      for (let attempt = 0; attempt < movesMax; attempt += 1) {
        await this.#look();
        const known = this.#experiments.get(key);
        if (known === undefined) return { outcome: 'unknown' };
        const after = moved(known.record.experiment, move, by.reason, this.#options.clock());
        if (typeof after === 'string') return refusal(after, 'state');
        const isEntry = move.move === 'start' || move.move === 'resume';
        written = await this.#apply(known, after, by, isEntry);
        if (written.outcome !== 'stale') return written;
      }
      return written;
    });
  }

  createMetric(definition: unknown, by: By): Promise<MetricWritten> {
    return this.#alone(async () => {
      const parsed = parse(ExperimentMetric, definition);
      if ('issues' in parsed) return { outcome: 'malformed', issues: parsed.issues };
      await this.#look();
      if (this.#metrics.has(parsed.value.key)) return { outcome: 'exists' };
      return this.#writeMetric(parsed.value, 1, by);
    });
  }

  changeMetric(key: string, definition: unknown, revision: number, by: By): Promise<MetricWritten> {
    return this.#alone(async () => {
      await this.#look();
      const known = this.#metrics.get(key);
      if (known === undefined) return { outcome: 'unknown' };
      if (known.head.revision !== revision) {
        return { outcome: 'stale', revision: known.head.revision };
      }
      const parsed = parse(ExperimentMetric, definition);
      if ('issues' in parsed) return { outcome: 'malformed', issues: parsed.issues };
      const all = this.experiments().map(({ record }) => record.experiment);
      const sentences = checkMetricChange(known.metric, parsed.value, all);
      if (sentences.length > 0) return { outcome: 'refused', problems: sentences.map(asProblem) };
      return this.#writeMetric(parsed.value, revision + 1, by);
    });
  }

  refresh(): Promise<void> {
    return this.#alone(() => this.#look());
  }

  async announceAgain(): Promise<void> {
    const now = this.#options.clock();
    const wanted = this.experiments().filter(({ record: { experiment }, at }) => {
      if (experiment.state === 'draft') return asksForPast(experiment);
      return isLive(experiment) || now - at < stoppedMs;
    });
    await this.#options.announce(wanted);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#turn;
  }

  async #poll(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      await this.refresh();
      this.#told.delete('poll');
    } catch (error) {
      if (this.#isClosed) return;
      this.#tellOnce('poll', `Experiments are not brought up to date: ${messageOf(error)}`);
    } finally {
      this.#looking = false;
    }
  }

  #alone<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(task);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Takes in what others have written, and puts it into the log before it is in force here. */
  async #look(): Promise<void> {
    const { store } = this.#options;
    const heads = await readHeads(store);
    const newer = heads.filter(({ kind, key, revision, writeId }) => {
      const known = kind === 'metric' ? this.#metrics.get(key) : this.#experiments.get(key);
      return known?.head.revision !== revision || known.head.writeId !== writeId;
    });
    for (const kind of ['metric', 'experiment'] as const) {
      const keys = newer.filter((head) => head.kind === kind).map(({ key }) => key);
      const rows = await readDefinitions(store, kind, keys);
      for (const key of new Set(rows.map((row) => row.key))) {
        this.#take(
          kind,
          key,
          rows.filter((row) => row.key === key),
        );
      }
    }
    this.#isLoaded = true;
    const fresh = [...this.#unannounced].map((key) => this.#experiments.get(key)!);
    if (fresh.length > 0) await this.#announce(fresh);
  }

  #take(kind: DefinitionKind, key: string, rows: readonly DefinitionRow[]): void {
    const tell = (sentence: string) => this.#tellOnce(sentence, sentence);
    if (kind === 'metric') {
      const metric = knownMetric(rows, tell);
      if (metric !== undefined) this.#metrics.set(key, metric);
      return;
    }
    const known = knownExperiment(rows, tell);
    if (known === undefined) return;
    const before = this.#experiments.get(key)?.head;
    if (before?.revision === known.head.revision && before.writeId !== known.head.writeId) {
      tell(
        `Revision ${before.revision} of ${key} was written twice at once; the earlier one counts.`,
      );
    }
    this.#experiments.set(key, known);
    const { state } = known.record.experiment;
    const isInLog = !this.#isLoaded && known.at < this.#options.clock() - youngMs;
    // A draft assigns nobody and is not counted; but one that asks for the past begins to gather it.
    const isIdle = state === 'draft' && !asksForPast(known.record.experiment);
    if (isIdle || isInLog) {
      this.#enforce(known);
      return;
    }
    this.#unannounced.add(key);
    // It may stop assigning at once: an exposure less harms nothing.
    if (state !== 'running') this.#inForce.set(key, known.record);
  }

  /** Tells instead of throwing: the next look tries again. @returns what went wrong */
  async #announce(fresh: readonly KnownExperiment[]): Promise<unknown> {
    try {
      await this.#options.announce(fresh);
    } catch (error) {
      this.#tellOnce(
        'announce',
        `A change of experiments is not in the event log yet: ${messageOf(error)}`,
      );
      return error;
    }
    this.#told.delete('announce');
    for (const known of fresh) this.#enforce(known);
    return undefined;
  }

  #enforce({ record }: KnownExperiment): void {
    const { key } = record.experiment;
    this.#unannounced.delete(key);
    this.#inForce.set(key, record);
  }

  async #createAs(
    experiment: Experiment,
    by: By,
    refusals: readonly ExperimentProblem[],
  ): Promise<Written> {
    await this.#look();
    if (this.#experiments.has(experiment.key)) return { outcome: 'exists' };
    if (refusals.length > 0) return { outcome: 'refused', problems: refusals };
    const written = await this.#writeExperiment(experiment, 1, by, 'created', true);
    return written.outcome === 'stale' ? { outcome: 'exists' } : written;
  }

  /** @param judged whether it must be sound in itself: what only leaves the stage need not be */
  async #apply(
    known: KnownExperiment,
    wanted: Experiment,
    by: By,
    judged: boolean,
  ): Promise<Written> {
    const { experiment: before } = known.record;
    const change = checkChange(before, { ...wanted, stages: [] }, this.#options.clock());
    if (change.outcome === 'refused') {
      return { outcome: 'refused', problems: change.sentences.map(asProblem) };
    }
    const after = change.experiment;
    const starts = before.state === 'draft' && after.state === 'running';
    const isOpen = after.state === 'draft' || isLive(after);
    if (judged && isOpen) {
      const refusals = this.#refusals(await this.#problemsOf(after, starts));
      if (refusals.length > 0) return { outcome: 'refused', problems: refusals };
    }
    const spare = before.state === after.state;
    return this.#writeExperiment(after, known.head.revision + 1, by, change.outcome, spare);
  }

  async #writeExperiment(
    experiment: Experiment,
    revision: number,
    by: By,
    outcome: 'created' | 'in place' | 'new stage',
    spare: boolean,
  ): Promise<Written> {
    const known = this.#experiments.get(experiment.key);
    const isSettled = known !== undefined && known.record.experiment.state !== 'draft';
    const metrics = isSettled ? known.record.metrics : this.#definitionsOf(experiment);
    const record: ExperimentRecord = { revision, experiment, metrics: [...metrics] };
    const tooLarge = sizeProblem(record, spare);
    if (tooLarge !== undefined) return refusal(tooLarge);
    const definition = JSON.stringify(record);
    const isOurs = await this.#write('experiment', experiment.key, revision, definition, by);
    const now = this.#experiments.get(experiment.key);
    if (!isOurs) return { outcome: 'stale', revision: now?.head.revision ?? revision };
    if (this.#unannounced.has(experiment.key)) {
      const error = await this.#announce([now!]);
      if (error !== undefined) throw notInLog(error, revision);
    }
    const problems = await this.#problemsOf(experiment, experiment.state === 'draft');
    return { outcome, experiment: now!.record.experiment, revision, problems };
  }

  async #writeMetric(metric: ExperimentMetric, revision: number, by: By): Promise<MetricWritten> {
    const isOurs = await this.#write('metric', metric.key, revision, JSON.stringify(metric), by);
    if (isOurs) return { outcome: revision === 1 ? 'created' : 'in place', metric, revision };
    const head = this.#metrics.get(metric.key)?.head.revision ?? revision;
    return revision === 1 ? { outcome: 'exists' } : { outcome: 'stale', revision: head };
  }

  /** @returns whether the row counts */
  async #write(
    kind: DefinitionKind,
    key: string,
    revision: number,
    definition: string,
    { actor, reason }: By,
  ): Promise<boolean> {
    const { store, clock, settleMs } = this.#options;
    const at = clock();
    const writeId = `${String(at).padStart(15, '0')}-${randomUUID()}`;
    let doubt: unknown;
    try {
      await writeDefinition(store, { kind, key, revision, writeId, at, actor, reason, definition });
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'SINK_UNAVAILABLE') throw error;
      doubt = error; // the row may be there
    }
    if (settleMs > 0) await sleep(settleMs);
    const rows = await readDefinitions(store, kind, [key]);
    if (rows.length > 0) this.#take(kind, key, rows);
    const counting = rows.find((row) => row.revision === revision);
    if (counting === undefined) {
      throw doubt ?? new EngineError('SINK_UNAVAILABLE', 'what was written cannot be read back');
    }
    return counting.writeId === writeId;
  }

  #definitionsOf({ metrics }: Experiment): ExperimentMetric[] {
    return [...new Set(metrics.map(({ metric }) => metric))].flatMap((key) => {
      const known = this.#metrics.get(key);
      return known === undefined ? [] : [known.metric];
    });
  }

  /** @param withEvents whether events that feed its metrics must have come */
  async #problemsOf(experiment: Experiment, withEvents = false): Promise<ExperimentProblem[]> {
    const eventTypes = withEvents ? await this.#options.eventTypes?.() : undefined;
    return checkExperiment(experiment, {
      experiments: this.experiments().map(({ record }) => record.experiment),
      metrics: this.metrics().map(({ metric }) => metric),
      ...(eventTypes !== undefined && { eventTypes }),
    });
  }

  #refusals(problems: readonly ExperimentProblem[]): readonly ExperimentProblem[] {
    // With the remarks: whoever mends the one reads the other.
    return problems.some(({ severity }) => severity === 'problem') ? problems : [];
  }

  #tellOnce(key: string, sentence: string): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#options.say(sentence);
  }
}

function refusal(sentence: string, field = ''): Refused {
  return { outcome: 'refused', problems: [{ severity: 'problem', field, sentence }] };
}

function asProblem(sentence: string): ExperimentProblem {
  return { severity: 'problem', field: '', sentence };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function notInLog(error: unknown, revision: number): unknown {
  if (!(error instanceof EngineError)) return error;
  return new EngineError(
    error.code,
    `Revision ${revision} is recorded, but the event log has not taken it: ${error.message}. It is sent again by itself; until ` +
      'then units are assigned as before.',
    { cause: error },
  );
}

interface Schema<Value> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: Value }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

type Issues = Extract<Refused, { outcome: 'malformed' }>['issues'];

function parse<Value>(
  schema: Schema<Value>,
  definition: unknown,
): { readonly value: Value } | { readonly issues: Issues } {
  const parsed = schema.safeParse(definition);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({
      at: path.map(String).join('.'),
      message,
    }));
    return { issues };
  }
  try {
    canonicalJson(parsed.data);
  } catch (error) {
    return { issues: [{ at: '', message: messageOf(error) }] };
  }
  return { value: parsed.data };
}
