/** An alert as an e-mail: subject, plain text and HTML that say the same. */
import { headlineOf, type Notice } from './notice.ts';
import { escapeHtml, oneLine } from './plainText.ts';

export interface EmailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Where an image of the message is found from its HTML. */
export const chartCid = 'chart@millrace';

function beginning(notice: Notice): string {
  if (notice.what === 'summary') return 'Alerts';
  if (notice.what === 'resolved') return 'Resolved';
  return notice.alert.severity === 'high' ? 'Alert (high)' : 'Alert';
}

/** Only http and https: anything else could run where it is clicked. */
function safeLink(link: string): string | undefined {
  return /^https?:\/\//.test(link) ? oneLine(link) : undefined;
}

const attachedHint = 'The course is attached as a picture.';

export function emailText(notice: Notice): EmailText {
  const headline = oneLine(headlineOf(notice));
  const chart = notice.what === 'summary' ? undefined : notice.chart;
  const lines = [
    ...notice.lines.map((line) => oneLine(line)),
    ...(chart === undefined ? [] : [oneLine(chart.text)]),
    ...(chart === undefined || chart.png !== undefined ? [] : [attachedHint]),
  ];
  const link = safeLink(notice.link);
  const subject = oneLine(`${beginning(notice)}: ${headline}`, 180);
  const text = [headline, '', ...lines, ...(link === undefined ? [] : ['', link]), ''].join('\n');
  return { subject, text, html: htmlOf(notice, headline, lines, link) };
}

/** Styles stand in the elements: many programs for mail read no others. */
function htmlOf(
  notice: Notice,
  headline: string,
  lines: readonly string[],
  link: string | undefined,
): string {
  const chart = notice.what === 'summary' ? undefined : notice.chart;
  const picture =
    chart?.png === undefined
      ? ''
      : `<p><img src="cid:${chartCid}" width="600" alt="${escapeHtml(oneLine(chart.text))}" style="max-width:100%;height:auto"></p>`;
  const button =
    link === undefined
      ? ''
      : `<p style="margin:20px 0 0"><a href="${escapeHtml(link)}" style="color:#0b6e99">Open in the dashboard</a></p>`;
  return [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>',
    '<body style="margin:0;padding:16px;font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif">',
    '<div style="max-width:640px">',
    `<p style="margin:0 0 4px;font-size:13px"><b>${escapeHtml(beginning(notice))}</b></p>`,
    `<h1 style="margin:0 0 12px;font-size:19px;line-height:1.35">${escapeHtml(headline)}</h1>`,
    ...lines.map((line) => `<p style="margin:0 0 6px">${escapeHtml(line)}</p>`),
    picture,
    button,
    '</div></body></html>',
    '',
  ]
    .filter((part, i, all) => part !== '' || i === all.length - 1)
    .join('\n');
}
