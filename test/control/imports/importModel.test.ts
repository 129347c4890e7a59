import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModelFeature } from '../../../contracts/modelVersion.ts';
import { schemaGate } from '../../../control/gates/schemaGate.ts';
import { importModel } from '../../../control/imports/importModel.ts';
import { openSession } from '../../../models/scoring/session.ts';
import { gateFeatures, linearFile } from '../../support/gateCases.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../golden/imports/${name}`, import.meta.url));
const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (name: string) => read(name).toString('utf8');

function features(names: readonly string[], categorical: readonly string[] = []): ModelFeature[] {
  return names.map((name) => ({
    name,
    kind: categorical.includes(name) ? 'categorical' : 'numeric',
    monotone: 0,
  }));
}

const four = features(['minutes', 'answers', 'hints', 'device'], ['device']);
const binary = { task: 'binary', features: four } as const;

describe('trees of other programs', () => {
  test.each([
    ['lightgbm-binary.txt', 'lightgbm', 'LightGBM', 1],
    ['xgboost-binary-model.json', 'xgboost', 'XGBoost', 0],
  ] as const)(
    '%s becomes ONNX with golden rows that the runtime agrees with',
    async (name, format, trainer, remarks) => {
      const imported = importModel(read(name), binary);
      expect(imported).toMatchObject({ format, trainer });
      expect(imported.remarks).toHaveLength(remarks);
      expect(schemaGate(binary, imported.bytes).outcome).toBe('passed');
      const { rows, predictions } = imported.golden!;
      expect(rows).toHaveLength(4 * predictions.length);
      expect(rows.some(Number.isNaN)).toBe(true);
      const session = await openSession(imported.bytes, { allowsMissing: true });
      const found = await session.score(rows);
      await session.release();
      for (const [row, expected] of predictions.entries()) {
        expect(Math.abs(found[row]! - expected)).toBeLessThan(1e-6);
      }
      // They end at many different leaves.
      expect(new Set(predictions).size).toBeGreaterThan(100);
      expect(importModel(read(name), binary)).toEqual(imported);
    },
  );

  // Planted: the conversion of a threshold to the nearest float32 above it.
  test('golden rows tell a threshold that is one float32 off', async () => {
    const imported = importModel(read('lightgbm-regression.txt'), {
      task: 'regression',
      features: features(['Column_0', 'Column_1', 'Column_2']),
    });
    const { rows, predictions } = imported.golden!;
    const wrong = importModel(
      bytesOf(
        textOf('lightgbm-regression.txt').replace(/^threshold=(\S+)/m, (_, first: string) => {
          return `threshold=${Number(first) * (1 + Math.sign(Number(first)) * 2e-7)}`;
        }),
      ),
      { task: 'regression', features: features(['Column_0', 'Column_1', 'Column_2']) },
    );
    const session = await openSession(wrong.bytes, { allowsMissing: true });
    const found = await session.score(rows);
    await session.release();
    expect(found.some((each, row) => Math.abs(each - predictions[row]!) > 1e-5)).toBe(true);
  });

  test('what the maker says of the trainer holds', () => {
    expect(importModel(read('lightgbm-binary.txt'), binary, 'ours 3').trainer).toBe('ours 3');
  });

  test('names with spaces are known by their underscores', () => {
    const spaced = features(['my minutes', 'b', 'c']);
    const text = textOf('lightgbm-regression.txt').replace(
      /^feature_names=.*$/m,
      'feature_names=my_minutes b c',
    );
    const imported = importModel(bytesOf(text), { task: 'regression', features: spaced });
    expect(imported.remarks).toEqual([]);
  });
});

test('ONNX stays as it is, without golden rows', () => {
  const bytes = linearFile([1, 0.5]);
  const imported = importModel(bytes, { task: 'binary', features: [...gateFeatures] });
  expect(imported).toEqual({
    ...{ format: 'onnx', bytes, golden: null, trainer: 'millrace', remarks: [] },
  });
});

describe('what is refused, with the reason', () => {
  const xgboost = JSON.parse(textOf('xgboost-binary-model.json')) as {
    learner: { gradient_booster: { model: { cats: { enc: unknown[] } } } };
  };
  xgboost.learner.gradient_booster.model.cats.enc = [{ type: 11 }];
  const withPandas = (lists: string) =>
    bytesOf(`${textOf('lightgbm-binary.txt')}\npandas_categorical:${lists}\n`);

  test.each([
    ['an empty file', new Uint8Array(0), 'the file is empty'],
    ['text', bytesOf('hello'), 'the file is no ONNX, no LightGBM text and no XGBoost JSON'],
    [
      'a pickle',
      Uint8Array.of(0x80, 4, 0x95),
      /^the file is a Python pickle, which would run code/,
    ],
    ['an archive', bytesOf('PK\u0003\u0004'), /^the file is an archive/],
    [
      'a compressed file',
      Uint8Array.of(0x1f, 0x8b, 8),
      'the file is compressed by gzip: unpack it first',
    ],
    ['Keras', Uint8Array.of(0x89, 0x48, 0x44, 0x46), /^the file is HDF5/],
    ['UBJSON', Uint8Array.of(0x7b, 0x4c, 0xff, 0xfe), /UBJSON\): save it as \.json$/],
    ['a large file', { length: 65 * 2 ** 20 }, /^the file has 68157440 bytes, of which 67108864/],
    ['a LightGBM file cut off', read('lightgbm-binary.txt').subarray(0, 900), /cut off/],
    ['an XGBoost file cut off', read('xgboost-binary-model.json').subarray(0, 900), /no XGBoost/],
    [
      'another width',
      read('lightgbm-regression.txt'),
      /^it is for a regression task; the model is binary$/,
    ],
    [
      'codes of pandas',
      withPandas('[["phone", "tablet"]]'),
      'its codes stand for values that it keeps itself, "phone" for one: train it on the codes of the snapshot',
    ],
    ['a list that cannot be read', withPandas('[['), 'pandas_categorical cannot be read'],
    [
      'codes that XGBoost has recoded',
      bytesOf(JSON.stringify(xgboost)),
      'it recodes values by a table of its own: train it on the codes of the snapshot',
    ],
  ] as const)('%s', (_, bytes, message) => {
    expect(() => importModel(bytes as Uint8Array, binary)).toThrow(
      expect.objectContaining({
        code: 'MODEL_UNUSABLE',
        message:
          message instanceof RegExp
            ? expect.stringMatching(message)
            : expect.stringMatching(`^${message.replace(/[()[\]]/g, '\\$&')}$`),
      }),
    );
  });

  test('codes of a list that is its own places are taken', () => {
    expect(importModel(withPandas('[[0, 1, 2]]'), binary).format).toBe('lightgbm');
    expect(importModel(withPandas('null'), binary).format).toBe('lightgbm');
  });

  test.each([
    [
      'splits by codes of what is numeric here',
      features(['minutes', 'answers', 'hints', 'device']),
      'it splits device by codes, and device is numeric here',
    ],
    [
      'another order',
      features(['answers', 'minutes', 'hints', 'device'], ['device']),
      'The file has the features in another order: the 1st is minutes there and answers here',
    ],
    [
      'other features',
      features(['minutes', 'answers', 'hints', 'phone'], ['phone']),
      'The file was made for other features: the 4th is device there and phone here',
    ],
    ['another width', features(['minutes', 'answers']), 'expected 2 features, got 4'],
  ])('%s', (_, of, message) => {
    const of_ = { task: 'binary', features: of } as const;
    expect(() => importModel(read('xgboost-binary-model.json'), of_)).toThrow(
      expect.objectContaining({ code: 'MODEL_UNUSABLE', message }),
    );
  });
});
