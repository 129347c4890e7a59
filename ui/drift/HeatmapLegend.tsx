/** What the cells of the grid mean: those kinds alone that are drawn. */
import type { DriftColumn } from '../../contracts/driftApi.ts';
import { heatmap as words } from '../words/drift.ts';

interface Props {
  columns: readonly DriftColumn[];
  isWeighted: boolean;
}

export function HeatmapLegend({ columns, isWeighted }: Props) {
  const levels = new Set(columns.flatMap(({ days }) => days.map(({ level }) => level)));
  const isBroken = columns.some(({ breaks }) => breaks.length > 0);
  const isFaded = isWeighted && columns.some(({ isRead }) => isRead === false);
  return (
    <ul className="drift-legend">
      {([0, 1, 2] as const).map((level) => (
        <li key={level}>
          <span className={`drift-cell drift-cell-${level}`} aria-hidden="true" />
          {words.legend[level]}
        </li>
      ))}
      {levels.has(null) && (
        <li>
          <span className="drift-cell drift-cell-none" aria-hidden="true" />
          {words.legend.none}
        </li>
      )}
      {isBroken && (
        <li>
          <span className="drift-cell-broken" aria-hidden="true" />
          {words.legend.broken}
        </li>
      )}
      {isFaded && <li>{words.faded}</li>}
    </ul>
  );
}
