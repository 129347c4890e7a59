/** A ClickHouse server by its address: users, certificates, and one sentence for what is wrong with a setting. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../cli/database.ts';
import type { EngineError } from '../../contracts/errors.ts';
import { readSettings, type Settings, settingVariables } from '../../contracts/settings.ts';
import { migrate } from '../../sinks/clickhouse/migrate.ts';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { eventually, startTrial, type Trial } from '../sinks/temporary.ts';
import { type Certificates, hasOpenssl, makeCertificates, read } from '../support/certificates.ts';
import { isRequired } from '../support/isRequired.ts';
import { startTlsProxy, type TlsProxy } from '../support/tlsProxy.ts';
import { run } from './run.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.end());

type Given = Partial<Record<keyof Settings, unknown>>;

function settingsOf(given: Given): Settings {
  const { url, username, password } = trial.clickhouse;
  const server = { clickhouseUrl: url, clickhouseUser: username, clickhousePassword: password };
  return readSettings({}, { ...server, ...given });
}

async function refusal(given: Given): Promise<string> {
  const error = await openDatabase(settingsOf(given), () => undefined).then(
    () => expect.unreachable('the server was taken'),
    (reason: unknown) => reason as EngineError,
  );
  expect(error.message).not.toContain('\n');
  return `${error.code}: ${error.message}`;
}

describe('a server by http', () => {
  test('is used as it is: closing it leaves it running', async () => {
    const { access, pid, close } = await openDatabase(settingsOf({}), () => undefined);
    expect(access).toMatchObject({ database: 'millrace', place: { durable: true } });
    expect(pid()).toBeUndefined();
    const store = createStore(access);
    await migrate(store);
    await store.close();
    await close();
    await openDatabase(settingsOf({}), () => undefined);
  });

  test('is migrated by the command line', async () => {
    const { url, password } = trial.clickhouse;
    const variables = { CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: 'by_command' };
    try {
      Object.assign(process.env, variables, { CLICKHOUSE_PASSWORD: password });
      expect((await run('migrate')).stdout).toMatch(/^Schema version \d+: applied 0001_engine/);
      expect((await run('migrate')).stdout).toMatch(/nothing to do\.\n$/);
      process.env['CLICKHOUSE_PASSWORD'] = 'guessed';
      const refused = await run('migrate');
      expect(refused).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^millrace: clickhousePassword \(CLICKHOUSE_PASSWORD\): /);
    } finally {
      for (const name of [...Object.keys(variables), 'CLICKHOUSE_PASSWORD']) {
        delete process.env[name];
      }
    }
  });

  test('a wrong password is said with its setting', async () => {
    const host = new URL(trial.clickhouse.url).host;
    expect(await refusal({ clickhousePassword: 'guessed' })).toBe(
      'CONFIGURATION_INVALID: clickhousePassword (CLICKHOUSE_PASSWORD): ' +
        `${host} does not take the user default with this password`,
    );
  });

  test('an unknown host is said with its setting', async () => {
    expect(await refusal({ clickhouseUrl: 'http://clickhouse.invalid:8123' })).toBe(
      'CONFIGURATION_INVALID: clickhouseUrl (CLICKHOUSE_URL): no host has the name clickhouse.invalid',
    );
  });

  test('a host that does not answer is said with its setting', async () => {
    expect(await refusal({ clickhouseUrl: 'http://127.0.0.1:1' })).toMatch(
      /^SINK_UNAVAILABLE: clickhouseUrl \(CLICKHOUSE_URL\): 127.0.0.1:1 does not answer/,
    );
  });

  test('an address with https where there is only http is said with its setting', async () => {
    const url = trial.clickhouse.url.replace('http:', 'https:');
    expect(await refusal({ clickhouseUrl: url })).toMatch(
      /^CONFIGURATION_INVALID: clickhouseUrl \(CLICKHOUSE_URL\): .* does not answer by https$/,
    );
  });

  test('a cluster that the server does not have is said with its setting', async () => {
    expect(await refusal({ clickhouseCluster: 'main' })).toBe(
      'CONFIGURATION_INVALID: clickhouseCluster (CLICKHOUSE_CLUSTER): ' +
        'the server has no cluster main; expected one of one shard',
    );
  });
});

describe.skipIf(!hasOpenssl && !isRequired('https'))(
  'a server by https (needs the program openssl)',
  () => {
    let made: Certificates;
    let proxy: TlsProxy;
    let asking: TlsProxy;
    beforeAll(async () => {
      made = makeCertificates();
      const served = { ...read(made.server), target: trial.clickhouse };
      proxy = await startTlsProxy(served);
      asking = await startTlsProxy({ ...served, ca: readFileSync(made.authority) });
    });
    afterAll(async () => {
      await proxy.close();
      await asking.close();
      made.remove();
    });

    async function answer(given: Given): Promise<unknown> {
      const { access } = await openDatabase(settingsOf(given), () => undefined);
      // As it reaches a process: as JSON.
      const store = createStore(JSON.parse(JSON.stringify(access)) as typeof access);
      try {
        await store.createDatabase();
        await store.define(
          'CREATE TABLE IF NOT EXISTS secrets (x UInt8) ENGINE = ReplacingMergeTree ORDER BY x',
        );
        await store.insert('secrets', Uint8Array.of(7));
        expect(await store.readBinary('SELECT x FROM secrets FINAL')).toEqual(Buffer.of(7));
        return await store.query('SELECT 1 AS one');
      } finally {
        await store.close();
      }
    }

    test('of a private authority is trusted by its file', async () => {
      const given = { clickhouseUrl: proxy.url, clickhouseCa: made.authority };
      expect(await answer(given)).toEqual([{ one: 1 }]);
    });

    test.each([
      ['without the file', () => ({}), /^CONFIGURATION_INVALID: clickhouseCa \(CLICKHOUSE_CA\): /],
      [
        'with the file of another authority',
        () => ({ clickhouseCa: made.stranger.certificate }),
        /^CONFIGURATION_INVALID: clickhouseCa \(CLICKHOUSE_CA\): the certificate of localhost:\d+ is not trusted/,
      ],
      [
        'with a file that is not there',
        () => ({ clickhouseCa: '/absent.pem' }),
        /^CONFIGURATION_INVALID: clickhouseCa \(CLICKHOUSE_CA\): \/absent.pem cannot be read$/,
      ],
      [
        'with a wrong password',
        () => ({ clickhouseCa: made.authority, clickhousePassword: 'guessed' }),
        /^CONFIGURATION_INVALID: clickhousePassword \(CLICKHOUSE_PASSWORD\): /,
      ],
    ])('of a private authority is refused %s', async (_, given, words) => {
      expect(await refusal({ clickhouseUrl: proxy.url, ...given() })).toMatch(words);
    });

    const withOwn = ({ certificate, key }: Certificates['client']) => ({
      clickhouseUrl: asking.url,
      clickhouseCa: made.authority,
      clickhousePassword: '',
      clickhouseCert: certificate,
      clickhouseKey: key,
    });

    test("knows the user by the user's certificate", async () => {
      expect(await answer(withOwn(made.client))).toEqual([{ one: 1 }]);
    });

    test("does not take a user's certificate of another authority, nor none", async () => {
      const words =
        /: clickhouseCert \(CLICKHOUSE_CERT\): localhost:\d+ .* another certificate of the client$/;
      const none = { clickhouseUrl: asking.url, clickhouseCa: made.authority };
      for (const given of [withOwn(made.stranger), none]) {
        expect(await refusal(given)).toMatch(words);
      }
    });

    // Node.js breaks off without a word; OpenSSL, as ClickHouse uses it, says why.
    test('that says what it lacks of the client is understood', async () => {
      const server = spawn('openssl', [
        ...['s_server', '-www', '-accept', '127.0.0.1:0', '-cert', made.server.certificate],
        ...['-key', made.server.key, '-CAfile', made.authority, '-Verify', '1'],
        '-verify_return_error',
      ]);
      try {
        let said = '';
        server.stdout.on('data', (text) => {
          said += text;
        });
        const port = await eventually(async () => /ACCEPT 127\.0\.0\.1:(\d+)/.exec(said)![1]);
        const given = { clickhouseUrl: `https://localhost:${port}`, clickhouseCa: made.authority };
        expect(await refusal(given)).toMatch(
          /^CONFIGURATION_INVALID: clickhouseCert .* asks for another certificate of the client$/,
        );
      } finally {
        server.kill();
      }
    });

    test.each([
      ['clickhouseCa', () => made.client.key, /holds no certificate in PEM$/],
      ['clickhouseCert', () => made.client.key, /holds no certificate in PEM$/],
      ['clickhouseKey', () => made.authority, /holds no key without a passphrase in PEM$/],
      ['clickhouseKey', () => made.stranger.key, /is not the key of the certificate$/],
    ] as const)('a wrong file in %s is said', async (setting, file, words) => {
      const sentence = await refusal({ ...withOwn(made.client), [setting]: file() });
      expect(sentence).toContain(`${setting} (${settingVariables[setting]}): `);
      expect(sentence).toMatch(words);
    });
  },
);
