/** What became of models, as charts and alerts tell it: each event once, in plain words. */
import { expect, test } from 'vitest';
import { Happening } from '../../../contracts/alert.ts';
import { knownModel } from '../../../control/registry/knownModel.ts';
import { beginTrial } from '../../../control/releases/releaseMoves.ts';
import { withStep } from '../../../control/releases/stepRelease.ts';
import { type EndedRun, modelHappenings } from '../../../control/watching/modelHappenings.ts';
import {
  declaredAnswer,
  modelFeatures,
  modelRow,
  modelStart,
  modelVersion,
  releaseOf,
  sampleHistory,
  serves,
} from '../../support/modelSamples.ts';

const minute = 60_000;
const model = known(sampleHistory());

function known(rows: ReturnType<typeof sampleHistory>) {
  return knownModel(rows, (sentence) => {
    throw new Error(sentence);
  })!;
}

/** `minute sentence`, in the order of time. */
function toldOf(...[of, runs]: Parameters<typeof modelHappenings>): string[] {
  return modelHappenings(of, runs)
    .sort((a, b) => a.at - b.at)
    .map(({ at, sentence }) => `${(at - modelStart) / minute} ${sentence}`);
}

function run(given: Partial<EndedRun>): EndedRun {
  const about = { id: 'run', model: 'answer', version: null, sentence: '' };
  return { ...about, endedAt: modelStart, ...given };
}

test('a release is told from its beginning to its champion, and each version once', () => {
  expect(toldOf(model, [])).toEqual([
    '1 Version 1.1 of answer was registered: Step 2.',
    '2 The release of version 1.1 of answer began. Begun, since all gates were passed.',
    '3 Version 1.1 of answer serves 25 % of the users. Brier score 0.004 better.',
    '4 Version 1.1 of answer became champion: Step 5.',
    '5 Version 1.2 of answer was registered: Step 6.',
  ]);
  for (const each of modelHappenings(model, [])) {
    expect(Happening.parse(each)).toEqual(each);
    expect(each).toMatchObject({ kind: 'deployment', subject: 'answer', until: null });
  }
});

test('runs are told by their ends; what they made is not told twice', () => {
  const runs = [
    run({ id: 'a', version: '1.1', sentence: 'Version 1.1 passed all gates', endedAt: modelStart }),
    run({ id: 'b', sentence: 'Refused: log loss 0.004 above' }),
    run({ id: 'c' }),
    run({ id: 'd', sentence: 'Ada wanted it.' }),
    run({ id: 'e', endedAt: null }),
    run({ id: 'f', model: 'another' }),
  ];
  const told = modelHappenings(model, runs);
  const ofRuns = told.filter(({ kind }) => kind === 'retraining');
  expect(ofRuns.map(({ subject, sentence }) => [subject, sentence])).toEqual([
    ['a', 'A retraining run of answer made version 1.1. Version 1.1 passed all gates.'],
    ['b', 'A retraining run of answer ended. Refused: log loss 0.004 above.'],
    ['c', 'A retraining run of answer ended.'],
    ['d', 'A retraining run of answer ended. Ada wanted it.'],
  ]);
  expect(told.filter(({ sentence }) => sentence.includes('registered'))).toHaveLength(1);
});

test('a rollback, the release that ends with it, and other features', () => {
  const rows = sampleHistory();
  const begun = { actor: 'ada', sentence: 'begun', evidence: null } as const;
  const steps = [{ ...begun, at: modelStart + 6 * minute, phase: 'canary', share: 0.05 }] as const;
  const release = releaseOf('1.2', { phase: 'canary', step: 0, share: 0.05, steps: [...steps] });
  rows[6] = modelRow(7, { ...JSON.parse(rows[6]!.definition), release });
  rows.push(
    modelRow(8, {
      kind: 'served',
      serving: { champion: serves('1'), release: null, shadows: [] },
    }),
    modelRow(9, { kind: 'declared', ...declaredAnswer, version: '2', features: modelFeatures }),
  );
  expect(toldOf(known(rows), []).slice(-4)).toEqual([
    '6 The release of version 1.2 of answer began. Begun.',
    '7 The online learner (1) of answer became champion again: Step 8.',
    '7 The release of version 1.2 of answer ended. Ended, since 1 was made the champion: step 8.',
    '8 The online learner (2) of answer became champion.',
  ]);
});

test('pauses change nobody’s predictions; a trial is told by its end alone', () => {
  const at = modelStart;
  const record = { at, actor: 'engine', evidence: null, sentence: 'Seen.' };
  const begun = releaseOf('1.1', {
    steps: [{ ...record, phase: 'shadow', share: 0, sentence: 'Begun.' }],
  });
  const paused = withStep(begun, { paused: true }, record);
  const withdrawn = withStep(paused, { phase: 'withdrawn' }, record);
  const trial = withStep(
    beginTrial({ ...begun, phase: 'promoted' }, { shadow: { rowsMin: 1, rowsMax: 2 } }, at),
    { phase: 'withdrawn' },
    { ...record, sentence: 'Version 1.1 stays champion.' },
  );
  const versions = [{ ...model.versions[1]!, version: modelVersion('1.1', 'a') }];
  const of = { model: 'answer', versions, releases: [withdrawn, trial], served: [] };
  expect(toldOf(of, [run({ version: '1.1' })]).slice(0, 3)).toEqual([
    '0 The release of version 1.1 of answer began. Begun.',
    '0 The release of version 1.1 of answer ended. Seen.',
    '0 The trial of version 1.1 of answer ended. Version 1.1 stays champion.',
  ]);
});
