/** Resident memory of processes, from the operating system. */
import { execFileSync } from 'node:child_process';

/** @returns MB (10^6 bytes) that the processes hold together */
export function residentMb(pids: readonly number[]): number {
  const output = execFileSync('ps', ['-o', 'rss=', '-p', pids.join(',')], { encoding: 'utf8' });
  const kib = output
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Number(line), 0);
  return (kib * 1024) / 1e6;
}
