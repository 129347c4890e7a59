/** The pictures of the pages: each is shown, and what they show in few colours is what was there. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { decode, palettePng } from './support/palettePng.ts';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const images = join(docs, 'images');
const picture = readFileSync(join(images, 'overview-light.png'));

test('each page is shown in light, dark and on a telephone, and nothing else lies there', () => {
  const page = readFileSync(join(docs, 'dashboard.md'), 'utf8');
  const shown = [...page.matchAll(/\(images\/([\w-]+\.png)\)/g)].map(([, name]) => name!);
  const there = readdirSync(images);
  expect(shown.toSorted()).toEqual(there.toSorted());
  const names = new Set(there.map((name) => name.replace(/-(light|dark|phone)\.png$/, '')));
  expect(there).toHaveLength(3 * names.size);
  const bytes = there.reduce((sum, name) => sum + statSync(join(images, name)).size, 0);
  expect(bytes).toBeLessThan(6 * 1024 * 1024);
});

test('no pixel of a page is far from what it was, and the file is not larger', () => {
  const before = decode(picture);
  const made = palettePng(picture);
  const after = decode(made);
  expect([after.width, after.height]).toEqual([before.width, before.height]);
  let worst = 0;
  for (let i = 0; i < before.colours.length; i += 1) {
    const [a, b] = [before.colours[i]!, after.colours[i]!];
    for (const shift of [0, 8, 16]) {
      worst = Math.max(worst, Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)));
    }
  }
  expect(worst).toBeLessThan(48);
  expect(made.length).toBeLessThanOrEqual(picture.length);
  // Again, it is exact.
  expect(palettePng(made).equals(made)).toBe(true);
});

test('another kind of picture is refused', () => {
  const grey = Buffer.from(picture);
  grey[25] = 0;
  expect(() => decode(grey)).toThrow(RangeError);
});
