/**
 * The evidence of a release at each step that rested on it: paired Brier scores, outcomes of users who are served, and how many
 * labels are behind them.
 */
import type { EChartsOption } from 'echarts';
import { formatChange, formatValue } from '../format/numbers.ts';
import type { Evident } from '../versions/evidence.ts';
import { messages } from '../words/shell.ts';
import { release as words } from '../words/versions.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { niceExtent, settledBounds } from './niceExtent.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

/** Columns of the table. */
const at = { mean: 1, low: 2, width: 3, high: 4, arms: 5, armsLow: 6, armsWidth: 7, armsHigh: 8 };
const countColumn = 9;

export function releaseTable(steps: readonly Evident[]): ChartTable {
  const { columns } = words;
  const isServed = steps.some(({ evidence }) => evidence.arms !== null);
  const widthOf = (low: number | null, high: number | null) =>
    low === null || high === null ? null : high - low;
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      { label: columns.mean, kind: 'change' },
      { label: columns.low, kind: 'change' },
      { label: columns.width, kind: 'change', silent: true },
      { label: columns.high, kind: 'change' },
      { label: columns.arms, kind: 'points', silent: !isServed },
      { label: columns.armsLow, kind: 'points', silent: !isServed },
      { label: columns.armsWidth, kind: 'points', silent: true },
      { label: columns.armsHigh, kind: 'points', silent: !isServed },
      { label: columns.count, kind: 'count' },
    ],
    rows: steps.map(({ at: time, evidence: { paired, arms } }) => {
      const { mean, lower, upper, count } = paired;
      const [low, high] = [arms?.lower ?? null, arms?.upper ?? null];
      return [
        ...[time, mean, lower, widthOf(lower, upper), upper],
        ...[arms?.difference ?? null, low, widthOf(low, high), high, count],
      ];
    }),
  };
}

function extentOf(table: ChartTable, columns: readonly number[], always: readonly number[]) {
  const bounds = table.rows.map((row) => columns.map((column) => row[column] ?? null));
  const [low, high] = settledBounds(bounds, [0, ...always]);
  return niceExtent(low, high, 4, 0.001);
}

function panelsOf(table: ChartTable, gainMin: number): readonly Panel[] {
  // One look has no course: it stands in its tile.
  const isServed = table.rows.filter((row) => row[at.arms] != null).length > 1;
  return [
    {
      title: words.pairedTitle,
      kind: 'change',
      heightPx: 128,
      fromZero: false,
      series: [{ column: at.mean, mark: 'line', color: 0, marked: true, band: [at.low, at.width] }],
      extent: extentOf(table, [at.mean, at.low, at.high], [-gainMin]),
      tick: (value) => (value === 0 ? '0' : formatChange(value, formatValue)),
      rules: [
        { value: 0, label: '', firm: true },
        ...(gainMin > 0 ? [{ value: -gainMin, label: words.needed, below: true }] : []),
      ],
    },
    ...(isServed
      ? [
          {
            title: words.armsTitle,
            kind: 'points',
            heightPx: 96,
            fromZero: false,
            series: [
              {
                ...{ column: at.arms, mark: 'line', color: 3, marked: true },
                band: [at.armsLow, at.armsWidth],
              },
            ],
            extent: extentOf(table, [at.arms, at.armsLow, at.armsHigh], []),
            tick: (value: number) => (value === 0 ? '0' : formatChange(value * 100, formatValue)),
            rules: [{ value: 0, label: '', firm: true }],
          } satisfies Panel,
        ]
      : []),
    {
      title: words.countTitle,
      kind: 'count',
      heightPx: 44,
      fromZero: true,
      series: [{ column: countColumn, mark: 'line', color: 4, area: true }],
    },
  ];
}

export function releaseHeight(table: ChartTable, gainMin: number): number {
  return panelsHeight(panelsOf(table, gainMin));
}

export function releaseCourse(table: ChartTable, look: ChartLook, gainMin: number): EChartsOption {
  return timePanels(table, panelsOf(table, gainMin), look);
}
