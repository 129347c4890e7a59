/** For tests of pages: a browser for all of them, and for each a page and an engine of its own that answers from memory. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type FakeEngine, type Given, startFakeEngine } from '../../support/fakeEngine.ts';
import { type Browser, drawn, type OpenPage, openBrowser, openPage } from './browserPage.ts';

export interface OnFakeEngine {
  readonly engine: FakeEngine;
  readonly page: Page;
}

/**
 * In a `describe`: prepares each of its tests, and fails those on whose page something was thrown.
 *
 * @param executable that of Chromium
 * @param take       told before each test what it works with
 * @param given      what the engine of each test has
 * @returns opens a path of the engine and waits until it is drawn
 */
export function eachOnFakeEngine(
  executable: string,
  take: (given: OnFakeEngine) => void,
  given: () => Given = () => ({}),
): (path: string) => Promise<void> {
  let chrome: Browser;
  let engine: FakeEngine;
  let opened: OpenPage;

  beforeAll(async () => {
    chrome = await openBrowser(executable);
  });
  afterAll(() => chrome?.close());
  beforeEach(async () => {
    engine = await startFakeEngine(given());
    opened = await openPage(chrome, { width: 1280, height: 900 });
    opened.page.setDefaultTimeout(25_000);
    take({ engine, page: opened.page });
  });
  afterEach(async () => {
    await opened.page.close();
    await engine.close();
    expect(opened.errors).toEqual([]);
  });

  return async (path) => {
    await opened.page.goto(`${engine.url}${path}`);
    await drawn(opened.page);
  };
}
