/** Pseudonyms on real engines: no id that was sent is stored anywhere, and everything that names a user finds them by it. */
import { chmodSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPseudonyms } from '../../cli/openPseudonyms.ts';
import { AuditAnswer } from '../../contracts/auditApi.ts';
import { bytesOf } from '../../contracts/bytes.ts';
import { Objection, ObjectionReceipt } from '../../contracts/objectionApi.ts';
import { readSettings } from '../../contracts/settings.ts';
import { ErasureReceipt, UserAnswer } from '../../contracts/userApi.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';
import { kafkaPartitionOf } from '../../sources/kafka/murmur2.ts';
import { openTopicWriter } from '../../sources/kafka/topicWriter.ts';
import { createPseudonyms } from '../../sources/pseudonyms/createPseudonyms.ts';
import { run } from '../cli/run.ts';
import {
  json,
  ndjson,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { makeMetric, makeRunning } from '../support/experiments.ts';
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { readTopic } from '../support/kafkaRead.ts';

/** Every id that is sent begins so, however it is written. */
const mark = 'Rawname';
const by = { actor: 'test', reason: '' };

async function ask(engine: TestEngine, method: string, path: string, body?: object) {
  const response = await fetch(`${engine.url}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  expect(response.ok, JSON.stringify(answer)).toBe(true);
  return answer as unknown;
}

/** Files below a directory in which a text stands, as it is. */
function filesWith(directory: string, text: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

/** Columns of text of all tables in which a text stands: files of the database are compressed. */
async function columnsWith({ engine: { store } }: TestEngine, text: string): Promise<string[]> {
  const columns = await store.query<{ table: string; name: string }>(
    `SELECT table, name FROM system.columns WHERE database = currentDatabase() AND type LIKE '%String%'`,
  );
  const found: string[] = [];
  for (const { table, name } of columns) {
    const [row] = await store.query<{ rows: number }>(
      `SELECT toUInt32(countIf(position(toString(\`${name}\`), {text:String}) > 0)) AS rows FROM \`${table}\``,
      { text },
    );
    if (row!.rows > 0) found.push(`${table}.${name}`);
  }
  return found;
}

async function adoptExperiment({ engine: { experiments } }: TestEngine): Promise<void> {
  expect((await experiments!.createMetric(makeMetric(), by)).outcome).toBe('created');
  const startAt = Date.now() - 60_000;
  const stages = [{ number: 1, startAt, traffic: 1, weights: [0.5, 0.5] }];
  const adopted = await experiments!.adopt({ ...makeRunning({ stages: [] }), stages }, by);
  expect(adopted.outcome).toBe('created');
}

const variantOf = async (engine: TestEngine, user: string) => {
  const { decisions } = (await ask(engine, 'POST', '/v1/decisions', { user })) as {
    decisions: { variant: string }[];
  };
  return decisions[0]!.variant;
};

describe('with the embedded stores', () => {
  const data = temporaryDirectory();
  const settings = { pseudonyms: 'on' } as const;
  let engine: TestEngine;
  const pseudonyms = () =>
    createPseudonyms(Buffer.from(readFileSync(join(data, 'pseudonym.key'), 'utf8').trim(), 'hex'));

  beforeAll(async () => {
    engine = await startTestEngine(data, settings);
  }, 60_000);
  afterAll(async () => {
    await engine?.stop();
    removeDirectory(data);
  }, 60_000);

  test('the key is made for nobody but its owner', () => {
    expect(statSync(join(data, 'pseudonym.key')).mode & 0o777).toBe(0o600);
  });

  test('what comes in any format is stored under pseudonyms alone', async () => {
    const time = Date.now();
    let ids = 0;
    const event = (user: string, more: object = {}) => {
      ids += 1;
      return { id: `e-${ids}`, type: 'answered', time, user, item: 'i-1', value: 1, ...more };
    };
    const plain = JSON.stringify(event(`${mark}-lines`));
    const escaped = JSON.stringify(event('ESCAPED')).replace(
      '"user":"ESCAPED"',
      String.raw`"us\u0065r":"Rawn\u0061me-escaped"`,
    );
    const twice = JSON.stringify(event(`${mark}-second`)).replace(
      '"user"',
      `"user":{"name":["${mark}, }"]}, "user" : "${mark}-first","user"`,
    );
    const nested = JSON.stringify(event(`${mark}-nested`, { context: { user: 'teacher' } }));
    const send = async (body: string | Uint8Array, headers: Record<string, string>, ok = 202) => {
      const response = await engine.post(body, headers);
      expect([response.status, ok === 202 ? '' : '…'], await response.clone().text()).toEqual([
        ok,
        ok === 202 ? '' : '…',
      ]);
    };
    await send([plain, escaped, twice, nested].join('\n'), ndjson);
    await send(JSON.stringify(event(`${mark}-one`)), json);
    await send(JSON.stringify([event(`${mark}-array`), event(`${mark}-array`)]), json);
    await send(gzipSync(JSON.stringify(event(`${mark}-gzip`))), {
      ...json,
      'content-encoding': 'gzip',
    });
    const cloud = { specversion: '1.0', id: 'c', source: '/s', type: 'answered' };
    await send(
      JSON.stringify([
        { ...cloud, subject: `${mark}-subject`, data: { value: 1 } },
        { ...cloud, id: 'd', subject: `${mark}-data`, data: { user: `${mark}-data` } },
      ]),
      { 'content-type': 'application/cloudevents-batch+json' },
    );
    const statement = {
      verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
      object: { id: 'i-1' },
      result: { success: true },
    };
    const account = { homePage: 'https://lms', name: `${mark}-account` };
    await send(
      JSON.stringify([
        { ...statement, actor: { mbox: `mailto:${mark}@lms`, name: `${mark} Surname` } },
        { ...statement, actor: { account } },
      ]),
      { ...json, 'x-experience-api-version': '1.0.3' },
    );
    // Refused, but their user can be read.
    await send(JSON.stringify(event(`${mark}-value`, { value: 'much' })), json, 422);
    await send(JSON.stringify(event(`${mark}-forged`, { type: 'millrace.erase' })), json, 422);
    await engine.settle();

    const users = ['lines', 'escaped', 'second', 'nested', 'one', 'array', 'gzip'].map(
      (name) => `${mark}-${name}`,
    );
    const others = [
      `${mark}-subject`,
      `${mark}-data`,
      `${mark}@lms`,
      `https://lms#${mark}-account`,
    ];
    const stored = await engine.engine.store.query<{ user: string; raw: string }>(
      'SELECT user, any(raw) AS raw FROM events FINAL WHERE type = {type:String} GROUP BY user',
      { type: 'answered' },
    );
    const names = pseudonyms();
    expect(stored.map(({ user }) => user).sort()).toEqual(
      [...users, ...others].map(names.of).sort(),
    );
    for (const { user, raw } of stored) {
      expect((JSON.parse(raw) as { user: string }).user).toBe(user);
    }
    const letters = await engine.engine.store.query<{ code: string }>(
      'SELECT code FROM dead_letters ORDER BY offset',
    );
    expect(letters).toHaveLength(2);
    expect(await columnsWith(engine, mark)).toEqual([]);
    // The search finds what there is.
    expect(await columnsWith(engine, names.of(`${mark}-one`))).toContain('events.raw');
  }, 60_000);

  test('who is assigned by the API is who is counted, and who objects is known by the id', async () => {
    await adoptExperiment(engine);
    const users = Array.from({ length: 12 }, (_, i) => `${mark}-unit-${i}`);
    const names = pseudonyms();
    for (const user of users) {
      const variant = await variantOf(engine, user);
      expect(await variantOf(engine, names.of(user))).toBe(variant);
      const context = { targetingKey: user };
      const flag = await ask(engine, 'POST', '/ofrep/v1/evaluate/flags/hints', { context });
      expect(flag).toMatchObject({ variant });
    }
    await engine.settle();
    await eventually(async () => {
      const [row] = await engine.engine.store.query<{ units: number; crossed: number }>(
        'SELECT toUInt32(sum(units)) AS units, toUInt32(sum(crossed)) AS crossed FROM experiment_exposures FINAL',
      );
      expect(row).toEqual({ units: users.length, crossed: 0 });
    });
    const user = users[0]!;
    const path = `/v1/users/${user}/objection`;
    const receipt = ObjectionReceipt.parse(await ask(engine, 'PUT', path, { reason: 'letter' }));
    expect(receipt).toMatchObject({ user: names.of(user), isHeard: true });
    const standing = Objection.parse(await ask(engine, 'GET', path));
    expect(standing).toMatchObject({ user: names.of(user), actor: 'administrator' });
    const { decisions } = (await ask(engine, 'POST', '/v1/decisions', { user })) as {
      decisions: unknown[];
    };
    expect(decisions).toMatchObject([{ reason: 'objection' }]);
  }, 60_000);

  test('a person is found and erased by the id, and stands in the record under the pseudonym', async () => {
    const user = `${mark}-lines`;
    const name = pseudonyms().of(user);
    expect(UserAnswer.parse(await ask(engine, 'GET', `/v1/users/${user}`)).user).toBe(name);
    const exported = await (await fetch(`${engine.url}/v1/users/${user}/export`)).text();
    expect(exported).toContain(`"user":"${name}"`);
    const receipt = ErasureReceipt.parse(await ask(engine, 'DELETE', `/v1/users/${user}`));
    expect(receipt).toMatchObject({ user: name, isForgotten: true, isFinal: true });
    expect(receipt.removed).toContainEqual({ table: 'events', rows: 2 });
    const seen = AuditAnswer.parse(await ask(engine, 'GET', `/v1/audit?subject=${user}`));
    expect(new Set(seen.entries.map(({ subject }) => subject))).toEqual(new Set([name]));
    expect(seen.entries.length).toBeGreaterThanOrEqual(3);
    expect(await columnsWith(engine, mark)).toEqual([]);
  }, 60_000);

  test('no file of the data has an id, also after a restart', async () => {
    const before = await variantOf(engine, `${mark}-unit-3`);
    await engine.stop();
    expect(filesWith(data, mark)).toEqual([]);
    // The log is not compressed: what was looked for would be seen.
    expect(filesWith(join(data, 'log'), pseudonyms().of(`${mark}-one`))).not.toEqual([]);
    engine = await startTestEngine(data, { pseudonyms: undefined });
    expect(await variantOf(engine, `${mark}-unit-3`)).toBe(before);
  }, 60_000);

  test('the command line says the pseudonym', async () => {
    const user = `${mark}-one`;
    const { status, stdout } = await run('pseudonym', '--data', data, user, 'Zoë');
    expect([status, stdout]).toEqual([0, `${pseudonyms().of(user)}\n${pseudonyms().of('Zoë')}\n`]);
  }, 60_000);

  test('another key, no key, a key that others may read, and no pseudonyms are refused', async () => {
    const { store } = engine.engine;
    const file = join(data, 'pseudonym.key');
    const open = (more: object = {}) => {
      const given = readSettings({}, { data, ...more });
      return openPseudonyms({ settings: given, store, hasEvents: true, say: () => {} });
    };
    expect((await open())?.pseudonyms.fingerprint).toBe(pseudonyms().fingerprint);
    await expect(open({ pseudonymKey: 'ab'.repeat(32) })).rejects.toMatchObject({
      code: 'PSEUDONYMS_CHANGED',
      message: expect.stringContaining('the key is another one'),
    });
    await expect(open({ pseudonyms: 'off' })).rejects.toMatchObject({ code: 'PSEUDONYMS_CHANGED' });
    chmodSync(file, 0o640);
    await expect(open()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('may be read by others (mode 0640)'),
    });
    // Where it was put by an orchestrator, for a group.
    expect(await open({ pseudonymKeyFile: file })).toBeDefined();
    chmodSync(file, 0o600);
    renameSync(file, `${file}.away`);
    await expect(open()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('put it back from a backup'),
    });
    writeFileSync(file, 'no key\n', { mode: 0o600 });
    await expect(open()).rejects.toThrow(/expected 64 hexadecimal digits/);
    renameSync(`${file}.away`, file);
    await expect(open({ kafkaBrokers: 'kafka:9092' })).rejects.toThrow(/on Kafka all processes/);
  }, 60_000);
});

describe('data that were begun before', () => {
  const data = temporaryDirectory();
  afterAll(() => removeDirectory(data));

  test('go on under the ids that are sent, which is said, and take no pseudonyms', async () => {
    const first = await startTestEngine(data);
    await first.send([{ id: 'e', type: 'viewed', time: Date.now(), user: 'ada' }]);
    await first.settle();
    // As an engine left them that knew nothing of pseudonyms.
    await first.engine.store.command(
      "ALTER TABLE experiment_definitions DELETE WHERE kind = 'pseudonyms' SETTINGS mutations_sync = 1",
    );
    await first.stop();
    await expect(startTestEngine(data, { pseudonyms: 'on' })).rejects.toMatchObject({
      code: 'PSEUDONYMS_CHANGED',
    });
    const said: string[] = [];
    const again = await startTestEngine(data, { pseudonyms: undefined }, said);
    try {
      expect(said.join(' ')).toContain('Users are stored under the ids that producers send');
      expect(UserAnswer.parse(await ask(again, 'GET', '/v1/users/ada')).user).toBe('ada');
    } finally {
      await again.stop();
    }
  }, 60_000);
});

describe.skipIf(whatKafkaLacks() !== '')('on Kafka', () => {
  const data = temporaryDirectory();
  const pseudonymKey = '5c'.repeat(32);
  const names = createPseudonyms(Buffer.from(pseudonymKey, 'hex'));
  const topic = 'people';
  const partitions = 3;
  const users = Array.from({ length: 9 }, (_, i) => `${mark}-${i}`);
  let broker: KafkaBroker;
  let engine: TestEngine;

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'pseudonyms' });
    const kafka = { kafkaBrokers: broker.address, topic, partitions, processes: 1 };
    engine = await startTestEngine(data, { ...kafka, pseudonyms: 'on', pseudonymKey });
  }, 120_000);
  afterAll(async () => {
    await engine?.stop();
    await broker?.close();
    removeDirectory(data);
  }, 60_000);

  const placeOf = (user: string) => {
    const id = bytesOf(Buffer.from(user));
    return kafkaPartitionOf(id, 0, id.bytes.length, partitions);
  };
  const rating = (id: string, user: string) => {
    const context = { topic: 'sports' };
    return { id, type: 'rated', time: Date.now(), user, item: 'i-1', value: 5, context };
  };
  const rowsOf = (sql: string, more: object = {}) =>
    engine.engine.store.query<Record<string, unknown>>(sql, { ...more });

  test('what others send and what comes by HTTP meet under one pseudonym, in one partition', async () => {
    const settings = { 'bootstrap.servers': broker.address };
    const writer = await openTopicWriter({ library: loadKafka(), settings, onProblem: () => {} });
    const sent = users.map((user) => ({
      ...{ topic, partition: null, key: Buffer.from(user) },
      value: Buffer.from(JSON.stringify(rating('sent', user))),
    }));
    const broken = Buffer.from(`{"user":"${mark}-broken"`);
    await writer.deliver([...sent, { topic, partition: null, key: broken, value: broken }]);
    await writer.close();
    await engine.send(users.map((user) => rating('posted', user)));
    await adoptExperiment(engine);
    for (const user of users) await variantOf(engine, user);
    await eventually(async () => {
      const rows = await rowsOf(
        `SELECT user, groupUniqArray(partition) AS places, toUInt32(count()) AS events FROM events FINAL
         WHERE NOT startsWith(type, 'millrace.') GROUP BY user ORDER BY user`,
      );
      const expected = users.map((user) => {
        return { user: names.of(user), places: [placeOf(user)], events: 3 };
      });
      expect(rows).toEqual(expected.sort((a, b) => (a.user < b.user ? -1 : 1)));
      const counted = await rowsOf(
        'SELECT toUInt32(sum(units)) AS units, toUInt32(sum(crossed)) AS crossed FROM experiment_exposures FINAL',
      );
      expect(counted).toEqual([{ units: users.length, crossed: 0 }]);
    });
    // Both ways of the partitions are met: the pseudonym alone would lead elsewhere.
    expect(users.some((user) => placeOf(names.of(user)) !== placeOf(user))).toBe(true);
    const messages = await readTopic(broker.address, topic);
    const named = messages.filter(({ key, value }) => `${key} ${value}`.includes(mark));
    // The producer's own, and none of the engine's.
    expect(named).toHaveLength(users.length + 1);
    await eventually(async () => {
      const found = (await columnsWith(engine, mark)).sort();
      expect(found).toEqual(['dead_letters.bytes', 'dead_letters.key']);
    });
  }, 120_000);

  test('an erasure and an objection reach the partition, by the id and by the pseudonym', async () => {
    const [byId, byName, objecting] = users as [string, string, string];
    const likings = (user: string) =>
      rowsOf(
        'SELECT partition FROM user_preferences FINAL WHERE user = {user:String} AND erased = 0',
        {
          user: names.of(user),
        },
      );
    for (const user of [byId, byName, objecting]) {
      await eventually(async () =>
        expect(await likings(user)).toEqual([{ partition: placeOf(user) }]),
      );
    }
    for (const [user, path] of [
      [byId, byId],
      [byName, names.of(byName)],
    ] as const) {
      const receipt = ErasureReceipt.parse(await ask(engine, 'DELETE', `/v1/users/${path}`));
      expect(receipt).toMatchObject({ user: names.of(user), isForgotten: true, isFinal: true });
      expect(await likings(user)).toEqual([]);
      // It is learnt anew, whatever the offsets of other partitions are.
      await engine.send([rating('again', user)]);
      await eventually(async () => {
        expect(await likings(user)).toEqual([{ partition: placeOf(user) }]);
        const answer = UserAnswer.parse(await ask(engine, 'GET', `/v1/users/${user}`));
        expect(answer.preferences).toMatchObject([{ events: 1 }]);
      });
    }
    const path = `/v1/users/${names.of(objecting)}/objection`;
    const receipt = ObjectionReceipt.parse(await ask(engine, 'PUT', path, {}));
    expect(receipt).toMatchObject({ user: names.of(objecting), isHeard: true });
    expect(await likings(objecting)).toEqual([]);
  }, 120_000);
});
