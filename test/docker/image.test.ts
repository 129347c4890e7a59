/**
 * The image and the composition fit the code: versions, settings, the files that the engine needs, and what must not be in
 * them. Whether Docker builds and runs them is not tested here.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../api/loopback.ts';
import { readSettings, roles, settingVariables } from '../../contracts/settings.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string | number>>;
  readonly network_mode?: string;
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface Composition {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

// The parser comes with Fastify's description of the API.
const require = createRequire(createRequire(import.meta.url).resolve('@fastify/swagger'));
const yaml = require('yaml') as {
  parse(text: string, options: { merge: boolean }): Composition;
};
const { services, volumes } = yaml.parse(read('docker/compose.yaml'), { merge: true });
const engines = Object.entries(services).filter(([, { image }]) => image === 'millrace');

const manifest = JSON.parse(read('package.json')) as {
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
};
const installer = read('sources/kafka/native/install.mjs');

interface Instruction {
  readonly name: string;
  readonly value: string;
}

/** Without comments, and continued lines put together. */
const dockerfile: Instruction[] = read('docker/Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => /^(\w+) (.*)$/.exec(line)!)
  .map(([, name, value]) => ({ name: name!, value: value! }));
const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ name }) => name === 'FROM'));

function valuesOf(name: string, among = dockerfile): string[] {
  return among.filter((instruction) => instruction.name === name).map(({ value }) => value);
}

/** The command of the health check: program and arguments. */
function healthCommand(): string[] {
  return JSON.parse(/CMD (\[.*\])$/.exec(valuesOf('HEALTHCHECK', lastStage)[0]!)![1]!) as string[];
}

/** Files of these folders, and what they import of others, such as charts of the dashboard that go into messages. */
function reachedFrom(folders: readonly string[]): ReadonlySet<string> {
  const files = new Set(
    folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => join(folder, name)),
    ),
  );
  for (const file of files) {
    for (const name of specifiersOf(file)) {
      if (/^\..*\.tsx?$/.test(name)) files.add(join(dirname(file), name));
    }
  }
  return files;
}

/** Types are gone when the code runs. */
function specifiersOf(file: string): string[] {
  const code = read(file).replaceAll(/^import type [^;]*;/gm, '');
  return [...code.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
}

/** Packages that the files of these folders import. */
function importedBy(folders: readonly string[]): Set<string> {
  const specifiers = [...reachedFrom(folders)].flatMap(specifiersOf);
  const packages = specifiers.filter((name) => !name.startsWith('.'));
  return new Set(packages.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]));
}

/** Folders whose compiled code is in the image. */
const inImage = [
  'contracts',
  'stats',
  'models',
  'operators',
  'sources',
  'sinks',
  'pipelines',
  'control',
  'api',
  'cli',
];

describe('the image', () => {
  test('stands on a Node that the engine takes', () => {
    const stages = valuesOf('FROM').map((value) => /^(\S+) AS (\S+)$/.exec(value)!);
    const names = stages.map(([, , name]) => name);
    const outside = stages.map(([, base]) => base).filter((base) => !names.includes(base));
    expect(outside).toEqual(['node:20-bookworm-slim']);
    expect(manifest.engines.node).toMatch(/^\^20\./);
  });

  test('runs as a user without rights, and the engine gets the signals', () => {
    expect(valuesOf('USER', lastStage)).toEqual(['node']);
    expect(JSON.parse(valuesOf('ENTRYPOINT', lastStage)[0]!)).toEqual([
      'node',
      'dist/cli/millrace.js',
    ]);
    expect(JSON.parse(valuesOf('CMD', lastStage)[0]!)).toEqual(['start', '--no-campus']);
  });

  test('has every package that its code imports, and none that only the dashboard does', () => {
    const removed = valuesOf('RUN')
      .join('\n')
      .match(/npm pkg delete ([^&]*)/)![1]!
      .trim()
      .split(/\s+/)
      .map((path) => path.replace('dependencies.', ''));
    const needed = importedBy(inImage);
    const shown = importedBy(['ui']);
    const onlyShown = [...shown].filter(
      (name) => Object.hasOwn(manifest.dependencies, name) && !needed.has(name),
    );
    expect(removed.filter((name) => needed.has(name))).toEqual([]);
    expect(removed.toSorted()).toEqual(onlyShown.toSorted());
  });

  test('has the libraries that the Kafka client is linked to', () => {
    const runtime: Record<string, string> = {
      'libcurl4-openssl-dev': 'libcurl4',
      'libssl-dev': 'libssl3',
      'libsasl2-dev': 'libsasl2-2',
      'libzstd-dev': 'libzstd1',
      'zlib1g-dev': 'zlib1g',
      'liblz4-dev': 'liblz4-1',
    };
    const installed = valuesOf('RUN', lastStage).join(' ').split(/\s+/);
    const headers = [...installer.matchAll(/^ {2}'?([\w-]+-dev)'?: \[/gm)].map(
      (match) => match[1]!,
    );
    expect(headers.toSorted()).toEqual(Object.keys(runtime).toSorted());
    expect(Object.values(runtime).filter((name) => !installed.includes(name))).toEqual([]);
  });

  test('is given what the build reads, and nothing else', () => {
    const list = /^const sources = \[([^\]]*)\]/m.exec(read('setup.mjs'))![1]!;
    const sources = [...list.matchAll(/'([^']+)'/g)].map((match) => match[1]!);
    const lines = read('docker/Dockerfile.dockerignore').split('\n');
    const admitted = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(lines.filter((line) => line !== '' && !/^[#!]/.test(line))).toEqual([
      '*',
      '**/node_modules',
      '**/*.log',
    ]);
    expect(admitted.toSorted()).toEqual([...sources, 'package-lock.json', 'setup.mjs'].toSorted());
    const copied = valuesOf('COPY')
      .filter((value) => !value.startsWith('--from'))
      .flatMap((value) => value.split(' ').slice(0, -1));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('has the files that compiled code reads beside itself', () => {
    const copied = valuesOf('COPY', lastStage).join('\n');
    expect(copied).toMatch(/^package\.json \.\/$/m);
    expect(copied).toMatch(/^api\/docs\/tryIt\.js api\/docs\/$/m);
    expect(copied).toMatch(/^sinks\/clickhouse\/migrations sinks\/clickhouse\/migrations$/m);
    expect(copied).toMatch(/^--from=kafka \/app\/\.millrace\/kafka \.millrace\/kafka$/m);
  });

  test('is well when the engine answers, and not when none does', async () => {
    const [program, ...args] = healthCommand();
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url!);
      response.end('ok\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const check = async () => {
      const child = spawn(program!, args, { env: { ...process.env, PORT: `${port}` } });
      return (await once(child, 'exit'))[0] as number;
    };
    expect(await check()).toBe(0);
    expect(paths).toEqual(['/livez']);
    server.close();
    server.closeAllConnections();
    expect(await check()).toBe(1);
  });
});

/** As with the `.env` that docker/README.md tells to write. */
function filled(value: string): string {
  return value.startsWith('${MILLRACE_PSEUDONYM_KEY:') ? 'ab'.repeat(32) : value;
}

describe('the composition', () => {
  test('runs each role once, with settings that the engine takes', () => {
    const chosen = engines.flatMap(([, { environment }]) => {
      const known = new Set(Object.values(settingVariables));
      const given = Object.entries(environment).map(([name, value]) => [name, filled(`${value}`)]);
      expect(given.filter(([name]) => !known.has(name!) && !name!.startsWith('KAFKA_'))).toEqual(
        [],
      );
      const settings = readSettings(Object.fromEntries(given) as Record<string, string>);
      expect(isLoopback(settings.host)).toBe(true);
      return settings.roles;
    });
    expect(chosen.toSorted()).toEqual([...roles].toSorted());
  });

  test('gives the engine addresses at which Kafka and ClickHouse are published', () => {
    const kafka = services['kafka']!;
    const clickhouse = services['clickhouse']!;
    for (const [, { environment }] of engines) {
      expect(kafka.ports).toEqual([`${environment['KAFKA_BROKERS']}:9092`]);
      expect(`PLAINTEXT://${environment['KAFKA_BROKERS']}`).toBe(
        kafka.environment['KAFKA_ADVERTISED_LISTENERS'],
      );
      const { host } = new URL(`${environment['CLICKHOUSE_URL']}`);
      expect(clickhouse.ports).toEqual([`${host}:8123`]);
      for (const name of ['CLICKHOUSE_USER', 'CLICKHOUSE_PASSWORD']) {
        expect(environment[name]).toBe(clickhouse.environment[name]);
      }
    }
  });

  test('can be reached from its own machine only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(engines.map(([, { network_mode: mode }]) => mode)).toEqual(engines.map(() => 'host'));
  });

  test('names the versions that the engine is tested with', () => {
    const pom = read('test/support/kafkaBroker.pom.xml');
    const kafka = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([\d.]+)</.exec(pom)![1];
    expect(services['kafka']!.image).toBe(`apache/kafka:${kafka}`);
    const chdb = JSON.parse(read('node_modules/chdb/package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    const lines = Object.values(chdb.optionalDependencies).map(
      (text) => /^\d+\.\d+/.exec(text)![0],
    );
    expect(new Set(lines).size).toBe(1);
    expect(services['clickhouse']!.image).toBe(`clickhouse/clickhouse-server:${lines[0]}`);
  });

  test('starts everything again, and waits for health where there is a check', () => {
    for (const [name, { restart, healthcheck, depends_on: needs = {} }] of Object.entries(
      services,
    )) {
      expect(restart, name).toBe('unless-stopped');
      for (const [needed, { condition }] of Object.entries(needs)) {
        expect(condition, `${name} needs ${needed}`).toBe('service_healthy');
        expect(services[needed]?.healthcheck?.disable, `${name} needs ${needed}`).not.toBe(true);
      }
      // Only the role serving has a port to ask.
      const serves = !engines.some(([engine]) => engine === name) || name === 'serving';
      expect(healthcheck?.disable ?? false, name).toBe(!serves);
    }
  });

  test('has the volumes and files that it mounts', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
    const sources = mounted.map((text) => text.split(':')[0]!);
    const named = sources.filter((source) => !source.startsWith('.'));
    expect([...new Set(named)].toSorted()).toEqual(Object.keys(volumes).toSorted());
    const files = sources.filter((source) => source.startsWith('.'));
    expect(files.filter((file) => !existsSync(join(root, 'docker', file)))).toEqual([]);
  });
});

test('neither image nor composition has a secret in it', () => {
  const given = Object.values(services).flatMap(({ environment }) => Object.entries(environment));
  const secrets = given.filter(([name]) => /PASSWORD|SECRET|TOKEN|CREDENTIAL/.test(name));
  expect(secrets.length).toBeGreaterThan(0);
  expect(secrets.filter(([, value]) => !/^\$\{\w+:\?[^}]+\}$/.test(`${value}`))).toEqual([]);
  const declared = [...valuesOf('ENV'), ...valuesOf('ARG')].join(' ');
  expect(declared).not.toMatch(/PASSWORD|SECRET|TOKEN|CREDENTIAL/);
});
