/** What is asked of a file before it becomes a run, and what of it is stored then. */
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { runSteps } from '../../../contracts/trainingRun.ts';
import { importModel } from '../../../control/imports/importModel.ts';
import { newRun, StoredRun } from '../../../control/retraining/storedRun.ts';
import { openTrainingBook } from '../../../control/retraining/trainingBook.ts';
import { readGolden } from '../../../models/scoring/goldenRows.ts';
import { modelName, smallPlan } from '../../support/fakeRetraining.ts';
import { gateFeatures, linearFile } from '../../support/gateCases.ts';
import { ada, ask, importFeatures, importWorld, lightGbm } from '../../support/importCases.ts';

const text = (content: string) => new TextEncoder().encode(content);
const snapshot = 'a'.repeat(64);
const unnamed =
  'The file does not name its features: whether they are in the same order, nothing tells.';
const trained = { snapshot, from: 1, to: 2, rows: 3, excludedUsers: 0 };

describe('a file that is one', () => {
  test('becomes a run that waits, without the steps that its maker has done', async () => {
    const all = importWorld();
    const said = { trainer: 'LightGBM 4.7', notes: 'By hand.', parameters: { num_leaves: 31 } };
    const { started, runs } = await ask(all, said);
    expect(started).toEqual({
      outcome: 'started',
      id: expect.stringMatching(/^import-[0-9a-f]{12}$/),
      cause: {
        ...{ kind: 'import', figures: {} },
        sentence: 'A model from elsewhere (LightGBM 4.7), given by ada: trained elsewhere',
      },
    });
    const [stored] = runs as [StoredRun];
    expect(runs).toHaveLength(1);
    expect(stored.run).toMatchObject({
      ...{ id: (started as { id: string }).id, model: modelName, state: 'running' },
      ...{ snapshot: null, version: null },
    });
    expect(stored.run.steps.map(({ name, state }) => [name, state])).toEqual(
      runSteps.map((name) => [
        name,
        ({ train: 'skipped', calibrate: 'skipped', export: 'done' } as Record<string, string>)[
          name
        ] ?? 'waiting',
      ]),
    );
    expect(stored.run.steps.slice(1, 4).map(({ sentence }) => sentence)).toEqual([
      'It was trained elsewhere: LightGBM 4.7.',
      'Scores are taken as they are.',
      expect.stringMatching(/^\d+ KiB of ONNX, made of LightGBM's text, with golden rows\.$/),
    ]);
    expect(stored.imported).toMatchObject({
      ...{ format: 'lightgbm', trainer: 'LightGBM 4.7', notes: 'By hand.', data: null },
      parameters: { num_leaves: 31 },
      remarks: [
        unnamed,
        'Nothing tells what it has learnt from. If it has seen the latest examples, the gates flatter it; shadow does not.',
      ],
    });
    // What a restart needs lies in the store: the file and its golden rows.
    const { file, golden } = stored.made;
    const model = { task: 'binary', features: importFeatures } as const;
    const expected = importModel(lightGbm, model);
    expect(all.artifacts.files.get(file!.sha256)).toEqual(expected.bytes);
    const rows = readGolden(all.artifacts.files.get(golden!.sha256)!);
    expect(rows).toEqual({
      ...{ width: 4, values: expected.golden!.rows },
      predictions: expected.golden!.predictions,
    });
    expect(StoredRun.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  test('of ONNX is taken as it is, without golden rows; it names its trainer itself', async () => {
    const all = importWorld([...gateFeatures]);
    const bytes = linearFile([1, 0.5]);
    const { runs } = await ask(all, { bytes });
    const [{ made, imported, run }] = runs as [StoredRun];
    expect([...all.artifacts.files.values()]).toEqual([bytes]);
    expect(made.golden).toBeNull();
    expect(imported).toMatchObject({ format: 'onnx', trainer: 'millrace' });
    expect(run.steps[3]!.sentence).toMatch(/ of ONNX, as it was given, with no golden rows\.$/);
  });

  test('of a snapshot that a version or a run has learnt from says of which time', async () => {
    const of = async (all: ReturnType<typeof importWorld>) => {
      const { runs } = await ask(all, { snapshot });
      return runs[0]!.imported!;
    };
    const byVersion = importWorld();
    const [online] = byVersion.registry.known.versions;
    const version = { ...online!.version, version: '1.1', data: trained };
    byVersion.registry.known = {
      ...byVersion.registry.known,
      versions: [online!, { ...online!, version }],
    };
    expect(await of(byVersion)).toMatchObject({ data: trained, remarks: [unnamed] });

    const byRun = importWorld();
    const book = await openTrainingBook({ store: byRun.store, say: () => {} });
    const cause = { kind: 'manual', sentence: '', figures: {} } as const;
    const asked = { model: modelName, cause, causeId: 'm', causeAt: 0, plan: smallPlan() };
    const past = newRun(asked, 0);
    await book.add(
      {
        ...past,
        run: { ...past.run, state: 'refused' },
        made: { ...past.made, data: trained },
      },
      ada,
    );
    await book.close();
    expect(await of(byRun)).toMatchObject({ data: trained, remarks: [unnamed] });

    // Another one is known here.
    const known = byVersion.registry.known;
    byVersion.registry.known = {
      ...known,
      versions: known.versions.map(({ version, ...rest }) => {
        const data = version.data && { ...version.data, snapshot: 'b'.repeat(64) };
        return { ...rest, version: { ...version, data } };
      }),
    };
    const elsewhere = importWorld();
    elsewhere.registry.known = byVersion.registry.known;
    expect(await of(elsewhere)).toMatchObject({
      data: null,
      remarks: [
        unnamed,
        expect.stringMatching(/^The snapshot aaaaaaaaaaaa… is not known here: nothing/),
      ],
    });
  });

  test('given with a reason of any length has a cause that can be stored', async () => {
    const all = importWorld();
    const { runs } = await ask(all, { trainer: 't'.repeat(200) });
    expect(runs[0]!.run.cause.sentence.length).toBeLessThan(2_000);
  });
});

describe('nothing is stored', () => {
  const nothing = async (
    all: ReturnType<typeof importWorld>,
    change: Parameters<typeof ask>[1],
    runsBefore = 0,
  ) => {
    const before = all.artifacts.files.size;
    const { started, runs } = await ask(all, change);
    expect(runs).toHaveLength(runsBefore);
    expect(all.artifacts.files.size).toBe(before);
    return started;
  };

  test.each([
    ['that is empty', new Uint8Array(0), 'The file is empty.'],
    ['of text', text('hello'), 'The file is no ONNX, no LightGBM text and no XGBoost JSON.'],
    ['that is cut off', text('tree\nx'), 'The file is cut off: no end of trees.'],
    ['of other features', linearFile([1, 0.5]), /^Expected an input of 4 features/],
    ['that is a pickle', Uint8Array.of(0x80, 4), /^The file is a Python pickle/],
    ['of ONNX that is broken', Uint8Array.of(0x08, 0xff, 0xff), /.+\.$/],
    [
      'with codes that were recoded',
      text(`${new TextDecoder().decode(lightGbm)}\npandas_categorical:[["\\u001b[31m", "b"]]\n`),
      /^Its codes stand for values that it keeps itself/,
    ],
  ] as const)('of a file %s, and it is told why', async (_, bytes, sentence) => {
    const started = await nothing(importWorld(), { bytes });
    expect(started).toEqual({
      outcome: 'refused',
      sentence: sentence instanceof RegExp ? expect.stringMatching(sentence) : sentence,
    });
    expect((started as { sentence: string }).sentence).not.toMatch(/\p{Cc}/u);
  });

  test('of a file that the thread dies of', async () => {
    const died = () => Promise.reject(new EngineError('TRAINING_DIED', 'the conversion is over'));
    const all = importWorld();
    const { started, runs } = await ask(all, {}, died);
    expect(started).toEqual({ outcome: 'refused', sentence: 'The conversion is over.' });
    expect([runs, all.artifacts.files.size]).toEqual([[], 0]);
    const broken = () => Promise.reject(new Error('a mistake of ours'));
    await expect(ask(all, {}, broken)).rejects.toThrow('a mistake of ours');
  });

  test('with words that are none', async () => {
    expect(await nothing(importWorld(), { snapshot: 'x' })).toEqual({
      outcome: 'refused',
      sentence:
        'What is said of the file cannot be read: snapshot: expected a SHA-256 in hexadecimal.',
    });
    expect(await nothing(importWorld(), { trainer: 't'.repeat(201) })).toMatchObject({
      sentence: expect.stringMatching(/^What is said of the file cannot be read: trainer: /),
    });
  });

  test('for a model that there is not', async () => {
    expect(await nothing(importWorld(), { model: 'oracle' })).toEqual({
      outcome: 'absent',
      sentence: 'There is no model oracle.',
    });
  });

  test('while another run of the model is under way; neither is a file of it', async () => {
    const all = importWorld();
    const { runs } = await ask(all);
    const other = new TextDecoder().decode(lightGbm).replace(/^leaf_value=-?\d/m, 'leaf_value=3');
    expect(await nothing(all, { bytes: text(other) }, 1)).toEqual({
      outcome: 'refused',
      sentence: `Run ${runs[0]!.run.id} of this model is under way: wait for it, or cancel it.`,
    });
  });

  test('of a run when the file cannot be', async () => {
    const all = importWorld();
    const full = () => Promise.reject(new EngineError('ARTIFACT_UNAVAILABLE', 'the disk is full'));
    await expect(ask({ ...all, artifacts: { ...all.artifacts, put: full } })).rejects.toMatchObject(
      { code: 'ARTIFACT_UNAVAILABLE' },
    );
    const book = await openTrainingBook({ store: all.store, say: () => {} });
    expect(book.all()).toEqual([]);
    await book.close();
  });
});
