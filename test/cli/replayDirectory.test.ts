import { basename, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { replayDirectory } from '../../cli/replayDirectory.ts';

test('is named after the file, and another for another file of this name', () => {
  const [one, other] = ['/spring/answers.csv', '/autumn/answers.csv'].map(replayDirectory);
  for (const directory of [one!, other!]) {
    expect(join(directory, '..')).toBe(join('data', 'replays'));
    expect(basename(directory)).toMatch(/^answers\.csv-[0-9a-f]{8}$/);
  }
  expect(one).not.toBe(other);
});

test('is the same however the file is named', () => {
  expect(replayDirectory('a/../answers.csv')).toBe(replayDirectory(resolve('answers.csv')));
});
