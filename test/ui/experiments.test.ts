import { expect, test } from 'vitest';
import type { ExperimentSummary } from '../../contracts/experimentApi.ts';
import { noteAdded } from '../../contracts/noteSentences.ts';
import { ApiProblem } from '../../ui/data/client.ts';
import { conditionWords } from '../../ui/definitions/conditionWords.ts';
import { problemsOf } from '../../ui/definitions/problems.ts';
import { actionsOf } from '../../ui/experiments/actions.ts';
import { chosenOf } from '../../ui/experiments/chosen.ts';
import { consequencesOf } from '../../ui/experiments/consequences.ts';
import { endingOf } from '../../ui/experiments/ending.ts';
import { happeningsOf } from '../../ui/experiments/happenings.ts';
import { listSentence, needOf } from '../../ui/experiments/listSentence.ts';
import { comparisonOf, standingOf } from '../../ui/experiments/standing.ts';
import {
  formatBetween,
  formatDays,
  formatDetectable,
  formatEffect,
  formatEstimate,
  formatLevel,
  formatSize,
} from '../../ui/format/effects.ts';
import { formatFigure } from '../../ui/format/figure.ts';
import { formatEvidence, formatEvidenceTick } from '../../ui/format/numbers.ts';
import { day } from '../support/fakeExperiments.ts';
import { detailOf, now } from './support/experimentSamples.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

const summary: ExperimentSummary = {
  key: 'hints',
  name: 'Hints',
  state: 'running',
  revision: 1,
  startedAt: 0,
  endedAt: null,
  exposed: 10,
  primary: 'solved',
  verdict: { word: 'keep running', variant: null, sentence: '', daysLeft: 5.2 },
  sampleRatioAlarm: false,
  decision: null,
};
const judged = (name: string, word: 'ship' | 'stop' | 'invalid'): ExperimentSummary => ({
  ...summary,
  name,
  verdict: { word, variant: null, sentence: '', daysLeft: null },
});

test('effects of yes-or-no metrics are points, of others in their own unit, unknown ones are not NaN', () => {
  const effect = { estimate: 0.0214, low: 0.009, high: 0.034 };
  expect(plain(formatBetween('binary', effect))).toBe('between +0.9 and +3.4 points');
  expect(plain(formatEstimate('binary', effect))).toBe('+2.1 points');
  expect(formatBetween('continuous', { estimate: 0.3, low: -0.52, high: 1.9 })).toBe(
    'between −0.5 and +1.9',
  );
  expect(plain(formatBetween('binary', { estimate: 0, low: null, high: 0.034 }))).toBe(
    'at most +3.4 points',
  );
  for (const none of [null, NaN]) {
    expect(formatEffect('binary', none)).toBe('not known yet');
    expect(formatSize('count', none)).toBe('not known yet');
    expect(formatLevel('binary', none)).toBe('–');
    expect(formatDays(none)).toBe('not known yet');
  }
  expect(formatBetween('ratio', { estimate: null, low: null, high: null })).toBe('not known yet');
  expect(plain(formatSize('binary', 0.0207))).toBe('2.1 points');
  expect(formatDetectable('binary', 1.32)).toBe('nothing yet');
  expect(formatDetectable('count', 1.32)).toBe('1.3');
  expect(plain(formatLevel('binary', 0.4652))).toBe('46.5 %');
});

test('an interval has as many digits as its width is worth', () => {
  expect(formatBetween('continuous', { estimate: 3, low: -212.4, high: 388.2 })).toBe(
    'between −212 and +388',
  );
  expect(formatBetween('ratio', { estimate: 0, low: 0.0012, high: 0.0364 })).toBe(
    'between +0.001 and +0.036',
  );
});

test('evidence reads as a number as long as it is one, then as a power of ten', () => {
  expect(formatEvidence(Math.log(0.001))).toBe('< 0.01'.replace(' ', '\u00a0'));
  expect(formatEvidence(0)).toBe('1');
  expect(formatEvidence(Math.log(7.49))).toBe('7.5');
  expect(plain(formatEvidence(Math.log(11_980)))).toBe('12 000');
  expect(formatEvidence(9 * Math.LN10)).toBe('10⁹');
  expect(formatEvidence(2_000)).toBe('10⁸⁶⁸');
  expect(formatEvidenceTick(-3 * Math.LN10)).toBe('10⁻³');
  expect(plain(formatFigure('day', 12))).toBe('Day 12');
  expect(plain(formatFigure('points', -0.0214))).toBe('−2.14 points');
  expect(plain(formatFigure('relative', 0.042))).toBe('+4.2 %');
  expect(formatFigure('evidence', null)).toBe('–');
});

test('the list says first what needs a decision, the urgent before the pleasant', () => {
  const { tone, word } = listSentence([
    judged('A', 'ship'),
    summary,
    judged('B', 'invalid'),
    judged('C', 'stop'),
  ]);
  expect(tone).toBe('bad');
  expect(plain(word)).toBe(
    '3 experiments need you: “B” cannot be believed, “C” should stop and “A” can be shipped.',
  );
  expect(plain(listSentence([judged('A', 'ship')]).word)).toBe(
    '1 experiment needs you: “A” can be shipped.',
  );
  const many = ['A', 'B', 'C', 'D', 'E'].map((name) => judged(name, 'ship'));
  expect(listSentence(many).word).toContain('and 2 more.');
});

test('what is over needs nobody; a ratio alarm does, whatever the verdict', () => {
  expect(needOf({ ...judged('A', 'stop'), state: 'stopped' })).toBeUndefined();
  expect(needOf({ ...summary, sampleRatioAlarm: true })).toBe('invalid');
  expect(needOf({ ...summary, verdict: null })).toBeUndefined();
});

test('without a need the list says when the next decision is planned, or what there is', () => {
  expect(plain(listSentence([summary]).word)).toBe(
    'Nothing needs you: 1 experiment runs. The next is planned to be decided in 6 days.',
  );
  expect(listSentence([]).word).toBe('There is no experiment yet.');
  expect(plain(listSentence([{ ...summary, state: 'draft' }]).word)).toBe(
    'No experiment runs; 1 draft waits to be started.',
  );
  expect(listSentence([{ ...summary, state: 'paused' }]).tone).toBe('attention');
  expect(listSentence([{ ...summary, state: 'archived' }]).word).toBe('No experiment runs.');
});

test('verdicts and comparisons are words, never a colour alone', () => {
  expect(standingOf(judged('A', 'invalid'))).toEqual({ tone: 'bad', word: 'Invalid' });
  const standing = (of: Partial<ExperimentSummary>) =>
    standingOf({ ...summary, verdict: null, ...of }).word;
  expect(standing({ state: 'draft' })).toBe('Draft');
  expect(standing({})).toBe('Not known yet');
  // Advice that nobody can follow any more is not what it stands at.
  const { verdict } = summary;
  expect(standing({ verdict })).toBe('Keep running');
  expect(standing({ state: 'stopped', verdict })).toBe('Stopped');
  const decision = { verdict: 'ship', variant: 'with' } as const;
  expect(standing({ state: 'archived', verdict, decision })).toBe('Shipped');
  expect(comparisonOf({ decided: true, direction: 'bad' })).toMatchObject({ word: 'Worse' });
  expect(comparisonOf({ decided: false, direction: 'good' }).word).toBe('Open');
  expect(comparisonOf({ decided: true, direction: 'bad' }, true).word).toBe('Harmed');
  expect(comparisonOf({ decided: false, direction: 'open' }, true).word).toBe('No harm shown');
});

test('the page shows what the address names, else what the verdict is about', () => {
  const detail = detailOf('motivation');
  const choose = (search: { metric?: string; variant?: string }) => chosenOf(detail, search);
  expect(choose({})).toMatchObject({
    name: 'Exercises tried',
    variant: 'badges',
    minimumEffect: 0.5,
  });
  expect(choose({ metric: 'solved', variant: 'streaks' })).toMatchObject({
    name: 'Solved within a day',
    variant: 'streaks',
    minimumEffect: undefined,
  });
  expect(choose({ metric: 'no-such', variant: 'plain' })).toMatchObject({ variant: 'badges' });
  expect(chosenOf(detailOf('hints'), {})?.variant).toBe('with');
  expect(chosenOf(detailOf('night-mode'), {})).toBeUndefined();
});

test('what happened is told once, in the order of time', () => {
  const happenings = happeningsOf(detailOf('hints'));
  expect(happenings.map(({ sentence }) => sentence)).toEqual([
    'Started',
    'Traffic 0.1 → 1 (stage 2)',
    'Autumn holidays begin',
  ]);
  const { experiment } = detailOf('hints');
  const untold = happeningsOf({ experiment, record: [] });
  expect(plain(untold[1]?.sentence ?? '')).toBe('Stage 2: traffic 100 %, shares 50 % : 50 %');
  expect(happeningsOf(detailOf('night-mode'))).toEqual([]);
  // A note stands at its own time, a draft has nothing else, and that it was written is not what happened.
  const note = { at: now - 9 * day, text: 'Autumn holidays begin' };
  const change = noteAdded(note.text);
  const told = { revision: 9, at: now, actor: '', reason: '', change };
  const { record } = detailOf('hints');
  expect(happeningsOf({ experiment, record: [told, ...record] })).toEqual(happenings);
  expect(happenings[2]).toEqual({ at: note.at, sentence: note.text, note });
  const draft = { ...detailOf('night-mode').experiment, annotations: [note] };
  expect(happeningsOf({ experiment: draft, record: [told] })).toEqual([happenings[2]]);
  expect(happenings[0]?.at).toBe(now - 21 * day);
});

test('a move says what it brings about before it is done', () => {
  const hints = detailOf('hints');
  const ship = consequencesOf(hints, { move: 'stop', decision: 'ship', variant: 'with' });
  expect(ship[0]).toBe('Everyone gets “With hints” from now on.');
  expect(plain(ship.join(' '))).toContain('12.5 k units were exposed');
  const early = consequencesOf(detailOf('evening-reminder'), {
    move: 'stop',
    decision: 'none',
    variant: null,
  });
  expect(early.join(' ')).toContain('keep running');
  expect(plain(consequencesOf(detailOf('night-mode'), { move: 'start' })[0] ?? '')).toBe(
    'From now on 100 % of the units that are targeted enter and get: 50 % Light, 50 % Dark.',
  );
});

test('the verdict’s own action is the filled one', () => {
  const filled = (key: string) => {
    const { moves } = actionsOf(detailOf(key));
    return moves.filter(({ look }) => look !== undefined).map(({ label, look }) => [label, look]);
  };
  expect(filled('hints')).toEqual([['Ship …', 'primary']]);
  expect(filled('adaptive-order')).toEqual([['Stop …', 'danger']]);
  expect(filled('evening-reminder')).toEqual([]);
  expect(filled('night-mode')).toEqual([['Start …', 'primary']]);
  expect(actionsOf(detailOf('larger-type')).editable).toBe(false);
  const invalid = actionsOf(detailOf('short-videos')).moves.at(-1);
  expect(invalid?.asked).toMatchObject({ move: 'stop', decision: 'invalid' });
});

test('conditions are phrases', () => {
  expect(conditionWords({ all: [] })).toBe('everyone');
  expect(
    conditionWords({
      all: [
        { field: 'grade', in: [7, 8] },
        { field: 'age', below: 12 },
      ],
    }),
  ).toBe('grade is 7 or 8 and age below 12');
  expect(
    conditionWords({
      any: [
        {
          all: [
            { field: 'a', is: 1 },
            { field: 'b', exists: false },
          ],
        },
        { not: { field: 'c', atLeast: 2 } },
      ],
    }),
  ).toBe('(a is 1 and b is not known) or not (c at least 2)');
});

test('a refusal is told in the engine’s own sentences, wherever it keeps them', () => {
  const said = { severity: 'problem', field: 'variants', sentence: 'Too few.' };
  expect(problemsOf(new ApiProblem(422, 'x', 'EXPERIMENT_REFUSED', { problems: [said] }))).toEqual([
    said,
  ]);
  const issues = [{ at: 'experiment.traffic', message: 'expected at most 1' }];
  expect(problemsOf(new ApiProblem(400, 'x', 'REQUEST_INVALID', { issues }))).toEqual([
    { severity: 'problem', field: 'traffic', sentence: 'expected at most 1' },
  ]);
  expect(problemsOf(new ApiProblem(500, 'x', undefined, { problems: 'no list' }))).toEqual([]);
  expect(problemsOf(new Error('x'))).toEqual([]);
});

test('what ended says how; what has not, or never began, does not', () => {
  const { experiment } = detailOf('hints');
  const ended = (given: Partial<typeof experiment>) =>
    endingOf({ experiment: { ...experiment, state: 'stopped', ...given } });
  const decided = (verdict: 'ship' | 'stop' | 'invalid', variant: string | null = null) =>
    ended({ decision: { verdict, variant, reason: '', at: now } })?.word;
  expect(decided('ship', 'with')).toBe('“With hints” was shipped: everyone gets it.');
  expect(decided('stop')).toBe('It was stopped, and nothing was shipped.');
  expect(decided('invalid')).toContain('believe nothing of it');
  expect(ended({})?.word).toBe('It was stopped without a decision.');
  expect(ended({ state: 'running' })).toBeUndefined();
  expect(ended({ state: 'archived', stages: [] })).toBeUndefined();
});
