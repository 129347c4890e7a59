import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findChromium } from './support/chromium.ts';

const directory = mkdtempSync(join(tmpdir(), 'millrace-path-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('the first program in PATH that is called chromium and can be run', () => {
  const [empty, text, program] = ['empty', 'text', 'program'].map((name) => {
    mkdirSync(join(directory, name));
    return join(directory, name);
  }) as [string, string, string];
  writeFileSync(join(text, 'chromium'), '');
  writeFileSync(join(program, 'chromium'), '');
  chmodSync(join(text, 'chromium'), 0o644);
  chmodSync(join(program, 'chromium'), 0o755);
  expect(findChromium([empty, text, program].join(delimiter))).toBe(join(program, 'chromium'));
  expect(findChromium([empty, '', text].join(delimiter))).toBeUndefined();
});
