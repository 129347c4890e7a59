/** `GET /metrics`: the engine's own figures in the Prometheus text format, version 0.0.4. */
import type { FastifyInstance } from 'fastify';
import { type EngineStatus, lagOf, type PartitionFacts } from '../../control/engineStatus.ts';
import { openStates, type WatchBoard } from '../../control/watching/watchBoard.ts';
import type { LiveFeed } from '../live/liveFeed.ts';
import type { IngestCounts } from './events.ts';

type Labels = Readonly<Record<string, string | number>>;

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly (readonly [Labels, number])[];
}

const contentType = 'text/plain; version=0.0.4; charset=utf-8';

export function prometheusRoutes(
  engine: EngineStatus,
  counts: IngestCounts,
  feed: LiveFeed,
  board: Pick<WatchBoard, 'open'>,
) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get(
      '/metrics',
      {
        schema: {
          summary: 'Figures of the engine itself, for Prometheus',
          tags: ['operation'],
          produces: ['text/plain'],
        },
      },
      (_request, reply) =>
        reply
          .type(contentType)
          .header('cache-control', 'no-store')
          .send(
            [
              ...partitionFamilies(engine.partitions()),
              alertFamily(board),
              ...processFamilies(counts, feed),
            ]
              .map(familyText)
              .join(''),
          ),
    );
  };
}

/** One family of samples; a label's value may hold anything. */
export function familyText({ name, type, help, samples }: Family): string {
  const lines = samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string | number): string {
  return String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function partitionFamilies(partitions: readonly PartitionFacts[]): Family[] {
  const gauge = (
    name: string,
    help: string,
    figure: (facts: PartitionFacts) => number | null,
    type: Family['type'] = 'gauge',
  ): Family => ({
    name: `millrace_partition_${name}`,
    type,
    help,
    samples: partitions.flatMap((facts) => {
      const value = figure(facts);
      const labels = { pipeline: facts.pipeline, partition: facts.partition };
      return value === null ? [] : [[labels, value] as const];
    }),
  });
  return [
    gauge('up', '1 when the partition runs or waits for events.', ({ state }) =>
      state === 'running' || state === 'waiting' ? 1 : 0,
    ),
    gauge(
      'committed_offset',
      'Offset up to which every event has taken effect.',
      (facts) => facts.committedOffset,
      'counter',
    ),
    gauge(
      'end_offset',
      'Offset that the next event of the log will get.',
      (facts) => facts.endOffset,
      'counter',
    ),
    gauge('lag_events', 'Events in the log that have not taken effect.', lagOf),
    gauge('events_per_second', 'Events processed per second.', (facts) => facts.eventsPerSecond),
    gauge('commit_seconds', 'Duration of the last commit.', ({ commitMs }) =>
      commitMs === null ? null : commitMs / 1_000,
    ),
    gauge('committed_timestamp_seconds', 'When the last epoch was committed.', ({ committedAt }) =>
      committedAt === null ? null : committedAt / 1_000,
    ),
    {
      name: 'millrace_state_keys',
      type: 'gauge',
      help: 'Keys held in a state table.',
      samples: partitions.flatMap(({ pipeline, partition, tables }) =>
        tables.map(({ name, keys }) => [{ pipeline, partition, table: name }, keys] as const),
      ),
    },
  ];
}

function alertFamily({ open }: Pick<WatchBoard, 'open'>): Family {
  return {
    name: 'millrace_alerts_open',
    type: 'gauge',
    help: 'Alerts that are open, where this process keeps them.',
    samples: open === undefined ? [] : openStates.map((state) => [{ state }, open[state]] as const),
  };
}

function processFamilies(counts: IngestCounts, feed: LiveFeed): Family[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const single = (name: string, type: Family['type'], help: string, value: number): Family => ({
    name,
    type,
    help,
    samples: [[{}, value]],
  });
  return [
    single('millrace_ingest_accepted_total', 'counter', 'Events accepted.', counts.accepted),
    single('millrace_ingest_refused_total', 'counter', 'Events refused.', counts.refused),
    single('millrace_ingest_bytes_total', 'counter', 'Bytes of bodies taken.', counts.bytes),
    {
      name: 'millrace_ingest_requests_total',
      type: 'counter',
      help: 'Requests to send events, by status of the answer.',
      samples: [...counts.requests].map(([status, count]) => [{ status }, count] as const),
    },
    single('millrace_live_listeners', 'gauge', 'Listeners to the live stream.', feed.listeners),
    single('process_cpu_seconds_total', 'counter', 'CPU time.', (user + system) / 1e6),
    single('process_resident_memory_bytes', 'gauge', 'Resident memory.', rss),
    single('process_heap_used_bytes', 'gauge', 'Heap of the main thread.', heapUsed),
    single('process_uptime_seconds', 'gauge', 'Age of the process.', process.uptime()),
  ];
}
