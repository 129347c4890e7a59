/** How long labels take: the share of predictions whose label has come within an age, with its interval. */
import type { EChartsOption } from 'echarts';
import type { LabelDelayCurve } from '../../contracts/performanceApi.ts';
import { formatDuration } from '../format/numbers.ts';
import { labels as words } from '../words/models.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

/**
 * Ages are a few of ever longer steps: they stand side by side, by their names. Those before the first label are left out but
 * for the last of them.
 */
export function delayTable(curve: Pick<LabelDelayCurve, 'points'>): ChartTable {
  const begin = curve.points.findIndex(({ estimate }) => (estimate ?? 0) > 0);
  const points = begin < 0 ? [] : curve.points.slice(Math.max(0, begin - 1)).map(known);
  return {
    columns: [
      {
        label: words.age,
        kind: 'count',
        names: points.map(({ ageMs }) => formatDuration(ageMs)),
      },
      { label: words.share, kind: 'share' },
      { label: words.lower, kind: 'share' },
      { label: words.width, kind: 'share', silent: true },
      { label: words.upper, kind: 'share' },
    ],
    rows: points.map(({ estimate, lower, upper }, i) => [
      i,
      estimate,
      lower,
      lower === null || upper === null ? null : upper - lower,
      upper,
    ]),
  };
}

type DelayPoint = LabelDelayCurve['points'][number];

/** The curve's interval says nothing where none or all have come: no band is drawn there. */
function known(point: DelayPoint): DelayPoint {
  const isOpen = point.estimate === 0 || point.estimate === 1;
  return isOpen ? { ...point, lower: null, upper: null } : point;
}

const panels: readonly Panel[] = [
  {
    title: words.chartTitle,
    kind: 'share',
    heightPx: 190,
    fromZero: true,
    extent: { min: 0, max: 1, interval: 0.25 },
    series: [{ column: 1, mark: 'line', color: 2, band: [2, 3] }],
  },
];

export const delayHeight = panelsHeight(panels);

export function delayCurve(table: ChartTable, look: ChartLook): EChartsOption {
  return timePanels(table, panels, look);
}
