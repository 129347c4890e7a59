/** One pipeline: its course over time, its partitions and its state. */
import { useQuery } from '@tanstack/react-query';
import type { PipelineStatus } from '../../contracts/api.ts';
import { Chart } from '../charts/Chart.tsx';
import {
  asideTable,
  commitTable,
  commitTime,
  epochHeight,
  lag,
  lagTable,
  setAside,
  throughput,
  throughputTable,
} from '../charts/epochCharts.ts';
import { epochsQuery } from '../data/queries.ts';
import { useRangeBefore } from '../data/useRangeBefore.ts';
import { useView } from '../data/useView.ts';
import { formatCount } from '../format/numbers.ts';
import { Definition } from '../parts/Definition.tsx';
import { Empty, EmptyRange, EmptySend } from '../parts/Empty.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { pipelines } from '../words/pipelines.ts';
import { type DefinitionName, messages } from '../words/shell.ts';
import { PartitionsTable } from './PartitionsTable.tsx';

const words = pipelines;

const charts: readonly {
  title: string;
  definition: DefinitionName;
  tableOf: typeof lagTable;
  option: typeof lag;
  /** Columns that are compared with the range before. */
  compared: readonly number[];
}[] = [
  {
    title: words.throughput,
    definition: 'throughput',
    tableOf: throughputTable,
    option: throughput,
    compared: [1],
  },
  { title: words.lag, definition: 'lagNoted', tableOf: lagTable, option: lag, compared: [1] },
  {
    title: words.commit,
    definition: 'commit',
    tableOf: commitTable,
    option: commitTime,
    compared: [1],
  },
  // Bars that stack have no line of their own.
  { title: words.aside, definition: 'aside', tableOf: asideTable, option: setAside, compared: [] },
];

export function PipelineView({ pipeline }: { pipeline: PipelineStatus }) {
  const { search } = useView();
  const epochs = useQuery(epochsQuery(pipeline.name, search));
  const points = epochs.data?.points;
  const before = useRangeBefore();
  const earlier = useQuery({
    ...epochsQuery(pipeline.name, before?.search ?? search),
    enabled: before !== undefined,
  });
  const { totals } = pipeline;
  const idle =
    totals !== null &&
    totals.events + totals.refused === 0 &&
    !points?.some(({ epochs }) => epochs > 0);
  return (
    <Section
      title={
        <>
          {pipeline.name} <span className="muted version">{words.version(pipeline.version)}</span>
        </>
      }
      text={pipeline.summary}
      tools={
        <dl className="totals" title={totals === null ? words.totalsUnknown : words.totals}>
          <Total name={words.events} count={totals?.events} />
          <Total name={words.late} count={totals?.late} />
          <Total name={words.duplicates} count={totals?.duplicates} />
          <Total name={words.refusedWord} count={totals?.refused} />
        </dl>
      }
    >
      {idle && (
        <div className="card">
          <EmptySend title={messages.empty.waiting} text={messages.empty.sendOne} />
        </div>
      )}
      {epochs.isError && points === undefined && (
        <div className="card">
          <Problem error={epochs.error} onRetry={() => void epochs.refetch()} />
        </div>
      )}
      {!idle && !(epochs.isError && points === undefined) && (
        <div className="halves">
          {charts.map(({ title, definition, tableOf, option, compared }) => (
            <Chart
              key={title}
              title={title}
              definition={definition}
              data={points}
              tableOf={tableOf}
              option={option}
              layered
              before={
                before === undefined || compared.length === 0
                  ? undefined
                  : { data: earlier.data?.points, shiftMs: before.shiftMs, columns: compared }
              }
              heightPx={epochHeight}
              empty={<EmptyRange />}
            />
          ))}
        </div>
      )}
      <div className="card flush">
        <h3 className="card-title">{words.partitions}</h3>
        <PartitionsTable partitions={pipeline.partitions} />
      </div>
      <div className="card">
        <h3>
          <Definition of="keys">{words.tables}</Definition>
        </h3>
        {pipeline.tables.length === 0 ? (
          <Empty title={messages.empty.noTables} />
        ) : (
          <dl className="state-tables">
            {pipeline.tables.map(({ name, keys }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{pipelines.keys(keys, formatCount(keys))}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </Section>
  );
}

function Total({ name, count }: { name: string; count: number | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {formatCount(count ?? null)}
        {count === undefined && <span className="visually-hidden">{messages.states.unknown}</span>}
      </dd>
    </div>
  );
}
