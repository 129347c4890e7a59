import { describe, expect, test } from 'vitest';
import { bulkTag, isUnmodified } from '../../api/ofrep/entityTag.ts';
import { evaluateFlag, evaluationOf, flagNotFound } from '../../api/ofrep/evaluation.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import { OfrepBulkAnswer } from '../../contracts/ofrep.ts';
import { assign } from '../../models/assignment/assign.ts';
import { dayMs, makeExperiment, makeRunning, startAt } from '../support/experiments.ts';

const [without, withHints] = makeExperiment().variants;
const variants = [
  { ...without!, payload: { hints: 0 } },
  { ...withHints!, payload: { hints: 3 } },
];
const experiment = makeRunning({ variants }, [
  { traffic: 0.3, weights: [0.5, 0.5] },
  { traffic: 0.6, weights: [0.2, 0.8] },
]);
const later = startAt + 2 * dayMs;
const users = Array.from({ length: 200 }, (_, i) => `user-${i}`);

describe('a flag of an experiment', () => {
  test('has the payload of the variant, and what an exposure must log', () => {
    const reasons = new Set<unknown>();
    for (const targetingKey of users) {
      const answer = evaluateFlag(experiment, { targetingKey }, later);
      const { index, variant, probability, stage, reason } = assign(experiment, 2, targetingKey);
      reasons.add(reason);
      expect(answer).toEqual(
        index < 0
          ? {
              key: 'hints',
              reason: 'SPLIT',
              value: { hints: 0 },
              metadata: { assignment: 'not in traffic' },
            }
          : {
              key: 'hints',
              reason: 'SPLIT',
              variant,
              value: { hints: [0, 3][index] },
              metadata: { assignment: reason, probability, stage },
            },
      );
    }
    expect(reasons).toEqual(new Set(['assigned', 'sticky', 'not in traffic']));
  });

  test('is evaluated by the stage in force', () => {
    const inFirst = (now: number) =>
      users.filter((targetingKey) => 'variant' in evaluateFlag(experiment, { targetingKey }, now));
    expect(inFirst(startAt).length).toBeLessThan(inFirst(later).length);
    expect(inFirst(startAt - 1)).toEqual(inFirst(startAt)); // a clock behind the one that began it
  });

  const answerOf = (change: Partial<Experiment>, context = {}) =>
    evaluateFlag({ ...experiment, ...change }, { targetingKey: 'ada', ...context }, later);

  test.each<[string, Partial<Experiment>, object]>([
    [
      'paused',
      { state: 'paused' },
      { reason: 'DISABLED', value: { hints: 0 }, metadata: { assignment: 'paused' } },
    ],
    [
      'a draft',
      { state: 'draft', stages: [] },
      { reason: 'DISABLED', value: { hints: 0 }, metadata: { assignment: 'not running' } },
    ],
    [
      'not for this user',
      { targeting: { field: 'grade', is: 9 } },
      { reason: 'TARGETING_MATCH', value: { hints: 0 }, metadata: { assignment: 'targeted out' } },
    ],
    [
      'shipped',
      {
        state: 'stopped',
        decision: { verdict: 'ship', variant: 'with', reason: '', at: later },
      },
      {
        reason: 'STATIC',
        variant: 'with',
        value: { hints: 3 },
        metadata: { assignment: 'shipped' },
      },
    ],
  ])('that is %s says so', (_, change, expected) => {
    expect(answerOf(change)).toEqual({ key: 'hints', ...expected });
  });

  test('without payloads has the variant’s key as its value; null leaves it to the code', () => {
    const plain = makeRunning();
    const answer = evaluationOf(plain, assign(plain, 1, 'ada'));
    expect(answer).toMatchObject({ variant: 'with', value: 'with' });
    const nothing = plain.variants.map((variant) => ({ ...variant, payload: null }));
    const empty = { ...plain, variants: nothing };
    expect(evaluationOf(empty, assign(empty, 1, 'ada'))).not.toHaveProperty('value');
    const no = plain.variants.map((variant) => ({ ...variant, payload: false }));
    expect(answerOf({ variants: no, state: 'paused' })).toMatchObject({ value: false });
  });

  test('of a cluster goes by the attribute', () => {
    const byClass: Experiment = { ...experiment, unit: 'class' };
    const answers = ['ada', 'bob', undefined].map((targetingKey) =>
      evaluateFlag(byClass, { ...(targetingKey && { targetingKey }), class: '7b' }, later),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual(answers[2]);
    expect(evaluateFlag(byClass, { targetingKey: 'ada' }, later)).toEqual({
      key: 'hints',
      errorCode: 'INVALID_CONTEXT',
      errorDetails: 'the context has no id in "class", by which "hints" assigns',
    });
  });

  test('is not evaluated for nobody', () => {
    for (const context of [{}, { targetingKey: '' }]) {
      expect(evaluateFlag(experiment, context, later)).toMatchObject({
        errorCode: 'TARGETING_KEY_MISSING',
      });
    }
    expect(evaluateFlag(experiment, { targetingKey: 'a'.repeat(257) }, later)).toMatchObject({
      errorCode: 'INVALID_CONTEXT',
    });
  });

  test('answers are of the protocol', () => {
    const flags = [
      answerOf({}),
      answerOf({ state: 'paused' }),
      evaluateFlag(experiment, {}, later),
      flagNotFound('tips'),
    ];
    expect(OfrepBulkAnswer.parse({ flags })).toEqual({ flags });
  });
});

describe('entity tag', () => {
  const versions = { hints: 'a1/2', tips: 'b4/1' };
  const context = { targetingKey: 'ada', grade: 8 };

  test('is the same for the same flags and context, in any order', () => {
    const tag = bulkTag(versions, context);
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect(bulkTag({ tips: 'b4/1', hints: 'a1/2' }, { grade: 8, targetingKey: 'ada' })).toBe(tag);
    expect(bulkTag({ ...versions, hints: 'a1/3' }, context)).not.toBe(tag);
    expect(bulkTag(versions, { ...context, grade: 9 })).not.toBe(tag);
    expect(bulkTag({ hints: 'a1/2' }, context)).not.toBe(tag);
  });

  test.each<[string | undefined, boolean]>([
    [undefined, false],
    ['"x"', true],
    ['W/"x"', true],
    ['"y", W/"x"', true],
    ['*', true],
    ['"y"', false],
    ['x', false],
    ['', false],
  ])('If-None-Match %s: %s', (header, expected) => {
    expect(isUnmodified(header, '"x"')).toBe(expected);
  });
});
