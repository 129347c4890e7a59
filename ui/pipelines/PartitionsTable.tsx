/** Partitions of one pipeline: where each stands and why. */
import type { PartitionStatus } from '../../contracts/api.ts';
import type { Tone } from '../format/judgements.ts';
import { formatCount, formatDuration, formatWhole } from '../format/numbers.ts';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { partition, pipelines } from '../words/pipelines.ts';

const words = partition;

const tones: Record<PartitionStatus['state'], Tone> = {
  starting: 'none',
  running: 'good',
  waiting: 'attention',
  failed: 'bad',
  stopped: 'none',
};

/** Waiting without anything to do is no reason for attention. */
function toneOf({ state, lagEvents }: PartitionStatus): Tone {
  return state === 'waiting' && lagEvents === 0 ? 'none' : tones[state];
}

export function PartitionsTable({ partitions }: { partitions: readonly PartitionStatus[] }) {
  const now = useNow();
  const columns: Column<PartitionStatus>[] = [
    { label: words.partition, head: true, cell: ({ partition }) => partition },
    {
      label: words.state,
      cell: (status) => (
        <>
          <StateWord tone={toneOf(status)}>{words.states[status.state]}</StateWord>
          {status.detail !== null && <span className="cell-detail">{status.detail}</span>}
        </>
      ),
    },
    {
      label: words.lag,
      definition: 'lag',
      number: true,
      cell: ({ lagEvents }) => formatCount(lagEvents),
      value: ({ lagEvents }) => lagEvents,
    },
    {
      label: words.rate,
      number: true,
      cell: ({ eventsPerSecond }) => formatCount(eventsPerSecond),
      value: ({ eventsPerSecond }) => eventsPerSecond,
    },
    {
      label: words.commitTime,
      definition: 'commitTime',
      number: true,
      cell: ({ commitMs }) => formatDuration(commitMs),
      value: ({ commitMs }) => commitMs,
    },
    {
      label: words.when,
      definition: 'committedAt',
      number: true,
      cell: ({ committedAt }) => (
        <span title={formatInstant(committedAt)}>{formatAgo(committedAt, now)}</span>
      ),
      value: ({ committedAt }) =>
        committedAt === null ? null : new Date(committedAt).toISOString(),
    },
    {
      label: words.committed,
      definition: 'committedOffset',
      number: true,
      minor: true,
      cell: ({ committedOffset }) => formatWhole(committedOffset),
      value: ({ committedOffset }) => committedOffset,
    },
    {
      label: words.end,
      definition: 'endOffset',
      number: true,
      minor: true,
      cell: ({ endOffset }) => formatWhole(endOffset),
      value: ({ endOffset }) => endOffset,
    },
  ];
  return (
    <DataTable
      label={pipelines.partitions}
      columns={columns}
      rows={partitions}
      keyOf={({ partition }) => String(partition)}
    />
  );
}
