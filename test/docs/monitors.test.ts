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

test('it writes three statistics of each model', () => {
  const log = Array.from({ length: 60 }, (_, i) => {
    const isLabel = i % 2 === 1;
    const prediction = ((i >> 1) % 10) / 10;
    return JSON.stringify({
      id: `e-${i}`,
      type: isLabel ? 'label' : 'prediction',
      time: new Date(receivedAt - 60_000 + i).toISOString(),
      user: `student-${(i >> 1) % 7}`,
      value: isLabel ? (i >> 1) % 2 : -1,
      context: { model: `model-${(i >> 1) % 2}`, prediction, age_ms: 1_000 * i },
    });
  });
  expect(rowsOf(watch, log)).toEqual([['statistics', 6]]);
});
