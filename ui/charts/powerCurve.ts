/** How likely an experiment has decided by each day, and which effect it would find by then. */
import type { EChartsOption } from 'echarts';
import type { PlanAnswer } from '../../contracts/experimentApi.ts';
import type { MetricKind } from '../../contracts/experimentMetric.ts';
import { effectKind } from '../format/effects.ts';
import { formatValue } from '../format/numbers.ts';
import { charts as words } from '../words/experiments.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { niceExtent } from './niceExtent.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

export interface PowerContext {
  readonly kind: MetricKind;
  readonly minimumEffect: number;
  readonly days80: number | null;
  readonly days90: number | null;
}

export function powerTable(
  curve: PlanAnswer['curve'],
  { kind }: Pick<PowerContext, 'kind'>,
): ChartTable {
  return {
    columns: [
      { label: words.day, kind: 'day' },
      { label: words.power, kind: 'share' },
      { label: words.detectable, kind: effectKind(kind) },
    ],
    rows: curve.map(({ day, power, detectable }) => [day, power, detectable]),
  };
}

const heights = [190, 120] as const;
export const powerHeight = panelsHeight(
  heights.map((heightPx) => ({ heightPx })),
  true,
);

export function powerCurve(
  table: ChartTable,
  look: ChartLook,
  { kind, minimumEffect, days80, days90 }: PowerContext,
): EChartsOption {
  const scale = kind === 'binary' ? 100 : 1;
  const detectable = table.rows
    .flatMap((row) => (row[2] == null ? [] : [row[2]]))
    .sort((a, b) => a - b);
  // The first days find huge effects only: they would flatten the rest.
  const most = detectable[Math.floor(detectable.length * 0.85)] ?? minimumEffect;
  const high = Math.max(2 * minimumEffect, Math.min(most, 8 * minimumEffect));
  const [powerPx, detectablePx] = heights;
  const panels: readonly Panel[] = [
    {
      title: words.powerTitle,
      kind: 'share',
      heightPx: powerPx,
      fromZero: true,
      series: [{ column: 1, mark: 'line', color: 0, area: true }],
      extent: { min: 0, max: 1, interval: 0.2 },
      rules: [
        { value: 0.8, label: '' },
        { value: 0.9, label: '' },
      ],
    },
    {
      title: kind === 'binary' ? words.detectablePointsTitle : words.detectableTitle,
      kind: effectKind(kind),
      heightPx: detectablePx,
      fromZero: true,
      series: [{ column: 2, mark: 'line', color: 1, dashed: true }],
      extent: niceExtent(0, high, 4, kind === 'binary' ? 0.01 : 1),
      tick: (value) => formatValue(value * scale),
      rules: [
        {
          value: minimumEffect,
          label: look.compact ? words.mattersShort : words.matters,
          start: true,
        },
      ],
    },
  ];
  const flags = [
    ...(days80 === null ? [] : [{ at: days80, label: '80%' }]),
    ...(days90 === null ? [] : [{ at: days90, label: '90%' }]),
  ];
  return timePanels(table, panels, look, flags);
}
