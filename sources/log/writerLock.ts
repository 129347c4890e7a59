/**
 * A file that says which process writes, so that a second one is told at once. The lock of a dead
 * process is taken over.
 *
 * It is a courtesy, not the safeguard: two processes that raced past it are told apart by the fence
 * in the log.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { EngineError } from '../../contracts/errors.ts';

interface Owner {
  readonly pid: number;
  /** When the process started, in the kernel's ticks; empty where that is unknown. */
  readonly started: string;
  readonly token: string;
}

/** A file without a readable owner is being written, unless it is older than this. */
const unfinishedMs = 2_000;
const held = new Set<string>();

/**
 * @returns a function that releases the lock
 * @throws EngineError DATA_LOCKED when a living process holds it
 */
export function acquireWriterLock(path: string): () => void {
  const mine: Owner = { pid: process.pid, started: startOf(process.pid), token: randomUUID() };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
      held.add(mine.token);
      return () => {
        held.delete(mine.token);
        if (readOwner(path)?.token === mine.token) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(path);
    if (owner === undefined ? isUnfinished(path) : isAlive(owner)) {
      const who = owner === undefined ? 'a starting process' : `process ${owner.pid}`;
      throw new EngineError(
        'DATA_LOCKED',
        `${path}: ${who} writes this log; stop it, or choose another data directory`,
      );
    }
    setAside(path, mine.token);
  }
  throw new EngineError('DATA_LOCKED', `${path}: other processes compete for this log`);
}

function setAside(path: string, token: string): void {
  const aside = `${path}.${token}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  rmSync(aside, { force: true });
}

function readOwner(path: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Partial<Owner> | null;
    if (!Number.isInteger(owner?.pid) || typeof owner?.token !== 'string') return undefined;
    return owner as Owner;
  } catch {
    return undefined;
  }
}

function isUnfinished(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs < unfinishedMs;
  } catch {
    return false;
  }
}

function isAlive({ pid, started, token }: Owner): boolean {
  if (held.has(token)) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startOf(pid);
  if (now === '' || !started) return pid !== process.pid;
  return now === started;
}

/**
 * Start of a running process from Linux's /proc; empty elsewhere, `dead` for one that only waits to
 * be reaped.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'dead' : fields[19]!;
  } catch {
    return '';
  }
}
