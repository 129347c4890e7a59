/**
 * The dashboard in a browser over a month of an institution with a million users, ten million events in the archive: how much it loads, how soon
 * the first page can be used, how long each question of each page takes, whether it can be used by everyone, and how soon it
 * shows what has just happened.
 *
 * - `shell_gzip_kb`, `charts_gzip_kb`: scripts before the first page, and of the charts, compressed.
 * - `overview_interactive_ms`: from the request to a page with all its words and figures, cache empty: the median of the times, on an engine
 *   that runs; `overview_drawn_ms` with its charts; `overview_after_start_ms` once, of an engine that has just said where it is.
 * - `page_query_p99_ms`: of all questions of all pages, by five ranges, as the browser sees them beside each other; `slowest_route` is the
 *   one whose own p99 is the largest, `slowest_route_p99_ms`. `page_query_busy_p99_ms`: the same while events come in, four a second: what was
 *   answered before is then read anew. `query_alone_p99_ms`: of the same questions, asked one after the other, while events come in too.
 * - `axe_violations`: elements that axe-core objects to, over all pages.
 * - `live_update_p99_ms`: from the answer to events to the page that shows them as counted.
 *
 * The engine runs in a process of its own, on the same machine as the browser. `--full` takes three times as many events, so that nearly each of the
 * million users has some. `MILLRACE_MONTH=directory` keeps the month there, and takes it from there when it has one.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';
import { withDirectory } from './support/temporary.ts';
import { withBrowser } from './ui/browser.ts';
import { type Filled, fillMonth, type Month } from './ui/campusMonth.ts';
import { measureLive } from './ui/liveUpdates.ts';
import { openOverview } from './ui/overviewTimes.ts';
import { type Asked, askAlone, lookAtPages } from './ui/pageQueries.ts';
import { pagesOf } from './ui/pages.ts';
import { serveEngine } from './ui/servedEngine.ts';
import { whileEventsCome } from './ui/trickle.ts';

/** An engine that has just started catches up with what was due while it did not run: for some seconds. */
const thorough = { opened: 10, looks: 3, updates: 300, restMs: 30_000 };
const sizes = {
  most: { students: 1_000_000, days: 30, events: 30_600_000, ...thorough },
  full: { students: 1_000_000, days: 30, events: 10_200_000, ...thorough },
  smoke: { students: 300, days: 2, events: 20_000, opened: 1, looks: 1, updates: 8, restMs: 1_000 },
} satisfies Record<string, Month & typeof thorough>;

/** Of the month on average. */
const eventsPerSecond = 4;

const dashboard = fileURLToPath(new URL('../dashboard', import.meta.url));

export async function run({ full, most }: Size): Promise<Figures> {
  const size = most ? sizes.most : full ? sizes.full : sizes.smoke;
  return withMonth(size, async (directory, filled) => {
    console.log(
      `  ${filled.archived.toLocaleString('en')} events of ${filled.users.toLocaleString('en')} users in ${filled.seconds.toFixed(0)} s`,
    );
    const engine = await serveEngine(directory);
    try {
      const measured = await withBrowser(async (context) => {
        const [started] = await openOverview(context, engine.url, 1);
        say(`just started: to be read after ${whole(started!.readableMs)} ms`);
        await sleep(size.restMs);
        const overview = await openOverview(context, engine.url, size.opened);
        for (const { readableMs, drawnMs } of overview) {
          say(`overview: to be read after ${whole(readableMs)} ms, drawn after ${whole(drawnMs)}`);
        }
        const pages = await pagesOf(engine.url, 'student-000007');
        const looked = await lookAtPages(context, engine.url, pages, size.looks, say);
        say('the same while events come in');
        const { busy, alone } = await whileEventsCome(engine.url, eventsPerSecond, async () => {
          const busy = await lookAtPages(context, engine.url, pages, 1, say);
          say('each question by itself');
          return { busy, alone: await askAlone(engine.url, looked.asked) };
        });
        say('what happens now');
        const live = await measureLive(context, engine.url, size.updates);
        return { started: started!, overview, pages, looked, busy, alone, live };
      });
      const { started, overview, pages, looked, busy, alone, live } = measured;
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
        overview_after_start_ms: started.readableMs,
        axe_violations: looked.violations.length,
        live_update_p99_ms: quantile(live, 0.99),
        live_update_median_ms: quantile(live, 0.5),
        page_query_p99_ms: quantile(
          looked.asked.map(({ ms }) => ms),
          0.99,
        ),
        page_query_busy_p99_ms: quantile(
          busy.asked.map(({ ms }) => ms),
          0.99,
        ),
        query_alone_p99_ms: quantile(alone, 0.99),
        query_alone_median_ms: quantile(alone, 0.5),
        slowest_route: slowest,
        slowest_route_p99_ms: worst,
        pages: pages.length,
        pages_failed: looked.failed.length + busy.failed.length,
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

const say = (line: string): void => console.log(`  ${line}`);
const whole = (value: number): string => value.toFixed(0);

/** In a directory for this run alone, or in the one that is given. */
async function withMonth<Value>(
  size: Month,
  use: (directory: string, filled: Filled) => Promise<Value>,
): Promise<Value> {
  const kept = process.env['MILLRACE_MONTH'];
  if (kept === undefined) {
    return withDirectory(async (directory) => use(directory, await fillMonth(directory, size)));
  }
  const note = join(kept, 'month.json');
  if (!existsSync(note)) {
    const data = join(kept, 'data');
    mkdirSync(data, { recursive: true });
    if (readdirSync(data).length > 0) {
      throw new Error(`${data}: expected a month with its month.json, or nothing; remove it`);
    }
    writeFileSync(note, JSON.stringify(await fillMonth(data, size)));
  }
  return use(join(kept, 'data'), JSON.parse(readFileSync(note, 'utf8')) as Filled);
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
