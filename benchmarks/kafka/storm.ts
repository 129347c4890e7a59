/**
 * The storm: a producer sends over HTTP, into a topic with running experiments and policies and with erasures, and repeats what
 * was not acknowledged, while processes of the data plane are killed, at random and at steps of a commit, join and leave the
 * group, and are frozen for longer than their session. Afterwards the records of the topic are run through an embedded engine
 * without interruption, and every table of both is compared row by row, state and model weights included.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../../cli/engine.ts';
import { definitionEvent } from '../../contracts/experimentRecord.ts';
import { ownTypeNames } from '../../contracts/ownTypes.ts';
import { policyEvent } from '../../contracts/policyRecord.ts';
import { readSettings } from '../../contracts/settings.ts';
import { createAnnouncer } from '../../control/definitions/announcer.ts';
import { eraseUser } from '../../control/preferences/eraseUser.ts';
import type { MemberTask } from '../../pipelines/member.ts';
import { pipelines } from '../../pipelines/registry.ts';
import type { WorkerMessage } from '../../pipelines/worker.ts';
import { startProcess, type WorkerHandle } from '../../pipelines/workerHandle.ts';
import { type KafkaAppender, openKafkaAppender } from '../../sources/kafka/kafkaAppender.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';
import type { KafkaBroker } from '../../test/support/kafkaBroker.ts';
import { Producer } from '../support/producer.ts';
import { quantile } from '../support/quantile.ts';
import { settled } from '../support/settled.ts';
import { differenceOf, readContents } from '../support/tables.ts';
import { withDirectory } from '../support/temporary.ts';
import { copyTopic } from '../support/topicCopy.ts';
import { announcePolicies } from '../support/trialPolicies.ts';
import { announceTrials, trialCampus } from '../support/trials.ts';
import { withoutTriggers } from '../support/trialVersions.ts';
import { sessionMs, sessions } from './sessions.ts';

const names = [...pipelines.keys()];
const partitions = 4;
/** Rounds from one erasure of a user to the next. */
const eraseEvery = 3;
/** Steps of a commit or of a recovery at which a member is struck, and '' for some other moment. */
const steps = [
  'cut',
  'before events',
  'after events',
  'before metrics',
  'after predictions',
  'before experiment_outcomes',
  'after policy_decisions',
  'before policy_sums',
  'after user_preferences',
  'before preference_sums',
  'before barrier',
  'before marker',
  'after marker',
  'before restore',
  'after restore',
  '',
] as const;

const memberEntry = new URL('../support/crashMember.js', import.meta.url);

/** @returns whether the process was there to take it */
function signal({ pid }: WorkerHandle, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid!, name);
  } catch {
    return false;
  }
}

export interface Storm {
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
  /** Counts of experiments that were compared. */
  readonly experiment_rows: number;
  /** What policies have learnt, and what is known of users' likings. */
  readonly policy_rows: number;
  readonly preference_rows: number;
  readonly erasures: number;
}

/** @param rounds one member killed in each, two rebalances; every fifth has a zombie besides */
export function storm(broker: KafkaBroker, rounds: number): Promise<Storm> {
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
        pseudonyms: 'off',
        data: join(directory, 'storm'),
        kafkaBrokers: broker.address,
        topic,
        processes: 1,
      },
    );
    const engine = await startEngine({ settings, say: () => {} });
    await withoutTriggers(engine);
    const campus = trialCampus(rounds * 20);
    const define = (turn: 1 | 2 | 3) =>
      writeTo(broker.address, topic, async (append) => {
        const options = { append, partitions, withKeys: true };
        const experiments = createAnnouncer({ ...options, eventOf: definitionEvent });
        await announceTrials(experiments, campus, turn);
        await announcePolicies(createAnnouncer({ ...options, eventOf: policyEvent }), campus, turn);
      });
    await define(1);
    const producer = new Producer(campus, rounds * 6_000);
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
    const counts = { kills: 0, kills_at_steps: 0, rebalances: 0, zombies: 0, erasures: 0 };
    const firstEpochs: number[] = [];
    const begin = (crashAt: string, onTold: () => void): WorkerHandle => {
      const assigned = new Map<number, number>();
      process.env['MILLRACE_CRASH_AT'] = crashAt;
      return startProcess<WorkerMessage>(memberEntry, task, (message) => {
        if ('problem' in message) return;
        onTold();
        const { partition, report } = message;
        if (report.state === 'starting') assigned.set(partition, performance.now());
        const since = assigned.get(partition);
        if (report.commitMs === undefined || since === undefined) return;
        assigned.delete(partition);
        firstEpochs.push(performance.now() - since);
      });
    };
    for (let round = 0; round < rounds; round += 1) {
      const step = steps[round % steps.length]!;
      if (round === Math.floor(rounds / 3)) await define(2);
      if (round === Math.floor((2 * rounds) / 3)) await define(3);
      const [known] = producer.acknowledged;
      if (known !== undefined && round % eraseEvery === eraseEvery - 1) {
        // The first that was acknowledged: a student who has been about ever since.
        const user = known.slice(0, known.indexOf(' '));
        await writeTo(broker.address, topic, (append) =>
          eraseUser(user, `erase-${round}`, { append, partitions, withKeys: true }),
        );
        counts.erasures += 1;
      }
      let isAssigned = false;
      const member = begin(step === '' ? '' : `${step}@${1 + (round % 3)}`, () => {
        isAssigned = true;
      });
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
    if (firstEpochs.length === 0) {
      // Each of few was struck before its first epoch: one that is left alone says how long that takes.
      const member = begin('', () => {});
      const patience = performance.now() + 30_000;
      for (; firstEpochs.length === 0 && performance.now() < patience; await sleep(500)) {
        await define(3);
      }
      await member.terminate();
    }
    stop.abort();
    await producing;
    await settled(engine, 120_000);
    const contents = await readContents(engine.store);
    const archive = await engine.store.query<{ name: string }>(
      `SELECT concat(user, ' ', id) AS name FROM events FINAL
       WHERE type NOT IN ('${ownTypeNames.join("','")}')`,
    );
    await engine.stop();
    const reference = join(directory, 'reference');
    const client = { 'bootstrap.servers': broker.address };
    const records = await copyTopic(client, topic, partitions, join(reference, 'log'));
    const undisturbed = await startEngine({
      settings: readSettings({}, { ...given, data: reference, pseudonyms: 'off' }),
      say: () => {},
      serve: false,
    });
    await withoutTriggers(undisturbed);
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
    const rowsOf = (...prefixes: string[]) =>
      [...expected]
        .filter(([table]) => prefixes.some((prefix) => table.startsWith(prefix)))
        .reduce((rows, [, { size }]) => rows + size, 0);
    return {
      ...counts,
      lost: sum.lost,
      duplicated: sum.duplicated + archive.length - archived.size,
      wrong: sum.wrong,
      assigned_to_epoch_p50_ms: quantile(firstEpochs, 0.5),
      assigned_to_epoch_p99_ms: quantile(firstEpochs, 0.99),
      acknowledged: producer.acknowledged.size,
      records,
      experiment_rows: rowsOf('experiment_'),
      policy_rows: rowsOf('policy_'),
      preference_rows: rowsOf('user_preferences', 'preference_sums'),
    };
  });
}

type Append = (
  slices: Parameters<KafkaAppender['append']>[0],
) => ReturnType<KafkaAppender['append']>;

/** Definitions and erasures are records like any others, and nothing but the topic knows of them. */
async function writeTo(
  brokers: string,
  topic: string,
  write: (append: Append) => Promise<unknown>,
): Promise<void> {
  const appender = await openKafkaAppender({
    ...{ library: loadKafka(), settings: { 'bootstrap.servers': brokers }, topic, partitions },
    onProblem: (problem) => console.error(problem),
  });
  try {
    await write((slices) => appender.append(slices));
  } finally {
    await appender.close();
  }
}
