/** Where the browser of the tests is. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param path directories as in the environment variable PATH */
export function findChromium(path = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, 'chromium'))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
