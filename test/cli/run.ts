/** The compiled command line as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/cli/millrace.js', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said so far. */
  said(): string;
}

/** Settings of the one who runs the tests must not reach the program; users keep their names, but where a test says otherwise. */
function environment(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(MILLRACE_\w+|PORT|HOST|NODE_OPTIONS)$/.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1', MILLRACE_PSEUDONYMS: 'off', ...given };
}

export function begin(...args: string[]): Running {
  return beginWith({}, ...args);
}

/** @param given environment of the program, besides what is usual */
export function beginWith(given: NodeJS.ProcessEnv, ...args: string[]): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: environment(given),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { process: child, ended, said: () => stdout + stderr };
}

export function run(...args: string[]): Promise<Ended> {
  return begin(...args).ended;
}
