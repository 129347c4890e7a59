/** What the pages of drift say and in which order, from answers in memory. */
import { describe, expect, test } from 'vitest';
import type { DriftAnswer, DriftWord } from '../../contracts/driftApi.ts';
import { describeRow } from '../../ui/charts/chartTable.ts';
import { heatmapContext, heatmapHeight, heatmapTable } from '../../ui/charts/driftHeatmap.ts';
import { shareTable } from '../../ui/charts/shareBars.ts';
import { columnSentence } from '../../ui/drift/columnSentence.ts';
import { columnTitle } from '../../ui/drift/columnTitle.ts';
import { driftSentence, mostTelling } from '../../ui/drift/driftSentence.ts';
import { ordered } from '../../ui/drift/ordered.ts';
import { drift, latencyDetail, skillDetail } from './support/driftSamples.ts';

const dayMs = 86_400_000;
const still: DriftAnswer = {
  ...drift,
  words: [],
  word: null,
  columns: drift.columns.map((column) => ({
    ...column,
    standing: { excess: 0.4, level: 0, since: null },
  })),
};

describe('the sentence over the page', () => {
  test('counts what has drifted and names what matters most', () => {
    expect(driftSentence(drift)).toEqual({
      tone: 'bad',
      word: 'Three of seven columns have drifted; what matters most is the concept drift of algebra since 24 Mar 2026.',
    });
  });

  test('is calm when nothing has drifted, and says what is missing when nothing is judged', () => {
    expect(driftSentence(still)).toEqual({
      tone: 'good',
      word: 'Nothing has drifted: all seven columns are as in the reference.',
    });
    const unjudged = still.columns.map((column) => ({
      ...column,
      standing: { excess: null, level: null, since: null },
    }));
    const young = { ...still, columns: unjudged, stored: { days: 1, first: 0, last: 0 } };
    expect(driftSentence(young)).toEqual({
      tone: 'none',
      word: 'Nothing can be judged yet: four complete days are needed, one is stored.',
    });
    const given = { ...young, reference: { ...young.reference, isGiven: true } };
    expect(driftSentence(given).word).toBe('Nothing is judged: the reference has too few days.');
  });

  test('tells of an alarm also while every column is at rest', () => {
    const word: DriftWord = {
      ...{ word: 'label shift', subject: 'vectors', column: null, sentence: '', since: null },
    };
    expect(driftSentence({ ...still, words: [word] }).word).toBe(
      'No column has drifted, but there is label shift of vectors.',
    );
  });

  test('puts a broken input of the model first, and one that it does not read behind', () => {
    const broken = (column: string): DriftWord => ({
      ...{ word: 'data-quality break', subject: column, column, sentence: '', since: null },
    });
    const words = [broken('context_latency_ms'), ...drift.words];
    expect(mostTelling({ ...drift, words })?.word).toBe('concept drift');
    const read = [...words, broken('context_skill')];
    expect(mostTelling({ ...drift, words: read })?.subject).toBe('context_skill');
  });
});

test('the sentence over a column says since when and how far, in its number', () => {
  expect(columnSentence(skillDetail.column).word).toMatch(
    /^Skill has drifted since 21 Mar 2026: on 1 Apr 2026 by [\d.]+ times the limit\.$/,
  );
  const of = (role: 'prediction' | 'input', standing: DriftAnswer['columns'][0]['standing']) =>
    columnSentence({ ...skillDetail.column, role, standing });
  expect(of('prediction', { excess: 0.3, level: 0, since: null })).toEqual({
    tone: 'good',
    word: 'Predictions are as in the reference.',
  });
  expect(of('input', { excess: 1.44, level: 1, since: null }).word).toBe(
    'Skill was away by 1.4 times the limit on 1 Apr 2026, on that day alone so far.',
  );
  expect(of('input', { excess: null, level: null, since: null }).tone).toBe('none');
});

test('columns stand as the engine has them, or by drift alone; what is not an input first', () => {
  const names = (isRaw: boolean) => ordered(drift.columns, isRaw).map(columnTitle);
  expect(names(false).slice(0, 4)).toEqual(['Predictions', 'Labels', 'skill', 'item']);
  expect(names(true).slice(0, 2)).toEqual(['Predictions', 'Labels']);
  expect(names(true).slice(2, 5).sort()).toEqual(['device', 'latency ms', 'skill']);
});

test('the grid has a row for each cell, which speaks for itself', () => {
  const context = heatmapContext(drift, drift.columns, true);
  const table = heatmapTable(context);
  expect(table.rows).toHaveLength(drift.columns.length * drift.days.length);
  const latency = drift.columns.findIndex(({ column }) => column === 'context_latency_ms');
  const last = describeRow(table, (latency + 1) * drift.days.length - 1, 'UTC');
  expect(last).toMatch(/^Column latency ms\. Day 1 Apr 2026, Level Strong drift, PSI \d/);
  expect(last).toMatch(/Quality latency ms is missing in \d+ % of rows; it was 0 %\./);
  expect(heatmapHeight(context, false)).toBeLessThan(heatmapHeight(context, true));
});

test('shares of bins are named by their bounds, and add up to one', () => {
  for (const detail of [latencyDetail, skillDetail]) {
    const { rows, columns } = shareTable(detail);
    for (const column of [1, 2]) {
      expect(rows.reduce((sum, row) => sum + (row[column] ?? 0), 0)).toBeCloseTo(1, 9);
    }
    expect(columns[0]!.names).toHaveLength(rows.length);
  }
  const names = shareTable(latencyDetail).columns[0]!.names!;
  expect(names[0]).toMatch(/^≤ /);
  expect(names.at(-2)).toMatch(/^> /);
  expect(names.at(-1)).toBe('(missing)');
  expect(latencyDetail.day! % dayMs).toBe(0);
});
