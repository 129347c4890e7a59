/** Settings of the engine, read once at start from the environment; the command line overrides them. */
import { z } from 'zod';
import { EngineError } from './errors.ts';
import { groupMinDefault, groupMinLeast, groupMinMost } from './groupMin.ts';
import { Retention } from './retention.ts';

export const roles = ['data', 'control', 'serving'] as const;
export type Role = (typeof roles)[number];

const list = z.string().transform((text) => text.split(',').map((name) => name.trim()));

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Of files of models: the bucket, and the prefix of names. */
export const s3Place = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[\w.-]+)*)\/?$/;

function isArtifactsPlace(text: string): boolean {
  return !/^\w+:\/\//.test(text) || s3Place.test(text);
}

const Origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => new URL(text).origin === text.replace(/\/$/, '').toLowerCase(),
    'expected scheme and host alone, such as https://millrace.example.edu',
  )
  .transform((text) => new URL(text).origin);

export const Settings = z.object({
  /** What this process does: any of data, control and serving, separated by commas. */
  roles: list.pipe(z.array(z.enum(roles)).min(1)).default([...roles]),
  /** Addresses of Kafka brokers, `host:port,…`; without them the embedded event log is used. */
  kafkaBrokers: z.string().min(1).optional(),
  /** Topic of the events; made when it is absent. */
  topic: z
    .string()
    .regex(/^[\w.-]{1,249}$/, 'expected a name of a topic')
    .default('millrace-events'),
  /** Begins the names of the consumer groups: `<group>-<pipeline>`. */
  group: z.string().min(1).max(200).default('millrace'),
  /** Processes that share the partitions of a topic; by default one less than there are processors. */
  processes: z.coerce.number().int().min(1).max(64).optional(),
  /** Addresses of a schema registry, by commas: values of the topic that it frames are read by their schemas. */
  schemaRegistryUrl: list.pipe(z.array(z.url({ protocol: /^https?$/ })).min(1)).optional(),
  /** User of the registry with a password … */
  schemaRegistryUser: z.string().min(1).optional(),
  schemaRegistryPassword: z.string().optional(),
  /** … or a bearer token. */
  schemaRegistryToken: z.string().min(1).optional(),
  /** PEM file of the authorities that vouch for a registry with https, when they are private. */
  schemaRegistryCa: z.string().min(1).optional(),
  /** Address of a ClickHouse server; without it the embedded one is used. */
  clickhouseUrl: z.url({ protocol: /^https?$/ }).optional(),
  clickhouseUser: z.string().min(1).default('default'),
  clickhousePassword: z.string().default(''),
  clickhouseDatabase: z
    .string()
    .regex(/^\w+$/, 'expected letters, digits and _')
    .default('millrace'),
  /** PEM file of the authorities that vouch for a ClickHouse server with https, when they are private. */
  clickhouseCa: z.string().min(1).optional(),
  /** PEM file of a certificate by which the server knows the user, in the place of a password … */
  clickhouseCert: z.string().min(1).optional(),
  /** … and PEM file of its key. */
  clickhouseKey: z.string().min(1).optional(),
  /** Cluster of ClickHouse servers, one shard with any number of replicas: tables are made on all, replicated. */
  clickhouseCluster: z
    .string()
    .regex(/^[\w.-]+$/, 'expected letters, digits, _, . and -')
    .optional(),
  /** Path of a replicated table in Keeper, with the macros of the servers. */
  clickhouseReplicaPath: z
    .string()
    .regex(/^\/[\w{}/.-]+$/, 'expected a path with macros in braces')
    .default('/clickhouse/tables/{shard}/{database}/{table}'),
  /** Name of a replica, with the macros of the servers. */
  clickhouseReplicaName: z
    .string()
    .regex(/^[\w{}.-]+$/, 'expected a name with macros in braces')
    .default('{replica}'),
  /** Directory of the embedded event log and the embedded ClickHouse. */
  data: z.string().min(1).default('data'),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Under which others reach it, by commas: `https://millrace.example.edu`; needed when `host` is not loopback. */
  origins: list.pipe(z.array(Origin).min(1)).default([]),
  /** Addresses of proxies, by commas, whose `X-Forwarded-For` is believed: such as `10.0.0.0/8`; `loopback` is this machine. */
  trustedProxies: list
    .pipe(z.array(z.string().regex(/^(loopback|[0-9a-f:.]+(\/\d{1,3})?)$/i)).min(1))
    .default(['loopback']),
  /** Requests per second of one API key; of a session or an address a tenth. */
  rateLimit: z.coerce.number().min(1).max(1_000_000).default(5_000),
  /** How long a session of a person lasts, hours, … */
  sessionHours: z.coerce.number().positive().max(720).default(12),
  /** … and without a request, minutes. */
  sessionIdleMinutes: z.coerce.number().positive().max(43_200).default(60),
  /**
   * Partitions of a new event log, embedded or on Kafka: fixed when it is made. By default those of the log that is there;
   * for a new one, one less than there are processors, because ClickHouse needs one.
   */
  partitions: z.coerce.number().int().min(1).max(64).optional(),
  /** Outputs are written after this time, ms, … */
  epochMs: z.coerce.number().int().min(10).max(60_000).default(300),
  /** … or after this many events, whichever comes first. */
  epochEvents: z.coerce.number().int().min(1).max(1_000_000).default(100_000),
  /** Least time between two checkpoints of a partition's state, ms: what a recovery computes again at most. */
  checkpointMs: z.coerce.number().int().min(10).max(600_000).default(2_000),
  /**
   * Whether the answer to a decision of a policy waits until the decision is durable in the log (`before`), or goes out
   * beside it (`beside`): some ms sooner, and a decision may be lost with the process.
   */
  decisionLog: z.enum(['before', 'beside']).default('before'),
  /** Committed events leave the embedded log after this many hours. */
  retentionHours: z.coerce.number().min(0).default(72),
  /** How long rows of tables are kept, `events=365d,examples=forever`; what is absent has its default. */
  retention: Retention.optional(),
  /** Largest size of the embedded log, in GiB. */
  logGiB: z.coerce
    .number()
    .min(1 / 1024)
    .max(1024)
    .default(16),
  /** Figures of groups of fewer people are not shown. */
  groupMin: z.coerce.number().int().min(groupMinLeast).max(groupMinMost).default(groupMinDefault),
  /**
   * Whether users are known under pseudonyms, keyed hashes of their ids: `on`, `off`; by default what the data were begun with, and
   * `on` for new data.
   */
  pseudonyms: z.enum(['on', 'off']).optional(),
  /** Key of the pseudonyms, 64 hexadecimal digits; by default one that is made in the data directory … */
  pseudonymKey: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/i,
      'expected 64 hexadecimal digits, as `openssl rand -hex 32` makes them',
    )
    .optional(),
  /** … or the file that holds it. */
  pseudonymKeyFile: z.string().min(1).optional(),
  /** Zone in which days and hours are local, by its IANA name; by default that of the process. */
  timeZone: z.string().refine(isTimeZone, 'expected a time zone, such as Europe/Berlin').optional(),
  /** Server that takes e-mail about alerts: `smtp://user:password@host:587`, `smtps://…` for TLS from the start … */
  smtpUrl: z.url({ protocol: /^smtps?$/ }).optional(),
  /** … and from whom it is: an address, or a name with the address in angle brackets. */
  smtpFrom: z
    .string()
    .regex(/^([^<>\p{Cc}]*<[^\s<>@]+@[\w.-]+>|[^\s<>@]+@[\w.-]+)$/u, 'expected an address')
    .optional(),
  /** Where files of models lie: a directory, by default `artifacts` in that of `data`, or `s3://bucket/prefix`. */
  artifacts: z
    .string()
    .min(1)
    .refine(isArtifactsPlace, 'expected a directory, or s3://bucket/prefix')
    .optional(),
  /** Address of a store that speaks S3; by default that of AWS in the region. */
  s3Endpoint: z.url({ protocol: /^https?$/ }).optional(),
  s3Region: z
    .string()
    .regex(/^[\w-]+$/, 'expected the name of a region')
    .default('us-east-1'),
  s3AccessKey: z.string().min(1).optional(),
  s3SecretKey: z.string().min(1).optional(),
  /** Where the bucket stands in addresses: `host` where the store knows it by its name of host alone. */
  s3Addresses: z.enum(['path', 'host']).default('path'),
});
export type Settings = z.infer<typeof Settings>;

/** Environment variable of each setting. */
export const settingVariables: Record<keyof Settings, string> = {
  roles: 'MILLRACE_ROLES',
  kafkaBrokers: 'KAFKA_BROKERS',
  topic: 'MILLRACE_TOPIC',
  group: 'MILLRACE_GROUP',
  processes: 'MILLRACE_PROCESSES',
  schemaRegistryUrl: 'SCHEMA_REGISTRY_URL',
  schemaRegistryUser: 'SCHEMA_REGISTRY_USER',
  schemaRegistryPassword: 'SCHEMA_REGISTRY_PASSWORD',
  schemaRegistryToken: 'SCHEMA_REGISTRY_TOKEN',
  schemaRegistryCa: 'SCHEMA_REGISTRY_CA',
  clickhouseUrl: 'CLICKHOUSE_URL',
  clickhouseUser: 'CLICKHOUSE_USER',
  clickhousePassword: 'CLICKHOUSE_PASSWORD',
  clickhouseDatabase: 'CLICKHOUSE_DATABASE',
  clickhouseCa: 'CLICKHOUSE_CA',
  clickhouseCert: 'CLICKHOUSE_CERT',
  clickhouseKey: 'CLICKHOUSE_KEY',
  clickhouseCluster: 'CLICKHOUSE_CLUSTER',
  clickhouseReplicaPath: 'CLICKHOUSE_REPLICA_PATH',
  clickhouseReplicaName: 'CLICKHOUSE_REPLICA_NAME',
  data: 'MILLRACE_DATA',
  host: 'HOST',
  port: 'PORT',
  origins: 'MILLRACE_ORIGIN',
  trustedProxies: 'MILLRACE_TRUSTED_PROXIES',
  rateLimit: 'MILLRACE_RATE_LIMIT',
  sessionHours: 'MILLRACE_SESSION_HOURS',
  sessionIdleMinutes: 'MILLRACE_SESSION_IDLE_MINUTES',
  partitions: 'MILLRACE_PARTITIONS',
  epochMs: 'MILLRACE_EPOCH_MS',
  epochEvents: 'MILLRACE_EPOCH_EVENTS',
  checkpointMs: 'MILLRACE_CHECKPOINT_MS',
  decisionLog: 'MILLRACE_DECISION_LOG',
  retentionHours: 'MILLRACE_RETENTION_HOURS',
  retention: 'MILLRACE_RETENTION',
  logGiB: 'MILLRACE_LOG_GIB',
  groupMin: 'MILLRACE_GROUP_MIN',
  pseudonyms: 'MILLRACE_PSEUDONYMS',
  pseudonymKey: 'MILLRACE_PSEUDONYM_KEY',
  pseudonymKeyFile: 'MILLRACE_PSEUDONYM_KEY_FILE',
  timeZone: 'MILLRACE_TIME_ZONE',
  smtpUrl: 'SMTP_URL',
  smtpFrom: 'SMTP_FROM',
  artifacts: 'MILLRACE_ARTIFACTS',
  s3Endpoint: 'S3_ENDPOINT',
  s3Region: 'S3_REGION',
  s3AccessKey: 'S3_ACCESS_KEY',
  s3SecretKey: 'S3_SECRET_KEY',
  s3Addresses: 'S3_ADDRESSES',
};

/**
 * @param given values from the command line; those that are undefined come from `environment`, then from the defaults
 * @throws EngineError CONFIGURATION_INVALID naming the setting and what it takes
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  given: Readonly<Partial<Record<keyof Settings, unknown>>> = {},
): Settings {
  const input: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(settingVariables)) {
    const value = given[name as keyof Settings] ?? environment[variable];
    if (value !== undefined && value !== '') input[name] = value;
  }
  const parsed = Settings.safeParse(input);
  if (parsed.success) {
    expectShared(parsed.data);
    expectServer(parsed.data);
    expectRegistry(parsed.data);
    expectMail(parsed.data);
    expectArtifacts(parsed.data);
    expectOneKey(parsed.data);
    return parsed.data;
  }
  const issue = parsed.error.issues[0]!;
  const name = String(issue.path[0]) as keyof Settings;
  throw new EngineError(
    'CONFIGURATION_INVALID',
    `${name} (${settingVariables[name]}): ${issue.message}${secretive.has(name) ? '' : `, got ${shown(input[name])}`}`,
  );
}

/** A password may stand in them anywhere, where they are wrong: they are not repeated. */
const secretive: ReadonlySet<keyof Settings> = new Set(['smtpUrl', 's3SecretKey', 'pseudonymKey']);

/** Without what an address says of a user. */
function shown(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\/\/[^/",]*@/g, '//…@');
}

/** Processes with different roles meet in the event log and in ClickHouse: neither may be inside one of them. */
function expectShared({ roles: chosen, kafkaBrokers, clickhouseUrl }: Settings): void {
  if (roles.every((role) => chosen.includes(role))) return;
  if (kafkaBrokers !== undefined && clickhouseUrl !== undefined) return;
  throw new EngineError(
    'CONFIGURATION_INVALID',
    `roles (${settingVariables.roles}): a process without all of ${roles.join(', ')} needs ` +
      `${settingVariables.kafkaBrokers} and ${settingVariables.clickhouseUrl}`,
  );
}

/** @returns throws where a setting is given though something does not hold, without telling its value */
function expectation(settings: Settings) {
  return (name: keyof Settings, holds: boolean, words: string): void => {
    if (settings[name] === undefined || holds) return;
    const detail = `${name} (${settingVariables[name]}): ${words}`;
    throw new EngineError('CONFIGURATION_INVALID', detail);
  };
}

const needs = (name: keyof Settings) => `needs ${settingVariables[name]} as well`;

/** What is said of a server that does not exist, or half of it, is a mistake. */
function expectServer(settings: Settings): void {
  const expect = expectation(settings);
  const { clickhouseUrl, clickhouseCert, clickhouseKey, clickhousePassword } = settings;
  const secure = clickhouseUrl?.startsWith('https:') === true;
  expect('clickhouseCluster', clickhouseUrl !== undefined, needs('clickhouseUrl'));
  for (const name of ['clickhouseCa', 'clickhouseCert', 'clickhouseKey'] as const) {
    expect(name, secure, `needs an address with https in ${settingVariables.clickhouseUrl}`);
  }
  expect('clickhouseCert', clickhouseKey !== undefined, needs('clickhouseKey'));
  expect('clickhouseKey', clickhouseCert !== undefined, needs('clickhouseCert'));
  const instead = `stands in the place of ${settingVariables.clickhousePassword}, which is given too`;
  expect('clickhouseCert', clickhousePassword === '', instead);
}

/** As of the server above; and an address is shown in places where a password must not be. */
function expectRegistry(settings: Settings): void {
  const expect = expectation(settings);
  const { kafkaBrokers, schemaRegistryUrl: urls = [], schemaRegistryUser: user } = settings;
  const variable = settingVariables.schemaRegistryUrl;
  expect('schemaRegistryUrl', kafkaBrokers !== undefined, needs('kafkaBrokers'));
  const isBare = urls.every((url) => new URL(url).username === '');
  const elsewhere = `${settingVariables.schemaRegistryUser} and ${settingVariables.schemaRegistryPassword}`;
  expect('schemaRegistryUrl', isBare, `expected no user in it: that goes into ${elsewhere}`);
  for (const name of ['schemaRegistryUser', 'schemaRegistryToken', 'schemaRegistryCa'] as const) {
    expect(name, urls.length > 0, needs('schemaRegistryUrl'));
  }
  const secure = urls.some((url) => url.startsWith('https:'));
  expect('schemaRegistryCa', secure, `needs an address with https in ${variable}`);
  expect('schemaRegistryPassword', user !== undefined, needs('schemaRegistryUser'));
  const instead = `stands in the place of ${settingVariables.schemaRegistryUser}, which is given too`;
  expect('schemaRegistryToken', user === undefined, instead);
}

/** Mail needs both: who takes it, and from whom it is. */
function expectMail(settings: Settings): void {
  const expect = expectation(settings);
  expect('smtpUrl', settings.smtpFrom !== undefined, needs('smtpFrom'));
  expect('smtpFrom', settings.smtpUrl !== undefined, needs('smtpUrl'));
}

/** Of two keys one would be taken without a word. */
function expectOneKey(settings: Settings): void {
  const instead = `stands in the place of ${settingVariables.pseudonymKey}, which is given too`;
  expectation(settings)('pseudonymKeyFile', settings.pseudonymKey === undefined, instead);
}

/** A store that speaks S3 is told who asks; and an address is shown in places where a password must not be. */
function expectArtifacts(settings: Settings): void {
  const expect = expectation(settings);
  const { artifacts, s3Endpoint, s3AccessKey, s3SecretKey } = settings;
  const isS3 = artifacts?.startsWith('s3://') === true;
  for (const name of ['s3Endpoint', 's3AccessKey', 's3SecretKey'] as const) {
    expect(name, isS3, `needs s3://bucket/prefix in ${settingVariables.artifacts}`);
  }
  const isBare = s3Endpoint === undefined || new URL(s3Endpoint).username === '';
  const elsewhere = `${settingVariables.s3AccessKey} and ${settingVariables.s3SecretKey}`;
  expect('s3Endpoint', isBare, `expected no user in it: that goes into ${elsewhere}`);
  if (!isS3) return;
  expect('artifacts', s3AccessKey !== undefined, needs('s3AccessKey'));
  expect('artifacts', s3SecretKey !== undefined, needs('s3SecretKey'));
}

const kafkaPrefix = 'KAFKA_';

/** Environment variable of a setting of the Kafka client, named as librdkafka names it. */
export function kafkaVariable(setting: string): string {
  return kafkaPrefix + setting.toUpperCase().replaceAll('.', '_');
}

/**
 * Settings of the Kafka client from the environment: `KAFKA_SASL_USERNAME` is librdkafka's `sasl.username`, and so on; the
 * brokers are `bootstrap.servers`.
 */
export function kafkaSettings(
  brokers: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const settings: Record<string, string> = { 'bootstrap.servers': brokers };
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(kafkaPrefix) || name === settingVariables.kafkaBrokers) continue;
    if (value === undefined || value === '') continue;
    settings[name.slice(kafkaPrefix.length).toLowerCase().replaceAll('_', '.')] = value;
  }
  return settings;
}
