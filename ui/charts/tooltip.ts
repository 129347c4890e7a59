/** The tooltip of every chart: the row under the pointer, written as in the table. */
import type { ChartLook } from './chartLook.ts';
import { type ChartTable, cellText } from './chartTable.ts';

/** Names of metrics and segments come from producers: never markup. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

function rowOf(params: unknown): number | undefined {
  const list: unknown[] = Array.isArray(params) ? params : [params];
  for (const item of list) {
    if (typeof item !== 'object' || item === null) continue;
    const { dataIndex } = item as { dataIndex?: unknown };
    if (typeof dataIndex === 'number') return dataIndex;
  }
  return undefined;
}

export function tooltipHtml(table: ChartTable, params: unknown, zone: string): string {
  const index = rowOf(params);
  const cells = index === undefined ? undefined : table.rows[index];
  if (cells === undefined) return '';
  const lines = table.columns.flatMap((column, i) => {
    const { label, kind, names } = column;
    if (column.silent === true || (column.sparse === true && cells[i] == null)) return [];
    const text = escapeHtml(cellText(column, cells[i] ?? null, zone));
    if (i === 0 && (kind === 'time' || kind === 'date' || names !== undefined))
      return [`<div class="chart-tip-head">${text}</div>`];
    return [`<div class="chart-tip-row"><span>${escapeHtml(label)}</span><b>${text}</b></div>`];
  });
  return `<div class="chart-tip">${lines.join('')}</div>`;
}

export function tooltipOption(table: ChartTable, look: ChartLook, trigger: 'axis' | 'item') {
  return {
    trigger,
    confine: true,
    transitionDuration: 0,
    padding: 0,
    borderWidth: 1,
    borderColor: look.grid,
    backgroundColor: look.surface,
    textStyle: { color: look.text, fontFamily: look.font, fontSize: 12 },
    formatter: (params: unknown) => tooltipHtml(table, params, look.zone),
  } as const;
}
