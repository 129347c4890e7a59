/**
 * All metrics and variants at one glance: change relative to the control with its anytime-valid interval.
 *
 * A filled mark is decided, a hollow one open; green to the good side, red to the bad. Grouped by role. A metric that is
 * better when it falls says so: its good side is the left.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { MetricRole } from '../experiments/roles.ts';
import { formatChange } from '../format/numbers.ts';
import { roleNames, charts as words } from '../words/experiments.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Extent, niceExtent } from './niceExtent.ts';
import type { Shape } from './overlays.ts';
import { tooltipOption } from './tooltip.ts';

export interface ForestRow {
  /** "Solved" */
  readonly metric: string;
  /** "With hints, less is better"; '' when there is nothing to add. */
  readonly note: string;
  readonly role: MetricRole;
  /** Parts of the control's mean. */
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** "+2.1 points" */
  readonly effect: string;
  /** "between +0.9 and +3.4 points" */
  readonly between: string;
  readonly state: 'good' | 'bad' | 'open';
  readonly decided: boolean;
}

/** Between a metric and its note. */
const join = ' · ';
const states = ['good', 'bad', 'open'] as const;
const roles = ['primary', 'secondary', 'guardrail'] as const;

/** Columns of the table. */
const at = { role: 1, estimate: 2, low: 3, high: 4, effect: 5, between: 6, state: 7, decided: 8 };

export function forestTable(rows: readonly ForestRow[]): ChartTable {
  const own = (pick: (row: ForestRow) => string) => rows.map(pick);
  const title = ({ metric, note }: ForestRow) => (note === '' ? metric : `${metric}${join}${note}`);
  return {
    columns: [
      { label: words.metric, kind: 'count', names: own(title) },
      { label: words.role, kind: 'count', names: roles.map((role) => roleNames[role]) },
      { label: words.relative, kind: 'relative' },
      { label: words.low, kind: 'relative' },
      { label: words.high, kind: 'relative' },
      { label: words.effect, kind: 'count', names: own(({ effect }) => effect) },
      { label: words.interval, kind: 'count', names: own(({ between }) => between) },
      { label: words.state, kind: 'count', names: states.map((state) => words.states[state]) },
      { label: words.decided, kind: 'count', names: words.decidedWords },
    ],
    rows: rows.map(({ role, estimate, low, high, state, decided }, i) => [
      i,
      roles.indexOf(role),
      estimate,
      low,
      high,
      i,
      i,
      states.indexOf(state),
      decided ? 1 : 0,
    ]),
  };
}

const rowPx = 42;
/** Words above the interval instead of beside it. */
const compactRowPx = 50;
const roleHeadPx = 26;
const axisPx = 44;

/** Middle of each row, in px from the top, and where the heads of the roles stand. */
function places(table: ChartTable, compact: boolean) {
  const size = compact ? compactRowPx : rowPx;
  const middles: number[] = [];
  const heads: { role: number; y: number }[] = [];
  let y = 0;
  table.rows.forEach((row, i) => {
    const role = row[at.role] ?? 0;
    if (role !== table.rows[i - 1]?.[at.role]) {
      heads.push({ role, y: y + roleHeadPx / 2 });
      y += roleHeadPx;
    }
    middles.push(y + size / 2);
    y += size;
  });
  return { middles, heads, totalPx: y };
}

export function forestHeight(table: ChartTable, compact: boolean): number {
  return places(table, compact).totalPx + axisPx;
}

/** Around all estimates and most of the intervals, never more than the control once or nothing. */
function extentOf(table: ChartTable): Extent {
  const most = 1;
  const figures = table.rows.flatMap((row) =>
    [row[at.estimate], row[at.low], row[at.high]].filter((value) => value != null),
  );
  const within = figures.map((value) => Math.min(most, Math.max(-most, value)));
  return niceExtent(Math.min(0, ...within), Math.max(0, ...within), 5, 0.01);
}

export function forestPlot(table: ChartTable, look: ChartLook): EChartsOption {
  const { middles, heads, totalPx } = places(table, look.compact);
  const left = look.compact ? 8 : 216;
  const right = look.compact ? 14 : 222;
  const extent = extentOf(table);
  const label = { color: look.muted, fontFamily: look.font, fontSize: 11 };
  const colors = [look.good, look.bad, look.muted];

  const renderItem: CustomSeriesRenderItem = (params, api) => {
    const i = params.dataIndex;
    const plot = params.coordSys as unknown as { x: number; width: number };
    const row = table.rows[i] ?? [];
    const y = middles[i] ?? 0;
    const x = (value: number) => api.coord([value, 0])[0] ?? 0;
    const text = (words: string, style: object): Shape => ({
      type: 'text',
      silent: true,
      style: {
        text: words,
        fill: look.text,
        // Over the zero line, on telephones.
        stroke: look.surface,
        lineWidth: 3,
        fontSize: 12,
        fontFamily: look.font,
        verticalAlign: 'middle',
        ...style,
      },
    });
    const name = table.columns[0]?.names?.[i] ?? '';
    const effect = table.columns[at.effect]?.names?.[i] ?? '';
    const between = table.columns[at.between]?.names?.[i] ?? '';
    const [metric = '', note = ''] = name.split(join);
    /** One line, or two of which the second is muted. */
    const lines = (first: string, second: string, x: number, width: number, fontWeight = 400) => {
      const one = { x, width, overflow: 'truncate' };
      return [
        text(first, { ...one, y: second === '' ? y : y - 8, fontWeight }),
        ...(second === ''
          ? []
          : [text(second, { ...one, y: y + 8, fill: look.muted, fontSize: 11 })]),
      ];
    };
    const lineY = look.compact ? y + 12 : y;
    const rightEdge = plot.x + plot.width;
    const shapes: Shape[] = look.compact
      ? [
          text(name, {
            x: plot.x,
            y: y - 12,
            width: plot.width - 96,
            overflow: 'truncate',
          }),
          text(effect, { x: rightEdge, y: y - 12, align: 'right', fontWeight: 600 }),
        ]
      : [
          ...lines(metric, note, 0, left - 18),
          ...lines(effect, between, rightEdge + 18, right - 18, 600),
        ];
    const color = colors[row[at.state] ?? 2] ?? look.muted;
    return {
      type: 'group',
      children: [...shapes, ...interval(row, { x, y: lineY, color, extent, look })],
    };
  };

  const guide: CustomSeriesRenderItem = (params, api) => {
    const plot = params.coordSys as unknown as { x: number; width: number };
    const zero = api.coord([0, 0])[0] ?? 0;
    return {
      type: 'group',
      children: [
        {
          type: 'line',
          shape: { x1: zero, y1: 0, x2: zero, y2: totalPx },
          style: { stroke: look.text, lineWidth: 1 },
        },
        ...heads.map(
          ({ role, y }): Shape => ({
            type: 'text',
            style: {
              text: roleNames[roles[role] ?? 'primary'],
              x: look.compact ? plot.x : 0,
              y: y + 3,
              fill: look.muted,
              // Over the zero line, on phones.
              stroke: look.surface,
              lineWidth: 4,
              fontSize: 11,
              fontWeight: 600,
              fontFamily: look.font,
              verticalAlign: 'middle',
            },
          }),
        ),
      ],
    };
  };

  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    dataset: { source: table.rows.map((row) => [...row]), sourceHeader: false },
    tooltip: tooltipOption(table, look, 'item'),
    grid: { left, right, top: 0, height: totalPx, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      ...extent,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: look.grid } },
      axisLabel: {
        ...label,
        hideOverlap: true,
        // On telephones the plot reaches to the edges.
        ...(look.compact ? { alignMinLabel: 'left', alignMaxLabel: 'right' } : {}),
        formatter: (value: number) =>
          value === 0
            ? words.same
            : `${formatChange(value * 100, (size) => String(Number(size.toPrecision(3))))}\u00a0%`,
      },
      name: words.relativeAxis,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: label,
    },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      { type: 'custom', renderItem, encode: { x: [2, 3, 4] }, clip: false },
      {
        type: 'custom',
        renderItem: guide,
        data: [[0, 0]],
        silent: true,
        tooltip: { show: false },
        clip: false,
        z: 1,
      },
    ],
  };
}

interface Mark {
  x(value: number): number;
  readonly y: number;
  readonly color: string;
  readonly extent: Extent;
  readonly look: ChartLook;
}

/** Line, ends (an arrow where it goes on beyond the axis) and estimate. */
function interval(row: readonly (number | null)[], mark: Mark): Shape[] {
  const { x, y, color, extent, look } = mark;
  const [estimate, low, high] = [row[at.estimate], row[at.low], row[at.high]];
  const within = (value: number) => Math.min(extent.max, Math.max(extent.min, value));
  const shapes: Shape[] = [];
  if (low != null && high != null) {
    const [from, to] = [x(within(low)), x(within(high))];
    shapes.push({
      type: 'line',
      shape: { x1: from, y1: y, x2: to, y2: y },
      style: { stroke: color, lineWidth: 2 },
    });
    for (const [end, sign, beyond] of [
      [from, 1, low < extent.min],
      [to, -1, high > extent.max],
    ] as const) {
      shapes.push({
        type: 'polyline',
        shape: {
          points: beyond
            ? [
                [end + 6 * sign, y - 5],
                [end, y],
                [end + 6 * sign, y + 5],
              ]
            : [
                [end, y - 4],
                [end, y + 4],
              ],
        },
        style: { stroke: color, lineWidth: 2, fill: 'none' },
      });
    }
  }
  if (estimate != null) {
    shapes.push({
      type: 'circle',
      shape: { cx: x(within(estimate)), cy: y, r: 5 },
      style: { fill: row[at.decided] === 1 ? color : look.surface, stroke: color, lineWidth: 2 },
    });
  }
  return shapes;
}
