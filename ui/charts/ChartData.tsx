/** The table behind a chart. */
import { formatFigure } from '../format/figure.ts';
import { messages } from '../messages.ts';
import type { ChartTable } from './chartTable.ts';

interface Props {
  title: string;
  table: ChartTable;
  zone: string;
  heightPx: number;
}

export function ChartData({ title, table, zone, heightPx }: Props) {
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
            {shown.map(({ label, index }) => (
              <th key={index} scope="col" className={index === 0 ? undefined : 'number'}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row[0]}>
              {shown.map(({ kind, index }) => (
                <td key={index} className={index === 0 ? undefined : 'number'}>
                  {formatFigure(kind, row[index] ?? null, zone)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
