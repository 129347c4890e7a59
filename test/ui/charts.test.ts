import type { EChartsOption } from 'echarts';
import { expect, test } from 'vitest';
import { type ChartLook, lightLook } from '../../ui/charts/chartLook.ts';
import type { ChartTable } from '../../ui/charts/chartTable.ts';
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
import { learningCurve, learningHeight, learningTable } from '../../ui/charts/learningCurve.ts';
import { isCounting, metricHeight, metricTable, metricTrend } from '../../ui/charts/metricTrend.ts';
import { reliability, reliabilityHeight, reliabilityTable } from '../../ui/charts/reliability.ts';
import { drawing } from './support/drawing.ts';
import { calibrationBins, epochPoints, metricPoints, qualityPoints } from './support/samples.ts';

interface Picture {
  readonly name: string;
  readonly table: ChartTable;
  readonly option: (table: ChartTable, look: ChartLook) => EChartsOption;
  readonly width: number;
  readonly height: number;
}

const pictures: readonly Picture[] = [
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
    option: metricTrend,
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
    table: throughputTable(epochPoints()),
    option: throughput,
    width: 520,
    height: epochHeight,
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
};

test.each(pictures.filter(({ name }) => name !== 'reliability'))(
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
  const point = (minimum: number | null, maximum = minimum) => ({ minimum, maximum });
  expect(isCounting([])).toBe(false);
  expect(isCounting([point(1), point(null), point(1)])).toBe(true);
  expect(isCounting([point(1), point(2)])).toBe(false);
  expect(isCounting([point(0, 1)])).toBe(false);
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
