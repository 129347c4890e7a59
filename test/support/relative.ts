/** Comparison by relative error, for golden values that span many magnitudes. */
import { expect } from 'vitest';

/** Fails when |actual − expected| exceeds `tolerance` × |expected|. */
export function expectRelative(actual: number, expected: number, tolerance = 1e-12): void {
  if (Object.is(actual, expected)) return;
  const error = Math.abs(actual - expected) / Math.abs(expected);
  expect(
    error,
    `${actual} against ${expected}: relative error ${error}, allowed ${tolerance}`,
  ).toBeLessThanOrEqual(tolerance);
}
