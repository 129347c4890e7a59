/** Small groups are hidden, and cannot be computed from the totals of columns. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suppressCells } from '../../../control/policies/report/suppressCells.ts';

test('hides a small group and the smallest large one of its column', () => {
  const cells = [
    { column: 'a', users: 3 },
    { column: 'a', users: 90 },
    { column: 'a', users: 40 },
    { column: 'b', users: 12 },
    { column: 'b', users: 10 },
  ];
  expect(suppressCells(cells, 10)).toEqual([true, false, true, false, false]);
});

test('of each column the hidden cells are none, or two with at least the least together', () => {
  const cell = fc.record({
    column: fc.constantFrom('a', 'b', 'c'),
    users: fc.integer({ min: 0, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 20 }), (cells) => {
      const hidden = suppressCells(cells, 10);
      cells.forEach(({ users }, i) => {
        if (users < 10) expect(hidden[i]).toBe(true);
      });
      for (const column of ['a', 'b', 'c']) {
        const own = cells.flatMap((each, i) =>
          each.column === column ? [{ ...each, hidden: hidden[i]! }] : [],
        );
        const unseen = own.filter((each) => each.hidden);
        const hasLarge = own.some(({ users }) => users >= 10);
        if (unseen.length === 0 || !hasLarge) continue;
        // What a reader gets by subtraction is the total of a group that may be shown.
        expect(unseen.length).toBeGreaterThanOrEqual(2);
        expect(Math.max(...unseen.map(({ users }) => users))).toBeGreaterThanOrEqual(10);
      }
    }),
  );
});
