/** The outbox: what it tells, when, and what becomes of it when the other side, the table or the process fails. */
import { afterAll, expect, test } from 'vitest';
import type { AlertRoute } from '../../../contracts/watch.ts';
import { type DeliveriesOptions, openDeliveries } from '../../../control/notices/deliveries.ts';
import { deliveryId } from '../../../control/notices/deliveryId.ts';
import { deliveryOf, readNotices } from '../../../control/notices/noticeRows.ts';
import type { Notice } from '../../../sinks/notices/notice.ts';
import { NoticeProblem } from '../../../sinks/notices/noticeProblem.ts';
import { createNoticeSenders, sendNotice } from '../../../sinks/notices/senders.ts';
import { alertSample, resolvedSample } from '../../support/alertSamples.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { eventually } from '../../support/eventually.ts';
import { handClock } from '../../support/handClock.ts';
import { memoryNotices } from '../../support/memoryNotices.ts';
import { startNoticeServer } from '../../support/noticeServer.ts';

const start = Date.UTC(2026, 2, 2, 8);
const [second, minute, hour] = [1_000, 60_000, 3_600_000];

const routeOf = (key: string): AlertRoute => ({
  key,
  name: key,
  least: 'low',
  isActive: true,
  to: { kind: 'webhook', url: 'http://127.0.0.1:9' },
});

/** An outbox on a table in memory, a clock by hand, and a sender that does what `answer` says. */
function bench(change: Partial<DeliveriesOptions> = {}) {
  const store = memoryNotices();
  const clock = handClock(start);
  const sent: { route: string; notice: Notice; at: number }[] = [];
  const said: string[] = [];
  const trial = {
    store,
    clock,
    sent,
    said,
    answer: async (_route: string, _notice: Notice): Promise<void> => {},
    /** What was sent, and after how many seconds. */
    log: () =>
      sent.map(({ route, notice, at }) => {
        const what = notice.what === 'summary' ? 'summary' : `${notice.what} ${notice.alert.id}`;
        return `${(at - start) / second} ${route}: ${what}`;
      }),
    open: (more: Partial<DeliveriesOptions> = {}) =>
      openDeliveries({
        store,
        clock,
        random: () => 1 - 1e-9,
        routeOf,
        contentOf: async (id, what) => ({
          what,
          alert: what === 'firing' ? alertSample({ id }) : resolvedSample({ id }),
          lines: ['As it is.'],
          link: `https://millrace.example/${id}`,
        }),
        headlineOf: async (id) => `Alert ${id} fell.`,
        overviewLink: 'https://millrace.example/all',
        say: (sentence) => said.push(sentence),
        async send({ key }, notice, signal) {
          sent.push({ route: key, notice, at: clock.now() });
          await trial.answer(key, notice);
          signal.throwIfAborted();
        },
        ...change,
        ...more,
      }),
  };
  return trial;
}

const temporary = () => Promise.reject(new NoticeProblem('temporary', 'It is away.'));

test('what is to be told is written before it is tried, and its outcome behind', async () => {
  const trial = bench();
  const outbox = await trial.open();
  trial.answer = async () => {
    expect(trial.store.newest()).toMatchObject([{ outcome: 'waiting', version: 1, attempts: 0 }]);
  };
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(0);
  const id = deliveryId('a', 'desk', 'firing');
  expect(trial.sent[0]!.notice).toMatchObject({ what: 'firing', id, thread: id });
  expect(trial.store.newest()).toEqual([
    {
      alert: 'a',
      route: 'desk',
      what: 'firing',
      version: 2,
      madeAt: start,
      at: start,
      attempts: 1,
      nextAt: start,
      outcome: 'sent',
      problem: '',
      delivery: id,
    },
  ]);
  await outbox.stop();
});

test('what cannot be written down is not told, and the caller knows', async () => {
  const trial = bench();
  const outbox = await trial.open();
  trial.store.isAway = true;
  await expect(outbox.tell('a', 'firing', ['desk'])).rejects.toThrow('away');
  await trial.clock.go(hour);
  expect(trial.sent).toEqual([]);
  trial.store.isAway = false;
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(0);
  expect(trial.log()).toEqual(['3600 desk: firing a']);
  await outbox.stop();
});

test('the same is not told twice, and what is over answers what fired', async () => {
  const trial = bench();
  const outbox = await trial.open();
  await outbox.tell('a', 'firing', ['desk', 'desk']);
  await Promise.all([
    outbox.tell('a', 'firing', ['desk', 'night']),
    outbox.tell('a', 'firing', ['night']),
  ]);
  await trial.clock.go(0);
  await outbox.tell('a', 'resolved', ['desk']);
  await trial.clock.go(0);
  expect(trial.log()).toEqual(['0 desk: firing a', '0 night: firing a', '0 desk: resolved a']);
  const { id, thread } = trial.sent[2]!.notice;
  expect(id).toBe(deliveryId('a', 'desk', 'resolved'));
  expect(thread).toBe(trial.sent[0]!.notice.id);
  await outbox.stop();
});

test('it is tried again after twice the time each, with the same id, and said once', async () => {
  const trial = bench();
  const outbox = await trial.open();
  trial.answer = temporary;
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(75 * second);
  expect(trial.log()).toEqual([0, 10, 30, 70].map((at) => `${at} desk: firing a`));
  expect(new Set(trial.sent.map(({ notice }) => notice.id)).size).toBe(1);
  expect(trial.store.newest()).toMatchObject([
    { outcome: 'waiting', attempts: 4, nextAt: start + 150 * second, problem: 'It is away.' },
  ]);
  trial.answer = async () => {};
  await trial.clock.go(75 * second);
  expect(trial.store.newest()).toMatchObject([{ outcome: 'sent', attempts: 5, problem: '' }]);
  expect(trial.said).toEqual([
    'Alerts do not reach the route desk. It is away.',
    'Alerts reach the route desk again.',
  ]);
  await outbox.stop();
});

test('after a day it is given up, and told by nobody', async () => {
  const trial = bench();
  const outbox = await trial.open();
  trial.answer = temporary;
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(24 * hour - 1);
  expect(trial.store.newest()).toMatchObject([{ outcome: 'waiting' }]);
  await trial.clock.go(1);
  expect(trial.store.newest()).toMatchObject([
    { outcome: 'given up', attempts: 33, problem: 'It is away.' },
  ]);
  await trial.clock.go(48 * hour);
  expect(trial.sent).toHaveLength(33);
  expect(trial.said.at(-1)).toBe('A notice is given up on the route desk. It is away.');
  await outbox.stop();
});

test('what will never be taken is given up at once', async () => {
  const trial = bench();
  const outbox = await trial.open();
  trial.answer = () => Promise.reject(new NoticeProblem('permanent', 'It is refused.'));
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(hour);
  expect(trial.sent).toHaveLength(1);
  expect(trial.store.newest()).toMatchObject([{ outcome: 'given up', problem: 'It is refused.' }]);
  await outbox.stop();
});

test.each([
  [{ routeOf: () => undefined }, 'The route desk is not there any more.'],
  [
    { routeOf: (key: string) => ({ ...routeOf(key), isActive: false }) },
    'The route desk is switched off.',
  ],
  [{ contentOf: async () => undefined }, 'The alert is not there any more.'],
])('what is not there any more is given up: %o', async (change, problem) => {
  const trial = bench(change);
  const outbox = await trial.open();
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(0);
  expect(trial.sent).toEqual([]);
  expect(trial.store.newest()).toMatchObject([{ outcome: 'given up', problem }]);
  await outbox.stop();
});

test('no words are kept of what nobody foresaw', async () => {
  const trial = bench();
  const outbox = await trial.open({
    contentOf: async (id) => {
      if (id === 'b') throw new Error('https://hush');
      return { what: 'firing', alert: alertSample({ id }), lines: [], link: '' };
    },
  });
  trial.answer = () => Promise.reject(new TypeError('https://hush'));
  await outbox.tell('a', 'firing', ['desk']);
  await outbox.tell('b', 'firing', ['night']);
  await trial.clock.go(0);
  expect(trial.store.newest().map(({ outcome, problem }) => [outcome, problem])).toEqual([
    ['waiting', 'It failed for a reason of its own (TypeError).'],
    ['waiting', 'The alert could not be read (Error): it is tried again.'],
  ]);
  expect(trial.said.join()).not.toContain('hush');
  await outbox.stop();
});

test('Retry-After is waited for', async () => {
  const trial = bench();
  const outbox = await trial.open();
  trial.answer = () => Promise.reject(new NoticeProblem('temporary', 'Too many.', 20 * minute));
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(45 * minute);
  expect(trial.log()).toEqual([0, 1_200, 2_400].map((at) => `${at} desk: firing a`));
  await outbox.stop();
});

test('a route has one try at a time and does not hold up others; what fired comes first', async () => {
  const trial = bench();
  const outbox = await trial.open();
  let free = () => {};
  trial.answer = (route) =>
    route === 'slow' ? new Promise((resolve) => (free = resolve)) : Promise.resolve();
  await outbox.tell('a', 'firing', ['slow', 'desk']);
  await outbox.tell('a', 'resolved', ['slow', 'desk']);
  await trial.clock.go(minute);
  const quick = ['0 slow: firing a', '0 desk: firing a', '0 desk: resolved a'];
  expect(trial.log()).toEqual(quick);
  free();
  await trial.clock.go(0);
  expect(trial.log()).toEqual([...quick, '60 slow: resolved a']);
  free();
  await outbox.stop();
});

test('what is over waits for what fired, also while that is tried again', async () => {
  const trial = bench();
  const outbox = await trial.open();
  trial.answer = temporary;
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(second);
  trial.answer = async () => {};
  await outbox.tell('a', 'resolved', ['desk']);
  await outbox.tell('b', 'firing', ['desk']);
  await trial.clock.go(20 * second);
  expect(trial.log()).toEqual([
    '0 desk: firing a',
    '1 desk: firing b',
    '10 desk: firing a',
    '10 desk: resolved a',
  ]);
  await outbox.stop();
});

test('after a restart it goes on with what waits, by the same ids and at its time', async () => {
  const trial = bench();
  const first = await trial.open();
  trial.answer = temporary;
  await first.tell('a', 'firing', ['desk']);
  await first.tell('b', 'firing', ['night']);
  await trial.clock.go(15 * second);
  trial.answer = async () => {};
  await first.stop();
  await trial.clock.go(5 * second);
  const before = trial.sent.length;
  expect(before).toBe(4);
  const later = await trial.open();
  await trial.clock.go(minute);
  expect(trial.log().slice(before)).toEqual(['30 desk: firing a', '30 night: firing b']);
  expect(trial.sent.at(-1)!.notice.id).toBe(trial.sent[1]!.notice.id);
  expect(trial.store.newest()).toMatchObject([
    { outcome: 'sent', attempts: 3 },
    { outcome: 'sent', attempts: 3 },
  ]);
  await later.stop();
});

test('a crash between sending and writing tells it again, with the same id', async () => {
  const trial = bench();
  const first = await trial.open();
  await first.tell('a', 'firing', ['desk']);
  trial.store.isAway = true; // the process dies here
  await trial.clock.go(0);
  expect(trial.log()).toEqual(['0 desk: firing a']);
  const ending = first.stop();
  await trial.clock.go(minute);
  await ending;
  trial.store.isAway = false;
  const later = await trial.open();
  await trial.clock.go(0);
  expect(trial.sent).toHaveLength(2);
  expect(trial.sent[1]!.notice.id).toBe(trial.sent[0]!.notice.id);
  await later.stop();
});

test('an outcome that could not be written is written later, and nothing sent again', async () => {
  const trial = bench();
  const outbox = await trial.open();
  await outbox.tell('a', 'firing', ['desk']);
  trial.store.isAway = true;
  await trial.clock.go(12 * second);
  trial.store.isAway = false;
  await trial.clock.go(minute);
  expect(trial.sent).toHaveLength(1);
  expect(trial.store.newest()).toMatchObject([{ outcome: 'sent', at: start }]);
  expect(trial.said).toHaveLength(3);
  await outbox.stop();
});

test('the end waits for the try that is under way', async () => {
  const trial = bench();
  const outbox = await trial.open();
  let free = () => {};
  trial.answer = () => new Promise((resolve) => (free = resolve));
  await outbox.tell('a', 'firing', ['desk']);
  await outbox.tell('b', 'firing', ['desk']);
  await trial.clock.go(0);
  let isOver = false;
  const ending = outbox.stop().then(() => (isOver = true));
  await trial.clock.go(second);
  expect(isOver).toBe(false);
  free();
  await ending;
  expect(trial.store.newest().map(({ outcome }) => outcome)).toEqual(['sent', 'waiting']);
  await trial.clock.go(hour);
  expect(trial.sent).toHaveLength(1);
});

test('the end waits five seconds; what is ended then counts as no try', async () => {
  const trial = bench();
  const outbox = await trial.open({
    send: (_route, _notice, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  });
  await outbox.tell('a', 'firing', ['desk']);
  await trial.clock.go(0);
  const ending = outbox.stop();
  await trial.clock.go(5 * second);
  await ending;
  expect(trial.store.newest()).toMatchObject([{ outcome: 'waiting', attempts: 0, version: 1 }]);
});

test('beyond the limit of an hour one summary tells, and the next hour goes on', async () => {
  const trial = bench({ perHour: 3 });
  const outbox = await trial.open();
  for (const id of ['a', 'b', 'c', 'd', 'e']) await outbox.tell(id, 'firing', ['desk']);
  await outbox.tell('d', 'resolved', ['desk']);
  await outbox.tell('a', 'firing', ['night']);
  await trial.clock.go(30 * minute);
  expect(trial.log()).toEqual([
    '0 desk: firing a',
    '0 desk: firing b',
    '0 desk: firing c',
    '0 night: firing a',
    '60 desk: summary',
  ]);
  const { notice } = trial.sent.at(-1)!;
  expect(notice).toMatchObject({
    headline: '2 alerts more: 2 fired, 1 resolved.',
    lines: [
      'This route takes 3 notices in an hour one by one; of the others one summary tells.',
      'Fired and resolved: Alert d fell.',
      'Fired: Alert e fell.',
    ],
    link: 'https://millrace.example/all',
  });
  const told = trial.store.newest().filter(({ delivery }) => delivery === notice.id);
  expect(told.map(({ alert, what, outcome }) => [alert, what, outcome])).toEqual([
    ['d', 'firing', 'sent'],
    ['e', 'firing', 'sent'],
    ['d', 'resolved', 'sent'],
  ]);
  expect(told[0]!.problem).toMatch(/^Told in a summary/);
  // In the same hour no other summary; when the hour has passed, one by one again.
  await outbox.tell('f', 'firing', ['desk']);
  await trial.clock.go(30 * minute - 1);
  expect(trial.sent).toHaveLength(5);
  await trial.clock.go(1);
  expect(trial.log().slice(5)).toEqual(['3600 desk: firing f']);
  await outbox.stop();
});

test('the limit and the summary hold over a restart', async () => {
  const trial = bench({ perHour: 2 });
  const first = await trial.open();
  for (const id of ['a', 'b', 'c']) await first.tell(id, 'firing', ['desk']);
  await trial.clock.go(30 * second);
  await first.stop();
  const later = await trial.open();
  await trial.clock.go(10 * minute);
  expect(trial.log().slice(2)).toEqual(['60 desk: summary']);
  await later.stop();
  const third = await trial.open();
  await third.tell('d', 'firing', ['desk']);
  await trial.clock.go(49 * minute);
  expect(trial.sent).toHaveLength(3);
  await trial.clock.go(minute);
  expect(trial.log().slice(3)).toEqual(['3600 desk: firing d']);
  await third.stop();
});

test('a summary that is not taken is tried again with the same id; a storm makes one an hour', async () => {
  let draws = 0;
  const random = () => (++draws * 0.37) % 1;
  const trial = bench({ perHour: 1, random });
  const outbox = await trial.open();
  for (let i = 0; i < 40; i += 1) await outbox.tell(`a${i}`, 'firing', ['desk']);
  trial.answer = (_route, { what }) => (what === 'summary' ? temporary() : Promise.resolve());
  await trial.clock.go(65 * second);
  trial.answer = async () => {};
  await trial.clock.go(10 * minute);
  expect(trial.log()).toEqual([
    '0 desk: firing a0',
    '60 desk: summary',
    expect.stringMatching(/^6\d\.?\d* desk: summary$/),
  ]);
  const [, failed, taken] = trial.sent.map(({ notice }) => notice);
  expect(taken!.id).toBe(failed!.id);
  expect(taken!.lines).toHaveLength(12);
  expect(taken!.lines.at(-1)).toBe('And 29 others.');
  expect(trial.store.newest().every(({ outcome }) => outcome === 'sent')).toBe(true);
  await outbox.stop();
});

let clickhouse: TestClickHouse | undefined;
afterAll(() => clickhouse?.close());

test('with ClickHouse and a real webhook: an answer of 503, a restart, and what the alert says of it', async () => {
  clickhouse = await startTestClickHouse();
  const store = await clickhouse.database('notices');
  const server = await startNoticeServer();
  server.answer = (response) => response.writeHead(503, { 'retry-after': '1' }).end();
  const senders = createNoticeSenders({
    environment: {},
    smtpUrl: undefined,
    smtpFrom: undefined,
    say: () => {},
  });
  const open = () =>
    openDeliveries({
      store,
      send: (route, notice, signal) => sendNotice(senders, route, notice, signal),
      routeOf: (key) => ({ ...routeOf(key), to: { kind: 'webhook', url: server.url } }),
      contentOf: async (id, what) => ({ what, alert: alertSample({ id }), lines: [], link: '' }),
      headlineOf: async () => undefined,
      overviewLink: '',
      say: () => {},
      random: () => 0,
    });
  const outcome = async () => (await readNotices(store, "it's")).map(deliveryOf);
  const first = await open();
  await first.tell("it's", 'firing', ['desk']);
  await eventually(async () => {
    expect(await outcome()).toMatchObject([{ attempts: 1, outcome: 'waiting' }]);
  });
  await first.stop();
  server.answer = (response) => response.writeHead(204).end();
  const next = await open();
  await next.tell("it's", 'firing', ['desk']); // known, so not told again
  await eventually(async () => {
    expect(await outcome()).toEqual([
      {
        route: 'desk',
        what: 'firing',
        at: expect.any(Number),
        attempts: 2,
        outcome: 'sent',
        problem: null,
      },
    ]);
  });
  await next.stop();
  const ids = server.received.map(({ headers }) => headers['millrace-delivery']);
  expect(ids).toEqual([deliveryId("it's", 'desk', 'firing'), ids[0]]);
  await (await open()).stop();
  await server.close();
});
