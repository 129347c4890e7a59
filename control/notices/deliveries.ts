/**
 * The outbox of alerts: what is to be told is written down before it is tried, and tried until it is taken or a day is over.
 *
 * At least once: after a crash a notice may come twice, with the same delivery id. A route has one try under way at a time,
 * so that what fired comes before what is over, and a slow server delays its own route only.
 */
import { createHash } from 'node:crypto';
import type { Store } from '../../contracts/store.ts';
import type { AlertRoute } from '../../contracts/watch.ts';
import type { AlertContent, Notice, SummaryContent } from '../../sinks/notices/notice.ts';
import { NoticeProblem } from '../../sinks/notices/noticeProblem.ts';
import { deliveryId } from './deliveryId.ts';
import { type NoticeRow, readNotices, readOpenNotices, writeNotices } from './noticeRows.ts';
import { nextTryAt } from './retryPace.ts';
import { createRouteQueue, type NextNotice, type RouteQueue } from './routeQueue.ts';
import { summaryContent } from './summaryContent.ts';

export interface NoticeClock {
  /** ms since 1970. */
  now(): number;
  /**
   * Runs something once, later.
   *
   * @returns how it is prevented
   */
  after(ms: number, run: () => void): () => void;
}

export interface DeliveriesOptions {
  readonly store: Store;
  /** @throws NoticeProblem; the signal's reason when that ended the try */
  send(route: AlertRoute, notice: Notice, signal: AbortSignal): Promise<void>;
  /** As it is defined at the time of the try; undefined: it is no longer there. */
  routeOf(key: string): AlertRoute | undefined;
  /** What is to be said, at the time of the try; undefined: the alert is not there. */
  contentOf(
    alert: string,
    what: NoticeRow['what'],
    signal: AbortSignal,
  ): Promise<AlertContent | undefined>;
  /** Of an alert, for summaries. */
  headlineOf(alert: string): Promise<string | undefined>;
  /** Where the dashboard lists alerts. */
  readonly overviewLink: string;
  /** Told when a route fails, works again, and what is given up, a sentence each. */
  readonly say: (sentence: string) => void;
  /** Notices that a route takes one by one. */
  readonly perHour?: number;
  /** How long the end waits for a try. */
  readonly graceMs?: number;
  readonly clock?: NoticeClock;
  /** In [0, 1): the jitter. */
  readonly random?: () => number;
}

export interface Deliveries {
  /**
   * Resolves when it is written down; the tries follow. What was to be told before is not told again.
   *
   * @param routes keys
   * @throws EngineError SINK_UNAVAILABLE: nothing is written, call again
   */
  tell(alert: string, what: NoticeRow['what'], routes: readonly string[]): Promise<void>;
  /** Ends tries; what waits is told after the next start. */
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
/** Until an outcome that could not be written is written again. */
const writeAgainMs = 5_000;

const systemClock: NoticeClock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

interface Lane {
  readonly key: string;
  readonly queue: RouteQueue;
  /** The try that is under way. */
  busy: Promise<void> | undefined;
  /** The last try failed: told once. */
  isFailing: boolean;
}

/**
 * Goes on with what waits.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function openDeliveries(options: DeliveriesOptions): Promise<Deliveries> {
  const { store, say, perHour = 60, graceMs = 5_000 } = options;
  const { clock = systemClock, random = Math.random } = options;
  const lanes = new Map<string, Lane>();
  const ending = new AbortController();
  let isStopping = false;
  let forget = () => {};
  let turn: Promise<unknown> = Promise.resolve();

  const laneOf = (key: string): Lane => {
    const known = lanes.get(key);
    if (known !== undefined) return known;
    const lane = { key, queue: createRouteQueue(perHour), busy: undefined, isFailing: false };
    lanes.set(key, lane);
    return lane;
  };

  /** Begins what is due, and sets the clock for the next. */
  const look = () => {
    if (isStopping) return;
    forget();
    let wakeAt = Infinity;
    for (const lane of lanes.values()) {
      if (lane.busy !== undefined) continue;
      const now = clock.now();
      const next = lane.queue.next(now);
      if (next === undefined) wakeAt = Math.min(wakeAt, lane.queue.wakeAt(now));
      else {
        lane.busy = tryIt(lane, next).finally(() => {
          lane.busy = undefined;
          look();
        });
      }
    }
    if (wakeAt < Infinity) forget = clock.after(Math.max(1, wakeAt - clock.now()), look);
  };

  /** Tries, and writes down what came of it. Never throws. */
  const tryIt = async (lane: Lane, next: NextNotice): Promise<void> => {
    const id = idOf(lane.key, next);
    const problem = await told(options, lane.key, id, next, ending.signal).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem !== undefined && ending.signal.aborted) return; // it waits for the next start
    const at = clock.now();
    const rows = next.rows.map((row) =>
      problem === undefined
        ? sentRow(row, next.how, id, at)
        : failedRow(row, problem, at, random()),
    );
    if (problem === undefined) lane.queue.told(next.how, at);
    tell(lane, rows, problem);
    await written(rows);
    for (const row of rows) {
      if (row.outcome === 'waiting') lane.queue.put(row);
      else lane.queue.drop(row);
    }
  };

  const tell = (lane: Lane, rows: readonly NoticeRow[], problem: unknown) => {
    const lost = rows.filter(({ outcome }) => outcome === 'given up');
    if (lost.length > 0) {
      const words = lost.length === 1 ? 'A notice is' : `${lost.length} notices are`;
      say(`${words} given up on the route ${lane.key}. ${lost[0]!.problem}`);
    } else if (problem !== undefined && !lane.isFailing) {
      say(`Alerts do not reach the route ${lane.key}. ${rows[0]!.problem}`);
    } else if (problem === undefined && lane.isFailing) {
      say(`Alerts reach the route ${lane.key} again.`);
    }
    lane.isFailing = problem !== undefined;
  };

  /** Until it succeeds: what was sent and is not written would be sent again after a restart. */
  const written = async (rows: readonly NoticeRow[]): Promise<void> => {
    for (;;) {
      try {
        await writeNotices(store, rows);
        return;
      } catch (error) {
        if (isStopping) return;
        say(
          `What became of a notice could not be written; it is tried again. ${sentenceOf(error)}`,
        );
        await new Promise<void>((resolve) => clock.after(writeAgainMs, resolve));
      }
    }
  };

  for (const row of await readOpenNotices(store, clock.now() - hourMs)) {
    const { queue } = laneOf(row.route);
    if (row.outcome === 'waiting') queue.put(row);
    else {
      const own = deliveryId(row.alert, row.route, row.what);
      queue.told(row.delivery === own ? 'alone' : 'summary', row.at);
    }
  }
  look();

  return {
    tell(alert, what, routes) {
      const task = turn.then(async () => {
        const known = await readNotices(store, alert);
        const at = clock.now();
        const rows = [...new Set(routes)]
          .filter((route) => !known.some((row) => row.route === route && row.what === what))
          .map((route): NoticeRow => newRow(alert, route, what, at));
        if (rows.length === 0) return;
        await writeNotices(store, rows);
        for (const row of rows) laneOf(row.route).queue.put(row);
        look();
      });
      turn = task.catch(() => undefined);
      return task;
    },

    async stop() {
      isStopping = true;
      forget();
      await turn;
      const patience = clock.after(graceMs, () => ending.abort(new Error('the engine ends')));
      await Promise.all([...lanes.values()].map(({ busy }) => busy));
      patience();
    },
  };
}

function newRow(alert: string, route: string, what: NoticeRow['what'], at: number): NoticeRow {
  const common = { alert, route, what, version: 1, madeAt: at, at, nextAt: at };
  return { ...common, attempts: 0, outcome: 'waiting', problem: '', delivery: '' };
}

function sentRow(row: NoticeRow, how: NextNotice['how'], id: string, at: number): NoticeRow {
  return {
    ...row,
    version: row.version + 1,
    at,
    attempts: row.attempts + 1,
    outcome: 'sent',
    problem:
      how === 'alone'
        ? ''
        : 'Told in a summary: there were more notices than a route takes in an hour.',
    delivery: id,
  };
}

function failedRow(row: NoticeRow, problem: unknown, at: number, random: number): NoticeRow {
  const attempts = row.attempts + 1;
  const { isTemporary, retryAfterMs } =
    problem instanceof NoticeProblem ? problem : { isTemporary: true, retryAfterMs: undefined };
  const nextAt = isTemporary
    ? nextTryAt({ madeAt: row.madeAt, attempts, now: at, retryAfterMs, random })
    : undefined;
  return {
    ...row,
    version: row.version + 1,
    at,
    attempts,
    nextAt: nextAt ?? at,
    outcome: nextAt === undefined ? 'given up' : 'waiting',
    problem: sentenceOf(problem),
  };
}

/** Of what is not a problem of ours no words are kept: nobody knows what stands in them. */
function sentenceOf(error: unknown): string {
  if (error instanceof NoticeProblem) return error.message;
  return `It failed for a reason of its own (${error instanceof Error ? error.name : typeof error}).`;
}

/** A summary's is made from all it tells of: with others in it, it is another. */
function idOf(route: string, { how, rows }: NextNotice): string {
  const ids = rows.map(({ alert, what }) => deliveryId(alert, route, what));
  if (how === 'alone') return ids[0]!;
  return deliveryId(createHash('sha256').update(ids.join()).digest('hex'), route, 'summary');
}

/** Resolves when the other side has taken it. */
async function told(
  options: DeliveriesOptions,
  key: string,
  id: string,
  { how, rows }: NextNotice,
  signal: AbortSignal,
): Promise<void> {
  const { routeOf, send } = options;
  const permanent = (sentence: string) => new NoticeProblem('permanent', sentence);
  const route = routeOf(key);
  if (route === undefined) throw permanent(`The route ${key} is not there any more.`);
  if (!route.isActive) throw permanent(`The route ${key} is switched off.`);
  if (how === 'summary') {
    const content = await read(() => summaryContent(rows, options));
    return send(route, { ...content, id, thread: id }, signal);
  }
  const { alert, what } = rows[0]!;
  const content = await read(() => options.contentOf(alert, what, signal));
  if (content === undefined) throw permanent('The alert is not there any more.');
  return send(route, { ...content, id, thread: deliveryId(alert, key, 'firing') }, signal);
}

async function read<Content extends AlertContent | SummaryContent | undefined>(
  content: () => Promise<Content>,
): Promise<Content> {
  try {
    return await content();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    throw new NoticeProblem(
      'temporary',
      `The alert could not be read (${name}): it is tried again.`,
      undefined,
      { cause: error },
    );
  }
}
