/**
 * The effect of a variant over time: estimate and anytime-valid interval, the evidence beneath, and the units behind it.
 *
 * The interval holds at all times at once: it may be read, and acted on, at any of them. Evidence is on a logarithmic axis:
 * each line up is ten times as much.
 */
import type { EChartsOption } from 'echarts';
import type { ExperimentCourse } from '../../contracts/experimentApi.ts';
import type { MetricKind } from '../../contracts/experimentMetric.ts';
import { effectKind } from '../format/effects.ts';
import {
  formatChange,
  formatEvidence,
  formatEvidenceTick,
  formatValue,
} from '../format/numbers.ts';
import { charts as words } from '../words/experiments.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Extent, niceExtent, settledBounds } from './niceExtent.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

export interface CourseContext {
  readonly kind: MetricKind;
  /** Smallest difference that matters, in the metric's unit; undefined for other metrics than the primary. */
  readonly minimumEffect: number | undefined;
  /** Ln(1 / alpha). */
  readonly threshold: number;
}

export function courseTable(
  points: ExperimentCourse['points'],
  { kind }: Pick<CourseContext, 'kind'>,
): ChartTable {
  const effect = effectKind(kind);
  return {
    columns: [
      { label: words.time, kind: 'time' },
      { label: words.effect, kind: effect },
      { label: words.low, kind: effect },
      { label: words.width, kind: effect, silent: true },
      { label: words.high, kind: effect },
      { label: words.evidence, kind: 'evidence' },
      { label: words.units, kind: 'count' },
    ],
    rows: points.map(({ at, estimate, low, high, lnE, units }) => {
      const width = low === null || high === null ? null : high - low;
      return [at, estimate, low, width, high, lnE, units];
    }),
  };
}

const heights = [196, 116, 44] as const;
export const courseHeight = panelsHeight(
  heights.map((heightPx) => ({ heightPx })),
  true,
);

function effectExtent(table: ChartTable, { kind, minimumEffect = 0 }: CourseContext): Extent {
  const bounds = table.rows.map((row) => [row[1] ?? null, row[2] ?? null, row[4] ?? null]);
  const [low, high] = settledBounds(bounds, [0, -minimumEffect, minimumEffect]);
  return niceExtent(low, high, 5, kind === 'binary' ? 0.01 : 1);
}

/** Whole powers of ten, the threshold among them. */
function evidenceExtent(table: ChartTable, threshold: number): Extent {
  const figures = table.rows.flatMap((row) => (row[5] == null ? [] : [row[5]]));
  const low = Math.max(Math.min(0, ...figures), -2 * Math.LN10);
  const high = Math.max(threshold * 1.15, ...figures);
  const decades = (high - low) / Math.LN10;
  const interval = Math.max(1, niceExtent(0, decades, 4).interval) * Math.LN10;
  // Among many powers of ten, what is a little below 1 is not worth one of its own.
  const min = interval > 2.5 * Math.LN10 ? 0 : Math.floor(low / interval + 1e-9) * interval;
  return { min, max: Math.max(1, Math.ceil(high / interval - 1e-9)) * interval, interval };
}

export function effectCourse(
  table: ChartTable,
  look: ChartLook,
  context: CourseContext,
  layer?: TimeLayer,
): EChartsOption {
  const { kind, minimumEffect, threshold } = context;
  const scale = kind === 'binary' ? 100 : 1;
  const [effectPx, evidencePx, unitsPx] = heights;
  // On the side where the line is not.
  const isUp = (table.rows.findLast((row) => row[1] != null)?.[1] ?? 0) >= 0;
  const label = look.compact ? words.mattersShort : words.matters;
  const matters =
    minimumEffect === undefined
      ? []
      : [
          { value: minimumEffect, label: isUp ? '' : label },
          { value: -minimumEffect, label: isUp ? label : '', below: true },
        ];
  const panels: readonly Panel[] = [
    {
      title: kind === 'binary' ? words.effectPointsTitle : words.effectTitle,
      kind: effectKind(kind),
      heightPx: effectPx,
      fromZero: false,
      series: [{ column: 1, mark: 'line', color: 0, band: [2, 3] }],
      extent: effectExtent(table, context),
      tick: (value) => (value === 0 ? '0' : formatChange(value * scale, formatValue)),
      rules: [{ value: 0, label: '', firm: true }, ...matters],
    },
    {
      title: words.evidenceTitle,
      kind: 'evidence',
      heightPx: evidencePx,
      fromZero: false,
      series: [{ column: 5, mark: 'line', color: 3 }],
      extent: evidenceExtent(table, threshold),
      tick: formatEvidenceTick,
      rules: [
        { value: threshold, label: words.decidedFrom(formatEvidence(threshold)), start: true },
      ],
    },
    {
      title: words.unitsTitle,
      kind: 'count',
      heightPx: unitsPx,
      fromZero: true,
      series: [{ column: 6, mark: 'line', color: 4, area: true }],
    },
  ];
  return timePanels(table, panels, look, ...overlaysOf(layer, look));
}
