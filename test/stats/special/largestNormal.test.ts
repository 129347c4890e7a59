import { expect, test } from 'vitest';
import { chanceBelow, chancesOfLargest } from '../../../stats/special/largestNormal.ts';
import { normalCdf } from '../../../stats/special/normal.ts';

test('of two standard normals each is the largest half of the time, and from a place on so much less', () => {
  const means = new Float64Array(2);
  const inverses = Float64Array.of(1, 1);
  const chances = new Float64Array(2);
  chancesOfLargest(means, inverses, 2, -8.5, 8.5, chances);
  for (const chance of chances) expect(chance).toBeCloseTo(0.5, 12);
  chances.fill(0);
  chancesOfLargest(means, inverses, 2, 0.7, 8.5, chances);
  const below = normalCdf(0.7) ** 2;
  expect(chanceBelow(means, inverses, 2, 0.7)).toBeCloseTo(below, 12);
  for (const chance of chances) expect(chance).toBeCloseTo((1 - below) / 2, 12);
  // Nothing where there is no room.
  chances.fill(0);
  chancesOfLargest(means, inverses, 2, 1, 1, chances);
  expect([...chances]).toEqual([0, 0]);
});
