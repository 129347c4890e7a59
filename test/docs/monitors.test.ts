/** The page about statistics: its pipeline of monitors is the one that runs here. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { receivedAt } from '../support/answers.ts';
import { rowsOf, shownSource } from '../support/pagePipeline.ts';
import { watch } from './watch.ts';

const page = readFileSync(new URL('../../docs/statistics.md', import.meta.url), 'utf8');

test('the pipeline of monitors is this', () => {
  expect(/```ts monitors\n([\s\S]*?)```/.exec(page)?.[1]).toBe(shownSource('watch'));
});

test('it writes what the page says of each model', () => {
  const log = Array.from({ length: 120 }, (_, i) => {
    const about = { time: receivedAt - 600_000 + 1_000 * i, user: `student-${(i >> 1) % 7}` };
    const context = { model: `model-${(i >> 1) % 2}`, model_version: '3', course: 'algebra' };
    const value = ((i >> 1) % 10) / 10;
    return JSON.stringify(
      i % 2 === 0
        ? { id: `p-${i >> 1}`, type: 'prediction', ...about, value, context }
        : { id: `l-${i}`, type: 'label', ...about, decision: `p-${i >> 1}`, value: value > 0.4 },
    );
  });
  // Of two models: expected (this day, and for the next its reference), quality and decisions, each by day and in all,
  // courses, delay in all and by day, and outcomes.
  expect(rowsOf(watch, log.slice(0, 60), log.slice(60))).toEqual([
    ['statistics', 2 * (2 + 2 + 2 + 1 + 2 + 1)],
  ]);
});
