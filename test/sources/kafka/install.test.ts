/** The set-up of the Kafka client in a directory of its own, with an npm and a compiler that only pretend. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

interface Options {
  readonly env?: Readonly<Record<string, string>>;
}
type Step = (name: string, program: string, args: readonly string[], options: Options) => string;
type InstallKafka = (step: Step, mayInstallPackages: boolean, system: string) => void;

const native = fileURLToPath(new URL('../../../sources/kafka/native/', import.meta.url));
let root: string;
let installKafka: InstallKafka;
let steps: { name: string; args: readonly string[]; env: Options['env'] }[];
/** What the pretended packages do. */
let hasPrebuilt: boolean;
let loads: boolean;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const copy = join(root, 'sources/kafka/native');
  mkdirSync(copy, { recursive: true });
  for (const name of ['install.mjs', 'package.json', 'package-lock.json']) {
    copyFileSync(join(native, name), join(copy, name));
  }
  ({ installKafka } = await import(pathToFileURL(join(copy, 'install.mjs')).href));
  steps = [];
  hasPrebuilt = true;
  loads = true;
});
afterEach(() => rmSync(root, { recursive: true }));

function put(name: string, content: string): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const step: Step = (name, program, args, options) => {
  steps.push({ name, args, env: options.env });
  if (program !== 'npm') return '';
  const modules = '.millrace/kafka/node_modules';
  put(`${modules}/@mapbox/node-pre-gyp/bin/node-pre-gyp`, `process.exit(${hasPrebuilt ? 0 : 1});`);
  put(
    `${modules}/@confluentinc/kafka-javascript/index.js`,
    loads ? '' : "throw new Error('no binary');",
  );
  return '';
};

/** A system without any of what a build needs, but with Debian's package manager. */
function bareDebian(): string {
  put('usr/bin/apt-get', '');
  return join(root, 'usr');
}

const install = (mayInstallPackages = false) =>
  installKafka(step, mayInstallPackages, bareDebian());
const isStamped = () => existsSync(join(root, '.millrace/kafka/.installed'));

test('a prebuilt binary is taken, and nothing is done a second time', () => {
  install();
  expect(steps.map(({ args }) => args[0])).toEqual(['ci']);
  expect(steps[0]?.args).toContain('--ignore-scripts');
  install();
  expect(steps).toHaveLength(1);
});

test('a client of another lock file is replaced', () => {
  install();
  put('sources/kafka/native/package-lock.json', '{}');
  install();
  expect(steps).toHaveLength(2);
});

test('without a prebuilt binary it is built: against the libraries of the system, one job at a time', () => {
  hasPrebuilt = false;
  put('usr/bin/nothing', '');
  installKafka(step, false, join(root, 'usr')); // no apt-get: no word on what is missing
  const { args, env } = steps.at(-1) ?? {};
  expect(args?.[1]).toBe('rebuild');
  expect(env).toMatchObject({
    CKJS_LINKING: 'dynamic',
    MAKEFILES: join(root, '.millrace/kafka/serial.mk'),
  });
  expect(isStamped()).toBe(true);
});

test('what the build lacks is named, and installed only where that is allowed', () => {
  hasPrebuilt = false;
  expect(() => install()).toThrow(/needs: apt-get install g\+\+ make .* liblz4-dev; then run npm/);
  expect(isStamped()).toBe(false);
});

test.runIf(process.getuid?.() === 0)('root may have it installed', () => {
  hasPrebuilt = false;
  install(true);
  const [list, packages] = steps.filter(({ env }) => env?.['DEBIAN_FRONTEND'] !== undefined);
  expect(list?.args).toContain('update');
  expect(packages?.args).toEqual(expect.arrayContaining(['install', 'g++', 'libsasl2-dev']));
});

test('a client that does not load is not taken for installed', () => {
  loads = false;
  expect(() => installKafka(step, false, join(root, 'none'))).toThrow(
    'the Kafka client does not load: Error: no binary',
  );
  expect(isStamped()).toBe(false);
});

test('a step that fails says so', () => {
  const failing: Step = () => 'npm failed';
  expect(() => installKafka(failing, false, bareDebian())).toThrow('npm failed');
});
