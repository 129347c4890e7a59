/**
 * From a crash to the first new epoch with much state: members are killed one after the other, and each that follows has to
 * restore the keys of many users before it goes on.
 *
 * Timed from the moment when the group has given a partition to the member to the moment when its first epoch is committed.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemberTask } from '../../pipelines/member.ts';
import { pipelines } from '../../pipelines/registry.ts';
import type { EpochLimits } from '../../pipelines/runPartition.ts';
import type { WorkerMessage } from '../../pipelines/worker.ts';
import { startProcess } from '../../pipelines/workerHandle.ts';
import { createStore, type StoreOptions } from '../../sinks/clickhouse/store.ts';
import type { KafkaBroker } from '../../test/support/kafkaBroker.ts';
import { withClickHouse } from '../support/clickhouse.ts';
import { quantile } from '../support/quantile.ts';
import { exactMember } from './drain.ts';
import { filledPartitions, fillFurther, manyUsers } from './fill.ts';
import { sessions } from './sessions.ts';

export interface Restarts {
  readonly restarts: number;
  /** Fewest keys of the state that a partition restored. */
  readonly keys_restored: number;
  readonly crash_to_epoch_p50_ms: number;
  readonly crash_to_epoch_p99_ms: number;
}

const topic = 'restarts';
const limits: EpochLimits = { epochMs: 300, epochEvents: 100_000, checkpointMs: 2_000 };
/** Records that wait when a member comes back, as in a stream of 5,000/s and a session of 1.5 s. */
const recordsBetween = 10_000;

/** @param users of both partitions together; each leaves several keys */
export async function restarts(
  broker: KafkaBroker,
  users: number,
  rounds: number,
): Promise<Restarts> {
  await broker.createTopic(topic, filledPartitions, { 'message.timestamp.type': 'LogAppendTime' });
  const startAt = Date.now() - (users + rounds * recordsBetween) * 2;
  let written = 0;
  const write = async (count: number) => {
    await fillFurther(broker, topic, manyUsers(written, count, users, startAt));
    written += count;
  };
  await write(users);
  return withClickHouse(async (clickhouse) => {
    const settings = { 'bootstrap.servers': broker.address, ...sessions };
    const task: MemberTask = {
      pipelines: [...pipelines.keys()],
      limits,
      kafka: { settings, topic, groupPrefix: topic },
      clickhouse,
    };
    await runUntilDone(task, written);
    const keys = await keysOfState(clickhouse);
    const durations: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await write(recordsBetween);
      durations.push(...(await firstEpochs(task)));
    }
    return {
      restarts: rounds,
      keys_restored: keys,
      crash_to_epoch_p50_ms: quantile(durations, 0.5),
      crash_to_epoch_p99_ms: quantile(durations, 0.99),
    };
  });
}

/** A member until everything is in a checkpoint; then it is killed. */
async function runUntilDone(task: MemberTask, total: number): Promise<void> {
  const committed = new Map<number, number>();
  const member = startProcess<WorkerMessage>(exactMember, task, (message) => {
    if ('problem' in message) return;
    const { committedOffset } = message.report;
    if (committedOffset !== undefined) committed.set(message.partition, committedOffset);
  });
  while ([...committed.values()].reduce((sum, each) => sum + each, 0) < total) await sleep(20);
  await member.terminate();
}

/** A member until each partition has an epoch; then it is killed. */
async function firstEpochs(task: MemberTask): Promise<number[]> {
  const assigned = new Map<number, number>();
  const durations = new Map<number, number>();
  const done = new EventTarget();
  const member = startProcess<WorkerMessage>(exactMember, task, (message) => {
    if ('problem' in message) return;
    const { partition, report } = message;
    if (report.state === 'starting') assigned.set(partition, performance.now());
    const since = assigned.get(partition);
    if (report.commitMs === undefined || since === undefined || durations.has(partition)) return;
    durations.set(partition, performance.now() - since);
    if (durations.size === filledPartitions) done.dispatchEvent(new Event('done'));
  });
  await once(done, 'done');
  await member.terminate();
  return [...durations.values()];
}

async function keysOfState(clickhouse: StoreOptions): Promise<number> {
  const store = createStore(clickhouse);
  try {
    const rows = await store.query<{ keys: number }>(
      'SELECT count() AS keys FROM state FINAL GROUP BY partition',
    );
    return Math.min(...rows.map(({ keys }) => keys));
  } finally {
    await store.close();
  }
}
