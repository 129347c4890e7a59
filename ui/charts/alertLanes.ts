/**
 * When and where something was unusual: a lane for each place in the flow, and in it a capsule for each incident, as long as
 * it lasted. Those that are open fade to the end of the time shown.
 *
 * What is told is filled, what is only noticed is hollow; what cannot be judged is hatched. Days of the calendar are stripes
 * behind all lanes, what else happened are flags above them.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { Incident } from '../anomalies/incidents.ts';
import { keyWords } from '../anomalies/keyWords.ts';
import { titleOf } from '../anomalies/titleOf.ts';
import { words as common, chart as words } from '../anomalies/words.ts';
import { laneNames } from '../data/search.ts';
import { formatTick } from '../format/times.ts';
import type { ChartLook } from './chartLook.ts';
import { type ChartTable, cellText } from './chartTable.ts';
import { type Bar, laneLayout } from './laneLayout.ts';
import { type Flag, flagSeries, type Shape } from './overlays.ts';
import { escapeHtml, tooltipOption } from './tooltip.ts';

/** Columns of the table. */
const at = { since: 0, until: 1, lane: 2, state: 3, severity: 4, count: 7 };

/** How a capsule is drawn, with the words for it. */
export const capsuleKinds = ['high', 'low', 'pending', 'blind', 'over', 'false'] as const;
export type CapsuleKind = (typeof capsuleKinds)[number];
const severities = ['high', 'low'] as const;

export interface Stripe {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

export interface LanesContext {
  /** The time shown, ms since 1970; what is open ends with it. */
  readonly window: { readonly from: number; readonly to: number };
  /** Numbers of the lanes that are shown. */
  readonly lanes: readonly number[];
  readonly stripes: readonly Stripe[];
  readonly flags: readonly Flag[];
}

export function capsuleOf({ state, severity, lead }: Incident): CapsuleKind {
  if (state === 'pending') return 'pending';
  if (state === 'no-data' || state === 'error') return 'blind';
  if (state === 'firing') return severity;
  return lead.ending === 'false alarm' ? 'false' : 'over';
}

/** @param incidents in any order; the rows of the table are in that of their beginning */
export function lanesTable(incidents: readonly Incident[]): ChartTable {
  const own = (pick: (incident: Incident) => string) => incidents.map(pick);
  return {
    columns: [
      { label: words.since, kind: 'time' },
      { label: words.until, kind: 'time' },
      { label: words.lane, kind: 'count', names: laneNames.map((lane) => common.lanes[lane]) },
      { label: words.state, kind: 'count', names: capsuleKinds.map((kind) => words.legend[kind]) },
      {
        label: words.severity,
        kind: 'count',
        names: severities.map((name) => common.severities[name]),
      },
      { label: words.headline, kind: 'count', names: own(({ lead }) => titleOf(lead)) },
      { label: words.key, kind: 'count', names: own(({ lead }) => keyWords(lead.key)) },
      { label: words.count, kind: 'count' },
    ],
    rows: incidents.map((incident, i) => [
      incident.since,
      incident.until,
      laneNames.indexOf(incident.lead.lane),
      capsuleKinds.indexOf(capsuleOf(incident)),
      severities.indexOf(incident.severity),
      i,
      i,
      incident.alerts.length,
    ]),
  };
}

const leftPx = 124;
const compactLeftPx = 2;
const rightPx = 26;
/** The lane of flags and names of days. */
const topPx = 24;
const axisPx = 26;
const lanePadPx = 8;
const laneLeastPx = 38;
/** On telephones a lane has its name above it. */
const nameRowPx = 18;
/** What a capsule needs to be seen, and how wide a plot usually is, px. */
const leastPx = 10;
const usualPx = { wide: 1_000, compact: 330 };

/** Many rows are low ones. */
function rowPx(rows: number): number {
  if (rows <= 3) return 20;
  return rows <= 8 ? 13 : 8;
}

function placesOf(table: ChartTable, { window, lanes }: LanesContext, compact: boolean) {
  const span = Math.max(1, window.to - window.from);
  const leastMs = (span * leastPx) / (compact ? usualPx.compact : usualPx.wide);
  const bars: Bar[] = table.rows.map((row) => ({
    lane: lanes.indexOf(row[at.lane] ?? -1),
    from: row[at.since] ?? 0,
    to: row[at.until] ?? window.to,
  }));
  const layout = laneLayout(bars, lanes.length, leastMs);
  let y = topPx;
  const tops = layout.rows.map((rows) => {
    const inner = Math.max(rows * rowPx(rows), laneLeastPx - 2 * lanePadPx);
    const heightPx = inner + 2 * lanePadPx + (compact ? nameRowPx : 0);
    const placed = { top: y, heightPx, rowPx: rowPx(rows), rows };
    y += heightPx;
    return placed;
  });
  return { ...layout, tops, bottom: y };
}

export function lanesHeight(table: ChartTable, context: LanesContext, compact: boolean): number {
  return placesOf(table, context, compact).bottom + axisPx;
}

export function alertLanes(
  table: ChartTable,
  look: ChartLook,
  context: LanesContext,
): EChartsOption {
  const { window, lanes, stripes, flags } = context;
  const { rowOf, tops, bottom } = placesOf(table, context, look.compact);
  const left = look.compact ? compactLeftPx : leftPx;
  const label = { color: look.muted, fontFamily: look.font, fontSize: 11 };
  const plotOf = (coordSys: unknown) => coordSys as { x: number; width: number };

  const renderItem: CustomSeriesRenderItem = (params, api) => {
    const i = params.dataIndex;
    const row = table.rows[i] ?? [];
    const lane = tops[lanes.indexOf(row[at.lane] ?? -1)];
    if (lane === undefined) return { type: 'group', children: [] };
    const plot = plotOf(params.coordSys);
    const x = (time: number) =>
      Math.min(Math.max(api.coord([time, 0])[0] ?? 0, plot.x), plot.x + plot.width);
    const [from, to] = [x(row[at.since] ?? 0), x(row[at.until] ?? window.to)];
    const width = Math.max(leastPx - 2, to - from);
    const used = lane.rows * lane.rowPx;
    const inner = lane.heightPx - 2 * lanePadPx - (look.compact ? nameRowPx : 0);
    const start = lane.top + lanePadPx + (look.compact ? nameRowPx : 0) + (inner - used) / 2;
    const height = lane.rowPx - (lane.rowPx > 12 ? 4 : 2);
    const y = start + (rowOf[i] ?? 0) * lane.rowPx + (lane.rowPx - height) / 2;
    const box = { x: Math.min(from, plot.x + plot.width - width), y, width, height };
    const kind = capsuleKinds[row[at.state] ?? 0] ?? 'over';
    return {
      type: 'group',
      children: capsule(kind, box, {
        isOpen: row[at.until] == null,
        count: row[at.count] ?? 1,
        look,
      }),
    };
  };

  const behind: CustomSeriesRenderItem = (params, api) => {
    const plot = plotOf(params.coordSys);
    const x = (time: number) =>
      Math.min(Math.max(api.coord([time, 0])[0] ?? 0, plot.x), plot.x + plot.width);
    return {
      type: 'group',
      children: [
        ...stripes.flatMap((stripe) =>
          stripeShapes(stripe, [x(stripe.from), x(stripe.to)], bottom, look),
        ),
        ...tops.flatMap(({ top, heightPx }, i) =>
          laneShapes(laneNames[lanes[i] ?? 0] ?? 'ingest', {
            ...{ top, heightPx, look, right: plot.x + plot.width },
            countText: countIn(table, lanes[i] ?? 0),
          }),
        ),
      ],
    };
  };

  const times = [window.from, window.to];
  const spanMs = window.to - window.from;
  return {
    animation: false,
    useUTC: look.zone === 'UTC',
    textStyle: { fontFamily: look.font },
    tooltip: {
      ...tooltipOption(table, look, 'item'),
      extraCssText: 'max-width: min(340px, 84vw); white-space: normal;',
      formatter: (params: unknown) => tipHtml(table, params, look.zone),
    },
    grid: { left, right: rightPx, top: topPx, height: bottom - topPx, outerBoundsMode: 'none' },
    xAxis: {
      type: 'time',
      min: window.from,
      max: window.to,
      axisLine: { lineStyle: { color: look.grid } },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: look.grid, opacity: 0.6 } },
      axisPointer: { show: false },
      axisLabel: {
        ...label,
        hideOverlap: true,
        formatter: (time: number) => formatTick(time, spanMs, look.zone),
      },
      splitNumber: look.compact ? 3 : 6,
    },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      {
        type: 'custom',
        renderItem,
        data: table.rows.map((row) => [row[at.since] ?? 0, 0, row[at.until] ?? window.to]),
        encode: { x: [0, 2], y: 1 },
        clip: false,
        z: 4,
      },
      {
        type: 'custom',
        renderItem: behind,
        data: [[window.from, 0]],
        silent: true,
        tooltip: { show: false },
        clip: false,
        z: 1,
      },
      ...flagSeries(flags, times, { panel: 0, look }),
    ],
  };
}

function countIn(table: ChartTable, lane: number): string {
  const count = table.rows
    .filter((row) => row[at.lane] === lane)
    .reduce((sum, row) => sum + (row[at.count] ?? 1), 0);
  return count === 0 ? '' : String(count);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Capsule {
  readonly isOpen: boolean;
  readonly count: number;
  readonly look: ChartLook;
}

/** How each kind looks; a capsule without a filling has a line around it. */
function fillOf(kind: CapsuleKind, look: ChartLook) {
  const plain = { decal: undefined, isHollow: false };
  const hatch = { dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
  switch (kind) {
    case 'high':
      return { ...plain, color: look.bad };
    case 'low':
      return { ...plain, color: look.attention };
    case 'pending':
      return { ...plain, color: look.attention, isHollow: true };
    case 'blind':
      return { ...plain, color: look.muted, decal: { ...hatch, color: look.surface } };
    case 'over':
      return { ...plain, color: look.series[4] ?? look.muted };
    case 'false':
      return { ...plain, color: look.series[4] ?? look.muted, isHollow: true };
  }
}

function capsule(kind: CapsuleKind, box: Box, { isOpen, count, look }: Capsule): Shape[] {
  const { color, isHollow, decal } = fillOf(kind, look);
  const { x, y, width, height } = box;
  const fading = {
    type: 'linear' as const,
    ...{ x: 0, y: 0, x2: 1, y2: 0 },
    colorStops: [
      { offset: 0, color },
      { offset: 0.5, color },
      { offset: 1, color: faded(color) },
    ],
  };
  const isFading = isOpen && width > 24;
  const paint = isFading ? fading : color;
  const radius = height / 2;
  const body: Shape = {
    type: 'rect',
    // An open one has no end yet: its right side is straight.
    shape: { ...box, r: isOpen ? [radius, 0, 0, radius] : radius },
    style: {
      fill: isHollow ? look.surface : paint,
      stroke: isHollow ? paint : look.surface,
      lineWidth: isHollow ? 2 : 1,
      ...(isHollow && kind === 'false' ? { lineDash: [3, 2] } : {}),
      ...(decal === undefined ? {} : { decal }),
    },
  };
  if (count < 2 || height < 12) return [body];
  const text = String(count);
  const isInside = width >= 14 + text.length * 7;
  return [
    body,
    {
      type: 'text',
      silent: true,
      style: {
        text,
        x: isInside ? x + 8 : x - 3,
        y: y + height / 2 + 0.5,
        fill: isInside && !isHollow ? look.surface : look.text,
        // A halo over hatching, and beside the capsule.
        ...(isInside && !isHollow && kind !== 'blind'
          ? {}
          : { stroke: isInside && kind === 'blind' ? color : look.surface, lineWidth: 3 }),
        align: isInside ? 'left' : 'right',
        verticalAlign: 'middle',
        fontSize: 11,
        fontWeight: 600,
        fontFamily: look.font,
      },
    },
  ];
}

/** The same colour, nearly gone: `#c0362c` → `rgba(192, 54, 44, 0.2)`. */
export function faded(color: string): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (hex === null) return color;
  const [, ...parts] = hex;
  return `rgba(${parts.map((part) => Number.parseInt(part, 16)).join(', ')}, 0.2)`;
}

/** A letter of a name is about this wide, px: of days, and of lanes, which are bold. */
const letterPx = 6.4;
const nameLetterPx = 7.6;

function stripeShapes(
  { name }: Stripe,
  [from, to]: readonly [number, number],
  bottom: number,
  look: ChartLook,
): Shape[] {
  if (to - from < 0.5) return [];
  const stripe: Shape = {
    type: 'rect',
    shape: { x: from, y: topPx, width: to - from, height: bottom - topPx },
    style: { fill: look.grid, opacity: 0.5 },
  };
  if (to - from < name.length * letterPx + 8) return [stripe];
  return [
    stripe,
    {
      type: 'text',
      style: {
        text: name,
        x: from + 4,
        y: topPx - 4,
        fill: look.muted,
        fontSize: 11,
        fontFamily: look.font,
        verticalAlign: 'bottom',
      },
    },
  ];
}

interface LanePlace {
  readonly top: number;
  readonly heightPx: number;
  readonly right: number;
  readonly countText: string;
  readonly look: ChartLook;
}

/** The name of a lane, how many alerts it has, and the line above it. */
function laneShapes(lane: (typeof laneNames)[number], place: LanePlace): Shape[] {
  const { top, heightPx, right, countText, look } = place;
  const y = look.compact ? top + lanePadPx + 4 : top + heightPx / 2;
  const text = (words: string, style: object): Shape => ({
    type: 'text',
    style: {
      text: words,
      y,
      fill: look.text,
      fontSize: 12,
      fontFamily: look.font,
      verticalAlign: 'middle',
      ...style,
    },
  });
  return [
    {
      type: 'line',
      shape: { x1: 0, y1: top, x2: right, y2: top },
      style: { stroke: look.grid, lineWidth: 1 },
    },
    text(common.lanes[lane], { x: compactLeftPx, fontWeight: 600, ...halo(look) }),
    text(countText, {
      ...(look.compact
        ? { x: compactLeftPx + common.lanes[lane].length * nameLetterPx + 8 }
        : { x: leftPx - 14, align: 'right' }),
      fill: look.muted,
      ...halo(look),
    }),
  ];
}

/** On telephones the names stand in the plot. */
function halo(look: ChartLook): object {
  return look.compact ? { stroke: look.surface, lineWidth: 3 } : {};
}

/** The headline first, then the rest as in the table. */
function tipHtml(table: ChartTable, params: unknown, zone: string): string {
  const { dataIndex } = params as { dataIndex?: unknown };
  const row = typeof dataIndex === 'number' ? table.rows[dataIndex] : undefined;
  if (row === undefined) return '';
  const text = (column: number) => {
    const described = table.columns[column];
    if (described === undefined) return '';
    if (column === at.until && row[column] == null) return words.still;
    return cellText(described, row[column] ?? null, zone);
  };
  const headline = 5;
  const shown = [at.lane, 6, at.state, at.severity, at.since, at.until, at.count].filter(
    (column) => column !== at.count || (row[at.count] ?? 1) > 1,
  );
  const lines = shown.map(
    (column) =>
      `<div class="chart-tip-row"><span>${escapeHtml(table.columns[column]?.label ?? '')}</span><b>${escapeHtml(text(column))}</b></div>`,
  );
  return `<div class="chart-tip"><div class="chart-tip-title">${escapeHtml(text(headline))}</div>${lines.join('')}</div>`;
}
