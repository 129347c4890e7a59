/**
 * One watch at work: it reads its source round by round, has each round judged, and leads the alerts of its keys through
 * their lives. It writes nothing: what has come of a step is for who called to keep.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Alert } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';
import {
  type AlertLife,
  newLife,
  type Observation,
  restoreLife,
  takeOver,
} from '../alerts/alertLife.ts';
import { stepAlert } from '../alerts/stepAlert.ts';
import type { Judge, Judged } from './judged.ts';
import { type Frontier, pastMs, type Round, type Source } from './sources/source.ts';

export interface RunStep {
  /** What was judged, in order. */
  readonly judged: readonly Judged[];
  /** Revisions of alerts, in order. */
  readonly changed: readonly Alert[];
  /** There was more to do than time. */
  readonly hasMore: boolean;
  /** It ended so: what came before it stands. */
  readonly error?: unknown;
}

export interface WatchRunOptions {
  readonly watch: Watch;
  readonly source: Source;
  readonly judge: Judge;
  /** End of the newest reading that was judged before; undefined: none was. */
  readonly cursor: number | undefined;
  /** Newest revisions of its alerts: those that are open, and those that ended lately. */
  readonly alerts: readonly Alert[];
  readonly clock: () => number;
}

export interface Budget {
  /** By `performance.now`, ms. */
  readonly until: number;
  /** Most readings of a step. */
  readonly readingsMax: number;
}

interface Followed {
  readonly key: readonly string[];
  life: AlertLife;
}

/** A turn for others after so long, ms. */
const sliceMs = 5;

export class WatchRun {
  readonly watch: Watch;
  readonly #options: WatchRunOptions;
  readonly #followed = new Map<string, Followed>();
  #cursor: number | undefined;
  #past: AsyncIterator<Round> | undefined;
  #hasBegun = false;
  #toldTo = Number.NEGATIVE_INFINITY;

  constructor(options: WatchRunOptions) {
    this.#options = options;
    this.watch = options.watch;
    this.#cursor = options.cursor;
    for (const [name, alerts] of byKey(options.alerts)) {
      const life = restoreLife(alerts);
      this.#followed.set(name, { key: alerts[0]!.key, life: this.#judgedLife(life) });
    }
  }

  /** Keys that are followed. */
  get keys(): number {
    return this.#followed.size;
  }

  /** The past has been seen: it judges. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  get judgedTo(): number | null {
    return Number.isFinite(this.#cursor) ? this.#cursor! : null;
  }

  get remark(): string | null {
    return this.#options.source.remark;
  }

  /** Goes on as far as the frontier and the budget allow. Never throws. */
  async step(frontier: Frontier, budget: Budget): Promise<RunStep> {
    const judged: Judged[] = [];
    const changed: Alert[] = [];
    const observe = (key: readonly string[], observation: Observation) =>
      this.#observe(key, observation, changed);
    let turnAt = performance.now() + sliceMs;
    const isSpent = () => performance.now() >= budget.until || judged.length >= budget.readingsMax;
    const rest = async () => {
      if (performance.now() < turnAt) return;
      await nextTurn();
      turnAt = performance.now() + sliceMs;
    };
    try {
      if (!this.#hasBegun && !(await this.#begin(frontier, budget, changed, rest))) {
        return { judged, changed, hasMore: true };
      }
      let hasMore = false;
      for await (const round of this.#options.source.rounds(this.#cursor!, frontier)) {
        const of = this.#judge(round);
        for (const each of of) {
          // That there was nothing to read is silence: it is told below, once.
          if (each.reading.value !== null || each.verdict !== 'unknown') judged.push(each);
          observe(each.key, { kind: 'reading', judged: each });
        }
        this.#cursor = Math.max(this.#cursor!, round.end);
        await rest();
        hasMore = isSpent();
        if (hasMore) break;
      }
      this.#tellSilence(hasMore ? this.#cursor! : frontier.completeTo, observe);
      return { judged, changed, hasMore };
    } catch (error) {
      return { judged, changed, hasMore: false, error };
    }
  }

  /** It cannot be judged. @param at now, event time */
  fail(problem: string, at: number): Alert[] {
    const changed: Alert[] = [];
    this.#observe([], { kind: 'error', at, problem }, changed);
    return changed;
  }

  /** All that is open is over. @param at now, event time */
  end(reason: string, at: number): Alert[] {
    const changed: Alert[] = [];
    for (const { key, life } of [...this.#followed.values()]) {
      if (life.open === null) continue;
      const latest = life.newest?.end ?? life.open.noticedAt;
      this.#observe(key, { kind: 'end', at: Math.max(at, latest), reason }, changed);
    }
    return changed;
  }

  /** An alert was changed elsewhere. */
  take(alert: Alert): void {
    const followed = this.#followed.get(JSON.stringify(alert.key));
    if (followed !== undefined) followed.life = takeOver(followed.life, alert);
  }

  /** Alerts that are open. */
  open(): Alert[] {
    return [...this.#followed.values()].flatMap(({ life }) => life.open ?? []);
  }

  /** Shows the judge the past. @returns whether that is done */
  async #begin(
    frontier: Frontier,
    budget: Budget,
    changed: Alert[],
    rest: () => Promise<void>,
  ): Promise<boolean> {
    const { source } = this.#options;
    this.#past ??= source.past(this.#cursor, frontier)[Symbol.asyncIterator]();
    let end = this.#cursor ?? Number.NEGATIVE_INFINITY;
    for (;;) {
      const next = await this.#past.next();
      if (next.done === true) break;
      for (const each of this.#judge(next.value)) {
        // An alert that was open goes on from its newest reading; none is opened.
        const life = this.#followed.get(JSON.stringify(each.key))?.life;
        if (life === undefined || life.open === null) continue;
        this.#observe(each.key, { kind: 'reading', judged: each }, changed);
      }
      if (next.value.end > end) end = next.value.end;
      this.#cursor = this.#options.cursor ?? end;
      await rest();
      if (performance.now() >= budget.until) return false;
    }
    this.#cursor = this.#options.cursor ?? end;
    this.#hasBegun = true;
    this.#past = undefined;
    for (const each of this.#followed.values()) each.life = this.#judgedLife(each.life);
    return true;
  }

  /** What ended at the cursor or before is not judged again, unless an alert is open that has to hear of it. */
  #judgedLife(life: AlertLife): AlertLife {
    const cursor = this.#options.cursor;
    const { newest, open } = life;
    if (cursor === undefined || (newest !== null && newest.end >= cursor)) return life;
    if (open !== null && !this.#hasBegun) return life;
    const nothing = { value: null, count: 0, expected: null, lower: null, upper: null };
    const reading = { start: cursor, end: cursor, ...nothing, score: null, pValue: null };
    return { ...life, newest: newest === null ? reading : { ...newest, end: cursor } };
  }

  #judge({ end, readings, known }: Round): readonly Judged[] {
    const judged = this.#options.judge.judge(end, readings);
    if (known === undefined) return judged;
    return judged.map((each, i) => {
      const { score, pValue } = each.reading;
      const of = known[i];
      if (of === undefined) return each;
      const reading = {
        ...each.reading,
        score: score ?? of.score ?? null,
        pValue: pValue ?? of.pValue ?? null,
      };
      return { ...each, reading };
    });
  }

  #observe(key: readonly string[], observation: Observation, changed: Alert[]): void {
    const name = JSON.stringify(key);
    const followed = this.#followed.get(name) ?? { key, life: newLife };
    const { watch, clock } = this.#options;
    const step = stepAlert(watch, key, followed.life, observation, clock());
    followed.life = step.life;
    if (!this.#followed.has(name)) this.#followed.set(name, followed);
    changed.push(...step.changed);
  }

  #tellSilence(
    at: number,
    observe: (key: readonly string[], observation: Observation) => void,
  ): void {
    if (!Number.isFinite(at) || at <= this.#toldTo) return;
    this.#toldTo = at;
    for (const [name, { key, life }] of this.#followed) {
      const { newest, open, ended } = life;
      if (newest !== null && newest.end >= at) continue;
      if (open === null && ended.length === 0 && newest !== null && at - newest.end > pastMs) {
        this.#followed.delete(name);
        continue;
      }
      // Of a watch that judges keys, the whole has no reading: it has alerts when it cannot be judged.
      const since = newest === null ? at : newest.end;
      observe(key, { kind: 'silence', since, at });
    }
  }
}

function byKey(alerts: readonly Alert[]): Map<string, Alert[]> {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const name = JSON.stringify(alert.key);
    const of = groups.get(name);
    if (of === undefined) groups.set(name, [alert]);
    else of.push(alert);
  }
  return groups;
}
