/** What happened in the time that a chart shows, as its page numbers it. */
import { useMemo } from 'react';
import type { Window } from '../data/range.ts';
import { useHappened } from '../happenings/HappeningsProvider.tsx';
import type { ChartTable } from './chartTable.ts';
import type { TimeLayer } from './timeLayer.ts';

/** @param window undefined: nothing is shown at present */
export function useLayerOver(window: Window | undefined): TimeLayer {
  const { items, days } = useHappened(window);
  return useMemo(
    () => ({
      items,
      days: days.map(({ at, until, sentence }) => ({ from: at, to: until, label: sentence })),
    }),
    [items, days],
  );
}

/** @param table whose first column is instants; undefined: no layer */
export function useLayer(table: ChartTable | undefined): TimeLayer | undefined {
  const [from, to] = [table?.rows[0]?.[0], table?.rows.at(-1)?.[0]];
  const layer = useLayerOver(from != null && to != null ? { from, to } : undefined);
  return table === undefined ? undefined : layer;
}
