/**
 * Brings everything that was written to a file system onto its disk, in one call.
 *
 * A part of ClickHouse is some ten files; syncing each of them for each insert costs ten waits for the disk, this costs one.
 * Node has no such call, so the program `sync` does it (GNU coreutils, or BSD without the option), started by a small shell
 * that stays: starting a program from a process of a gigabyte costs some 10 ms and disturbs all of its threads.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const command = process.platform === 'linux' ? 'sync -f "$0"' : 'sync';
const script = `while read -r line; do ${command} && echo done || echo failed; done`;

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Call {
  resolve(): void;
  reject(error: Error): void;
}

/** Each shell has calls of its own: what one that was closed or has failed still says is never taken for another's. */
interface Shell {
  readonly child: Child;
  /** Not answered yet, in the order in which they were made. */
  readonly calls: Call[];
}

export interface FileSystemSync {
  /** Resolves when everything written before is on the disk. */
  sync(): Promise<void>;
  /** Calls under way are still answered. */
  close(): void;
}

/** @param directory any place on the file system */
export function createFileSystemSync(directory: string): FileSystemSync {
  let shell: Shell | undefined;

  function fail(ended: Shell, reason: string): void {
    if (shell === ended) shell = undefined;
    for (const call of ended.calls.splice(0)) {
      call.reject(new Error(`sync of ${directory}: ${reason}`));
    }
  }

  function start(): Shell {
    const child: Child = spawn('/bin/sh', ['-c', script, directory], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const started: Shell = { child, calls: [] };
    child.on('error', (error) => fail(started, error.message));
    // Not at `exit`: what it said before it ended may still be on its way.
    child.on('close', () => fail(started, 'the shell has ended'));
    child.stdin.on('error', () => undefined);
    // It must not keep this process alive: nobody waits for it but a pending call.
    child.unref();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const call = started.calls.shift();
      if (line === 'done') call?.resolve();
      else call?.reject(new Error(`sync of ${directory} failed`));
    });
    return started;
  }

  return {
    sync() {
      shell ??= start();
      const { child, calls } = shell;
      return new Promise((resolve, reject) => {
        calls.push({ resolve, reject });
        child.stdin.write('\n');
      });
    },
    close() {
      shell?.child.stdin.end();
      shell = undefined;
    },
  };
}
