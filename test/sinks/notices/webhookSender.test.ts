import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AlertRoute } from '../../../contracts/watch.ts';
import { NoticeProblem } from '../../../sinks/notices/noticeProblem.ts';
import { verifySignature } from '../../../sinks/notices/signature.ts';
import { WebhookBody } from '../../../sinks/notices/webhookBody.ts';
import { createWebhookSender } from '../../../sinks/notices/webhookSender.ts';
import { firing, resolved, routeTo, summary } from '../../support/noticeSamples.ts';
import { type NoticeServer, startNoticeServer } from '../../support/noticeServer.ts';

let server: NoticeServer;
beforeAll(async () => {
  server = await startNoticeServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
  server.answer = (response) => response.writeHead(204).end();
});

const secret = 'keep-it-secret';
const sender = createWebhookSender({ environment: { DESK_SECRET: secret }, timeoutMs: 300 });
const never = new AbortController().signal;
const to = (path = '/in', secretVariable?: string) =>
  routeTo({
    kind: 'webhook',
    url: server.url + path,
    ...(secretVariable === undefined ? {} : { secretVariable }),
  });

/** What went wrong. */
async function problem(send: Promise<void>): Promise<NoticeProblem> {
  const error = await send.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NoticeProblem);
  return error as NoticeProblem;
}

test('the body is of version 1, the delivery in a header, the signature of the bytes', async () => {
  const chart = { svg: '<svg/>', text: 'The course.' };
  await sender.send(to('/in', 'DESK_SECRET'), { ...firing, chart } as typeof firing, never);
  const { method, path, headers, body } = server.received[0]!;
  expect([method, path, headers['content-type']]).toEqual(['POST', '/in', 'application/json']);
  expect(headers['millrace-delivery']).toBe('f1');
  const said = WebhookBody.parse(JSON.parse(body));
  expect(said).toEqual(JSON.parse(body)); // nothing but what is documented
  expect(said).toMatchObject({ version: 1, id: 'f1', what: 'firing', chart });
  const header = String(headers['millrace-signature']);
  expect(verifySignature(header, body, secret)).toBe(true);
  expect(verifySignature(header, `${body} `, secret)).toBe(false);
});

test.each([firing, resolved, summary])('$what: all that is said has a place', async (notice) => {
  await sender.send(to(), notice, never);
  const { headers, body } = server.received[0]!;
  expect(headers).not.toHaveProperty('millrace-signature');
  const said = JSON.parse(body) as Record<string, unknown>;
  expect(WebhookBody.parse(said)).toEqual(said);
  expect(said).toMatchObject({ what: notice.what, lines: notice.lines, link: notice.link });
  if (notice.what !== 'summary') expect(said['alert']).toEqual(notice.alert);
});

test.each([200, 201, 202, 204])('%i is a success', async (status) => {
  server.answer = (response) => response.writeHead(status).end(status === 204 ? undefined : 'ok');
  await sender.send(to(), firing, never);
});

test.each([
  [400, 'permanent', /refused the notice \(400\): see what it expects\.$/],
  [401, 'permanent', /\(401\): check the secret and the address\.$/],
  [404, 'permanent', /\(404\): check the address\.$/],
  [410, 'permanent', /\(410\)/],
  [408, 'temporary', /answered 408/],
  [425, 'temporary', /answered 425/],
  [429, 'temporary', /answered 429/],
  [500, 'temporary', /answered 500: it is tried again\.$/],
  [503, 'temporary', /answered 503/],
] as const)('%i is a %s problem', async (status, kind, words) => {
  server.answer = (response) => response.writeHead(status).end('token=abc');
  const { isTemporary, message } = await problem(sender.send(to('/hidden'), firing, never));
  expect(isTemporary).toBe(kind === 'temporary');
  expect(message).toMatch(/^The webhook of the route desk /);
  expect(message).toMatch(words);
  expect(message).not.toMatch(/hidden|abc|127/);
});

test('a redirect is not followed', async () => {
  server.answer = (response, { path }) =>
    path === '/in' ? response.writeHead(307, { location: '/elsewhere' }).end() : response.end();
  const { isTemporary, message } = await problem(sender.send(to(), firing, never));
  expect(isTemporary).toBe(false);
  expect(message).toMatch(/answered with a redirect \(307\), which is not followed/);
  expect(server.received).toHaveLength(1);
});

test('Retry-After is passed on', async () => {
  server.answer = (response) => response.writeHead(503, { 'retry-after': '7' }).end();
  expect((await problem(sender.send(to(), firing, never))).retryAfterMs).toBe(7_000);
});

test('a server that hangs, before or in its answer, does not hold a try', async () => {
  server.answer = () => undefined;
  const { isTemporary, message } = await problem(sender.send(to(), firing, never));
  expect([isTemporary, message]).toEqual([
    true,
    'The webhook of the route desk did not answer within 0.3 s: it is tried again.',
  ]);
  server.answer = (response) => response.writeHead(200).write('and so on');
  await sender.send(to(), firing, never); // its status is all that is asked
});

test('a server that is away is a temporary problem, without its address', async () => {
  const route = routeTo({ kind: 'webhook', url: 'http://127.0.0.1:9/hidden?token=abc' });
  const { isTemporary, message } = await problem(sender.send(route, firing, never));
  expect(isTemporary).toBe(true);
  expect(message).toMatch(/^The webhook of the route desk did not answer \(/);
  expect(message).not.toMatch(/hidden|abc|127/);
});

test('what the environment lacks is said, and nothing is sent unsigned', async () => {
  const { isTemporary, message } = await problem(sender.send(to('/in', 'OTHER'), firing, never));
  expect(isTemporary).toBe(true);
  expect(message).toBe(
    'The variable OTHER is not set: give it the secret of the webhook and start again.',
  );
  const empty = createWebhookSender({ environment: { OTHER: '' } });
  await problem(empty.send(to('/in', 'OTHER'), firing, never));
  expect(server.received).toHaveLength(0);
});

test('an address with a user in it is refused, and not repeated', async () => {
  const url = server.url.replace('//', '//me:hush@');
  const refused = await problem(sender.send(routeTo({ kind: 'webhook', url }), firing, never));
  expect(refused.isTemporary).toBe(false);
  expect(refused.message).toMatch(/has a user in it/);
  expect(refused.message).not.toMatch(/hush|me:/);
  expect(server.received).toHaveLength(0);
});

test('the end of the engine ends the try, and is no problem of the route', async () => {
  server.answer = () => undefined;
  const ending = new AbortController();
  const trying = sender.send(to(), firing, ending.signal);
  setTimeout(() => ending.abort(new Error('the end')), 30);
  await expect(trying).rejects.toThrow('the end');
  await expect(sender.send(to(), firing, ending.signal)).rejects.toThrow('the end');
});

const page = readFileSync(new URL('../../../docs/alerts.md', import.meta.url), 'utf8');

test('the page shows a body that is one, and routes that are', () => {
  const examples = [...page.matchAll(/```json\n(\{\n {2}"version".*?)```/gs)];
  expect(examples).toHaveLength(1);
  const said = JSON.parse(examples[0]![1]!) as Record<string, unknown>;
  expect(WebhookBody.parse(said)).toEqual(said);
  const routes = [...page.matchAll(/```json\n(\{\s+"key".*?)```/gs)].map(([, route]) =>
    AlertRoute.parse(JSON.parse(route!)),
  );
  expect(routes.map(({ to: { kind } }) => kind)).toEqual(['email', 'webhook', 'chat']);
});

test('the receiver that the page shows takes what is sent, and nothing else', async () => {
  const [, code = ''] = /```js\n(.*?)```/s.exec(page)!;
  const url = `data:text/javascript,${encodeURIComponent(code)}`;
  const { isGenuine } = (await import(/* @vite-ignore */ url)) as {
    isGenuine(signature: string, body: string, secret: string, nowS?: number): boolean;
  };
  await sender.send(to('/in', 'DESK_SECRET'), firing, never);
  const { headers, body } = server.received[0]!;
  const signature = String(headers['millrace-signature']);
  expect(isGenuine(signature, body, secret)).toBe(true);
  expect(isGenuine(signature, `${body} `, secret)).toBe(false);
  expect(isGenuine(signature, body, 'another')).toBe(false);
  expect(isGenuine(signature, body, secret, Date.now() / 1_000 + 400)).toBe(false);
  expect(isGenuine('', body, secret)).toBe(false);
});
