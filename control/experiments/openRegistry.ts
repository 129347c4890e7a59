/**
 * The experiments and metrics that there are: what was defined, by whom, why, and what of it is in force.
 *
 * Every process that serves or controls keeps them in memory, looks for newer revisions each second, and sees its own at once.
 * Here the parts are put together: what is read and written in `control/definitions/definitionBook.ts`, into the log before
 * it is in force in `inForce.ts` there, and what may be written in `writeExperiments.ts` and `writeMetrics.ts` here.
 */
import { Experiment } from '../../contracts/experiment.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { Store } from '../../contracts/store.ts';
import type { Announce } from '../definitions/announcer.ts';
import { DefinitionBook } from '../definitions/definitionBook.ts';
import { readHeads } from '../definitions/definitionRows.ts';
import { InForce } from '../definitions/inForce.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { knownDefinition } from '../definitions/knownDefinition.ts';
import { createTellOnce } from '../definitions/tellOnce.ts';
import { parseGiven } from '../definitions/written.ts';
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

export interface RegistryOptions {
  readonly store: Store;
  readonly announce: Announce<ExperimentRecord>;
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
export function createRegistry({
  store,
  announce,
  say,
  eventTypes,
  clock = Date.now,
  pollMs = 1_000,
  settleMs = 0,
}: RegistryOptions): ExperimentRegistry {
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
    onLooked(error) {
      if (error === undefined) return told.forget('look');
      const why = error instanceof Error ? error.message : String(error);
      told.tell('look', `Experiments are not brought up to date: ${why}`);
    },
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
      return parsed.issues.map(({ at, message }) => ({
        severity: 'problem',
        field: at,
        sentence: at === '' ? message : `${at}: ${message}`,
      }));
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
