/** Courses of alerts as pictures for messages: what is in them, and the thread that draws them. */
import { afterAll, expect, test } from 'vitest';
import { createAlertCharts } from '../../cli/alertCharts.ts';
import { drawAlertCourse } from '../../cli/drawAlertCourse.ts';
import type { JudgedReading } from '../../contracts/alert.ts';
import { alertReadings, alertSample, resolvedSample } from '../support/alertSamples.ts';

const charts = createAlertCharts();
afterAll(() => charts.stop());

/** An entry that does nothing but what is given. */
const entry = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

test.each(['light', 'dark'] as const)('%s: names, dates and the alert are in it', (theme) => {
  const alert = resolvedSample({ key: ['Germany', '<evening>'] });
  const svg = drawAlertCourse({ course: alertReadings(), alert, theme, zone: 'UTC' });
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="600" height="280"/);
  for (const words of [
    'Attempts at exercises, Germany, &lt;evening&gt;',
    '2 Mar 2026, times in UTC',
    '>Alert<',
    '>Expected<',
    '>Reading<',
    '>14:00<',
    theme === 'light' ? 'fill="#ffffff"' : 'fill="#151c22"',
  ]) {
    expect(svg).toContain(words);
  }
  expect(svg).not.toContain('<script');
  expect(svg).not.toMatch(/NaN|undefined/);
});

test('times are those of the zone', () => {
  const course = alertReadings();
  const picture = { course, alert: alertSample(), theme: 'light', zone: 'Asia/Kolkata' } as const;
  expect(drawAlertCourse(picture)).toContain('times in Asia/Kolkata');
  // 08:05 UTC is 13:35 there: hours of UTC are half hours.
  expect(drawAlertCourse(picture)).toContain('>14:30<');
});

test('a limit is a line, and needs no expectation', () => {
  const course = alertReadings().map((reading) => ({
    ...reading,
    expected: null,
    lower: 60,
    upper: null,
  }));
  const svg = drawAlertCourse({ course, alert: alertSample(), theme: 'light', zone: 'UTC' });
  expect(svg).toContain('>Limit<');
  expect(svg).not.toContain('>Expected<');
});

test('a long course has a small picture, in which no deviation is lost', () => {
  const long: JudgedReading[] = Array.from({ length: 26_000 }, (_, i) => ({
    ...alertReadings(1)[0]!,
    start: i * 300_000,
    end: (i + 1) * 300_000,
    value: i === 12_345 ? 100 : 10 + Math.sin(i),
    expected: 10,
    lower: 8,
    upper: 12,
  }));
  const alert = alertSample({ since: long[12_345]!.start, resolvedAt: long[12_345]!.end });
  const svg = drawAlertCourse({ course: long, alert, theme: 'light', zone: 'UTC' });
  expect(svg.length).toBeLessThan(60_000);
  expect(svg).toContain('>100<');
});

test('nothing and one reading can be drawn', () => {
  for (const course of [[], alertReadings(1)]) {
    const svg = drawAlertCourse({ course, alert: alertSample(), theme: 'light', zone: 'UTC' });
    expect(svg).toContain('</svg>');
    expect(svg).not.toMatch(/NaN|Infinity/);
  }
});

test('the thread draws what this thread would, one after the other', async () => {
  const course = alertReadings();
  const pictures = await Promise.all([
    charts.draw(course, alertSample()),
    charts.draw(course, resolvedSample()),
  ]);
  for (const svg of pictures) expect(svg).toContain('Attempts at exercises');
  expect(pictures[0]).not.toBe(pictures[1]);
  const picture = { course, alert: alertSample(), theme: 'light', zone: 'UTC' } as const;
  expect(pictures[0]).toBe(drawAlertCourse(picture));
  expect(pictures[0]).not.toMatch(/:hover|class=|ecmeta/);
});

test('what cannot be drawn is said, and the next is drawn', async () => {
  const broken = { length: 1 } as unknown as JudgedReading[];
  await expect(charts.draw(broken, alertSample())).rejects.toThrow(/is not a function/);
  expect(await charts.draw(alertReadings(), alertSample())).toContain('</svg>');
});

test('a picture that takes too long is given up, and another thread draws the next', async () => {
  const hanging = createAlertCharts({
    entry: entry(
      `import { parentPort, threadId } from 'node:worker_threads';
       parentPort.on('message', ({ id, picture }) => {
         if (picture.alert.watchName === 'slow') for (;;);
         parentPort.postMessage({ id, svg: String(threadId) });
       });`,
    ),
    timeoutMs: 400,
  });
  const first = await hanging.draw([], alertSample());
  expect(await hanging.draw([], alertSample())).toBe(first);
  await expect(hanging.draw([], alertSample({ watchName: 'slow' }))).rejects.toThrow(
    'no picture within 0.4 s',
  );
  expect(await hanging.draw([], alertSample())).not.toBe(first);
  await hanging.stop();
  await expect(hanging.draw([], alertSample())).rejects.toThrow('no pictures are drawn any more');
});

test('a thread that dies gives up its picture, and one that cannot begin each', async () => {
  const dying = createAlertCharts({
    entry: entry(
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => process.exit(3));`,
    ),
  });
  await expect(dying.draw([], alertSample())).rejects.toThrow('the thread that draws has ended');
  await dying.stop();
  const absent = createAlertCharts({ entry: new URL('file:///nowhere/thread.js') });
  for (let i = 0; i < 2; i += 1) {
    await expect(absent.draw([], alertSample())).rejects.toThrow(/Cannot find module/);
  }
  await absent.stop();
});

test('an idle thread ends', async () => {
  const resting = createAlertCharts({
    entry: entry(
      `import { parentPort, threadId } from 'node:worker_threads';
       parentPort.on('message', ({ id }) => parentPort.postMessage({ id, svg: String(threadId) }));`,
    ),
    idleMs: 1,
  });
  const first = await resting.draw([], alertSample());
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await resting.draw([], alertSample())).not.toBe(first);
  await resting.stop();
});
