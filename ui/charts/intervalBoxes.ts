/**
 * Intervals of windows as boxes of their width: hatched while what they promise is still open, plain when it is known.
 *
 * One series of a panel over time, to be added behind the others: it is never what cursor and tooltip snap to.
 */
import type { CustomSeriesRenderItem, SeriesOption } from 'echarts';
import type { ChartLook } from './chartLook.ts';

export interface IntervalBox {
  /** Middle of the box, ms since 1970. */
  readonly at: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly isOpen: boolean;
}

interface Place {
  readonly panel: number;
  /** Of each box, ms. */
  readonly widthMs: number;
  readonly color: string;
  readonly look: ChartLook;
}

/** Between two boxes, px. */
const gapPx = 1;

/** Boxes without both ends are left out; what lies outside of the plot is cut off. */
export function intervalBoxes(
  boxes: readonly IntervalBox[],
  { panel, widthMs, color, look }: Place,
): SeriesOption[] {
  const shown = boxes.filter(({ lower, upper }) => lower !== null && upper !== null);
  if (shown.length === 0) return [];
  const hatch = {
    ...{ color, dashArrayX: [1, 0], dashArrayY: [1.4, 4], rotation: -Math.PI / 4 },
    symbolSize: 1,
  };
  const renderItem: CustomSeriesRenderItem = ({ dataIndex, coordSys }, api) => {
    const box = shown[dataIndex];
    if (box === undefined) return null;
    const plot = coordSys as unknown as { x: number; y: number; width: number; height: number };
    const [left = 0, top = 0] = api.coord([box.at - widthMs / 2, box.upper ?? 0]);
    const [right = 0, bottom = 0] = api.coord([box.at + widthMs / 2, box.lower ?? 0]);
    const x = Math.max(plot.x, left + gapPx / 2);
    const width = Math.min(plot.x + plot.width, right - gapPx / 2) - x;
    const y = Math.max(plot.y, top);
    const height = Math.max(1, Math.min(plot.y + plot.height, bottom) - y);
    if (width <= 0) return null;
    const edge = (at: number) => ({
      type: 'line' as const,
      shape: { x1: x, y1: at, x2: x + width, y2: at },
      style: { stroke: color, lineWidth: 1, opacity: 0.6 },
    });
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x, y, width, height },
          style: box.isOpen
            ? { fill: look.surface, decal: hatch, opacity: 0.75 }
            : { fill: color, opacity: 0.16 },
        },
        ...(box.isOpen ? [edge(y), edge(y + height)] : []),
      ],
    };
  };
  return [
    {
      type: 'custom',
      xAxisIndex: panel,
      yAxisIndex: panel,
      silent: true,
      tooltip: { show: false },
      // Beneath lines and overlays.
      z: 1,
      encode: { x: 0, y: [1, 2] },
      data: shown.map(({ at, lower, upper }) => [at, lower, upper]),
      renderItem,
    },
  ];
}
