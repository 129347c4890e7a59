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
