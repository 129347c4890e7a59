import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Calibration } from '../../../models/calibration/calibration.ts';
import { calibrators } from '../../../models/calibration/registry.ts';
import { exportModel } from '../../../models/onnx/exportModel.ts';
import { readOnnx } from '../../../models/onnx/readOnnx.ts';
import { maxDifference } from '../../../models/scoring/parity.ts';
import { openSession } from '../../../models/scoring/session.ts';
import { trainers } from '../../../models/training/registry.ts';
import { predictRow, rawScore, type TrainedModel } from '../../../models/training/trainedModel.ts';
import { rowsOf, type TrainingFeature } from '../../../models/training/trainingSet.ts';
import { trainTrees } from '../../../models/trees/trainTrees.ts';
import { tinyCalibrations, tinyFeatures, tinyModels, tinyRows } from '../../support/tinyModels.ts';
import { drawSet } from '../../support/trainingRows.ts';
import { boundaryRows, misrouted } from '../../support/treesRouting.ts';

const golden = new URL('../../golden/onnx/', import.meta.url);
const combinations = [
  ...Object.entries(tinyModels).map(([name, model]) => [name, model, undefined] as const),
  ...Object.entries(tinyCalibrations).map(
    ([name, calibration]) => [`linear-${name}`, tinyModels['linear']!, calibration] as const,
  ),
];

/** Largest difference between the runtime's predictions and ours. */
async function difference(
  model: TrainedModel,
  features: readonly TrainingFeature[],
  rows: Float32Array,
  calibration?: Calibration,
): Promise<number> {
  const file = exportModel(model, {
    features,
    ...(calibration === undefined ? {} : { calibration }),
  });
  const session = await openSession(file, { allowsMissing: true });
  const worst = await maxDifference(session, predictRow(model, calibration), rows);
  await session.release();
  return worst;
}

describe('exportModel', () => {
  // Golden: these files pass onnx.checker of onnx 1.23.2 (full check), and onnxruntime 1.32.0 of Python runs them.
  test.each(combinations)(
    '%s: the bytes are those that were checked',
    (name, model, calibration) => {
      const bytes = exportModel(model, {
        features: tinyFeatures,
        metadata: { seed: '1', snapshot: 'ab12' },
        ...(calibration === undefined ? {} : { calibration }),
      });
      expect(Buffer.from(bytes).equals(readFileSync(new URL(`${name}.onnx`, golden)))).toBe(true);
    },
  );

  test.each(combinations)('%s: the runtime agrees', async (_, model, calibration) => {
    expect(await difference(model, tinyFeatures, tinyRows, calibration)).toBeLessThan(3e-7);
  });

  test('the file says what it is for', () => {
    const file = exportModel(tinyModels['trees']!, {
      features: tinyFeatures,
      metadata: { snapshot: 'ab12', kind: 'another' },
    });
    expect(readOnnx(file).metadata).toEqual({
      features:
        '[{"kind":"numeric","monotone":1,"name":"minutes"},{"kind":"categorical","name":"device"}]',
      kind: 'trees',
      snapshot: 'ab12',
      task: 'binary',
    });
  });

  test('features that are not those of the model, or a calibrated number, are refused', () => {
    const model = tinyModels['trees-of-numbers']!;
    expect(() => exportModel(model, { features: [] })).toThrow('features: expected 2, got 0');
    const calibration = tinyCalibrations['platt']!;
    expect(() => exportModel(model, { features: tinyFeatures, calibration })).toThrow(
      'calibration: expected none for a regression',
    );
  });
});

describe('trained models in the runtime', () => {
  const set = drawSet({ rows: 3_000, categorical: [12, 300], missing: 0.05 });
  const fresh = drawSet({ rows: 5_000, categorical: [15, 400], missing: 0.05, seed: 2 });
  const numbers = drawSet({ rows: 2_000, task: 'regression', categorical: [12, 300] });
  const quick = { trees: { rounds: 40 }, network: { epochs: 3 }, machine: { epochs: 3 } };
  const optionsOf = (name: string) => quick[name as keyof typeof quick] ?? {};

  test.each([...trainers.values()])(
    '$name: fresh rows agree, with every calibration',
    async (trainer) => {
      const model = trainer.train(rowsOf(set, 0, 2_000), optionsOf(trainer.name));
      expect(await difference(model, set.features, fresh.values)).toBeLessThan(2e-6);
      const held = rowsOf(set, 2_000, 3_000);
      const score = rawScore(model);
      const scores = Float64Array.from(held.labels, (_, row) => score(held.values, row * 7));
      for (const calibrator of Object.values(calibrators)) {
        const calibration = calibrator.fit({ scores, labels: held.labels });
        const off = await difference(model, set.features, fresh.values, calibration);
        expect(off).toBeLessThan(1e-5);
      }
    },
  );

  test.each([...trainers.values()])('$name: predictions of numbers agree', async (trainer) => {
    const model = trainer.train(numbers, optionsOf(trainer.name));
    expect(await difference(model, set.features, fresh.values)).toBeLessThan(1e-5);
  });

  test('no row is sent to another leaf, on boundaries neither', async () => {
    const { trees } = trainTrees(set, { rounds: 40 });
    expect(trees.members.length).toBeGreaterThan(0);
    const rows = boundaryRows(trees, fresh.values.subarray(0, 7));
    expect(rows.length).toBeGreaterThan(7 * 1_000);
    expect(await misrouted(trees, rows)).toBe(0);
    expect(await misrouted(trees, fresh.values)).toBe(0);
    // And it would be noticed: thresholds a little higher, and the other way for what is missing.
    const moved = {
      ...trees,
      thresholds: trees.thresholds.map((t) => t + Math.abs(t) * 1e-6),
      missingYes: trees.missingYes.map((yes) => 1 - yes),
    };
    expect(await misrouted(trees, rows, moved)).toBeGreaterThan(1_000);
  });
});
