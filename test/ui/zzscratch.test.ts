import { test } from 'vitest';
import { startFakeEngine } from '../support/fakeEngine.ts';
import { drawn, openBrowser, openPage, overflowOf, violationsOf } from './support/browserPage.ts';
import { findChromium } from './support/chromium.ts';

test('shots', async () => {
  const b = await openBrowser(findChromium()!);
  const e = await startFakeEngine();
  const out = '/tmp/inbox-shots';
  for (const [scheme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    const { page, errors } = await openPage(b, { width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const [name, path] of Object.entries({
      list: '/recommendations',
      detail: '/recommendations/p-kept',
      live: '/recommendations/i-drift',
      overview: '/',
      model: '/experiments/hints',
      script: '/recommendations/i-script',
      long: '/recommendations/i-long',
    })) {
      await page.goto(e.url + path);
      await drawn(page).catch((x) => console.log('not drawn', name, String(x).slice(0, 100)));
      const shell = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.screenshot({
        path: `${out}/${name}-${scheme}-${width}.png`,
        fullPage: name !== 'long',
      });
      console.log(
        name,
        scheme,
        width,
        shell,
        await overflowOf(page),
        await violationsOf(page),
        errors,
      );
    }
    await page.close();
  }
  await b.close();
  await e.close();
}, 120_000);
