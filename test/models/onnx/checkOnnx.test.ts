import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedOperators } from '../../../models/onnx/allowedOperators.ts';
import { checkOnnx } from '../../../models/onnx/checkOnnx.ts';
import { exportModel } from '../../../models/onnx/exportModel.ts';
import { graphBuilder } from '../../../models/onnx/graphBuilder.ts';
import { type OnnxModel, onnxBytes } from '../../../models/onnx/onnxModel.ts';
import {
  bytesField,
  integerField,
  joinBytes,
  messageField,
  readFields,
  textField,
} from '../../../models/onnx/protobuf.ts';
import { tinyFeatures, tinyModels } from '../../support/tinyModels.ts';

const sound = exportModel(tinyModels['trees']!, { features: tinyFeatures });

/** A model of one operator. */
function modelOf(operator: string, change: Partial<OnnxModel> = {}): Uint8Array {
  const graph = graphBuilder();
  graph.add(operator, ['features']);
  const input = { name: 'features', width: 2 };
  const model = graph.build(input, { name: 'prediction', width: 1 }, {});
  return onnxBytes({ ...model, ...change });
}

/** The file with the fields of the model that a number has replaced, or left out. */
function replaced(bytes: Uint8Array, number: number, fields: readonly Uint8Array[]): Uint8Array {
  const kept = [...readFields(bytes)].filter((field) => field.number !== number);
  return joinBytes([
    ...kept.map((field) =>
      field.bytes.length > 0
        ? bytesField(field.number, field.bytes)
        : integerField(field.number, field.integer),
    ),
    ...fields,
  ]);
}

const refusal = (bytes: Uint8Array, limits = {}): string => {
  try {
    checkOnnx(bytes, limits);
    return '';
  } catch (error) {
    expect(error).toMatchObject({ code: 'MODEL_UNUSABLE' });
    return (error as Error).message;
  }
};

/** A graph with a tensor in another file. */
function withExternalData(): Uint8Array {
  const { bytes } = [...readFields(sound)].find(({ number }) => number === 7)!;
  const tensor = [
    textField(8, 'weights'),
    messageField(13, [textField(1, 'location'), textField(2, '../../secret')]),
    integerField(14, 1),
  ];
  return replaced(sound, 7, [bytesField(7, joinBytes([bytes, messageField(5, tensor)]))]);
}

/** A node with a graph within. */
function withSubgraph(): Uint8Array {
  const { bytes } = [...readFields(sound)].find(({ number }) => number === 7)!;
  const attribute = [textField(1, 'body'), messageField(6, [textField(2, 'inner')])];
  const node = [textField(4, 'Add'), messageField(5, attribute)];
  return replaced(sound, 7, [bytesField(7, joinBytes([bytes, messageField(1, node)]))]);
}

describe('checkOnnx', () => {
  test('a sound file has its signature', () => {
    expect(checkOnnx(sound, { width: 2 })).toMatchObject({
      input: 'features',
      width: 2,
      output: 'prediction',
      outputWidth: 1,
    });
  });

  test.each([
    ['an empty file', new Uint8Array(0), {}, 'the file is empty'],
    ['a large one', sound, { bytesMax: 100 }, /^the file has \d+ bytes, of which 100 are allowed$/],
    ['text', new TextEncoder().encode('not a model at all'), {}, /is no ONNX model, or is cut off/],
    ['no graph', replaced(sound, 7, []), {}, /there is no graph/],
    ['an old IR', replaced(sound, 1, [integerField(1, 2)]), {}, 'IR version 2: expected 3 to 13'],
    ['a new IR', replaced(sound, 1, [integerField(1, 99)]), {}, 'IR version 99: expected 3 to 13'],
    [
      'operators of the future',
      replaced(modelOf('Abs'), 8, [messageField(8, [textField(1, ''), integerField(2, 99)])]),
      {},
      'version 99 of the operators of ONNX: expected 7 to 26',
    ],
    [
      'operators without a version',
      replaced(sound, 8, []),
      {},
      /^the version of the operators of .* is not told$/,
    ],
    ['a loop', modelOf('Loop'), {}, 'operators that are not allowed: Loop'],
    ['chance', modelOf('RandomNormalLike'), {}, 'operators that are not allowed: RandomNormalLike'],
    ['data elsewhere', withExternalData(), {}, 'parts of the model lie in other files'],
    ['graphs within', withSubgraph(), {}, /functions, training or graphs within operators/],
    ['functions', joinBytes([sound, messageField(25, [textField(1, 'f')])]), {}, /functions/],
    ['another width', sound, { width: 3 }, /^expected an input of 3 features, got features/],
    [
      'an output of three numbers',
      modelOf('Identity', { output: { name: 'prediction', width: 3 } }),
      {},
      /^expected an output of rows × 1, or rows × 2/,
    ],
  ])('refuses %s', (_, bytes, limits, message) => {
    expect(refusal(bytes, limits)).toMatch(message);
  });

  test('a file that is cut off anywhere is refused', () => {
    for (let length = 0; length < sound.length; length += 7) {
      // At the end of a field within the metadata a shorter file is whole, only less is told.
      const message = refusal(sound.subarray(0, length));
      if (message === '') expect(length).toBeGreaterThan(sound.length - 200);
      else expect(message.length).toBeGreaterThan(10);
    }
  });

  test('bytes that were changed are refused or read, never something else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const bytes = sound.slice();
          for (const [at, value] of changes) bytes[at] = value;
          refusal(bytes);
        },
      ),
    );
  });

  test('what our own writer uses is allowed', () => {
    for (const model of Object.values(tinyModels)) {
      expect(refusal(exportModel(model, { features: tinyFeatures }))).toBe('');
    }
    expect(allowedOperators.has('ai.onnx.ml.TreeEnsemble')).toBe(true);
    expect(allowedOperators.has('If')).toBe(false);
  });
});
