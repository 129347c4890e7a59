/** The page about recommendations names each kind as the code has it, and the figures that the code promises. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cardAnswers } from '../../contracts/insight.ts';
import type { InsightKind } from '../../control/insights/insightKind.ts';
import { insightKinds } from '../../control/insights/kinds.ts';
import { falseShare, lagDays, memoryDays } from '../../control/insights/testBook.ts';

const page = readFileSync(new URL('../../docs/insights.md', import.meta.url), 'utf8');

/** Kinds whose row is missing, or says otherwise than the code. */
function missing(text: string, kinds: readonly Pick<InsightKind, 'kind' | 'summary' | 'test'>[]) {
  const rows = new Set(text.split('\n'));
  return kinds
    .map(({ kind, summary, test: judged }) => `| \`${kind}\` | ${summary} | ${judged} |`)
    .filter((row) => !rows.has(row));
}

test('each kind has its row, as the code tells it, and no row has a kind that is not there', () => {
  expect(missing(page, insightKinds)).toEqual([]);
  const catalogue = page.slice(page.indexOf('## What is looked for'));
  const told = [...catalogue.matchAll(/^\| `([\w-]+)` \|/gm)].map((match) => match[1]);
  expect(told).toEqual(insightKinds.map(({ kind }) => kind));
});

test('a kind that has no row would be told', () => {
  const kind = { kind: 'stale-model', summary: 'It is old.', test: 'Of 30 days.' };
  expect(missing(page, [kind])).toEqual(['| `stale-model` | It is old. | Of 30 days. |']);
  expect(missing('| `stale-model` | It is old. | Of 30 days. |', [kind])).toEqual([]);
});

test('the promise is the one that the code keeps', () => {
  expect(page).toContain(`at most ${falseShare * 100} % (\`looked.falseShare\`) are false`);
  expect(page).toContain(`a memory of ${memoryDays} days of event time`);
  expect(page).toContain(`a card counts for later levels only after ${lagDays} days`);
});

test('each answer is told', () => {
  for (const answer of cardAnswers) expect(page).toContain(`\`${answer}\``);
});
