import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createEmailSender } from '../../../sinks/notices/emailSender.ts';
import { emailText } from '../../../sinks/notices/emailText.ts';
import type { Notice } from '../../../sinks/notices/notice.ts';
import { NoticeProblem } from '../../../sinks/notices/noticeProblem.ts';
import { alertSample } from '../../support/alertSamples.ts';
import { firing, hostile, resolved, routeTo, summary } from '../../support/noticeSamples.ts';
import { type Mail, type SmtpServer, startSmtpServer } from '../../support/smtpServer.ts';

let server: SmtpServer;
beforeAll(async () => {
  server = await startSmtpServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.mails.length = 0;
  server.refuse = () => undefined;
});

const never = new AbortController().signal;
const route = routeTo({ kind: 'email', to: ['desk@example.org', 'night@example.org'] });
const said: string[] = [];
const senderTo = (port = server.port, user = '') =>
  createEmailSender({
    smtpUrl: `smtp://${user}127.0.0.1:${port}`,
    smtpFrom: 'Millrace <millrace@example.org>',
    say: (sentence) => said.push(sentence),
    timeoutMs: 400,
  });

interface Part {
  readonly header: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Header unfolded, body as it is. */
function partOf(text: string): Part {
  const [head = '', ...rest] = text.split('\n\n');
  const lines = head.replace(/\n[ \t]+/g, ' ').split('\n');
  const header = new Map(
    lines.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  return { header, body: rest.join('\n\n') };
}

/** All parts that are no multipart. */
function leaves(text: string): Part[] {
  const part = partOf(text);
  const boundary = /boundary="([^"]+)"/.exec(part.header.get('content-type') ?? '')?.[1];
  if (boundary === undefined) return [part];
  const parts = part.body.split(`--${boundary}`).slice(1, -1);
  return parts.flatMap((inner) => leaves(inner.replace(/^\n/, '')));
}

function decoded({ header, body }: Part): string {
  const encoding = header.get('content-transfer-encoding');
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

async function sent(notice: Notice): Promise<Mail> {
  await senderTo().send(route, notice, never);
  return server.mails.at(-1)!;
}

test('text, HTML and the picture come, from the sender to all of the route', async () => {
  const chart = {
    svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    text: 'The course – eight hours.',
  };
  const { from, to, text } = await sent({ ...firing, chart } as Notice);
  expect([from, ...to]).toEqual(['millrace@example.org', 'desk@example.org', 'night@example.org']);
  const { header } = partOf(text);
  expect(header.get('from')).toBe('Millrace <millrace@example.org>');
  expect(header.get('to')).toBe('desk@example.org, night@example.org');
  expect(header.get('subject')).toBe(
    'Alert (high): Attempts at exercises fell to 45 % of what is usual.',
  );
  expect(header.get('auto-submitted')).toBe('auto-generated');
  const [plain, html, picture, ...others] = leaves(text);
  expect(others).toEqual([]);
  expect(plain!.header.get('content-type')).toMatch(/^text\/plain/);
  expect(decoded(plain!).trim()).toBe(
    [
      'Attempts at exercises fell to 45 % of what is usual.',
      '',
      'At 14:30, it was 72; expected was 160.',
      'Since 13:50.',
      'The course – eight hours.',
      'The course is attached as a picture.',
      '',
      'https://millrace.example/anomalies?alert=attempts-0001',
    ].join('\n'),
  );
  expect(html!.header.get('content-type')).toMatch(/^text\/html/);
  expect(decoded(html!)).toContain(
    '<a href="https://millrace.example/anomalies?alert=attempts-0001"',
  );
  expect(picture!.header.get('content-type')).toMatch(/^image\/svg\+xml; name=alert\.svg/);
  expect(decoded(picture!)).toBe(chart.svg);
});

test('a picture in pixels is shown in the message', async () => {
  const png = new Uint8Array([137, 80, 78, 71]);
  const chart = { svg: '<svg/>', png, text: 'The "course".' };
  const { text } = await sent({ ...firing, chart } as Notice);
  const [plain, html, pixels, drawing] = leaves(text);
  expect(decoded(plain!)).not.toContain('is attached');
  expect(decoded(html!)).toContain(
    '<img src="cid:chart@millrace" width="600" alt="The &quot;course&quot;."',
  );
  expect(pixels!.header.get('content-id')).toBe('<chart@millrace>');
  expect(new Uint8Array(Buffer.from(pixels!.body, 'base64'))).toEqual(png);
  expect(drawing!.header.get('content-type')).toMatch(/^image\/svg/);
});

test('a retry has the same Message-ID, and what is over refers to what fired', async () => {
  const [first, again, over, many] = [
    await sent(firing),
    await sent(firing),
    await sent(resolved),
    await sent(summary),
  ].map(({ text }) => partOf(text).header);
  expect(first!.get('message-id')).toBe('<f1@example.org>');
  expect(again!.get('message-id')).toBe('<f1@example.org>');
  expect(first!.has('references')).toBe(false);
  expect(over!.get('message-id')).toBe('<r1@example.org>');
  expect(over!.get('references')).toBe('<f1@example.org>');
  expect(over!.get('in-reply-to')).toBe('<f1@example.org>');
  expect(over!.get('subject')).toMatch(/^Resolved: /);
  expect(many!.get('message-id')).toBe('<s1@example.org>');
  expect(many!.get('subject')).toBe('Alerts: 2 alerts more: 2 fired, 0 resolved.');
});

test('what others have named is text: no header, no markup', async () => {
  const alert = alertSample({ headline: hostile });
  const notice = {
    ...firing,
    alert,
    lines: [hostile],
    link: 'javascript:alert(1)//"><b>',
  } as Notice;
  const { to, text } = await sent(notice);
  expect(to).toEqual(['desk@example.org', 'night@example.org']);
  const { header } = partOf(text);
  expect(header.has('bcc')).toBe(false);
  expect([...header.keys()].filter((name) => name.includes('script'))).toEqual([]);
  const [plain, html] = leaves(text).map(decoded);
  expect(plain).toContain('Fell Bcc: victim@example.org');
  expect(html).not.toMatch(/<script|javascript:|<b>fell/i);
  expect(html).toContain(
    '&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&lt;!channel&gt;&quot;',
  );
  expect(emailText(notice).subject).not.toMatch(/[\r\n\u202e]/);
  const long = emailText({
    ...firing,
    alert: alertSample({ headline: 'x'.repeat(999) }),
  } as Notice);
  expect(long.subject.length).toBe(180);
});

/** What went wrong. */
async function problem(sender = senderTo()): Promise<NoticeProblem> {
  const error: unknown = await sender.send(route, firing, never).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NoticeProblem);
  return error as NoticeProblem;
}

test.each([
  [
    'MAIL',
    '550 5.7.1 not you',
    'permanent',
    /refused the message; check SMTP_FROM and the addresses/,
  ],
  ['RCPT', '550 5.1.1 unknown', 'permanent', /of the route desk: .*550 5\.1\.1 unknown$/],
  ['DATA', '554 5.6.0 no', 'permanent', /554 5\.6\.0 no$/],
  ['.', '552 5.3.4 too large', 'permanent', /552 5\.3\.4 too large$/],
  [
    'RCPT',
    '450 4.2.0 greylisted',
    'temporary',
    /^The mail server put the message off: 450 4\.2\.0/,
  ],
  ['.', '451 4.3.0 later', 'temporary', /^The mail server put the message off: 451 4\.3\.0/],
  ['', '421 4.3.2 shutting down', 'temporary', /^The mail server /],
] as const)('%s answered by %s is a %s problem', async (command, answer, kind, words) => {
  server.refuse = (line) =>
    line === command || (command !== '' && line.startsWith(command)) ? answer : undefined;
  const { isTemporary, message } = await problem();
  expect(isTemporary).toBe(kind === 'temporary');
  expect(message).toMatch(words);
  expect(server.mails).toHaveLength(0);
});

test('one address of several that is not taken is said; the others are told', async () => {
  said.length = 0;
  server.refuse = (line) => (line.includes('night@') ? '550 5.1.1 unknown' : undefined);
  const { to } = await sent(firing);
  expect(to).toEqual(['desk@example.org']);
  expect(said).toEqual([
    'The mail server did not take night@example.org of the route desk; the others were told.',
  ]);
});

test('user and password that are not accepted can be mended, and are not repeated', async () => {
  server.refuse = (line) => (line.startsWith('AUTH') ? '535 5.7.8 hush is wrong' : undefined);
  const { isTemporary, message } = await problem(senderTo(server.port, 'me:hush@'));
  expect([isTemporary, message]).toEqual([
    true,
    'The mail server does not accept user and password: check SMTP_URL and start again.',
  ]);
});

test('a user is known where the server takes it', async () => {
  const lines: string[] = [];
  server.refuse = (line) => {
    lines.push(line);
    return undefined;
  };
  await senderTo(server.port, 'me:hush@').send(route, firing, never);
  const plain = Buffer.from('\0me\0hush').toString('base64');
  expect(lines).toContain(`AUTH PLAIN ${plain}`);
});

test('a password does not leave this machine without TLS', async () => {
  const lines: string[] = [];
  server.refuse = (line) => {
    lines.push(line);
    return undefined;
  };
  // Not a name of this machine by its letters, though it leads here.
  const sender = createEmailSender({
    smtpUrl: `smtp://me:hush@0.0.0.0:${server.port}`,
    smtpFrom: 'millrace@example.org',
    say: () => {},
  });
  expect(await problem(sender)).toMatchObject({
    isTemporary: true,
    message:
      'No connection with TLS to the mail server: check the scheme, host and port of SMTP_URL.',
  });
  expect(lines.filter((line) => line.startsWith('AUTH'))).toEqual([]);
});

test('a server that is away, or hangs, is a temporary problem', async () => {
  expect(await problem(senderTo(9))).toMatchObject({
    isTemporary: true,
    message: expect.stringMatching(/^The mail server did not answer \(/),
  });
  for (const command of ['', 'EHLO', 'RCPT', '.']) {
    server.refuse = (line) =>
      line === command || (command.length > 1 && line.startsWith(command)) ? null : undefined;
    expect(await problem(), command).toMatchObject({
      isTemporary: true,
      message: expect.stringMatching(/^The mail server did not answer \(ETIMEDOUT\)/),
    });
  }
});

test('without settings it says which', async () => {
  const sender = createEmailSender({ smtpUrl: undefined, smtpFrom: undefined, say: () => {} });
  expect(await problem(sender)).toMatchObject({
    isTemporary: true,
    message: 'There is no mail server: set SMTP_URL and SMTP_FROM and start again.',
  });
});

test('the end of the engine ends the try, and is no problem of the route', async () => {
  server.refuse = (line) => (line.startsWith('RCPT') ? null : undefined);
  const ending = new AbortController();
  const trying = senderTo().send(route, firing, ending.signal);
  setTimeout(() => ending.abort(new Error('the end')), 50);
  await expect(trying).rejects.toThrow('the end');
});
