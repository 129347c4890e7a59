/**
 * `setup.mjs` in a directory of its own, with an npm, a compiler and an engine that only write down that they were called.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeVersionFits } from '../../cli/nodeVersion.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';

const directory = temporaryDirectory();
afterAll(() => removeDirectory(directory));

let root = '';
let trees = 0;
/** When the source was changed, s since 1970. */
const anyTime = 1_700_000_000;
const at = (name: string) => join(root, name);

function put(name: string, content: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), content);
}

/** A program that writes its name down, and fails while the file `fail` is there. */
const recorder = (name: string) =>
  `const { appendFileSync, existsSync } = require('node:fs');
   appendFileSync(${JSON.stringify(at('called'))}, '${name}\\n');
   if (existsSync(${JSON.stringify(at('fail'))})) process.exit(1);\n`;

/** An engine that writes down its arguments and signals, and ends on SIGTERM. */
const engine = () =>
  `const { appendFileSync } = require('node:fs');
   const tell = (line) => appendFileSync(${JSON.stringify(at('called'))}, line + '\\n');
   process.on('SIGINT', () => tell('SIGINT'));
   process.on('SIGTERM', () => { tell('SIGTERM'); process.exit(7); });
   tell(process.argv.slice(2).join(' '));
   setInterval(() => {}, 1000);\n`;

beforeEach(() => {
  trees += 1;
  root = join(directory, `${trees}`);
  mkdirSync(root);
  copyFileSync(fileURLToPath(new URL('../../setup.mjs', import.meta.url)), at('setup.mjs'));
  put('package.json', '{}');
  put('package-lock.json', '"A"');
  put('cli/source.ts', '1');
  utimesSync(at('cli/source.ts'), anyTime, anyTime);
  put('node_modules/typescript/bin/tsc', recorder('tsc'));
  put('node_modules/vite/bin/vite.js', recorder('vite'));
  put('dist/cli/millrace.js', engine());
  put('bin/npm', `#!${process.execPath}\n${recorder('npm')}`);
  chmodSync(at('bin/npm'), 0o755);
});

/** @param before a module that is run first */
function begin(args: readonly string[], before = ''): ChildProcess {
  const first = `data:text/javascript,${encodeURIComponent(before)}`;
  return spawn(process.execPath, ['--import', first, at('setup.mjs'), ...args], {
    env: { PATH: `${at('bin')}${delimiter}${process.env['PATH']}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

async function run(args: readonly string[], before = '') {
  const child = begin(args, before);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, stderr };
}

/** What was called since this was asked last. */
function called(): string[] {
  if (!existsSync(at('called'))) return [];
  const text = readFileSync(at('called'), 'utf8');
  // Made and not yet written: removed now, the line would be lost.
  if (!text.endsWith('\n')) return [];
  rmSync(at('called'));
  return text.trimEnd().split('\n');
}

const everything = ['npm', 'tsc', 'vite'];

describe('the version of Node', () => {
  const pretend = (version: string) =>
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
     if (${Number.parseInt(version, 10)} < 16) delete Object.hasOwn;`;

  test.each([
    ['14.21.3', false],
    ['18.20.8', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['21.7.3', false],
    ['22.0.0', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['23.0.0', true],
    ['24.1.0', true],
  ])('%s fits: %s', async (version, fits) => {
    expect(nodeVersionFits(version)).toBe(fits);
    const { status, stderr } = await run(['build'], pretend(version));
    expect(status).toBe(fits ? 0 : 1);
    if (fits) return;
    expect(stderr).toMatch(
      `millrace: Node 20.19 or newer of the 20 line, or 22.12 or newer, is needed; this is ${version}`,
    );
    expect(called()).toEqual([]);
  });
});

describe('installs and builds', () => {
  test('once, and again when the lock file changes', async () => {
    expect(await run(['build'])).toMatchObject({ status: 0 });
    expect(called()).toEqual(everything);
    expect(await run(['build'])).toEqual({ status: 0, stderr: '' });
    expect(called()).toEqual([]);
    put('package-lock.json', '"B"'); // of the same size: a version, say
    expect(await run(['build'])).toMatchObject({ status: 0 });
    expect(called()).toEqual(everything);
  });

  test('again after an installation that was interrupted, also for the lock file before', async () => {
    await run(['build']);
    called();
    put('package-lock.json', '"B"');
    put('fail', '');
    expect(await run(['build'])).toMatchObject({ status: 1 });
    expect(called()).toEqual(['npm']);
    rmSync(at('fail'));
    put('package-lock.json', '"A"');
    expect(await run(['build'])).toMatchObject({ status: 0 });
    expect(called()).toContain('npm');
  });

  test('again after a build that was interrupted, also for the sources before', async () => {
    await run(['build']);
    called();
    appendFileSync(at('cli/source.ts'), '2');
    put('fail', '');
    expect(await run(['build'])).toMatchObject({ status: 1 });
    expect(called()).toEqual(['tsc']);
    rmSync(at('fail'));
    put('cli/source.ts', '1');
    utimesSync(at('cli/source.ts'), anyTime, anyTime);
    expect(await run(['build'])).toMatchObject({ status: 0 });
    expect(called()).toEqual(['tsc', 'vite']);
  });
});

describe('installs clients apart, for kafka', () => {
  beforeEach(() => {
    for (const [folder, name] of [
      ['native', 'installKafka'],
      ['formats/client', 'installFormats'],
    ] as const) {
      put(
        `sources/kafka/${folder}/install.mjs`,
        `import { appendFileSync } from 'node:fs';
         export const ${name} = () => appendFileSync(${JSON.stringify(at('called'))}, '${name}\\n');`,
      );
    }
  });

  test.each([
    [['kafka'], ['installKafka']],
    [
      ['kafka', '--formats'],
      ['installKafka', 'installFormats'],
    ],
  ])('%o', async (args, expected) => {
    expect(await run(args)).toEqual({ status: 0, stderr: '' });
    expect(called()).toEqual(expected);
  });

  test('and nothing for an option that there is not', async () => {
    const { status, stderr } = await run(['kafka', '--format']);
    expect(status).toBe(1);
    expect(stderr).toBe('millrace: npm run kafka takes --formats or nothing, got --format\n');
    expect(called()).toEqual([]);
  });
});

describe('hands over', () => {
  const waitMs = 20_000;
  const terminal = "Object.defineProperty(process.stdin, 'isTTY', { value: true });";

  test.each([
    ['with a terminal', terminal],
    ['without one', ''],
  ])('the arguments and every signal, %s', async (_name, before) => {
    await run(['build']);
    called();
    const child = begin(['millrace', 'status', '--json'], before);
    const ended = new Promise((resolve) => child.once('close', resolve));
    try {
      await eventually(() => expect(called()).toEqual(['status --json']), waitMs);
      child.kill('SIGINT');
      await eventually(() => expect(called()).toEqual(['SIGINT']), waitMs);
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toBe(7);
    expect(called()).toEqual(['SIGTERM']);
  });

  test('what is no command is told how it is used', async () => {
    const { status, stderr } = await run(['fly']);
    expect(status).toBe(1);
    expect(stderr).toContain('npm run -s millrace -- COMMAND');
    expect(called()).toEqual([]);
  });
});
