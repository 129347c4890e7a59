/** Resident memory of processes, from the operating system. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @returns MB (10^6 bytes) that the processes hold together */
export function residentMb(pids: readonly number[]): number {
  const kib = pids.reduce((sum, pid) => sum + residentKib(pid), 0);
  return (kib * 1024) / 1e6;
}

function residentKib(pid: number): number {
  // Read, not asked of `ps`: starting a program copies the page tables of this process, which a benchmark would feel.
  if (process.platform === 'linux') {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0);
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' }));
}
