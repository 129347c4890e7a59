/** For tests of pages on an engine that asks who asks: a browser for all of them, and for each a page, a world of accounts and an engine. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { RoleName } from '../../../contracts/access.ts';
import type { AccessWorld, WorldOptions } from '../../support/accessWorld.ts';
import { type FakeEngine, startFakeEngine } from '../../support/fakeEngine.ts';
import { type Browser, type OpenPage, openBrowser, openPage } from './browserPage.ts';
import { enterAs, settledWorld } from './settledWorld.ts';

export interface Guarded {
  readonly world: AccessWorld;
  readonly engine: FakeEngine;
  readonly page: Page;
  /** Begins a session of somebody of this role in the browser. @returns what its cookie holds */
  enter(role: RoleName): Promise<string>;
  /** Waits for the title of the page. */
  open(path: string): Promise<void>;
  /** Stops it, and starts another at the same address on the same tables. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  /** Another world of accounts behind the same address. */
  settle(options: WorldOptions): Promise<void>;
}

/**
 * In a `describe`: prepares each of its tests, and fails those on whose page something was thrown.
 *
 * @param executable that of Chromium
 */
export function onGuardedEngine(executable: string): Guarded {
  let chrome: Browser;
  let engine: FakeEngine;
  let world: AccessWorld;
  let opened: OpenPage;

  beforeAll(async () => {
    chrome = await openBrowser(executable);
  });
  afterAll(() => chrome?.close());
  beforeEach(async () => {
    await chrome.context.clearCookies();
    world = await settledWorld();
    engine = await startFakeEngine({ access: world });
    opened = await openPage(chrome, { width: 1280, height: 900 });
    opened.page.setDefaultTimeout(25_000);
  });
  afterEach(async () => {
    await opened.page.close();
    await engine.close();
    expect(opened.errors).toEqual([]);
  });

  async function start(access: AccessWorld, meanwhile?: () => Promise<void>): Promise<void> {
    const port = Number(new URL(engine.url).port);
    await engine.close();
    await meanwhile?.();
    engine = await startFakeEngine({ access, port });
  }

  return {
    get world() {
      return world;
    },
    get engine() {
      return engine;
    },
    get page() {
      return opened.page;
    },
    enter: (role) => enterAs(world, chrome.context, engine.url, role),
    async open(path) {
      await opened.page.goto(`${engine.url}${path}`);
      await opened.page.locator('h1').waitFor();
    },
    restart: (meanwhile) => start(world, meanwhile),
    async settle(options) {
      world = await settledWorld(options);
      await start(world);
    },
  };
}
