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

type Shell = ChildProcessByStdio<Writable, Readable, null>;

interface Call {
  resolve(): void;
  reject(error: Error): void;
}

export interface FileSystemSync {
  /** Resolves when everything written before is on the disk. */
  sync(): Promise<void>;
  close(): void;
}

/** @param directory any place on the file system */
export function createFileSystemSync(directory: string): FileSystemSync {
  let shell: Shell | undefined;
  const calls: Call[] = [];

  /** Only of the present shell: one that was closed has no calls left. */
  function fail(ended: Shell, reason: string): void {
    if (shell !== ended) return;
    shell = undefined;
    for (const call of calls.splice(0)) call.reject(new Error(`sync of ${directory}: ${reason}`));
  }

  function start(): Shell {
    const started: Shell = spawn('/bin/sh', ['-c', script, directory], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    started.on('error', (error) => fail(started, error.message));
    started.on('exit', () => fail(started, 'the shell has ended'));
    started.stdin.on('error', () => undefined);
    // It must not keep this process alive: nobody waits for it but a pending call.
    started.unref();
    createInterface({ input: started.stdout }).on('line', (line) => {
      const call = calls.shift();
      if (line === 'done') call?.resolve();
      else call?.reject(new Error(`sync of ${directory} failed`));
    });
    return started;
  }

  return {
    sync() {
      shell ??= start();
      const { stdin } = shell;
      return new Promise((resolve, reject) => {
        calls.push({ resolve, reject });
        stdin.write('\n');
      });
    },
    close() {
      shell?.stdin.end();
      shell = undefined;
    },
  };
}
