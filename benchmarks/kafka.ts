/**
 * The engine on a real Kafka broker: full speed, what exactly once costs, and what is left after kills, rebalances and zombies.
 *
 * Full speed: the topic is full before the engine starts; the time runs from the moment when all partitions are assigned
 * to the last committed marker. The cost of exactly once is the same run without state, markers and barriers.
 *
 * The storm: a producer sends over HTTP and repeats what was not acknowledged, while processes of the data plane are killed,
 * at random and at steps of a commit, join and leave the group, and are frozen for longer than their session. Afterwards the
 * records of the topic are run through an embedded engine without interruption, and every table of both is compared row by
 * row, state and model weights included.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../cli/engine.ts';
import { bytesOf } from '../contracts/bytes.ts';
import { readSettings } from '../contracts/settings.ts';
import type { MemberTask } from '../pipelines/member.ts';
import { pipelines } from '../pipelines/registry.ts';
import type { WorkerMessage } from '../pipelines/worker.ts';
import { startProcess, type WorkerHandle } from '../pipelines/workerHandle.ts';
import { startEmbeddedClickHouse } from '../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';
import { migrate } from '../sinks/clickhouse/migrate.ts';
import { createStore, type StoreOptions } from '../sinks/clickhouse/store.ts';
import { kafkaPartitionOf } from '../sources/kafka/murmur2.ts';
import { type KafkaBroker, startKafkaBroker } from '../test/support/kafkaBroker.ts';
import { fillTopic } from '../test/support/kafkaFill.ts';
import type { Figures } from './run.ts';
import { campusRecords } from './support/campusRecords.ts';
import { Producer } from './support/producer.ts';
import { quantile } from './support/quantile.ts';
import { settled } from './support/settled.ts';
import { differenceOf, readContents } from './support/tables.ts';
import { withDirectory } from './support/temporary.ts';
import { copyTopic } from './support/topicCopy.ts';

const limits = { epochMs: 300, epochEvents: 100_000, checkpointMs: 2_000 };
const names = [...pipelines.keys()];
/** Of the storm. */
const partitions = 4;
/** Of the measurement of speed: one a process. */
const speedPartitions = 2;
/** Short, so that a member that is gone is missed soon. */
const sessionMs = 1_500;
const sessions = { 'session.timeout.ms': sessionMs, 'heartbeat.interval.ms': 300 };
/** Steps of a commit or of a recovery at which a member is struck, and '' for some other moment. */
const steps = [
  'cut',
  'before events',
  'after events',
  'before metrics',
  'after predictions',
  'before barrier',
  'before marker',
  'after marker',
  'before restore',
  'after restore',
  '',
] as const;

const entryOf = (name: string) => new URL(`./support/${name}.js`, import.meta.url);
const memberEntry = new URL('../pipelines/memberProcess.js', import.meta.url);

/** Fills a topic with campus events, keyed by user as Kafka's own producers do. */
async function fill(
  broker: KafkaBroker,
  topic: string,
  count: number,
  parts: number,
): Promise<number> {
  let filled = 0;
  function* messages() {
    for (const { key, bytes } of campusRecords(count)) {
      filled += 1;
      yield {
        partition: kafkaPartitionOf(bytesOf(key), 0, key.length, parts),
        value: Buffer.from(bytes),
        key: Buffer.from(key).toString(),
      };
    }
  }
  await broker.createTopic(topic, parts, { 'message.timestamp.type': 'LogAppendTime' });
  await fillTopic(broker.address, topic, messages());
  return filled;
}

/** A ClickHouse for one measurement, with its schema. */
async function withClickHouse<Value>(
  use: (access: StoreOptions) => Promise<Value>,
): Promise<Value> {
  return withDirectory(async (directory) => {
    const server = await startEmbeddedClickHouse({ directory });
    const { url, username, password } = server;
    const access = { url, username, password, database: 'millrace', directory };
    const store = createStore(access);
    try {
      await migrate(store);
      return await use(access);
    } finally {
      await store.close();
      await server.close();
    }
  });
}

/** Each has groups of its own, so that each begins at the beginning. */
let drains = 0;

/** Drains the topic with some processes; events/s from the assignment to the last commit. */
function drain(
  broker: KafkaBroker,
  topic: string,
  total: number,
  processes: number,
  entry: URL,
): Promise<number> {
  return withClickHouse(async (clickhouse) => {
    drains += 1;
    const group = `${topic}-${drains}`;
    const kafka = { settings: { 'bootstrap.servers': broker.address }, topic, groupPrefix: group };
    const task: MemberTask = { pipelines: names, limits, kafka, clickhouse };
    const committed = new Map<number, number>();
    const running = new Set<number>();
    let startedAt = Number.NaN;
    let endedAt = Number.NaN;
    const workers = Array.from({ length: processes }, () =>
      startProcess<WorkerMessage>(entry, task, (message) => {
        if ('problem' in message) return;
        const { partition, report } = message;
        if (report.state === 'running') running.add(partition);
        if (running.size === speedPartitions && Number.isNaN(startedAt))
          startedAt = performance.now();
        if (report.committedOffset === undefined) return;
        committed.set(partition, report.committedOffset);
        if ([...committed.values()].reduce((sum, each) => sum + each, 0) >= total)
          endedAt = performance.now();
      }),
    );
    while (Number.isNaN(endedAt)) await sleep(5);
    for (const worker of workers) worker.post('stop');
    await Promise.all(workers.map(({ ended }) => ended));
    return (total * 1000) / (endedAt - startedAt);
  });
}

/** @returns whether the process was there to take it */
function signal({ pid }: WorkerHandle, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid!, name);
  } catch {
    return false;
  }
}

interface Storm {
  readonly kills: number;
  readonly kills_at_steps: number;
  readonly rebalances: number;
  readonly zombies: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly wrong: number;
  readonly assigned_to_epoch_p50_ms: number;
  readonly assigned_to_epoch_p99_ms: number;
  readonly acknowledged: number;
  readonly records: number;
}

/** @param rounds one member killed in each, two rebalances; every fifth has a zombie besides */
function storm(broker: KafkaBroker, rounds: number): Promise<Storm> {
  const topic = 'storm';
  return withDirectory(async (directory) => {
    for (const [name, value] of Object.entries(sessions)) {
      process.env[`KAFKA_${name.toUpperCase().replaceAll('.', '_')}`] = `${value}`;
    }
    const given = { port: 0, epochMs: 60, checkpointMs: 150, partitions };
    const settings = readSettings(
      {},
      {
        ...given,
        data: join(directory, 'storm'),
        kafkaBrokers: broker.address,
        topic,
        processes: 1,
      },
    );
    const engine = await startEngine({ settings, say: () => {} });
    const producer = new Producer(rounds * 6_000);
    const stop = new AbortController();
    const producing = producer.run(() => engine.url, stop.signal);
    const task = {
      pipelines: names,
      limits: { epochMs: 60, epochEvents: 100_000, checkpointMs: 150 },
      kafka: {
        settings: { 'bootstrap.servers': broker.address, ...sessions },
        topic,
        groupPrefix: settings.group,
      },
      clickhouse: engine.clickhouse,
    } satisfies MemberTask;
    const counts = { kills: 0, kills_at_steps: 0, rebalances: 0, zombies: 0 };
    const firstEpochs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const step = steps[round % steps.length]!;
      const assigned = new Map<number, number>();
      process.env['MILLRACE_CRASH_AT'] = step === '' ? '' : `${step}@${1 + (round % 3)}`;
      let isAssigned = false;
      const member: WorkerHandle = startProcess<WorkerMessage>(
        entryOf('crashMember'),
        task,
        (message) => {
          if ('problem' in message) return;
          isAssigned = true;
          const { partition, report } = message;
          if (report.state === 'starting') assigned.set(partition, performance.now());
          const since = assigned.get(partition);
          if (report.commitMs === undefined || since === undefined) return;
          assigned.delete(partition);
          firstEpochs.push(performance.now() - since);
        },
      );
      const patience = performance.now() + 8_000;
      while (!isAssigned && performance.now() < patience) await sleep(10);
      if (round % 5 === 4 && signal(member, 'SIGSTOP')) {
        // Frozen until the group has given its partitions to others, and then awake again.
        await sleep(sessionMs + 700);
        signal(member, 'SIGCONT');
        counts.zombies += 1;
        counts.rebalances += 1;
      }
      const strike = step === '' ? 200 + 97 * (round % 7) : 3_000;
      const died = await Promise.race([member.ended, sleep(strike, 'alive')]);
      if (died !== 'alive') counts.kills_at_steps += 1;
      await member.terminate();
      counts.kills += 1;
      counts.rebalances += isAssigned ? 2 : 1;
    }
    stop.abort();
    await producing;
    await settled(engine, 120_000);
    const contents = await readContents(engine.store);
    const archive = await engine.store.query<{ name: string }>(
      `SELECT concat(user, ' ', id) AS name FROM events FINAL`,
    );
    await engine.stop();
    const reference = join(directory, 'reference');
    const client = { 'bootstrap.servers': broker.address };
    const records = await copyTopic(client, topic, partitions, join(reference, 'log'));
    const undisturbed = await startEngine({
      settings: readSettings({}, { ...given, data: reference }),
      say: () => {},
      serve: false,
    });
    await settled(undisturbed, 300_000);
    const expected = await readContents(undisturbed.store);
    await undisturbed.stop();
    const sum = { lost: 0, duplicated: 0, wrong: 0 };
    for (const [table, rows] of expected) {
      const found = differenceOf(contents.get(table)!, rows);
      sum.lost += found.lost;
      sum.duplicated += found.duplicated;
      sum.wrong += found.wrong;
    }
    const archived = new Set(archive.map(({ name }) => name));
    for (const name of producer.acknowledged) if (!archived.has(name)) sum.lost += 1;
    return {
      ...counts,
      lost: sum.lost,
      duplicated: sum.duplicated + archive.length - archived.size,
      wrong: sum.wrong,
      assigned_to_epoch_p50_ms: quantile(firstEpochs, 0.5),
      assigned_to_epoch_p99_ms: quantile(firstEpochs, 0.99),
      acknowledged: producer.acknowledged.size,
      records,
    };
  });
}

export async function run({ full }: { full: boolean }): Promise<Figures> {
  const broker = await startKafkaBroker({
    name: 'benchmark',
    heapMb: 512,
    settings: { 'group.min.session.timeout.ms': '1000', 'group.initial.rebalance.delay.ms': '0' },
  });
  try {
    const total = await fill(broker, 'speed', full ? 1_000_000 : 20_000, speedPartitions);
    const rates: { exact: number; loose: number; two: number }[] = [];
    // In turn, so that what else the machine does falls on all alike.
    for (let i = 0; i < (full ? 3 : 1); i += 1) {
      rates.push({
        exact: await drain(broker, 'speed', total, 1, memberEntry),
        loose: await drain(broker, 'speed', total, 1, entryOf('looseMember')),
        two: await drain(broker, 'speed', total, 2, memberEntry),
      });
    }
    const median = (of: (rate: (typeof rates)[number]) => number) => quantile(rates.map(of), 0.5);
    const outcome = await storm(broker, full ? 100 : 3);
    return {
      broker: `apache-kafka-${broker.version}`,
      events: total,
      events_per_s: Math.max(
        median(({ exact }) => exact),
        median(({ two }) => two),
      ),
      events_per_s_one_process: median(({ exact }) => exact),
      events_per_s_two_processes: median(({ two }) => two),
      scaling: median(({ exact, two }) => two / exact),
      exactly_once_overhead: median(({ exact, loose }) => 1 - exact / loose),
      ...outcome,
    };
  } finally {
    await broker.close();
  }
}
