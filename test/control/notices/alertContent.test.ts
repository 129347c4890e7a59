import { expect, test } from 'vitest';
import { alertContent } from '../../../control/notices/alertContent.ts';
import { summaryContent } from '../../../control/notices/summaryContent.ts';
import { alertReadings, alertSample, resolvedSample } from '../../support/alertSamples.ts';

const said: string[] = [];
const common = {
  course: alertReadings(),
  watch: { purpose: 'Pupils should be able to exercise', runbook: 'https://wiki.example/attempts' },
  link: 'https://millrace.example/anomalies?alert=attempts-0001',
  drawAlert: async () => '<svg/>',
  say: (sentence: string) => void said.push(sentence),
};

test('what fires: figures, since when, what contributed, what else happened, and what to do', async () => {
  const content = await alertContent({ ...common, alert: alertSample(), what: 'firing' });
  expect(content).toEqual({
    what: 'firing',
    alert: alertSample(),
    link: common.link,
    lines: [
      'Attempts at exercises, severity high.',
      'At 2 Mar 2026, 14:30 UTC, it was 55.5; expected was 159 (usually 131 to 187).',
      'Since 2 Mar 2026, 13:50 UTC.',
      'Largest parts of the deviation: Germany 62 %, France 26 %.',
      '2 Mar 2026, 13:45 UTC: The tutor was deployed.',
      'Pupils should be able to exercise.',
      'What to do: https://wiki.example/attempts',
    ],
    chart: {
      svg: '<svg/>',
      text:
        'Attempts at exercises from 2 Mar 2026, 08:00 UTC to 2 Mar 2026, 16:00 UTC, ' +
        'with what was expected; the time of the alert is marked.',
    },
  });
});

test('what is over: how, for how long, and how far off it was', async () => {
  const alert = resolvedSample({ key: ['Germany'], note: 'the tutor was rolled back' });
  const { lines } = await alertContent({ ...common, alert, what: 'resolved' });
  expect(lines.slice(0, 3)).toEqual([
    'Attempts at exercises, Germany, severity high.',
    'Farthest off, at 2 Mar 2026, 14:20 UTC, it was 72.3; expected was 151 (usually 123 to 179).',
    'Readings are as they should be again: from 2 Mar 2026, 13:50 UTC to 2 Mar 2026, 14:50 UTC, 60 min.',
  ]);
  expect(lines.at(-1)).toBe('Note: The tutor was rolled back.');
});

test('an alert without figures, owner or watch says less, one that flaps more', async () => {
  const alert = alertSample({ worst: null, latest: null, explanation: null });
  const bare = { ...common, watch: null, course: [], alert, what: 'firing' } as const;
  expect(await alertContent(bare)).toMatchObject({
    lines: ['Attempts at exercises, severity high.', 'Since 2 Mar 2026, 13:50 UTC.'],
  });
  expect(await alertContent(bare)).not.toHaveProperty('chart');
  const more = { ...alert, isFlapping: true, flaps: 7, incident: 'other', owner: 'Ada' };
  const { lines } = await alertContent({ ...bare, alert: more, zone: 'Asia/Kolkata' });
  expect(lines.slice(1)).toEqual([
    'Since 2 Mar 2026, 19:20 GMT+5:30.',
    'It comes and goes: 7 times within a day. Only the first is told.',
    'An alert before it likely has the same cause.',
    'Ada takes care of it.',
  ]);
});

test('an alert is told without a picture when there is none', async () => {
  const drawAlert = () => Promise.reject(new Error('no picture within 10 s'));
  const content = await alertContent({
    ...common,
    drawAlert,
    alert: alertSample(),
    what: 'firing',
  });
  expect(content).not.toHaveProperty('chart');
  expect(said).toEqual([
    'The picture of the alert attempts-0001 could not be drawn; it is told without. No picture within 10 s.',
  ]);
});

test('a summary counts alerts and names the first ten', async () => {
  const row = {
    route: 'desk',
    version: 1,
    madeAt: 0,
    at: 0,
    attempts: 0,
    nextAt: 0,
    outcome: 'waiting',
    problem: '',
    delivery: '',
  } as const;
  const rows = [
    { ...row, alert: 'z', what: 'resolved' as const },
    ...Array.from({ length: 11 }, (_, i) => ({ ...row, alert: `a${i}`, what: 'firing' as const })),
  ];
  const headlineOf = async (id: string) => (id === 'a0' ? undefined : `${id} fell.`);
  const { headline, lines } = await summaryContent(rows, { headlineOf, overviewLink: 'all' });
  expect(headline).toBe('12 alerts more: 11 fired, 1 resolved.');
  expect(lines).toHaveLength(12);
  expect(lines.slice(1, 4)).toEqual([
    'Resolved: z fell.',
    'Fired: an alert that is not there any more.',
    'Fired: a1 fell.',
  ]);
  expect(lines.at(-1)).toBe('And 2 others.');
});
