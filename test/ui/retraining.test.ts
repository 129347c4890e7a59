/** What the pages of retraining compute: how long steps took, how a run stands, and the curves. */
import { expect, test } from 'vitest';
import { bestRound, lossTable, searchTable } from '../../ui/charts/lossCurve.ts';
import { ganttTable } from '../../ui/charts/runsGantt.ts';
import { listSentence, spentMs } from '../../ui/retraining/runs.ts';
import { fakeModelLife } from '../support/fakeModelLife.ts';
import { now } from './support/performanceSamples.ts';

const { runs } = fakeModelLife(now);

test('the sentence is of what is under way, else of the last run', () => {
  const from = (first: number) => listSentence(runs.slice(first), now).word;
  expect(from(0)).toBe('answer is being trained: training is under way.');
  expect(from(1)).toBe(
    'Nothing is being trained. The last run of answer, 20\u00a0h ago, was cancelled.',
  );
  expect(from(2)).toBe(
    'Nothing is being trained. The last run, 1.7\u00a0days ago, made version 1.4 of answer.',
  );
  expect(from(3)).toBe(
    'Nothing is being trained. The last run of answer, 3\u00a0days ago, failed.',
  );
  expect(from(4)).toMatch(/did not pass its gates\.$/);
  expect(from(5)).toBe('No model has been trained yet.');
  const waiting = runs.slice(0, 1).map((run) => ({
    ...run,
    steps: run.steps.map((step) => ({ ...step, state: 'waiting' as const })),
  }));
  expect(listSentence(waiting, now).word).toBe('answer waits to be trained.');
  expect(listSentence([runs[0]!, runs[0]!], now).word).toBe('2\u00a0runs are under way.');
});

test('what has not begun has no time, and what has not ended lasts until now', () => {
  expect(spentMs({ startedAt: null, endedAt: null }, 9)).toBeNull();
  expect(spentMs({ startedAt: 4, endedAt: null }, 9)).toBe(5);
  expect(spentMs({ startedAt: 4, endedAt: 6 }, 9)).toBe(2);
  // Clocks may differ.
  expect(spentMs({ startedAt: 12, endedAt: null }, 9)).toBe(0);
});

test('the chart of runs has a row for each, with the time of each step', () => {
  const { columns, rows } = ganttTable(runs, now);
  expect(columns.map(({ label }) => label)).toEqual([
    ...['Run', 'Began', 'Why', 'State', 'Snapshot', 'Train', 'Calibrate', 'Export', 'Gates'],
    ...['Register', 'Lasted'],
  ]);
  expect(rows[0]?.slice(4)).toEqual([14_000, 44_000, null, null, null, null, 58_000]);
  expect(rows[2]?.slice(4)).toEqual([14_000, 96_000, 6_000, 4_000, 41_000, 900, 162_000]);
});

test('curves: rounds from 1, the best of what was kept aside, and the least of the search so far', () => {
  const curves = [
    { name: 'training' as const, losses: [0.6, 0.5, 0.4] },
    { name: 'validation' as const, losses: [0.62, 0.55, 0.57] },
    { name: 'search' as const, losses: [0.6, 0.7, 0.5] },
  ];
  expect(lossTable(curves).rows).toEqual([
    [1, 0.6, 0.62],
    [2, 0.5, 0.55],
    [3, 0.4, 0.57],
  ]);
  expect(bestRound(curves)).toBe(1);
  expect(searchTable(curves).rows).toEqual([
    [1, 0.6, 0.6],
    [2, 0.7, 0.6],
    [3, 0.5, 0.5],
  ]);
  expect(lossTable([]).rows).toEqual([]);
});

test('of many rounds, every second or third is drawn, the best and the last among them', () => {
  const losses = Array.from({ length: 1_001 }, (_, i) => Math.abs(i - 500) + 1);
  const { rows } = lossTable([{ name: 'validation', losses }]);
  expect(rows.length).toBeLessThan(450);
  expect(rows.map(([round]) => round)).toEqual(expect.arrayContaining([1, 501, 1_001]));
});
