/**
 * The dashboard in a browser over a month of an institution with a million users, ten million events in the archive: how much it loads, how soon
 * the first page can be used, how long each question of each page takes, whether it can be used by everyone, and how soon it
 * shows what has just happened.
 *
 * - `shell_gzip_kb`, `charts_gzip_kb`: scripts before the first page, and of the charts, compressed.
 * - `overview_interactive_ms`: from the request to a page with all its words and figures, cache empty: the median of the times; `overview_drawn_ms`
 *   with its charts.
 * - `page_query_p99_ms`: of all questions of all pages, by five ranges, as the browser sees them beside each other; `slowest_route` is the
 *   one whose own p99 is the largest, `slowest_route_p99_ms`.
 * - `axe_violations`: elements that axe-core objects to, over all pages.
 * - `live_update_p99_ms`: from the answer to events to the page that shows them as counted.
 *
 * The engine runs in a process of its own, on the same machine as the browser.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';
import { withDirectory } from './support/temporary.ts';
import { withBrowser } from './ui/browser.ts';
import { fillMonth, type Month } from './ui/campusMonth.ts';
import { measureLive } from './ui/liveUpdates.ts';
import { openOverview } from './ui/overviewTimes.ts';
import { type Asked, lookAtPages } from './ui/pageQueries.ts';
import { pagesOf } from './ui/pages.ts';
import { serveEngine } from './ui/servedEngine.ts';

const sizes = {
  full: { students: 1_000_000, days: 30, events: 10_200_000, opened: 10, looks: 3, updates: 300 },
  smoke: { students: 300, days: 2, events: 20_000, opened: 1, looks: 1, updates: 8 },
} satisfies Record<string, Month & { opened: number; looks: number; updates: number }>;

const dashboard = fileURLToPath(new URL('../dashboard', import.meta.url));

export async function run({ full }: Size): Promise<Figures> {
  const size = full ? sizes.full : sizes.smoke;
  return withDirectory(async (directory) => {
    const filled = await fillMonth(directory, size);
    console.log(
      `  ${filled.archived.toLocaleString('en')} events of ${filled.users.toLocaleString('en')} users in ${filled.seconds.toFixed(0)} s`,
    );
    const engine = await serveEngine(directory);
    try {
      const measured = await withBrowser(async (context) => {
        const overview = await openOverview(context, engine.url, size.opened);
        const pages = await pagesOf(engine.url, 'student-000007');
        const looked = await lookAtPages(context, engine.url, pages, size.looks);
        const live = await measureLive(context, engine.url, size.updates);
        return { overview, pages, looked, live };
      });
      const { overview, pages, looked, live } = measured;
      for (const each of [...looked.violations, ...looked.failed]) console.log(`  ${each}`);
      const { slowest, worst } = slowestRoute(looked.asked);
      return {
        ...loads(),
        overview_interactive_ms: quantile(
          overview.map(({ readableMs }) => readableMs),
          0.5,
        ),
        overview_drawn_ms: quantile(
          overview.map(({ drawnMs }) => drawnMs),
          0.5,
        ),
        axe_violations: looked.violations.length,
        live_update_p99_ms: quantile(live, 0.99),
        live_update_median_ms: quantile(live, 0.5),
        page_query_p99_ms: quantile(
          looked.asked.map(({ ms }) => ms),
          0.99,
        ),
        slowest_route: slowest,
        slowest_route_p99_ms: worst,
        pages: pages.length,
        pages_failed: looked.failed.length,
        queries: looked.asked.length,
        events: filled.archived,
        users: filled.users,
        fill_events_per_s: filled.sent / filled.seconds,
      };
    } finally {
      await engine.stop();
    }
  });
}

/** kB of 1,000 bytes. */
function loads(): { shell_gzip_kb: number; charts_gzip_kb: number } {
  const assets = join(dashboard, 'assets');
  const page = readFileSync(join(dashboard, 'index.html'), 'utf8');
  const shell = [...page.matchAll(/\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name);
  const charts = readdirSync(assets).filter((name) => /^engine-.*\.js$/.test(name));
  const sum = (names: readonly string[]) =>
    names.reduce((bytes, name) => bytes + gzipSync(readFileSync(join(assets, name))).length, 0);
  return { shell_gzip_kb: sum(shell) / 1_000, charts_gzip_kb: sum(charts) / 1_000 };
}

function slowestRoute(asked: readonly Asked[]): { slowest: string; worst: number } {
  const times = new Map<string, number[]>();
  for (const { route, ms } of asked) times.set(route, [...(times.get(route) ?? []), ms]);
  const ranked = [...times]
    .map(([route, found]) => ({ route, p99: quantile(found, 0.99), count: found.length }))
    .sort((a, b) => b.p99 - a.p99);
  for (const { route, p99, count } of ranked) {
    console.log(`  ${route.padEnd(50)} p99 ${p99.toFixed(0)} ms of ${count}`);
  }
  return { slowest: ranked[0]?.route ?? '', worst: ranked[0]?.p99 ?? NaN };
}
