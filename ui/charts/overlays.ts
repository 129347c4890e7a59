/**
 * What lies over a plot: lines at figures that matter, flags at instants, and spans of time.
 *
 * Each is one series with a single datum at the first instant, which draws them all: so none of them is ever the point
 * that cursor and tooltip snap to.
 */
import type { CustomSeriesRenderItem, SeriesOption } from 'echarts';
import type { ChartLook } from './chartLook.ts';

export interface Rule {
  readonly value: number;
  /** Beside the line; '' for none. */
  readonly label: string;
  /** The line that others are compared with, such as zero: solid. */
  readonly firm?: boolean;
  /** The words stand beneath the line. */
  readonly below?: boolean;
  /** The words stand at its beginning, not at its end. */
  readonly start?: boolean;
}

/** Something that happened. */
export interface Flag {
  /** Ms since 1970, or days. */
  readonly at: number;
  /** At most four letters. */
  readonly label: string;
}

/** A time in which something was so. */
export interface Span {
  /** Ms since 1970, or days. */
  readonly from: number;
  /** null: it is still so. */
  readonly to: number | null;
  /** Stands at its beginning; '' for none. */
  readonly label: string;
  /** Of its edge, and faint of its area. */
  readonly color: string;
}

interface Place {
  /** Number of the panel, whose axes are used. */
  readonly panel: number;
  readonly look: ChartLook;
}

interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Item = NonNullable<ReturnType<CustomSeriesRenderItem>>;
/** One shape of a custom series. */
export type Shape = Exclude<Item, { type: 'group' }>;

function overlay(
  times: readonly number[],
  { panel }: Place,
  draw: (plot: Plot, at: (time: number, value: number) => readonly [number, number]) => Shape[],
  // Above lines and bands.
  z = 5,
): SeriesOption[] {
  if (times.length === 0) return [];
  return [
    {
      type: 'custom',
      xAxisIndex: panel,
      yAxisIndex: panel,
      silent: true,
      tooltip: { show: false },
      z,
      encode: { x: 0 },
      data: [[times[0] ?? 0]],
      renderItem: ({ coordSys }, api) => ({
        type: 'group',
        children: draw(coordSys as unknown as Plot, (time, value) => {
          const [x = 0, y = 0] = api.coord([time, value]);
          return [x, y];
        }),
      }),
    },
  ];
}

/** Lines across a panel; those outside of its bounds are left out. */
export function ruleSeries(
  rules: readonly Rule[],
  times: readonly number[],
  place: Place,
): SeriesOption[] {
  if (rules.length === 0) return [];
  const { look } = place;
  return overlay(times, place, (plot, at) =>
    rules.flatMap(({ value, label, firm = false, below = false, start = false }): Shape[] => {
      const [, y] = at(times[0] ?? 0, value);
      if (y < plot.y - 0.5 || y > plot.y + plot.height + 0.5) return [];
      const right = plot.x + plot.width;
      const line: Shape = {
        type: 'line',
        shape: { x1: plot.x, y1: y, x2: right, y2: y },
        style: {
          stroke: firm ? look.text : look.muted,
          lineWidth: 1,
          ...(firm ? {} : { lineDash: [4, 4] }),
        },
      };
      const above = below ? plot.y + plot.height - y < 16 : y - plot.y > 16;
      const text: Shape = {
        type: 'text',
        style: {
          text: label,
          x: start ? plot.x + 4 : right - 2,
          y: above ? y - 3 : y + 3,
          fill: look.muted,
          // A halo, so that the words can be read on a line.
          stroke: look.surface,
          lineWidth: 3,
          fontSize: 11,
          fontFamily: look.font,
          align: start ? 'left' : 'right',
          verticalAlign: above ? 'bottom' : 'top',
        },
      };
      return label === '' ? [line] : [line, text];
    }),
  );
}

/** Height of a span's name, and of the edge above it, px. */
const spanNamePx = 20;
const spanEdgePx = 3;

/** Spans behind the lines of a panel, each with an edge above. What lies outside of the time shown is left out. */
export function spanSeries(
  spans: readonly Span[],
  times: readonly number[],
  place: Place,
): SeriesOption[] {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const shown = spans.filter(({ from, to }) => from <= last && (to ?? last) >= first);
  if (shown.length === 0) return [];
  const { look } = place;
  const areas = overlay(
    times,
    place,
    (plot, at) =>
      shown.map(({ from, to, color }): Shape => {
        const { left, width } = extentPx(
          plot,
          at,
          Math.max(first, from),
          Math.min(last, to ?? last),
        );
        return {
          type: 'rect',
          shape: { x: left, y: plot.y, width, height: plot.height },
          style: { fill: color, opacity: 0.1 },
        };
      }),
    0,
  );
  const names = overlay(times, place, (plot, at) =>
    shown.flatMap(({ from, to, label, color }): Shape[] => {
      const { left, width } = extentPx(plot, at, Math.max(first, from), Math.min(last, to ?? last));
      const edge: Shape = {
        type: 'rect',
        shape: { x: left, y: plot.y - spanEdgePx, width, height: spanEdgePx },
        style: { fill: color },
      };
      if (label === '') return [edge];
      // A short span near the end has its name to the left.
      const isLeft = left + 4 + label.length * letterPx > plot.x + plot.width;
      const text: Shape = {
        type: 'text',
        style: {
          text: label,
          x: isLeft ? left - 3 : left + 4,
          y: plot.y + spanNamePx / 2,
          fill: color,
          stroke: look.surface,
          lineWidth: 3,
          fontSize: 11,
          fontWeight: 600,
          fontFamily: look.font,
          align: isLeft ? 'right' : 'left',
          verticalAlign: 'middle',
        },
      };
      return [edge, text];
    }),
  );
  return [...areas, ...names];
}

/** At least two pixels wide: a moment must be seen. */
function extentPx(
  plot: Plot,
  at: (time: number, value: number) => readonly [number, number],
  from: number,
  to: number,
): { readonly left: number; readonly width: number } {
  const [start, end] = [at(from, 0)[0], at(to, 0)[0]];
  const width = Math.max(2, end - start);
  return { left: Math.min(start, plot.x + plot.width - width), width };
}

/** Height of a name in an area, and width of a letter, px. */
const namePx = 17;
const letterPx = 7.2;

/** Names in areas that stack, each where its area is thickest; in one that is too thin, none. */
export function areaNames(
  areas: readonly { readonly name: string; readonly values: readonly (number | null)[] }[],
  times: readonly number[],
  place: Place,
): SeriesOption[] {
  if (areas.length === 0) return [];
  const { look } = place;
  return overlay(times, place, (plot, at) =>
    areas.flatMap(({ name, values }, i): Shape[] => {
      const half = (name.length * letterPx) / 2 + 4;
      const below = (row: number) =>
        areas.slice(0, i).reduce((sum, area) => sum + (area.values[row] ?? 0), 0);
      let best: { x: number; top: number; bottom: number; fit: number } | undefined;
      values.forEach((value, row) => {
        if (value === null) return;
        const [x, bottom] = at(times[row] ?? 0, below(row));
        const [, top] = at(times[row] ?? 0, below(row) + value);
        if (x - half < plot.x || x + half > plot.x + plot.width) return;
        // A little thicker is not worth another place than in the middle.
        const off = Math.abs(x - plot.x - plot.width / 2) / plot.width;
        const fit = bottom - top - 12 * off;
        if (best === undefined || fit > best.fit) best = { x, top, bottom, fit };
      });
      if (best === undefined || best.bottom - best.top < namePx) return [];
      return [
        {
          type: 'text',
          style: {
            text: name,
            x: best.x,
            y: (best.top + best.bottom) / 2,
            fill: look.text,
            stroke: look.surface,
            lineWidth: 3,
            fontSize: 12,
            fontWeight: 600,
            fontFamily: look.font,
            align: 'center',
            verticalAlign: 'middle',
          },
        },
      ];
    }),
  );
}

/** Flags nearer to each other than this are one, in px. */
const mergePx = 20;
/** A part of the time shown. */
const edge = 0.1;
/** Room of the lane above the first plot, in px. */
const lanePx = 18;

/** Flags in a lane above the first panel, their lines through all. Those outside of the time shown are left out. */
export function flagSeries(
  flags: readonly Flag[],
  times: readonly number[],
  place: Place,
): SeriesOption[] {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  // What happened shortly before the first point, as a start does, stands at it.
  const before = first - Math.max(0, last - first) * edge;
  const shown = flags
    .filter(({ at }) => at >= before && at <= last)
    .map((flag) => ({ ...flag, at: Math.max(first, flag.at) }));
  if (shown.length === 0) return [];
  const { look, panel } = place;
  return overlay(times, place, (plot, at) => {
    const placed = shown.map((flag) => ({ ...flag, x: at(flag.at, 0)[0] }));
    const lines = placed.map(
      ({ x }): Shape => ({
        type: 'line',
        shape: { x1: x, y1: panel === 0 ? plot.y - 3 : plot.y, x2: x, y2: plot.y + plot.height },
        style: { stroke: look.muted, lineWidth: 1, lineDash: [1, 3] },
      }),
    );
    if (panel > 0) return lines;
    return [...lines, ...flagShapes(placed, plot, plot.y - lanePx - 1, look)];
  });
}

/**
 * Flags as they are drawn in their lane.
 *
 * @param plot where they may stand, from its left to its right
 * @param top  of the lane, px
 */
export function flagShapes(
  flags: readonly { readonly x: number; readonly label: string }[],
  plot: Pick<Plot, 'x' | 'width'>,
  top: number,
  look: ChartLook,
): Shape[] {
  return merged(flags).flatMap(({ x, label }): Shape[] => {
    const width = Math.max(18, 8 + label.length * 7);
    const left = Math.min(Math.max(x, plot.x + width / 2 - 9), plot.x + plot.width) - width / 2;
    return [
      {
        type: 'rect',
        shape: { x: left, y: top, width, height: 16, r: 8 },
        style: { fill: look.surface, stroke: look.muted, lineWidth: 1 },
      },
      {
        type: 'text',
        style: {
          text: label,
          x: left + width / 2,
          y: top + 8.5,
          fill: look.text,
          fontSize: 11,
          fontFamily: look.font,
          align: 'center',
          verticalAlign: 'middle',
        },
      },
    ];
  });
}

/** Flags that would cover each other become one, from the first to the last: 2–4. */
function merged(flags: readonly { readonly x: number; readonly label: string }[]) {
  const groups: { x: number; labels: string[]; end: number }[] = [];
  for (const { x, label } of [...flags].sort((a, b) => a.x - b.x)) {
    const last = groups.at(-1);
    if (last !== undefined && x - last.end < mergePx) {
      last.labels.push(label);
      last.end = x;
    } else {
      groups.push({ x, labels: [label], end: x });
    }
  }
  return groups.map(({ x, end, labels }) => ({
    x: (x + end) / 2,
    label: labels.length === 1 ? (labels[0] ?? '') : `${labels[0]}–${labels.at(-1)}`,
  }));
}
