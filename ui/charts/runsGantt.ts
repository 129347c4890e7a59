/**
 * Runs beneath each other, each from its own beginning: the time of each step as a bar, in the order of steps.
 *
 * A step that has failed is hatched, one that is under way fades. The words beside a run say what it is and what came of it.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import { formatDuration } from '../format/numbers.ts';
import { formatInstant, formatMoment } from '../format/times.ts';
import { type ListedRun, runStates, spentMs, stateTones, stepNames } from '../retraining/runs.ts';
import { causeWords, stateWords, stepWords, list as words } from '../words/retraining.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { faded } from './laneShapes.ts';
import type { Shape } from './overlays.ts';
import { tooltipOption } from './tooltip.ts';

/** Columns of the table: those of steps follow, then the whole. */
const at = { run: 0, started: 1, cause: 2, state: 3, steps: 4 };
const totalColumn = at.steps + stepNames.length;

/** @param now what has not ended is as long as until then, ms since 1970 */
export function ganttTable(runs: readonly ListedRun[], now: number): ChartTable {
  const own = (pick: (run: ListedRun) => string) => runs.map(pick);
  return {
    columns: [
      {
        label: words.run,
        kind: 'count',
        names: own(({ model, startedAt }) => words.title(model, formatInstant(startedAt))),
      },
      { label: words.started, kind: 'time', silent: true },
      { label: words.cause, kind: 'count', names: own(({ cause }) => causeWords[cause.kind]) },
      { label: words.state, kind: 'count', names: runStates.map((state) => stateWords[state]) },
      ...stepNames.map((name) => ({ label: stepWords[name], kind: 'durationMs' }) as const),
      { label: words.lasted, kind: 'durationMs' },
    ],
    rows: runs.map((run, i) => [
      ...[i, run.startedAt, i, runStates.indexOf(run.state)],
      ...stepNames.map((name) => {
        const step = run.steps.find((each) => each.name === name);
        return step === undefined ? null : spentMs(step, now);
      }),
      spentMs(run, now),
    ]),
  };
}

const rowPx = 40;
/** Words above the bar instead of beside it. */
const compactRowPx = 50;
const axisPx = 42;
const barPx = 18;

export function ganttHeight(runs: number, compact: boolean): number {
  return runs * (compact ? compactRowPx : rowPx) + axisPx;
}

export function runsGantt(
  table: ChartTable,
  look: ChartLook,
  { runs, now }: { readonly runs: readonly ListedRun[]; readonly now: number },
): EChartsOption {
  const size = look.compact ? compactRowPx : rowPx;
  const left = look.compact ? 4 : 218;
  const right = look.compact ? 14 : 148;
  const label = { color: look.muted, fontFamily: look.font, fontSize: 11 };
  const colors = { good: look.good, attention: look.attention, bad: look.bad, none: look.muted };
  const longest = Math.max(1, ...table.rows.map((row) => row[totalColumn] ?? 0));

  const renderItem: CustomSeriesRenderItem = (params, api) => {
    const i = params.dataIndex;
    const run = runs[i];
    if (run === undefined) return { type: 'group', children: [] };
    const plot = params.coordSys as unknown as { x: number; width: number };
    const x = (ms: number) => api.coord([ms, 0])[0] ?? plot.x;
    const y = i * size + size / 2;
    const barY = look.compact ? y + 2 : y - barPx / 2;
    const text = (content: string, style: object): Shape => ({
      type: 'text',
      style: {
        text: content,
        fill: look.text,
        fontSize: 12,
        fontFamily: look.font,
        verticalAlign: 'middle',
        ...style,
      },
    });
    const state = {
      text:
        run.state === 'done' && run.version !== null
          ? words.version(run.version)
          : stateWords[run.state],
      fill: colors[stateTones[run.state]],
    };
    const when = formatMoment(run.startedAt, now, look.zone);
    const beside: Shape[] = look.compact
      ? [
          text(`${run.model} · ${when}`, {
            ...{ x: plot.x, y: y - 11, width: plot.width - 90, overflow: 'truncate' },
          }),
          text(state.text, {
            ...{ x: plot.x + plot.width, y: y - 11, align: 'right' },
            ...{ fill: state.fill, fontWeight: 600 },
          }),
        ]
      : [
          text(run.model, {
            x: 0,
            y: y - 8,
            fontWeight: 600,
            width: left - 18,
            overflow: 'truncate',
          }),
          text(`${when} · ${causeWords[run.cause.kind]}`, {
            ...{ x: 0, y: y + 8, width: left - 18, overflow: 'truncate' },
            ...{ fill: look.muted, fontSize: 11 },
          }),
          text(state.text, {
            ...{ x: plot.x + plot.width + 16, y: y - 8, fill: state.fill, fontWeight: 600 },
            ...{ width: right - 18, overflow: 'truncate' },
          }),
          text(formatDuration(spentMs(run, now)), {
            ...{ x: plot.x + plot.width + 16, y: y + 8, fill: look.muted, fontSize: 11 },
          }),
        ];
    const track: Shape = {
      type: 'rect',
      shape: {
        x: plot.x,
        y: barY,
        width: Math.max(2, x(spentMs(run, now) ?? 0) - plot.x),
        height: barPx,
        r: 4,
      },
      style: { fill: look.grid, opacity: 0.55 },
    };
    const bars = run.steps.flatMap((step): Shape[] => {
      const spent = spentMs(step, now);
      if (step.startedAt === null || spent === null || step.state === 'skipped') return [];
      const from = x(step.startedAt - run.startedAt);
      const width = Math.max(2, x(step.startedAt - run.startedAt + spent) - from);
      const number = stepNames.indexOf(step.name);
      // There is one more step than there are colours.
      const color = look.series[number] ?? look.text;
      const isFailed = step.state === 'failed';
      const fill =
        step.state === 'running' && width > 12
          ? {
              type: 'linear' as const,
              ...{ x: 0, y: 0, x2: 1, y2: 0 },
              colorStops: [
                { offset: 0, color },
                { offset: 1, color: faded(color) },
              ],
            }
          : isFailed
            ? look.bad
            : color;
      const hatch = { dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
      const hatched = isFailed ? { decal: { ...hatch, color: look.surface } } : {};
      const name = stepWords[step.name];
      const isNamed = width > name.length * 7 + 10;
      return [
        {
          type: 'rect',
          shape: { x: from, y: barY, width, height: barPx, r: 3 },
          style: {
            fill,
            stroke: look.surface,
            lineWidth: 1,
            ...hatched,
          },
        },
        ...(isNamed
          ? [
              text(name, {
                ...{ x: from + 6, y: barY + barPx / 2 + 0.5, fontSize: 11, fontWeight: 600 },
                ...(isFailed || step.state === 'running'
                  ? { fill: look.text, stroke: look.surface, lineWidth: 3 }
                  : { fill: look.surface }),
              }),
            ]
          : []),
      ];
    });
    // The whole row can be clicked.
    const row: Shape = {
      type: 'rect',
      shape: { x: 0, y: y - size / 2, width: plot.x + plot.width + right, height: size },
      style: { fill: 'transparent' },
    };
    const line: Shape = {
      type: 'line',
      shape: { x1: 0, y1: y - size / 2, x2: plot.x + plot.width + right, y2: y - size / 2 },
      style: { stroke: look.grid, lineWidth: 1 },
    };
    return {
      type: 'group',
      children: [row, ...(i === 0 ? [] : [line]), ...beside, track, ...bars],
    };
  };

  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    tooltip: tooltipOption(table, look, 'item'),
    grid: { left, right, top: 0, height: runs.length * size, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min: 0,
      max: longest,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: look.grid, opacity: 0.6 } },
      splitNumber: look.compact ? 3 : 5,
      axisLabel: {
        ...label,
        hideOverlap: true,
        showMaxLabel: false,
        ...(look.compact ? { alignMinLabel: 'left' } : {}),
        formatter: (value: number) => (value === 0 ? '0' : formatDuration(value)),
      },
      name: words.elapsed,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: label,
      ...stepOf(longest, look.compact ? 3 : 5),
    },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      {
        type: 'custom',
        renderItem,
        data: table.rows.map((row) => [0, 0, row[totalColumn] ?? 0]),
        encode: { x: [0, 2], y: 1 },
        clip: false,
      },
    ],
  };
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Ticks at whole seconds, minutes or hours. */
function stepOf(longestMs: number, parts: number): { readonly interval: number } | object {
  const steps = [1, 2, 5, 10, 20, 30].flatMap((step) => [
    step * second,
    step * minute,
    step * hour,
  ]);
  const fitting = steps.toSorted((a, b) => a - b).find((step) => longestMs / step <= parts);
  return longestMs < second || fitting === undefined ? {} : { interval: fitting };
}
