/** The whole policy at work: every route, asked by every role, by keys of one permission, and by nobody. */
import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routePolicy } from '../../../api/access/routePolicy.ts';
import { permissions, roleNames, rolePermissions } from '../../../contracts/access.ts';
import { type AccessWorld, accessWorld } from '../../support/accessWorld.ts';
import { serverOf } from '../fakes.ts';

const routes = Object.entries(routePolicy).map(([name, policy]) => {
  const [method = '', path = ''] = name.split(' ');
  return { name, method, url: path.replaceAll(/:\w+/g, 'x'), ...policy };
});
/** Its answer does not end: see liveAccess.test.ts. */
const endless = new Set(['GET /v1/live']);

let world: AccessWorld;
beforeAll(async () => {
  world = await accessWorld({ rateLimit: 1_000_000 });
});
afterAll(() => world.app.close());

function payloadOf(method: string) {
  return method === 'GET' ? {} : { payload: {} };
}

describe('the table', () => {
  test('has each route of the server, and no other', async () => {
    const registered = new Set<string>();
    const app = serverOf();
    app.addHook('onRoute', ({ method, url }: RouteOptions) => {
      for (const each of [method].flat()) {
        if (each !== 'HEAD' && /^\/(v1|ofrep|metrics|livez|readyz)\b/.test(url)) {
          registered.add(`${each} ${url}`);
        }
      }
    });
    await app.ready();
    await app.close();
    expect([...registered].sort()).toEqual(Object.keys(routePolicy).sort());
  });

  test('is in the order of paths', () => {
    const paths = Object.keys(routePolicy).map((name) => name.split(' ')[1]!);
    expect(paths).toEqual(paths.toSorted((a, b) => (a === b ? 0 : a < b ? -1 : 1)));
  });

  test.each(['/v1/secret', '/ofrep/v1/secret'])(
    'the server is not built with a route that it has not: %s',
    async (url) => {
      const app = serverOf();
      app.register(async (inner) => {
        inner.get(url, async () => 'everything');
      });
      await expect(app.ready()).rejects.toThrow(
        `GET ${url}: expected a line in api/access/routePolicy.ts, got none`,
      );
    },
  );

  test('names a parameter of its path where it is about one definition', () => {
    const placed = routes.flatMap(({ name, within }) =>
      typeof within === 'object' ? [{ name, by: within.by }] : [],
    );
    expect(placed.length).toBeGreaterThan(20);
    expect(placed.filter(({ name, by }) => !name.split('/').includes(`:${by}`))).toEqual([]);
  });

  test('what changes something needs more than to read, or nobody', () => {
    const harmless = /\/(check|plan|evaluate)$/;
    const loose = routes.filter(
      ({ method, needs, name }) => method !== 'GET' && needs === 'read' && !harmless.test(name),
    );
    expect(loose.map(({ name }) => name)).toEqual([]);
    const open = routes.filter(({ needs }) => needs === 'nobody').map(({ name }) => name);
    expect(open).toEqual([
      'GET /livez',
      'GET /readyz',
      'POST /v1/accounts/first',
      'DELETE /v1/session',
      'GET /v1/session',
      'POST /v1/session',
      'POST /v1/session/password',
      'DELETE /v1/sessions',
      'GET /v1/sessions',
      'DELETE /v1/sessions/:session',
    ]);
  });
});

describe.each(roleNames)('a person with the role %s', (role) => {
  test.each(routes)('$name', async ({ name, method, url, needs, alsoNeeds }) => {
    if (needs === 'nobody') return;
    const [missing] = [needs, alsoNeeds].filter(
      (each) => each !== undefined && !rolePermissions[role].includes(each),
    );
    const may = missing === undefined;
    if (may && endless.has(name)) return;
    const headers = await world.headersOf(role);
    const { status, code, body } = await world.ask(method, url, { headers, ...payloadOf(method) });
    if (may) expect([status, code]).not.toContain(401);
    if (may) expect(status).not.toBe(403);
    else expect([status, code, body.permission]).toEqual([403, 'PERMISSION_MISSING', missing]);
  });
});

describe.each(permissions)('a key with the permission %s', (permission) => {
  test.each(routes)('$name', async ({ name, method, url, needs, alsoNeeds }) => {
    if (needs === 'nobody') return;
    const may = needs === permission && alsoNeeds === undefined;
    if (may && endless.has(name)) return;
    const headers = await world.keyWith([permission]);
    const { status, code } = await world.ask(method, url, { headers, ...payloadOf(method) });
    if (may) expect([401, 403]).not.toContain(status);
    else expect([status, code]).toEqual([403, 'PERMISSION_MISSING']);
  });
});

describe('nobody', () => {
  test.each(routes)('$name', async ({ method, url, needs }) => {
    const { status, code, headers } = await world.ask(method, url, payloadOf(method));
    if (needs === 'nobody') return expect(code).not.toBe('PERMISSION_MISSING');
    expect([status, code]).toEqual([401, 'SIGN_IN_NEEDED']);
    expect(headers['www-authenticate']).toContain('Bearer');
  });

  test('is told the head of nothing either', async () => {
    expect((await world.ask('HEAD', '/v1/models')).status).toBe(401);
  });

  test('may load the pages, which hold no data', async () => {
    for (const url of ['/', '/docs', '/openapi.json']) {
      expect([url, (await world.ask('GET', url)).status]).toEqual([url, 200]);
    }
  });
});

describe('who may not see all places', () => {
  test.each(routes)('$name', async ({ method, url, needs, within }) => {
    if (needs === 'nobody') return;
    const headers = await world.keyWith(permissions, [{ programme: 'law' }]);
    const { status, code } = await world.ask(method, url, { headers, ...payloadOf(method) });
    if (within === 'whole') expect([status, code]).toEqual([403, 'SCOPE_UNSUPPORTED']);
    else if (typeof within === 'object') expect([status, code]).toEqual([404, 'NOT_FOUND']);
    else expect(code).not.toBe('SCOPE_UNSUPPORTED');
  });
});

test('a refusal says which permission is missing, and who has it', async () => {
  const headers = await world.headersOf('viewer');
  const { body } = await world.ask('POST', '/v1/policies', { headers, payload: {} });
  expect(body.detail).toBe(
    'This needs the permission “operate”, which operators and admins have; The viewer has it not.',
  );
});

test('the description of the API says what each route needs', async () => {
  const { body } = await world.ask('GET', '/openapi.json');
  expect(Object.keys(body.components.securitySchemes)).toEqual(['key', 'session']);
  let seen = 0;
  for (const { name, method, needs, alsoNeeds } of routes) {
    const path = name.split(' ')[1]!.replaceAll(/:(\w+)/g, '{$1}');
    const described = body.paths[path]?.[method.toLowerCase()];
    if (described === undefined) continue;
    seen += 1;
    expect([name, described['x-permission']]).toEqual([name, needs]);
    expect([name, described['x-permission-also']]).toEqual([name, alsoNeeds]);
    expect([name, described.security.length]).toEqual([name, needs === 'nobody' ? 0 : 2]);
  }
  expect(seen).toBeGreaterThan(routes.length - 5); // some are hidden
});
