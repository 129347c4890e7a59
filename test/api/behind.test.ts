/** The question behind a number over HTTP: what is asked, what is refused, how it goes on, and that it is written down. */
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { behindCursor } from '../../api/behindCursor.ts';
import { type BehindQuestion, behindRangeMs } from '../../contracts/eventsBehind.ts';
import type { BehindPage } from '../../control/behind/readBehind.ts';
import { auditDesk, now, queriesOf, serverOf } from './fakes.ts';

let app: FastifyInstance;
afterEach(() => app?.close());

const event = {
  ...{ partition: 1, offset: 7, time: now, receivedAt: now, type: 'answered', user: 'ada' },
  ...{ item: null, value: 1, raw: '{"id":"e"}', counted: { as: 'event' as const } },
};
const last = { at: now, partition: 1, offset: 7 };
const from = now - 60_000;
const metric = { of: 'metric' as const, metric: 'events', from, to: now };

/** Answers one event, and that more follow; undefined for the metric `nothing`. */
function served() {
  const asked: { question: BehindQuestion; page: BehindPage }[] = [];
  app = serverOf({
    queries: queriesOf({
      async behind(question, page) {
        asked.push({ question, page });
        if (question.of === 'metric' && question.metric === 'nothing') return undefined;
        const sums = { counted: 2, kept: 2, late: 0 };
        return { pipeline: 'learning', from: 0, to: now, ...sums, events: [event], last };
      },
    }),
  });
  return asked;
}

async function ask(query: Readonly<Record<string, string | number>>) {
  return app.inject({ url: '/v1/events/behind', query: textsOf(query) });
}

function textsOf(query: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, `${value}`]));
}

test('a page leads to the next', async () => {
  const asked = served();
  const first = await ask({ ...metric, limit: 1 });
  expect(first.statusCode, first.body).toBe(200);
  const { events, next } = first.json();
  expect(events).toEqual([event]);
  expect((await ask({ ...metric, limit: 1, after: next })).statusCode).toBe(200);
  expect(asked.map(({ page }) => page)).toEqual([
    { limit: 1, after: undefined },
    { limit: 1, after: last },
  ]);
  expect(asked[0]!.question).toEqual(metric);
});

test.each([
  { of: 'experiment', key: 'hints', variant: 'with' },
  { of: 'experiment', key: 'hints', variant: 'with', metric: 'right', from: 1, to: 2 },
  { of: 'policy', key: 'tutor', way: 'holdout' },
  { of: 'column', column: 'context_skill', value: '', from: 1, to: 2 },
  { of: 'column', column: 'answer', above: -0.5, upTo: 1.5, from: 1, to: 2 },
  { of: 'model', pipeline: 'learning', model: 'answer', slice: 'skill', value: '', from: 1, to: 2 },
])('a question of $of is taken', async (question) => {
  const asked = served();
  expect((await ask(question)).statusCode).toBe(200);
  expect(asked[0]!.question).toEqual(question);
});

test('a number that nobody knows is not found', async () => {
  served();
  expect((await ask({ ...metric, metric: 'nothing' })).statusCode).toBe(404);
});

describe('what is no question is refused, and nothing is read', () => {
  test.each<[string, Record<string, string | number>, string]>([
    ['no kind', { metric: 'events' }, 'of'],
    ['another kind', { ...metric, of: 'letters' }, 'of'],
    ['no range', { of: 'metric', metric: 'events' }, 'from'],
    ['a range backwards', { ...metric, from: now, to: 1 }, 'from'],
    ['a range that is too long', { ...metric, from: now - behindRangeMs - 1 }, 'from'],
    ['a field of another kind', { ...metric, variant: 'with' }, ''],
    ['bounds backwards', { of: 'column', column: 'c', from: 1, to: 2, above: 2, upTo: 1 }, 'above'],
    [
      'a value and a bound',
      { of: 'column', column: 'c', from: 1, to: 2, above: 2, value: 'v' },
      'value',
    ],
    ['a bound that is no number', { of: 'column', column: 'c', from: 1, to: 2, upTo: 'x' }, 'upTo'],
    [
      'a slice without its value',
      { of: 'model', pipeline: 'l', model: 'm', from: 1, to: 2, slice: 'a' },
      'value',
    ],
    [
      'a slice that is no name',
      { of: 'model', pipeline: 'l', model: 'm', from: 1, to: 2, slice: "a' b", value: 'c' },
      'slice',
    ],
    ['a way that is none', { of: 'policy', key: 'tutor', way: 'luck' }, 'way'],
    ['too many', { ...metric, limit: 101 }, 'limit'],
    ['a misspelt field', { ...metric, segmnt: 'a' }, ''],
    ['a long cursor', { ...metric, after: 'a'.repeat(201) }, 'after'],
  ])('%s', async (_, query, at) => {
    const asked = served();
    const answer = await ask(query);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().issues.map((issue: { at: string }) => issue.at)).toContain(at);
    expect(asked).toEqual([]);
  });

  test.each([
    ['no cursor at all', 'nonsense'],
    ['JSON of another form', Buffer.from('[1,2]').toString('base64url')],
    ['another question’s', behindCursor({ ...metric, metric: 'rating' }, last)],
    ['a place below nothing', behindCursor(metric, { ...last, offset: -1 })],
    ['a statement in the place', behindCursor(metric, { ...last, offset: '1) OR 1' as never })],
  ])('a forged cursor: %s', async (_, after) => {
    const asked = served();
    const answer = await ask({ ...metric, after });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toMatch(/^after: expected what an answer/);
    expect(asked).toEqual([]);
  });
});

test('each page is written down as a view of single people, with what was asked', async () => {
  const facts: { act: string; kind: string; subject: string }[] = [];
  app = serverOf({
    audit: { ...auditDesk, trail: { record: async (fact) => void facts.push(fact) } },
  });
  await ask(metric);
  expect(facts).toMatchObject([
    {
      act: 'GET /v1/events/behind',
      kind: 'view',
      subject: `of=metric metric=events from=${from} to=${now}`,
    },
  ]);
});
