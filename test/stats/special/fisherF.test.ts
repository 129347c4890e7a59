import { expect, test } from 'vitest';
import { fisherFTail, fisherFUpper } from '../../../stats/special/fisherF.ts';
import { studentTTail } from '../../../stats/special/studentT.ts';

// Golden: scipy.stats.f.isf.
test.each([
  [3, 10, 0.05, 3.7082648190468435],
  [9, 54, 0.01, 2.755214882621912],
  [2.5, 15, 0.01, 5.808270361813655],
  [1, 6, 0.01, 13.74502253330417],
  [120, 720, 0.001, 1.5019850230949188],
  [1, 2, 0.0001, 9998.500025002351],
])('the value that F(%s, %s) exceeds with probability %s', (above, beneath, alpha, value) => {
  expect(fisherFUpper(alpha, above, beneath) / value).toBeCloseTo(1, 10);
  expect(fisherFTail(value, above, beneath) / alpha).toBeCloseTo(1, 9);
});

// Golden: scipy.stats.f.sf.
test('what is not far out is exceeded often, and infinity never', () => {
  expect(fisherFTail(3.2, 2.5, 17.3)).toBeCloseTo(0.05657269526924355, 12);
  expect(fisherFTail(0.4, 4, 9)).toBeCloseTo(0.8041351307625737, 12);
  expect([fisherFTail(0, 2, 3), fisherFTail(Infinity, 2, 3)]).toEqual([1, 0]);
});

test('with one degree above it is the square of a t', () => {
  for (const beneath of [1, 4.5, 30]) {
    const t = Math.sqrt(fisherFUpper(0.01, 1, beneath));
    expect(2 * studentTTail(t, beneath)).toBeCloseTo(0.01, 12);
  }
});

test('an argument outside its range is refused', () => {
  expect(() => fisherFUpper(0.05, 0, 3)).toThrow(RangeError);
  expect(() => fisherFUpper(1.5, 2, 3)).toThrow(RangeError);
});
