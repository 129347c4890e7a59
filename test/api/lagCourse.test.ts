import { expect, test } from 'vitest';
import { type LagNote, lagCourse } from '../../api/queries/lagCourse.ts';

const note = (partition: number, worst: number, last = worst): LagNote => ({
  partition,
  worst,
  last,
});

function course(...steps: (readonly LagNote[])[]): (number | null)[] {
  const times = steps.map((_, index) => index);
  return lagCourse(times, new Map(steps.map((notes, time) => [time, notes])), Infinity);
}

test('where nothing was noted the lag is not known', () => {
  expect(course([], [note(0, 0)], [])).toEqual([null, 0, null]);
});

test('a partition that fell silent while events waited keeps its last figure, the others theirs', () => {
  expect(course([note(0, 9, 4), note(1, 2)], [note(1, 0)], [], [note(0, 1, 0)], [])).toEqual([
    11,
    4,
    4,
    1,
    null,
  ]);
});

test('nothing is carried into the future', () => {
  const notes = new Map([[0, [note(0, 5)]]]);
  expect(lagCourse([0, 10, 20], notes, 20)).toEqual([5, 5, null]);
});
