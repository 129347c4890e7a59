/** The table behind a chart. */
import { Behind } from '../behind/Behind.tsx';
import type { BehindSearch } from '../data/search.ts';
import { messages } from '../words/shell.ts';
import { type ChartColumn, type ChartTable, cellText } from './chartTable.ts';

interface Props {
  title: string;
  table: ChartTable;
  zone: string;
  heightPx: number;
  /** The events behind a row. */
  behind?(row: number): BehindSearch | undefined;
}

export function ChartData({ title, table, zone, heightPx, behind }: Props) {
  const shown = table.columns.flatMap((column, index) =>
    column.silent === true ? [] : [{ ...column, index }],
  );
  return (
    <section
      className="chart-data scroll"
      style={{ maxHeight: heightPx }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={messages.tableOf(title)}
    >
      <table className="data-table">
        <thead>
          <tr>
            {shown.map((column) => (
              <th key={column.index} scope="col" className={sideOf(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, place) => (
            <tr key={row.join(' ')}>
              {shown.map((column) => (
                <td key={column.index} className={sideOf(column)}>
                  <Cell
                    text={cellText(column, row[column.index] ?? null, zone)}
                    title={title}
                    asked={column.index === 0 ? behind?.(place) : undefined}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface CellProps {
  text: string;
  title: string;
  asked: BehindSearch | undefined;
}

/** The first of a row leads to its events. */
function Cell({ text, title, asked }: CellProps) {
  return (
    <Behind asked={asked} what={`${title}, ${text}`}>
      {text}
    </Behind>
  );
}

/** Numbers stand to the right; the abscissa and words do not. */
function sideOf({ index, names }: ChartColumn & { index: number }): string | undefined {
  return index === 0 || names !== undefined ? undefined : 'number';
}
