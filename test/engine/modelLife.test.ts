/**
 * The whole engine is killed at steps of a training run, a release and a rollback, and ends as one that was left alone.
 *
 * `npm run bench -- lifecrash` strikes before and behind every step; what two lives may differ in stands in `lifePicture`.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lived, liveThrough } from '../../benchmarks/support/lifeDriver.ts';
import { type LifePicture, readLife } from '../../benchmarks/support/lifePicture.ts';
import type { Death } from '../../benchmarks/support/lifeSteps.ts';
import { type Contents, describeDifferences } from '../../benchmarks/support/tables.ts';
import { runSteps } from '../../contracts/trainingRun.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';

const directory = temporaryDirectory();
afterAll(() => removeDirectory(directory));
const [straight, killed, replayed] = ['straight', 'killed', 'replayed'].map((name) =>
  join(directory, name),
) as [string, string, string];

const deaths: readonly Death[] = [
  { step: 'train', when: 'within' },
  { step: 'gates', when: 'before' },
  { step: 'registered', when: 'after' },
  { step: 'shadow', when: 'after' },
  { step: 'canary-1', when: 'before' },
  { step: 'promoted', when: 'after' },
  { step: 'rolled back', when: 'after' },
];

let whole: Lived;
let lived: Lived;
let expected: LifePicture;
let found: { picture: LifePicture; contents: Contents };
beforeAll(async () => {
  [whole, lived] = await Promise.all([liveThrough(straight, []), liveThrough(killed, deaths)]);
  const [one, other] = await Promise.all([
    readLife(straight, whole.run),
    readLife(killed, lived.run),
  ]);
  expected = one.picture;
  found = other;
}, 300_000);

test('an engine that is left alone trains, releases, promotes and rolls back', () => {
  expect(whole.run.state).toBe('done');
  expect(whole.run.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(
    runSteps.map((name) => `${name} done`),
  );
  expect(expected.releases).toMatchObject([
    { version: '1.1', phase: 'promoted', steps: [{}, { share: 0.25 }, { share: 0.5 }, {}] },
    { version: '1', against: '1.1', phase: 'withdrawn' },
  ]);
  expect(expected.served.at(-1)).toMatchObject({
    champion: { version: '1' },
    actor: 'administrator',
  });
  // The files of the version, and nothing else.
  expect(expected.files).toHaveLength(2);
  const served = expected.rows['predictions']!.map((row) => (row as ServedRow).model_version);
  expect(served.filter((version) => version === '1.1').length).toBeGreaterThan(700);
  expect(expected.rows['evidence']!.length).toBeGreaterThan(5);
});

interface ServedRow {
  readonly model_version: string;
}

test('one that is killed at steps of all that ends the same', () => {
  expect(lived.missed).toEqual([]);
  expect(lived.starts).toBe(deaths.length + 1);
  const { rows, ...life } = found.picture;
  const { rows: expectedRows, ...expectedLife } = expected;
  expect(life).toEqual(expectedLife);
  for (const [name, all] of Object.entries(expectedRows)) {
    expect([name, rows[name]]).toEqual([name, all]);
  }
});

test('its log, run through a fresh database, says the same byte for byte', async () => {
  for (const part of ['log', 'artifacts']) {
    cpSync(join(killed, part), join(replayed, part), { recursive: true });
  }
  const { contents } = await readLife(replayed, lived.run);
  expect(describeDifferences(found.contents, contents)).toEqual([]);
}, 120_000);
