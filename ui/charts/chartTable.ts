/** The data behind one chart: it feeds the picture, the table view, the spoken cursor and the CSV file. */
import { csvOf, csvText } from '../format/csv.ts';
import { formatFigure } from '../format/figure.ts';
import { type FigureKind, missing } from '../format/numbers.ts';

export interface ChartColumn {
  readonly label: string;
  readonly kind: FigureKind;
  /** Left out of tooltip and announcement: bounds that only draw a band. */
  readonly silent?: boolean;
  /** The figure is an index into these words. */
  readonly names?: readonly string[];
  /** Told only where there is something: most rows have nothing. */
  readonly sparse?: boolean;
  /** The same as this column, in the range before. */
  readonly before?: number;
}

/** One cell as people read it. */
export function cellText({ kind, names }: ChartColumn, value: number | null, zone: string): string {
  if (names !== undefined) return value === null ? missing : (names[value] ?? missing);
  return formatFigure(kind, value, zone);
}

/** The first column is the abscissa. A figure that does not exist is null. */
export interface ChartTable {
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly (readonly (number | null)[])[];
}

/** "14:05:00. AUC 0.741, Predictions 1.2 k" */
export function describeRow(table: ChartTable, row: number, zone: string): string {
  const cells = table.rows[row];
  if (cells === undefined) return '';
  const [first, ...rest] = table.columns.map((column, i) => ({
    silent: column.silent === true || (column.sparse === true && cells[i] == null),
    label: column.label,
    text: cellText(column, cells[i] ?? null, zone),
  }));
  const figures = rest.filter(({ silent }) => !silent).map(({ label, text }) => `${label} ${text}`);
  const at = table.columns[0]?.kind === 'time' ? first?.text : `${first?.label} ${first?.text}`;
  return `${at}. ${figures.join(', ')}`;
}

/** The row whose abscissa is the nearest; −1 without rows. */
export function nearestRow({ rows }: ChartTable, at: number): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  rows.forEach(([abscissa], row) => {
    const distance = Math.abs((abscissa ?? Number.NaN) - at);
    if (distance >= least) return;
    least = distance;
    nearest = row;
  });
  return nearest;
}

/** RFC 4180: instants in ISO 8601, numbers in full, absent figures empty. */
export function toCsv(table: ChartTable): string {
  const rows = table.rows.map((row) =>
    table.columns.map(({ kind, names }, i) => {
      const value = row[i] ?? null;
      if (value === null || !Number.isFinite(value)) return '';
      if (names !== undefined) return csvText(names[value] ?? '');
      if (kind === 'date') return new Date(value).toISOString().slice(0, 10);
      return kind === 'time' ? new Date(value).toISOString() : String(value);
    }),
  );
  return csvOf([table.columns.map(({ label }) => csvText(label)), ...rows]);
}
