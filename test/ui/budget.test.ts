/** What a reader waits for, compressed: the shell before the first page, the charts before the first picture. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const built = fileURLToPath(new URL('../../dist/dashboard', import.meta.url));

function compressed(file: string): number {
  return gzipSync(readFileSync(file)).length;
}

describe.skipIf(!existsSync(join(built, 'index.html')))('the dashboard’s build', () => {
  test('its shell has at most 220 kB of scripts', () => {
    const page = readFileSync(join(built, 'index.html'), 'utf8');
    const scripts = [...page.matchAll(/\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
    expect(scripts.length).toBeGreaterThan(0);
    const sizes = scripts.map((path) => compressed(join(built, path)));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(220_000);
  });

  test('its charts are one chunk of at most 240 kB', () => {
    const engines = readdirSync(join(built, 'assets')).filter((name) =>
      /^engine-.*\.js$/.test(name),
    );
    expect(engines).toHaveLength(1);
    expect(compressed(join(built, 'assets', engines[0]!))).toBeLessThanOrEqual(240_000);
  });
});
