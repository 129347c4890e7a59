/** Places over HTTP, and what each route tells of whoever may not see all of them. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Scope } from '../../contracts/access.ts';
import type { PlaceNode } from '../../contracts/place.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import { type AccessWorld, accessWorld } from '../support/accessWorld.ts';
import { smallCampus } from '../support/smallCampus.ts';
import { placeBookOf, queriesOf } from './fakes.ts';

let world: AccessWorld;
let places: PlaceBook;
afterEach(async () => {
  await world.app.close();
  await places.close();
});

const by = { actor: 'Ada', reason: '' };

async function open(given: Parameters<typeof accessWorld>[0] = {}): Promise<void> {
  places = placeBookOf();
  await places.put(smallCampus, 0, by);
  world = await accessWorld({ rateLimit: 100_000, ...given, server: { places, ...given.server } });
}

async function operatorOf(scope: Scope) {
  const account = await world.accountOf('operator', `op-${JSON.stringify(scope).length}`, scope);
  return world.sessionOf(account);
}

describe('the registry', () => {
  const unplaced = [{ course: 'biology', events: 12, lastSeen: 5 }];

  test('is told with the courses that it has not, to whoever may see all places and single people', async () => {
    await open({ server: { queries: queriesOf({ unplaced: async () => unplaced }) } });
    const told = { revision: 1, places: smallCampus, mine: 'everywhere' };
    for (const [role, courses] of [
      ['analyst', unplaced],
      // One of them may be of few.
      ['viewer', []],
    ] as const) {
      const headers = await world.headersOf(role);
      const { status, body } = await world.ask('GET', '/v1/places', { headers });
      expect([role, status, body]).toEqual([role, 200, { ...told, unplaced: courses }]);
    }
  });

  test('to others their own part, with what that lies in', async () => {
    await open({ server: { queries: queriesOf({ unplaced: async () => unplaced }) } });
    const headers = await operatorOf([{ course: 'algebra' }]);
    const { body } = await world.ask('GET', '/v1/places', { headers });
    expect(body).toEqual({
      revision: 1,
      places: smallCampus.filter(({ name }) => ['north', 'mathematics', 'algebra'].includes(name)),
      unplaced: [],
      mine: [{ level: 'course', name: 'algebra' }],
    });
  });

  test('is changed by admins, from the newest revision', async () => {
    await open();
    const change = (revision: number, given: readonly PlaceNode[], role: 'admin' | 'operator') =>
      world.headersOf(role).then((headers) =>
        world.ask('PUT', '/v1/places', {
          headers,
          payload: { revision, places: given, reason: 'the spring' },
        }),
      );
    expect(await change(1, smallCampus.slice(0, 3), 'admin')).toMatchObject({
      status: 200,
      body: { revision: 2, places: smallCampus.slice(0, 3) },
    });
    expect(await change(1, smallCampus, 'admin')).toMatchObject({
      ...{ status: 409, code: 'REVISION_STALE', body: { revision: 2 } },
    });
    expect(await change(2, smallCampus, 'operator')).toMatchObject({
      ...{ status: 403, code: 'PERMISSION_MISSING' },
    });
    const bad = [smallCampus[0]!, { level: 'course', name: 'art', parent: null } as const];
    expect(await change(2, [...bad, ...bad], 'admin')).toMatchObject({
      ...{ status: 422, code: 'PLACE_REFUSED' },
      body: {
        problems: [
          { sentence: 'The course “art” has no programme. Name the one that it is part of.' },
          { sentence: 'The institution “north” is there twice.' },
          { sentence: 'The course “art” is there twice.' },
        ],
      },
    });
  });

  test('ten thousand places with the longest names are taken', async () => {
    await open();
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      ...{ level: 'institution', name: String(i).padEnd(256, 'é'), parent: null },
    }));
    const answer = await world.ask('PUT', '/v1/places', {
      headers: await world.headersOf('admin'),
      payload: { revision: 1, places: many, reason: '' },
    });
    expect([answer.status, answer.body.places.length]).toEqual([200, 10_000]);
  });
});

describe('a place that is asked for', () => {
  test('narrows what anybody is told, and is not there for whom it is not', async () => {
    await open();
    const asks = [
      ['viewer', 'programme:law', 200],
      ['viewer', 'course:unheard', 404],
      ['viewer', 'law', 400],
    ] as const;
    for (const [role, place, status] of asks) {
      const headers = await world.headersOf(role);
      const answer = await world.ask('GET', `/v1/experiments?place=${place}`, { headers });
      expect([place, answer.status]).toEqual([place, status]);
    }
    const headers = await operatorOf([{ course: 'algebra' }]);
    const foreign = await world.ask('GET', '/v1/places?place=course:contracts', { headers });
    const never = await world.ask('GET', '/v1/places?place=course:nowhere', { headers });
    expect([foreign.status, foreign.body.detail]).toEqual([404, 'There is no course contracts.']);
    const { requestId, ...told } = foreign.body;
    expect(requestId).toBeDefined();
    expect({ ...never.body, detail: told.detail }).toMatchObject(told);
    const own = await world.ask('GET', '/v1/places?place=institution:north', { headers });
    expect(own.body.places.map(({ name }: PlaceNode) => name)).not.toContain('analysis');
    const twice = await world.ask('GET', '/v1/places?place=course:law&place=course:algebra', {
      headers,
    });
    expect(twice.status).toBe(400);
  });

  test('is no part of what is of the whole engine, whoever asks', async () => {
    await open();
    const headers = await world.headersOf('admin');
    for (const url of ['/v1/pipelines', '/metrics', '/v1/accounts']) {
      expect((await world.ask('GET', url, { headers })).status).toBe(200);
      const answer = await world.ask('GET', `${url}?place=course:algebra`, { headers });
      expect([url, answer.status, answer.code]).toEqual([url, 403, 'SCOPE_UNSUPPORTED']);
    }
  });
});

describe('what belongs to a place', () => {
  test('is told by who may see it, and moved by whom it belongs to, between own places', async () => {
    await open();
    await places.move('model', 'answer', { level: 'course', name: 'algebra' }, by);
    await places.move('model', 'essay', { level: 'course', name: 'contracts' }, by);
    const headers = await operatorOf([{ programme: 'mathematics' }]);
    const move = (path: string, place: object | null, of = headers) =>
      world.ask('PUT', `/v1/belongings/${path}`, {
        headers: of,
        payload: { place, reason: 'shared' },
      });
    const list = async (of = headers) =>
      (await world.ask('GET', '/v1/belongings', { headers: of })).body.belongings;
    const algebra = { level: 'course', name: 'algebra' };
    expect(await list()).toEqual([{ kind: 'model', key: 'answer', place: algebra }]);
    const analysis = { level: 'course', name: 'analysis' };
    expect(await move('model/answer', analysis)).toMatchObject({
      ...{ status: 200, body: { kind: 'model', key: 'answer', place: analysis } },
    });
    const refusals: [Awaited<ReturnType<typeof move>>, number, string][] = [
      [await move('model/essay', analysis), 404, 'There is no model essay.'],
      [await move('model/never', analysis), 404, 'There is no model never.'],
      [await move('experiment/never', analysis), 404, 'There is no experiment never.'],
      [
        await move('model/answer', { level: 'course', name: 'contracts' }),
        404,
        'There is no course contracts.',
      ],
      [
        await move('model/answer', { level: 'institution', name: 'north' }),
        404,
        'There is no institution north.',
      ],
      [
        await move('model/answer', null),
        422,
        'Only whoever may see all places takes it out of them.',
      ],
    ];
    for (const [{ status: got, body }, status, detail] of refusals) {
      expect([got, body.detail]).toEqual([status, detail]);
    }
    const everywhere = await world.headersOf('operator');
    expect(await list(everywhere)).toHaveLength(2);
    expect((await move('model/answer', null, everywhere)).status).toBe(200);
    expect(await list()).toEqual([]);
    expect((await move('experiment/never', null, everywhere)).status).toBe(404);
  });
});
