/**
 * Tells alerts by an incoming webhook as Slack has it; Mattermost and Rocket.Chat take the same.
 *
 * Text and one attachment, the parts that all three understand. Its address is a secret: whoever has it may write there.
 */
import type { Severity } from '../../contracts/watch.ts';
import { headlineOf, type Notice, type NoticeSender } from './notice.ts';
import { oneLine } from './plainText.ts';
import { expectAddress, postJson } from './postJson.ts';
import { type Environment, secretOf } from './secretOf.ts';

export interface ChatSenderOptions {
  readonly environment: Environment;
  /** How long an answer may take. */
  readonly timeoutMs?: number;
}

const severityColors: Record<Severity, string> = { high: '#c0362c', low: '#b06f00' };
const calmColor = '#0f7a5a';
/** What is seen of a message without unfolding it. */
const linesMax = 12;

/**
 * A text that is nothing but text: Slack's own escapes, and a character of no width where Mattermost and Rocket.Chat would
 * see a mention or a link behind other words.
 */
export function chatText(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=\w)/g, '@\u200b')
    .replaceAll('](', ']\u200b(');
}

function beginning(notice: Notice): { readonly word: string; readonly color: string } {
  if (notice.what === 'summary') return { word: 'Alerts', color: severityColors.high };
  if (notice.what === 'resolved') return { word: 'Resolved', color: calmColor };
  const { severity } = notice.alert;
  const word = severity === 'high' ? 'Alert, high severity' : 'Alert';
  return { word, color: severityColors[severity] };
}

/** The message as JSON has it. */
export function chatMessage(notice: Notice) {
  const { word, color } = beginning(notice);
  const text = `${word}: ${chatText(headlineOf(notice))}`;
  const { chart } = notice.what === 'summary' ? {} : notice;
  const lines = [...notice.lines.slice(0, linesMax), ...(chart === undefined ? [] : [chart.text])];
  return {
    text,
    attachments: [
      {
        fallback: text,
        color,
        title: 'Open in the dashboard',
        title_link: notice.link,
        text: lines.map(chatText).join('\n'),
        mrkdwn_in: [],
      },
    ],
  };
}

export function createChatSender({
  environment,
  timeoutMs = 10_000,
}: ChatSenderOptions): NoticeSender<'chat'> {
  return {
    async send({ key, to: { urlVariable } }, notice, signal) {
      const url = secretOf(environment, urlVariable, 'the address of the incoming webhook');
      expectAddress(url, `the variable ${urlVariable}`, 'temporary');
      const body = JSON.stringify(chatMessage(notice));
      await postJson({ who: `The chat of the route ${key}`, url, body, timeoutMs, signal });
    },
  };
}
