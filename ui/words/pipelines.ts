/** Every word of the page of pipelines. */

/** "1 event", "2 events" */
function plural(count: number, text: string, one: string, many: string): string {
  return `${text} ${count === 1 ? one : many}`;
}

export const pipelines = {
  eyebrow: 'Pipelines',
  none: 'No pipeline runs.',
  failed: (count: number, where: string) =>
    `${plural(count, String(count), 'partition has', 'partitions have')} failed: ${where}.`,
  waiting: (count: number, where: string) =>
    `${plural(count, String(count), 'partition waits', 'partitions wait')}: ${where}.`,
  stopped: (count: number) =>
    `${plural(count, String(count), 'partition is', 'partitions are')} stopped.`,
  allRun: (count: number) =>
    count === 1 ? 'The one partition runs' : `All ${count} partitions run`,
  rate: (count: string) => `${count} events/s`,
  keepsUp: 'with nothing waiting',
  behind: (count: string) => `with ${count} events waiting`,
  refused: (share: string) => `${share} of all events were refused`,
  version: (version: number) => `version ${version}`,
  throughput: 'Throughput',
  lag: 'Lag',
  commit: 'Commit time',
  aside: 'Set aside',
  partitions: 'Partitions',
  tables: 'State',
  keys: (count: number, text: string) => plural(count, text, 'key', 'keys'),
  refusals: 'Refused events',
  refusalsText: 'Each was judged by itself; the rest of its batch went on. Their bytes are kept.',
  latest: 'Latest examples',
  totals: 'Since the beginning of the data',
  totalsUnknown: 'Not known: ClickHouse does not answer',
  events: 'events',
  late: 'late',
  duplicates: 'duplicates',
  refusedWord: 'refused',
} as const;

export const partition = {
  partition: 'Partition',
  state: 'State',
  committed: 'Committed',
  end: 'End of log',
  lag: 'Lag',
  rate: 'Events/s',
  commitTime: 'Commit',
  when: 'When',
  states: {
    starting: 'Starting',
    running: 'Running',
    waiting: 'Waiting',
    failed: 'Failed',
    stopped: 'Stopped',
  },
} as const;

export const refusals = {
  reason: 'What it means',
  count: 'Events',
  share: 'Share',
  example: 'Reason',
  when: 'When',
  where: 'Position',
  preview: 'First bytes',
  position: (partition: number, offset: string) => `${partition} : ${offset}`,
} as const;

export const epochs = {
  eventsPerSecond: 'Events per second',
  events: 'Events',
  lag: 'Events waiting',
  median: 'Median',
  p99: '99th percentile',
  epochs: 'Commits',
  late: 'Late',
  duplicates: 'Duplicate',
  refused: 'Refused',
  throughputTitle: 'Events per second',
  lagTitle: 'Events waiting in the log',
  commitTitle: 'Time to commit',
  asideTitle: 'Events not learnt from',
} as const;
