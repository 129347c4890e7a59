/**
 * Installs the client of a schema registry, with the formats that it reads, into .millrace/schema-registry.
 *
 * Node built-ins only, because it may run before anything is installed. Why apart from the other packages:
 * docs/decisions/0013-schema-registry.md.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const manifests = dirname(fileURLToPath(import.meta.url));
const target = join(manifests, '../../../../.millrace/schema-registry');
const modules = join(target, 'node_modules');
const stamp = join(target, '.installed');

/**
 * What only the services need that keep keys for encrypted fields, which the engine does not read: four fifths of the size.
 * The modules that it loads require none of them.
 */
const keyServices = [
  '@aws',
  '@aws-sdk',
  '@azure',
  '@azure-rest',
  '@bufbuild/cel',
  '@bufbuild/cel-spec',
  '@google-cloud',
  '@grpc',
  '@protobufjs',
  '@smithy',
  '@types',
  '@typespec',
  'google-gax',
  'protobufjs',
  'web-streams-polyfill',
];

/** What `loadRegistry.ts` loads. */
const loaded = ['schemaregistry-client', 'serde/serde', 'serde/avro', 'serde/protobuf'];

/**
 * Does nothing when the packages of the lock file are installed.
 *
 * @param step runs a program, its output shown: (name, program, args, options) → what went wrong, or ''
 * @throws Error with one sentence for the user
 */
export function installFormats(step) {
  const lock = readFileSync(join(manifests, 'package-lock.json'));
  const value = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === value) return;
  rmSync(stamp, { force: true });
  mkdirSync(target, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(join(manifests, name), join(target, name));
  }
  const failure = step(
    'installing the schema registry client (about 170 MB, of which 40 stay)',
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: target },
  );
  if (failure !== '') throw new Error(failure);
  for (const name of keyServices) rmSync(join(modules, name), { recursive: true, force: true });
  const problem = loadFailure();
  if (problem !== '') throw new Error(`the schema registry client does not load: ${problem}`);
  writeFileSync(stamp, value);
}

function loadFailure() {
  const paths = loaded.map((name) => join(modules, '@confluentinc/schemaregistry/dist', name));
  const script = 'for (const path of process.argv.slice(1)) require(path)';
  const { status, stderr } = spawnSync(process.execPath, ['-e', script, ...paths], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : (/^\w*Error: .*$/m.exec(stderr)?.[0] ?? `status ${status}`);
}
