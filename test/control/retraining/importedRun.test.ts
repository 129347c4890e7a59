/** A run that takes in a model from elsewhere: the same machine, the same gates, the same end wherever its process ends. */
import { describe, expect, test } from 'vitest';
import type { ExampleSet } from '../../../control/examples/exampleSet.ts';
import { judgeGates } from '../../../control/gates/judgeGates.ts';
import type { ExampleRequest } from '../../../control/retraining/exampleSet.ts';
import { leftoversOf } from '../../../control/retraining/leftovers.ts';
import { type RetrainerOptions, startRetrainer } from '../../../control/retraining/retrainer.ts';
import { runTraining } from '../../../control/retraining/runTraining.ts';
import type { GateRequest, RunParts } from '../../../control/retraining/steps/runStep.ts';
import {
  byOf,
  type ImportedModel,
  isQueued,
  type StoredRun,
} from '../../../control/retraining/storedRun.ts';
import { openTrainingBook } from '../../../control/retraining/trainingBook.ts';
import { readGolden } from '../../../models/scoring/goldenRows.ts';
import { openSession } from '../../../models/scoring/session.ts';
import { rowsOf } from '../../../models/training/trainingSet.ts';
import { eventually } from '../../support/eventually.ts';
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
import { gateFeatures, madeHoldout } from '../../support/gateCases.ts';
import { ada, ask, importWorld } from '../../support/importCases.ts';
import { drawnRows, essence, live, world } from '../../support/mortalRun.ts';

/** A file that was taken, with what lies in the store. */
async function given(change: Partial<ImportedModel> = {}) {
  const from = importWorld();
  const { runs } = await ask(from, { trainer: 'LightGBM 4.7', notes: 'By hand.' });
  return { imported: { ...runs[0]!.imported!, ...change }, files: from.artifacts.files };
}
type Given = Awaited<ReturnType<typeof given>>;

function importing({ imported, files }: Given, plan = smallPlan(), set = drawnRows) {
  const all = world(plan, set, 'import:1', imported);
  for (const [sha256, bytes] of files) all.artifacts.files.set(sha256, bytes);
  return all;
}

const statesOf = ({ run }: StoredRun) => run.steps.map(({ state }) => state);

describe('a run that nothing happens to', () => {
  test('comes to a version of the kind "imported"', async () => {
    const taken = await given();
    const all = importing(taken);
    const metricsOf = () => ({ brier: 0.125 });
    const { stored, calls } = await live(all, undefined, { metricsOf });
    expect(statesOf(stored!)).toEqual(['done', 'skipped', 'skipped', 'done', 'done', 'done']);
    expect(stored!.run).toMatchObject({
      ...{ state: 'done', version: '1.1', sentence: 'Version 1.1 passed all gates.' },
      gates: passing,
    });
    expect(stored!.run.steps[0]!.sentence).toBe(
      'The latest 120 examples of 600 judge it, of 50 users.',
    );
    // Nothing is trained, and nothing but the examples is read.
    expect(calls.filter((call) => call !== 'record')).toEqual(['select', 'judge', 'register']);
    expect(all.registry.versions).toEqual([
      {
        ...{ model: modelName, version: '1.1', kind: 'imported', task: 'binary', features: [] },
        ...{ artifact: taken.imported.file, golden: taken.imported.golden, data: null },
        ...{ trainer: 'LightGBM 4.7', parameters: {}, seed: null, calibration: null },
        ...{ metrics: { brier: 0.125 }, gates: passing, parent: '1', run: stored!.run.id },
        notes:
          'By hand.\nThe file does not name its features: whether they are in the same order, nothing tells.\nNothing tells what it has learnt from. If it has seen the latest examples, the gates flatter it; shadow does not.',
      },
    ]);
  });

  test('is judged on what a training would hold out, each example as often as it stands for', async () => {
    const requests: ExampleRequest[] = [];
    const asked: GateRequest[] = [];
    const plan = smallPlan({ data: { classWeights: 'balanced', halfLifeMs: 86_400_000 } });
    const select = selecting(() => drawnRows);
    const taken = await given();
    await live(importing(taken, plan), undefined, {
      selectExamples: (request, signal) => {
        requests.push(request);
        return select(request, signal);
      },
      judgeGates: async (request) => {
        asked.push(request);
        return passing;
      },
    });
    expect(requests).toEqual([
      {
        ...{ model: modelName, learnFrom: null, bounds: null },
        plan: { ...plan.data, classWeights: 'none', halfLifeMs: null },
      },
    ]);
    expect(asked).toEqual([
      {
        ...{ model: modelName, plan: plan.gates, data: null },
        ...{ artifact: taken.imported.file, golden: taken.imported.golden },
        holdout: expect.objectContaining({
          rows: 120,
          set: { ...rowsOf(drawnRows, 480, 600), weights: new Float64Array(120).fill(1) },
        }),
      },
    ]);
  });

  test('needs no more examples than there are, but one', async () => {
    const few = { ...drawnRows, ...rowsOf(drawnRows, 0, 50) };
    const { stored } = await live(importing(await given(), smallPlan(), few));
    expect(stored!.run.state).toBe('done');
    const none = rowsOf(drawnRows, 0, 0);
    const { stored: empty } = await live(importing(await given(), smallPlan(), none));
    expect(empty!.run).toMatchObject({
      state: 'failed',
      sentence:
        'Failed at the step "snapshot": TRAINING_IMPOSSIBLE: there are no examples by which it can be judged.',
    });
  });

  test('of a snapshot says of which time, and when it may have seen what judges it', async () => {
    const { times } = examplesOf(drawnRows);
    const of = async (to: number) => {
      const data = { snapshot: 'a'.repeat(64), from: 1, to, rows: 3, excludedUsers: 0 };
      const all = importing(await given({ data, remarks: [], notes: '' }));
      await live(all);
      const [version] = all.registry.versions;
      expect(version!.data).toEqual(data);
      return version!.notes;
    };
    expect(await of(times[479]!)).toBe('');
    expect(await of(times[480]!)).toBe(
      'Its snapshot has examples of the time on which it was judged: the gates may flatter it; shadow does not.',
    );
  });

  test('whose notes are long keeps what there is room for', async () => {
    const all = importing(await given({ notes: 'n'.repeat(4_090) }));
    await live(all);
    expect(all.registry.versions[0]!.notes).toHaveLength(4_096);
  });

  test('that fails a gate is refused; the report is kept, and the file is left over', async () => {
    const taken = await given();
    const all = importing(taken);
    const { stored } = await live(all, undefined, { judgeGates: judging(failing) });
    expect(stored!.run).toMatchObject({ state: 'refused', version: null, gates: failing });
    expect(stored!.run.sentence).toMatch(/^Refused: Its log loss is 0\.0041 above/);
    expect(all.registry.calls).toBe(0);
    const hashes = [taken.imported.file.sha256, taken.imported.golden!.sha256];
    expect(leftoversOf(stored!, [], [])).toEqual(hashes);
  });
});

describe('a process that ends', () => {
  test('anywhere, leaves a run that comes to the same', async () => {
    const taken = await given();
    const straight = importing(taken);
    const { stored: expected, calls } = await live(straight);
    expect(calls).toEqual([
      ...['record', 'record', 'select', 'record', 'judge', 'record', 'register', 'record'],
    ]);
    for (let at = 0; at < calls.length; at += 1) {
      for (const isDone of [false, true]) {
        const all = importing(taken);
        const first = await live(all, { at, isDone });
        expect(first.stored).toBeUndefined();
        const { stored } = await live(all);
        expect(essence(stored!), `${calls[at]} ${at} ${isDone}`).toEqual(essence(expected!));
        expect(all.registry.versions).toEqual(straight.registry.versions);
        expect([...all.artifacts.files.keys()]).toEqual([...straight.artifacts.files.keys()]);
      }
    }
  });

  test('while the file is taken, leaves a run or none', async () => {
    class Killed extends Error {}
    /** Both files, then the run. */
    for (let last = 0; last < 3; last += 1) {
      for (const isDone of [false, true]) {
        const all = importWorld();
        let calls = 0;
        const mortal =
          <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
          async (...args: Given): Promise<Result> => {
            const isLast = calls === last;
            calls += 1;
            if (isLast && isDone) await call(...args);
            if (isLast) throw new Killed();
            return call(...args);
          };
        const dying = {
          ...all,
          store: { ...all.store, insert: mortal(all.store.insert) },
          artifacts: { ...all.artifacts, put: mortal(all.artifacts.put) },
        };
        await expect(ask(dying)).rejects.toThrow(Killed);
        const book = await openTrainingBook({ store: all.store, say: () => {} });
        const isThere = last === 2 && isDone;
        expect(book.all()).toHaveLength(isThere ? 1 : 0);
        await book.close();
        // Whoever gives it once more is not in the way of what is left.
        if (isThere) continue;
        const { started } = await ask(all);
        expect(started.outcome).toBe('started');
        expect(all.artifacts.files.size).toBe(2);
      }
    }
  });

  test('and examples that are others afterwards: the snapshot is taken anew, the file stays', async () => {
    const taken = await given();
    const { calls } = await live(importing(taken));
    const all = importing(taken);
    await live(all, { at: calls.indexOf('judge'), isDone: false });
    const fewer = rowsOf(drawnRows, 0, 590);
    const { stored } = await live(all, undefined, { selectExamples: selecting(() => fewer) });
    expect(stored!.run.log.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(/The snapshot is taken anew\.$/),
    );
    const fresh = await live(importing(taken, smallPlan(), fewer));
    expect(essence(stored!)).toEqual(essence(fresh.stored!));
    expect(stored!.run.state).toBe('done');
  });
});

describe('among other runs', () => {
  async function retraining(
    all: ReturnType<typeof importWorld>,
    change: Partial<RetrainerOptions> = {},
  ) {
    const book = await openTrainingBook({ store: all.store, say: () => {}, pollMs: 20 });
    const retrainer = startRetrainer({
      ...{ ...all, book, say: () => {}, runJob: runHere, pausesMs: [0], everyMs: 5 },
      ...{ selectExamples: selecting(() => drawnRows), judgeGates: judging(), triggersMs: 5 },
      countExamples: async () => 0,
      evidence: async () => ({ alerts: [], watchOf: () => undefined }),
      onRegistered: async () => {},
      ...change,
    });
    const stop = async () => {
      await retrainer.stop();
      await book.close();
    };
    return { retrainer, book, stop };
  }

  test('is taken up in its turn; while it waits its files are not left over', async () => {
    const all = importWorld();
    const { runs } = await ask(all);
    const [queued] = runs as [StoredRun];
    expect(isQueued(queued)).toBe(true);
    const ended: StoredRun = {
      ...queued,
      run: { ...queued.run, id: 'import-0', state: 'refused' },
    };
    expect(leftoversOf(ended, [], [queued])).toEqual([]);
    const { retrainer, stop } = await retraining(all);
    const { id } = queued.run;
    await eventually(() => expect(retrainer.get(id)).toMatchObject({ state: 'done' }));
    const [version] = all.registry.versions;
    const kept = [version!.artifact!.sha256, version!.golden!.sha256].sort();
    expect([...all.artifacts.files.keys()].sort()).toEqual(kept);
    await stop();
  });

  test('of one that is refused nothing is left', async () => {
    const all = importWorld();
    const { runs } = await ask(all);
    const { retrainer, stop } = await retraining(all, { judgeGates: judging(failing) });
    const { id } = runs[0]!.run;
    await eventually(() => expect(retrainer.get(id)).toMatchObject({ state: 'refused' }));
    await eventually(() => expect(all.artifacts.files.size).toBe(0));
    await stop();
  });

  test('can be cancelled before its turn, and while it is judged', async () => {
    for (const when of ['before', 'judged'] as const) {
      const all = importWorld();
      const { runs } = await ask(all);
      const { id } = runs[0]!.run;
      const judge: RunParts['judgeGates'] = (_request, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('ended')));
        });
      if (when === 'before') {
        const book = await openTrainingBook({ store: all.store, say: () => {} });
        expect(await book.cancel(id, ada)).toBe('cancelling');
        await book.close();
      }
      const { retrainer, stop } = await retraining(all, { judgeGates: judge });
      if (when === 'judged') {
        await eventually(() => expect(retrainer.get(id)!.steps[4]!.state).toBe('running'));
        expect(await retrainer.cancel(id, ada)).toBe('cancelling');
      }
      await eventually(() => expect(retrainer.get(id)!.state).toBe('cancelled'));
      expect(retrainer.get(id)!.sentence).toBe('Cancelled by ada: trained elsewhere.');
      expect(all.registry.calls).toBe(0);
      await eventually(() => expect(all.artifacts.files.size).toBe(0));
      await stop();
    }
  });
});

describe('with the gates that there are', () => {
  /** A LightGBM model of one tree over the two features. */
  const tree = (left: number, right: number) =>
    new TextEncoder().encode(`tree
version=v4
num_class=1
num_tree_per_iteration=1
max_feature_idx=1
objective=binary sigmoid:1
feature_names=practice recency
tree_sizes=1

Tree=0
num_leaves=2
num_cat=0
split_feature=0
threshold=0.1
decision_type=10
left_child=-1
right_child=-2
leaf_value=${left} ${right}

end of trees
`);
  const made = madeHoldout();
  const rows = made.set.labels.length;
  const examples: ExampleSet = {
    ...{ ...made, stands: new Float64Array(rows).fill(1), repairs: [] },
    ...{ snapshot: 'c'.repeat(64), excludedUsers: 0, rows },
    ...{ from: made.times[0]!, to: made.times[rows - 1]! },
  };

  /** As an engine does it: the files come from the store. */
  async function judged(bytes: Uint8Array): Promise<StoredRun> {
    const plan = smallPlan();
    plan.gates = { ...plan.gates, lossMargin: 0.05, latencyMaxMs: 1_000, sliceMargin: 0.2 };
    const all = importWorld([...gateFeatures], plan);
    const { runs } = await ask(all, { bytes });
    const book = await openTrainingBook({ store: all.store, say: () => {} });
    const parts: RunParts = {
      ...{ artifacts: all.artifacts, registry: all.registry, runJob: runHere },
      clock: () => 1_800_000_000_000,
      selectExamples: async () => examples,
      async judgeGates({ artifact, golden, holdout, plan: gates }) {
        const kept = golden && readGolden(await all.artifacts.get(golden.sha256));
        return judgeGates({
          ...{ model: all.registry.known, plan: gates, champion: null, holdout, groups: [] },
          candidate: {
            bytes: await all.artifacts.get(artifact.sha256),
            golden: kept && { rows: kept.values, predictions: kept.predictions },
          },
          ...{ clock: () => 1, openSession: (file, options) => openSession(file, options) },
        });
      },
    };
    const record = (next: StoredRun) => book.write(next, byOf(next));
    const hands = { record, show: () => {}, signal: new AbortController().signal };
    const stored = await runTraining(runs[0]!, parts, hands);
    await book.close();
    return stored;
  }

  test('a good one passes, its golden rows are asked', async () => {
    const stored = await judged(tree(-0.8, 0.8));
    expect(stored.run).toMatchObject({ state: 'done', version: '1.1' });
    const golden = stored.run.gates!.gates.find(({ gate }) => gate === 'golden');
    expect(golden).toMatchObject({ outcome: 'passed', checks: [{ count: 256 }] });
  });

  test('one that promises too much is refused, and it is told by how much', async () => {
    const stored = await judged(tree(4, -4));
    expect(stored.run).toMatchObject({ state: 'refused', version: null });
    expect(stored.run.sentence).toMatch(/By itself its probabilities are/);
  });
});
