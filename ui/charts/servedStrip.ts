/** Who served, as a strip of its own beneath a chart over time: areas that stack and change in steps, each with its version. */
import type { CustomSeriesRenderItem, SeriesOption } from 'echarts';
import type { Traffic } from '../versions/traffic.ts';
import { type ChartLook, seriesColor } from './chartLook.ts';
import type { Shape } from './overlays.ts';

interface Place {
  readonly panel: number;
  readonly look: ChartLook;
  /** Where an instant stands on the axis, ms since 1970. */
  place(time: number): number;
}

/** Letters need so much of an area, px. */
const nameHeightPx = 14;
const letterPx = 7.2;

/** Beneath lines and overlays, and never what cursor and tooltip snap to. */
export function servedStrip(
  { versions, points }: Traffic,
  { panel, look, place }: Place,
): SeriesOption[] {
  const steps = points.slice(0, -1).map((point, i) => ({ ...point, end: points[i + 1]!.at }));
  const renderItem: CustomSeriesRenderItem = ({ coordSys }, api) => {
    const plot = coordSys as unknown as { x: number; y: number; width: number; height: number };
    const children = steps.flatMap(({ at, end, shares }) => {
      let below = 0;
      return shares.flatMap((share, i): Shape[] => {
        if (share === null || share === 0) return [];
        const [left = 0, bottom = 0] = api.coord([place(at), below]);
        const [right = 0, top = 0] = api.coord([place(end), below + share]);
        below += share;
        const x = Math.max(plot.x, left);
        const width = Math.min(plot.x + plot.width, right) - x;
        if (width <= 0) return [];
        const { version, color } = versions[i]!;
        const area: Shape = {
          type: 'rect',
          shape: { x, y: top, width, height: bottom - top },
          style: {
            fill: seriesColor(look, color),
            stroke: look.surface,
            lineWidth: 1,
            opacity: 0.75,
          },
        };
        const hasRoom =
          bottom - top >= nameHeightPx && width > version.length * letterPx + 2 * letterPx;
        if (!hasRoom) return [area];
        const name: Shape = {
          type: 'text',
          style: {
            text: version,
            x: x + width / 2,
            y: (top + bottom) / 2,
            fill: look.text,
            stroke: look.surface,
            lineWidth: 3,
            fontSize: 11,
            fontWeight: 600,
            fontFamily: look.font,
            align: 'center',
            verticalAlign: 'middle',
          },
        };
        return [area, name];
      });
    });
    return { type: 'group', children };
  };
  return [
    {
      type: 'custom',
      xAxisIndex: panel,
      yAxisIndex: panel,
      silent: true,
      tooltip: { show: false },
      z: 1,
      encode: { x: 0 },
      data: [[place(points[0]?.at ?? 0)]],
      renderItem,
    },
  ];
}
