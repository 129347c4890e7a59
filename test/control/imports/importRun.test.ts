import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import { ModelVersion } from '../../../contracts/modelVersion.ts';
import { type ImportParts, importRun } from '../../../control/imports/importRun.ts';
import type { KnownModel, NewVersion } from '../../../control/registry/modelRegistry.ts';
import { readGolden } from '../../../models/scoring/goldenRows.ts';
import { openSession } from '../../../models/scoring/session.ts';
import { gateFeatures, linearFile, madeHoldout } from '../../support/gateCases.ts';

const by = { actor: 'ada', reason: 'trained elsewhere' };
const sha256 = 'a'.repeat(64);
const holdout = madeHoldout();
const plan = ModelPlan.parse({ gates: { lossMargin: 0.01, latencyMaxMs: 1_000 } });

const known: KnownModel = {
  ...{ model: 'answer', pipeline: 'answers', task: 'binary', featureVersion: '1', plan },
  features: [...gateFeatures],
  serving: {
    champion: { version: '1', sha256: null, width: 0 },
    ...{ release: null, shadows: [] },
  },
  ...{ versions: [], releases: [], served: [] },
  head: {} as KnownModel['head'],
};

/** A LightGBM model of one tree over the two features. */
const treeText = (left: number, right: number) => `tree
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
`;

function parts(change: Partial<ImportParts> = {}) {
  const files: Uint8Array[] = [];
  const registered: NewVersion[] = [];
  const made: ImportParts = {
    registry: {
      model: (name) => (name === 'answer' ? known : undefined),
      register: (version) => {
        registered.push(version);
        const whole = {
          ...version,
          ...{ version: '1.1', parent: '1', task: known.task, features: [...known.features] },
        };
        return Promise.resolve({ outcome: 'written', revision: 2, made: whole });
      },
    },
    artifacts: {
      put: (bytes) => {
        files.push(bytes);
        return Promise.resolve({ sha256, bytes: bytes.length });
      },
    },
    holdout: () => Promise.resolve(holdout),
    champion: () => Promise.resolve(null),
    groups: () => ['gender'],
    snapshot: () => Promise.resolve(undefined),
    clock: () => 1_800_000_000_000,
    openSession: (bytes, options) => openSession(bytes, options),
    ...change,
  };
  return { parts: made, files, registered };
}

describe('a model that passes', () => {
  test('is stored and registered with its report and what was taken on trust', async () => {
    const { parts: engine, files, registered } = parts();
    const bytes = linearFile([1, 0.5]);
    const manifest = { trainer: 'ours 3', parameters: { depth: 4 }, notes: 'By hand.' };
    const outcome = await importRun(engine, { model: 'answer', bytes, manifest, run: 'r1' }, by);
    expect(outcome).toMatchObject({ outcome: 'registered', version: { version: '1.1' } });
    expect(files).toEqual([bytes]);
    const [version] = registered as [NewVersion];
    expect(version).toMatchObject({
      ...{ model: 'answer', kind: 'imported', trainer: 'ours 3', parameters: { depth: 4 } },
      ...{ run: 'r1', golden: null, data: null, gates: { passed: true, against: '1' } },
      metrics: { logLoss: expect.any(Number), brier: expect.any(Number), auc: expect.any(Number) },
    });
    expect(version.notes).toBe(
      'By hand.\nNothing tells what it has learnt from. If it has seen the latest examples, the gates flatter it; shadow does not.',
    );
    if (outcome.outcome === 'registered') ModelVersion.parse(outcome.version);
  });

  test('of trees has its golden rows stored beside it', async () => {
    const { parts: engine, files, registered } = parts();
    const bytes = new TextEncoder().encode(treeText(-0.8, 0.8));
    expect(await importRun(engine, { model: 'answer', bytes }, by)).toMatchObject({
      outcome: 'registered',
    });
    expect(files).toHaveLength(2);
    expect(readGolden(files[1]!)).toMatchObject({ width: 2 });
    const golden = registered[0]!.gates!.gates.find(({ gate }) => gate === 'golden');
    expect(golden).toMatchObject({ outcome: 'passed', checks: [{ count: 256 }] });
  });

  test('of a snapshot says of which time; one that holds the examples it is judged on is told', async () => {
    const data = { snapshot: sha256, from: 1, to: 2, rows: 3, excludedUsers: 0 };
    const of = async (to: number) => {
      const { parts: engine, registered } = parts({
        snapshot: () => Promise.resolve({ ...data, to }),
      });
      const request = {
        ...{ model: 'answer', bytes: linearFile([1, 0.5]), manifest: { snapshot: sha256 } },
      };
      await importRun(engine, request, by);
      return registered[0]!;
    };
    expect(await of(2)).toMatchObject({ data, notes: '' });
    expect((await of(1_700_000_001_000)).notes).toMatch(/^Its snapshot has examples of the time/);
  });

  test('is registered although others write at the same moment; not for ever', async () => {
    let left = 2;
    const { parts: engine } = parts();
    const { register } = engine.registry;
    const busy = {
      ...engine.registry,
      register: (version: NewVersion) => {
        left -= 1;
        return left < 0
          ? register(version, by)
          : Promise.resolve({ outcome: 'stale', revision: 3 } as const);
      },
    };
    const request = { model: 'answer', bytes: linearFile([1, 0.5]) };
    expect(await importRun({ ...engine, registry: busy }, request, by)).toMatchObject({
      outcome: 'registered',
    });
    left = 100;
    await expect(importRun({ ...engine, registry: busy }, request, by)).rejects.toMatchObject({
      code: 'SINK_UNAVAILABLE',
    });
  });
});

describe('nothing is stored', () => {
  const refused = async (
    request: { bytes: Uint8Array; manifest?: unknown },
    change: Partial<ImportParts> = {},
  ) => {
    const { parts: engine, files, registered } = parts(change);
    const outcome = await importRun(engine, { model: 'answer', ...request }, by);
    expect(files).toEqual([]);
    expect(registered).toEqual([]);
    return outcome;
  };

  test('of a model that fails a gate; the report says why', async () => {
    const bytes = new TextEncoder().encode(treeText(4, -4));
    const outcome = await refused({ bytes });
    expect(outcome).toMatchObject({ outcome: 'refused', report: { passed: false } });
    expect((outcome as { sentence: string }).sentence).toMatch(/By itself its probabilities are/);
  });

  test('of a file that is none, nor with a manifest that is none', async () => {
    expect(await refused({ bytes: new TextEncoder().encode('tree\nx') })).toEqual({
      outcome: 'refused',
      sentence: 'The file is cut off: no end of trees.',
      report: null,
    });
    const bytes = linearFile([1, 0.5]);
    expect(await refused({ bytes, manifest: { snapshot: 'x' } })).toMatchObject({
      sentence: 'The manifest cannot be read: snapshot: expected a SHA-256 in hexadecimal.',
    });
    expect(await refused({ bytes, manifest: [] })).toMatchObject({ outcome: 'refused' });
  });

  test('for a model that there is not, or when the examples are not to be had', async () => {
    const { parts: engine } = parts();
    const request = { model: 'other', bytes: linearFile([1, 0.5]) };
    expect(await importRun(engine, request, by)).toEqual({ outcome: 'absent' });
    const away = () => Promise.reject(new EngineError('SINK_UNAVAILABLE', 'gone'));
    const bytes = linearFile([1, 0.5]);
    await expect(refused({ bytes }, { holdout: away })).rejects.toMatchObject({
      code: 'SINK_UNAVAILABLE',
    });
  });
});
