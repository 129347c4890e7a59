/** Loss by round of training and validation, with the best round marked; or by attempt of a search, with the least so far. */
import type { EChartsOption } from 'echarts';
import type { TrainingRun } from '../../contracts/trainingRun.ts';
import { detail as words } from '../words/retraining.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { niceExtent } from './niceExtent.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

export type Curves = TrainingRun['curves'];

const lossesOf = (curves: Curves, name: Curves[number]['name']) =>
  curves.find((curve) => curve.name === name)?.losses ?? [];

/** More rounds are thinned out, to every second, third … and the last. */
const rowsMax = 400;

export function lossTable(curves: Curves): ChartTable {
  const training = lossesOf(curves, 'training');
  const validation = lossesOf(curves, 'validation');
  const length = Math.max(training.length, validation.length);
  const every = Math.ceil(length / rowsMax);
  const best = bestRound(curves);
  const rounds = Array.from({ length }, (_, i) => i).filter(
    (i) => i % every === 0 || i === length - 1 || i === best,
  );
  return {
    columns: [
      { label: words.round, kind: 'count' },
      { label: words.training, kind: 'value', silent: training.length === 0 },
      { label: words.validation, kind: 'value', silent: validation.length === 0 },
    ],
    rows: rounds.map((i) => [i + 1, training[i] ?? null, validation[i] ?? null]),
  };
}

/** Number from 0 of the round with the least loss of what was kept aside; undefined where nothing was. */
export function bestRound(curves: Curves): number | undefined {
  const losses = lossesOf(curves, 'validation');
  return losses.length === 0 ? undefined : losses.indexOf(Math.min(...losses));
}

export function searchTable(curves: Curves): ChartTable {
  const losses = lossesOf(curves, 'search');
  return {
    columns: [
      { label: words.attempt, kind: 'count' },
      { label: words.search, kind: 'value' },
      { label: words.best, kind: 'value' },
    ],
    rows: losses.map((loss, i) => [i + 1, loss, Math.min(...losses.slice(0, i + 1))]),
  };
}

const heightPx = 180;
export const lossHeight = panelsHeight([{ heightPx }], true);

function extentOf(table: ChartTable) {
  const figures = table.rows.flatMap((row) => row.slice(1)).filter((figure) => figure != null);
  return niceExtent(Math.min(...figures), Math.max(...figures), 4, 0.001);
}

export function lossCurve(table: ChartTable, look: ChartLook, best?: number): EChartsOption {
  const panel: Panel = {
    title: words.loss,
    kind: 'value',
    heightPx,
    fromZero: false,
    extent: extentOf(table),
    // Not every trainer tells both.
    series: [
      { column: 1, mark: 'line', color: 0 } as const,
      { column: 2, mark: 'line', color: 1, dashed: true } as const,
    ].filter(({ column }) => table.columns[column]?.silent !== true),
  };
  const flags = best === undefined ? [] : [{ at: best + 1, label: words.bestFlag }];
  return timePanels(table, [panel], look, flags);
}

export function searchCurve(table: ChartTable, look: ChartLook): EChartsOption {
  const panel: Panel = {
    title: words.loss,
    kind: 'value',
    heightPx,
    fromZero: false,
    extent: extentOf(table),
    series: [
      { column: 1, mark: 'point', color: 4 },
      { column: 2, mark: 'line', color: 0 },
    ],
  };
  return timePanels(table, [panel], look, []);
}
