/** A run comes to the same end wherever its process ends; and to a clear one whatever goes wrong. Champions stay. */
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { type RunStepName, runSteps } from '../../../contracts/trainingRun.ts';
import type { ExampleSet } from '../../../control/examples/exampleSet.ts';
import { attemptsMax, stopped } from '../../../control/retraining/runTraining.ts';
import type { RunParts } from '../../../control/retraining/steps/runStep.ts';
import type { StoredRun } from '../../../control/retraining/storedRun.ts';
import { openTrainingBook } from '../../../control/retraining/trainingBook.ts';
import { rowsOf, type TrainingSet } from '../../../models/training/trainingSet.ts';
import {
  examplesOf,
  failing,
  judging,
  modelName,
  passing,
  runHere,
  selecting,
  smallPlan,
} from '../../support/fakeRetraining.ts';
import { drawnRows as drawn, essence, live, type World, world } from '../../support/mortalRun.ts';

const statesOf = ({ run }: StoredRun) => run.steps.map(({ state }) => state);

describe('a run that nothing happens to', () => {
  test('comes to a version, its files and how it was', async () => {
    const all = world();
    const { stored, calls } = await live(all);
    expect(stored!.run).toMatchObject({
      state: 'done',
      version: '1.1',
      sentence: 'Version 1.1 passed all gates.',
    });
    expect(statesOf(stored!)).toEqual(runSteps.map(() => 'done'));
    expect(stored!.run.steps.map(({ sentence }) => sentence)).toEqual([
      '600 examples of 50 users.',
      'The trainer "trees" has learnt from 432 rows in 5 rounds.',
      'Calibrated by "platt" on 48 rows that the trainer has not seen.',
      expect.stringMatching(
        /^\d+ KiB of ONNX; asked of the latest 120 rows, which it has not seen\.$/,
      ),
      '1 gate passed.',
      'It is version 1.1.',
    ]);
    expect(stored!.run.curves).toEqual([{ name: 'validation', losses: expect.any(Array) }]);
    const [version] = all.registry.versions;
    expect(version).toMatchObject({
      ...{ model: modelName, kind: 'trees', trainer: 'trees', seed: 1, calibration: 'platt' },
      ...{ run: stored!.run.id, parameters: { rounds: 5, seed: 1 }, gates: { passed: true } },
    });
    expect(version!.data!.snapshot).toBe(stored!.run.snapshot);
    for (const file of [version!.artifact!, version!.golden!]) {
      expect(all.artifacts.files.get(file.sha256)).toHaveLength(file.bytes);
    }
    expect(calls.filter((call) => call === 'select')).toHaveLength(1);
  });

  test('on the same snapshot makes the same files', async () => {
    const one = await live(world());
    const other = await live(world(smallPlan(), drawn, 'another one, later'));
    expect(other.stored!.run.id).not.toBe(one.stored!.run.id);
    expect(other.stored!.made).toEqual({ ...one.stored!.made, gates: expect.anything() });
    const reseeded = await live(world(smallPlan({ trainer: { seed: 2 } })));
    expect(reseeded.stored!.made.file).not.toEqual(one.stored!.made.file);
  });

  test('is asked of what came after: trained, then calibrated, then judged', async () => {
    const sets = new Map<string, TrainingSet>();
    const runJob: RunParts['runJob'] = (job, options) => {
      sets.set(job.kind, job.set);
      return runHere(job, options);
    };
    let holdout: ExampleSet | undefined;
    const judgeGates: RunParts['judgeGates'] = async (request) => {
      holdout = request.holdout;
      return passing;
    };
    await live(world(), undefined, { runJob, judgeGates });
    const part = (from: number, to: number) => rowsOf(drawn, from, to);
    expect(sets.get('train')).toEqual(part(0, 432));
    expect(sets.get('calibrate')).toEqual(part(432, 480));
    expect(sets.get('export')).toEqual(part(480, 600));
    const all = examplesOf(drawn);
    expect(holdout).toMatchObject({ set: part(480, 600), rows: 120, from: all.times[480] });
    expect(holdout!.users).toEqual(all.users.subarray(480));
    expect(holdout!.times).toEqual(all.times.subarray(480));
    expect(holdout!.slices.get('course')).toEqual(all.slices.get('course')!.slice(480));
  });

  test('has the figures of the gates before those of its file', async () => {
    const metricsOf = () => ({ brier: 0.125, squaredError: 2 });
    const { stored } = await live(world(), undefined, { metricsOf });
    const { stored: plain } = await live(world());
    expect(stored!.made.metrics).toEqual({ ...plain!.made.metrics, ...metricsOf() });
  });

  test('searches for parameters where the plan gives time for it', async () => {
    const plan = smallPlan({ trainer: { name: 'linear', parameters: {}, searchMs: 20 } });
    const { stored } = await live(world(plan));
    expect(stored!.run.state).toBe('done');
    expect(stored!.run.curves.map(({ name }) => name)).toEqual(['search', 'training']);
    expect(stored!.made.found).not.toBeNull();
  });
});

describe('a process that ends', () => {
  const plans = {
    plain: smallPlan(),
    // The search is stored before the training begins.
    searching: smallPlan({ trainer: { searchMs: 1 } }),
  };
  test.each(Object.entries(plans))(
    'anywhere, leaves a run that comes to the same (%s)',
    async (_, plan) => {
      const straight = world(plan);
      const { stored: expected, calls } = await live(straight);
      expect(new Set(calls)).toEqual(
        new Set(['record', 'select', 'job', 'put', 'get', 'judge', 'register']),
      );
      expect(calls.length).toBeGreaterThan(20);
      for (let at = 0; at < calls.length; at += 1) {
        for (const isDone of [false, true]) {
          const all = world(plan);
          const first = await live(all, { at, isDone });
          expect(first.stored).toBeUndefined();
          const { stored } = await live(all);
          expect(essence(stored!), `${calls[at]} ${at} ${isDone}`).toEqual(essence(expected!));
          expect(all.registry.versions).toEqual(straight.registry.versions);
          expect([...all.artifacts.files.keys()].sort()).toEqual(
            [...straight.artifacts.files.keys()].sort(),
          );
        }
      }
    },
  );

  test('does not do again what was done', async () => {
    const all = world();
    const { calls } = await live(world());
    const at = calls.indexOf('judge');
    await live(all, { at, isDone: false });
    const { calls: after } = await live(all);
    expect(after.filter((call) => call !== 'record')).toEqual(['select', 'judge', 'register']);
  });

  test('between search and training, leaves what was found: another search may find otherwise', async () => {
    const plan = smallPlan({ trainer: { searchMs: 1 } });
    const kinds: string[] = [];
    const runJob: RunParts['runJob'] = (job, options) => {
      kinds.push(job.kind);
      return runHere(job, options);
    };
    const { calls } = await live(world(plan));
    // The job behind those that check the set and search.
    const at = [...calls.keys()].filter((i) => calls[i] === 'job')[2]!;
    const all = world(plan);
    await live(all, { at, isDone: false });
    await live(all, undefined, { runJob });
    expect(kinds).toEqual(['train', 'calibrate', 'export']);
  });

  test('again and again with the run, is not begun for ever', async () => {
    const all = world();
    const { calls } = await live(world());
    await live(all, { at: calls.indexOf('job'), isDone: false });
    // From then on: that it is taken up, the examples, the job.
    for (let i = 1; i < attemptsMax; i += 1) {
      const { calls: again } = await live(all, { at: 2, isDone: false });
      expect(again).toEqual(['record', 'select', 'job']);
    }
    const { stored } = await live(all);
    expect(stored!.run.state).toBe('failed');
    expect(stored!.run.sentence).toBe(
      `Failed at the step "snapshot": TRAINING_DIED: its process ended ${attemptsMax} times while it was under way.`,
    );
    expect(all.registry.versions).toEqual([]);
  });

  test('and examples that are others afterwards: the snapshot is taken anew', async () => {
    const all = world();
    const { calls } = await live(world());
    await live(all, { at: calls.indexOf('judge'), isDone: false });
    // Somebody was erased.
    const fewer = {
      ...drawn,
      values: drawn.values.slice(0, 590 * 5),
      labels: drawn.labels.slice(0, 590),
    };
    const selectExamples = selecting(() => fewer);
    const { stored } = await live(all, undefined, { selectExamples });
    expect(stored!.run.log.map(({ sentence }) => sentence)).toContain(
      'Between the same times there are 590 examples now and not the 600 of the snapshot, or others: some came late, or were erased. The snapshot is taken anew.',
    );
    const fresh = await live(world(smallPlan(), fewer));
    expect(essence(stored!)).toEqual(essence(fresh.stored!));
  });
});

describe('a run that comes to nothing', () => {
  const alike = { ...drawn, labels: drawn.labels.map(() => 1) };
  const constant = { ...drawn, values: drawn.values.map(() => 3) };
  const unlabelled = { ...drawn, labels: drawn.labels.map((label, i) => (i === 7 ? NaN : label)) };
  const full = {
    put: () => Promise.reject(new EngineError('ARTIFACT_UNAVAILABLE', 'the disk is full')),
  };
  const job = (error: Error): Partial<RunParts> => ({
    runJob: (of, options) => (of.kind === 'train' ? Promise.reject(error) : runHere(of, options)),
  });
  const hangs = new EngineError(
    'TRAINING_DIED',
    'the training takes more than 20000 ms and was ended',
  );
  const memory = new EngineError(
    'TRAINING_DIED',
    'the training ran out of memory: its heap may have 16 MiB',
  );
  const cases: [string, World, (all: World) => Partial<RunParts>, RunStepName, string][] = [
    [
      'one class',
      world(smallPlan(), alike),
      () => ({}),
      'snapshot',
      'TRAINING_IMPOSSIBLE: the training set has one class: 1.',
    ],
    [
      'constant features',
      world(smallPlan(), constant),
      () => ({}),
      'snapshot',
      'TRAINING_IMPOSSIBLE: every feature is constant.',
    ],
    [
      'labels that are no numbers',
      world(smallPlan(), unlabelled),
      () => ({}),
      'snapshot',
      'TRAINING_IMPOSSIBLE: label of row 7: expected a number of at most 1e30, got NaN.',
    ],
    [
      'too few rows',
      world(smallPlan({ data: { rowsMin: 2_000 } })),
      () => ({}),
      'snapshot',
      'TRAINING_IMPOSSIBLE: there are 600 examples, and at least 2,000 are needed.',
    ],
    [
      'a trainer that hangs',
      world(),
      () => job(hangs),
      'train',
      `TRAINING_DIED: ${hangs.message}.`,
    ],
    ['no memory', world(), () => job(memory), 'train', `TRAINING_DIED: ${memory.message}.`],
    [
      'a full disk',
      world(),
      ({ artifacts }) => ({ artifacts: { ...artifacts, ...full } }),
      'train',
      'ARTIFACT_UNAVAILABLE: the disk is full.',
    ],
    [
      'a parameter that there is not',
      world(smallPlan({ trainer: { parameters: { wit: 1 } } })),
      () => ({}),
      'train',
      'wit: expected one of',
    ],
    [
      'a registry that refuses',
      world(),
      () => ({
        registry: {
          register: async () => ({ outcome: 'refused', sentence: 'its width is another' }),
        },
      }),
      'register',
      'TRAINING_IMPOSSIBLE: the registry refuses it: its width is another.',
    ],
  ];
  test.each(cases)(
    '%s: says so, and the champion stays',
    async (_, all, change, name, sentence) => {
      const before = structuredClone(all.registry.known);
      const { stored } = await live(all, undefined, change(all));
      expect(stored!.run.state).toBe('failed');
      expect(stored!.run.sentence).toContain(`Failed at the step "${name}": ${sentence}`);
      const at = runSteps.indexOf(name);
      expect(statesOf(stored!)[at]).toBe('failed');
      expect(
        statesOf(stored!)
          .slice(at + 1)
          .every((state) => state === 'skipped'),
      ).toBe(true);
      expect(stored!.run).toMatchObject({ version: null, endedAt: expect.any(Number) });
      expect(all.registry.versions).toEqual([]);
      expect(all.registry.known).toEqual(before);
    },
  );

  test('by a gate, is refused with what failed and by how much', async () => {
    const all = world();
    const { stored } = await live(all, undefined, { judgeGates: judging(failing) });
    expect(stored!.run.state).toBe('refused');
    expect(stored!.run.sentence).toBe(
      "Refused: Its log loss is 0.0041 above the champion's, and 0.002 is allowed.",
    );
    expect(statesOf(stored!)).toEqual(['done', 'done', 'done', 'done', 'failed', 'skipped']);
    expect(stored!.made.gates).toEqual(failing);
    expect(all.registry.calls).toBe(0);
  });

  test('by a step that never answers, ends when its time is up', async () => {
    const never = { judgeGates: () => new Promise<never>(() => {}), stepMs: 50 };
    const { stored } = await live(world(), undefined, never);
    expect(stored!.run.sentence).toBe(
      'Failed at the step "gates": TRAINING_DIED: the step "gates" takes more than 50 ms.',
    );
  });
});

describe('what fails for a while', () => {
  test('is tried again', async () => {
    const all = world();
    let failures = 0;
    const put: RunParts['artifacts']['put'] = (bytes) => {
      failures += 1;
      if (failures < 3) throw new EngineError('ARTIFACT_UNAVAILABLE', 'the disk is full');
      return all.artifacts.put(bytes);
    };
    const { stored } = await live(all, undefined, { artifacts: { ...all.artifacts, put } });
    expect(stored!.run.state).toBe('done');
    expect(
      stored!.run.log.filter(({ sentence }) => sentence.includes('disk is full')),
    ).toHaveLength(2);
  });

  test('few later rows of one class leave scores as they are', async () => {
    // The rows on which scores are calibrated: from 432 to 480.
    const labels = drawn.labels.map((label, i) => (i >= 432 && i < 480 ? 0 : label));
    const { stored } = await live(world(smallPlan(), { ...drawn, labels }));
    expect(stored!.run.state).toBe('done');
    expect(statesOf(stored!)[2]).toBe('skipped');
    expect(stored!.run.steps[2]!.sentence).toBe(
      'Scores are taken as they are: calibration: rows of both classes are needed.',
    );
    expect(stored!.made.calibration).toBeNull();
  });
});

describe('a cancellation', () => {
  /** Aborts within the call of that number. */
  async function endedAt(at: number, reason?: symbol) {
    const all = world();
    const abort = new AbortController();
    let calls = 0;
    const heard =
      <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
      async (...given: Given): Promise<Result> => {
        if (calls === at) abort.abort(reason);
        calls += 1;
        return call(...given);
      };
    const { parts } = all;
    const change: Partial<RunParts> = {
      selectExamples: heard(parts.selectExamples),
      judgeGates: heard(parts.judgeGates),
      runJob: heard(parts.runJob) as RunParts['runJob'],
      artifacts: { ...parts.artifacts, put: heard(parts.artifacts.put) },
      registry: { register: heard(parts.registry.register) },
    };
    const ended = live(all, undefined, change, abort.signal);
    return { all, ended, count: () => calls };
  }

  test('within any step ends the run there; what is registered stays registered', async () => {
    const { ended, count } = await endedAt(Infinity);
    await ended;
    const total = count();
    expect(total).toBe(11);
    for (let at = 0; at < total; at += 1) {
      const { ended: cancelled, all } = await endedAt(at);
      const { stored } = await cancelled;
      const isLate = at === total - 1;
      expect(stored!.run.state).toBe(isLate ? 'done' : 'cancelled');
      expect(stored!.run.sentence).toContain(isLate ? 'passed' : 'Cancelled');
      expect(all.registry.versions).toHaveLength(isLate ? 1 : 0);
    }
  });

  test('that was stored while its process was dead is heeded by the next', async () => {
    const all = world();
    await live(all, { at: 6, isDone: true });
    const book = await openTrainingBook({ store: all.store, say: () => {} });
    const { id } = all.begun.run;
    expect(await book.cancel(id, { actor: 'bob', reason: 'not now' })).toBe('cancelling');
    await book.close();
    const { stored } = await live(all);
    expect(stored!.run.state).toBe('cancelled');
    expect(stored!.run.sentence).toBe('Cancelled by bob: not now.');
  });

  test('that comes when the version may be in the registry already, is too late', async () => {
    for (const isDone of [false, true]) {
      const all = world();
      const { calls } = await live(world());
      await live(all, { at: calls.indexOf('register'), isDone });
      const book = await openTrainingBook({ store: all.store, say: () => {} });
      await book.cancel(all.begun.run.id, { actor: 'bob', reason: 'not now' });
      await book.close();
      const { stored } = await live(all);
      expect(stored!.run).toMatchObject({ state: 'done', version: '1.1' });
      expect(all.registry.versions).toHaveLength(1);
    }
  });

  test('is not a stop: that leaves the run for who comes next', async () => {
    const straight = await live(world());
    for (const at of [0, 1, 4, 8]) {
      const { ended, all } = await endedAt(at, stopped);
      await expect(ended).rejects.toThrow();
      const { stored } = await live(all);
      expect(essence(stored!)).toEqual(essence(straight.stored!));
    }
  });
});
