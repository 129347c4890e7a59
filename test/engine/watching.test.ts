/** Watching on the real engine over HTTP: defined, alerting, told, answered, over; and again after a restart. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Alert } from '../../contracts/alert.ts';
import {
  AlertDetail,
  AlertsAnswer,
  HappeningsAnswer,
  RouteTested,
  WatchChecked,
  WatchesAnswer,
} from '../../contracts/watchApi.ts';
import { defaultWatches } from '../../control/watching/defaultWatches.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';

const minute = 60_000;
const data = temporaryDirectory();
const told: { what: string; alert?: Alert; headline?: string }[] = [];
const hook = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on('end', () => {
    told.push(JSON.parse(body));
    response.end();
  });
});
let at: TestEngine;
beforeAll(async () => {
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  at = await startTestEngine(data);
}, 120_000);
afterAll(async () => {
  await at?.stop();
  hook.close();
  removeDirectory(data);
}, 60_000);

async function ask(method: string, path: string, body?: object) {
  const response = await fetch(`${at.url}${path}`, {
    method,
    ...(body !== undefined && { headers: json, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const first = Math.floor(Date.now() / minute) * minute - 30 * minute;
let ids = 0;
const events = (minuteOf: number, count: number) =>
  Array.from({ length: count }, () => {
    ids += 1;
    const time = new Date(first + minuteOf * minute + (ids % 60) * 1_000).toISOString();
    return { id: `e${ids}`, type: 'viewed', user: `u${ids % 7}`, item: 'x', time };
  });

const many = {
  key: 'many-views',
  name: 'Many views',
  lane: 'ingest',
  severity: 'high',
  source: { kind: 'metric', metric: 'events', figure: 'count', widthMs: minute },
  judgement: { kind: 'limit', direction: 'above', limit: 50, clear: 20 },
  clearMs: 0,
  routes: ['hook'],
};
const put = (path: string, definition: object, revision = 0) =>
  ask('PUT', path, { definition, revision, actor: 'ada', reason: 'a try' });

test('what is watched by default is there, and more is added, with what is wrong with it', async () => {
  await eventually(async () => {
    const { watches } = await at.get('/v1/watches', WatchesAnswer);
    expect(watches).toHaveLength(defaultWatches.length);
  });
  const early = await put('/v1/watches/many-views', many);
  expect(early).toMatchObject({ status: 422, body: { code: 'WATCH_REFUSED' } });
  expect(early.body.detail).toMatch(/no route hook/);
  const { port } = hook.address() as AddressInfo;
  const to = { kind: 'webhook', url: `http://127.0.0.1:${port}/` };
  const route = { key: 'hook', name: 'A program', to };
  expect((await put('/v1/routes/hook', route)).status).toBe(201);
  const tested = RouteTested.parse((await ask('POST', '/v1/routes/hook/test', {})).body);
  expect(tested).toEqual({ outcome: 'sent', problem: null });
  expect(told.splice(0)).toMatchObject([{ what: 'summary' }]);
  const made = await put('/v1/watches/many-views', many);
  expect(made).toMatchObject({ status: 201, body: { revision: 1, actor: 'ada' } });
  expect(await put('/v1/watches/many-views', many)).toMatchObject({
    ...{ status: 409, body: { code: 'KEY_TAKEN' } },
  });
});

test('an alert fires, is told and answered, and ends; after a restart nothing is told twice', async () => {
  await at.send([...events(0, 10), ...events(1, 1)]);
  // What there was before a watch looked for the first time is past to it.
  await eventually(async () => {
    const { watches } = await at.get('/v1/watches', WatchesAnswer);
    const own = watches.find(({ watch }) => watch.definition.key === 'many-views');
    expect(own).toMatchObject({ judgedTo: first + minute });
  }, 20_000);
  await at.send([...events(1, 9), ...events(2, 60), ...events(3, 1)]);
  await at.settle();
  const id = await eventually(async () => {
    const { alerts } = await at.get('/v1/alerts?state=open&watch=many-views', AlertsAnswer);
    expect(alerts).toMatchObject([{ state: 'firing', since: first + 2 * minute }]);
    return alerts[0]!.id;
  }, 20_000);
  await eventually(async () => expect(told).toHaveLength(1), 20_000);
  expect(told[0]).toMatchObject({ what: 'firing', alert: { id } });
  const taken = await ask('POST', `/v1/alerts/${id}/acknowledge`, { actor: 'ada', note: 'mine' });
  expect(taken).toMatchObject({ status: 200, body: { owner: 'ada' } });

  await at.stop();
  at = await startTestEngine(data);
  await at.send([...events(3, 5), ...events(4, 5), ...events(5, 1)]);
  await at.settle();
  await eventually(async () => {
    const { alert } = await at.get(`/v1/alerts/${id}`, AlertDetail);
    expect(alert).toMatchObject({ state: 'resolved', ending: 'recovered', owner: 'ada' });
  }, 20_000);
  await eventually(async () =>
    expect(told.map(({ what }) => what)).toEqual(['firing', 'resolved']),
  );
  // The minute after the one that ended it may be judged a moment later, and that somebody was told is noted when they have answered.
  const detail = await eventually(async () => {
    const read = await at.get(`/v1/alerts/${id}`, AlertDetail);
    expect(read.course.map(({ value }) => value)).toEqual([10, 10, 60, 6, 5]);
    expect(read.deliveries).toMatchObject([
      { route: 'hook', what: 'firing', outcome: 'sent' },
      { route: 'hook', what: 'resolved', outcome: 'sent' },
    ]);
    return read;
  });
  expect(detail.history.map(({ sentence }) => sentence.split('.')[0])).toEqual([
    'Fires',
    'ada takes care of it',
    'Over: readings are as they should be',
  ]);
  const again = await ask('POST', `/v1/alerts/${id}/close`, { actor: 'ada' });
  expect(again).toMatchObject({ status: 422, body: { code: 'WATCH_REFUSED' } });
}, 90_000);

test('a definition is tried on the past before it is made, and happenings tell of both', async () => {
  const checked = await ask('POST', '/v1/watches/check', {
    definition: { ...many, key: 'few', judgement: { ...many.judgement, limit: 40 } },
  });
  const { problems, alerts, examples } = WatchChecked.parse(checked.body);
  expect(problems).toEqual([]);
  expect(alerts).toBe(1);
  expect(examples).toMatchObject([{ since: first + 2 * minute }]);
  const span = `from=${first - 60 * minute}&to=${Date.now() + minute}`;
  const { happenings } = await at.get(`/v1/happenings?${span}`, HappeningsAnswer);
  expect(happenings).toContainEqual(
    expect.objectContaining({ kind: 'watch', subject: 'many-views' }),
  );
  expect(happenings.some(({ kind }) => kind === 'alert')).toBe(true);
});

test('what is removed is gone, and comes back by its revision', async () => {
  const gone = await ask('DELETE', '/v1/watches/many-views?revision=1');
  expect(gone).toMatchObject({ status: 200, body: { revision: 2 } });
  const { body } = await ask('GET', '/v1/watches/many-views/revisions');
  expect(body).toMatchObject({ revisions: [{ revision: 1 }], removals: [{ revision: 2 }] });
  const { definition } = body.revisions[0];
  expect((await put('/v1/watches/many-views', definition, 2)).status).toBe(201);
  const { watches } = await at.get('/v1/watches', WatchesAnswer);
  expect(watches.map(({ watch }) => watch.definition.key)).toContain('many-views');
});
