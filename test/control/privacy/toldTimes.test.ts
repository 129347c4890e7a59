/** Placement of blocks in steps: whole blocks, each in the step in which it ends. */
import { expect, test } from 'vitest';
import { placedIn, toldDay } from '../../../control/privacy/toldTimes.ts';
import { withinGroup } from '../../../control/privacy/withinGroup.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Hours of a day with so many users, nobody twice. */
function hoursOf(users: readonly number[], closedTo = 2 * day) {
  const starts = users.map((_, i) => day + i * hour);
  const sets = users.map((count, i) => Array.from({ length: count }, (__, u) => 100 * i + u));
  return toldDay({ day, starts, people: [...users], users: sets }, hour, closedTo, 10);
}

test('a quiet night is one block, counted where it ends, and the end of the day joins the last', () => {
  const told = hoursOf([4, 0, 3, 5, 20, 2]);
  expect(told.blocks).toEqual([
    { start: day, end: day + 4 * hour },
    { start: day + 4 * hour, end: day + 6 * hour },
  ]);
  const placed = placedIn([told], hour);
  expect([...placed.told]).toEqual([
    [day + 3 * hour, day],
    [day + 5 * hour, day + 4 * hour],
  ]);
  expect(placed.leftSteps).toEqual([0, 1, 2, 4].map((at) => day + at * hour));
  expect(placed.leftFor.at(-1)).toBe(day + 5 * hour);
  expect(placed.cutDays).toEqual([]);
  // A step of two hours has blocks that end in it.
  expect([...placedIn([told], 6 * hour).told]).toEqual([[day, day]]);
});

test('what is not over is cut off, and a day of few is not told at all', () => {
  const open = hoursOf([12, 12, 12], day + 2 * hour);
  expect(open).toMatchObject({ isOver: false, toldTo: day + hour });
  expect(placedIn([open], hour)).toMatchObject({ cutDays: [day], cutAt: [day + hour] });
  const quiet = hoursOf([3, 4]);
  expect(quiet).toMatchObject({ isOver: true, blocks: [], toldTo: day });
  expect([...placedIn([quiet], day).withheld]).toEqual([day]);
});

test('extremes are never told, and quantiles with ten rows on either side', () => {
  const point = { count: 100, sum: 1, mean: 1, deviation: 1, minimum: 0, maximum: 9 };
  const told = withinGroup({ ...point, p50: 1, p90: 2, p99: 3 }, 10);
  expect(told).toMatchObject({ minimum: null, maximum: null, p50: 1, p90: 2, p99: null });
  expect(withinGroup({ ...point, count: 99, p50: 1, p90: 2, p99: 3 }, 10).p90).toBeNull();
});
