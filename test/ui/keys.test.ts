import { expect, test } from 'vitest';
import { cursorAfter } from '../../ui/charts/cursor.ts';
import { advanceKeys, noKeys } from '../../ui/shell/keys.ts';

test('g and a letter open a page', () => {
  const waiting = advanceKeys(noKeys, 'g', 0).state;
  expect(advanceKeys(waiting, 'p', 400).command).toBe('pipelines');
  expect(advanceKeys(waiting, 'o', 400).command).toBe('overview');
  expect(advanceKeys(waiting, 'm', 400).command).toBe('models');
  expect(advanceKeys(waiting, 'e', 400).command).toBe('experiments');
  expect(advanceKeys(waiting, 'u', 400).command).toBe('personalization');
  expect(advanceKeys(waiting, 'a', 400).command).toBe('anomalies');
  expect(advanceKeys(waiting, 'd', 400).command).toBe('drift');
  expect(advanceKeys(waiting, 't', 400).command).toBe('retraining');
  expect(advanceKeys(waiting, 'r', 400).command).toBe('recommendations');
  expect(advanceKeys(waiting, 'v', 400).command).toBe('versions');
});

test('a letter that comes too late or belongs to nothing does nothing', () => {
  const waiting = advanceKeys(noKeys, 'g', 0).state;
  expect(advanceKeys(waiting, 'p', 5_000).command).toBeUndefined();
  expect(advanceKeys(waiting, 'x', 400)).toEqual({ state: noKeys });
  expect(advanceKeys(noKeys, 'p', 0).command).toBeUndefined();
});

test('after g a single key is not a command of its own', () => {
  const waiting = advanceKeys(noKeys, 'g', 0).state;
  expect(advanceKeys(waiting, 'l', 400).command).toBeUndefined();
  expect(advanceKeys(noKeys, 'l', 400).command).toBe('live');
  expect(advanceKeys(noKeys, 't', 400).command).toBe('table');
  expect(advanceKeys(noKeys, 'c', 400).command).toBe('compare');
  expect(advanceKeys(waiting, 'c', 400).command).toBeUndefined();
});

test('the chart cursor stays within its points', () => {
  expect(cursorAfter('ArrowRight', undefined, 3)).toBe(0);
  expect(cursorAfter('ArrowLeft', undefined, 3)).toBe(2);
  expect(cursorAfter('ArrowRight', 2, 3)).toBe(2);
  expect(cursorAfter('ArrowLeft', 0, 3)).toBe(0);
  expect(cursorAfter('ArrowLeft', 9, 3)).toBe(1); // the data became shorter
  expect(cursorAfter('End', 0, 3)).toBe(2);
  expect(cursorAfter('ArrowRight', undefined, 0)).toBeUndefined();
  expect(cursorAfter('a', 1, 3)).toBeUndefined();
  expect(cursorAfter('ArrowDown', 1, 3)).toBeUndefined();
});

test('in a grid the cursor goes from row to row as well', () => {
  expect(cursorAfter('ArrowDown', undefined, 6, 3)).toBe(0);
  expect(cursorAfter('ArrowDown', 1, 6, 3)).toBe(4);
  expect(cursorAfter('ArrowDown', 4, 6, 3)).toBe(4);
  expect(cursorAfter('ArrowUp', 5, 6, 3)).toBe(2);
  expect(cursorAfter('ArrowUp', 2, 6, 3)).toBe(2);
});
