/** What the page of recommendations says, chooses and draws, without a browser. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permissions, roleNames, rolePermissions } from '../../contracts/access.ts';
import { type Card, cardStates, insightAreas } from '../../contracts/insight.ts';
import { lightLook } from '../../ui/charts/chartLook.ts';
import {
  barsEvidence,
  barsEvidenceTable,
  courseEvidence,
  courseEvidenceTable,
} from '../../ui/charts/insightEvidence.ts';
import { tooltipHtml } from '../../ui/charts/tooltip.ts';
import { ApiProblem } from '../../ui/data/client.ts';
import { areaNames, doingNames } from '../../ui/data/search.ts';
import { cut } from '../../ui/format/cut.ts';
import { isOwnPage } from '../../ui/parts/PageLink.tsx';
import { untilOf } from '../../ui/recommendations/AnswerDialog.tsx';
import { acceptHelp } from '../../ui/recommendations/acceptHelp.ts';
import { answered, canComeBack, voteOf, withCard } from '../../ui/recommendations/answered.ts';
import { doingOf, isChosen, isNarrowed } from '../../ui/recommendations/chosen.ts';
import { ordered } from '../../ui/recommendations/HistorySection.tsx';
import { inboxSentence } from '../../ui/recommendations/inboxSentence.ts';
import { kindName } from '../../ui/recommendations/kindName.ts';
import { isStale } from '../../ui/recommendations/LookedLine.tsx';
import { reachOf } from '../../ui/recommendations/OutcomeBar.tsx';
import { readOpened } from '../../ui/recommendations/opened.ts';
import { sentenceOf } from '../../ui/recommendations/PastCard.tsx';
import { partsOf } from '../../ui/recommendations/partWords.ts';
import { promiseRange } from '../../ui/recommendations/promiseRange.ts';
import { promiseWords, recordWords } from '../../ui/recommendations/recordWords.ts';
import { cardStanding, judgedOn } from '../../ui/recommendations/standing.ts';
import { subjectPage } from '../../ui/recommendations/subjectPage.ts';
import { formatUnitChange } from '../../ui/recommendations/unitFigure.ts';
import { whatChanged } from '../../ui/recommendations/whatChanged.ts';
import { acceptance } from '../../ui/words/recommendations.ts';
import {
  barsOf,
  cardOf,
  courseOf,
  fakeInsights,
  findingOf,
  long,
  script,
} from '../support/fakeInsights.ts';
import { drawing } from './support/drawing.ts';

const now = Date.UTC(2026, 10, 27, 12);
const day = 86_400_000;
const card = (part: Partial<Card> = {}) => cardOf(now, { id: 'a', ...part });
const all = fakeInsights(now).cards;
const named = (id: string) => all.find((each) => each.id === id)!;

test('the address knows all areas and ways', () => {
  expect(areaNames).toEqual(insightAreas);
  expect(new Set(all.map(({ finding }) => doingOf(finding)))).toEqual(new Set(doingNames));
});

test('who may do it is told as the roles have it', () => {
  const plurals = {
    ...{ viewer: 'iewer', analyst: 'nalysts', operator: 'perators' },
    ...{ admin: 'dministrators', auditor: 'uditors' },
  };
  // These are told without roles: they are of programs, or of all.
  for (const permission of permissions.filter((each) => !/produce|decide|read/.test(each))) {
    for (const role of roleNames) {
      const may = rolePermissions[role].includes(permission);
      expect(acceptance.needs[permission].includes(plurals[role]), `${role} ${permission}`).toBe(
        may,
      );
    }
  }
});

describe('the sentence over the page', () => {
  const looked = { at: now };
  const say = (cards: readonly Card[], more = false) =>
    inboxSentence({ cards: [...cards], more, looked });

  test('counts what is to do and says what the first means', () => {
    expect(say([card()])).toEqual({
      tone: 'bad',
      word: '1\u00a0thing to do: about 210 students a week are predicted 4 points too high.',
    });
    const small = card({
      finding: findingOf(now, {
        impact: { value: 0.2, words: '' },
        reach: { share: 0.1, users: 210 },
      }),
    });
    expect(say([small, card(), card()])).toEqual({
      tone: 'attention',
      word: '3\u00a0things to do; the first: it concerns 210\u00a0users.',
    });
    expect(say([small, card()], true).word).toMatch(/^2\+/);
    const unknown = { impact: { value: 0.2, words: '' }, reach: { share: 0.1, users: null } };
    expect(say([card({ finding: findingOf(now, unknown) })]).word).toBe(
      '1\u00a0thing to do: Predictions of answer have been too high since version 1.2 serves.',
    );
  });

  test('what was put off is not to do, and nothing is a real outcome', () => {
    const snoozed = card({ state: 'snoozed' });
    expect(say([snoozed])).toEqual({
      tone: 'good',
      word: 'There is nothing to do now; 1\u00a0recommendation is put off for later.',
    });
    expect(say([])).toEqual({ tone: 'good', word: 'There is nothing to do.' });
    expect(inboxSentence({ cards: [], more: false, looked: { at: null } }).tone).toBe('none');
  });

  test('stays a sentence, whatever the engine sends', () => {
    const text = say([named('i-long')]).word;
    expect(text.length).toBeLessThan(260);
    expect(text.endsWith(' …')).toBe(true);
  });
});

describe('the filters', () => {
  test('look at what leads a card and at what stands beside it', () => {
    const calibration = named('i-calibration');
    expect(isChosen(calibration, {})).toBe(true);
    expect(isChosen(calibration, { rule: 'slice-regression' })).toBe(true);
    expect(isChosen(calibration, { rule: 'slice-regression', doing: 'page' })).toBe(true);
    // No single finding of it is both.
    expect(isChosen(calibration, { rule: 'slice-regression', doing: 'button' })).toBe(false);
    expect(isChosen(calibration, { area: 'data' })).toBe(false);
    expect(isNarrowed({})).toBe(false);
    expect(isNarrowed({ doing: 'none' })).toBe(true);
  });
});

test('the parts of a score are told with their size', () => {
  expect(partsOf(card(), now).map(({ name, figure, text }) => [name, figure, text])).toEqual([
    ['Impact', '62\u00a0%', 'about 210 students a week are predicted 4 points too high'],
    [
      'Confidence',
      '98\u00a0%',
      'if there were nothing, a test would say so with a probability of 1 in 4\u202f167',
    ],
    ['Reach', '34\u00a0%', '2\u202f140 users, 34\u00a0% of those who are active'],
    ['Can be done', '100\u00a0%', 'the button does it'],
    ['Freshness', '72\u00a0%', 'it began 3.3\u00a0days ago; halves with each week'],
    ['Usefulness', '×\u00a01.32', 'people find this kind more useful than usual'],
  ]);
  const [, confidence] = partsOf(card({ finding: findingOf(now, { pValue: null }) }), now);
  expect(confidence?.text).toBe('a fact: there is no doubt of it');
  for (const each of all) {
    for (const { share } of partsOf(each, now)) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  }
});

describe('what changed in a card', () => {
  test('is told in sentences, and never nothing', () => {
    const before = card();
    expect(whatChanged(before, { ...before, revision: 5 })).toEqual([
      'Only its figures are newer.',
    ]);
    const worse = {
      ...before,
      score: 0.4,
      finding: findingOf(now, { changed: 'It is worse now.', action: null }),
      others: [findingOf(now, { kind: 'stale-model' })],
    };
    expect(whatChanged(before, worse)).toEqual([
      'It says now: It is worse now.',
      'No button does it any more.',
      'It is more urgent than before.',
      'Something else was found about the same.',
    ]);
    expect(whatChanged(worse, before)).toContain(
      'The button does something else: Calibrate and release anew.',
    );
  });

  test('says who was faster', () => {
    const before = card();
    const taken = { ...named('p-measured').accepted!, actor: 'Jonas Weber' };
    expect(whatChanged(before, { ...before, state: 'accepted', accepted: taken })).toEqual([
      'Jonas Weber did it: Calibrate and release anew.',
    ]);
    const answer = { actor: 'Jonas Weber', answer: 'snooze', note: '', at: now } as const;
    expect(whatChanged(before, { ...before, state: 'snoozed', answers: [answer] })).toEqual([
      'The card is put off now.',
      'Jonas Weber answered: snooze.',
    ]);
  });

  test('a button that sends something else under the same name is told', () => {
    const before = card();
    const { action } = before.finding;
    const other = { ...action!, request: { ...action!.request!, body: { model: 'young' } } };
    const after = { ...before, finding: { ...before.finding, action: other } };
    expect(whatChanged(before, after)).toEqual(['What the button sends is another.']);
    const reordered = { ...before, finding: structuredClone(before.finding) };
    expect(whatChanged(before, reordered)).toEqual(['Only its figures are newer.']);
  });
});

describe('an answer that is on its way', () => {
  const given = { actor: 'Ada', at: now } as const;

  test('is shown as the engine will have it, and taken back', () => {
    const useful = answered(card(), { ...given, answer: 'useful' });
    expect(useful.answers).toEqual([{ ...given, answer: 'useful', note: '' }]);
    expect(answered(useful, { ...given, answer: 'not useful' }).answers).toHaveLength(1);
    expect(voteOf(useful, 'Ada')).toBe('useful');
    expect(voteOf(useful, 'Jonas')).toBeUndefined();
    const put = answered(card(), { ...given, answer: 'snooze' });
    expect(put).toMatchObject({ state: 'snoozed', snoozedUntil: now + 7 * day });
    const both = answered(put, { ...given, answer: 'useful' });
    expect(both.answers.map(({ answer }) => answer)).toEqual(['snooze', 'useful']);
    expect(answered(both, { ...given, answer: 'back' })).toMatchObject({
      ...{ state: 'live', snoozedUntil: null },
      answers: [{ answer: 'useful' }, { answer: 'back' }],
    });
    const accepted = named('p-kept');
    expect(answered(accepted, { ...given, answer: 'back' }).state).toBe('accepted');
  });

  test('what was done by a request does not come back, what was noted does', () => {
    const ready = named('i-ready');
    const { kind } = ready.finding;
    const taken = { ...named('p-measured').accepted!, kind, promise: null };
    expect(canComeBack({ ...ready, state: 'accepted', accepted: taken })).toBe(true);
    expect(canComeBack(named('p-measured'))).toBe(false);
    expect(canComeBack(named('p-done'))).toBe(true);
    expect(canComeBack(ready)).toBe(false);
  });

  test('replaces the card wherever it is held, and nothing else', () => {
    const after = card({ score: 0.9 });
    const { looked } = fakeInsights(now);
    const list = { cards: [named('i-drift'), card()], more: false, looked };
    expect(withCard(list, after)?.cards).toEqual([named('i-drift'), after]);
    expect(withCard({ card: card(), history: [] }, after)?.card).toBe(after);
    expect(withCard({ card: named('i-drift'), history: [] }, after)?.card.id).toBe('i-drift');
    expect(withCard(undefined, after)).toBeUndefined();
  });
});

test('a card is put off until a day that is to come', () => {
  expect(untilOf('day', '', now)).toBe(now + day);
  expect(untilOf('week', '', now)).toBe(now + 7 * day);
  expect(untilOf('date', '2027-01-01', now)).toBe(new Date('2027-01-01T00:00').getTime());
  for (const value of ['', '2026-11-01', '2090-01-01', 'soon'])
    expect(untilOf('date', value, now)).toBeUndefined();
});

describe('what became of a card', () => {
  test('is a word, and the day of the judgement until then', () => {
    expect(cardStanding(named('p-kept'))).toEqual({ tone: 'good', word: 'It helped' });
    expect(cardStanding(named('p-worse'))).toEqual({ tone: 'bad', word: 'It became worse' });
    expect(cardStanding(named('p-measured')).word).toBe('Being measured');
    expect(judgedOn(named('p-measured'))).toBe(now + 2 * day);
    expect(judgedOn(named('p-kept'))).toBeUndefined();
    expect(sentenceOf(named('p-measured'))).toBe(
      'Calibration error falls by 2 to 5 points within three days. It is judged on 29 Nov 2026.',
    );
    expect(sentenceOf(named('p-kept'))).toMatch(/^Accepted 12 Oct/);
    expect(sentenceOf(named('p-done'))).toBe(
      'Jonas Weber took care of it. “A new kind of telephone”',
    );
    const unpromised = { ...named('p-measured').accepted!, promise: null };
    expect(sentenceOf({ ...named('p-measured'), accepted: unpromised })).toContain(
      'nothing that could',
    );
    for (const state of cardStates)
      expect(cardStanding({ state, outcome: null }).word).not.toBe('');
  });

  test('stands in the order in which it is judged', () => {
    const later = cardOf(now, { ...named('p-measured'), id: 'p-later' });
    later.accepted!.eventTime += day;
    expect(ordered([named('p-kept'), later, named('p-measured')]).map(({ id }) => id)).toEqual([
      ...['p-measured', 'p-later', 'p-kept'],
    ]);
  });

  test('is drawn on a scale that holds the promise as well', () => {
    const change = { estimate: -0.01, lower: -0.02, upper: 0 };
    expect(reachOf({ change, promise: { low: -0.05, high: null } })).toBe(0.05);
    expect(reachOf({ change, promise: null })).toBe(0.02);
    const none = { estimate: null, lower: null, upper: null };
    expect(reachOf({ change: none, promise: null })).toBe(0);
  });

  test('figures have their unit and their sign', () => {
    expect(formatUnitChange('share', -0.034)).toBe('−3.4\u00a0points');
    expect(formatUnitChange('points', 0.021)).toBe('+2.1\u00a0points');
    expect(formatUnitChange('number', -0.014)).toBe('−0.014');
    expect(formatUnitChange('ms', 1_200)).toBe('+1.2\u00a0s');
    expect(formatUnitChange('count', 0)).toBe('±0');
    expect(formatUnitChange('count', null)).toBe('–');
    expect(promiseRange({ unit: 'number', low: -0.03, high: -0.01 })).toBe('−0.03 to −0.01');
    expect(promiseRange({ unit: 'count', low: null, high: -3 })).toBe('−3 or less');
    expect(promiseRange({ unit: 'count', low: 3, high: null })).toBe('+3 or more');
    expect(promiseRange({ unit: 'count', low: null, high: null })).toBeUndefined();
  });
});

test('the record of a rule and the promise of all are plain words', () => {
  expect(recordWords({ shown: 12, accepted: 5, kept: 4 }).replaceAll('\u00a0', ' ')).toBe(
    '12 shown, 5 accepted, 4 helped',
  );
  expect(recordWords({ shown: 3, accepted: 0, kept: 0 })).toBe('3\u00a0shown');
  expect(recordWords({ shown: 0, accepted: 0, kept: 0 })).toBe('never shown');
  const said = promiseWords({ tests: 1_284, falseShare: 0.1 });
  expect(said).toContain('at most 1 in 10 of such cards');
  expect(said).toContain('1\u202f284 tests were made so far');
  expect(promiseWords({ tests: 0, falseShare: 0.1 })).toBe(
    'No card rests on a test: all are facts.',
  );
  expect(kindName('calibration-slipped')).toBe('Calibration slipped');
});

test('what was looked at long ago is old, and what never was is not', () => {
  expect(isStale({ at: now - 2 * 3_600_000 }, now)).toBe(false);
  expect(isStale({ at: now - 4 * 3_600_000 }, now)).toBe(true);
  expect(isStale({ at: now + 3_600_000 }, now)).toBe(false); // a clock that runs behind
  expect(isStale({ at: null }, now)).toBe(false);
});

describe('the page of a subject', () => {
  const of = (kind: Card['subject']['kind'], key: string, part: Partial<Card> = {}) =>
    subjectPage(card({ subject: { kind, key, name: key }, ...part }));

  test('is found for each kind, of a model by its pipeline', () => {
    expect(of('column', 'a/b')).toBe('/drift/a%2Fb');
    expect(of('experiment', 'hints')).toBe('/experiments/hints');
    expect(of('policy', 'tutor')).toBe('/personalization/tutor');
    expect(of('watch', 'lag')).toBe('/anomalies/watches/lag');
    expect(of('pipeline', 'answers')).toBe('/pipelines');
    expect(of('engine', '')).toBeUndefined();
    expect(of('model', 'answer')).toBe('/models/watch/answer');
    const unpromised = findingOf(now, { promise: null });
    expect(of('model', 'answer', { finding: unpromised })).toBe('/models/answer/versions');
    expect(subjectPage(named('i-coverage'))).toBe('/models/watch/young');
  });

  test('what the engine calls a page is one of this dashboard or none', () => {
    expect(isOwnPage('/experiments/hints?course=range')).toBe(true);
    for (const page of [
      ...['javascript:alert(1)', '//evil.example', '/\\evil.example', 'https://evil.example'],
      ...['data:text/html,x', '', ' /x', '/v1/erase'],
    ]) {
      expect(isOwnPage(page), page).toBe(false);
    }
  });
});

test('what was opened is read again only when it is whole', () => {
  const opened = {
    ...{ card: 'a', kind: 'k', label: 'Look' },
    subject: { kind: 'model', key: 'answer' },
  };
  expect(readOpened(JSON.stringify(opened))).toEqual(opened);
  for (const text of [undefined, '', '{', '7', '{}', JSON.stringify({ ...opened, subject: 3 })]) {
    expect(readOpened(text)).toBeNull();
  }
});

test('each failure says what to do', () => {
  const help = (status: number) => acceptHelp(new ApiProblem(status, 'x'));
  expect(help(403)).toMatch(/Ask somebody who may/);
  expect(help(401)).toMatch(/Sign in/);
  expect(help(404)).toMatch(/not there any more/);
  expect(help(422)).toMatch(/^Nothing was done/);
  // Nobody knows whether a request without an answer was carried out.
  for (const status of [0, 500, 503]) expect(help(status)).toMatch(/^It is not known/);
  expect(acceptHelp(new TypeError('x'))).toMatch(/^It is not known/);
});

test('a long text is cut at a word, and never grows', () => {
  expect(cut('Accuracy fell for evening students', 20)).toBe('Accuracy fell for …');
  expect(cut('short', 20)).toBe('short');
  expect(cut('two\n\n  lines', 20)).toBe('two lines');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 50 }), (text, most) => {
      const found = cut(text, most);
      expect(found.length).toBeLessThanOrEqual(most);
      expect(() => encodeURIComponent(found)).not.toThrow();
    }),
  );
});

describe('evidence', () => {
  test('series with instants of their own stand in one table', () => {
    const point = (at: number, value: number) => ({ at, value, lower: null, upper: null });
    const evidence = courseOf(now, {
      series: [
        { name: 'A', points: [point(1, 10), point(3, 30)] },
        { name: 'B', points: [{ at: 2, value: 5, lower: 4, upper: 7 }] },
      ],
    });
    const table = courseEvidenceTable(evidence);
    expect(table.columns.map(({ label }) => label)).toEqual([
      ...['Time', 'A', 'B', 'B, 95 % from', 'Width', 'B, 95 % to'],
    ]);
    expect(table.rows).toEqual([
      [1, 10, null, null, null, null],
      [2, null, 5, 4, 3, 7],
      [3, 30, null, null, null, null],
    ]);
  });

  test('whatever it holds can be drawn, in few pixels too', () => {
    for (const { finding } of all) {
      const { evidence } = finding;
      if (evidence === null) continue;
      for (const look of [lightLook, { ...lightLook, compact: true }]) {
        const option =
          evidence.kind === 'course'
            ? courseEvidence(courseEvidenceTable(evidence), look, evidence)
            : barsEvidence(barsEvidenceTable(evidence), look, evidence);
        expect(drawing(option, 300, 220)).toContain('<svg');
      }
    }
    const empty = courseOf(now, { series: [{ name: '', points: [] }], reference: null });
    const option = courseEvidence(courseEvidenceTable(empty), lightLook, empty);
    expect(drawing(option, 300, 220)).toContain('<svg');
  });

  test('names are words, never markup', () => {
    const bar = { name: script, value: 0.5, lower: 0.4, upper: 0.6, isMeant: true };
    const evidence = barsOf({ bars: [bar], reference: { name: script, value: 0.1 } });
    const table = barsEvidenceTable(evidence);
    const svg = drawing(barsEvidence(table, lightLook, evidence), 520, 200);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('<img');
    expect(tooltipHtml(table, { dataIndex: 0 }, 'UTC')).not.toContain('<script');
  });

  test('words on a picture are short, however long they are', () => {
    const evidence = courseOf(now, { reference: { name: long, value: 0.03 } });
    const svg = drawing(
      courseEvidence(courseEvidenceTable(evidence), lightLook, evidence),
      520,
      200,
    );
    expect(svg.length).toBeLessThan(60_000);
  });

  test('bars below zero end at zero, and the one that is meant is filled', () => {
    const bar = (value: number, isMeant: boolean) => ({
      ...{ name: `${value}`, value, isMeant, lower: null, upper: null },
    });
    const evidence = barsOf({
      unit: 'points',
      bars: [bar(-0.4, true), bar(0.4, false)],
      reference: null,
    });
    const svg = drawing(barsEvidence(barsEvidenceTable(evidence), lightLook, evidence), 520, 100);
    const boxes = [
      ...svg.matchAll(/<path d="M([\d.]+) [\d.]+l([\d.]+) 0l[^"]*" fill="(#\w+)"([^/]*)/g),
    ]
      .map(([, x, width, fill, rest]) => ({
        x: Number(x),
        end: Number(x) + Number(width),
        fill,
        rest,
      }))
      .filter(({ fill }) => fill === '#c2571a' || fill === '#71808f');
    expect(boxes).toHaveLength(2);
    const [below, above] = boxes;
    expect(below!.end).toBeCloseTo(above!.x, 0);
    expect(below!.rest).not.toContain('fill-opacity');
    expect(above!.rest).toContain('fill-opacity');
  });
});
