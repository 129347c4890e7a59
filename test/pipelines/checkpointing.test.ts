/** Outputs go on while a checkpoint waits for its marker: whenever the process ends meanwhile, nothing is lost or wrong. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';
import { learning } from '../../pipelines/learning.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import type { PartitionReport } from '../../pipelines/status.ts';
import { lines, receivedAt } from '../support/answers.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { eventually } from '../support/eventually.ts';
import { linesLog } from '../support/linesLog.ts';

const all = lines(600);

let clickhouse: TestClickHouse;
let expected: Awaited<ReturnType<typeof readContents>>;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  const whole = await clickhouse.database('whole');
  await live({ store: whole, log: all });
  expected = await readContents(whole);
});
afterAll(() => clickhouse.close());

/** An insert that is asked for, and the end of the process. */
interface Insert {
  readonly table: string;
  apply(): Promise<void>;
  /** Nothing reaches the store any more. */
  die(): never;
}

interface Life {
  readonly store: Store;
  /** Records that there are; it may grow. */
  readonly log: readonly string[];
  readonly epochEvents?: number;
  /** Instead of every insert. */
  readonly onInsert?: (insert: Insert) => Promise<void>;
  readonly onBarrier?: () => void;
  readonly onReport?: (report: PartitionReport) => void;
}

/** Runs until the process dies, or all records of the whole log are committed. */
async function live(life: Life): Promise<void> {
  const { store, log, epochEvents = 1_000, onInsert, onBarrier, onReport } = life;
  const stop = new AbortController();
  let isDead = false;
  const expectAlive = () => {
    if (isDead) throw new EngineError('SINK_UNAVAILABLE', 'the process has ended');
  };
  const mortal: Store = {
    query: (...given) => store.query(...given),
    readBinary: (...given) => store.readBinary(...given),
    command: (...given) => store.command(...given),
    async barrier() {
      expectAlive();
      onBarrier?.();
      await store.barrier();
    },
    async insert(table, rows) {
      expectAlive();
      const apply = async () => {
        expectAlive();
        await store.insert(table, rows);
      };
      const die = () => {
        isDead = true;
        stop.abort();
        throw new EngineError('SINK_UNAVAILABLE', 'the process ends');
      };
      await (onInsert?.({ table, apply, die }) ?? apply());
    },
  };
  await runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log, { chunk: 13, receivedAt }),
    store: mortal,
    limits: { epochMs: 5, epochEvents, checkpointMs: 20 },
    signal: stop.signal,
    report(report) {
      onReport?.(report);
      if ((report.committedOffset ?? 0) >= all.length) stop.abort();
    },
  });
}

test.each(['before the marker', 'behind the marker', 'amid outputs behind it'])(
  'an end %s, after outputs that are ahead of it',
  async (moment) => {
    const store = await clickhouse.database(moment.replaceAll(' ', '_'));
    const log: string[] = [];
    const more = (records: number) => log.push(...all.slice(log.length, log.length + records));
    let deaths = 0;
    for (let turn = 0; turn < 4; turn += 1) {
      more(50);
      let isMarking = false;
      let ahead = 0;
      await live({
        store,
        log,
        async onInsert({ table, apply, die }) {
          if (table === 'state' && !isMarking) {
            isMarking = true;
            for (const epochs of [1, 2]) {
              more(30);
              await eventually(() => expect(ahead).toBeGreaterThanOrEqual(epochs));
            }
            deaths += 1;
            if (moment === 'behind the marker') await apply();
            die();
          }
          if (table === 'events' && isMarking) {
            // Of the second epoch behind the checkpoint there is all but this.
            if (ahead === 1 && moment === 'amid outputs behind it') await sleep(20);
            else await apply();
            ahead += 1;
            return;
          }
          await apply();
        },
      });
    }
    expect(deaths).toBe(4);
    await live({ store, log: all });
    expect(describeDifferences(await readContents(store), expected)).toEqual([]);
  },
);

test('a checkpoint waits for all outputs before it', async () => {
  const store = await clickhouse.database('waiting');
  const log = all.slice(0, 50);
  const more = (records: number) => log.push(...all.slice(log.length, log.length + records));
  let barriers = 0;
  let holds = 0;
  let isHeld = false;
  const early: number[] = [];
  await live({
    store,
    log,
    onBarrier() {
      barriers += 1;
      if (isHeld) early.push(barriers);
      more(20);
    },
    async onInsert({ table, apply }) {
      if (table !== 'events' || barriers === 0 || isHeld || holds >= 5) return apply();
      isHeld = true;
      holds += 1;
      // Long past the time of the next checkpoint, and with records that it would be for.
      more(20);
      await sleep(100);
      await apply();
      isHeld = false;
      if (holds === 5) more(all.length);
    },
  });
  expect(holds).toBe(5);
  expect(early).toEqual([]);
});

test('what is written ahead of a marker is bounded', async () => {
  const store = await clickhouse.database('bounded');
  const log = all.slice(0, 50);
  const epochEvents = 100;
  let checkpoint = 0;
  const told = [0];
  let isMarking = false;
  let ahead = 0;
  await live({
    store,
    log,
    epochEvents,
    onReport({ writtenOffset }) {
      if (writtenOffset !== undefined) told.push(writtenOffset);
    },
    async onInsert({ table, apply }) {
      if (table === 'state' && !isMarking) {
        isMarking = true;
        checkpoint = told.at(-1)!;
        for (const records of [20, 40]) {
          log.push(...all.slice(log.length, checkpoint + records));
          await eventually(() => expect(told.at(-1)).toBe(checkpoint + records));
        }
        log.push(...all.slice(log.length));
        await sleep(200);
        ahead = told.at(-1)! - checkpoint;
      }
      await apply();
    },
  });
  // What was written is never taken back.
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(ahead).toBeGreaterThanOrEqual(40);
  expect(ahead).toBeLessThan(epochEvents + 13);
});
