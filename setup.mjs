/**
 * Set-up and entry of every npm script: installs what the lock file names, builds what changed, then runs the command.
 *
 * Node built-ins only, because it runs before anything is installed. Instant when nothing changed: two stamps hold what
 * the last installation and the last build were made from.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const installStamp = join(root, 'node_modules', '.millrace-installed');
const buildStamp = join(root, 'dist', '.millrace-built');
/** What the compilers read. */
const sources = [
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
  'ui',
  'benchmarks',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
  'package.json',
];

const usage = `Usage: npm start [-- OPTIONS]        the engine with its dashboard; npm start -- --help
       npm test                       every check and suite
       npm run bench -- NAME [--json] one benchmark; without a name, their list
       npm run build                  install and build only
       npm run kafka [-- --formats]   the Kafka client; with --formats also that of a schema registry
       npm run -s millrace -- COMMAND the other commands; npm run -s millrace -- --help`;

function fail(message) {
  console.error(`millrace: ${message}`);
  process.exit(1);
}

/** The same versions as in cli/nodeVersion.ts, which is not compiled yet when this is asked. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const fits = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major > 22;
  if (!fits) {
    fail(
      `Node 20.19 or newer of the 20 line, or 22.12 or newer, is needed; this is ${process.versions.node}: ` +
        'install one of them from nodejs.org',
    );
  }
  if (process.platform === 'win32') fail('Windows is not supported; use WSL 2');
}

/**
 * Runs a program to its end, its output shown, or in the file `log`.
 *
 * @returns what went wrong, or ''
 */
function attempt(name, program, args, { cwd = root, env = {}, log } = {}) {
  const started = Date.now();
  process.stderr.write(`millrace: ${name} …\n`);
  const output = log === undefined ? 2 : openSync(log, 'a');
  const { status, error } = spawnSync(program, args, {
    cwd,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env },
  });
  if (log !== undefined) closeSync(output);
  if (status !== 0) {
    const reason = error?.message ?? (log === undefined ? '' : `see ${log}`);
    return `${name} failed${reason === '' ? '' : `: ${reason}`}`;
  }
  process.stderr.write(`millrace: ${name} took ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return '';
}

/** Like `attempt`; ends this process when the program fails. */
function step(name, program, args, env) {
  const failure = attempt(name, program, args, { env });
  if (failure !== '') fail(failure);
}

function stampIs(path, value) {
  return existsSync(path) && readFileSync(path, 'utf8') === value;
}

function install() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const value = createHash('sha256')
    .update(lock)
    .update(`${process.version} ${process.platform} ${process.arch}`)
    .digest('hex');
  if (stampIs(installStamp, value)) return;
  // Interrupted, the step leaves packages that are of no lock file.
  rmSync(installStamp, { force: true });
  // `install`, not `ci`: the versions of the lock file are taken, and parts for other platforms that a registry does not
  // have are no reason to stop. Without saving: the lock file stays as it is.
  step(
    'installing packages (about 1 GB, most of it the embedded ClickHouse)',
    'npm',
    ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    { ONNXRUNTIME_NODE_INSTALL: 'skip' },
  );
  writeFileSync(installStamp, value);
}

/** Names, sizes and times of all files below the sources: changes when anything was edited. */
function sourceState(path, hash) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) sourceState(join(path, name), hash);
}

function build() {
  // The lock file as well: the dashboard's bundle contains packages.
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(process.version).update(lock);
  for (const name of sources) sourceState(join(root, name), hash);
  const value = hash.digest('hex');
  if (stampIs(buildStamp, value)) return;
  rmSync(buildStamp, { force: true });
  step('compiling', process.execPath, [join(root, 'node_modules/typescript/bin/tsc')]);
  step('building the dashboard', process.execPath, [
    join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    'ui',
    '--logLevel',
    'warn',
  ]);
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, value);
}

/**
 * Hands over to a compiled program: same terminal, same signals, its exit status.
 *
 * Ctrl-C reaches the program more than once, from the terminal and from here: whether this process alone was meant
 * cannot be told. So it is for the program to take what follows at once for the same signal.
 */
function run(program, args) {
  const child = spawn(process.execPath, [join(root, program), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (status, signal) => process.exit(status ?? (signal === 'SIGINT' ? 130 : 1)));
}

/** @throws Error with one sentence for the user */
async function installKafka(mayInstallPackages) {
  // Loaded here, because no other command needs it.
  const { installKafka: install } = await import('./sources/kafka/native/install.mjs');
  install(attempt, mayInstallPackages);
}

/** @throws Error with one sentence for the user */
async function installFormats() {
  const { installFormats: install } = await import('./sources/kafka/formats/client/install.mjs');
  install(attempt);
}

/** @param names `--formats`, or nothing */
async function installKafkaClient(names) {
  const unknown = names.find((name) => name !== '--formats');
  if (unknown !== undefined) fail(`npm run kafka takes --formats or nothing, got ${unknown}`);
  try {
    await installKafka(true);
    if (names.length > 0) await installFormats();
  } catch (error) {
    fail(error.message);
  }
}

/**
 * The suites of Kafka need its client, some that of a schema registry too, besides a broker, which is a Java program. A test
 * run installs both where nothing stands in the way, but it changes nothing outside this folder; without them those suites
 * are skipped.
 */
async function installKafkaForTests() {
  const isOnPath = (program) =>
    (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)));
  if (!isOnPath('java') || !isOnPath('mvn')) return;
  try {
    await installKafka(false);
    await installFormats();
  } catch (error) {
    process.stderr.write(`millrace: suites of Kafka will be skipped: ${error.message}\n`);
  }
}

function test(args) {
  const node = process.execPath;
  step("checking the dashboard's types", node, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '--noEmit',
    '-p',
    'ui',
  ]);
  step('linting', node, [
    join(root, 'node_modules/@biomejs/biome/bin/biome'),
    'check',
    '--error-on-warnings',
  ]);
  run('node_modules/vitest/vitest.mjs', ['run', ...args]);
}

// First of all: what follows needs more than an old Node has.
checkNode();
const [command, ...args] = process.argv.slice(2);
const commands = {
  start: () => run('dist/cli/millrace.js', ['start', ...args]),
  millrace: () => run('dist/cli/millrace.js', args),
  bench: () => run('dist/benchmarks/run.js', args),
  build: () => {},
  kafka: () => installKafkaClient(args),
  test: async () => {
    await installKafkaForTests();
    test(args);
  },
};
if (!Object.hasOwn(commands, command ?? '')) {
  console.error(usage);
  process.exit(command === undefined || command === '--help' ? 0 : 1);
}
// The client stands alone: an image can install it in a layer of its own.
if (command !== 'kafka') {
  install();
  build();
}
await commands[command]();
