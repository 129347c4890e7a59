import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterDayText, readClusterDay } from '../../contracts/clusterDay.ts';

test('a cluster and a day come back from their text, whatever the name', () => {
  fc.assert(
    fc.property(fc.nat(999_999), fc.string(), (day, cluster) => {
      expect(readClusterDay(clusterDayText({ day, cluster }))).toEqual({ day, cluster });
    }),
  );
  expect(clusterDayText({ day: 3, cluster: '7b' })).toBe('3 7b');
});

test('other text is none', () => {
  expect(readClusterDay('7b')).toBeUndefined();
  expect(readClusterDay('')).toBeUndefined();
  expect(readClusterDay('x 7b')).toBeUndefined();
});
