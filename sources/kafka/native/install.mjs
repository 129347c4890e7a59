/**
 * Installs the Kafka client into .millrace/kafka: the prebuilt binary where it can be downloaded, otherwise a build.
 *
 * Node built-ins only, because it may run before anything is installed. Why apart from the other packages:
 * docs/decisions/0008-kafka-client-apart.md.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const manifests = dirname(fileURLToPath(import.meta.url));
const target = join(manifests, '../../../.millrace/kafka');
const client = join(target, 'node_modules/@confluentinc/kafka-javascript');
const stamp = join(target, '.installed');
const log = join(target, 'install.log');
/** A blocked download may hang instead of failing. */
const downloadMs = 30_000;

/** Debian packages that the build needs, each with a file of the system that tells that it is there. */
const debianPackages = {
  'g++': ['bin/g++'],
  make: ['bin/make'],
  python3: ['bin/python3'],
  // Debian keeps curl's headers below the folder of the architecture.
  'libcurl4-openssl-dev': [
    'include/curl/curl.h',
    'include/x86_64-linux-gnu/curl/curl.h',
    'include/aarch64-linux-gnu/curl/curl.h',
  ],
  'libssl-dev': ['include/openssl/ssl.h'],
  'libsasl2-dev': ['include/sasl/sasl.h'],
  'libzstd-dev': ['include/zstd.h'],
  'zlib1g-dev': ['include/zlib.h'],
  'liblz4-dev': ['include/lz4.h'],
};

/** What only a build needs, most of it objects and static libraries: nine tenths of the size. */
const buildRemains = [
  'deps',
  'build/Release/obj.target',
  'build/deps/librdkafka-static.a',
  'build/deps/librdkafka.a',
  'build/deps/librdkafka++.a',
];

/**
 * Does nothing when the client of the lock file is installed for this Node.
 *
 * @param step runs a program, its output shown or in the log: (name, program, args, options) → what went wrong, or ''
 * @param mayInstallPackages whether Debian packages that the build lacks may be installed
 * @param system where the operating system keeps programs and headers
 * @throws Error with one sentence for the user
 */
export function installKafka(step, mayInstallPackages, system = '/usr') {
  const lock = readFileSync(join(manifests, 'package-lock.json'));
  const value = createHash('sha256')
    .update(lock)
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === value) return;
  rmSync(stamp, { force: true });
  mkdirSync(target, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(join(manifests, name), join(target, name));
  }
  // The client's own install script would build with all libraries linked in, which needs downloads that may be blocked.
  must(
    step(
      'installing the Kafka client (about 30 MB)',
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: target },
    ),
  );
  if (!download()) {
    provideBuildPackages(step, mayInstallPackages, system);
    build(step);
  }
  for (const name of buildRemains) rmSync(join(client, name), { recursive: true, force: true });
  const failure = loadFailure();
  if (failure !== '') throw new Error(`the Kafka client does not load: ${failure}`);
  writeFileSync(stamp, value);
}

function must(failure) {
  if (failure !== '') throw new Error(failure);
}

/** True when a prebuilt binary was downloaded and loads here. Quiet: where it fails, the build is the answer. */
function download() {
  const tool = join(target, 'node_modules/@mapbox/node-pre-gyp/bin/node-pre-gyp');
  const { status } = spawnSync(process.execPath, [tool, 'install'], {
    cwd: client,
    stdio: 'ignore',
    timeout: downloadMs,
  });
  return status === 0 && loadFailure() === '';
}

/** In a process of its own: a library that does not load may end the process. */
function loadFailure() {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-e', 'require(process.argv[1])', client],
    {
      encoding: 'utf8',
    },
  );
  return status === 0 ? '' : (/^\w*Error: .*$/m.exec(stderr)?.[0] ?? `status ${status}`);
}

function provideBuildPackages(step, mayInstallPackages, system) {
  // Without apt-get nothing is known of where libraries lie: the build itself will say what it lacks.
  if (!existsSync(join(system, 'bin/apt-get'))) return;
  const missing = Object.keys(debianPackages).filter(
    (name) => !debianPackages[name].some((file) => existsSync(join(system, file))),
  );
  if (missing.length === 0) return;
  if (!mayInstallPackages || process.getuid() !== 0) {
    throw new Error(
      `the Kafka client must be built here, which needs: apt-get install ${missing.join(' ')}; then run npm run kafka`,
    );
  }
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, log };
  must(step('updating the list of system packages', 'apt-get', ['update', '-qq'], options));
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
  must(step(`installing ${missing.join(', ')}`, 'apt-get', args, options));
}

function build(step) {
  // The makefiles of librdkafka ask for unlimited parallel jobs, which exhausts small machines and races with its own
  // installation. A makefile that every make reads first forbids it.
  const serial = join(target, 'serial.mk');
  writeFileSync(serial, '.NOTPARALLEL:\n');
  const tool = join(target, 'node_modules/node-gyp/bin/node-gyp.js');
  must(
    step(
      'building the Kafka client (one to three minutes)',
      process.execPath,
      [tool, 'rebuild', ...localHeaders()],
      { cwd: client, env: { CKJS_LINKING: 'dynamic', JOBS: '1', MAKEFILES: serial }, log },
    ),
  );
}

/** The headers of the running Node where they came with it; otherwise node-gyp downloads them. */
function localHeaders() {
  const prefix = dirname(dirname(process.execPath));
  const file = join(prefix, 'include/node/node_version.h');
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const part = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
  const version = ['MAJOR', 'MINOR', 'PATCH'].map(part).join('.');
  return version === process.versions.node ? [`--nodedir=${prefix}`] : [];
}
