/** The page about recommenders: its pipeline runs, its reference is that of the registry. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recommenders } from '../../models/recommenders/registry.ts';
import { receivedAt } from '../support/answers.ts';
import { pageWith, rowsOf, shownSource } from '../support/pagePipeline.ts';
import { definedRecommenders, recommendersReference } from '../support/recommendersReference.ts';
import { taste } from './taste.ts';

const page = readFileSync(new URL('../../docs/recommenders.md', import.meta.url), 'utf8');

test('the pipeline and the reference are these', async () => {
  const reference = recommendersReference(recommenders.values());
  await expect(pageWith(page, shownSource('taste'), reference)).toMatchFileSnapshot(
    '../../docs/recommenders.md',
  );
});

test('what is defined is registered', () => {
  expect([...definedRecommenders().keys()].sort()).toEqual([...recommenders.keys()].sort());
});

test('the pipeline predicts every rating four times, and refuses what is none', () => {
  const log = Array.from({ length: 100 }, (_, i) =>
    JSON.stringify({
      ...{ id: `r${i}`, type: 'rated', user: `u${i % 9}`, time: receivedAt - 100_000 + i * 10 },
      ...(i === 7 ? {} : { item: `i${i % 13}` }),
      value: i === 8 ? 9 : 1 + (i % 5),
      context: { topic: `t${i % 3}` },
    }),
  );
  expect(rowsOf(taste, log)).toEqual([
    ['dead_letters', 2],
    // One window of event time for each.
    ['model_quality', 4],
    ['predictions', 4 * 98],
  ]);
});
