/** The commit that runs, ` with changes` behind it where something is not committed; `unknown` without a repository. */
import { execFileSync } from 'node:child_process';

export function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain').length > 0 ? ' with changes' : '';
    return git('rev-parse', '--short', 'HEAD') + changed;
  } catch {
    return 'unknown';
  }
}
