/** The whole engine on brokers that ask for TLS and for a user, and what it says when it is not let in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Health, PipelinesAnswer } from '../../contracts/api.ts';
import { kafkaSettings } from '../../contracts/settings.ts';
import { deadLetterTopicOf } from '../../pipelines/deadLetterTopic.ts';
import { greetBrokers } from '../../sources/kafka/greetBrokers.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';
import {
  type Certificates,
  type Files,
  hasOpenssl,
  keystoreOf,
  makeCertificates,
} from '../support/certificates.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type KafkaBroker, type Listener, startKafkaBroker } from '../support/kafkaBroker.ts';
import { type Filled, fillTopic } from '../support/kafkaFill.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { readTopic } from '../support/kafkaRead.ts';
import { beginWith, type Running } from './run.ts';

const partitions = 2;
const slow = 120_000;
const day = 86_400_000;
const user = 'ada';
const password = 'not-to-be-seen';

type Variables = Readonly<Record<string, string>>;

const lacks = whatKafkaLacks() !== '' || !hasOpenssl;

describe.skipIf(lacks)('brokers with TLS and users (needs the program openssl)', () => {
  let made: Certificates;
  let broker: KafkaBroker;
  const data: string[] = [];
  const started: Running[] = [];

  beforeAll(async () => {
    made = makeCertificates();
    const identity = (files: Files) => ({
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': keystoreOf(files),
    });
    const server = identity(made.server);
    const security = 'org.apache.kafka.common.security';
    const secure = (protocol: Listener['protocol'], settings: Variables): Listener => ({
      protocol,
      settings,
    });
    broker = await startKafkaBroker({
      name: 'security',
      scramUsers: { [user]: password },
      listeners: {
        TLS: secure('SSL', server),
        MISNAMED: secure('SSL', identity(made.misnamed)),
        MUTUAL: secure('SSL', {
          ...server,
          'ssl.client.auth': 'required',
          'ssl.truststore.type': 'PEM',
          'ssl.truststore.location': made.authority,
        }),
        USERS: secure('SASL_SSL', {
          ...server,
          'sasl.enabled.mechanisms': 'SCRAM-SHA-512,PLAIN',
          'scram-sha-512.sasl.jaas.config': `${security}.scram.ScramLoginModule required;`,
          'plain.sasl.jaas.config': `${security}.plain.PlainLoginModule required user_${user}="${password}";`,
        }),
      },
    });
  }, slow);
  afterAll(async () => {
    for (const running of started) running.process.kill('SIGKILL');
    await Promise.all(started.map(({ ended }) => ended));
    await broker?.close();
    made?.remove();
    data.forEach(removeDirectory);
  }, slow);

  const at = (listener: string) => ({ KAFKA_BROKERS: broker.listensOn[listener]! });
  const trust = (authority = made.authority) => ({ KAFKA_SSL_CA_LOCATION: authority });
  const tls = () => ({ ...at('TLS'), ...trust(), KAFKA_SECURITY_PROTOCOL: 'ssl' });
  const own = ({ certificate, key }: Files) => ({
    KAFKA_SSL_CERTIFICATE_LOCATION: certificate,
    KAFKA_SSL_KEY_LOCATION: key,
  });
  const users = (mechanism = 'SCRAM-SHA-512', secret = password) => ({
    ...at('USERS'),
    ...trust(),
    KAFKA_SECURITY_PROTOCOL: 'sasl_ssl',
    KAFKA_SASL_MECHANISM: mechanism,
    KAFKA_SASL_USERNAME: user,
    KAFKA_SASL_PASSWORD: secret,
  });

  function start(variables: Variables, topic = 'absent'): Running {
    const directory = temporaryDirectory();
    data.push(directory);
    const running = beginWith(
      {
        MILLRACE_TOPIC: topic,
        MILLRACE_PARTITIONS: String(partitions),
        MILLRACE_PROCESSES: '1',
        MILLRACE_DATA: directory,
        PORT: '0',
        ...variables,
      },
      ...['start', '--no-campus'],
    );
    started.push(running);
    return running;
  }

  async function urlOf(running: Running): Promise<string> {
    await eventually(() => {
      expect(running.process.exitCode, running.said()).toBeNull();
      expect(running.said()).toMatch(/dashboard and API on http/);
    });
    return /dashboard and API on (http:\/\/\S+)/.exec(running.said())![1]!;
  }

  async function get<Answer>(url: string, schema: { parse(value: unknown): Answer }) {
    return schema.parse(await (await fetch(url)).json());
  }

  async function end(running: Running): Promise<void> {
    running.process.kill('SIGTERM');
    const { status, stdout, stderr } = await running.ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toContain(password);
  }

  const eventOf = (i: number, time = Date.now()) =>
    JSON.stringify({ id: `e-${i}`, type: 'viewed', time, user: `u-${i % 5}`, item: 'i' });

  async function post(url: string, lines: readonly string[]): Promise<void> {
    const { status } = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
    });
    expect(status).toBe(202);
  }

  const counted = (url: string, events: number) =>
    eventually(async () => {
      const { pipelines } = await get(`${url}/v1/pipelines`, PipelinesAnswer);
      expect(pipelines[0]?.totals?.events).toBe(events);
      expect(pipelines[0]?.partitions.map(({ state }) => state)).toEqual(['running', 'running']);
    });

  test(
    'by SCRAM over TLS: events, dead letters, their return, the election and the watch of the topic',
    async () => {
      // Of the producers' time, so that a record can have come when its event lay in the future.
      await broker.createTopic('scram', partitions, { 'message.timestamp.type': 'CreateTime' });
      const running = start(users(), 'scram');
      const url = await urlOf(running);
      const lines = Array.from({ length: 40 }, (_, i) => eventOf(i));
      await post(url, [...lines, '{"id":"cut']);
      const early: Filled = {
        partition: 1,
        value: Buffer.from(eventOf(40)),
        key: 'keyed',
        timestamp: Date.now() - 3 * day,
      };
      await fillTopic(broker.address, 'scram', [early]);
      await counted(url, 40);
      await eventually(async () =>
        expect(await readTopic(broker.address, deadLetterTopicOf('scram'))).toHaveLength(2),
      );
      expect(running.said()).toContain('This process is the active control plane now.');
      const listed = await beginWith({}, 'dlq', 'list', '--url', url).ended;
      expect(listed).toMatchObject({ status: 0, stderr: '' });
      expect(listed.stdout).toContain('EVENT_TIME_OUT_OF_RANGE');
      const replayed = await beginWith({}, 'dlq', 'replay', '--url', url).ended;
      expect(replayed.stdout + replayed.stderr).toMatch(/\b1\b/);
      await counted(url, 41);
      await eventually(async () => {
        expect((await get(`${url}/v1/health`, Health)).sentence).toMatch(
          /^All 2 partitions keep up/,
        );
      });
      const status = await beginWith({}, 'status', '--url', url).ended;
      expect(status).toMatchObject({ status: 0, stderr: '' });
      await end(running);
    },
    slow,
  );

  test.each([
    ['PLAIN over TLS', () => users('PLAIN')],
    ['a certificate of the client', () => ({ ...tls(), ...at('MUTUAL'), ...own(made.client) })],
    ['TLS alone', tls],
  ])(
    'by %s: events in, figures out',
    async (name, variables) => {
      const running = start(variables(), name.replaceAll(' ', '-'));
      const url = await urlOf(running);
      await post(
        url,
        Array.from({ length: 20 }, (_, i) => eventOf(i)),
      );
      await counted(url, 20);
      await end(running);
    },
    slow,
  );

  /** What is wrong with the settings, and the words that say so; in a process of its own where it is `told`. */
  const mistakes: readonly {
    name: string;
    variables: () => Variables;
    words: RegExp;
    told?: true;
  }[] = [
    {
      name: 'a wrong password',
      variables: () => users('SCRAM-SHA-512', `${password}?`),
      words:
        /^KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD: 127.0.0.1:\d+ does not take this user with this password \(SCRAM-SHA-512\)$/,
      told: true,
    },
    {
      name: 'a wrong password by PLAIN',
      variables: () => users('PLAIN', `${password}?`),
      words: /^KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD: \S+ does not take .* \(PLAIN\)$/,
    },
    {
      name: 'no user where a mechanism is named',
      variables: () => ({ ...users('PLAIN', ''), KAFKA_SASL_USERNAME: '' }),
      words: /^KAFKA_SASL_USERNAME: the Kafka client cannot use it: .* must be set$/,
    },
    {
      name: 'a mechanism that the broker does not have',
      variables: () => users('SCRAM-SHA-256'),
      words: /^KAFKA_SASL_MECHANISM: \S+ does not know SCRAM-SHA-256, but SCRAM-SHA-512,PLAIN$/,
    },
    {
      name: 'a mechanism that there is not',
      variables: () => users('ROT13'),
      words: /^KAFKA_SASL_MECHANISM: the Kafka client cannot use it: .* mechanism: ROT13$/,
    },
    {
      name: 'no authority',
      variables: () => ({ ...tls(), KAFKA_SSL_CA_LOCATION: '' }),
      words:
        /^KAFKA_SSL_CA_LOCATION: the certificate of \S+ is not trusted \(.+\): name the PEM file/,
    },
    {
      name: 'another authority',
      variables: () => ({ ...tls(), ...trust(made.stranger.certificate) }),
      words:
        /^KAFKA_SSL_CA_LOCATION: the certificate of \S+ is not trusted \(.+\): name the PEM file of the authority/,
      told: true,
    },
    {
      name: 'a file that is not there',
      variables: () => ({ ...tls(), ...trust('/absent.pem') }),
      words: /^KAFKA_SSL_CA_LOCATION: the Kafka client cannot use it: ssl.ca.location failed/,
    },
    {
      name: 'a certificate for another host',
      variables: () => ({ ...tls(), ...at('MISNAMED') }),
      words:
        /^kafkaBrokers \(KAFKA_BROKERS\): the certificate of \S+ is for another name \(.*\): name the broker as its certificate does/,
      told: true,
    },
    {
      name: 'no certificate where one is asked for',
      variables: () => ({ ...tls(), ...at('MUTUAL') }),
      words:
        /^KAFKA_SSL_CERTIFICATE_LOCATION and KAFKA_SSL_KEY_LOCATION: \S+ asks for another certificate of the client$/,
    },
    {
      name: 'a certificate of another authority',
      variables: () => ({ ...tls(), ...at('MUTUAL'), ...own(made.stranger) }),
      words: /^KAFKA_SSL_CERTIFICATE_LOCATION and .*: \S+ asks for another certificate/,
    },
    {
      name: 'the key of another certificate',
      variables: () => ({ ...tls(), ...own({ ...made.client, key: made.stranger.key }) }),
      words: /^KAFKA_SSL_KEY_LOCATION: the Kafka client cannot use it: .*mismatch$/,
    },
    {
      name: 'TLS where the broker does not speak it',
      variables: () => ({ ...tls(), KAFKA_BROKERS: broker.address }),
      words: /^KAFKA_SECURITY_PROTOCOL: \S+ does not speak TLS, which ssl asks for$/,
    },
    {
      name: 'a setting that the client does not have',
      variables: () => ({ ...at('TLS'), KAFKA_HEAP_OPTS: '-Xmx1g' }),
      words: /^KAFKA_HEAP_OPTS: the Kafka client cannot use it: No such configuration property/,
    },
    {
      name: 'a value that the client does not take',
      variables: () => ({ ...tls(), KAFKA_SECURITY_PROTOCOL: 'tls' }),
      words: /^KAFKA_SECURITY_PROTOCOL: the Kafka client cannot use it: Invalid value "tls"/,
    },
  ];

  test.concurrent.each(mistakes)(
    '$name is said with the setting to mend',
    async ({ variables, words }) => {
      const { KAFKA_BROKERS: brokers, ...given } = variables();
      const settings = kafkaSettings(brokers!, given);
      await expect(greetBrokers(loadKafka(), settings, () => {})).rejects.toMatchObject({
        code: 'CONFIGURATION_INVALID',
        message: expect.stringMatching(words),
      });
    },
    slow,
  );

  test.concurrent.each(mistakes.filter(({ told }) => told))(
    '$name ends the start with one sentence, soon, and without the password',
    async ({ variables, words }) => {
      const begun = performance.now();
      const { status, stdout, stderr } = await start(variables()).ended;
      expect(performance.now() - begun).toBeLessThan(30_000);
      expect(status).toBe(1);
      const [sentence, code, ...rest] = stderr.trimEnd().split('\n');
      expect(sentence!.replace('millrace: ', '')).toMatch(words);
      expect(code).toContain('CONFIGURATION_INVALID');
      expect(rest).toEqual([]);
      expect(stdout + stderr).not.toContain(password);
    },
    slow,
  );

  const another = (protocol: string) =>
    new RegExp(
      `: KAFKA_SECURITY_PROTOCOL: \\S+ closes the connection, as where it speaks another protocol than ${protocol}: `,
    );
  test.concurrent.each<[name: string, variables: () => Variables, words: RegExp]>([
    [
      'nobody listens',
      () => ({ KAFKA_BROKERS: '127.0.0.1:1' }),
      /: nobody listens at 127.0.0.1:1$/,
    ],
    [
      'there is no such host',
      () => ({ KAFKA_BROKERS: 'kafka.invalid:9092' }),
      /: no host has the name kafka.invalid$/,
    ],
    ['TLS is spoken, and asked for is none', () => at('TLS'), another('plaintext')],
    [
      'a user is asked for, and given is none',
      () => ({ ...tls(), ...at('USERS') }),
      another('ssl'),
    ],
  ])('where %s, that is said meanwhile and in the end', async (_, variables, words) => {
    const said: string[] = [];
    const { KAFKA_BROKERS: brokers, ...given } = variables();
    const settings = kafkaSettings(brokers!, given);
    const greeting = greetBrokers(
      loadKafka(),
      settings,
      (each) => said.push(each),
      [300, 300, 300],
    );
    await expect(greeting).rejects.toMatchObject({
      code: 'KAFKA_UNAVAILABLE',
      message: expect.stringMatching(words),
    });
    expect(said).toEqual([expect.stringMatching(words)]);
  });

  test(
    'a start that waits for brokers says within seconds what keeps them from answering',
    async () => {
      const running = start(at('TLS'));
      await eventually(() => expect(running.said()).toMatch(another('plaintext')), 15_000);
      running.process.kill('SIGKILL');
      await running.ended;
      expect(running.said()).toMatch(/^Kafka: No broker answers yet, and it is tried further: /);
    },
    slow,
  );
});
