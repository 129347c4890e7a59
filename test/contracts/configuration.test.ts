import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSettings, Settings, settingVariables } from '../../contracts/settings.ts';
import { artifactAccess } from '../../sinks/artifacts/artifactAccess.ts';

/** Rows of the page's one table: cells without their backquotes. */
function documented(): string[][] {
  const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  return page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
    );
}

describe('docs/configuration.md', () => {
  test('has each setting with its variable, in order, and no other', () => {
    const rows = documented().map(([variable, name]) => [name, variable]);
    expect(rows).toEqual(Object.entries(settingVariables));
    expect(Object.keys(settingVariables)).toEqual(Object.keys(Settings.shape));
  });

  test('has the defaults of the settings', () => {
    const defaults = readSettings({});
    const said = Object.fromEntries(documented().map(([, name, value]) => [name, value]));
    for (const name of Object.keys(Settings.shape) as (keyof Settings)[]) {
      expect([name, said[name]]).toEqual([name, String(defaults[name] ?? '')]);
    }
  });
});

describe('settings of a ClickHouse server', () => {
  const server = { CLICKHOUSE_URL: 'https://clickhouse:8443' };
  test.each([
    [
      { CLICKHOUSE_CLUSTER: 'main' },
      'clickhouseCluster (CLICKHOUSE_CLUSTER): needs CLICKHOUSE_URL',
    ],
    [{ CLICKHOUSE_CA: 'ca.pem' }, 'clickhouseCa (CLICKHOUSE_CA): needs an address with https'],
    [
      { CLICKHOUSE_URL: 'http://clickhouse:8123', CLICKHOUSE_CA: 'ca.pem' },
      'clickhouseCa (CLICKHOUSE_CA): needs an address with https',
    ],
    [{ ...server, CLICKHOUSE_CERT: 'c.pem' }, 'clickhouseCert (CLICKHOUSE_CERT): needs'],
    [{ ...server, CLICKHOUSE_KEY: 'c.key' }, 'clickhouseKey (CLICKHOUSE_KEY): needs'],
    [
      { ...server, CLICKHOUSE_CERT: 'c', CLICKHOUSE_KEY: 'k', CLICKHOUSE_PASSWORD: 'p' },
      'clickhouseCert (CLICKHOUSE_CERT): stands in the place of CLICKHOUSE_PASSWORD',
    ],
    [{ ...server, CLICKHOUSE_CLUSTER: "a'b" }, 'clickhouseCluster (CLICKHOUSE_CLUSTER): expected'],
    [
      { CLICKHOUSE_REPLICA_PATH: "/a'" },
      'clickhouseReplicaPath (CLICKHOUSE_REPLICA_PATH): expected',
    ],
    [
      { CLICKHOUSE_REPLICA_NAME: "a'" },
      'clickhouseReplicaName (CLICKHOUSE_REPLICA_NAME): expected',
    ],
  ])('half of them is a mistake: %o', (environment, words) => {
    expect(() => readSettings(environment)).toThrow(words);
  });

  test('all of them are taken', () => {
    const settings = readSettings({
      ...server,
      CLICKHOUSE_CA: 'ca.pem',
      CLICKHOUSE_CERT: 'c.pem',
      CLICKHOUSE_KEY: 'c.key',
      CLICKHOUSE_CLUSTER: 'main-1.eu',
    });
    expect(settings).toMatchObject({ clickhouseCa: 'ca.pem', clickhouseCluster: 'main-1.eu' });
  });
});

describe('settings of files of models', () => {
  const bucket = {
    MILLRACE_ARTIFACTS: 's3://models/at/millrace',
    S3_ACCESS_KEY: 'key',
    S3_SECRET_KEY: 'hush',
  };
  test.each([
    [{ S3_ENDPOINT: 'https://s3' }, 's3Endpoint (S3_ENDPOINT): needs s3://bucket/prefix in'],
    [{ S3_ACCESS_KEY: 'key' }, 's3AccessKey (S3_ACCESS_KEY): needs s3://bucket/prefix in'],
    [{ ...bucket, MILLRACE_ARTIFACTS: '/files' }, 's3AccessKey (S3_ACCESS_KEY): needs s3://'],
    [{ ...bucket, S3_ACCESS_KEY: '' }, 'artifacts (MILLRACE_ARTIFACTS): needs S3_ACCESS_KEY'],
    [{ ...bucket, S3_SECRET_KEY: '' }, 'artifacts (MILLRACE_ARTIFACTS): needs S3_SECRET_KEY'],
    [{ ...bucket, MILLRACE_ARTIFACTS: 's3://' }, 'artifacts (MILLRACE_ARTIFACTS): expected a'],
    [{ ...bucket, MILLRACE_ARTIFACTS: 's3://models/a b' }, 'expected a directory, or s3://'],
    [{ ...bucket, MILLRACE_ARTIFACTS: 'gs://models' }, 'expected a directory, or s3://'],
    [{ ...bucket, MILLRACE_ARTIFACTS: 's3://key:hush@models' }, 'expected a directory, or s3://'],
    [
      { ...bucket, S3_ENDPOINT: 'https://key:hush@s3' },
      's3Endpoint (S3_ENDPOINT): expected no user',
    ],
    [{ ...bucket, S3_ENDPOINT: 'ftp://key:hush@s3' }, 's3Endpoint (S3_ENDPOINT): Invalid URL'],
    [{ ...bucket, S3_ADDRESSES: 'both' }, 's3Addresses (S3_ADDRESSES): '],
  ])('half of them is a mistake, and no key is repeated: %o', (environment, words) => {
    expect(() => readSettings(environment)).toThrow(words);
    expect(() => readSettings(environment)).not.toThrow(/hush/);
  });

  test('say where they lie, as plain data', () => {
    const at = (environment: Record<string, string>) =>
      artifactAccess(readSettings({ MILLRACE_DATA: 'there', ...environment }));
    expect(at({})).toEqual({ kind: 'directory', directory: 'there/artifacts' });
    expect(at({ MILLRACE_ARTIFACTS: '/files' })).toEqual({
      kind: 'directory',
      directory: '/files',
    });
    const access = {
      ...{ kind: 's3', bucket: 'models', prefix: 'at/millrace', region: 'us-east-1' },
      ...{ endpoint: 'https://s3.us-east-1.amazonaws.com', addresses: 'path' },
      ...{ accessKey: 'key', secretKey: 'hush', cache: 'there/artifacts-cache' },
    };
    expect(at(bucket)).toEqual(access);
    expect(structuredClone(at(bucket))).toEqual(access);
    const other = { MILLRACE_ARTIFACTS: 's3://models/', S3_ENDPOINT: 'http://minio:9000' };
    expect(at({ ...bucket, ...other, S3_ADDRESSES: 'host' })).toEqual({
      ...access,
      ...{ prefix: '', endpoint: 'http://minio:9000', addresses: 'host' },
    });
  });
});

describe('settings of e-mail', () => {
  const mail = { SMTP_URL: 'smtps://me:hush@mail.example:465', SMTP_FROM: 'millrace@example.org' };
  test.each([
    [{ SMTP_URL: mail.SMTP_URL }, 'smtpUrl (SMTP_URL): needs SMTP_FROM as well'],
    [{ SMTP_FROM: mail.SMTP_FROM }, 'smtpFrom (SMTP_FROM): needs SMTP_URL as well'],
    [{ ...mail, SMTP_URL: 'https://me:hush@mail.example' }, 'smtpUrl (SMTP_URL): Invalid URL'],
    [{ ...mail, SMTP_URL: 'me:hush@mail.example' }, 'smtpUrl (SMTP_URL): Invalid URL'],
    [{ ...mail, SMTP_FROM: 'millrace' }, 'smtpFrom (SMTP_FROM): expected an address'],
    [{ ...mail, SMTP_FROM: 'M <m@example.org> more' }, 'smtpFrom (SMTP_FROM): expected an address'],
    [
      { ...mail, SMTP_FROM: 'M\r\nBcc: <m@example.org>' },
      'smtpFrom (SMTP_FROM): expected an address',
    ],
  ])('half of them is a mistake, and no password is repeated: %o', (environment, words) => {
    expect(() => readSettings(environment)).toThrow(words);
    expect(() => readSettings(environment)).not.toThrow(/hush/);
  });

  test.each(['millrace@example.org', 'Millrace <millrace@example.org>', 'Störung <m@example.org>'])(
    'all of them are taken: %s',
    (from) => {
      const { smtpUrl, smtpFrom } = readSettings({ ...mail, SMTP_FROM: from });
      expect([smtpUrl, smtpFrom]).toEqual([mail.SMTP_URL, from]);
    },
  );
});

describe('settings of a schema registry', () => {
  const broker = { KAFKA_BROKERS: 'kafka:9092' };
  const registry = { ...broker, SCHEMA_REGISTRY_URL: 'https://registry:8081' };
  test.each([
    [{ SCHEMA_REGISTRY_URL: 'http://r' }, 'schemaRegistryUrl (SCHEMA_REGISTRY_URL): needs KAFKA'],
    [{ ...broker, SCHEMA_REGISTRY_USER: 'u' }, 'schemaRegistryUser (SCHEMA_REGISTRY_USER): needs'],
    [
      { ...broker, SCHEMA_REGISTRY_TOKEN: 't' },
      'schemaRegistryToken (SCHEMA_REGISTRY_TOKEN): needs SCHEMA_REGISTRY_URL',
    ],
    [{ ...broker, SCHEMA_REGISTRY_CA: 'ca' }, 'schemaRegistryCa (SCHEMA_REGISTRY_CA): needs'],
    [
      { ...broker, SCHEMA_REGISTRY_URL: 'http://r', SCHEMA_REGISTRY_CA: 'ca' },
      'schemaRegistryCa (SCHEMA_REGISTRY_CA): needs an address with https',
    ],
    [
      { ...registry, SCHEMA_REGISTRY_PASSWORD: 'p' },
      'schemaRegistryPassword (SCHEMA_REGISTRY_PASSWORD): needs SCHEMA_REGISTRY_USER',
    ],
    [
      { ...registry, SCHEMA_REGISTRY_USER: 'u', SCHEMA_REGISTRY_TOKEN: 't' },
      'schemaRegistryToken (SCHEMA_REGISTRY_TOKEN): stands in the place of SCHEMA_REGISTRY_USER',
    ],
    [
      { ...broker, SCHEMA_REGISTRY_URL: 'registry:8081' },
      'schemaRegistryUrl (SCHEMA_REGISTRY_URL): Invalid URL',
    ],
  ])('half of them is a mistake: %o', (environment, words) => {
    expect(() => readSettings(environment)).toThrow(words);
  });

  test.each(['https://me:se@cret@registry', 'ftp://me:se@cret@registry,https://me:secret@other'])(
    'a password in %s is refused, and not repeated',
    (address) => {
      const read = () => readSettings({ ...broker, SCHEMA_REGISTRY_URL: address });
      expect(read).toThrow(/^schemaRegistryUrl \(SCHEMA_REGISTRY_URL\): /);
      expect(read).not.toThrow(/cret/);
    },
  );

  test('all of them are taken', () => {
    const several = { ...registry, SCHEMA_REGISTRY_URL: 'https://one, http://two:8081' };
    const { schemaRegistryUrl, schemaRegistryUser } = readSettings({
      ...several,
      SCHEMA_REGISTRY_USER: 'u',
      SCHEMA_REGISTRY_PASSWORD: 'p',
      SCHEMA_REGISTRY_CA: 'ca.pem',
    });
    expect(schemaRegistryUrl).toEqual(['https://one', 'http://two:8081']);
    expect(schemaRegistryUser).toBe('u');
  });
});
