/** The page about watches: its examples are definitions that are taken. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CalendarDays, MuteWindow, Watch } from '../../contracts/watch.ts';
import { checkMute, checkWatch } from '../../control/watching/checkWatch.ts';

const page = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8');
const examples = (kind: string): unknown[] =>
  [...page.matchAll(new RegExp(`\`\`\`json ${kind}\\n([^]*?)\`\`\``, 'g'))].map((match) =>
    JSON.parse(match[1]!),
  );

test('the watch is sound', async () => {
  const [watch] = examples('watch').map((each) => Watch.parse(each));
  const reader = { query: async <Row>() => [{ windowMs: 60_000 }] as Row[] };
  const surroundings = { reader, routes: new Set(['desk']), watches: new Set<string>() };
  expect(await checkWatch(watch!, surroundings)).toEqual([]);
});

test('so are the mute window and the days', () => {
  const [mute] = examples('mute').map((each) => MuteWindow.parse(each));
  expect(checkMute(mute!, new Set())).toEqual([]);
  expect(examples('days').map((each) => CalendarDays.parse(each))).toHaveLength(1);
});
