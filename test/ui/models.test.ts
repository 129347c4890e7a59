/** What the pages of models say and count, without a browser. */
import { describe, expect, test } from 'vitest';
import { Event } from '../../contracts/event.ts';
import type { ModelPerformance, PerformanceWindow } from '../../contracts/performanceApi.ts';
import { lightLook } from '../../ui/charts/chartLook.ts';
import { delayTable } from '../../ui/charts/delayCurve.ts';
import { fairnessTable } from '../../ui/charts/fairnessCurve.ts';
import { performanceCourse, performanceTable } from '../../ui/charts/performanceCourse.ts';
import { thresholdTable } from '../../ui/charts/thresholdCurve.ts';
import { keepView, readSearch } from '../../ui/data/search.ts';
import { assumptionsOf } from '../../ui/models/assumptions.ts';
import { coursePoints } from '../../ui/models/coursePoints.ts';
import { decidedAt, flaggedOf, precisionOf, recallOf } from '../../ui/models/decided.ts';
import { labelCommand, predictionCommand } from '../../ui/models/exampleCommand.ts';
import { chosenFigure, formatGap, formatPerformance } from '../../ui/models/figures.ts';
import { listSentence } from '../../ui/models/listSentence.ts';
import { performanceSentence } from '../../ui/models/performanceSentence.ts';
import { servedWindows } from '../../ui/models/servedWindows.ts';
import { sliceStanding } from '../../ui/models/sliceStanding.ts';
import { now, performanceOf } from './support/performanceSamples.ts';

const day = 86_400_000;
const dropout = await performanceOf('dropout');
const drifted = await performanceOf('drifted');
const young = await performanceOf('young');
const grade = await performanceOf('grade');

const plain = (text: string) => text.replace(/\u00a0/g, ' ');

/** A window in which accuracy was expected at .8 ± .05. */
function window(part: Partial<PerformanceWindow> = {}, accuracy: number | null = 0.8) {
  return {
    ...{ start: now, end: now + day, count: 100, labelled: 90, coverage: 0.9 },
    estimated: { accuracy: { estimate: 0.8, lower: 0.75, upper: 0.85 } },
    realised: accuracy === null ? null : { accuracy },
    ...{ referenceLabels: 90, consistencyP: 0.4, lossZ: 0, unsupported: 0 },
    ...part,
  };
}

function withCourse(course: PerformanceWindow[]): ModelPerformance {
  return { ...dropout, slices: [], course };
}

describe('a window', () => {
  test('is settled when four fifths of the labels that usually come are there', () => {
    const course = [0.3, 0.7, 0.75, 0.9].map((coverage) => window({ coverage }));
    const settled = (coverage: number | null) =>
      coursePoints({ course, labels: coverage === null ? null : { coverage } }, 'accuracy').map(
        ({ isSettled }) => isSettled,
      );
    expect(settled(0.9)).toEqual([false, false, true, true]);
    expect(settled(0.5)).toEqual([false, true, true, true]);
    // Not known yet how many usually come: all.
    expect(settled(null)).toEqual([false, false, false, true]);
  });

  test('of numbers is settled, and has no expectation', () => {
    const points = coursePoints(grade, 'meanAbsoluteError');
    expect(points.every(({ isSettled, expected }) => isSettled && expected === null)).toBe(true);
  });

  test('is a hollow point until it is settled, and a part of the line then', () => {
    const points = coursePoints(dropout, 'accuracy');
    const { columns, rows } = performanceTable(points, 'ratio');
    const [confirmed, soFar] = ['Confirmed', 'So far'].map((label) =>
      columns.findIndex((column) => column.label === label),
    );
    rows.forEach((row, i) => {
      const { isSettled, realised } = points[i]!;
      expect(row[confirmed!]).toBe(isSettled ? realised : null);
      expect(row[soFar!]).toBe(isSettled ? null : realised);
    });
    expect(rows.some((row) => row[soFar!] !== null)).toBe(true);
  });

  test('has what happened in it within it', () => {
    const table = performanceTable(coursePoints(dropout, 'accuracy'), 'ratio');
    const context = { figure: 'accuracy', kind: 'ratio', better: 'higher', windowMs: day } as const;
    const count = (...instants: number[]) => {
      const items = instants.map((at) => ({ at, number: 1, sentence: '' }));
      const option = performanceCourse(table, lightLook, context, { items, days: [] });
      return (option.series as unknown[]).length;
    };
    // Also in the second half of the newest, beyond its middle.
    expect(count(now)).toBe(count(now - 3 * day));
    expect(count(now)).toBeGreaterThan(count());
  });
});

describe('the sentence', () => {
  test('says that it held, and where it is worst', () => {
    const { tone, word } = performanceSentence(dropout, 'accuracy');
    expect(plain(word)).toMatch(
      /^Accuracy held at 0\.\d{3}; log loss is worst for algebra: 0\.\d{3}, 0\.\d{3} above the whole\.$/,
    );
    expect(tone).toBe('good');
  });

  test('takes the figure of the slices once', async () => {
    const { word } = performanceSentence(await performanceOf('dropout', 'accuracy'), 'accuracy');
    expect(word).toMatch(/; it is worst for algebra: 0\.\d{3}, 0\.\d{3} below the whole\.$/);
  });

  test('tells what is out of the interval, by the side that is worse', () => {
    const said = (accuracy: number) => {
      const { tone, word } = performanceSentence(withCourse([window({}, accuracy)]), 'accuracy');
      return [tone, plain(word)];
    };
    expect(said(0.7)).toEqual([
      'attention',
      'Accuracy is 0.700, worse than the 0.750 … 0.850 that were expected.',
    ]);
    expect(said(0.9)).toEqual([
      'good',
      'Accuracy is 0.900, better than the 0.750 … 0.850 that were expected.',
    ]);
  });

  test('does not say that something held that was expected to be bad, and is', () => {
    const { tone, word } = performanceSentence(drifted, 'logLoss');
    expect(word).toMatch(/^Log loss is 0\.7\d\d; it used to be 0\.5\d\d; it is worst/);
    expect(tone).toBe('attention');
  });

  test('passes over windows with few labels', () => {
    const few = window({ start: now + day, labelled: 3, coverage: 0.03 }, 0.1);
    const { word } = performanceSentence(withCourse([window(), few]), 'accuracy');
    expect(word).toBe('Accuracy held at 0.800.');
  });

  test('says what is expected while no label has come', () => {
    const { tone, word } = performanceSentence(young, 'accuracy');
    expect(word).toMatch(/^Accuracy is expected at 0\.\d+ \(.*\), but labels have not come yet\.$/);
    expect(tone).toBe('none');
    expect(performanceSentence(young, 'calibrationError').word).toBe(
      'Calibration error cannot be told yet: no label has come.',
    );
  });

  test('of numbers compares the newest window with all', () => {
    expect(performanceSentence(grade, 'meanAbsoluteError').word).toMatch(
      /^Mean absolute error is \d\.\d+ in the newest window, \d\.\d+ over all of them; it is worst for algebra/,
    );
  });

  test('of the list names who is in trouble', () => {
    const summary = (model: string, auc: number | null, error: number | null, count = 9) => ({
      ...{ pipeline: 'watch', model, version: '1', monitor: 'outside', receivedAt: now },
      ...{ kind: 'probability' as const, labels: null },
      total: { count, figures: { auc, calibrationError: error } },
    });
    const well = summary('a', 0.8, 0.01);
    expect(listSentence([], []).word).toBe('No model is watched yet.');
    expect(plain(listSentence([], [well]).word)).toBe(
      '1 model is watched from outside: none stands out.',
    );
    expect(listSentence([], [well, summary('b', 0.5, 0.2)])).toMatchObject({ tone: 'bad' });
    expect(listSentence([], [well, summary('b', 0.8, 0.2)]).word).toMatch(/of b are off/);
    expect(listSentence([], [well, summary('b', null, null, 0)]).word).toMatch(/yet for b/);
  });
});

describe('an estimate whose assumptions fail', () => {
  const texts = (course: PerformanceWindow[]) =>
    assumptionsOf({ course }, 'UTC').map(({ tone, text }) => [tone, plain(text)]);

  test('is told where labels are farther from it than chance explains', () => {
    expect(texts([window(), window({ consistencyP: 1e-6, lossZ: 5 })])).toEqual([
      [
        'attention',
        expect.stringMatching(/25 Nov 2026 did not come: the model does worse.*no longer mean/),
      ],
    ]);
    const [[, text] = []] = texts([window({ referenceLabels: 0, consistencyP: 1e-6, lossZ: 5 })]);
    expect(text).toMatch(/do not mean what they say\.$/);
  });

  test('takes into account how many windows are looked at', () => {
    const one = window({ consistencyP: 0.005, lossZ: 3 });
    expect(texts([one])).toHaveLength(1);
    expect(texts([one, ...Array.from({ length: 9 }, () => window())])).toEqual([]);
  });

  test('is told where the reference has too few labels, or none', () => {
    expect(texts([window({ unsupported: 0.32 })])).toEqual([
      ['none', expect.stringMatching(/^32 % of the predictions/)],
    ]);
    expect(texts([window({ referenceLabels: 0, unsupported: 1 })])).toEqual([
      ['none', expect.stringMatching(/has no labels/)],
    ]);
    expect(texts([window()])).toEqual([]);
  });

  test('is found in the sample that drifted, and not in the one that did not', () => {
    const broken = (of: ModelPerformance) =>
      assumptionsOf(of).filter(({ tone }) => tone === 'attention');
    expect(broken(drifted)).toHaveLength(1);
    expect(broken(dropout)).toEqual([]);
  });
});

describe('a threshold', () => {
  test('splits all labelled cases, whatever it is', () => {
    for (const each of dropout.thresholds) {
      const { truePositives, falsePositives, trueNegatives, falseNegatives } = each;
      const all = truePositives + falsePositives + trueNegatives + falseNegatives;
      expect(all).toBe(dropout.total.count);
    }
    const flagged = dropout.thresholds.map(flaggedOf);
    expect(flagged).toEqual(flagged.toSorted((a, b) => b - a));
  });

  test('is the nearest of the sweep', () => {
    expect(decidedAt(dropout.thresholds, 0.3)?.threshold).toBeCloseTo(0.3, 9);
    expect(decidedAt(dropout.thresholds, 0.304)?.threshold).toBeCloseTo(0.3, 9);
    expect(decidedAt([], 0.3)).toBeUndefined();
  });

  test('has no precision when nothing is above it, and no recall when nothing came true', () => {
    const none = { threshold: 0.9, truePositives: 0, falsePositives: 0, trueNegatives: 5 };
    expect(precisionOf({ ...none, falseNegatives: 2 })).toBeNull();
    expect(recallOf({ ...none, falseNegatives: 2 })).toBe(0);
    expect(recallOf({ ...none, falseNegatives: 0 })).toBeNull();
    expect(thresholdTable([{ ...none, falseNegatives: 2 }]).rows).toEqual([[0.9, null, 0, 0]]);
  });

  test('stands in the address with figure and version, and stays behind on other pages', () => {
    const search = readSearch({ figure: 'brier', threshold: 0.3, version: '7' });
    expect(search).toMatchObject({ figure: 'brier', threshold: 0.3, version: '7' });
    expect(readSearch({ figure: 'luck', threshold: 1.2 })).toMatchObject({
      ...{ figure: undefined, threshold: undefined },
    });
    expect(keepView(search)).toMatchObject({ figure: undefined, threshold: undefined });
  });
});

test('a slice differs only when its interval leaves the whole out', () => {
  const word = (lower: number | null, upper: number | null, gap: number) =>
    sliceStanding({ lower, upper, gap }, 0.5).word;
  expect(word(0.55, 0.7, 0.1)).toBe('Worse');
  expect(word(0.45, 0.7, 0.1)).toBe('Could be chance');
  expect(word(0.3, 0.4, -0.1)).toBe('Better');
  expect(word(null, null, 0.1)).toBe('Could be chance');
});

test('a figure of the other kind of model is none', () => {
  expect(chosenFigure('probability', 'bias')).toBe('accuracy');
  expect(chosenFigure('number', 'bias')).toBe('bias');
  expect(chosenFigure('number', undefined)).toBe('meanAbsoluteError');
  expect(formatPerformance('calibrationError', 0.031)).toBe('3.1\u00a0%');
  expect(formatGap('logLoss', -0.0521)).toBe('0.052');
});

test('ages before the first label are left out but for one, and have no band', () => {
  const point = (ageMs: number, estimate: number, lower: number, upper: number) => {
    return { ageMs, estimate, lower, upper };
  };
  const points = [
    ...[point(1, 0, 0, 1), point(2, 0, 0, 1), point(3, 0.2, 0.1, 0.3), point(4, 1, 0, 1)],
  ];
  expect(delayTable({ points }).rows).toEqual([
    [0, 0, null, null, null],
    [1, 0.2, 0.1, expect.closeTo(0.2, 9), 0.3],
    [2, 1, null, null, null],
  ]);
  expect(delayTable({ points: points.slice(0, 2) }).rows).toEqual([]);
});

test('groups that are not shown have no row', () => {
  expect(fairnessTable([]).rows).toEqual([]);
  const { columns, rows } = fairnessTable(dropout.fairness!.groups);
  expect(rows).toHaveLength(19);
  expect(columns[1]?.label).toBe('Missed, though it came true: day');
});

test('the commands of empty places send events that the engine takes', () => {
  const bodyOf = (command: string) => JSON.parse(/'(\{.*\})'$/.exec(command)![1]!) as object;
  const time = new Date(now).toISOString();
  const commands = [
    predictionCommand('http://localhost', time, 'grade'),
    labelCommand('http://localhost', time),
  ];
  const [prediction, label] = commands.map((each) => Event.parse(bodyOf(each)));
  expect(prediction).toMatchObject({ type: 'prediction', context: { model: 'grade' } });
  expect(label).toMatchObject({ type: 'label', decision: prediction!.id });
});

describe('who served while windows lasted', () => {
  const windows = [0, 10, 20].map((start) => ({ start, end: start + 10 }));
  const by = { actor: 'ada', reason: '' };
  const one = (version: string, share = 1) => ({ version, share });
  const served = [
    { from: 5, to: 10, shares: [one('1')], ...by },
    { from: 10, to: 18, shares: [one('1', 0.75), one('1.1', 0.25)], ...by },
    { from: 18, to: null, shares: [one('1.1')], ...by },
  ];

  test('is told of each by its time, and of what is to come not at all', () => {
    const found = servedWindows(served, windows, 25)!;
    expect(found.traffic.versions.map(({ version }) => version)).toEqual(['1', '1.1']);
    expect(found.traffic.points.at(-1)).toMatchObject({ at: 25, shares: [0, 1] });
    // 8 of 10 with a quarter, 2 with all.
    expect(found.shares).toEqual([
      [1, 0],
      [0.6, 0.4],
      [0, 1],
    ]);
    expect(servedWindows(served, windows, 19)!.shares[2]).toEqual([null, null]);
    expect(servedWindows(served, [{ start: 0, end: 4 }], 25)).toBeUndefined();
    expect(servedWindows([], windows, 25)).toBeUndefined();
  });

  test('is a strip beneath the course and columns of its table', () => {
    const points = coursePoints(dropout, 'accuracy');
    const { course } = dropout;
    const spans = [{ ...served[0]!, from: course[1]!.start, to: null }];
    const found = servedWindows(spans, course, course.at(-1)!.end)!;
    const table = performanceTable(points, 'ratio', found);
    expect(table.columns.at(-1)).toMatchObject({ label: 'Served by 1', kind: 'share' });
    expect(table.rows.map((row) => row.at(-1))).toEqual([null, ...course.slice(1).map(() => 1)]);
    const context = { figure: 'accuracy', kind: 'ratio', better: 'higher', windowMs: day } as const;
    const plain = performanceCourse(table, lightLook, context);
    const drawn = performanceCourse(table, lightLook, { ...context, traffic: found.traffic });
    const panels = ({ grid }: typeof plain) => (grid as readonly object[]).length;
    expect([panels(plain), panels(drawn)]).toEqual([2, 3]);
  });
});
