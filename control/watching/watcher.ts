/**
 * Watches: reads what is watched, has it judged, and keeps the alerts. One process does so at a time.
 *
 * What a look has found is stored in this order: alerts, who is to be told, readings. The readings say up to where a watch is
 * judged; so what is lost when the process ends before them is judged again, by which the same alerts come to be, and what
 * is lost before the telling is told by whoever comes next. No state of a detector is stored: a judge that begins is shown
 * the past.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert, Explanation } from '../../contracts/alert.ts';
import type { Store } from '../../contracts/store.ts';
import type { Watch } from '../../contracts/watch.ts';
import { close } from '../alerts/answer.ts';
import { zoneOffset } from '../alerts/localTime.ts';
import { reasonToEnd } from '../alerts/reasonToEnd.ts';
import { createTellOnce } from '../definitions/tellOnce.ts';
import { Bell } from '../experiments/bell.ts';
import type { Reader } from '../statement.ts';
import { sentence } from '../words.ts';
import { AlertDesk, type Teller } from './alertDesk.ts';
import { readActs, writeAlerts } from './alertRows.ts';
import type { Defined } from './definitionShelf.ts';
import type { Judge } from './judged.ts';
import { type JudgeMakers, judgeMakers, judgeOf } from './judges/judgeOf.ts';
import {
  readCursor,
  readJudgedSince,
  readLastReadings,
  type WatchReadings,
  writeReadings,
} from './readingRows.ts';
import { FrontierReader } from './sources/frontier.ts';
import type { Frontier, Source } from './sources/source.ts';
import { sourceOf } from './sources/sourceOf.ts';
import type { Standing, WatchBoard } from './watchBoard.ts';
import type { WatchDefinitions } from './watchDefinitions.ts';
import { WatchRun } from './watchRun.ts';

export interface WatcherOptions {
  readonly store: Store;
  readonly book: WatchDefinitions;
  /** Takes how the watches stand; emptied at the end. */
  readonly board: WatchBoard;
  /** IANA name of the zone in which days and hours are local. */
  readonly timeZone: string;
  /** Told what fails, a sentence each. */
  readonly say: (sentence: string) => void;
  /** Absent: nobody is told. */
  readonly teller?: Teller;
  /** Why it may have happened. @returns null: nothing is known */
  explain?(alert: Alert, watch: Watch): Promise<Explanation | null>;
  readonly makers?: JudgeMakers;
  readonly clock?: () => number;
  /** Pause between two looks, ms. */
  readonly everyMs?: number;
  /** After the end of a bucket so long is waited for what comes late, ms. */
  readonly settleMs?: number;
  /** Keys of a watch: further ones are not judged. */
  readonly keysMax?: number;
  /** Longest time that a watch takes of a look, ms. */
  readonly stepMs?: number;
}

export interface Watcher {
  /** Something has just been written: it is looked at without waiting for the time. */
  look(): void;
  /** Nothing is begun any more; what was judged is stored when this resolves. */
  stop(): Promise<void>;
}

/** Readings of one watch in one look. */
const readingsMax = 5_000;
/** Alerts that are explained in one look. */
const explainedMax = 20;
/** A watch that cannot be judged is tried again after so long, and so long at most, ms. */
const againMs = 5_000;
const againMaxMs = 300_000;
/** Acts of people are looked for so far behind the newest that is known, ms: clocks differ. */
const actsOverlapMs = 60_000;

export function startWatcher(options: WatcherOptions): Watcher {
  const { everyMs = 5_000, board, say } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const watching = new Watching(options, signal);
  const told = createTellOnce(say);
  const bell = new Bell();

  async function work(): Promise<void> {
    while (!signal.aborted) {
      let hasMore = false;
      try {
        hasMore = await watching.look();
        told.forget('look');
      } catch (error) {
        if (signal.aborted) break;
        const why = error instanceof Error ? error.message : String(error);
        told.tell('look', `Watches are not judged at present: ${why}`);
      }
      // Others have their turn in any case.
      if (hasMore) await sleep(1, undefined, { signal }).catch(() => undefined);
      else await bell.rest(everyMs, signal);
    }
  }

  const ended = work();
  return {
    look: () => bell.ring(),
    async stop() {
      stopping.abort();
      await ended;
      board.clear();
    },
  };
}

interface Kept {
  readonly revision: number;
  /** Which days its judge knows. */
  readonly calendar: string;
  run: WatchRun;
  problem: string | null;
  failures: number;
  tryAt: number;
}

/** The work itself, look by look. */
export class Watching {
  readonly #options: WatcherOptions;
  readonly #reader: Reader;
  readonly #clock: () => number;
  readonly #desk: AlertDesk;
  readonly #frontiers: FrontierReader;
  readonly #kept = new Map<string, Kept>();
  readonly #actsSeen = new Set<string>();
  readonly #told: ReturnType<typeof createTellOnce>;
  #actsFrom = 0;
  #isLoaded = false;
  #hasTakenActs = false;
  /** Readings that are not stored yet. */
  #readings: WatchReadings[] = [];
  /** Newest event time of all pipelines. */
  #eventTime: number | undefined;

  constructor(options: WatcherOptions, signal?: AbortSignal) {
    const { store, book, clock = Date.now, settleMs, say } = options;
    this.#options = options;
    this.#clock = clock;
    this.#reader = { query: (sql, parameters) => store.query(sql, parameters, signal) };
    this.#told = createTellOnce(say);
    const offset = zoneOffset(options.timeZone);
    this.#desk = new AlertDesk(
      {
        watch: (key) => book.watches.get(key)?.definition,
        routes: () => book.routes.all().map(({ definition }) => definition),
        almanac: () => ({
          windows: book.mutes.all().map(({ definition }) => definition),
          days: book.days.all().map(({ definition }) => definition),
          offset,
        }),
      },
      clock,
    );
    this.#frontiers = new FrontierReader({
      ...{ reader: this.#reader, clock },
      ...(settleMs === undefined ? {} : { settleMs }),
    });
  }

  /**
   * @returns whether there is more to do at once
   * @throws EngineError SINK_UNAVAILABLE; what was found before is kept, and stored by the next look
   */
  async look(): Promise<boolean> {
    // What the last look could not store.
    await this.#store();
    if (!this.#isLoaded) {
      this.#actsFrom = this.#clock();
      await this.#desk.load(this.#reader);
      this.#isLoaded = true;
    }
    await this.#takeDefinitions();
    await this.#takeActs();
    const hasMore = await this.#judge();
    await this.#explain();
    for (const alert of this.#desk.join()) this.#runOf(alert)?.take(alert);
    await this.#store();
    this.#show();
    return hasMore;
  }

  #runOf({ watch }: Pick<Alert, 'watch'>): WatchRun | undefined {
    return this.#kept.get(watch)?.run;
  }

  #takeAll(alerts: readonly Alert[]): void {
    for (const alert of alerts) this.#desk.take(alert);
  }

  async #takeDefinitions(): Promise<void> {
    const { book } = this.#options;
    const days = book.days.all();
    const calendar = days.map(({ definition: { key }, revision }) => `${key}@${revision}`).join();
    const wanted = new Map(
      book.watches
        .all()
        .filter(({ definition: { isActive } }) => isActive)
        .map((each) => [each.definition.key, each]),
    );
    for (const [key, { run }] of [...this.#kept]) {
      if (wanted.has(key)) continue;
      const now = book.watches.get(key)?.definition ?? null;
      this.#takeAll(run.end(reasonToEnd(run.watch, now) ?? '', this.#eventTime ?? 0));
      this.#kept.delete(key);
    }
    for (const [key, defined] of wanted) {
      const kept = this.#kept.get(key);
      const isSame =
        kept?.revision === defined.revision &&
        (kept.calendar === calendar || defined.definition.judgement.kind !== 'usual');
      if (isSame) continue;
      const reason = kept && reasonToEnd(kept.run.watch, defined.definition);
      if (reason !== undefined) this.#takeAll(kept!.run.end(reason, this.#eventTime ?? 0));
      const cursor = kept?.run.judgedTo ?? undefined;
      const run = await this.#run(defined, cursor);
      const { revision } = defined;
      this.#kept.set(key, { revision, calendar, run, problem: null, failures: 0, tryAt: 0 });
    }
    // Of watches that were removed while nobody watched.
    for (const alert of this.#desk.open()) {
      if (this.#kept.has(alert.watch)) continue;
      const at = alert.latest?.end ?? alert.noticedAt;
      const note = `${alert.note} The watch is not there any more.`.trim();
      const closed = close(alert, { note, isFalse: false }, at, this.#clock());
      if (closed.outcome === 'answered') this.#desk.take(closed.alert);
    }
  }

  /** @param judgedTo when it was judged by this process already */
  async #run({ definition: watch }: Defined<Watch>, judgedTo?: number): Promise<WatchRun> {
    const { book, timeZone, makers = judgeMakers, keysMax, settleMs } = this.#options;
    const cursor = judgedTo ?? (await readCursor(this.#reader, watch.key));
    const days = book.days.all().map(({ definition }) => definition);
    const judged = {
      last: () => readLastReadings(this.#reader, watch.key),
      since: (time: number) => readJudgedSince(this.#reader, watch.key, time),
    };
    const options = {
      ...(keysMax === undefined ? {} : { keysMax }),
      ...(settleMs === undefined ? {} : { settleMs }),
    };
    return new WatchRun({
      ...{ watch, cursor, clock: this.#clock, alerts: this.#desk.of(watch.key) },
      source: orFailing(() => sourceOf(this.#reader, watch, judged, options)),
      judge: orFailingJudge(() => judgeOf(watch, days, { timeZone }, makers)),
    });
  }

  /** What people have done to alerts, in whatever process. */
  async #takeActs(): Promise<void> {
    const acts = await readActs(this.#reader, this.#actsFrom - actsOverlapMs);
    const isFirst = !this.#hasTakenActs;
    this.#hasTakenActs = true;
    for (const { alert, actor } of acts) {
      const name = `${alert.id} ${alert.revision} ${actor}`;
      if (this.#actsSeen.has(name)) continue;
      this.#actsSeen.add(name);
      this.#actsFrom = Math.max(this.#actsFrom, alert.changedAt);
      const known = this.#desk.get(alert.id);
      const isOld = isFirst && known !== undefined && known.revision >= alert.revision;
      if (isOld) continue;
      if (known === undefined || known.revision < alert.revision) {
        this.#desk.takeStored(alert);
        this.#runOf(alert)?.take(alert);
      } else if (!isSameAct(known, alert)) {
        // It was changed here at the same time: both changes hold.
        const both = this.#desk.revise(alert.id, actOf(known, alert));
        this.#runOf(both)?.take(both);
      }
    }
    if (this.#actsSeen.size > 10_000) this.#actsSeen.clear();
  }

  async #judge(): Promise<boolean> {
    const { stepMs = 1_000 } = this.#options;
    const frontiers = new Map<string, Frontier>();
    let hasMore = false;
    for (const [key, kept] of this.#kept) {
      const { pipeline } = kept.run.watch.source;
      const frontier = frontiers.get(pipeline) ?? (await this.#frontiers.read(pipeline));
      frontiers.set(pipeline, frontier);
      if (frontier.newest !== null) {
        this.#eventTime = Math.max(this.#eventTime ?? 0, frontier.newest);
      }
      if (this.#clock() < kept.tryAt) continue;
      const until = performance.now() + stepMs;
      const step = await kept.run.step(frontier, { until, readingsMax });
      this.#takeAll(step.changed);
      if (step.judged.length > 0) this.#readings.push({ watch: key, judged: step.judged });
      hasMore ||= step.hasMore;
      if ('error' in step) await this.#fail(kept, step.error, frontier);
      else Object.assign(kept, { problem: kept.run.remark, failures: 0, tryAt: 0 });
      if (!('error' in step)) this.#told.forget(key);
    }
    return hasMore;
  }

  async #fail(kept: Kept, error: unknown, frontier: Frontier): Promise<void> {
    const { watch } = kept.run;
    const problem = sentence(error instanceof Error ? error.message : String(error));
    kept.problem = problem;
    kept.failures += 1;
    kept.tryAt = this.#clock() + Math.min(againMaxMs, againMs * 2 ** (kept.failures - 1));
    this.#told.tell(watch.key, `The watch “${watch.name}” cannot be judged: ${problem}`);
    this.#takeAll(kept.run.fail(problem, frontier.newest ?? frontier.now));
    // The past that it was shown in part has to be shown anew.
    const defined = this.#options.book.watches.get(watch.key);
    if (!kept.run.hasBegun && defined !== undefined) kept.run = await this.#run(defined);
  }

  async #explain(): Promise<void> {
    const { explain } = this.#options;
    if (explain === undefined) return;
    for (const alert of this.#desk.news().slice(0, explainedMax)) {
      const watch = this.#runOf(alert)?.watch;
      if (watch === undefined) continue;
      try {
        const explanation = await explain(alert, watch);
        if (explanation === null) continue;
        this.#runOf(alert)?.take(this.#desk.revise(alert.id, { explanation }));
        this.#told.forget('explain');
      } catch (error) {
        // It is told without.
        this.#told.tell('explain', `Alerts are not explained at present: ${String(error)}`);
      }
    }
  }

  /** Alerts first, then who is to be told, then up to where it was judged. */
  async #store(): Promise<void> {
    const { store, teller } = this.#options;
    if (!this.#isLoaded) return;
    const { revised, owed } = this.#desk.settle(this.#eventTime ?? this.#clock());
    for (const alert of revised) this.#runOf(alert)?.take(alert);
    const rows = this.#desk.unstored();
    await writeAlerts(store, rows);
    this.#desk.stored(rows);
    for (const each of owed) {
      if (teller !== undefined && each.routes.length > 0) {
        await teller.tell(each.alert.id, each.what, each.routes);
      }
      this.#desk.told(each);
    }
    await writeReadings(store, this.#readings, this.#clock());
    this.#readings = [];
  }

  #show(): void {
    const standings = new Map<string, Standing>();
    for (const [key, { run, problem }] of this.#kept) {
      const { hasBegun, judgedTo, keys } = run;
      standings.set(key, { hasBegun, judgedTo, keys, problem });
    }
    this.#options.board.put(standings, this.#desk.counts());
  }
}

/** What people do to an alert. */
function actOf(known: Alert, act: Alert): Partial<Alert> {
  const { owner, acknowledgedAt, note, state, ending, resolvedAt } = act;
  const isClosing = state === 'resolved' && known.state !== 'resolved';
  return { owner, acknowledgedAt, note, ...(isClosing ? { state, ending, resolvedAt } : {}) };
}

function isSameAct(known: Alert, act: Alert): boolean {
  return Object.entries(actOf(known, act)).every(
    ([field, value]) => known[field as keyof Alert] === value,
  );
}

/** What cannot be made fails when it is used: for its watch only. */
function orFailing(make: () => Source): Source {
  try {
    return make();
  } catch (error) {
    // biome-ignore lint/correctness/useYield: it fails before the first
    const failing = async function* () {
      throw error;
    };
    return { past: failing, rounds: failing, remark: null };
  }
}

function orFailingJudge(make: () => Judge): Judge {
  try {
    return make();
  } catch (error) {
    return {
      judge() {
        throw error;
      },
    };
  }
}
