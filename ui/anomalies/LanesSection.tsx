/** When and where something was unusual: the timeline, its legend, and what else happened. */
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo } from 'react';
import type { Alert, Happening } from '../../contracts/alert.ts';
import { alertLanes, lanesHeight, lanesTable } from '../charts/alertLanes.ts';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { useLook } from '../charts/useLook.ts';
import { keepView } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { formatInstant } from '../format/times.ts';
import { Empty, EmptyRange } from '../parts/Empty.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { isNarrowed } from './chosen.ts';
import { LanesLegend } from './LanesLegend.tsx';
import { type LanesView, lanesView } from './lanesView.ts';
import { boundsOf } from './queries.ts';
import { happeningKinds, list, chart as words } from './words.ts';

interface Props {
  alerts: readonly Alert[] | undefined;
  happenings: readonly Happening[] | undefined;
  /** Whether there are more than are shown. */
  isCut: boolean;
  newest: number;
  filters: ReactNode;
  answer: { readonly error: Error | null; refetch(): unknown };
}

const noHappenings: readonly Happening[] = [];
/** More are folded away. */
const unfoldedMax = 4;

export function LanesSection({ alerts, happenings, isCut, newest, filters, answer }: Props) {
  const { search } = useView();
  const navigate = useNavigate();
  const { compact } = useLook();
  const view = useMemo(() => {
    if (alerts === undefined) return undefined;
    const window = boundsOf(search, newest);
    return lanesView(alerts, happenings ?? noHappenings, search, window);
  }, [alerts, happenings, search, newest]);
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
      {view !== undefined && view.others.length > 0 && <Others others={view.others} />}
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

/** In the order of their numbers in the timeline. */
function Others({ others }: { others: readonly Happening[] }) {
  return (
    <details className="lanes-others" open={others.length <= unfoldedMax || undefined}>
      <summary>{words.happened(others.length)}</summary>
      <ol className="happenings" aria-label={words.happenings}>
        {others.map(({ at, kind, sentence }, i) => (
          <li key={`${at} ${sentence}`}>
            <span className="flag" aria-hidden="true">
              {i + 1}
            </span>
            <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
            <span>
              <span className="muted">{happeningKinds[kind]}: </span>
              {sentence}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
