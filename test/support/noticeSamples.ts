/** Notices and routes as tests of senders use them. */
import type { AlertRoute } from '../../contracts/watch.ts';
import type { AlertContent, Notice, RouteKind, RouteOf } from '../../sinks/notices/notice.ts';
import { alertSample, resolvedSample } from './alertSamples.ts';

export const firingContent: AlertContent = {
  what: 'firing',
  alert: alertSample(),
  lines: ['At 14:30, it was 72; expected was 160.', 'Since 13:50.'],
  link: 'https://millrace.example/anomalies?alert=attempts-0001',
};

export const firing: Notice = { ...firingContent, id: 'f1', thread: 'f1' };

export const resolved: Notice = {
  ...firingContent,
  what: 'resolved',
  alert: resolvedSample(),
  id: 'r1',
  thread: 'f1',
};

export const summary: Notice = {
  what: 'summary',
  headline: '2 alerts more: 2 fired, 0 resolved.',
  lines: ['Fired: A <b>fell</b>.', 'Fired: B rose.'],
  link: 'https://millrace.example/anomalies',
  id: 's1',
  thread: 's1',
};

export function routeTo<Kind extends RouteKind>(
  to: Extract<AlertRoute['to'], { kind: Kind }>,
): RouteOf<Kind> {
  return { key: 'desk', name: 'Desk', least: 'low', isActive: true, to };
}

/** As somebody would write who wants to be more than text: of a segment's name, say. */
export const hostile =
  'Fell\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script> & "<!channel>" @channel [pay](http://evil.example) \u202egnp';
