/** A small disk of its own, in memory, so that a test can fill it. */
import { execFileSync } from 'node:child_process';

/** Only root in a permissive system may mount; elsewhere the tests that need it are skipped. */
export const canMount = tryMount();

function tryMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Puts an empty disk of this size over the directory; returns what takes it away, with all that is on it. */
export function mountSmallDisk(directory: string, mebibytes: number): () => void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', directory]);
  return () => {
    execFileSync('umount', ['-l', directory]);
  };
}
