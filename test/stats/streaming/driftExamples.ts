/** Examples of the detectors of change and of the distances between distributions. */
import type { StatisticRow } from '../../../contracts/statistic.ts';
import { adwin } from '../../../stats/drift/adwin.ts';
import { binAt } from '../../../stats/drift/bins.ts';
import { ddm } from '../../../stats/drift/ddm.ts';
import type { DriftDetector, DriftMarks } from '../../../stats/drift/detector.ts';
import { eddm } from '../../../stats/drift/eddm.ts';
import { hddmA } from '../../../stats/drift/hddmA.ts';
import { hddmW } from '../../../stats/drift/hddmW.ts';
import { jensenShannon } from '../../../stats/drift/jensenShannon.ts';
import { kswin } from '../../../stats/drift/kswin.ts';
import { pageHinkley } from '../../../stats/drift/pageHinkley.ts';
import { populationStability } from '../../../stats/drift/populationStability.ts';
import { prewhitened } from '../../../stats/drift/prewhitened.ts';
import { wasserstein } from '../../../stats/drift/wasserstein.ts';
import { binOf, binValue } from '../../../stats/quantileSketch.ts';
import { normal, type RandomState, uniform } from '../../../stats/random.ts';
import { type Example, mean, numbersOf, sum } from './example.ts';

/** What a detector reads after all rows; they end in a drift that it has seen. */
function detected<State extends DriftMarks>(
  detector: DriftDetector<State>,
  rows: readonly StatisticRow[],
) {
  const state = detector.initial();
  const times: number[] = [];
  for (const { value, time } of rows) {
    const { alarms } = state;
    detector.step(state, value as number);
    if (state.alarms > alarms) times.push(time as number);
  }
  return { ...detector.read(state), alarmMs: times.at(-1)!, sinceMs: times[0]! };
}

/** A level that rises at the hundredth row, and an error rate likewise. */
const risingLevel = (random: RandomState, index: number) => ({
  value: 50 + normal(random) + (index < 100 ? 0 : 8),
  time: 1_000 * index,
});

const risingErrors = (random: RandomState, index: number) => ({
  value: uniform(random) < (index < 100 ? 0.15 : 0.7) ? 1 : 0,
  time: 1_000 * index,
});

/** Counts of rows by bin, missing values last. */
function binned(rows: readonly StatisticRow[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 2).fill(0);
  for (const { value, missing } of rows) {
    counts[missing === 1 ? edges.length + 1 : binAt(edges, value as number)]! += 1;
  }
  return counts;
}

const histogram = { edges: [-1, 0, 1], reference: [300, 700, 700, 300, 20] };

const someMissing = (random: RandomState) => ({
  value: 0.3 + normal(random),
  missing: uniform(random) < 0.02 ? 1 : 0,
});

export const driftExamples: Readonly<Record<string, Example>> = {
  adwin: {
    parameters: { learning: 64, delta: 0.002 },
    row: risingLevel,
    expected: (rows) =>
      detected(prewhitened(adwin({ delta: 0.002, horizon: 2_048 }), { learning: 64 }), rows),
  },
  'page-hinkley': {
    parameters: { prewhiten: false, side: 'rise', tolerance: 0.5, threshold: 20 },
    row: risingLevel,
    expected: (rows) =>
      detected(pageHinkley({ side: 'rise', tolerance: 0.5, threshold: 20 }), rows),
  },
  kswin: {
    parameters: { learning: 32, window: 60, recent: 20 },
    row: risingLevel,
    expected: (rows) =>
      detected(prewhitened(kswin({ window: 60, recent: 20 }), { learning: 32 }), rows),
  },
  ddm: {
    parameters: { warmup: 10, warningAt: 1.5 },
    row: risingErrors,
    expected: (rows) => detected(ddm({ warmup: 10, warningAt: 1.5 }), rows),
  },
  eddm: {
    parameters: { warmup: 10 },
    row: risingErrors,
    expected: (rows) => detected(eddm({ warmup: 10 }), rows),
  },
  'hddm-a': {
    parameters: { side: 'either' },
    row: risingErrors,
    expected: (rows) => detected(hddmA({ side: 'either' }), rows),
  },
  'hddm-w': {
    parameters: { weight: 0.1 },
    row: risingErrors,
    expected: (rows) => detected(hddmW({ weight: 0.1 }), rows),
  },
  'population-stability': {
    parameters: histogram,
    row: someMissing,
    expected(rows) {
      const { edges, reference } = histogram;
      const current = binned(rows, edges);
      return { ...populationStability({ reference, current }), missing: current[4]! / rows.length };
    },
  },
  'jensen-shannon': {
    parameters: { ...histogram, alpha: 0.05 },
    row: someMissing,
    expected(rows) {
      const { edges, reference } = histogram;
      return { ...jensenShannon({ reference, current: binned(rows, edges) }, 0.05) };
    },
  },
  'number-profile': {
    parameters: { lower: -1, upper: 2 },
    row: (random) => ({ value: normal(random), missing: uniform(random) < 0.1 ? 1 : 0, times: 1 }),
    expected(rows) {
      const there = rows.filter((row) => row['missing'] === 0);
      const values = numbersOf(there);
      const sorted = [...values].sort((a, b) => a - b);
      return {
        rows: rows.length,
        count: there.length,
        missing: 1 - there.length / rows.length,
        notFinite: 0,
        below: values.filter((x) => x < -1).length / values.length,
        above: values.filter((x) => x > 2).length / values.length,
        minimum: sorted[0]!,
        maximum: sorted.at(-1)!,
        mean: mean(values.map((x) => binValue(binOf(x)))),
        p50: binValue(binOf(sorted[Math.floor(0.5 * (sorted.length - 1))]!)),
      };
    },
  },
  'text-profile': {
    parameters: { valuesMax: 8, reference: ['v0', 'v1', 'v2', 'v3', 'v4'] },
    row: (random, index) => ({
      value: `v${Math.floor(7 * uniform(random) ** 2)}`,
      missing: uniform(random) < 0.1 ? 1 : 0,
      times: 1 + (index % 3),
    }),
    expected(rows) {
      const there = rows.filter((row) => row['missing'] === 0);
      const counts = new Map<string, number>();
      for (const row of there) {
        const name = row['value'] as string;
        counts.set(name, (counts.get(name) ?? 0) + (row['times'] as number));
      }
      const count = sum([...counts.values()]);
      const all = sum(numbersOf(rows, 'times'));
      const top = Math.max(...counts.values()) / count;
      return {
        ...{ rows: all, count, missing: 1 - count / all, topShare: top, topShareMost: top },
        unseen: ((counts.get('v5') ?? 0) + (counts.get('v6') ?? 0)) / count,
      };
    },
  },
  wasserstein: {
    parameters: { values: [-1, 0, 1], counts: [25, 50, 25] },
    row: (random) => ({ value: 0.5 + normal(random) }),
    expected(rows) {
      const bins = numbersOf(rows)
        .map(binOf)
        .sort((a, b) => a - b);
      const distinct = [...new Set(bins)];
      const current = {
        values: distinct.map(binValue),
        counts: distinct.map((bin) => bins.filter((each) => each === bin).length),
      };
      return { ...wasserstein({ values: [-1, 0, 1], counts: [25, 50, 25] }, current) };
    },
  },
};
