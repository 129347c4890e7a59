/** When and where something was unusual: the timeline, its legend, and what else happened. */
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { alertLanes } from '../charts/alertLanes.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { lanesHeight } from '../charts/lanePlaces.ts';
import { lanesTable } from '../charts/lanesTable.ts';
import { useLook } from '../charts/useLook.ts';
import { keepView } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { HappenedList } from '../happenings/HappenedList.tsx';
import { useHappened, useOwnHappenings } from '../happenings/HappeningsProvider.tsx';
import { Empty, EmptyRange } from '../parts/Empty.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { list, chart as words } from '../words/anomalies.ts';
import { isNarrowed } from './chosen.ts';
import { LanesLegend } from './LanesLegend.tsx';
import { type LanesView, lanesView, timelineOf } from './lanesView.ts';
import { boundsOf } from './queries.ts';

/** Alerts are what the timeline is of: they are no flags besides. */
const capsules = { happenings: [], kind: 'alert' } as const;

interface Props {
  alerts: readonly Alert[] | undefined;
  /** Whether there are more than are shown. */
  isCut: boolean;
  newest: number;
  filters: ReactNode;
  answer: { readonly error: Error | null; refetch(): unknown };
  /** How many there are beside those of the range before, in words, while the reader compares. */
  compared: string | undefined;
}

export function LanesSection({ alerts, isCut, newest, filters, answer, compared }: Props) {
  const { search } = useView();
  const navigate = useNavigate();
  const { compact } = useLook();
  const timeline = useMemo(
    () => (alerts === undefined ? undefined : timelineOf(alerts, search, boundsOf(search, newest))),
    [alerts, search, newest],
  );
  useOwnHappenings(capsules);
  const happened = useHappened(timeline?.window);
  const view = useMemo(
    () => (timeline === undefined ? undefined : lanesView(timeline, happened, search)),
    [timeline, happened, search],
  );
  const tableOf = useCallback(({ incidents }: LanesView) => lanesTable(incidents), []);
  const option = useCallback(
    (table: ChartTable, look: ChartLook) => alertLanes(table, look, view!.context),
    [view],
  );
  const heightPx = useMemo(
    () =>
      view === undefined ? 280 : lanesHeight(lanesTable(view.incidents), view.context, compact),
    [view, compact],
  );
  if (alerts === undefined && answer.error !== null) {
    return (
      <Section title={words.section} tools={filters}>
        <div className="card">
          <Problem error={answer.error} onRetry={() => void answer.refetch()} />
        </div>
      </Section>
    );
  }
  return (
    <Section title={words.section} tools={filters}>
      <Chart
        title={words.title}
        text={search.apart === true ? words.text : words.textGrouped}
        definition={{ means: words.definition }}
        data={view}
        tableOf={tableOf}
        option={option}
        uncompared={compared}
        heightPx={heightPx}
        onOpen={(row) => {
          const id = view?.incidents[row]?.lead.id;
          if (id !== undefined)
            void navigate({ to: '/anomalies/$id', params: { id }, search: keepView });
        }}
        empty={isNarrowed(search) ? <NoMatch /> : <NoneInRange isAll={search.range === 'all'} />}
      />
      {view !== undefined && view.incidents.length > 0 && <LanesLegend view={view} />}
      {isCut && <p className="muted">{list.cut}</p>}
      <HappenedList />
    </Section>
  );
}

function NoneInRange({ isAll }: { isAll: boolean }) {
  if (!isAll) return <EmptyRange />;
  return (
    <Empty title={words.none}>
      <p className="muted">{words.noneText}</p>
    </Empty>
  );
}

export function NoMatch() {
  const { change } = useView();
  return (
    <Empty title={list.noMatchTitle}>
      <p className="muted">{list.noMatchText}</p>
      <button
        type="button"
        className="text-button"
        onClick={() => change({ standing: undefined, lane: undefined, watch: undefined })}
      >
        {list.clear}
      </button>
    </Empty>
  );
}
