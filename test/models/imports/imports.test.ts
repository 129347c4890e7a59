import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importLightGbm, membersOf } from '../../../models/imports/importLightGbm.ts';
import { importXgBoost } from '../../../models/imports/importXgBoost.ts';
import { exportModel } from '../../../models/onnx/exportModel.ts';
import { openSession } from '../../../models/scoring/session.ts';
import { predictRow } from '../../../models/training/trainedModel.ts';
import { roundDown } from '../../../models/trees/roundDown.ts';
import { misrouted } from '../../support/treesRouting.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../golden/imports/${name}`, import.meta.url), 'utf8');

/** Rows with what the program itself predicts of them: on the boundary of every split, beside it, at zero, missing, codes. */
function rowsOf(name: string): { rows: Float32Array; width: number; predictions: number[] } {
  const { rows, predictions } = JSON.parse(read(name)) as {
    rows: (number | null)[][];
    predictions: number[];
  };
  const values = Float32Array.from(rows.flat(), (value) => value ?? NaN);
  return { rows: values, width: rows[0]!.length, predictions };
}

// Golden: trained and predicted by LightGBM 4.7.0 and XGBoost 3.2.0.
const models = [
  ['lightgbm-binary', importLightGbm, 'lightgbm-binary.txt'],
  ['lightgbm-regression', importLightGbm, 'lightgbm-regression.txt'],
  ['lightgbm-forest', importLightGbm, 'lightgbm-forest.txt'],
  ['xgboost-binary', importXgBoost, 'xgboost-binary-model.json'],
  ['xgboost-regression', importXgBoost, 'xgboost-regression-model.json'],
] as const;

describe.each(models)('%s', (name, importModel, file) => {
  const model = importModel(read(file));
  const { rows, width, predictions } = rowsOf(`${name}.json`);

  test('predicts as the program that made it, on boundaries too', () => {
    const predict = predictRow(model);
    expect(predictions.length).toBeGreaterThan(100);
    for (const [row, expected] of predictions.entries()) {
      expect(Math.abs(predict(rows, row * width) - expected)).toBeLessThan(1e-6);
    }
  });

  test('so does the runtime', async () => {
    const features = Array.from({ length: width }, (_, i) => ({
      name: model.featureNames[i]!,
      kind: 'numeric' as const,
    }));
    const session = await openSession(exportModel(model, { features }), { allowsMissing: true });
    const found = await session.score(rows);
    await session.release();
    for (const [row, expected] of predictions.entries()) {
      expect(Math.abs(found[row]! - expected)).toBeLessThan(2e-6);
    }
    expect(await misrouted(model.trees, rows)).toBe(0);
  });
});

test('thresholds rounded to nearest would send rows on the boundary elsewhere', () => {
  const model = importLightGbm(read('lightgbm-regression.txt'));
  const { rows, width, predictions } = rowsOf('lightgbm-regression.json');
  const exact = [...read('lightgbm-regression.txt').matchAll(/^threshold=(.*)$/gm)].flatMap(
    ([, line]) => line!.split(' ').map(Number),
  );
  const nearest = new Map(exact.map((threshold) => [roundDown(threshold), Math.fround(threshold)]));
  const thresholds = model.trees.thresholds.map((threshold) => nearest.get(threshold)!);
  expect(thresholds).not.toEqual(model.trees.thresholds);
  const predict = predictRow({ ...model, trees: { ...model.trees, thresholds } });
  const wrong = predictions.filter((p, row) => Math.abs(predict(rows, row * width) - p) > 1e-6);
  expect(wrong.length).toBeGreaterThan(0);
});

test('the bits of a set are its codes', () => {
  expect(membersOf([0b1010, 1, 2 ** 31])).toEqual([1, 3, 32, 95]);
});

type Tree = Record<string, number[]>;
interface XgBoostModel {
  learner: { gradient_booster: { model: { trees: Tree[] } } };
}
const lightGbm = read('lightgbm-regression.txt');
const xgBoost = read('xgboost-binary-model.json');
const changed = (change: (tree: Tree) => void): string => {
  const model = JSON.parse(xgBoost) as XgBoostModel;
  change(model.learner.gradient_booster.model.trees[0]!);
  return JSON.stringify(model);
};
test.each([
  ['zeros as missing values', read('lightgbm-zero-as-missing.txt'), /zeros as missing values/],
  ['linear trees', read('lightgbm-linear-trees.txt'), /linear trees/],
  ['classes', read('lightgbm-classes.txt'), 'num_class: expected 1, got 3'],
  ['another file', 'PK\u0003\u0004', 'the file is no LightGBM model'],
  ['a file cut off', lightGbm.slice(0, 2_000), 'the file is cut off: no end of trees'],
  [
    'a tree that is gone',
    lightGbm.replace(/Tree=1\n(?:.*\n)*?(?=Tree=2\n)/, ''),
    'expected 5 trees, got 4',
  ],
  ['a link', lightGbm.replace('objective=regression', 'objective=poisson'), /^objective poisson/],
  ['squared labels', lightGbm.replace('objective=regression', 'objective=regression sqrt'), /sqrt/],
  [
    'too few leaves',
    lightGbm.replace(/leaf_value=\S+ /, 'leaf_value='),
    'leaf_value: expected 6 numbers, got 5',
  ],
  [
    'words for numbers',
    lightGbm.replace(/threshold=\S+/, 'threshold=x'),
    'threshold: expected numbers, got x',
  ],
  [
    'a feature that is not there',
    lightGbm.replace(/split_feature=\d/, 'split_feature=9'),
    'a node asks feature 9 of 3',
  ],
  ['a circle', lightGbm.replace(/left_child=\d/, 'left_child=0'), 'node 0 has two parents'],
  ['a node that is not there', lightGbm.replace(/left_child=\d/, 'left_child=77'), 'node 77 of 5'],
])('LightGBM: refuses %s', (_, text, message) => {
  expect(() => importLightGbm(text)).toThrow(
    expect.objectContaining({ code: 'MODEL_UNUSABLE', message: expect.stringMatching(message) }),
  );
});

test.each([
  ['another file', 'tree\n', /^the file is no XGBoost model/],
  ['another JSON', '[1]', /expected an object/],
  ['classes', read('xgboost-classes-model.json'), /^objective multi:softprob/],
  ['linear boosters', read('xgboost-linear-model.json'), 'booster: expected gbtree, got gblinear'],
  ['a file cut off', xgBoost.slice(0, 3_000), /^the file is no XGBoost model/],
  ['a circle', changed((tree) => tree['left_children']!.splice(0, 1, 0)), 'node 0 has two parents'],
  [
    'a node that is not there',
    changed((tree) => tree['right_children']!.splice(0, 1, 500)),
    /^node 500 of/,
  ],
  [
    'lists of other lengths',
    changed((tree) => tree['split_indices']!.pop()),
    /^split_indices: expected a list of/,
  ],
])('XGBoost: refuses %s', (_, text, message) => {
  expect(() => importXgBoost(text)).toThrow(
    expect.objectContaining({ code: 'MODEL_UNUSABLE', message: expect.stringMatching(message) }),
  );
});

test('a single leaf is part of the start', () => {
  const stump = `tree
version=v4
num_class=1
num_tree_per_iteration=1
max_feature_idx=0
objective=regression
feature_names=x
tree_sizes=1

Tree=0
num_leaves=1
num_cat=0
leaf_value=0.75

end of trees
`;
  const { trees } = importLightGbm(stump);
  expect(trees.start).toBe(0.75);
  expect(trees.roots).toHaveLength(0);
});
