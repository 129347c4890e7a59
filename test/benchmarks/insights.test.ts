/** What the benchmark of recommendations is told by: the rate that it allows, and the book that an interrupted run goes on from. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allowedFalse, poissonUpper } from '../../benchmarks/insights/quietRate.ts';
import { ResultBook } from '../../benchmarks/insights/resultBook.ts';
import { falseShare } from '../../control/insights/testBook.ts';

// Golden: the tables of Garwood 1936, one-sided 95 %.
test.each([
  [0, 3.0],
  [1, 4.74],
  [3, 7.75],
  [10, 16.96],
])('the upper limit of a mean of which %i was seen', (count, limit) => {
  expect(poissonUpper(count)).toBeCloseTo(limit, 2);
});

test('a quiet engine gives no more than its share in a memory, and what fades beyond it', () => {
  expect(allowedFalse(1)).toBeCloseTo(falseShare / 10, 12);
  expect(allowedFalse(30)).toBeLessThan(falseShare * Math.exp(30 / 90));
  expect(allowedFalse(90)).toBeLessThan(2 * falseShare);
});

describe('the book of results', () => {
  let directory = '';
  let path = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'millrace-'));
    path = join(directory, 'results.jsonl');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const unasked = () => Promise.reject(new Error('it is seen again'));

  test('goes on where a run ended, also in the middle of a line', async () => {
    const first = new ResultBook(path, 'abc');
    await first.of('late 21', async () => ({ delayMs: 3 }));
    appendFileSync(path, '{"commit":"abc","name":"slow 21","seen":{"a":{}}');
    const second = new ResultBook(path, 'abc');
    expect(await second.of('late 21', unasked)).toEqual({ delayMs: 3 });
    expect(second.has('slow 21')).toBe(false);
    await second.of('slow 21', async () => ({ delayMs: null }));
    expect(await new ResultBook(path, 'abc').of('slow 21', unasked)).toEqual({ delayMs: null });
  });

  test('takes nothing of another commit, nor of one with changes, nor what failed', async () => {
    const changed = new ResultBook(path, 'abc with changes');
    await changed.of('late 21', async () => 1);
    await expect(changed.of('slow 21', unasked)).rejects.toThrow('seen again');
    for (const commit of ['abc with changes', 'abc', 'def']) {
      expect(new ResultBook(path, commit).has('late 21')).toBe(false);
    }
  });
});
