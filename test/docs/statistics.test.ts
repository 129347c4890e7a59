/** The page about statistics: its pipeline runs, its answer is one of the API, its reference is that of the registry. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { StatisticReadings } from '../../contracts/api.ts';
import { modelStatistics } from '../../models/statistics.ts';
import { statistics } from '../../stats/registry.ts';
import { lines } from '../support/answers.ts';
import { pageWith, rowsOf, shownSource } from '../support/pagePipeline.ts';
import { definedStatistics, statisticsReference } from '../support/statisticsReference.ts';
import { pace } from './pace.ts';

const page = readFileSync(new URL('../../docs/statistics.md', import.meta.url), 'utf8');
const all = new Map([...statistics, ...modelStatistics]);

test('the pipeline and the reference are these', async () => {
  const reference = statisticsReference(all.values());
  await expect(pageWith(page, shownSource('pace'), reference)).toMatchFileSnapshot(
    '../../docs/statistics.md',
  );
});

test('what is defined is registered', () => {
  expect([...definedStatistics().keys()].sort()).toEqual([...all.keys()].sort());
});

test('the pipeline writes both statistics by course and hour', () => {
  const log = lines(400).map((line, i) =>
    line.replace('"context":{', `"context":{"latency_ms":${500 + i},`),
  );
  // Three hours of the example's answers, two courses, two statistics.
  expect(rowsOf(pace, log)).toEqual([['statistics', 12]]);
});

test('the answer is as the API gives it', () => {
  const answer = JSON.parse(/```json readings\n([\s\S]*?)\n```/.exec(page)![1]!);
  expect(StatisticReadings.parse(answer)).toEqual(answer);
  const { statistic, parameters, figures, readings } = answer;
  const of = statistics.get(statistic)!;
  expect(figures).toEqual(of.figures);
  const fold = of.begin(parameters);
  const state = fold.initial();
  for (let i = 0; i < 200; i += 1) fold.step(state, { value: i < 140 ? 1 : 0 });
  for (const [name, value] of Object.entries(fold.read(state))) {
    expect(value).toBeCloseTo(readings[0].figures[name], 4);
  }
});
