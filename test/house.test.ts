/** The house rules that a machine can check: who may import whom, no cycles, no stray names. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = ['contracts', 'stats', 'models', 'operators', 'sources', 'sinks'];
const mayImport: Record<string, readonly string[]> = {
  contracts: [],
  stats: ['contracts'],
  models: ['contracts', 'stats'],
  operators: ['contracts'],
  sources: ['contracts'],
  sinks: ['contracts'],
  pipelines: data,
  control: data,
  api: ['contracts', 'models', 'sources', 'sinks', 'control'],
  ui: ['contracts'],
  cli: [...data, 'pipelines', 'control', 'api'],
};
/** Charts are pure functions of their data: messages have the same pictures as the dashboard. */
const drawnByBoth: Record<string, readonly string[]> = { cli: ['ui/charts/'] };

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Relative imports of a file, as paths from the root. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...found].map((match) => relative(root, resolve(root, dirname(file), match[1]!)));
}

const files = Object.keys(mayImport).flatMap(filesOf);

describe('the house', () => {
  test.each(Object.entries(mayImport))(
    '%s imports only what lies to its left',
    (folder, allowed) => {
      const foreign = filesOf(folder).flatMap((file) =>
        importsOf(file)
          .filter((target) => ![folder, ...allowed].includes(target.split('/')[0]!))
          .filter((target) => !drawnByBoth[folder]?.some((part) => target.startsWith(part)))
          .map((target) => `${file} → ${target}`),
      );
      expect(foreign).toEqual([]);
    },
  );

  test('no file imports itself by a detour', () => {
    const imports = new Map(files.map((file) => [file, importsOf(file)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test('every file says what it is before its first import', () => {
    const silent = files.filter((file) => {
      const text = readFileSync(join(root, file), 'utf8')
        .replace(/^#!.*\n/, '')
        .trimStart();
      return !text.startsWith('/**');
    });
    expect(silent).toEqual([]);
  });

  test('there are no barrels', () => {
    expect(files.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([]);
  });

  test('importing a file means naming its extension', () => {
    const bare = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !/\.(tsx?|css|json|svg)$/.test(target))
        .map((target) => `${file} → ${target}`),
    );
    expect(bare).toEqual([]);
  });
});
