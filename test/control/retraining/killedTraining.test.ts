/** A process is killed while it trains, again and again at another place: the run comes to the same file, and to one version. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { DyingTraining } from '../../support/dyingTraining.ts';

const program = fileURLToPath(
  new URL('../../../dist/test/support/dyingTraining.js', import.meta.url),
);
const root = mkdtempSync(join(tmpdir(), 'millrace-killed-training-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Told {
  readonly calls: number;
  readonly state: string;
  readonly version: string;
  readonly made: { readonly file: { readonly sha256: string } };
}

/** @returns undefined when it was killed */
function live(name: string, death: Pick<DyingTraining, 'call' | 'when'>): Told | undefined {
  const given: DyingTraining = { directory: join(root, name), ...death };
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [program, JSON.stringify(given)],
    { encoding: 'utf8', timeout: 60_000 },
  );
  if (signal === 'SIGKILL') return undefined;
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Told;
}

test('at three places, one after another', () => {
  const straight = live('straight', { call: -1, when: 'before' })!;
  expect(straight).toMatchObject({ state: 'done', version: '1.1' });
  const files = readdirSync(join(root, 'straight', 'files')).sort();
  // While its thread trains, when the model is stored but not noted, and before a later call.
  const deaths = [
    { call: 6, when: 'before' },
    { call: 3, when: 'after' },
    { call: 9, when: 'before' },
  ] as const;
  for (const death of deaths) expect(live('killed', death)).toBeUndefined();
  const told = live('killed', { call: -1, when: 'before' });
  expect(told).toMatchObject({ state: 'done', version: '1.1', made: straight.made });
  expect(readdirSync(join(root, 'killed', 'files')).sort()).toEqual(files);
  const versions = (name: string) => readFileSync(join(root, name, 'versions'), 'utf8');
  expect(versions('killed')).toBe(versions('straight'));
});
