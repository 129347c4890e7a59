import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../../contracts/modelVersion.ts';
import { leftoversOf } from '../../../control/retraining/leftovers.ts';
import { newRun, type StoredRun } from '../../../control/retraining/storedRun.ts';
import { memoryRegistry, smallPlan } from '../../support/fakeRetraining.ts';

const plan = smallPlan();
const file = (letter: string): Artifact => ({ sha256: letter.repeat(64), bytes: 1 });
const hashes = (letters: string) => [...letters].map((letter) => letter.repeat(64));

function run(change: Partial<StoredRun['run']>, causeId = 'a'): StoredRun {
  const cause = { kind: 'manual', sentence: '', figures: {} } as const;
  const stored = newRun({ model: 'answers', cause, causeId, causeAt: 0, plan }, 0);
  const files = { model: file('a'), calibration: file('b'), file: file('c'), golden: file('d') };
  return { ...stored, run: { ...stored.run, ...change }, made: { ...stored.made, ...files } };
}

function model(removed: boolean) {
  const { known } = memoryRegistry(plan);
  const [online] = known.versions;
  const version = { ...online!.version, artifact: file('c'), golden: file('d') };
  return { ...known, versions: [{ ...online!, version, removed }] };
}

describe('files that are left over', () => {
  test('of a run that was refused are all of its own', () => {
    expect(leftoversOf(run({ state: 'refused' }), [], [])).toEqual(hashes('abcd'));
  });

  test('of a run that made a version are those between, also when nobody has read of it', () => {
    expect(leftoversOf(run({ state: 'done', version: '1.1' }), [], [])).toEqual(hashes('ab'));
  });

  test('are not those that a version has as well, unless it was deleted', () => {
    const refused = run({ state: 'refused' });
    expect(leftoversOf(refused, [model(false)], [])).toEqual(hashes('ab'));
    expect(leftoversOf(refused, [model(true)], [])).toEqual(hashes('abcd'));
  });

  test('are not those of a run under way', () => {
    const others = [run({ state: 'running' }, 'b')];
    expect(leftoversOf(run({ state: 'refused' }), [], others)).toEqual([]);
  });
});
