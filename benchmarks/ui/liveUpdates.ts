/**
 * From the acknowledgement of events to the moment at which an open page shows that they are counted: through the epoch, the commit,
 * the live stream and the page.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { drawn, untilTrue } from './browser.ts';
import { postEvents } from './postEvents.ts';

/** In the page: notes when the committed offsets that it shows, all partitions together, reach which value. */
const watch = `(() => {
  const seen = [];
  window.__seen = seen;
  const read = () => {
    let total = 0;
    for (const table of document.querySelectorAll('table')) {
      const heads = [...table.querySelectorAll('thead th')].map((head) => head.textContent ?? '');
      const column = heads.findIndex((head) => head === 'Committed');
      if (column < 0) continue;
      for (const row of table.querySelectorAll('tbody tr')) {
        total += Number((row.children[column]?.textContent ?? '').replace(/\\D/g, ''));
      }
    }
    if (seen.length === 0 || seen[seen.length - 1].total < total) seen.push({ total, at: Date.now() });
  };
  read();
  new MutationObserver(read).observe(document.body, { subtree: true, childList: true, characterData: true });
})()`;

const users = 16;

/** @param times that events are sent, a third of a second apart on average @returns ms, one for each time */
export async function measureLive(
  context: BrowserContext,
  url: string,
  times: number,
): Promise<number[]> {
  const page = await context.newPage();
  await page.goto(`${url}/pipelines`);
  await drawn(page);
  await page.evaluate(watch);
  const begun = (await page.evaluate('window.__seen[0].total')) as number;
  const acknowledged: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const time = new Date().toISOString();
    const lines = Array.from({ length: users }, (_, user) =>
      JSON.stringify({ id: `live-${i}`, type: 'viewed', time, user: `visitor-${user}` }),
    );
    const status = await postEvents(url, lines.join('\n'));
    if (status !== 202) throw new Error(`The events were answered ${status}`);
    acknowledged.push(Date.now());
    await sleep(250 + ((i * 37) % 170));
  }
  await untilTrue(page, `window.__seen.at(-1).total >= ${begun + users * times}`);
  const seen = (await page.evaluate('window.__seen')) as { total: number; at: number }[];
  await page.close();
  return acknowledged.map((at, i) => {
    const shown = seen.find(({ total }) => total >= begun + users * (i + 1))!;
    return shown.at - at;
  });
}
