/** A table, and beneath it the way to have it as a file. */
import { type ReactNode, useRef } from 'react';
import { fileName, saveText } from '../charts/downloads.ts';
import { messages } from '../words/shell.ts';
import { DownloadIcon } from './Icons.tsx';
import { tableCsv } from './tableCsv.ts';

interface Props {
  /** Names the file, and the table to who does not see it. */
  label: string;
  children: ReactNode;
}

export function TableExport({ label, children }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  function save(): void {
    const table = holder.current?.querySelector('table');
    if (table != null) saveText(tableCsv(table), `${fileName(label)}.csv`, 'text/csv');
  }
  return (
    <div ref={holder} className="table-export">
      {children}
      <button
        type="button"
        className="table-save"
        aria-label={messages.saveTable(label)}
        onClick={save}
      >
        <DownloadIcon />
        {messages.csv}
      </button>
    </div>
  );
}
