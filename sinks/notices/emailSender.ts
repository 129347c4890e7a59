/**
 * Tells alerts by e-mail over SMTP.
 *
 * The Message-ID is made from the delivery, so that a message which came twice can be recognised; that of what is over
 * refers to that of what fired (RFC 5322, 3.6.4), so that programs show them together.
 */
import nodemailer from 'nodemailer';
import { chartCid, emailText } from './emailText.ts';
import type { Notice, NoticeSender } from './notice.ts';
import { NoticeProblem } from './noticeProblem.ts';
import { oneLine } from './plainText.ts';

export interface EmailSenderOptions {
  /** `smtp://user:password@host:port` or `smtps://…`; undefined: there is no mail server. */
  readonly smtpUrl: string | undefined;
  /** "Millrace <millrace@example.org>" */
  readonly smtpFrom: string | undefined;
  /** Told what does not keep a notice from being told, a sentence each. */
  readonly say: (sentence: string) => void;
  /** How long the server may take for a step. */
  readonly timeoutMs?: number;
}

export function createEmailSender(options: EmailSenderOptions): NoticeSender<'email'> {
  const { smtpUrl, smtpFrom, say, timeoutMs = 10_000 } = options;
  if (smtpUrl === undefined || smtpFrom === undefined) {
    return {
      async send() {
        throw new NoticeProblem(
          'temporary',
          'There is no mail server: set SMTP_URL and SMTP_FROM and start again.',
        );
      },
    };
  }
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    // A password does not go over a connection that anybody can read.
    requireTLS: new URL(smtpUrl).username !== '' && !isLocal(smtpUrl),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  const domain = domainOf(smtpFrom);
  return {
    async send({ key, to: { to } }, notice, signal) {
      signal.throwIfAborted();
      const id = (delivery: string) => `<${delivery}@${domain}>`;
      const { subject, text, html } = emailText(notice);
      const isAnswer = notice.thread !== notice.id;
      try {
        const { rejected } = await transport.sendMail({
          from: smtpFrom,
          to: [...to],
          subject,
          text,
          html,
          messageId: id(notice.id),
          ...(isAnswer ? { inReplyTo: id(notice.thread), references: id(notice.thread) } : {}),
          headers: {
            // So that absence notes are not sent in return (RFC 3834).
            'Auto-Submitted': 'auto-generated',
          },
          attachments: attachmentsOf(notice),
          disableFileAccess: true,
          disableUrlAccess: true,
          signal,
        });
        if (rejected.length > 0) {
          say(
            `The mail server did not take ${rejected.map((address) => oneLine(address, 100)).join(', ')} ` +
              `of the route ${key}; the others were told.`,
          );
        }
      } catch (error) {
        signal.throwIfAborted();
        throw problemOf(key, error);
      }
    },
  };
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

/** Of the sender's address. */
function domainOf(from: string): string {
  return /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'millrace.invalid';
}

function attachmentsOf(notice: Notice) {
  if (notice.what === 'summary' || notice.chart === undefined) return [];
  const { svg, png } = notice.chart;
  const drawing = { filename: 'alert.svg', content: svg, contentType: 'image/svg+xml' };
  if (png === undefined) return [drawing];
  const pixels = {
    filename: 'alert.png',
    content: Buffer.from(png),
    contentType: 'image/png',
    cid: chartCid,
  };
  return [pixels, drawing];
}

/** What the library says of an error. */
interface MailError {
  readonly code?: string;
  /** Of the server, such as 550. */
  readonly responseCode?: number;
  readonly response?: string;
}

function problemOf(route: string, error: unknown): NoticeProblem {
  const { code = '', responseCode, response = '' } = error as MailError;
  const temporary = (sentence: string) =>
    new NoticeProblem('temporary', sentence, undefined, { cause: error });
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    return temporary(
      'The mail server does not accept user and password: check SMTP_URL and start again.',
    );
  }
  if (code === 'ETLS') {
    return temporary(
      'No connection with TLS to the mail server: check the scheme, host and port of SMTP_URL.',
    );
  }
  if (responseCode === undefined) {
    return temporary(
      `The mail server did not answer (${code || 'no connection'}): it is tried again.`,
    );
  }
  const words = oneLine(response, 200);
  // 503 tells of the connection, not of the message.
  if (responseCode < 500 || responseCode === 503) {
    return temporary(`The mail server put the message off: ${words}`);
  }
  return new NoticeProblem(
    'permanent',
    `The mail server refused the message; check SMTP_FROM and the addresses of the route ${route}: ${words}`,
    undefined,
    { cause: error },
  );
}
