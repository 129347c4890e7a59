/** A live stream lasts as long as what it was opened by. */
import { afterEach, expect, test } from 'vitest';
import { listen } from '../../../api/listen.ts';
import { makeFirstAccount } from '../../../control/access/changeAccounts.ts';
import { type AccessWorld, accessWorld, ada } from '../../support/accessWorld.ts';

let world: AccessWorld;
afterEach(() => world?.app.close());

const live = { intervalMs: 20, heartbeatMs: 20 };

async function stream(headers: Record<string, string>) {
  const url = await listen(world.app, { host: '127.0.0.1', port: 0 });
  const response = await fetch(`${url}/v1/live`, { headers });
  expect(response.status).toBe(200);
  const reader = response.body!.getReader();
  expect((await reader.read()).done).toBe(false);
  return {
    /** Resolves when the stream has ended. */
    async ended() {
      while (!(await reader.read()).done);
    },
  };
}

test('it ends with its session', async () => {
  world = await accessWorld({ server: { live } });
  const viewer = await world.accountOf('viewer');
  const headers = await world.sessionOf(viewer);
  const { ended } = await stream(headers);
  await world.ask('DELETE', '/v1/session', { headers });
  await ended();
}, 5_000);

test('it ends with its key', async () => {
  world = await accessWorld({ server: { live } });
  const headers = await world.keyWith(['read']);
  const { ended } = await stream(headers);
  await world.book.revokeKey(world.book.keys()[0]!.id, { actor: '', reason: '' });
  await ended();
}, 5_000);

test('it ends when somebody gets the first account', async () => {
  world = await accessWorld({ isSettled: false, server: { live } });
  const { ended } = await stream({});
  await makeFirstAccount(world.book, ada);
  await ended();
}, 5_000);

test('it does not keep a session open for which nobody does anything', async () => {
  world = await accessWorld({ server: { live } });
  const headers = await world.headersOf('viewer');
  const { ended } = await stream(headers);
  world.clock.now += 3_600_000;
  await ended();
}, 5_000);

test('it is not opened without', async () => {
  world = await accessWorld({ server: { live } });
  const url = await listen(world.app, { host: '127.0.0.1', port: 0 });
  expect((await fetch(`${url}/v1/live`)).status).toBe(401);
  const headers = await world.keyWith(['produce']);
  expect((await fetch(`${url}/v1/live`, { headers })).status).toBe(403);
});
