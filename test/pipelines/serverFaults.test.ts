/** Faults of a ClickHouse server, between a partition and a real ClickHouse: they cost time and change nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Contents,
  describeDifferences,
  readContents,
} from '../../benchmarks/support/tables.ts';
import type { Store } from '../../contracts/store.ts';
import { learning } from '../../pipelines/learning.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { lines, receivedAt } from '../support/answers.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { type Fault, type FaultyProxy, faults, startFaultyProxy } from '../support/faultyProxy.ts';
import { linesLog } from '../support/linesLog.ts';

/** Longest time that the engine waits for an answer here, ms: what is silent costs as much. */
const requestMaxMs = 400;
const log = lines(240);

let clickhouse: TestClickHouse;
let calm: Contents;

/** What a partition has said of itself. */
interface Course {
  readonly states: Set<string>;
  /** Epochs that it committed. */
  epochs: number;
}

/** One life of the partition, until so much is committed. */
async function run(store: Store, until: number, course: Course): Promise<void> {
  const stop = new AbortController();
  await runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log, { chunk: 13, receivedAt }),
    store,
    limits: { epochMs: 10, epochEvents: 40, checkpointMs: 20 },
    signal: stop.signal,
    report({ state, committedOffset, commitMs }) {
      course.states.add(state);
      if (commitMs !== undefined) course.epochs += 1;
      if ((committedOffset ?? 0) >= until) stop.abort();
    },
  });
}

beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  const store = await clickhouse.database('calm');
  await run(store, log.length, { states: new Set(), epochs: 0 });
  calm = await readContents(store);
});
afterAll(() => clickhouse.close());

/** Rows of the table `epochs`. */
interface Notes {
  readonly rows: number;
  readonly distinct: number;
}

interface Outcome extends Course {
  readonly proxy: FaultyProxy;
  readonly notes: Notes;
}

/** Runs the log in three lives through a proxy that `disturb` has told what to do. */
async function disturbed(
  database: string,
  disturb: (proxy: FaultyProxy) => void,
): Promise<Outcome> {
  const direct = await clickhouse.database(database);
  const proxy = await startFaultyProxy(clickhouse.server.url);
  const { username, password } = clickhouse.server;
  const store = createStore({ url: proxy.url, username, password, database, requestMaxMs });
  const course: Course = { states: new Set(), epochs: 0 };
  try {
    disturb(proxy);
    for (const until of [70, 150, log.length]) await run(store, until, course);
    proxy.decide = () => 'none';
    await proxy.settled();
  } finally {
    await store.close();
    await proxy.close();
  }
  expect(describeDifferences(await readContents(direct), calm)).toEqual([]);
  const [notes] = await direct.query<Notes>(
    `SELECT count() AS rows, uniqExact(start_offset, end_offset, committed_at) AS distinct
     FROM epochs`,
  );
  expect(notes!.rows).toBe(notes!.distinct);
  return { ...course, proxy, notes: notes! };
}

/** Every third insert and every second read of the state meets the fault. */
function often(fault: Fault): (statement: string) => Fault {
  let inserts = 0;
  let reads = 0;
  return (statement) => {
    if (statement.startsWith('INSERT')) {
      inserts += 1;
      return inserts % 3 === 0 ? fault : 'none';
    }
    reads += 1;
    return reads % 2 === 0 ? fault : 'none';
  };
}

describe('a server whose requests go wrong leaves what a calm one leaves', () => {
  test.each(faults)('%s', async (fault) => {
    const { states, proxy } = await disturbed(`fault_${fault}`, (given) => {
      given.decide = often(fault);
    });
    expect(proxy.count.get(fault)).toBeGreaterThan(3);
    if (fault !== 'slow') expect(states).toContain('waiting');
    // Nothing but waiting: no fault of the server fails a partition.
    expect(states).not.toContain('failed');
  });

  test('all of these in turn', async () => {
    let calls = 0;
    const { proxy } = await disturbed('faults', (given) => {
      given.decide = () => {
        calls += 1;
        return calls % 3 === 0 ? faults[(calls / 3) % faults.length]! : 'none';
      };
    });
    for (const fault of faults) expect(proxy.count.get(fault)).toBeGreaterThan(0);
  });
});

// Notes on epochs are no upserts: what is in doubt is given up, never sent twice.
test.each(['lost', 'silent', 'late'] as const)(
  'notes on epochs in doubt are not doubled: %s',
  async (fault) => {
    const { proxy, notes, epochs } = await disturbed(`notes_${fault}`, (given) => {
      given.decide = (statement) => (statement.includes('`epochs`') ? fault : 'none');
    });
    expect(proxy.count.get(fault)).toBeGreaterThan(2);
    expect(notes.rows).toBe(epochs);
  },
);

test('a server that refuses connections for a while is waited for', async () => {
  let calls = 0;
  const refusals: Promise<void>[] = [];
  const { states } = await disturbed('refusing', (proxy) => {
    proxy.decide = () => {
      calls += 1;
      if (calls % 9 === 0) {
        const before = refusals.at(-1) ?? Promise.resolve();
        refusals.push(before.then(() => proxy.refuse(150)));
      }
      return 'none';
    };
  });
  await Promise.all(refusals);
  expect(refusals.length).toBeGreaterThan(1);
  expect(states).toContain('waiting');
  expect(states).not.toContain('failed');
});
