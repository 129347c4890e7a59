import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeAlgorithms } from '../../api/decisions/describeAlgorithms.ts';
import { Policy } from '../../contracts/policy.ts';
import { PolicyReport, type PolicySummary } from '../../contracts/policyApi.ts';
import { spanWords } from '../../ui/format/spans.ts';
import { attributesOf, nested, withAttribute } from '../../ui/personalization/attributes.ts';
import { type Change, inverseOf, withChange } from '../../ui/personalization/changes.ts';
import { changeWords } from '../../ui/personalization/changeWords.ts';
import { coursesOf, shownActions } from '../../ui/personalization/courses.ts';
import { exampleCommand } from '../../ui/personalization/exampleCommand.ts';
import { changedWords, reasonName, whySentence } from '../../ui/personalization/explainWords.ts';
import { definitionOf } from '../../ui/personalization/form/definition.ts';
import { blankDraft, copyOf, draftOf } from '../../ui/personalization/form/draft.ts';
import { rangeWords } from '../../ui/personalization/form/ParameterFields.tsx';
import { traitsOf, traitsText } from '../../ui/personalization/form/traits.ts';
import { happeningsOf } from '../../ui/personalization/happenings.ts';
import { lifeOf } from '../../ui/personalization/lifeOf.ts';
import { listSentence } from '../../ui/personalization/listSentence.ts';
import { consequencesOf, movesOf } from '../../ui/personalization/moves.ts';
import { rewardWords } from '../../ui/personalization/rewardWords.ts';
import { isThin, segmentRows, upliftOf } from '../../ui/personalization/segments.ts';
import {
  detailSentence,
  formatOverUniform,
  formatWorth,
  judgeDifference,
  judgeUniform,
} from '../../ui/personalization/worth.ts';
import { detailOf, now, policies, reportOf } from './support/policySamples.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const known = describeAlgorithms();
const all = policies.desk.registry.policies().map(({ record }) => record.policy);
const tutor = detailOf('tutor').policy;

test('each part that is switched can be switched back, whatever else was switched meanwhile', () => {
  const keys = fc.constantFrom(...tutor.actions.map(({ key }) => key));
  const cap = fc.option(
    fc.record({ times: fc.integer({ min: 1, max: 9 }), withinMs: fc.constant(86_400_000) }),
    { nil: undefined },
  );
  const share = fc.double({ min: 0, max: 0.9, noNaN: true });
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant('offer' as const), action: keys, offered: fc.boolean() }),
    fc.record({ kind: fc.constant('cap' as const), action: keys, cap }),
    fc.record({ kind: fc.constant('control' as const), control: fc.option(keys) }),
    fc.record({ kind: fc.constant('holdout' as const), holdout: share }),
    fc.record({ kind: fc.constant('floor' as const), floor: share }),
    fc.record({
      kind: fc.constant('algorithm' as const),
      algorithm: fc.constantFrom('linucb', 'softmax').map((name) => ({ name, parameters: {} })),
    }),
    fc.record({
      kind: fc.constant('pins' as const),
      pins: fc.array(fc.record({ if: fc.constant({ field: 'vip', is: true }), action: keys })),
    }),
  );
  fc.assert(
    fc.property(change, (one) => {
      const changed = withChange(tutor, one);
      expect(Policy.safeParse(changed).success).toBe(true);
      expect(withChange(changed, inverseOf(tutor, one))).toEqual(tutor);
      const renamed = { ...changed, name: 'Another' };
      expect(withChange(renamed, inverseOf(tutor, one))).toEqual({ ...tutor, name: 'Another' });
    }),
  );
});

test('a change says what it brings about before it is made', () => {
  const off = { kind: 'offer', action: 'peer', offered: false } as const;
  expect(changeWords(tutor, off, off)).toMatchObject({
    title: 'Switch “Ask a classmate” off?',
    consequences: ['Nobody gets it from now on. What it has earned stays known.'],
  });
  const two = { ...tutor, actions: tutor.actions.slice(0, 2) };
  expect(changeWords(two, { ...off, action: 'video' }, undefined).consequences).toHaveLength(2);
  const floor = changeWords(tutor, { kind: 'floor' }, { kind: 'floor', floor: 0.2 });
  expect(plain(floor.consequences[0]!)).toContain('Each of the 4 actions on offer');
  expect(plain(floor.consequences[0]!)).toContain('at least 5 %');
  const pins = [{ if: { field: 'grade', is: 7 }, action: 'video' }];
  expect(
    changeWords(tutor, { kind: 'pin', action: undefined }, { kind: 'pins', pins }).consequences[0],
  ).toBe('Everybody whose grade is 7 gets “Short video”.');
  const holdout = changeWords(tutor, { kind: 'holdout' }, { kind: 'holdout', holdout: 0 });
  expect(holdout.consequences[0]).toContain('will not be known');
});

test('the page says what a policy earns, and says so when it does not know', () => {
  const sentence = (key: string, report = reportOf(key)) => {
    const { tone, word } = detailSentence(detailOf(key), report, 'MISSING');
    return { tone, word: plain(word) };
  };
  expect(sentence('tutor')).toEqual({
    tone: 'good',
    word: 'It earns 0.054 a decision more than the control: between +0.024 and +0.084.',
  });
  expect(sentence('reminder').word).toMatch(/^Whether it earns more .* is not told yet: the diff/);
  expect(sentence('articles').word).toMatch(/^It is paused\. Whether/);
  expect(sentence('badges').word).toMatch(/^It is over\. /);
  const report = reportOf('tutor');
  const difference = { decisions: 9, mean: -0.05, low: -0.08, high: -0.02 };
  const worse = { ...report, worth: { ...report.worth, difference } };
  expect(sentence('tutor', worse)).toEqual({
    tone: 'bad',
    word: 'It earns 0.050 a decision less than the control: between −0.080 and −0.020.',
  });
  const none = { decisions: 0, mean: null, low: null, high: null };
  const unheld = { ...report, worth: { ...report.worth, control: none, difference: none } };
  expect(sentence('tutor', unheld).word).toBe(
    'It earns 0.583 a decision (+0.045 against chance). Of the control too little is known to compare.',
  );
  // A difference that is smaller than what the interval tells apart is none.
  const even = { ...report.uniform, mean: report.worth.policy.mean! + 1.2e-5 };
  expect(formatOverUniform({ ...report, uniform: even })).toBe('±0');
  expect(formatOverUniform({ ...report, uniform: none })).toBeUndefined();
  const unmeasured = { ...report, uniform: none, worth: { ...report.worth, difference: none } };
  expect(sentence('tutor', unmeasured).word).toBe(
    'It earns 0.583 a decision. Of the control too little is known to compare.',
  );
  const nothing = { policy: none, control: none, difference: none };
  expect(sentence('tutor', { ...report, worth: nothing }).word).toBe(
    'Nothing was decided in this range.',
  );
  expect(detailSentence(detailOf('tutor'), undefined, 'MISSING').word).toBe('MISSING');
  expect(detailSentence(detailOf('pace'), undefined, 'MISSING').word).toContain('a draft');
});

test('better and worse are said only when the interval is on one side', () => {
  const worth = (low: number, high: number) => ({
    decisions: 9,
    mean: (low + high) / 2,
    low,
    high,
  });
  expect(judgeDifference(worth(0.01, 0.2)).tone).toBe('good');
  expect(judgeDifference(worth(-0.01, 0.2)).tone).toBe('none');
  expect(judgeDifference(worth(-0.2, -0.01)).tone).toBe('bad');
  const report = reportOf('tutor');
  expect(judgeUniform(report).tone).toBe('good');
  expect(judgeUniform({ ...report, uniform: worth(0.57, 0.6) }).tone).toBe('none');
  expect(judgeUniform({ ...report, uniform: worth(0.7, 0.8) }).tone).toBe('bad');
  expect(plain(formatWorth(worth(0.5, 0.558)))).toBe('0.529 (0.500 … 0.558)');
  expect(formatWorth({ decisions: 0, mean: null, low: null, high: null })).toBe('Not known yet');
});

test('the list says what is worse first, and what there is when nothing runs', () => {
  const summary = (key: string, state: PolicySummary['state'] = 'running'): PolicySummary => ({
    ...{ key, name: key, purpose: '', state, algorithm: 'linucb', actions: 2, revision: 1 },
    startedAt: 0,
  });
  const tutorReport = reportOf('tutor');
  const difference = { decisions: 9, mean: -0.05, low: -0.08, high: -0.02 };
  const bad = { ...tutorReport, worth: { ...tutorReport.worth, difference } };
  const word = (...given: Parameters<typeof listSentence>) => plain(listSentence(...given).word);
  const two = [summary('a'), summary('b')];
  expect(word(two, new Map([['a', tutorReport]]))).toBe(
    '2 policies decide; 1 of them earns more than the control.',
  );
  expect(
    word(
      two,
      new Map([
        ['a', tutorReport],
        ['b', bad],
      ]),
    ),
  ).toBe('2 policies decide; “b” earns less than the control.');
  expect(word(two, new Map())).toContain('not told yet');
  expect(word([], new Map())).toBe('There is no policy yet.');
  expect(word([summary('a', 'draft')], new Map())).toBe(
    'No policy runs; 1 draft waits to be started.',
  );
  expect(word([summary('a', 'paused')], new Map())).toContain('1 policy is paused');
});

test('a chart shows the actions that are chosen most, in their order, and the rest together', () => {
  const few = coursesOf(reportOf('tutor'));
  expect(few.map(({ key }) => key)).toEqual(['video', 'text', 'exercise', 'peer']);
  const report = reportOf('articles');
  const many = coursesOf(report);
  expect(many.map(({ name }) => plain(name))).toEqual([
    ...['About sports', 'About arts', 'About nature', 'About music', '5 others'],
  ]);
  expect(new Set(many.map(({ color }) => color)).size).toBe(5);
  report.actions[0]!.course.forEach((_, i) => {
    const whole = report.actions.reduce((sum, { course }) => sum + (course[i]!.share ?? 0), 0);
    const shown = many.reduce((sum, { points }) => sum + (points[i]!.share ?? 0), 0);
    expect(shown).toBeCloseTo(whole, 12);
  });
  expect(shownActions(report, 2)).toEqual(new Set(['about-sports', 'about-arts']));
});

test('courses that do not share their instants are put beside each other, with gaps', () => {
  const [video, text] = reportOf('tutor').actions;
  const courses = coursesOf({
    actions: [video!, { ...text!, course: text!.course.slice(3) }],
  });
  const [first, second] = courses;
  expect(second!.points).toHaveLength(first!.points.length);
  expect(second!.points[0]).toMatchObject({ at: first!.points[0]!.at, share: null, mean: null });
});

test('uplifts of a group are about its own average, and what is thin is marked', () => {
  const report = reportOf('tutor');
  const rows = segmentRows(report, undefined);
  expect(rows).toHaveLength(6);
  for (const row of rows) {
    let sum = 0;
    for (const cell of row.cells.values()) sum += upliftOf(cell, row)! * cell.worth.decisions!;
    expect(sum).toBeCloseTo(0, 9);
  }
  expect(segmentRows(report, 'grade').map(({ segment }) => segment)).toEqual([
    ...['grade=7', 'grade=8', 'grade=9'],
  ]);
  expect(upliftOf(undefined, rows[0]!)).toBeNull();
  expect(isThin(rows[0]!.cells.get('peer')!)).toBe(true);
  expect(isThin(rows[0]!.cells.get('video')!)).toBe(false);
});

test('what happened is each change since the start, with the stage that it began', () => {
  const words = (sentence: string, stage: number) => `${sentence} [${stage}]`;
  expect(happeningsOf(detailOf('tutor'), words).map(({ sentence }) => sentence)).toEqual([
    'Started [1]',
    'Changed: least probability 0.05 → 0.04 [2]',
    'Changed: action video [3]',
  ]);
  expect(happeningsOf(detailOf('articles'), words).map(({ sentence }) => sentence)).toEqual([
    'Started [1]',
    'Paused',
  ]);
  // A draft that is started at once: it was made before, though hardly.
  const { policy, record } = detailOf('tutor');
  const startAt = policy.stages[0]!.startAt;
  const hasty = record.map((each) =>
    each.change === 'Created' ? { ...each, at: startAt - 900 } : { ...each, at: each.at + 3 },
  );
  expect(happeningsOf({ policy, record: hasty }, words)[0]!.sentence).toBe('Started [1]');
  // What is taken back at once begins a stage of its own.
  const quick = {
    policy: {
      ...policy,
      stages: [0, 700].map((ms, i) => ({ number: i + 1, startAt: startAt + ms, change: '' })),
    },
    record: [700, 0].map((ms) => ({ ...record[0]!, at: startAt + ms, change: 'Changed' })),
  };
  expect(happeningsOf(quick, words).map(({ sentence }) => sentence)).toEqual([
    ...['Changed [1]', 'Changed [2]'],
  ]);
  // One that had decided before the engine knew of it: that it was made known is no change.
  const adopted = { ...record[0]!, at: startAt + 86_400_000, change: 'Created' };
  expect(
    happeningsOf({ policy: quick.policy, record: [adopted] }, words).map(({ at }) => at),
  ).toEqual([startAt, startAt + 700]);
  // A record that was cut still shows its stages.
  expect(happeningsOf({ ...detailOf('tutor'), record: [] }, words)).toHaveLength(3);
});

test('a policy that is over is asked about up to its end, one that may decide up to now', () => {
  const day = 86_400_000;
  expect(lifeOf(detailOf('tutor'))).toEqual({ from: now - 21 * day, to: undefined });
  expect(lifeOf(detailOf('articles'))?.to).toBeUndefined();
  expect(lifeOf(detailOf('badges'))).toEqual({ from: now - 59 * day, to: now - 30 * day + 1 });
  expect(lifeOf(detailOf('pace'))).toBeUndefined();
});

test('moves are those of the state, each with what it brings about', () => {
  expect(movesOf('running').map(({ move }) => move)).toEqual(['pause', 'stop']);
  expect(movesOf('archived')).toEqual([]);
  const start = consequencesOf(detailOf('pace').policy, 'start').map(plain);
  expect(start[0]).toContain('one of 3 actions');
  expect(start[1]).toContain('Nobody is held out');
  expect(plain(consequencesOf(tutor, 'start')[1]!)).toContain(
    '10 % of the people are held out and get “Explanation in words”',
  );
  expect(consequencesOf(tutor, 'stop').at(-1)).toContain('cannot be started again');
});

test('a reward reads as sentences', () => {
  expect(rewardWords(tutor.reward).map(plain)).toEqual([
    'An event whose type is outcome earns its value for the decision that it names.',
    'It may come within 1 hour; the first counts.',
    'Of a decision to which none comes nothing is learnt.',
    'A reward lies between 0 and 1; another is refused.',
  ]);
  const { reward } = detailOf('reminder').policy;
  expect(rewardWords(reward)[0]).toContain('earns 1 for the person’s latest decision');
  expect(rewardWords({ ...reward, absent: 0 })[2]).toContain('has earned 0');
  const line = { ...reward.rules[0]!, value: { times: 2, plus: -1 } };
  expect(rewardWords({ ...reward, rules: [line] })[0]).toContain('2 × its value − 1');
  expect(plain(spanWords(5_400_000))).toBe('90 minutes');
  expect(plain(spanWords(86_400_000))).toBe('1 day');
});

test('every policy comes back from the form as it went in', () => {
  for (const policy of all) {
    const { policy: sent, faults } = definitionOf(draftOf(policy), known);
    expect(faults).toEqual([]);
    const { state: _state, stages: _stages, ...written } = policy;
    const { state, stages, ...read } = Policy.parse(sent);
    expect({ state, stages }).toEqual({ state: 'draft', stages: [] });
    expect(read).toEqual(written);
  }
  expect(copyOf(draftOf(tutor))).toMatchObject({ key: 'tutor-2' });
});

test('rewards, pins, caps and conditions survive the form', () => {
  const rich = Policy.parse({
    ...tutor,
    algorithm: {
      name: 'softmax',
      parameters: { lambda: 3 },
      learner: { name: 'linear-shared', parameters: { ridge: 2, halfLifeMs: null } },
    },
    actions: tutor.actions.map((action) => ({
      ...action,
      traits: { topic: 'sports, indoors', minutes: 5, '7': '7' },
      eligible: { field: 'grade', atLeast: 7 },
    })),
    pins: [{ if: { not: { field: 'vip', is: true } }, action: 'video' }],
    reward: {
      rules: [
        { filter: { field: 'value', above: 3 }, value: 1 },
        {
          filter: {
            all: [
              { field: 'type', is: 'seen' },
              { field: 'value', below: 3 },
            ],
          },
          match: 'item',
          value: { times: 0.5, plus: 0.1 },
        },
      ],
      combine: 'largest',
      bounds: [-1, 2],
      horizonMs: 90_000,
      absent: 0.5,
    },
  });
  const { policy, faults } = definitionOf(draftOf(rich), known);
  expect(faults).toEqual([]);
  const { stages: _, state: _state, ...written } = rich;
  expect(Policy.parse(policy)).toMatchObject(written);
});

test('what cannot be read is told beside its field', () => {
  const faultsOf = (part: Partial<typeof blankDraft>) =>
    definitionOf({ ...blankDraft, name: 'A', key: 'a', ...part }, known).faults.map(
      ({ field }) => field,
    );
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ name: '', key: '' })).toEqual(['name', 'key']);
  expect(faultsOf({ key: 'users' })).toEqual(['key']);
  expect(faultsOf({ floor: 'much' })).toEqual(['floor']);
  expect(faultsOf({ parameters: { spread: 'x' } })).toEqual(['algorithm.parameters.spread']);
  expect(faultsOf({ learnerParameters: { ridge: '?' } })).toEqual([
    'algorithm.learner.parameters.ridge',
  ]);
  expect(faultsOf({ pins: '[' })).toEqual(['pins']);
  expect(faultsOf({ horizon: '' })).toEqual(['reward']);
  const [first] = blankDraft.actions;
  expect(faultsOf({ actions: [{ ...first!, traits: 'sports' }] })).toEqual(['actions']);
});

test('traits are read back as they were written', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
  const value = fc.oneof(
    fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9 ,=_-]{0,12}[a-z0-9]$/),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((number) => number || 0),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 5 }), (traits) => {
      expect(traitsOf(traitsText(traits))).toEqual({ ...traits });
    }),
  );
  expect(() => traitsOf('topic')).toThrow('no trait');
});

test('a parameter says what it usually is and how far it goes', () => {
  const words = (algorithm: string, name: string) => {
    const { parameters } = known.algorithms.find((each) => each.name === algorithm)!;
    return plain(rangeWords(parameters.find((each) => each.name === name)!));
  };
  expect(words('epsilon-greedy', 'epsilon')).toBe('Usually 0.05, at least 0, at most 1.');
  expect(words('linucb', 'alpha')).toBe('Usually 1, at least 0.');
  expect(words('rules', 'otherwise')).toBe('Optional.');
  const { parameters } = known.learners[0]!;
  expect(plain(rangeWords(parameters.find(({ name }) => name === 'halfLifeMs')!))).toContain(
    'empty for none',
  );
});

test('reasons are named by what was told of the person', () => {
  const told = { grade: 7, track: 'law' };
  expect(reasonName('grade', told)).toBe('grade is 7');
  expect(reasonName('track = law', told)).toBe('track is law');
  expect(reasonName('mistakes is missing', told)).toBe('mistakes is not known');
  expect(reasonName('topic = sports × grade', told)).toBe('topic is sports × grade is 7');
  const reason = (feature: string, score: number) => ({ feature, score, value: 1, weight: score });
  expect(whySentence([reason('bias', 0.4), reason('grade', -0.3), reason('x', 0.001)], told)).toBe(
    'Above all because it does well with anybody. It is lowered because grade is 7.',
  );
  expect(whySentence([], told)).toBe('');
  expect(changedWords({ grade: 9.375, vip: true })).toBe('grade 9.38 and vip true');
});

test('what a policy looks at is asked for, and sent as the engine reads it', () => {
  expect(attributesOf(tutor)).toEqual([
    { field: 'grade', kind: 'number' },
    { field: 'track', kind: 'word' },
    { field: 'mistakes', kind: 'number' },
  ]);
  expect(attributesOf({ ...tutor, pins: detailOf('articles').policy.pins })).toHaveLength(3);
  expect(nested({ grade: 7, 'plan.level': 2, 'plan.kind': 'a' })).toEqual({
    grade: 7,
    plan: { level: 2, kind: 'a' },
  });
  expect(withAttribute({ grade: 7 }, 'grade', undefined)).toBeUndefined();
  expect(withAttribute({ grade: 7 }, 'track', 'law')).toEqual({ grade: 7, track: 'law' });
});

test('the first commands are a policy and an outcome that the engine takes', () => {
  const [policy = ''] =
    exampleCommand('http://x', new Date(now).toISOString()).match(/\{[\s\S]*?\n\}/) ?? [];
  expect(Policy.safeParse(JSON.parse(policy).policy).success).toBe(true);
});

test('the made-up reports are as the contract has them', () => {
  for (const key of policies.reports.keys()) {
    expect(PolicyReport.safeParse(reportOf(key)).success).toBe(true);
  }
});
