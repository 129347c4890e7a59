/** What each page asks of the engine, as the browser sees it: how long every answer takes while the page asks for all of them at once. */
import type { BrowserContext } from 'playwright-core';
import { drawn, violationsOf } from './browser.ts';

export interface Asked {
  /** With its parameters. */
  readonly path: string;
  /** Without what tells one model, experiment or column from another. */
  readonly route: string;
  readonly ms: number;
}

export interface Looked {
  readonly asked: readonly Asked[];
  /** `/path: rule: target` */
  readonly violations: readonly string[];
  /** Pages that did not get ready, with the reason. */
  readonly failed: readonly string[];
}

const ranges = ['1h', '24h', '7d', '30d', 'all'];

/** Durations of all finished requests of the page to the API. */
const entries = `performance.getEntriesByType('resource')
  .filter(({ name }) => new URL(name).pathname.startsWith('/v1/') && !name.includes('/v1/live'))
  .map(({ name, duration }) => ({ path: name.slice(location.origin.length), ms: duration }))`;

/**
 * @param times that each page is opened by each range
 * @param say   told of each page: its slowest answer, and what is wrong with it
 */
export async function lookAtPages(
  context: BrowserContext,
  url: string,
  pages: readonly string[],
  times: number,
  say: (line: string) => void,
): Promise<Looked> {
  const asked: Asked[] = [];
  const violations: string[] = [];
  const failed: string[] = [];
  const page = await context.newPage();
  for (const path of pages) {
    const before = [asked.length, violations.length, failed.length] as const;
    for (const [i, range] of Array.from({ length: times }, () => ranges)
      .flat()
      .entries()) {
      try {
        await page.goto(`${url}${path}?range=${range}`);
        await drawn(page);
        const found = (await page.evaluate(entries)) as { path: string; ms: number }[];
        asked.push(...found.map((each) => ({ ...each, route: routeOf(each.path) })));
        if (i === 0) {
          const wrong = await violationsOf(page);
          violations.push(...wrong.map((each) => `${path}: ${each}`));
        }
      } catch (error) {
        failed.push(`${path}?range=${range}: ${error instanceof Error ? error.message : error}`);
        break;
      }
    }
    const [slowest] = asked.slice(before[0]).sort((a, b) => b.ms - a.ms);
    const worst = slowest === undefined ? '' : `, ${slowest.ms.toFixed(0)} ms ${slowest.route}`;
    say(`${path}: ${asked.length - before[0]} answers${worst}`);
    for (const each of [...violations.slice(before[1]), ...failed.slice(before[2])]) say(each);
  }
  await page.close();
  return { asked, violations, failed };
}

/** Each question again, one after the other: how long its answer takes when nothing else is asked. @returns ms, of each */
export async function askAlone(url: string, asked: readonly Asked[]): Promise<number[]> {
  const times: number[] = [];
  for (const path of new Set(asked.map((each) => each.path))) {
    const began = performance.now();
    const response = await fetch(`${url}${path}`);
    await response.arrayBuffer();
    times.push(performance.now() - began);
  }
  return times;
}

const lists = new Set(['models', 'experiments', 'policies', 'alerts', 'watches', 'drift', 'users']);

/** `/v1/experiments/:name/course` for `/v1/experiments/tutor/course`. */
function routeOf(path: string): string {
  const parts = path.split('?')[0]!.split('/').slice(2);
  const [first = '', ...rest] = parts;
  const isNamed =
    lists.has(first) || ['metrics', 'pipelines', 'retraining', 'insights'].includes(first);
  const named = rest.map((part, i) => (isNamed && i === 0 ? ':name' : part));
  return `/v1/${[first, ...named].join('/')}`;
}
