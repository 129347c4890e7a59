/** Runs as a chart of their steps, and beneath in words: why each began, and what came of it. */
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Chart } from '../charts/Chart.tsx';
import type { ChartLook } from '../charts/chartLook.ts';
import type { ChartTable } from '../charts/chartTable.ts';
import { ganttHeight, ganttTable, runsGantt } from '../charts/runsGantt.ts';
import { useLook } from '../charts/useLook.ts';
import { keepView } from '../data/search.ts';
import { formatDuration } from '../format/numbers.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { causeWords, words as common, stepWords, list as words } from '../words/retraining.ts';
import { judgeRun, type ListedRun, spentMs, stepNames } from './runs.ts';

interface Props {
  runs: readonly ListedRun[];
  /** When the engine said so, ms since 1970. */
  now: number;
  tools: ReactNode;
}

/** Runs that are shown at first. */
const firstRuns = 12;

export function RunsSection({ runs, now, tools }: Props) {
  const navigate = useNavigate();
  const { compact } = useLook();
  const [isWhole, setWhole] = useState(false);
  const data = useMemo(
    () => ({ runs: isWhole ? runs : runs.slice(0, firstRuns), now }),
    [runs, now, isWhole],
  );
  const tableOf = useCallback((of: typeof data) => ganttTable(of.runs, of.now), []);
  const option = useCallback(
    (table: ChartTable, look: ChartLook) => runsGantt(table, look, data),
    [data],
  );
  return (
    <Section title={words.runs} tools={tools}>
      <Chart
        title={words.chart}
        text={words.chartText}
        definition={{ means: words.chartMeans }}
        data={data}
        tableOf={tableOf}
        option={option}
        heightPx={ganttHeight(data.runs.length, compact)}
        onOpen={(row) => {
          const id = data.runs[row]?.id;
          if (id !== undefined)
            void navigate({ to: '/retraining/$id', params: { id }, search: keepView });
        }}
        empty={null}
      />
      <StepLegend />
      <div className="card flush runs-table">
        <DataTable
          label={words.table}
          columns={columnsOf(now)}
          rows={data.runs}
          keyOf={({ id }) => id}
        />
        {runs.length > firstRuns && (
          <p className="card-note">
            <button type="button" className="text-button" onClick={() => setWhole(!isWhole)}>
              {isWhole ? words.showFewer : words.showAll(runs.length)}
            </button>
          </p>
        )}
      </div>
    </Section>
  );
}

/** Of steps whose bars are too short for their names. */
function StepLegend() {
  return (
    <ul className="step-legend" aria-label={words.legend}>
      {stepNames.map((name, i) => (
        <li key={name}>
          <span
            className="swatch"
            style={{ background: i < 5 ? `var(--series-${i + 1})` : 'var(--text)' }}
          />
          {stepWords[name]}
        </li>
      ))}
    </ul>
  );
}

function columnsOf(now: number): Column<ListedRun>[] {
  return [
    {
      label: words.started,
      head: true,
      cell: ({ id, model, startedAt }) => (
        <>
          <Link to="/retraining/$id" params={{ id }} search={keepView}>
            <time className="nowrap" dateTime={new Date(startedAt).toISOString()}>
              {formatInstant(startedAt)}
            </time>
          </Link>
          <span className="cell-detail">{model}</span>
        </>
      ),
    },
    {
      label: words.state,
      cell: (run) => {
        const { tone, word } = judgeRun(run);
        return <StateWord tone={tone}>{word}</StateWord>;
      },
    },
    {
      label: words.cause,
      cell: ({ cause }) => (
        <span className="wide-cell">
          {causeWords[cause.kind]}
          <span className="cell-detail">{cause.sentence}</span>
        </span>
      ),
    },
    {
      label: words.came,
      cell: ({ model, version, sentence }) => (
        <span className="wide-cell">
          {version === null ? (
            sentence === '' && <span className="muted">{common.none}</span>
          ) : (
            <Link
              to="/models/$model/versions/$version"
              params={{ model, version }}
              search={keepView}
            >
              {words.version(version)}
            </Link>
          )}
          {sentence !== '' && <span className="cell-detail">{sentence}</span>}
        </span>
      ),
    },
    {
      label: words.lasted,
      number: true,
      minor: true,
      cell: (run) => formatDuration(spentMs(run, now)),
    },
  ];
}
