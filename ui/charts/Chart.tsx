/**
 * A chart with everything that belongs to it: caption, keyboard cursor, table view, export, skeleton and fallback.
 *
 * In the plot the arrow keys go from point to point; each is announced politely and marked in the picture. `t` flips this
 * chart only; elsewhere on the page it flips all of them.
 */
import { Skeleton } from '@mantine/core';
import type { EChartsOption } from 'echarts';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { useBehind } from '../behind/useBehind.ts';
import type { BehindSearch } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { zoneLabel } from '../format/times.ts';
import { Definition, type Meaning } from '../parts/Definition.tsx';
import { opening } from '../words/events.ts';
import { rights } from '../words/rights.ts';
import { messages } from '../words/shell.ts';
import { ChartData } from './ChartData.tsx';
import { ChartTools } from './ChartTools.tsx';
import type { ChartLook } from './chartLook.ts';
import { type ChartTable, describeRow, nearestRow, toCsv } from './chartTable.ts';
import { cursorAfter } from './cursor.ts';
import { type TimeLayer, withHappened } from './timeLayer.ts';
import { useLayer } from './useLayer.ts';
import './chart.css';
import { useLook } from './useLook.ts';
import { usePlot } from './usePlot.ts';
import { withBefore } from './withBefore.ts';

interface Props<Data> {
  title: string;
  text?: string;
  definition: Meaning;
  /** Undefined while it is on its way. The same object draws nothing anew. */
  data: Data | undefined;
  tableOf(data: Data): ChartTable;
  option(table: ChartTable, look: ChartLook, layer?: TimeLayer): EChartsOption;
  /** Over time: what happened on the page is drawn into it, and stands in its table. */
  layered?: boolean;
  /** What is compared with, while the reader compares. */
  before?: Compared<Data> | undefined;
  /** Why it is not compared with the range before: said while the reader compares. */
  uncompared?: string | undefined;
  /** The series that the keyboard cursor marks. */
  cursorSeries?: number;
  heightPx: number;
  /** Opens what a row stands for: on a click, or on Enter at the cursor. */
  onOpen?(row: number): void;
  /** The events behind a row: on a click, on Enter at the cursor, and from its table. */
  behind?(row: number): BehindSearch | undefined;
  /** Marks of one row, where they stand in a grid: the arrows go up and down as well. */
  across?: number;
  /** Of thousands of marks. */
  renderer?: 'svg' | 'canvas';
  /** Instead of the chart when it has no rows. */
  empty: ReactNode;
}

/** The same data of the range before. */
export interface Compared<Data> {
  /** Undefined while it is on its way. */
  readonly data: Data | undefined;
  /** It cannot be had. */
  readonly isUnknown?: boolean;
  readonly shiftMs: number;
  /** Columns of the table, from 1. */
  readonly columns: readonly number[];
}

export function Chart<Data>(props: Props<Data>) {
  const { title, text, definition, data, tableOf, option, heightPx, empty } = props;
  const { cursorSeries = 0, across, renderer, layered = false, before, behind } = props;
  const { uncompared } = props;
  const events = useBehind();
  const openEvents = (row: number): void => {
    const asked = events.may ? behind?.(row) : undefined;
    if (asked !== undefined) events.open(asked);
  };
  const onOpen = props.onOpen ?? (behind === undefined ? undefined : openEvents);
  const look = useLook();
  const { search } = useView();
  const [flipped, setFlipped] = useState(false);
  const [cursor, setCursor] = useState<number>();
  const captionId = useId();
  const own = useMemo(() => (data === undefined ? undefined : tableOf(data)), [data, tableOf]);
  const layer = useLayer(layered ? own : undefined);
  const compared = useCompared(own, before, tableOf);
  const table = useMemo(
    () =>
      compared === undefined || layer === undefined ? compared : withHappened(compared, layer),
    [compared, layer],
  );
  const timed = table?.columns[0]?.kind === 'time';
  const filled = table !== undefined && table.rows.length > 0;
  const asTable = filled && search.table !== flipped;
  const built = useMemo(
    () => (filled && !asTable ? option(table, look, layer) : undefined),
    [filled, asTable, option, table, look, layer],
  );
  const isAlone =
    filled && (before?.isUnknown === true || (before?.data !== undefined && compared === own));
  const isAll = before === undefined && layered && search.range === 'all';
  const whyAlone =
    uncompared ??
    (isAll ? messages.charts.allShown : isAlone ? messages.charts.noBefore : undefined);
  // Over time a click is good wherever the line is.
  const onPick = timed ? props.onOpen : onOpen;
  const openAt = (time: number): void => {
    if (behind !== undefined && table !== undefined) openEvents(nearestRow(table, time));
  };
  const { holder, chart, phase, drawing } = usePlot(built, timed, onPick, renderer, openAt);

  function onKeyDown(event: KeyboardEvent): void {
    if (table === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 't') {
      event.stopPropagation();
      setFlipped(!flipped);
      return;
    }
    if (event.key === 'Enter' && onOpen !== undefined && cursor !== undefined) onOpen(cursor);
    const next = cursorAfter(event.key, cursor, table.rows.length, across);
    if (next === undefined) return;
    event.preventDefault();
    setCursor(next);
    chart.current?.dispatchAction({ type: 'showTip', seriesIndex: cursorSeries, dataIndex: next });
  }

  const failed = phase === 'failed' && !asTable;
  return (
    <figure className="card chart" aria-labelledby={captionId}>
      <figcaption id={captionId} className="card-head">
        <div>
          <h3>
            <Definition of={definition}>{title}</Definition>
          </h3>
          {text !== undefined && <p className="muted">{text}</p>}
          {search.compare === true && whyAlone !== undefined && <p className="muted">{whyAlone}</p>}
        </div>
        {filled && (
          <ChartTools
            title={title}
            asTable={asTable}
            onFlip={() => setFlipped(!flipped)}
            csv={() => toCsv(table)}
            svg={asTable || failed ? undefined : drawing}
            surface={look.surface}
          />
        )}
      </figcaption>
      {table === undefined && (
        <>
          <span className="visually-hidden">{messages.charts.loading}</span>
          <Skeleton height={heightPx} />
        </>
      )}
      {table !== undefined && !filled && (
        <div className="chart-empty" style={{ minHeight: Math.min(heightPx, 240) }}>
          {empty}
        </div>
      )}
      {failed && <p role="alert">{messages.problems.chart}</p>}
      {filled && (asTable || failed) && (
        <ChartData
          title={title}
          table={table}
          zone={look.zone}
          heightPx={heightPx}
          {...(behind === undefined ? {} : { behind })}
        />
      )}
      {filled && !asTable && !failed && (
        <div
          className="chart-plot"
          role="application"
          aria-label={[
            (across === undefined ? messages.charts.plot : messages.charts.grid)(
              title,
              table.rows.length,
            ),
            ...(props.onOpen === undefined ? [] : [messages.charts.opens]),
            ...(behind === undefined ? [] : [events.may ? opening.at : rights.people]),
          ].join(' ')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move a cursor over the points
          tabIndex={0}
          style={{ height: heightPx }}
          data-phase={phase}
          onKeyDown={onKeyDown}
          onBlur={() => chart.current?.dispatchAction({ type: 'hideTip' })}
        >
          {phase === 'loading' && <Skeleton className="chart-skeleton" height={heightPx} />}
          <div ref={holder} className="chart-holder" aria-hidden="true" />
        </div>
      )}
      <div className="visually-hidden" aria-live="polite">
        {cursor !== undefined && table !== undefined && describeRow(table, cursor, look.zone)}
      </div>
      {filled && timed && (
        <p className="chart-zone">
          {messages.charts.zone(zoneLabel(table.rows.at(-1)?.[0] ?? 0, look.zone))}
        </p>
      )}
    </figure>
  );
}

/** With the figures of the range before beside its own; as it was where nothing is known of that. */
function useCompared<Data>(
  own: ChartTable | undefined,
  before: Compared<Data> | undefined,
  tableOf: (data: Data) => ChartTable,
): ChartTable | undefined {
  const { data, shiftMs, columns } = before ?? {};
  return useMemo(() => {
    if (own === undefined || data === undefined || shiftMs === undefined) return own;
    const table = withBefore(own, { table: tableOf(data), shiftMs, columns: columns ?? [] });
    return table.columns.length === own.columns.length ? own : table;
  }, [own, data, shiftMs, columns, tableOf]);
}
