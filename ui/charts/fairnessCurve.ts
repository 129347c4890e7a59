/** What each decision threshold does to two groups: who is missed, who is acted upon in vain, who is acted upon at all. */
import type { EChartsOption } from 'echarts';
import type { GroupFairness } from '../../contracts/performanceApi.ts';
import { formatValue } from '../format/numbers.ts';
import { threshold as thresholdWords, fairness as words } from '../words/models.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartColumn, ChartTable } from './chartTable.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';
import { probabilityBounds, withAxis } from './withAxis.ts';

type Groups = GroupFairness['groups'];

const rates = ['falseNegative', 'falsePositive', 'selection'] as const;
/** Estimate, lower end, width, upper end. */
const columnsEach = 4;

/** By rate and group: the columns of one follow those of the one before. */
export function fairnessTable(groups: Groups): ChartTable {
  const columns: ChartColumn[] = [{ label: thresholdWords.slider, kind: 'value' }];
  for (const rate of rates) {
    for (const { name } of groups) {
      const label = words.column(words.rates[rate], name);
      columns.push(
        { label, kind: 'share' },
        { label: `${label}, ${words.lower}`, kind: 'share', silent: true },
        { label: words.width, kind: 'share', silent: true },
        { label: `${label}, ${words.upper}`, kind: 'share', silent: true },
      );
    }
  }
  const sweep = groups[0]?.points ?? [];
  return {
    columns,
    rows: sweep.map(({ threshold }, i) => [
      threshold,
      ...rates.flatMap((rate) =>
        groups.flatMap(({ points }) => {
          const { estimate = null, lower = null, upper = null } = points[i]?.[rate] ?? {};
          return [estimate, lower, lower === null || upper === null ? null : upper - lower, upper];
        }),
      ),
    ]),
  };
}

const plotPx = 112;
export const fairnessHeight = panelsHeight(
  rates.map(() => ({ heightPx: plotPx })),
  true,
);

/**
 * @param names  of the groups, in their order
 * @param chosen where the slider stands
 */
export function fairnessCurve(
  table: ChartTable,
  look: ChartLook,
  names: readonly string[],
  chosen: number,
): EChartsOption {
  const panels = rates.map(
    (rate, r): Panel => ({
      title: words.rates[rate],
      kind: 'share',
      heightPx: plotPx,
      fromZero: true,
      extent: { min: 0, max: 1, interval: 0.5 },
      series: names.map((name, g) => {
        const column = 1 + (r * names.length + g) * columnsEach;
        return {
          ...{ column, name, mark: 'line', color: g, dashed: g > 0 },
          band: [column + 1, column + 2],
        } as const;
      }),
    }),
  );
  const flag = { at: chosen, label: formatValue(chosen) };
  return withAxis(timePanels(table, panels, look, [flag]), probabilityBounds);
}
