/**
 * A Python with the packages that a benchmark compares with: the one that `BENCH_PYTHON` names, else an environment of its own in the
 * temporary folder, made once. Without either, the comparison is left out and the figures say why.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PythonPeer {
  /** Path of the interpreter; '' when there is none. */
  readonly python: string;
  /** Why there is none. */
  readonly absence: string;
}

/** @param packages as `pip install` takes them; each is imported by its name to see whether it is there */
export function pythonPeer(packages: readonly string[]): PythonPeer {
  const has = (python: string): boolean => {
    try {
      execFileSync(python, ['-c', `import ${packages.join(', ')}`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  const named = process.env['BENCH_PYTHON'];
  if (named !== undefined) {
    if (has(named)) return { python: named, absence: '' };
    return { python: '', absence: `${named} lacks ${packages.join(', ')}` };
  }
  const folder = join(tmpdir(), 'millrace-bench-python');
  const python = join(folder, 'bin', 'python');
  if (existsSync(python) && has(python)) return { python, absence: '' };
  try {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], {
      stdio: 'ignore',
      timeout: 300_000,
    });
    return { python, absence: '' };
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    return { python: '', absence: `no Python with ${packages.join(', ')}: ${reason}` };
  }
}
