/** Processes whose clocks differ, and are set while they run: nothing that is computed, chosen or deleted goes by them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import { copyTopic } from '../../benchmarks/support/topicCopy.ts';
import { DeadLettersAnswer, Health, PipelinesAnswer } from '../../contracts/api.ts';
import { campusBodies } from '../support/campusBodies.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { removeDirectory, temporaryDirectory, undisturbed } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { type Producer, startProducer } from '../support/producer.ts';
import { beginWith, type Running } from './run.ts';

const partitions = 4;
const topic = 'millrace-events';
const slow = 120_000;
const minute = 60_000;
const hour = 60 * minute;
const preload = new URL('../../dist/test/support/shiftedClock.js', import.meta.url);

interface Member {
  readonly running: Running;
  /** Sets its clock, ms ahead of the true time. */
  set(ms: number): void;
}

describe.skipIf(whatKafkaLacks() !== '')('processes whose clocks differ', () => {
  const data = temporaryDirectory();
  const bodies = campusBodies(1_200, 10);
  const started: Running[] = [];
  const acknowledged = new Set<string>();
  const sentences = new Set<string>();
  let broker: KafkaBroker;
  let clickhouse: TestClickHouse;
  let watching = true;
  let watch: Promise<void>;
  let serving: Member;
  let behind: Member;
  let ahead: Member;
  let controls: Member[];
  let url: string;
  let producer: Producer;

  function start(name: string, roles: string, ms: number): Member {
    const directory = join(data, name);
    mkdirSync(directory);
    const file = join(directory, 'clock');
    const set = (value: number) => writeFileSync(file, String(value));
    set(ms);
    const { url: address, username, password } = clickhouse.server;
    const running = beginWith(
      {
        KAFKA_BROKERS: broker.address,
        KAFKA_SESSION_TIMEOUT_MS: '3000',
        KAFKA_HEARTBEAT_INTERVAL_MS: '300',
        CLICKHOUSE_URL: address,
        CLICKHOUSE_USER: username,
        CLICKHOUSE_PASSWORD: password,
        CLICKHOUSE_DATABASE: 'skewed',
        MILLRACE_PARTITIONS: String(partitions),
        MILLRACE_PROCESSES: '1',
        MILLRACE_DATA: directory,
        MILLRACE_EPOCH_MS: '100',
        MILLRACE_CHECKPOINT_MS: '300',
        PORT: '0',
        NODE_OPTIONS: `--import ${fileURLToPath(preload)}`,
        CLOCK_FILE: file,
      },
      ...['start', '--roles', roles, ...(roles === 'serving' ? ['--no-campus'] : [])],
    );
    started.push(running);
    return { running, set };
  }

  const says = ({ running }: Member, words: string | RegExp) =>
    eventually(() => {
      expect(running.process.exitCode, running.said()).toBeNull();
      expect(running.said()).toMatch(words);
    });

  async function get<Answer>(path: string, schema: { parse(value: unknown): Answer }) {
    return schema.parse(await (await fetch(`${url}${path}`)).json());
  }
  const learning = async () => (await get('/v1/pipelines', PipelinesAnswer)).pipelines[0]!;

  async function commitsAll(): Promise<void> {
    await eventually(async () => {
      const { totals, partitions: all } = await learning();
      expect(totals?.events).toBeGreaterThanOrEqual(acknowledged.size);
      expect(all.map(({ state }) => state)).toEqual(all.map(() => 'running'));
      expect(all.map(({ lagEvents }) => lagEvents)).toEqual(all.map(() => 0));
    });
  }

  async function send(events: number): Promise<void> {
    producer = startProducer(url, bodies.splice(0, events / 5));
    await producer.more(events);
    await producer.stop();
    for (const name of producer.acknowledged) acknowledged.add(name);
  }

  const leads = ({ running }: Member) => {
    const words = running.said().match(/the active control plane( now)?\./g) ?? [];
    return words.at(-1)?.includes('now') === true && running.process.exitCode === null;
  };

  beforeAll(async () => {
    [broker, clickhouse] = await Promise.all([
      startKafkaBroker({ name: 'clocks' }),
      startTestClickHouse(),
    ]);
    serving = start('serving', 'serving', 10 * minute);
    await says(serving, /dashboard and API on http/);
    url = /dashboard and API on (http:\/\/\S+)/.exec(serving.running.said())![1]!;
    behind = start('behind', 'data', -20 * minute);
    ahead = start('ahead', 'data', 10 * minute);
    controls = [start('first', 'control', -10 * minute)];
    await says(controls[0]!, 'the active control plane now.');
    controls.push(start('second', 'control', 10 * minute));
    watch = (async () => {
      while (watching) {
        sentences.add((await get('/v1/health', Health)).sentence);
        await sleep(100);
      }
    })();
    watch.catch(() => undefined);
  }, slow);
  afterAll(async () => {
    await producer?.abandon();
    for (const running of started) running.process.kill('SIGKILL');
    await Promise.all(started.map(({ ended }) => ended));
    await clickhouse?.close();
    await broker?.close();
    removeDirectory(data);
  }, slow);

  test(
    'the preload is at work: the epochs are stamped by clocks that differ by half an hour',
    async () => {
      const store = await clickhouse.database('skewed');
      await eventually(async () => {
        await send(20); // until both members have partitions and something to commit …
        await sleep(1_000); // … and have noted it, which they do every two seconds
        const [row] = await store.query<{ apart: number }>(
          'SELECT toUnixTimestamp(max(committed_at)) - toUnixTimestamp(min(committed_at)) AS apart FROM epochs',
        );
        expect(row?.apart).toBeGreaterThan(25 * 60);
      });
      await commitsAll();
    },
    slow,
  );

  test(
    'each partition is shown with when it was committed and with its tables',
    async () => {
      await eventually(async () => {
        const { partitions: all } = await learning();
        expect(all.map(({ committedAt }) => committedAt !== null)).toEqual(all.map(() => true));
      });
      expect((await learning()).tables.length).toBeGreaterThan(0);
    },
    slow,
  );

  test(
    'a clock that is set while the engine runs changes nothing, forwards or backwards',
    async () => {
      const sent = send(900);
      for (const ms of [2 * hour, -3 * hour, 5 * minute]) {
        for (const member of [serving, behind, ahead, ...controls]) member.set(ms);
        await sleep(400);
      }
      serving.set(-15 * minute);
      ahead.set(30 * minute);
      behind.set(-30 * minute);
      await sent;
      await commitsAll();
      await eventually(async () => expect((await get('/v1/health', Health)).state).toBe('good'));
    },
    slow,
  );

  test(
    'the dead letters are all listed, also by a process whose clock is behind that of the brokers',
    async () => {
      const store = await clickhouse.database('skewed');
      const [row] = await store.query<{ n: number }>('SELECT count() AS n FROM dead_letters FINAL');
      expect(row?.n).toBeGreaterThan(0);
      const { total, letters } = await get('/v1/dead-letters?limit=1', DeadLettersAnswer);
      expect({ total, shown: letters.length }).toEqual({ total: row?.n, shown: 1 });
    },
    slow,
  );

  test(
    'one process controls, whatever the clocks say, and the other follows when it ends',
    async () => {
      for (const ms of [-2 * hour, 2 * hour]) {
        for (const control of controls) control.set(ms);
        await sleep(500);
        expect(controls.map(leads)).toEqual([true, false]);
      }
      const [first, second] = controls;
      first!.running.process.kill('SIGKILL');
      await first!.running.ended;
      await says(second!, 'the active control plane now.');
      expect(second!.running.said()).not.toContain('no longer');
    },
    slow,
  );

  test(
    'a process that takes over goes on from the marker of one whose clock was an hour ahead',
    async () => {
      ahead.running.process.kill('SIGKILL');
      await ahead.running.ended;
      await send(300);
      await commitsAll();
    },
    slow,
  );

  test(
    'no sentence on health speaks of a time that has not passed',
    async () => {
      watching = false;
      await watch;
      expect(sentences.size).toBeGreaterThan(0);
      // Nothing has waited for thirty seconds: that is worth a word only to a clock that was set.
      expect(
        [...sentences].filter((words) => /stand still|NaN|-\d|[0-9] (min|h)\b/.test(words)),
      ).toEqual([]);
    },
    slow,
  );

  test(
    'row by row, the results are those of an engine with one clock',
    async () => {
      const store = await clickhouse.database('skewed');
      const found = await readContents(store);
      const rows = await store.query<{ name: string }>(
        `SELECT concat(user, ' ', id) AS name FROM events FINAL`,
      );
      const names = new Set(rows.map(({ name }) => name));
      expect([...acknowledged].filter((name) => !names.has(name))).toEqual([]);
      const reference = temporaryDirectory();
      try {
        const settings = { 'bootstrap.servers': broker.address };
        await copyTopic(settings, topic, partitions, join(reference, 'log'));
        expect(describeDifferences(found, await undisturbed(reference, partitions))).toEqual([]);
      } finally {
        removeDirectory(reference);
      }
    },
    slow,
  );
});
