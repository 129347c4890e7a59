import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatMessage, chatText, createChatSender } from '../../../sinks/notices/chatSender.ts';
import { NoticeProblem } from '../../../sinks/notices/noticeProblem.ts';
import { alertSample } from '../../support/alertSamples.ts';
import { firing, hostile, resolved, routeTo, summary } from '../../support/noticeSamples.ts';
import { type NoticeServer, startNoticeServer } from '../../support/noticeServer.ts';

let server: NoticeServer;
beforeAll(async () => {
  server = await startNoticeServer();
});
afterAll(() => server.close());

const never = new AbortController().signal;
const route = routeTo({ kind: 'chat', urlVariable: 'SLACK_URL' });

test('the message is one that Slack, Mattermost and Rocket.Chat take', async () => {
  const sender = createChatSender({ environment: { SLACK_URL: `${server.url}/services/T0/B0/x` } });
  await sender.send(route, firing, never);
  const { method, path, headers, body } = server.received[0]!;
  expect([method, path, headers['content-type']]).toEqual([
    'POST',
    '/services/T0/B0/x',
    'application/json',
  ]);
  expect(JSON.parse(body)).toEqual({
    text: 'Alert, high severity: Attempts at exercises fell to 45 % of what is usual.',
    attachments: [
      {
        fallback: 'Alert, high severity: Attempts at exercises fell to 45 % of what is usual.',
        color: '#c0362c',
        title: 'Open in the dashboard',
        title_link: 'https://millrace.example/anomalies?alert=attempts-0001',
        text: 'At 14:30, it was 72; expected was 160.\nSince 13:50.',
        mrkdwn_in: [],
      },
    ],
  });
});

test('what is over and what is many say so', () => {
  expect(chatMessage(resolved).text).toMatch(/^Resolved: /);
  expect(chatMessage(resolved).attachments[0]!.color).toBe('#0f7a5a');
  expect(chatMessage(summary).text).toBe('Alerts: 2 alerts more: 2 fired, 0 resolved.');
  expect(chatMessage(summary).attachments[0]!.text).toContain('A &lt;b&gt;fell&lt;/b&gt;.');
});

test('what others have named is text: no mention, no link, no other line', () => {
  const alert = alertSample({ headline: hostile });
  const { text, attachments } = chatMessage({
    ...firing,
    alert,
    lines: [hostile],
  } as typeof firing);
  for (const words of [text, attachments[0]!.text, attachments[0]!.fallback]) {
    expect(words).not.toMatch(/[<>\r\n\u202e]/);
    expect(words).not.toContain('@channel');
    expect(words).not.toContain('](');
    expect(words).toContain('&lt;!channel&gt;');
    expect(words).toContain(' &amp; ');
  }
  expect(chatText('5 < 6 & @ noon')).toBe('5 &lt; 6 &amp; @ noon');
});

test.each([
  [
    {},
    'The variable SLACK_URL is not set: give it the address of the incoming webhook and start again.',
  ],
  [
    { SLACK_URL: 'hooks.example/hush' },
    'The address of the variable SLACK_URL is none: expected one with https:// or http://.',
  ],
  [
    { SLACK_URL: 'file:///hush' },
    'The address of the variable SLACK_URL is none: expected one with https:// or http://.',
  ],
  [
    { SLACK_URL: 'https://me:hush@hooks.example' },
    'The address of the variable SLACK_URL has a user in it, which is not sent: name a secret instead.',
  ],
])(
  'what the environment lacks can be mended while the notice waits: %o',
  async (environment, words) => {
    const trying = createChatSender({ environment }).send(route, firing, never);
    await expect(trying).rejects.toThrow(new NoticeProblem('temporary', words));
    await expect(trying).rejects.toMatchObject({ isTemporary: true });
  },
);

test.each([302, 404, 500, undefined])('its address is in no sentence: %s', async (status) => {
  server.answer = (response) =>
    status === undefined ? response.destroy() : response.writeHead(status).end('services/T0/B0/x');
  const sender = createChatSender({ environment: { SLACK_URL: `${server.url}/services/T0/B0/x` } });
  const error: unknown = await sender.send(route, firing, never).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NoticeProblem);
  expect((error as Error).message).toMatch(/^The chat of the route desk /);
  expect((error as Error).message).not.toMatch(/services|127/);
});
