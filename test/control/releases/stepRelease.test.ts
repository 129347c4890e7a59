/** The steps of a release, one by one: what holds first, its sentence, and that evidence for the one side is none for the other. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import { Release } from '../../../contracts/release.ts';
import { isUnderWay } from '../../../control/registry/releaseUnderWay.ts';
import { evidenceNow } from '../../../control/releases/releaseEvidence.ts';
import { beginRelease, beginTrial } from '../../../control/releases/releaseMoves.ts';
import { evidenceKeys } from '../../../control/releases/releaseStages.ts';
import { stepRelease, trialRows } from '../../../control/releases/stepRelease.ts';
import { readingOf, stage } from './readings.ts';

const { release: plan } = ModelPlan.parse({});
const engine = { actor: 'engine', reason: '' };
const named = { id: 'r', version: '1.2', against: '1.1', superseded: [] } as const;
const inShadow = beginRelease({ ...named, from: 'shadow' }, plan, engine, 0);
const better = stage('shadow', 4_210, -0.012);

/** Step by step with what was read; the release at its end. */
function through(begun: Release, ...readings: readonly ReturnType<typeof readingOf>[]): Release {
  return readings.reduce((release, reading, i) => {
    const next = stepRelease(release, plan, reading, 1_000 * (i + 1));
    if (next === undefined) throw new Error(`nothing was done in step ${i}`);
    return Release.parse(next);
  }, begun);
}

function sentenceOf(release: Release | undefined): string | undefined {
  return release?.steps.at(-1)?.sentence;
}

test('the evidence of now is that of the stage in which it is, as the next step would record it', () => {
  expect(evidenceNow(inShadow, plan, readingOf())).toBeUndefined();
  const now = evidenceNow(inShadow, plan, readingOf(better));
  expect(now).toMatchObject({ paired: { count: 4_210, mean: expect.closeTo(-0.012) }, arms: null });
  const canary = through(inShadow, readingOf(better));
  expect(canary.steps.at(-1)!.evidence).toEqual(now);
  // The shadow's is no evidence of the canary.
  expect(evidenceNow(canary, plan, readingOf(better))).toBeUndefined();
  const served = readingOf(better, stage('canary-1', 12, 0.01));
  expect(evidenceNow(canary, plan, served)!.paired).toMatchObject({ count: 12 });
});

// Intervals: the mixture integrated by quadrature in scipy, at 0.05 above and 0.05 / 9 below.
describe('stepRelease', () => {
  test('goes from shadow through the canary to champion, and says why', () => {
    const release = through(
      inShadow,
      readingOf(better),
      readingOf(better, stage('canary-1', 520, -0.01)),
      readingOf(better, stage('canary-1', 520, -0.01), stage('canary-2', 1_010, 0.001)),
      readingOf(better, stage('canary-3', 2_000, -0.0004)),
    );
    expect(release).toMatchObject({ phase: 'promoted', step: 2, share: 1, since: 4_000 });
    expect(release.steps.map(({ sentence }) => sentence)).toEqual([
      'Version 1.2 predicts in shadow, beside champion 1.1, and serves nobody.',
      "Shown to be better after 4,210 answers in shadow: its Brier score is 0.012 below the champion's (0.007 to 0.018). " +
        'It now serves 5 % of the users.',
      "No harm is shown in step 1 of the canary after 520 answers: its Brier score is 0.010 below the champion's " +
        '(from 0.036 below to 0.008 above). It now serves 25 % of the users.',
      "No harm is shown in step 2 of the canary after 1,010 answers: its Brier score is 0.001 above the champion's " +
        '(from 0.015 below to 0.012 above). It now serves 50 % of the users.',
      "No harm is shown in step 3 of the canary after 2,000 answers: its Brier score is 0.0004 below the champion's " +
        '(from 0.011 below to 0.007 above). It is champion now. ' +
        'For 10,000 answers version 1.1 predicts beside it, and comes back if that is shown to be better.',
    ]);
    expect(release.steps.map(({ share }) => share)).toEqual([0, 0.05, 0.25, 0.5, 1]);
    expect(stepRelease(release, plan, readingOf(stage('shadow', 9_999, 0.5)), 9_000)).toBe(
      undefined,
    );
  });

  test('is withdrawn for harm in shadow, in a step, by outcomes, and over all steps together', () => {
    const shadow = stepRelease(inShadow, plan, readingOf(stage('shadow', 4_210, 0.012)), 5);
    expect(shadow).toMatchObject({ phase: 'withdrawn', share: 0 });
    expect(sentenceOf(shadow)).toBe(
      "Withdrawn in shadow after 4,210 answers: its Brier score is 0.012 above the champion's (0.006 to 0.017).",
    );
    const canary = through(inShadow, readingOf(better));
    expect(sentenceOf(stepRelease(canary, plan, readingOf(stage('canary-1', 400, 0.06)), 5))).toBe(
      "Withdrawn in step 1 of the canary after 400 answers: its Brier score is 0.060 above the champion's (0.028 to 0.082).",
    );
    const arms = {
      users: 300,
      others: 5_700,
      difference: -0.1,
      lower: -0.17,
      upper: -0.03,
      lnWorse: 6,
    };
    const byArms = readingOf({ ...stage('canary-1', 10, 0), arms });
    expect(sentenceOf(stepRelease(canary, plan, byArms, 5))).toBe(
      "Withdrawn in step 1 of the canary after 300 users: first outcomes of those whom it served are 0.100 below the others' (0.030 to 0.170).",
    );
    const mild = [stage('canary-1', 520, 0.012), stage('canary-2', 1_300, 0.012)] as const;
    const second = through(canary, readingOf(stage('canary-1', 520, 0.012)));
    const all = stepRelease(second, plan, readingOf(...mild), 5);
    expect(sentenceOf(all)).toBe(
      "Withdrawn after 1,820 answers in all steps of the canary: its Brier score is 0.012 above the champion's (0.001 to 0.020).",
    );
    expect(stepRelease(second, plan, readingOf(mild[1]), 9_000)?.phase).toBe('canary');
  });

  test('is withdrawn when as many answers as are allowed do not show it to be better', () => {
    const open = { ...plan, gainMin: 0.002 };
    const futile = stepRelease(inShadow, open, readingOf(stage('shadow', 200_000, -0.002)), 5);
    expect(futile?.phase).toBe('withdrawn');
    expect(sentenceOf(futile)).toContain(
      'Withdrawn in shadow after 200,000 answers: they do not show that it is better by at least 0.002; its Brier score is 0.002 below',
    );
    expect(stepRelease(inShadow, plan, readingOf(stage('shadow', 199_999, 0)), 5)).toBe(undefined);
  });

  test('is not led on before its least answers and its time', () => {
    const early = stage('shadow', plan.shadow.rowsMin - 1, -0.3);
    expect(stepRelease(inShadow, plan, readingOf(early), 5)).toBe(undefined);
    const slow = { ...plan, canary: plan.canary.map((each) => ({ ...each, durationMs: 60_000 })) };
    const canary = through(inShadow, readingOf(better));
    const enough = readingOf(stage('canary-1', 500, -0.01));
    expect(stepRelease(canary, slow, enough, canary.since + 59_999)).toBe(undefined);
    expect(stepRelease(canary, slow, enough, canary.since + 60_000)?.step).toBe(1);
    const few = readingOf(stage('canary-1', 499, -0.01));
    expect(stepRelease(canary, slow, few, canary.since + 90_000)).toBe(undefined);
  });

  test('waits for consent and while paused, and ends for harm all the same', () => {
    const asking = { ...plan, approvals: ['canary', 'champion'] as ('canary' | 'champion')[] };
    const asked = stepRelease(inShadow, asking, readingOf(better), 5)!;
    expect(asked).toMatchObject({ phase: 'shadow', awaits: 'canary', share: 0 });
    expect(sentenceOf(asked)).toMatch(/It serves nobody until somebody agrees\.$/);
    expect(stepRelease(asked, asking, readingOf(better), 6)).toBe(undefined);
    const harm = readingOf(stage('shadow', 9_000, 0.02));
    expect(stepRelease(asked, asking, harm, 6)?.phase).toBe('withdrawn');
    const paused = { ...inShadow, paused: true };
    expect(stepRelease(paused, plan, readingOf(better), 6)).toBe(undefined);
    expect(stepRelease(paused, plan, harm, 6)).toMatchObject({ phase: 'withdrawn', paused: false });
    const last = { ...inShadow, phase: 'canary' as const, step: 2, share: 0.5 };
    const done = stepRelease(last, asking, readingOf(stage('canary-3', 2_000, 0)), 6);
    expect(done).toMatchObject({ phase: 'canary', awaits: 'champion', share: 0.5 });
  });

  test('that began in the canary has to show there that it is better', () => {
    const begun = beginRelease({ ...named, from: 'canary' }, plan, engine, 0);
    const last = { ...begun, step: 2, share: 0.5 };
    const open = [
      stage('canary-1', 500, 0),
      stage('canary-2', 1_000, 0),
      stage('canary-3', 2_500, 0),
    ];
    expect(stepRelease(last, plan, readingOf(...open), 5)).toBe(undefined);
    const shown = open.map(({ stage: name, paired: { count } }) => stage(name, count, -0.012));
    const promoted = stepRelease(last, plan, readingOf(...shown), 5);
    expect(promoted?.phase).toBe('promoted');
    expect(sentenceOf(promoted)).toContain(
      'Shown to be better after 4,000 answers in all steps of the canary',
    );
    const many = stepRelease(last, plan, readingOf(stage('canary-3', 200_000, -0.0001)), 5);
    expect(many?.phase).toBe('withdrawn');
  });

  test('a new champion is on trial: the former one comes back when it is shown to be better', () => {
    const promoted = { ...inShadow, phase: 'promoted' as const, step: 2, share: 1 };
    const trial = beginTrial(promoted, plan, 7);
    expect(trial).toMatchObject({ version: '1.1', against: '1.2', phase: 'shadow', share: 0 });
    expect(evidenceKeys('answer', trial).map(({ key }) => key)).toEqual([
      ['answer', '1.1', '1.2', 'after-r:shadow'],
    ]);
    const back = stepRelease(
      { ...trial, paused: true },
      plan,
      readingOf(stage('shadow', 900, -0.03)),
      8,
    );
    expect(back).toMatchObject({ phase: 'promoted', share: 1, paused: false });
    expect(sentenceOf(back)).toBe(
      'Version 1.1 is champion again after 900 answers: its Brier score is 0.030 below that of version 1.2 (0.013 to 0.042).',
    );
    expect(stepRelease(trial, plan, readingOf(stage('shadow', 9_999, 0)), 8)).toBe(undefined);
    const stays = stepRelease(trial, plan, readingOf(stage('shadow', trialRows(plan), 0.02)), 8);
    expect(stays?.phase).toBe('withdrawn');
    expect(sentenceOf(stays)).toContain(
      'Version 1.2 stays champion: version 1.1 is not shown to be better after 10,000 answers',
    );
  });

  test('whatever is read, it never serves more for worse answers, and records what a schema takes', () => {
    const rows = fc.record({
      count: fc.integer({ min: 0, max: 300_000 }),
      mean: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
    });
    const order = ['withdrawn', 'shadow', 'canary', 'promoted'];
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 0.1, noNaN: true }), ({ count, mean }, more) => {
        const at = (shift: number) => {
          const stepped = stepRelease(
            inShadow,
            plan,
            readingOf(stage('shadow', count, mean + shift)),
            5,
          );
          const found = Release.parse(stepped ?? inShadow);
          expect(found.share > 0).toBe(found.phase === 'canary');
          expect(isUnderWay(found)).toBe(found.phase !== 'withdrawn');
          return order.indexOf(found.phase);
        };
        expect(at(more)).toBeLessThanOrEqual(at(0));
      }),
    );
  });
});
