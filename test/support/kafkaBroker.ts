/**
 * A real Kafka broker for tests: Apache Kafka as its own controller (KRaft), on a loopback port, in a process that can
 * be stopped, killed, frozen and started again on the same port and data.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../../sources/kafka/ask.ts';
import type { AdminClient } from '../../sources/kafka/library.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';
import { eventually } from './eventually.ts';
import { cache, kafkaJars } from './kafkaJars.ts';

export interface KafkaBroker {
  /** `host:port`, for `bootstrap.servers`: without TLS, and for anybody. */
  readonly address: string;
  /** `host:port` on which each of the further listeners listens, by name. */
  readonly listensOn: Readonly<Record<string, string>>;
  /** Of Apache Kafka, such as `4.4.0`. */
  readonly version: string;
  /** What the broker wrote; it stays after the test until a broker of the same name is started. */
  readonly logFile: string;
  createTopic(
    name: string,
    partitions: number,
    config?: Readonly<Record<string, string>>,
  ): Promise<void>;
  /** Removes the messages before an offset, as retention would. */
  deleteBefore(topic: string, partition: number, offset: number): Promise<void>;
  /** As an operator would: the broker ends in order. */
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open, and nobody answers. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
  /** Starts it again after `stop` or `kill`, with the same port and data; resolves when it answers. */
  start(): Promise<void>;
  /** Kills it and removes its data. */
  close(): Promise<void>;
}

/** A further way to the broker. */
export interface Listener {
  readonly protocol: 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';
  /** `host:port` that clients are told to go to, such as that of a proxy; where it listens unless given. */
  readonly advertised?: string;
  /** The broker's, for this listener alone. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface BrokerOptions {
  /** Of the log file. */
  readonly name: string;
  /** By name, upper case. */
  readonly listeners?: Readonly<Record<string, Listener>>;
  /** Passwords of the users that SCRAM-SHA-512 knows, by name. */
  readonly scramUsers?: Readonly<Record<string, string>>;
  readonly heapMb?: number;
  /** The broker's own, besides or instead of those below. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Compiled lightly and collected by one thread: starts in a second and a half on a quiet core. */
const javaFlags = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];
/** Any: each broker is a cluster of its own. */
const clusterId = 'MkU3OEVBNTcwNTJENDM2Qg';
const requestMs = 10_000;
const logTailLength = 4_000;

export async function startKafkaBroker(options: BrokerOptions): Promise<KafkaBroker> {
  const jars = kafkaJars();
  const directory = mkdtempSync(join(tmpdir(), 'millrace-kafka-'));
  const [port, controllerPort] = [await freePort(), await freePort()];
  const address = `127.0.0.1:${port}`;
  const properties = join(directory, 'server.properties');
  const { listeners = {}, scramUsers = {} } = options;
  const listensOn: Record<string, string> = {};
  for (const name of Object.keys(listeners)) listensOn[name] = `127.0.0.1:${await freePort()}`;
  const settings = {
    ...settingsOf(controllerPort, directory),
    ...listenerSettings(address, controllerPort, listeners, listensOn),
    ...options.settings,
  };
  writeFileSync(
    properties,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const logs = join(cache, 'logs');
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, `kafka-${options.name}.log`);
  writeFileSync(logFile, '');
  const java = [
    `-Xmx${options.heapMb ?? 256}m`,
    ...javaFlags,
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-cp',
    join(jars, '*'),
  ];
  let child: ChildProcess | undefined;
  let admin: AdminClient | undefined;

  try {
    format();
    await start();
  } catch (error) {
    await close();
    throw error;
  }

  function format(): void {
    const users = Object.entries(scramUsers).flatMap(([name, password]) => [
      ...['--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`],
    ]);
    const command = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties];
    const args = [...command, ...users];
    const { status, stdout, stderr } = spawnSync('java', [...java, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`Kafka cannot format its storage: ${stdout}${stderr}`);
  }

  async function start(): Promise<void> {
    const log = openSync(logFile, 'a');
    const running = spawn('java', [...java, 'kafka.Kafka', properties], {
      cwd: directory,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child = running;
    process.once('exit', killAtExit);
    admin ??= loadKafka().AdminClient.create({
      'bootstrap.servers': address,
      // A broker that comes back is found at once.
      'reconnect.backoff.max.ms': 200,
      log_level: 0,
    });
    await eventually(async () => {
      // Thrown behind the attempt, so that a dead broker is not waited for.
      if (running.exitCode !== null || running.signalCode !== null) return;
      await ask((done) => admin?.listTopics({ timeout: 1_000 }, done));
    });
    if (running.exitCode !== null || running.signalCode !== null) {
      throw new Error(`Kafka ended while it started: ${logTail(logFile)}`);
    }
  }

  function killAtExit(): void {
    child?.kill('SIGKILL');
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    child = undefined;
    process.off('exit', killAtExit);
  }

  async function close(): Promise<void> {
    admin?.disconnect();
    await end('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }

  return {
    address,
    listensOn,
    version: versionOf(jars),
    logFile,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    createTopic: (name, partitions, config = {}) =>
      ask((done) =>
        admin?.createTopic(
          { topic: name, num_partitions: partitions, replication_factor: 1, config },
          requestMs,
          done,
        ),
      ),
    async deleteBefore(topic, partition, offset) {
      const before = [{ topic, partition, offset }];
      await ask((done) => admin?.deleteRecords(before, { timeout: requestMs }, done));
    },
    close,
  };
}

function listenerSettings(
  address: string,
  controllerPort: number,
  listeners: Readonly<Record<string, Listener>>,
  listensOn: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = Object.keys(listeners);
  const at = (place: (name: string) => string | undefined) =>
    names.map((name) => `,${name}://${place(name)}`).join('');
  const own = names.flatMap((name) =>
    Object.entries(listeners[name]?.settings ?? {}).map(([setting, value]) => [
      `listener.name.${name.toLowerCase()}.${setting}`,
      value,
    ]),
  );
  return {
    listeners: `PLAINTEXT://${address},CONTROLLER://127.0.0.1:${controllerPort}${at((name) => listensOn[name])}`,
    'advertised.listeners': `PLAINTEXT://${address}${at((name) => listeners[name]?.advertised ?? listensOn[name])}`,
    'listener.security.protocol.map': `CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT${names
      .map((name) => `,${name}:${listeners[name]?.protocol}`)
      .join('')}`,
    ...Object.fromEntries(own),
  };
}

function settingsOf(controllerPort: number, directory: string): Record<string, string> {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(directory, 'data'),
    'auto.create.topics.enable': 'false',
    'offsets.topic.num.partitions': '1',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    // A group forms at once instead of waiting for more members.
    'group.initial.rebalance.delay.ms': '0',
    // The controller takes a killed broker back when its session is over, by default after 9 s.
    'broker.session.timeout.ms': '1000',
    'broker.heartbeat.interval.ms': '200',
    'group.min.session.timeout.ms': '1000',
    'num.network.threads': '2',
    'num.io.threads': '2',
    // Compaction takes an eighth of the memory that it would.
    'log.cleaner.dedupe.buffer.size': '16777216',
  };
}

/**
 * Below the range from which the system takes ports for connections: a client that keeps trying to reach a killed broker
 * there would sooner or later connect to itself, and hold the port against the broker.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

function versionOf(jars: string): string {
  const names = readdirSync(jars).map((name) => /^kafka_2\.13-(.*)\.jar$/.exec(name)?.[1]);
  return names.find((name) => name !== undefined) ?? 'unknown';
}

function logTail(file: string): string {
  return readFileSync(file, 'utf8').slice(-logTailLength);
}
