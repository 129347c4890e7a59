import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeHeap } from '../../contracts/timeHeap.ts';

test('a heap gives back by time, then by tie, whatever the order of arrival', () => {
  const pairs = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(99)), {
    selector: ([time, tie]) => time * 100 + tie,
    maxLength: 200,
  });
  fc.assert(
    fc.property(pairs, (things) => {
      const heap = new TimeHeap<readonly [number, number]>();
      for (const thing of things) heap.push(thing[0], thing[1], thing);
      const sorted = [...things].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(heap.time).toBe(sorted[0]?.[0] ?? Infinity);
      expect(sorted.map(() => heap.pop())).toEqual(sorted);
      expect(heap.size).toBe(0);
      expect(() => heap.pop()).toThrow(RangeError);
    }),
    { seed: 1 },
  );
});
