/** The dashboard in a real browser, on the real engine with hours of campus events. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asLines } from '../../cli/lines.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import {
  ndjson,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { isRequired } from '../support/isRequired.ts';
import { findChromium } from './support/chromium.ts';
import { type WalkFindings, walk } from './support/walk.ts';

const hour = 3_600_000;
const isBuilt = existsSync(new URL('../../dist/ui/index.html', import.meta.url));
const browser = findChromium();
const missing =
  browser === undefined
    ? 'no chromium is in PATH'
    : isBuilt
      ? ''
      : 'dist/ui is absent: npm run build';
if (missing !== '') console.warn(`The walk through the dashboard is skipped: ${missing}`);

test.runIf(isRequired('browser'))('what the walk needs is there', () => {
  expect(missing).toBe('');
});

describe.skipIf(missing !== '')('the dashboard', () => {
  const data = temporaryDirectory();
  let at: TestEngine;
  let found: WalkFindings;

  beforeAll(async () => {
    at = await startTestEngine(data);
    const now = Date.now();
    const start = now - 5 * hour;
    const stream = createCampus({ seed: 4, students: 300, intensity: 0.5, start }).open();
    const sendUntil = async (until: number) => {
      for (;;) {
        const block = stream.advance(until, 2_000);
        if (block.length === 0) return;
        expect((await at.post(asLines(block), ndjson)).status).toBe(202);
      }
    };
    await sendUntil(now);
    await at.settle();
    let sent = 0;
    // Events for users of both partitions: whichever is looked at changes.
    const send = async () => {
      const time = new Date().toISOString();
      const users = Array.from({ length: 16 }, (_, i) => `visitor-${i}`);
      await at.send(users.map((user) => ({ id: `walk-${sent++}`, type: 'viewed', time, user })));
    };
    found = await walk(browser!, at.url, send);
  }, 180_000);
  afterAll(async () => {
    await at?.stop();
    removeDirectory(data);
  }, 60_000);

  test('draws its charts and tells in its headlines what they show', () => {
    expect(found.charts.overview).toBeGreaterThan(2);
    expect(found.charts.pipelines).toBeGreaterThan(2);
    expect(found.headlines.overview).toMatch(/\w+ \w+/);
    expect(found.headlines.pipelines).toMatch(/\w/);
  });

  test('shows new events without being touched', () => {
    expect(found.updated).toBe(true);
  });

  test('can be used with the keyboard alone', () => {
    expect(found.keyboardFaults).toEqual([]);
  });

  test('has no violation that axe-core finds, in light and dark', () => {
    expect(found.violations).toEqual([]);
  });

  test('makes no errors and fits a telephone', () => {
    expect(found.errors).toEqual([]);
    expect(found.overflows).toEqual([]);
  });
});
