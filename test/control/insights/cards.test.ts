/** The life of a card: one open card of a subject, what people say to it, and what becomes of it by itself. */
import { describe, expect, test } from 'vitest';
import type { Card, CardAnswer } from '../../../contracts/insight.ts';
import { answerCard, heldAct } from '../../../control/insights/cardActs.ts';
import { CardDesk, type Told } from '../../../control/insights/cardDesk.ts';
import { figuresEveryMs } from '../../../control/insights/cardLife.ts';
import { dayMs, keyOf, TestBook } from '../../../control/insights/testBook.ts';
import { finding, start, subject } from '../../support/insights.ts';

type Change = Parameters<typeof finding>[0];
const kinds = new Set(['fell', 'stale', 'late']);

/** A desk whose findings are facts: named here, they hold. */
function world() {
  const book = new TestBook();
  const desk = new CardDesk();
  let now = start;
  return {
    ...{ book, desk },
    now: () => now,
    /** Facts of subjects that hold from then on: by kind, what is said of each. */
    go(ms: number, said: Readonly<Record<string, Change>>, of = subject()) {
      now += ms;
      const told = new Map<string, Told>();
      const key = `model:${of.key}`;
      for (const [kind, change] of Object.entries(said)) {
        told.set(keyOf({ kind, subject: key }), {
          subject: of,
          finding: finding({ kind, ...change }),
        });
      }
      const judgements = Object.keys(said).map((kind) => {
        return { kind, subject: key, judgedAt: now, pValue: null };
      });
      book.judge(judgements, { eventTime: now, now, asked: kinds, kinds });
      desk.step(book, told, { now, eventTime: now, votes: new Map() });
      const rows = desk.unstored();
      desk.stored(rows);
      return rows.map(({ card, sentence }) => ({ card, sentence }));
    },
  };
}

const say = (card: Card, answer: CardAnswer, now: number, until?: number, actor = 'ada'): Card => {
  const after = answerCard(card, { actor, answer, note: '', until }, now);
  if ('problem' in after) throw new Error(after.problem);
  return after;
};

describe('what is found of a subject', () => {
  test('is one card: led by the highest score, the others beside it', () => {
    const { go } = world();
    const impact = (value: number): Change => ({ impact: { value, words: '' } });
    const [made] = go(0, { fell: impact(0.2), stale: impact(0.4) });
    expect(made).toMatchObject({
      card: { revision: 1, finding: { kind: 'stale' }, others: [{ kind: 'fell' }] },
      sentence: 'Found. The model answer errs more.',
    });
    const [led] = go(1, { fell: impact(0.9), stale: impact(0.4) });
    expect(led).toMatchObject({
      card: { revision: 2, id: made!.card.id, finding: { kind: 'fell' } },
    });
    expect(led!.sentence).toMatch(/^Led by another\./);
    const [joined] = go(1, { fell: impact(0.9), stale: impact(0.4), late: impact(0.1) });
    expect(joined!.sentence).toMatch(/^Found as well\./);
    expect(joined!.card.others.map(({ kind }) => kind)).toEqual(['stale', 'late']);
  });

  test('of another subject is another card', () => {
    const { go, desk } = world();
    go(0, { fell: {} });
    go(1, { fell: {} }, subject('hint'));
    expect(desk.all().map((card) => card.subject.key)).toEqual(['answer', 'hint']);
  });

  test('whose figures move is written once an hour, what it does at once', () => {
    const { go } = world();
    go(0, { fell: { changed: 'by 1' } });
    expect(go(figuresEveryMs - 1, { fell: { changed: 'by 2' } })).toEqual([]);
    expect(go(1, { fell: { changed: 'by 3' } })).toMatchObject([
      { card: { revision: 2, finding: { changed: 'by 3' } }, sentence: '' },
    ]);
    expect(go(1, { fell: { changed: 'by 3' } })).toEqual([]);
    const action = {
      ...{ label: 'Look', page: '/x', request: null, needs: 'read' as const },
      ...{ consequence: '', undo: '' },
    };
    expect(go(1, { fell: { changed: 'by 3', action } })).toHaveLength(1);
  });

  test('is over when nothing is found any more; found again it is another card', () => {
    const { go, desk } = world();
    const [first] = go(0, { fell: {} });
    expect(go(3_600_000, {})).toMatchObject([
      { card: { state: 'over', revision: 2 }, sentence: 'It is not found any more.' },
    ]);
    expect(desk.all()).toEqual([]);
    const [second] = go(dayMs, { fell: {} });
    expect(second!.card.id).not.toBe(first!.card.id);
  });
});

describe('what people say', () => {
  test('snoozed, it is silent until its time, or until its score has doubled', () => {
    const { go, desk, now } = world();
    const at = (value: number): Change => ({
      impact: { value, words: '' },
      since: start + 2 * dayMs,
    });
    const [made] = go(0, { fell: at(0.3) });
    desk.takeAct(say(made!.card, 'snooze', now(), start + dayMs), now());
    expect(go(1_000, { fell: at(0.59) })).toEqual([]);
    expect(go(1_000, { fell: at(0.6) })).toMatchObject([
      { card: { state: 'live' }, sentence: 'Back before its time: it has become worse.' },
    ]);
    const again = say(desk.get(made!.card.id)!, 'snooze', now(), start + dayMs);
    desk.takeAct(again, now());
    expect(desk.nextAt).toBe(start + dayMs);
    expect(go(dayMs, { fell: at(0.6) })).toMatchObject([
      { card: { state: 'live', snoozedUntil: null }, sentence: 'Back: its time has come.' },
    ]);
  });

  test('done, it is not shown again while it is found; what is new of the subject is', () => {
    const { go, desk, now } = world();
    const [made] = go(0, { fell: {} });
    desk.takeAct(say(made!.card, 'done', now()), now());
    expect(go(dayMs, { fell: {} })).toEqual([]);
    const [other] = go(1, { fell: {}, stale: {} });
    expect(other).toMatchObject({
      card: { state: 'live', finding: { kind: 'stale' }, others: [] },
    });
    // Over and found again, it is new as well, and joins the open card.
    go(3_600_000, { stale: {} });
    const [joined] = go(1, { fell: {}, stale: {} });
    expect(joined!.card.id).toBe(other!.card.id);
    expect(joined!.card.others).toHaveLength(1);
  });

  test('accepted, it is not shown again; its other findings are, and so is it when it did not help', () => {
    const { go, desk, now } = world();
    const [made] = go(0, { fell: {}, stale: {} });
    const accepted = {
      ...{ actor: 'ada', at: now(), eventTime: now(), reason: '', kind: 'fell', label: 'Do it' },
      promise: null,
    };
    const act: Card = { ...made!.card, state: 'accepted', accepted, revision: 2 };
    desk.takeAct(act, now());
    const [left] = go(1, { fell: {}, stale: {} });
    expect(left!.card).toMatchObject({ state: 'live', finding: { kind: 'stale' }, others: [] });
    const nothing = { mean: null, count: 0 };
    desk.judge(
      desk.get(act.id)!,
      {
        ...{ judgedAt: now(), before: nothing, after: nothing, sentence: 'No change is seen.' },
        ...{ change: { estimate: 0, lower: -1, upper: 1 }, verdict: 'no change seen' },
      },
      now(),
    );
    const rows = go(1, { fell: { impact: { value: 0.4, words: '' } }, stale: {} });
    expect(rows.map(({ sentence }) => sentence.split('.')[0])).toEqual([
      ...['No change is seen', 'Found as well'],
    ]);
  });

  test('one vote and one act of each person count; votes move no card', () => {
    const { go } = world();
    const { card } = go(0, { fell: {} })[0]!;
    const voted = say(say(card, 'useful', 1), 'not useful', 2);
    const both = say(say(voted, 'done', 3), 'useful', 4, undefined, 'bob');
    expect(voted.state).toBe('live');
    expect(both.answers.map(({ actor, answer }) => `${actor}: ${answer}`)).toEqual([
      ...['ada: not useful', 'ada: done', 'bob: useful'],
    ]);
    expect(say(both, 'back', 5)).toMatchObject({ state: 'live' });
  });

  test('what cannot be is refused', () => {
    const { go } = world();
    const { card } = go(0, { fell: {} })[0]!;
    expect(() => say(card, 'back', 1)).toThrow('Only what was put off, done or noted');
    expect(() => say(card, 'snooze', 10, 10)).toThrow('a time to come');
    expect(() => say({ ...card, state: 'over' }, 'done', 1)).toThrow('in the inbox');
  });

  test('in the revision in which the engine has changed it, both hold', () => {
    const { go, desk, now } = world();
    const [made] = go(0, { fell: { changed: 'by 1' } });
    const act = say(made!.card, 'done', now());
    go(figuresEveryMs, { fell: { changed: 'by 2' } });
    desk.takeAct(act, now());
    expect(desk.get(made!.card.id)).toMatchObject({
      ...{ state: 'done', revision: 3, finding: { changed: 'by 2' } },
      answers: [{ actor: 'ada', answer: 'done' }],
    });
    expect(heldAct(desk.get(made!.card.id)!, act)).toBeNull();
  });
});
