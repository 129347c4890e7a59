/**
 * The outbox of alerts: what is to be told is written down before it is tried, and tried until it is taken or a day is over.
 *
 * At least once: after a crash a notice may come twice, with the same delivery id. A route has one try under way at a time,
 * so that what fired comes before what is over, and a slow server delays its own route only.
 */
import type { Store } from '../../contracts/store.ts';
import { deliveryId } from './deliveryId.ts';
import { failedRows, newRow, sentenceOf, sentRow } from './noticeOutcome.ts';
import { type NoticeRow, readNotices, readOpenNotices, writeNotices } from './noticeRows.ts';
import { createRouteQueue, type NextNotice, type RouteQueue } from './routeQueue.ts';
import { idOf, type TellingOptions, tellNext } from './tellNext.ts';

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

export interface DeliveriesOptions extends TellingOptions {
  readonly store: Store;
  /** Told when a route fails, works again, and what is given up, a sentence each. */
  readonly say: (sentence: string) => void;
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
    const problem = await tellNext(options, lane.key, id, next, ending.signal).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem !== undefined && ending.signal.aborted) return; // it waits for the next start
    const at = clock.now();
    const rows =
      problem === undefined
        ? next.rows.map((row) => sentRow(row, next.how, id, at))
        : failedRows(next.rows, problem, at, random());
    if (problem === undefined) lane.queue.told(next.how, at);
    report(lane, rows, problem);
    await written(rows);
    for (const row of rows) {
      if (row.outcome === 'waiting') lane.queue.put(row);
      else lane.queue.drop(row);
    }
  };

  const report = (lane: Lane, rows: readonly NoticeRow[], problem: unknown) => {
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
