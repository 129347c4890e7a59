import type { EChartsOption } from 'echarts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertsApart, incidentsOf } from '../../ui/anomalies/incidents.ts';
import { lanesView, timelineOf } from '../../ui/anomalies/lanesView.ts';
import { alertCourse, alertCourseHeight, alertTable } from '../../ui/charts/alertCourse.ts';
import { alertLanes } from '../../ui/charts/alertLanes.ts';
import { type ChartLook, lightLook } from '../../ui/charts/chartLook.ts';
import { type ChartTable, describeRow, toCsv } from '../../ui/charts/chartTable.ts';
import { delayCurve, delayHeight, delayTable } from '../../ui/charts/delayCurve.ts';
import { driftCourse, driftCourseHeight, driftCourseTable } from '../../ui/charts/driftCourse.ts';
import {
  driftHeatmap,
  heatmapContext,
  heatmapHeight,
  heatmapTable,
} from '../../ui/charts/driftHeatmap.ts';
import { courseHeight, courseTable, effectCourse } from '../../ui/charts/effectCourse.ts';
import {
  asideTable,
  commitTable,
  commitTime,
  epochHeight,
  lag,
  lagTable,
  setAside,
  throughput,
  throughputTable,
} from '../../ui/charts/epochCharts.ts';
import { fairnessCurve, fairnessHeight, fairnessTable } from '../../ui/charts/fairnessCurve.ts';
import { forestHeight, forestPlot, forestTable } from '../../ui/charts/forestPlot.ts';
import {
  barsEvidence,
  barsEvidenceHeight,
  barsEvidenceTable,
  courseEvidence,
  courseEvidenceHeight,
  courseEvidenceTable,
} from '../../ui/charts/insightEvidence.ts';
import { lanesHeight } from '../../ui/charts/lanePlaces.ts';
import { lanesTable } from '../../ui/charts/lanesTable.ts';
import { learningCurve, learningHeight, learningTable } from '../../ui/charts/learningCurve.ts';
import {
  bestRound,
  lossCurve,
  lossHeight,
  lossTable,
  searchCurve,
  searchTable,
} from '../../ui/charts/lossCurve.ts';
import { isCounting, metricHeight, metricTable, metricTrend } from '../../ui/charts/metricTrend.ts';
import { niceExtent, settledBounds } from '../../ui/charts/niceExtent.ts';
import {
  type PerformanceContext,
  performanceCourse,
  performanceHeight,
  performanceTable,
} from '../../ui/charts/performanceCourse.ts';
import { policyCourse, policyCourseHeight, policyTable } from '../../ui/charts/policyCourse.ts';
import { powerCurve, powerHeight, powerTable } from '../../ui/charts/powerCurve.ts';
import { quantileCourse, quantileHeight, quantileTable } from '../../ui/charts/quantileCourse.ts';
import { releaseCourse, releaseHeight, releaseTable } from '../../ui/charts/releaseCourse.ts';
import { reliability, reliabilityHeight, reliabilityTable } from '../../ui/charts/reliability.ts';
import { ganttHeight, ganttTable, runsGantt } from '../../ui/charts/runsGantt.ts';
import { shareTable as barsTable, shareBars, shareBarsHeight } from '../../ui/charts/shareBars.ts';
import { shareCourse, shareTable } from '../../ui/charts/shareCourse.ts';
import { thresholdCurve, thresholdHeight, thresholdTable } from '../../ui/charts/thresholdCurve.ts';
import { type TimeLayer, withHappened } from '../../ui/charts/timeLayer.ts';
import { trafficHeight, trafficStrip, trafficTable } from '../../ui/charts/trafficStrip.ts';
import { withBefore } from '../../ui/charts/withBefore.ts';
import { worthCourse, worthHeight, worthTable } from '../../ui/charts/worthCourse.ts';
import { forestRows } from '../../ui/experiments/forestRows.ts';
import { happenedIn } from '../../ui/happenings/happened.ts';
import { coursePoints } from '../../ui/models/coursePoints.ts';
import { servedWindows } from '../../ui/models/servedWindows.ts';
import { coursesOf } from '../../ui/personalization/courses.ts';
import { evidenceOf } from '../../ui/versions/evidence.ts';
import { trafficOf } from '../../ui/versions/traffic.ts';
import { alertReadings, resolvedSample } from '../support/alertSamples.ts';
import { day } from '../support/fakeExperiments.ts';
import { barsOf, courseOf as evidenceCourseOf } from '../support/fakeInsights.ts';
import { fakeModelLife } from '../support/fakeModelLife.ts';
import { alert, campusAlerts, hour, now } from './support/alertSamples.ts';
import { drawing } from './support/drawing.ts';
import { drift, latencyDetail, skillDetail } from './support/driftSamples.ts';
import { course, detailOf } from './support/experimentSamples.ts';
import { now as performanceNow, performanceOf } from './support/performanceSamples.ts';
import { reportOf } from './support/policySamples.ts';
import {
  calibrationBins,
  epochPoints,
  metricPoints,
  qualityPoints,
  start,
} from './support/samples.ts';

interface Picture {
  readonly name: string;
  readonly table: ChartTable;
  readonly option: (table: ChartTable, look: ChartLook, layer?: TimeLayer) => EChartsOption;
  readonly width: number;
  readonly height: number;
}

/** What happened at these instants. */
function layerOf(...instants: number[]): TimeLayer {
  const items = instants.map((at, i) => ({ at, number: i + 1, sentence: `Change ${i + 1}` }));
  return { items, days: [] };
}

const courseContext = {
  kind: 'binary',
  minimumEffect: 0.02,
  threshold: Math.log(20),
} as const;
const courseLayer = layerOf(start, start + 4 * day, start + 4.2 * day, start + 12 * day);
const motivation = detailOf('motivation');
const forest = forestTable(forestRows(motivation, motivation.result!));
const courses = coursesOf(reportOf('tutor'));
const coursesContext = {
  courses,
  heightPx: worthHeight(courses.length),
  control: 0.529,
};
const policyLayer = layerOf(courses[0]!.points[0]!.at, courses[0]!.points[20]!.at);
/** An hour before, and busier. */
const epochsBefore = epochPoints().map((point) => ({
  ...point,
  time: point.time - hour,
  eventsPerSecond: point.eventsPerSecond + 60,
}));
const metricLayer: TimeLayer = {
  ...layerOf(start + 2 * hour, start + 7 * hour),
  days: [{ from: start + 4 * hour, to: start + 6 * hour, label: 'Exam day' }],
};
const planned = Array.from({ length: 60 }, (_, i) => ({
  day: i + 1,
  power: 1 - Math.exp(-(((i + 1) / 26) ** 2)),
  detectable: i === 0 ? null : 0.13 / Math.sqrt(i + 1),
}));
const powerContext = { kind: 'binary', minimumEffect: 0.02, days80: 33, days90: 40 } as const;

const evidence = {
  course: evidenceCourseOf(now, { unit: 'number', reference: { name: 'usual', value: 0.03 } }),
  bars: barsOf(),
};

const happened = [
  {
    at: now - 30 * hour,
    until: now - 6 * hour,
    kind: 'calendar',
    subject: 'd',
    sentence: 'Exam week',
  },
  { at: now - 40 * hour, until: null, kind: 'deployment', subject: 'x', sentence: 'Version 4.2' },
] as const;
const lanesWindow = { from: now - 80 * hour, to: now };
const lanes = lanesView(
  timelineOf(
    [
      ...campusAlerts,
      alert('a-low', { severity: 'low', lane: 'outcome', since: now - 20 * hour }),
      alert('a-noticed', { state: 'pending', lane: 'feature', since: now - 18 * hour }),
    ],
    { range: 'custom' },
    lanesWindow,
  ),
  happenedIn(happened, lanesWindow, []),
  {},
);
const laneTable = lanesTable(lanes.incidents);

const dropout = (await performanceOf('dropout'))!;
const performanceContext: PerformanceContext = {
  ...({ figure: 'accuracy', kind: 'ratio', better: 'higher', windowMs: day } as const),
};
const performanceLayer: TimeLayer = {
  ...layerOf(performanceNow - 30 * hour),
  days: [{ from: performanceNow - 9 * day, to: performanceNow - 6 * day, label: 'Exam week' }],
};
const heat = heatmapContext(drift, drift.columns.slice(0, 6), true);
const heatTable = heatmapTable(heat);
const heatLayer: TimeLayer = {
  ...layerOf(heat.days[2]! + hour, heat.days[9]! + hour, heat.days[9]! + 2 * hour),
  days: [{ from: heat.days[5]!, to: heat.days[7]!, label: 'Exam week' }],
};

const modelLife = fakeModelLife(performanceNow);
const answerLife = modelLife.lives.get('answer')!;
const traffic = trafficOf(answerLife.served, {
  from: performanceNow - 20 * day,
  to: performanceNow,
});
const servedSample = servedWindows(answerLife.served, dropout.course, performanceNow)!;
const releaseSample = releaseTable([
  ...evidenceOf(answerLife.release!),
  ...evidenceOf(answerLife.release!)
    .map((step) => ({
      ...step,
      at: performanceNow,
      evidence: {
        ...step.evidence,
        arms: {
          users: 400,
          others: 1_300,
          difference: 0.004,
          lower: -0.03,
          upper: 0.038,
          lnWorse: -1,
        },
      },
    }))
    .slice(1),
]);
const curves = modelLife.runs[2]!.curves;

const pictures: readonly Picture[] = [
  {
    name: 'performanceServed',
    table: performanceTable(coursePoints(dropout, 'accuracy'), 'ratio', servedSample),
    option: (table, look) =>
      performanceCourse(
        table,
        look,
        { ...performanceContext, traffic: servedSample.traffic },
        performanceLayer,
      ),
    width: 980,
    height: performanceHeight(true),
  },
  {
    name: 'performanceCourse',
    table: performanceTable(coursePoints(dropout, 'accuracy'), 'ratio'),
    option: (table, look) => performanceCourse(table, look, performanceContext, performanceLayer),
    width: 980,
    height: performanceHeight(),
  },
  {
    name: 'thresholdCurve',
    table: thresholdTable(dropout.thresholds),
    option: (table, look) => thresholdCurve(table, look, 0.3),
    width: 480,
    height: thresholdHeight,
  },
  {
    name: 'fairnessCurve',
    table: fairnessTable(dropout.fairness!.groups),
    option: (table, look) => fairnessCurve(table, look, ['day', 'evening'], 0.3),
    width: 640,
    height: fairnessHeight,
  },
  {
    name: 'delayCurve',
    table: delayTable(dropout.delay!),
    option: delayCurve,
    width: 480,
    height: delayHeight,
  },
  {
    name: 'alertLanes',
    table: laneTable,
    option: (table, look) => alertLanes(table, look, lanes.context),
    width: 980,
    height: lanesHeight(laneTable, lanes.context, false),
  },
  {
    name: 'learningCurve',
    table: learningTable(qualityPoints()),
    option: learningCurve,
    width: 760,
    height: learningHeight,
  },
  {
    name: 'metricTrend',
    table: metricTable(metricPoints()),
    option: (table, look) => metricTrend(table, look, metricLayer),
    width: 900,
    height: metricHeight,
  },
  {
    name: 'reliability',
    table: reliabilityTable(calibrationBins),
    option: reliability,
    width: 380,
    height: reliabilityHeight,
  },
  {
    name: 'throughput',
    table: withBefore(throughputTable(epochPoints()), {
      table: throughputTable(epochsBefore),
      shiftMs: hour,
      columns: [1],
    }),
    option: (table, look) => throughput(table, look, layerOf(start + 20 * 60_000)),
    width: 520,
    height: epochHeight,
  },
  {
    name: 'effectCourse',
    table: courseTable(course.points, { kind: 'binary' }),
    option: (table, look) => effectCourse(table, look, courseContext, courseLayer),
    width: 980,
    height: courseHeight,
  },
  {
    name: 'forestPlot',
    table: forest,
    option: forestPlot,
    width: 980,
    height: forestHeight(forest, false),
  },
  {
    name: 'alertCourse',
    table: alertTable(alertReadings()),
    option: (table, look) =>
      alertCourse(table, look, {
        alerts: [resolvedSample()],
        flags: [{ at: resolvedSample().since - 300_000, label: '1' }],
      }),
    width: 760,
    height: alertCourseHeight(),
  },
  {
    name: 'powerCurve',
    table: powerTable(planned, { kind: 'binary' }),
    option: (table, look) => powerCurve(table, look, powerContext),
    width: 620,
    height: powerHeight,
  },
  {
    name: 'shareCourse',
    table: shareTable(courses),
    option: (table, look) => shareCourse(table, look, coursesContext, policyLayer),
    width: 560,
    height: coursesContext.heightPx,
  },
  {
    name: 'worthCourse',
    table: worthTable(courses),
    option: (table, look) => worthCourse(table, look, coursesContext, policyLayer),
    width: 560,
    height: coursesContext.heightPx,
  },
  {
    name: 'policyCourse',
    table: policyTable(reportOf('tutor').course),
    option: (table, look) => policyCourse(table, look, policyLayer),
    width: 1_100,
    height: policyCourseHeight,
  },
  {
    name: 'driftHeatmap',
    table: heatTable,
    option: (table, look) => driftHeatmap(table, look, heat, heatLayer),
    width: 760,
    height: heatmapHeight(heat, false, true),
  },
  {
    name: 'driftCourse',
    table: driftCourseTable(latencyDetail),
    option: (table, look) =>
      driftCourse(
        table,
        look,
        {
          ...{ isText: false, reference: latencyDetail.reference.days, day: latencyDetail.day },
        },
        heatLayer,
      ),
    width: 760,
    height: driftCourseHeight(false),
  },
  {
    name: 'quantileCourse',
    table: quantileTable(latencyDetail.course),
    option: (table, look) => quantileCourse(table, look, latencyDetail.quantiles!.p50),
    width: 520,
    height: quantileHeight,
  },
  {
    name: 'shareBars',
    table: barsTable(skillDetail),
    option: shareBars,
    width: 520,
    height: shareBarsHeight(barsTable(skillDetail)),
  },
  { name: 'lag', table: lagTable(epochPoints()), option: lag, width: 520, height: epochHeight },
  {
    name: 'commitTime',
    table: commitTable(epochPoints()),
    option: commitTime,
    width: 520,
    height: epochHeight,
  },
  {
    name: 'trafficStrip',
    table: trafficTable(traffic),
    option: (table, look) =>
      trafficStrip(table, look, traffic, layerOf(...traffic.changes.map(({ from }) => from))),
    width: 960,
    height: trafficHeight,
  },
  {
    name: 'releaseCourse',
    table: releaseSample,
    option: (table, look) => releaseCourse(table, look, 0.002),
    width: 960,
    height: releaseHeight(releaseSample, 0.002),
  },
  {
    name: 'runsGantt',
    table: ganttTable(modelLife.runs, performanceNow),
    option: (table, look) => runsGantt(table, look, { runs: modelLife.runs, now: performanceNow }),
    width: 1040,
    height: ganttHeight(modelLife.runs.length, false),
  },
  {
    name: 'lossCurve',
    table: lossTable(curves),
    option: (table, look) => lossCurve(table, look, bestRound(curves)),
    width: 640,
    height: lossHeight,
  },
  {
    name: 'searchCurve',
    table: searchTable(curves),
    option: searchCurve,
    width: 420,
    height: lossHeight,
  },
  {
    name: 'insightCourse',
    table: courseEvidenceTable(evidence.course),
    option: (table, look) => courseEvidence(table, look, evidence.course),
    width: 520,
    height: courseEvidenceHeight(evidence.course),
  },
  {
    name: 'insightBars',
    table: barsEvidenceTable(evidence.bars),
    option: (table, look) => barsEvidence(table, look, evidence.bars),
    width: 520,
    height: barsEvidenceHeight(evidence.bars),
  },
  {
    name: 'setAside',
    table: asideTable(epochPoints()),
    option: setAside,
    width: 520,
    height: epochHeight,
  },
];

test.each(pictures)('$name: the picture is the committed one', async (picture) => {
  const { name, table, option, width, height } = picture;
  const svg = drawing(option(table, lightLook), width, height);
  await expect(svg).toMatchFileSnapshot(`../golden/${name}.svg`);
});

test.each(pictures)(
  '$name: equal data gives equal pictures',
  ({ table, option, width, height }) => {
    const draw = () => drawing(option(structuredClone(table), lightLook), width, height);
    expect(draw()).toBe(draw());
  },
);

test.each(pictures)('$name: one point and no point can be drawn', ({ table, option }) => {
  for (const rows of [table.rows.slice(0, 1), []]) {
    expect(drawing(option({ ...table, rows }, lightLook), 300, 300)).toContain('<svg');
  }
});

test.each(pictures)('$name: every row has a cell for each column', ({ table }) => {
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
});

/** Advance of the letters of a label in DejaVu Sans, the widest of the usual system fonts, in parts of its size. */
const advances: Readonly<Record<string, number>> = {
  ' ': 0.32,
  '\u00a0': 0.32,
  '\u202f': 0.2,
  '.': 0.32,
  '/': 0.34,
  i: 0.28,
  k: 0.58,
  s: 0.53,
  m: 0.98,
  M: 0.87,
  '\u2212': 0.84,
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹⁻'].map((letter) => [letter, 0.41])),
};

/** Axes that have bounds of their own, whatever the data. */
const bounded = [
  ...['alertLanes', 'reliability', 'forestPlot', 'powerCurve'],
  ...['fairnessCurve', 'delayCurve', 'trafficStrip', 'runsGantt'],
  ...['driftHeatmap', 'shareBars', 'insightBars', 'insightCourse'],
];

test.each(pictures.filter(({ name }) => !bounded.includes(name)))(
  '$name: no label of the vertical axis is cut off, on a telephone neither',
  ({ table, option, height }) => {
    for (const factor of [1, 7.3, 730, 7_300]) {
      const rows = table.rows.map(([time = null, ...cells]) => [
        time,
        ...cells.map((cell) => (cell === null ? null : cell * factor)),
      ]);
      const svg = drawing(option({ ...table, rows }, { ...lightLook, compact: true }), 330, height);
      const labels = [...svg.matchAll(/text-anchor="end".*?translate\(([\d.]+) .*?>([^<]+)</g)];
      expect(labels.length).toBeGreaterThan(2);
      for (const [, end, text = ''] of labels) {
        const width = [...text].reduce((sum, letter) => sum + 11 * (advances[letter] ?? 0.64), 0);
        expect(Number(end) - width, text).toBeGreaterThan(0);
      }
    }
  },
);

test('an interval around zero is drawn around zero', () => {
  const table = metricTable(metricPoints());
  const option = metricTrend(table, lightLook);
  const [base] = option.series as { stackStrategy?: string }[];
  expect(base?.stackStrategy).toBe('all');
  expect(table.rows.some(([, mean, lower]) => (mean ?? 0) < 0 && (lower ?? 0) < (mean ?? 0))).toBe(
    true,
  );
});

test('a metric counts when all its values are the same', () => {
  const point = (mean: number | null, deviation: number | null = 0) => ({ mean, deviation });
  expect(isCounting([])).toBe(false);
  expect(isCounting([point(1), point(null), point(1)])).toBe(true);
  expect(isCounting([point(1), point(2)])).toBe(false);
  expect(isCounting([point(0, 1)])).toBe(false);
  expect(isCounting([point(1, null)])).toBe(true);
});

test('names from producers are never markup in a tooltip', () => {
  const table: ChartTable = {
    columns: [
      { label: 'Time', kind: 'time' },
      { label: '<img src=x onerror=alert(1)>', kind: 'count' },
    ],
    rows: [[0, 1]],
  };
  const option = throughput(table, lightLook);
  const { formatter } = option.tooltip as { formatter: (params: unknown) => string };
  expect(formatter([{ dataIndex: 0 }])).toContain('&lt;img');
  expect(formatter([{ dataIndex: 0 }])).not.toContain('<img');
});

test('bounds of an axis are round and hold everything', () => {
  expect(niceExtent(-0.8, 3.4, 4)).toEqual({ min: -1, max: 4, interval: 1 });
  const points = niceExtent(-0.013, 0.062, 5, 0.01);
  expect(points.min).toBeCloseTo(-0.02, 12);
  expect(points.max).toBeCloseTo(0.08, 12);
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 8 }),
      (low, span, parts) => {
        const { min, max, interval } = niceExtent(low, low + span, parts);
        expect(min).toBeLessThanOrEqual(low + 1e-6 * interval);
        expect(max).toBeGreaterThanOrEqual(low + span - 1e-6 * interval);
        expect((max - min) / interval).toBeLessThanOrEqual(parts / 0.8 + 2);
        expect(Math.abs((max - min) / interval - Math.round((max - min) / interval))).toBeLessThan(
          1e-4,
        );
      },
    ),
  );
});

test('the wide beginning of a band does not flatten the rest, and what must be seen is', () => {
  const rows = [[null], [-50, 50], ...Array.from({ length: 18 }, () => [-1, 3]), [-1, 4]];
  expect(settledBounds(rows, [-2, 2])).toEqual([-2, 4]);
  expect(settledBounds([], [])).toEqual([-1, 1]);
});

test('no flag or rule is ever the point that the cursor snaps to', () => {
  const table = courseTable(course.points, { kind: 'binary' });
  const option = effectCourse(table, lightLook, courseContext, courseLayer);
  const overlays = (option.series as { type: string; silent?: boolean; data?: unknown[] }[]).filter(
    ({ type }) => type === 'custom',
  );
  expect(overlays.length).toBeGreaterThan(3);
  for (const { silent, data } of overlays) {
    expect(silent).toBe(true);
    expect(data).toEqual([[course.points[0]?.at]]);
  }
});

test('flags that would cover each other are one', () => {
  const svg = drawing(
    effectCourse(
      courseTable(course.points, { kind: 'binary' }),
      lightLook,
      courseContext,
      courseLayer,
    ),
    980,
    courseHeight,
  );
  expect(svg).toContain('>2–3<');
  expect(svg).not.toContain('>2<');
});

test('a forest has a row for each metric and variant, grouped by role, also on a telephone', () => {
  const rows = forest.rows.length;
  expect(rows).toBe(6);
  const svg = drawing(
    forestPlot(forest, { ...lightLook, compact: true }),
    340,
    forestHeight(forest, true),
  );
  for (const word of ['Primary metric', 'Secondary metrics', 'Guardrails', '+0.55']) {
    expect(svg).toContain(word);
  }
  expect(toCsv(forest).split('\r\n')).toHaveLength(rows + 2);
  expect(describeRow(forest, 1, 'UTC')).toMatch(/^Metric Exercises tried · Streaks\. Role Primary/);
});

test('a control of which nothing is known has no line, and no place in the key', () => {
  const course = reportOf('tutor').course.map((point) => ({
    ...point,
    control: { decisions: 0, mean: null, low: null, high: null },
  }));
  const table = policyTable(course);
  const { series, legend } = policyCourse(table, lightLook);
  const named = (series as { name?: string }[]).flatMap(({ name }) => name ?? []);
  expect(named).not.toContain('The control');
  expect(legend).toMatchObject({ show: false });
  expect(describeRow(table, 0, 'UTC')).toContain('The control, decisions');
});

test('the area of an alert is the time from its beginning to its end, or to the last reading', () => {
  const table = alertTable(alertReadings());
  const reds = (alerts: Parameters<typeof alertCourse>[2]['alerts']) => {
    const svg = drawing(alertCourse(table, lightLook, { alerts }), 652, alertCourseHeight());
    return [...svg.matchAll(/<path d="M([\d.]+) [\d.]+l([\d.]+) 0l0 196[^>]*fill="#c0362c"/g)].map(
      ([, x, width]) => [Number(x), Number(width)],
    );
  };
  const [first, last] = [table.rows[0]![0]!, table.rows.at(-1)![0]!];
  // The plot is from 52 to 626 px.
  const px = (time: number) => 52 + (574 * (time - first)) / (last - first);
  const { since, resolvedAt } = resolvedSample();
  const [closed, open, moment] = [
    reds([{ since, resolvedAt }]),
    reds([{ since, resolvedAt: null }]),
    reds([{ since, resolvedAt: since }]),
  ].map(([area]) => area!);
  expect(closed![0]).toBeCloseTo(px(since), 1);
  expect(closed![1]).toBeCloseTo(px(resolvedAt!) - px(since), 1);
  expect(open![0]! + open![1]!).toBeCloseTo(626, 1);
  expect(moment![1]).toBe(2);
  expect(reds([{ since: last + 1, resolvedAt: null }])).toEqual([]);
  expect(reds([{ since: first - 10, resolvedAt: first - 1 }])).toEqual([]);
});

test('two lines with intervals in one panel keep their own places', () => {
  const table = policyTable(reportOf('tutor').course);
  const { series } = policyCourse(table, lightLook);
  const stacks = (series as { stack?: string }[]).flatMap(({ stack }) => stack ?? []);
  expect(stacks).toHaveLength(4);
  expect(new Set(stacks).size).toBe(2);
});

test('a lane of many alerts grows by their rows, on a telephone by its name as well', () => {
  const apart = alertsApart(
    Array.from({ length: 300 }, (_, i) => alert(`m${i}`, { since: now - 10 * hour })),
  );
  const height = (incidents: typeof apart, compact: boolean) =>
    lanesHeight(lanesTable(incidents), lanes.context, compact);
  expect(height(apart, false)).toBeLessThan(height([], false) + 200);
  // Its own name, and four empty lanes of which the name is all.
  expect(height(apart, true)).toBe(height(apart, false) + 18 - 4 * (38 - 26));
  const svg = drawing(alertLanes(lanesTable(apart), lightLook, lanes.context), 700, 420);
  expect([...svg.matchAll(/<linearGradient/g)].length).toBeGreaterThan(0);
});

test('an incident has the number of its alerts beside or in its capsule', () => {
  const many = incidentsOf(
    Array.from({ length: 37 }, (_, i) => alert(`m${i}`, { incident: 'm0', since: now - i * hour })),
  );
  const view = { ...lanes.context, flags: [], stripes: [] };
  const svg = drawing(alertLanes(lanesTable(many), lightLook, view), 700, 300);
  // In the capsule, and beside the name of the lane.
  expect(svg.match(/>37</g)).toHaveLength(2);
});

test('names of producers are no markup in the tooltip of the timeline', () => {
  const [incident] = alertsApart([alert('a', { headline: '<img src=x> fell.' })]);
  const { tooltip } = alertLanes(lanesTable([incident!]), lightLook, lanes.context);
  const { formatter } = tooltip as { formatter: (params: unknown) => string };
  expect(formatter({ dataIndex: 0 })).toContain('&lt;img src=x&gt; fell.');
  expect(formatter({ dataIndex: 0 })).toContain('still open');
  expect(formatter({})).toBe('');
});

test('what happened has a column of words, which no axis is made for', () => {
  const plain = worthTable(courses);
  const layer = layerOf(...courses[0]!.points.slice(0, 30).map(({ at }) => at + 1));
  const boundsOf = (table: ChartTable) =>
    (worthCourse(table, lightLook, coursesContext, layer).yAxis as { max?: number }[])[0]!.max;
  expect(boundsOf(withHappened(plain, layer))).toBe(boundsOf(plain));
});
