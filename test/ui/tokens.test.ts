import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { darkLook, lightLook } from '../../ui/charts/chartLook.ts';

const css = readFileSync(new URL('../../ui/styles/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split(':root[data-mantine-color-scheme="dark"]');

function variable(theme: string, name: string): string {
  const found = theme.match(new RegExp(`--${name}: (#[0-9a-f]{6});`))?.[1];
  if (found === undefined) throw new RangeError(`${name}: expected a colour in tokens.css`);
  return found;
}

/** WCAG 2.2: relative luminance and contrast ratio. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test.each([
  ['light', light],
  ['dark', dark],
])('%s: text has 4.5:1 and marks have 3:1 on every surface they stand on', (_, theme) => {
  for (const surface of ['surface', 'page', 'rail']) {
    for (const text of ['text', 'text-muted', 'accent', 'good', 'attention', 'bad']) {
      const ratio = contrast(variable(theme, text), variable(theme, surface));
      expect(ratio, `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  for (const index of [1, 2, 3, 4, 5]) {
    const ratio = contrast(variable(theme, `series-${index}`), variable(theme, 'surface'));
    expect(ratio, `series-${index}`).toBeGreaterThanOrEqual(3);
  }
});

test.each([
  ['light', lightLook, light],
  ['dark', darkLook, dark],
])('%s: pictures that are drawn without a page have the colours of its theme', (_, look, theme) => {
  expect(look.text).toBe(variable(theme, 'text'));
  expect(look.muted).toBe(variable(theme, 'text-muted'));
  expect(look.grid).toBe(variable(theme, 'line'));
  expect(look.surface).toBe(variable(theme, 'surface'));
  expect(look.good).toBe(variable(theme, 'good'));
  expect(look.bad).toBe(variable(theme, 'bad'));
  look.series.forEach((color, i) => {
    expect(color).toBe(variable(theme, `series-${i + 1}`));
  });
});
