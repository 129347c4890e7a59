/** The browser of the tests: where it is, and whether the dashboard can be tried in it. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param path directories as in the environment variable PATH */
export function findChromium(path = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, 'chromium'))
    .find(isExecutable);
}

/** Why the dashboard cannot be tried in a browser; '' when it can. */
export function whatTheBrowserLacks(): string {
  if (findChromium() === undefined) return 'no chromium is in PATH';
  const isBuilt = existsSync(new URL('../../../dist/dashboard/index.html', import.meta.url));
  return isBuilt ? '' : 'dist/dashboard is absent: npm run build';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
