/**
 * The experiments and metrics that there are: what was defined, by whom, why, and what of it is in force.
 *
 * Every process that serves or controls keeps them in memory, looks for newer revisions each second, and sees its own at once.
 * Here the parts are put together: what is read and written in `control/definitions/definitionBook.ts`, into the log before
 * it is in force in `inForce.ts` there, and what may be written in `writeExperiments.ts` and `writeMetrics.ts` here.
 */
import { Experiment } from '../../contracts/experiment.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import { DefinitionBook } from '../definitions/definitionBook.ts';
import { readHeads } from '../definitions/definitionRows.ts';
import { InForce } from '../definitions/inForce.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { knownDefinition } from '../definitions/knownDefinition.ts';
import { opened, type RegistryOptions } from '../definitions/registryOptions.ts';
import { createTellOnce, tellLooks } from '../definitions/tellOnce.ts';
import { parseGiven, problemsOf } from '../definitions/written.ts';
import { type Books, createJudge } from './judge.ts';
import {
  experimentKind,
  type KnownExperiment,
  type KnownMetric,
  knownMetric,
  metricsNow,
} from './known.ts';
import type { ExperimentRegistry } from './registry.ts';
import { writeExperiments } from './writeExperiments.ts';
import { writeMetrics } from './writeMetrics.ts';

export interface ExperimentRegistryOptions extends RegistryOptions<ExperimentRecord> {
  /** Types of events that have been seen; undefined when that is not known. */
  readonly eventTypes?: () => Promise<ReadonlySet<string> | undefined>;
}

/** @throws EngineError SINK_UNAVAILABLE */
export function openRegistry(options: ExperimentRegistryOptions): Promise<ExperimentRegistry> {
  return opened(createRegistry(options));
}

/** Knows nothing until it has looked for the first time. */
export function createRegistry({
  store,
  announce,
  say,
  eventTypes,
  clock = Date.now,
  pollMs = 1_000,
  settleMs = 0,
}: ExperimentRegistryOptions): ExperimentRegistry {
  const told = createTellOnce(say);
  const tell = (sentence: string) => told.tell(sentence, sentence);
  const inForce = new InForce({ announce, kind: experimentKind, told, clock });
  const metrics = new DefinitionBook<KnownMetric>({
    store,
    kind: 'metric',
    known: knownMetric,
    tell,
    clock,
    settleMs,
  });
  const experiments = new DefinitionBook<KnownExperiment>({
    store,
    kind: 'experiment',
    known: (rows) => knownDefinition(rows, experimentKind, tell),
    onRead: (known) => inForce.take(known),
    tell,
    clock,
    settleMs,
  });
  const known: Books = { experiments, metrics };
  const judge = createJudge(known, eventTypes);
  const look = async () => {
    const heads = await readHeads(store);
    await metrics.look(heads);
    await experiments.look(heads);
    await inForce.announceNew();
  };
  const { alone, close } = keepLooking({
    look,
    everyMs: pollMs,
    onLooked: tellLooks(told, 'Experiments'),
  });
  const writing = writeExperiments({ known, inForce, judge, look, clock });
  const metricWriting = writeMetrics(known, look);
  return {
    experiments: () => experiments.all(),
    experiment: (key) => experiments.get(key),
    inForce: (key) => inForce.get(key),
    allInForce: () => inForce.all(),
    metrics: () => metrics.all(),
    metricsOf(key) {
      const record = experiments.get(key)?.record;
      if (record === undefined) return [];
      const { experiment, metrics: settled } = record;
      return experiment.state === 'draft' ? metricsNow(experiment, metrics) : settled;
    },
    async check(definition) {
      const parsed = parseGiven(Experiment, definition);
      if (parsed.outcome === 'parsed') return judge(parsed.value, true);
      return problemsOf(parsed);
    },
    create: (definition, by) => alone(() => writing.create(definition, by)),
    adopt: (experiment, by) => alone(() => writing.adopt(experiment, by)),
    change: (key, definition, revision, by) =>
      alone(() => writing.change(key, definition, revision, by)),
    move: (key, move, by) => alone(() => writing.move(key, move, by)),
    annotate: (key, change, by) => alone(() => writing.annotate(key, change, by)),
    createMetric: (definition, by) => alone(() => metricWriting.createMetric(definition, by)),
    changeMetric: (key, definition, revision, by) =>
      alone(() => metricWriting.changeMetric(key, definition, revision, by)),
    refresh: () => alone(look),
    announceAgain: () => inForce.announceAgain(experiments.all()),
    close,
  };
}
