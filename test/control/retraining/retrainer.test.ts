/** The loop over runs: what starts them, their order, their cancellation, and processes that come and go. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import type { ModelPlan } from '../../../contracts/modelPlan.ts';
import type { ModelVersion } from '../../../contracts/modelVersion.ts';
import { RunCause } from '../../../contracts/trainingRun.ts';
import {
  type Retrainer,
  type RetrainerOptions,
  startRetrainer,
} from '../../../control/retraining/retrainer.ts';
import { trainInThread } from '../../../control/retraining/trainInThread.ts';
import { openTrainingBook, type TrainingBook } from '../../../control/retraining/trainingBook.ts';
import { defaultWatches } from '../../../control/watching/defaultWatches.ts';
import { alertSample } from '../../support/alertSamples.ts';
import { eventually } from '../../support/eventually.ts';
import {
  failing,
  judging,
  memoryArtifacts,
  memoryRegistry,
  modelName,
  runHere,
  selecting,
  smallPlan,
} from '../../support/fakeRetraining.ts';
import { memoryDefinitions } from '../../support/memoryDefinitions.ts';
import { drawSet } from '../../support/trainingRows.ts';

const drawn = drawSet({ rows: 600, missing: 0.05 });
const ada = { actor: 'ada', reason: 'to see' };
const byHand = RunCause.parse({ kind: 'manual', sentence: 'Ada wants it' });
const compiled = new URL('../../../dist/control/retraining/trainingThread.js', import.meta.url);
const noTriggers = { kinds: [] };

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

/** What outlives processes. */
function world(plan: ModelPlan) {
  const handed: string[] = [];
  return {
    ...{ store: memoryDefinitions(), artifacts: memoryArtifacts(), registry: memoryRegistry(plan) },
    handed,
    onRegistered: async ({ version }: { version: string }) => void handed.push(version),
    said: [] as string[],
  };
}
type World = ReturnType<typeof world>;

async function live(
  all: World,
  change: Partial<RetrainerOptions> = {},
): Promise<{ retrainer: Retrainer; book: TrainingBook; stop(): Promise<void> }> {
  const say = (sentence: string) => void all.said.push(sentence);
  const book = await openTrainingBook({ store: all.store, say, pollMs: 20 });
  const retrainer = startRetrainer({
    ...{ ...all, book, say, runJob: runHere, pausesMs: [0], everyMs: 5, triggersMs: 5 },
    ...{ selectExamples: selecting(() => drawn), judgeGates: judging() },
    countExamples: async (_, after) => (after === null ? 600 : 0),
    evidence: async () => ({ alerts: [], watchOf: () => undefined }),
    ...change,
  });
  const stop = async () => {
    await retrainer.stop();
    await book.close();
  };
  open.push({ stop });
  return { retrainer, book, stop };
}

const ended = (retrainer: Retrainer, id: string, state = 'done') =>
  eventually(() => expect(retrainer.get(id)?.state).toBe(state), 20_000);

/** A training that waits until it is told to go on, or cancelled. */
function held() {
  let go: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const runJob: typeof runHere = async (job, options) => {
    if (job.kind !== 'train') return runHere(job, options);
    await Promise.race([
      gate,
      new Promise((_, reject) =>
        options.signal?.addEventListener('abort', () => reject(new Error('ended'))),
      ),
    ]);
    return runHere(job, options);
  };
  return { runJob, go };
}

describe('a run that somebody asks for', () => {
  test('is done in a thread, registered and handed on once', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    const { retrainer } = await live(all, {
      runJob: (job, options) => trainInThread(job, { ...options, thread: compiled }),
    });
    const started = await retrainer.start(modelName, byHand, ada);
    expect(started).toMatchObject({ outcome: 'started', cause: byHand });
    const { id } = started as { id: string };
    expect(retrainer.outlook(modelName)).toBe(`Run ${id} is under way.`);
    await ended(retrainer, id);
    await eventually(() => expect(all.handed).toEqual(['1.1']));
    expect(retrainer.list().map((run) => run.id)).toEqual([id]);
    // Of its files those of the version are left.
    const [{ artifact, golden }] = all.registry.versions as [ModelVersion];
    const kept = [artifact!.sha256, golden!.sha256].sort();
    await eventually(() => expect([...all.artifacts.files.keys()].sort()).toEqual(kept));
    expect(retrainer.list('another')).toEqual([]);
    await eventually(() => expect(retrainer.outlook(modelName)).toContain('no trigger'));
  });

  test('is refused while another of the model is under way, or when there is no such model', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    const { runJob, go } = held();
    const { retrainer } = await live(all, { runJob });
    const { id } = (await retrainer.start(modelName, byHand, ada)) as { id: string };
    expect(await retrainer.start(modelName, byHand, ada)).toEqual({
      outcome: 'refused',
      sentence: `Run ${id} of this model is under way: wait for it, or cancel it.`,
    });
    expect(await retrainer.start('oracle', byHand, ada)).toMatchObject({ outcome: 'absent' });
    go();
    await ended(retrainer, id);
  });

  test('waits for its turn: one runs at a time, in their order', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    const names = ['one', 'two', 'three'];
    const model = (name: string) =>
      names.includes(name) ? { ...all.registry.known, model: name } : undefined;
    const order: string[] = [];
    let running = 0;
    const selectExamples: RetrainerOptions['selectExamples'] = async (request, signal) => {
      order.push(request.model);
      running += 1;
      expect(running).toBe(1);
      return selecting(() => drawn)(request, signal);
    };
    const register: RetrainerOptions['registry']['register'] = (version, by) => {
      running -= 1;
      return all.registry.register(version, by);
    };
    let now = 1_000;
    const clock = () => {
      now += 1;
      return now;
    };
    const registry = { models: () => [], model, register };
    const { retrainer } = await live(all, { registry, selectExamples, clock });
    for (const name of names) await retrainer.start(name, byHand, ada);
    await eventually(() =>
      expect(retrainer.list().map(({ state }) => state)).toEqual(['done', 'done', 'done']),
    );
    expect(order).toEqual(names);
  });
});

describe('a run that somebody cancels', () => {
  test('ends while it trains', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    const { retrainer } = await live(all, { runJob: held().runJob });
    const { id } = (await retrainer.start(modelName, byHand, ada)) as { id: string };
    await eventually(() => expect(retrainer.get(id)!.steps[1]!.state).toBe('running'));
    expect(await retrainer.cancel(id, { actor: 'bob', reason: 'not now' })).toBe('cancelling');
    await ended(retrainer, id, 'cancelled');
    expect(retrainer.get(id)!.sentence).toBe('Cancelled by bob: not now.');
    expect(all.registry.calls).toBe(0);
    expect(await retrainer.cancel(id, ada)).toBe('over');
    expect(await retrainer.cancel('manual-0', ada)).toBe('absent');
  });

  test('in another process, ends in this one', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    const { retrainer } = await live(all, { runJob: held().runJob });
    const { id } = (await retrainer.start(modelName, byHand, ada)) as { id: string };
    await eventually(() => expect(retrainer.get(id)!.steps[1]!.state).toBe('running'));
    const elsewhere = await openTrainingBook({ store: all.store, say: () => {} });
    expect(await elsewhere.cancel(id, ada)).toBe('cancelling');
    await ended(retrainer, id, 'cancelled');
    await elsewhere.close();
  });

  test('before its turn, does not wait for it', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    const registry = {
      ...all.registry,
      model: (model: string) => ({ ...all.registry.known, model }),
    };
    const { retrainer } = await live(all, { runJob: held().runJob, registry });
    const first = (await retrainer.start('one', byHand, ada)) as { id: string };
    await eventually(() => expect(retrainer.get(first.id)!.steps[1]!.state).toBe('running'));
    const second = (await retrainer.start('two', byHand, ada)) as { id: string };
    await retrainer.cancel(second.id, ada);
    await ended(retrainer, second.id, 'cancelled');
    expect(retrainer.get(first.id)!.state).toBe('running');
  });
});

describe('a process that stops', () => {
  test('leaves its run to the next, which goes on where it was', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    const first = await live(all, { runJob: held().runJob });
    const { id } = (await first.retrainer.start(modelName, byHand, ada)) as { id: string };
    await eventually(() => expect(first.retrainer.get(id)!.steps[1]!.state).toBe('running'));
    await first.stop();
    expect(first.book.get(id)).toMatchObject({ attempts: 0, run: { state: 'running' } });
    const second = await live(all);
    await ended(second.retrainer, id);
    expect(all.registry.versions).toHaveLength(1);
  });

  test('any number of times is not held against the run', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    let id = '';
    for (let i = 0; i < 5; i += 1) {
      const process = await live(all, { runJob: held().runJob });
      if (i === 0)
        id = ((await process.retrainer.start(modelName, byHand, ada)) as { id: string }).id;
      await eventually(() => expect(process.book.get(id)!.attempts).toBe(1));
      await process.stop();
    }
    const last = await live(all);
    await ended(last.retrainer, id);
  });

  test('before the version is handed on: the next hands it on', async () => {
    const all = world(smallPlan({ triggers: noTriggers }));
    const first = await live(all, { onRegistered: () => Promise.reject(new Error('no time')) });
    const { id } = (await first.retrainer.start(modelName, byHand, ada)) as { id: string };
    await ended(first.retrainer, id);
    await eventually(() =>
      expect(all.said).toContain(`What follows training run ${id} is not done: no time`),
    );
    await first.stop();
    expect(all.handed).toEqual([]);
    await live(all);
    await eventually(() => expect(all.handed).toEqual(['1.1']));
  });
});

describe('triggers', () => {
  const watches = new Map(defaultWatches.map((watch) => [watch.key, watch]));
  const watchOf = (key: string) => watches.get(key);

  test('start the first training when there are examples enough, and tell until then', async () => {
    const all = world(smallPlan());
    let rows = 99;
    const { retrainer } = await live(all, { countExamples: async () => rows });
    await eventually(() =>
      expect(retrainer.outlook(modelName)).toBe(
        'None begins: there are 99 of the 100 examples that a training needs.',
      ),
    );
    expect(retrainer.list()).toEqual([]);
    rows = 600;
    await eventually(() => expect(retrainer.list()[0]).toMatchObject({ state: 'done' }));
    expect(retrainer.list()[0]!.cause).toMatchObject({ kind: 'volume' });
  });

  test('are asked again when something becomes of the model, without waiting for their time', async () => {
    const all = world(smallPlan({ data: { rowsMin: 700 } }));
    const { retrainer } = await live(all, { triggersMs: 1_000_000 });
    await eventually(() => expect(retrainer.outlook(modelName)).toContain('600 of the 700'));
    const { head } = all.registry.known;
    all.registry.known = {
      ...all.registry.known,
      ...{ plan: smallPlan(), head: { ...head, revision: head.revision + 1 } },
    };
    await eventually(() => expect(retrainer.list()[0]).toMatchObject({ state: 'done' }));
  });

  test('start one run for an alert, however long it fires, also when it comes to nothing', async () => {
    const all = world(smallPlan({ triggers: { coolDownMs: 0, perDayMax: 100, kinds: ['drift'] } }));
    const alerts = [alertSample({ id: 'a', watch: 'drift-answer-residual' })];
    const evidence = vi.fn(async () => ({ alerts, watchOf }));
    const countExamples = async () => 600;
    const change = { evidence, countExamples, judgeGates: judging(failing) };
    const { retrainer } = await live(all, change);
    await eventually(() => expect(retrainer.list()[0]).toMatchObject({ state: 'refused' }));
    const asked = evidence.mock.calls.length;
    await eventually(() => expect(evidence.mock.calls.length).toBeGreaterThan(asked + 5));
    expect(retrainer.list()).toHaveLength(1);
    expect(all.artifacts.files.size).toBe(0);
    const { since } = alerts[0]!;
    alerts.push(alertSample({ id: 'b', watch: 'drift-answer-residual', since: since + 1 }));
    await eventually(() => expect(retrainer.list()).toHaveLength(2));
  });

  test('wait for examples of the time since things are otherwise, and learn from those alone', async () => {
    const all = world(smallPlan({}));
    const alerts = [alertSample({ id: 'a', watch: 'drift-answer-residual' })];
    const { since } = alerts[0]!;
    const evidence = async () => ({ alerts, watchOf });
    const wanted = 5 * all.registry.known.plan.data.rowsMin;
    let fresh = wanted - 1;
    const countExamples = async (_: string, after: number | null) =>
      after === since - 1 ? fresh : 600;
    const asked: (number | null)[] = [];
    const selectExamples: RetrainerOptions['selectExamples'] = async (request, signal) => {
      asked.push(request.learnFrom);
      return selecting(() => drawn)(request, signal);
    };
    const { retrainer } = await live(all, { evidence, countExamples, selectExamples });
    await eventually(() =>
      expect(retrainer.outlook(modelName)).toContain('It waits for examples of since then, '),
    );
    expect(retrainer.list()).toEqual([]);
    fresh = wanted;
    await eventually(() => expect(retrainer.list()[0]?.state).toBe('done'), 20_000);
    expect(asked.every((from) => from === since)).toBe(true);
  });

  test('are looked at again when what they are told by was away', async () => {
    const all = world(smallPlan());
    let isAway = true;
    const countExamples = async () => {
      if (isAway) throw new EngineError('SINK_UNAVAILABLE', 'no answer');
      return 600;
    };
    const { retrainer } = await live(all, { countExamples });
    await eventually(() =>
      expect(all.said).toEqual([
        'What would start a run of answers is not known at present: no answer',
      ]),
    );
    isAway = false;
    await eventually(() => expect(retrainer.list()[0]).toMatchObject({ state: 'done' }));
  });
});
