/** What a policy earns over time beside its control: mean reward of each step with its interval, on one scale. */
import type { EChartsOption } from 'echarts';
import type { PolicyReport } from '../../contracts/policyApi.ts';
import { formatValue } from '../format/numbers.ts';
import { charts as words } from '../words/personalization.ts';
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Extent, niceExtent, settledBounds } from './niceExtent.ts';
import type { PanelSeries } from './panelSeries.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { panelsHeight, timePanels } from './timePanels.ts';

type Course = PolicyReport['course'];

/** Columns of the policy: mean, from, width, to; then its decisions, then the same of the control. */
const controlColumn = 6;

export function policyTable(course: Course): ChartTable {
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      ...[words.policy, words.controlOf].flatMap(
        (name) =>
          [
            { label: name, kind: 'value' },
            { label: words.from(name), kind: 'value' },
            { label: words.width(name), kind: 'value', silent: true },
            { label: words.to(name), kind: 'value' },
            { label: words.decisionsOf(name), kind: 'count' },
          ] as const,
      ),
    ],
    rows: course.map(({ at, policy, control }) => [
      at,
      ...[policy, control].flatMap(({ decisions, mean, low, high }) => [
        ...[mean, low, low === null || high === null ? null : high - low, high],
        decisions,
      ]),
    ]),
  };
}

const plotPx = 180;
export const policyCourseHeight = panelsHeight([{ heightPx: plotPx }], true);

function extentOf(table: ChartTable): Extent {
  const before = table.columns.flatMap((column, i) => (column.before === undefined ? [] : [i]));
  const bounds = table.rows.map((row) =>
    [1, 2, 4, controlColumn, controlColumn + 1, controlColumn + 3, ...before].map(
      (i) => row[i] ?? null,
    ),
  );
  // An interval may be cut off, a line not.
  const means = table.rows
    .flatMap((row) => [1, controlColumn, ...before].map((i) => row[i] ?? null))
    .filter((value) => value !== null);
  const [low, high] = settledBounds(bounds, means.length === 0 ? [0, 1] : means);
  return niceExtent(low, high, 4, 0.01);
}

/** The control has a line where anything is known of it. */
export function policyCourse(table: ChartTable, look: ChartLook, layer?: TimeLayer): EChartsOption {
  const isKnown = table.rows.some((row) => (row[controlColumn] ?? null) !== null);
  const control: PanelSeries = {
    ...({ column: controlColumn, mark: 'line', color: 4, dashed: true } as const),
    band: [controlColumn + 1, controlColumn + 2],
  };
  const panel = {
    title: words.worthTitle,
    kind: 'value',
    heightPx: plotPx,
    fromZero: false,
    extent: extentOf(table),
    tick: formatValue,
    series: [{ column: 1, mark: 'line', color: 0, band: [2, 3] }, ...(isKnown ? [control] : [])],
  } as const;
  return timePanels(table, [panel], look, ...overlaysOf(layer, look));
}
