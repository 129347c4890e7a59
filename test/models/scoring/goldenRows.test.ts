import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chooseGolden,
  goldenBytes,
  goldenRowsMax,
  readGolden,
} from '../../../models/scoring/goldenRows.ts';
import { drawSet } from '../../support/trainingRows.ts';

describe('golden rows as a file', () => {
  // Golden: written by hand from the description of the format.
  test('are these bytes', () => {
    const rows = {
      width: 2,
      values: Float32Array.of(1, NaN),
      predictions: Float64Array.of(0.5),
    };
    const hex =
      '6d696c6c676f6c64 01000000 01000000 02000000 00000000 000000000000e03f 0000803f 0000c07f';
    expect(Buffer.from(goldenBytes(rows)).toString('hex')).toBe(hex.replaceAll(' ', ''));
  });

  test('are read as they were written', () => {
    const numbers = fc.float({ noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.double()), (width, predicted) => {
        const predictions = Float64Array.from(predicted);
        const [value] = fc.sample(numbers, 1);
        const values = new Float32Array(width * predictions.length).fill(value!);
        const rows = { width, values, predictions };
        const bytes = goldenBytes(rows);
        expect(readGolden(bytes)).toEqual(rows);
        // Wherever they lie in memory.
        const moved = new Uint8Array(bytes.length + 3);
        moved.set(bytes, 3);
        expect(readGolden(moved.subarray(3))).toEqual(rows);
      }),
    );
  });

  test('are refused when anything is wrong with them', () => {
    const bytes = goldenBytes({
      width: 1,
      values: Float32Array.of(1, 2),
      predictions: Float64Array.of(0, 1),
    });
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => readGolden(bytes.subarray(0, length))).toThrow('golden rows:');
    }
    for (const at of [0, 7, 8, 12, 16]) {
      const other = bytes.slice();
      other[at]! += 1;
      expect(() => readGolden(other)).toThrow('golden rows:');
    }
    const short = { width: 2, values: Float32Array.of(1), predictions: Float64Array.of(1) };
    expect(() => goldenBytes(short)).toThrow(RangeError);
  });
});

describe('chooseGolden', () => {
  test('takes rows of all times, and makes some in which something is missing', () => {
    const set = drawSet({ rows: 5_000, numeric: 4, categorical: [3] });
    const chosen = chooseGolden(set);
    const rows = chosen.length / 5;
    expect(rows).toBe(goldenRowsMax);
    const missing = (row: number) =>
      [0, 1, 2, 3, 4].filter((i) => Number.isNaN(chosen[row * 5 + i]!));
    for (let i = 0; i < 5; i += 1) expect(missing(rows - 6 + i)).toEqual([i]);
    expect(missing(rows - 1)).toEqual([0, 1, 2, 3, 4]);
    expect(chooseGolden(set)).toEqual(chosen);
  });

  test('takes values that there are, and no row of anybody', () => {
    const set = drawSet({ rows: 3_000, numeric: 4, categorical: [3] });
    const chosen = chooseGolden(set);
    const columns = Array.from({ length: 5 }, () => new Set<number>());
    const people = new Set<string>();
    for (let row = 0; row < 3_000; row += 1) {
      const values = set.values.subarray(5 * row, 5 * row + 5);
      for (const [column, value] of values.entries()) columns[column]!.add(value);
      people.add(String(values.subarray(0, 2)));
    }
    for (let row = 0; row < chosen.length / 5 - 6; row += 1) {
      const values = chosen.subarray(5 * row, 5 * row + 5);
      for (const [column, value] of values.entries())
        expect(columns[column]!.has(value)).toBe(true);
      // No two of its values are of one row.
      expect(people.has(String(values.subarray(0, 2)))).toBe(false);
    }
  });

  test('never takes more than it may, of however many rows and features', () => {
    const sizes = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(sizes, ([rows, numeric]) => {
        const values = new Float32Array(rows * numeric);
        const features = Array.from({ length: numeric }, (_, i) => ({
          name: `f${i}`,
          kind: 'numeric' as const,
        }));
        const set = { task: 'binary' as const, features, values, labels: new Float64Array(rows) };
        const found = chooseGolden(set).length / numeric;
        expect(Number.isInteger(found)).toBe(true);
        expect(found).toBeLessThanOrEqual(goldenRowsMax);
        if (rows > 0) expect(found).toBeGreaterThan(rows);
      }),
    );
  });
});
