/** A table in a card: numbers to the right, scrolls sideways on narrow screens, and can be reached by keyboard then. */
import type { ReactNode } from 'react';
import { messages } from '../words/shell.ts';
import { Definition, type Meaning } from './Definition.tsx';
import { Scroll } from './Scroll.tsx';
import { TableExport } from './TableExport.tsx';

export interface Column<Row> {
  readonly label: string;
  readonly definition?: Meaning;
  readonly number?: boolean;
  /** Left out on narrow screens. */
  readonly minor?: boolean;
  /** The cell names its row. */
  readonly head?: boolean;
  cell(row: Row): ReactNode;
  /** In a file, where what is written is rounded; null: nothing. */
  value?(row: Row): string | number | null;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  selected?: (row: Row) => boolean;
}

export function DataTable<Row>({ label, columns, rows, keyOf, selected }: Props<Row>) {
  const classOf = ({ number, minor }: Column<Row>) =>
    [number === true ? 'number' : '', minor === true ? 'minor' : ''].join(' ').trim() || undefined;
  return (
    <TableExport label={label}>
      <Scroll label={messages.tableOf(label)}>
        <table className="data-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.label} scope="col" className={classOf(column)}>
                  {column.definition === undefined ? (
                    column.label
                  ) : (
                    <Definition of={column.definition}>{column.label}</Definition>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)} className={selected?.(row) === true ? 'selected' : undefined}>
                {columns.map((column) =>
                  column.head === true ? (
                    <th
                      key={column.label}
                      scope="row"
                      className={classOf(column)}
                      data-value={column.value?.(row) ?? undefined}
                    >
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td
                      key={column.label}
                      className={classOf(column)}
                      data-value={column.value?.(row) ?? undefined}
                    >
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </TableExport>
  );
}
