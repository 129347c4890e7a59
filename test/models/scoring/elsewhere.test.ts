import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openSession } from '../../../models/scoring/session.ts';

const golden = new URL('../../golden/onnx/', import.meta.url);
const { rows, predictions } = JSON.parse(
  readFileSync(new URL('elsewhere.json', golden), 'utf8'),
) as { rows: number[]; predictions: Record<string, number[]> };

// Golden: models of scikit-learn 1.9.1, written by skl2onnx 1.20 without ZipMap, and what they themselves predict.
test.each(Object.entries(predictions))(
  '%s predicts as where it was made',
  async (name, expected) => {
    const file = readFileSync(new URL(`${name}.onnx`, golden));
    const session = await openSession(file, { width: 3 });
    const found = await session.score(Float32Array.from(rows));
    await session.release();
    for (const [row, prediction] of expected.entries()) {
      expect(found[row]).toBeCloseTo(prediction, 5);
    }
  },
);
