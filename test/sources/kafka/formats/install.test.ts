/** The set-up of a schema registry's client in a directory of its own, with an npm that only pretends. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

type Step = (name: string, program: string, args: readonly string[], options: object) => string;

const client = fileURLToPath(new URL('../../../../sources/kafka/formats/client/', import.meta.url));
let root: string;
let installFormats: (step: Step) => void;
let steps: (readonly string[])[];
let loads: boolean;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const copy = join(root, 'sources/kafka/formats/client');
  mkdirSync(copy, { recursive: true });
  for (const name of ['install.mjs', 'package.json', 'package-lock.json']) {
    copyFileSync(join(client, name), join(copy, name));
  }
  ({ installFormats } = await import(pathToFileURL(join(copy, 'install.mjs')).href));
  steps = [];
  loads = true;
});
afterEach(() => rmSync(root, { recursive: true }));

function put(name: string, content: string): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const modules = '.millrace/schema-registry/node_modules';
const step: Step = (_name, program, args) => {
  steps.push([program, ...args]);
  for (const name of ['schemaregistry-client', 'serde/serde', 'serde/avro', 'serde/protobuf']) {
    const content = loads ? '' : "throw new Error('no such module');";
    put(`${modules}/@confluentinc/schemaregistry/dist/${name}.js`, content);
  }
  put(`${modules}/@aws-sdk/client-kms/index.js`, '');
  put(`${modules}/avsc/index.js`, '');
  return '';
};
const isStamped = () => existsSync(join(root, '.millrace/schema-registry/.installed'));

test('the lock file is installed without any install script, once, and without services for keys', () => {
  installFormats(step);
  expect(steps).toHaveLength(1);
  expect(steps[0]!.slice(0, 2)).toEqual(['npm', 'ci']);
  expect(steps[0]).toContain('--ignore-scripts');
  expect(existsSync(join(root, modules, '@aws-sdk'))).toBe(false);
  expect(existsSync(join(root, modules, 'avsc'))).toBe(true);
  installFormats(step);
  expect(steps).toHaveLength(1);
  put('sources/kafka/formats/client/package-lock.json', '{}');
  installFormats(step);
  expect(steps).toHaveLength(2);
});

test('a client that does not load is not taken for installed', () => {
  loads = false;
  expect(() => installFormats(step)).toThrow(
    'the schema registry client does not load: Error: no such module',
  );
  expect(isStamped()).toBe(false);
});

test('a step that fails says so', () => {
  expect(() => installFormats(() => 'npm failed')).toThrow('npm failed');
  expect(isStamped()).toBe(false);
});
