/** What the pages of versions compute: who served when, what differs, where a release is, what may be done. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ServedSpan } from '../../contracts/modelLifeApi.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import { Release } from '../../contracts/release.ts';
import { featuresApart, gateRows, originRows, sizeText } from '../../ui/versions/compared.ts';
import { evidenceOf, judgeArms, judgePaired } from '../../ui/versions/evidence.ts';
import { formatFound, metricChange, metricsOf } from '../../ui/versions/figures.ts';
import { candidatesOf, releasable, roleOf, versionSentence } from '../../ui/versions/lifeOf.ts';
import { blocksOf, piecesOf } from '../../ui/versions/markdown.ts';
import { changesOf, draftOf, planOf, usualPlan } from '../../ui/versions/plan/planDraft.ts';
import { stagesOf, waitsFor } from '../../ui/versions/stages.ts';
import { servedMs, shareNow, trafficOf } from '../../ui/versions/traffic.ts';
import { fakeModelLife } from '../support/fakeModelLife.ts';
import { now } from './support/performanceSamples.ts';

const held = fakeModelLife(now);
const life = held.lives.get('answer')!;
const young = held.lives.get('young')!;
const versionOf = (version: string) => held.details.get(`answer@${version}`)!.version;

const span = (from: number, to: number | null, shares: Record<string, number>): ServedSpan => ({
  ...{ from, to, actor: 'a', reason: 'r' },
  shares: Object.entries(shares).map(([version, share]) => ({ version, share })),
});
const served = [
  span(10, 20, { '1': 1 }),
  span(20, 30, { '1': 0.9, '1.1': 0.1 }),
  span(30, null, { '1': 0, '1.1': 1 }),
];

describe('what served when', () => {
  test('within a window, with its ends and each change', () => {
    expect(trafficOf(served, { from: 15, to: 40 })).toEqual({
      versions: [
        { version: '1', color: 0 },
        { version: '1.1', color: 1 },
      ],
      points: [
        { at: 15, shares: [1, 0] },
        { at: 20, shares: [0.9, 0.1] },
        { at: 30, shares: [0, 1] },
        { at: 40, shares: [0, 1] },
      ],
      changes: served.slice(1),
    });
  });

  test('a version that served before keeps the others’ colours', () => {
    const { versions } = trafficOf(served, { from: 32, to: 40 });
    expect(versions).toEqual([{ version: '1.1', color: 1 }]);
  });

  test('before anything served there is nothing, and nothing before the first', () => {
    expect(trafficOf(served, { from: 0, to: 5 }).points).toEqual([]);
    expect(trafficOf(served, { from: 0, to: 15 }).points).toEqual([
      { at: 0, shares: [null] },
      { at: 10, shares: [1] },
      { at: 15, shares: [1] },
    ]);
    expect(trafficOf([], { from: 0, to: 5 })).toEqual({ versions: [], points: [], changes: [] });
  });

  test('in any window the instants rise and the shares are those that were given', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (from, width) => {
          const { points } = trafficOf(served, { from, to: from + width });
          for (const [i, point] of points.entries()) {
            if (i > 0) expect(point.at).toBeGreaterThan(points[i - 1]!.at);
            const sum = point.shares.reduce<number>((total, share) => total + (share ?? 0), 0);
            if (point.at >= 10) expect(sum).toBeCloseTo(1, 12);
          }
        },
      ),
    );
  });

  test('time counts while anybody is served', () => {
    expect(servedMs(served, '1', 50)).toBe(20);
    expect(servedMs(served, '1.1', 50)).toBe(30);
    expect(servedMs(served, '2', 50)).toBe(0);
    expect(shareNow(served, '1')).toBe(0);
    expect(shareNow(served, '1.1')).toBe(1);
  });
});

describe('where versions stand', () => {
  test('each has one role and a sentence', () => {
    const said = life.versions.map((each) => [
      each.version,
      roleOf(each, life).word,
      versionSentence(each, life, now).word,
    ]);
    expect(said).toEqual([
      ['1.4', 'In release', 'Version 1.4 is in release and serves 25\u00a0% of the users.'],
      ['1.3', 'Idle', 'Version 1.3 did not pass its gates and has never served.'],
      ['1.2', 'Champion', 'Version 1.2 is the champion and serves 75\u00a0% of the users.'],
      ['1.1', 'Former champion', 'Version 1.1 has served for 4\u00a0days; it is idle now.'],
      ['1', 'Former champion', 'Version 1 has served for 12\u00a0days; it is idle now.'],
    ]);
  });

  test('one goes back to the champion before first of all, never to one that is deleted', () => {
    expect(candidatesOf(life).map(({ version }) => version)).toEqual(['1.1', '1.4', '1.3', '1']);
    const without = {
      ...life,
      versions: life.versions.map((each) => ({ ...each, deleted: each.version === '1.1' })),
    };
    expect(candidatesOf(without).map(({ version }) => version)).toEqual(['1.4', '1.3', '1']);
    expect(candidatesOf(young)).toEqual([]);
  });

  test('what has a file and is not under way can be released', () => {
    expect(releasable(life).map(({ version }) => version)).toEqual(['1.3', '1.1']);
    expect(releasable(young)).toEqual([]);
  });
});

describe('a release', () => {
  const release = life.release!;
  const plan = ModelPlan.parse({});

  test('has its steps in the order of the plan', () => {
    const at = (part: Partial<Release>) =>
      stagesOf(Release.parse({ ...release, ...part }), plan).map(({ standing }) => standing);
    expect(stagesOf(release, plan).map(({ name }) => name)).toEqual([
      ...['Shadow', '5\u00a0%', '25\u00a0%', '50\u00a0%', 'Champion'],
    ]);
    expect(at({})).toEqual(['done', 'done', 'here', 'ahead', 'ahead']);
    expect(at({ phase: 'shadow', step: -1 })).toEqual([
      ...['here', 'ahead', 'ahead', 'ahead', 'ahead'],
    ]);
    expect(at({ phase: 'promoted' })).toEqual(['done', 'done', 'done', 'done', 'here']);
  });

  test('says what it waits for', () => {
    const waits = (part: Partial<Release>, of: unknown = {}) =>
      waitsFor({ ...release, ...part }, ModelPlan.parse(of));
    expect(waits({})).toBe(
      '1\u202f000 labelled predictions of its users; then it serves 50\u00a0%.',
    );
    expect(waits({ step: 2 })).toMatch(/then it becomes champion, if it is shown to be better\.$/);
    expect(waits({ phase: 'shadow', step: -1 })).toMatch(/^Evidence that it is better, from/);
    const gain = { release: { gainMin: 0.004 } };
    expect(waits({ phase: 'shadow', step: -1 }, gain)).toMatch(/better by 0\.004, from/);
    expect(waits({ awaits: 'champion' })).toBe('Somebody must agree before it is champion.');
    expect(waits({ paused: true })).toMatch(/^Somebody has paused it/);
    const slow = { release: { canary: [{ share: 0.1, durationMs: 7_200_000 }] } };
    expect(waits({ step: 0 }, slow)).toMatch(/of its users, and 2\u00a0hours at the least/);
    // A plan that has become shorter meanwhile.
    expect(waits({ step: 9 }, slow)).toBe('Somebody must agree before it is champion.');
  });

  test('is better when the whole interval is beyond the gain, and harmful when outcomes are worse', () => {
    const paired = { count: 9, mean: 0, lnBetter: 0, lnWorse: 0 };
    const word = (lower: number | null, upper: number | null, gain = 0) =>
      judgePaired({ ...paired, lower, upper }, gain).word;
    expect(word(-0.01, -0.002)).toBe('Better');
    expect(word(-0.01, -0.002, 0.003)).toBe('Not told apart yet');
    expect(word(-0.01, 0.002)).toBe('Not told apart yet');
    expect(word(0.001, 0.002)).toBe('Worse');
    expect(word(null, null)).toBe('No data yet');
    const arms = { users: 9, others: 9, difference: 0, lnWorse: 0 };
    expect(judgeArms({ ...arms, lower: -0.2, upper: -0.1 }).tone).toBe('bad');
    expect(judgeArms({ ...arms, lower: -0.2, upper: 0.1 }).tone).toBe('good');
    expect(evidenceOf(release)).toHaveLength(2);
    const { evidence } = evidenceOf(release)[0]!;
    const at = (now: { release: typeof release | null; evidence: typeof evidence | null }) =>
      evidenceOf(release, { at: 9, ...now }).length;
    expect(at({ release, evidence })).toBe(3);
    expect(at({ release, evidence: null })).toBe(2);
    // That of another release is not this one's.
    expect(at({ release: { ...release, id: 'another' }, evidence })).toBe(2);
    expect(at({ release: null, evidence })).toBe(2);
  });
});

test('what a gate found is written in digits', () => {
  expect([0, 0.5642, 0.000242, -0.00011, 1e-5, 1.8e-7, -1e-9, null].map(formatFound)).toEqual([
    ...['0', '0.564', '0.00024', '\u22120.00011', '0.00001'],
    ...['under 0.000001', 'under 0.000001', '–'],
  ]);
});

describe('two versions', () => {
  test('differ in what differs', () => {
    const differing = originRows(versionOf('1.1'), versionOf('1.4'))
      .filter(({ differs }) => differs)
      .map(({ name }) => name);
    expect(differing).toEqual([
      ...['Calibration', 'Examples', 'First example', 'Last example', 'Snapshot', 'File'],
      ...['Champion then', 'Features'],
    ]);
    expect(originRows(versionOf('1.4'), versionOf('1.4')).some(({ differs }) => differs)).toBe(
      false,
    );
  });

  test('have features of one alone, and those that are read otherwise', () => {
    const [before, after] = [versionOf('1.1'), versionOf('1.4')];
    expect(featuresApart(before, after)).toEqual({
      ...{ left: [], right: ['hour', 'weekday'], changed: [] },
    });
    const otherwise = {
      ...after,
      features: [{ name: 'streak', kind: 'numeric' as const, monotone: 1 as const }],
    };
    expect(featuresApart(after, otherwise).changed).toEqual([
      'streak: number, then number, may only rise with it',
    ]);
  });

  test('of metrics, less loss and more AUC are better', () => {
    expect(metricChange('logLoss', 0.54, 0.53)).toEqual({ text: '−0.010', tone: 'good' });
    expect(metricChange('auc', 0.74, 0.73)).toEqual({ text: '−0.010', tone: 'bad' });
    expect(metricChange('auc', 0.7401, 0.7402).tone).toBe('none');
    expect(metricChange('auc', undefined, 0.7).text).toBe('–');
    expect(metricsOf([{ zeta: 1, auc: 1 }, { logLoss: 1 }])).toEqual(['logLoss', 'auc', 'zeta']);
  });

  test('have their gates side by side, also where one was asked none', () => {
    const gates = gateRows(versionOf('1.3'), versionOf('1'));
    expect(gates).toHaveLength(8);
    expect(gates.every(({ right }) => right === undefined)).toBe(true);
    expect(gates.find(({ gate }) => gate === 'holdout')?.left?.outcome).toBe('failed');
  });

  test('sizes have their unit', () => {
    expect([900, 9_216, 12_345, 1_204_000].map(sizeText)).toEqual([
      ...['900\u00a0B', '9\u202f216\u00a0B', '12.3\u00a0kB', '1.2\u00a0MB'],
    ]);
  });
});

describe('a card', () => {
  test('is read as blocks', () => {
    expect(
      blocksOf('# A\n\none\ntwo\n\n- b\n- c\n\n| x | y |\n| --- | ---: |\n| 1 \\| 2 | 3 |\n'),
    ).toEqual([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'paragraph', text: 'one two' },
      { kind: 'list', items: ['b', 'c'] },
      { kind: 'table', head: ['x', 'y'], rows: [['1 | 2', '3']] },
    ]);
    expect(blocksOf('```\n# no\n```\n**')).toEqual([
      { kind: 'code', text: '# no' },
      { kind: 'paragraph', text: '**' },
    ]);
    expect(piecesOf('at **most** `1`')).toEqual([
      { kind: 'text', text: 'at ' },
      { kind: 'strong', text: 'most' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: '1' },
    ]);
  });

  test('whatever it holds, it is read to its end', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('# a', '- b', '| c |', '| - |', '```', '', '   ', '|', '#', '<b>'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(Array.isArray(blocksOf(lines.join('\n')))).toBe(true);
      }),
    );
  });
});

describe('a plan', () => {
  test('is the same again when nothing was written', () => {
    const plans = [
      usualPlan,
      ModelPlan.parse({
        data: { windowMs: 5_400_000, halfLifeMs: 90_000_000 },
        trainer: { name: 'linear', parameters: { ridge: 0.25 }, timeoutMs: 45_500 },
        triggers: { kinds: ['drift'], volumeShare: null, scheduleMs: null },
        gates: { alpha: 0.013, holdoutShare: 1 / 3 },
        release: {
          ...{ automatic: false, approvals: ['champion'], gainMin: 0.0005 },
          canary: [{ share: 0.07, rowsMin: 3, durationMs: 90_000 }],
        },
      }),
    ];
    for (const plan of plans) {
      const { plan: read, faults } = planOf(draftOf(plan), plan);
      expect(faults).toEqual([]);
      expect(read).toEqual(plan);
      expect(changesOf(plan, read!)).toEqual([]);
    }
  });

  test('what cannot be read, and what is out of bounds, is said at its field in its unit', () => {
    const draft = draftOf(usualPlan);
    const said = (texts: Record<string, string>) =>
      planOf({ ...draft, texts: { ...draft.texts, ...texts } }, usualPlan).faults.map(
        ({ field, sentence }) => `${field}: ${sentence}`,
      );
    expect(said({ 'data.windowMs': 'long', 'gates.alpha': 'x', 'data.rowsMin': '2.5' })).toEqual([
      'data.windowMs: Expected a time such as 90 days, 6 h or 30 min.',
      'data.rowsMin: Expected a whole number.',
      'gates.alpha: Expected per cent.',
    ]);
    expect(said({ 'data.windowMs': '5 min' })).toEqual(['data.windowMs: At least 1\u00a0hour.']);
    expect(said({ 'gates.alpha': '50' })).toEqual(['gates.alpha: Below 50\u00a0%.']);
    expect(said({ 'data.rowsMax': '9 000 000' })).toEqual([
      'data.rowsMax: At most 5\u202f000\u202f000.',
    ]);
    const canary = [{ share: '120', rowsMin: '0', durationMs: '1 h' }];
    expect(planOf({ ...draft, canary }, usualPlan).faults.map(({ sentence }) => sentence)).toEqual([
      'Step 1: At most 100\u00a0%.',
      'Step 1: At least 1.',
    ]);
    const parameters = [
      { name: '', value: '1' },
      { name: 'depth', value: 'deep' },
    ];
    expect(planOf({ ...draft, parameters }, usualPlan).faults).toHaveLength(2);
  });

  test('what changes is told field by field', () => {
    const after = ModelPlan.parse({
      data: { windowMs: 30 * 86_400_000 },
      triggers: { scheduleMs: null },
      release: { canary: [{ share: 0.1 }] },
    });
    expect(changesOf(usualPlan, after)).toEqual([
      'Length of the past: 90\u00a0days → 30\u00a0days',
      'Longest age: 7\u00a0days → none',
      'Steps of the canary: 5\u00a0% (500), 25\u00a0% (1\u202f000), 50\u00a0% (2\u202f000) → 10\u00a0% (500)',
    ]);
  });
});
