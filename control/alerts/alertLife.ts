/**
 * The life of the alerts of one watch and key: what is observed changes the alert that is open, opens one, or ends it, and
 * says what is to be told. A function of what it is given; it reads no clock and keeps nothing.
 *
 * ```text
 * breach  ──▶ pending ──pendingMs──▶ firing ──fine for clearMs──▶ resolved (recovered)
 *                │ fine                 │ the level is what is usual now ▶ resolved (became usual)
 *                ▼                      ▼ ▲ a reading
 *          resolved (passed)       no-data, error
 * silence ──noDataMs──▶ pending ──pendingMs──▶ no-data ──a reading──▶ resolved (recovered)
 * error   ──▶ pending ──again, pendingMs──▶ error ──judged again──▶ resolved (recovered)
 * ```
 *
 * - An alert is told once, when `firedAt` is set, and its end is told when its beginning was. A change from firing to
 *   `no-data` or `error` and back is a change, and no news.
 * - An alert that is about a breach stays the same while there are no readings or errors, and goes on when readings come
 *   back; then all must be well anew for `clearMs`. One that was never more than silence or errors ends with the first
 *   reading, and if that is a breach another alert begins.
 * - After an alert that was told, the next one of its kind waits, pending, until `refractoryMs` have passed since that end;
 *   if it ends before, nobody was told, and it counts as a flap. See `isHeld` for keys that flap.
 * - `unclear` keeps open what is open and makes well nothing; `unknown` says only that there was a reading.
 * - After somebody closed an alert, silence counts from there.
 */
import type { Alert, AlertEnding, JudgedReading } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';
import type { Judged } from '../watching/judged.ts';
import { sentence } from '../words.ts';
import {
  type EndedAlert,
  endedOf,
  flapsOf,
  isFlapping,
  isHeld,
  isUnjudged,
  stillMatter,
} from './endedAlert.ts';
import { breachHeadline, errorHeadline, silenceHeadline } from './headline.ts';
import { isWorse } from './isWorse.ts';
import { openAlert } from './openAlert.ts';

/** Plain data. */
export interface AlertLife {
  readonly open: Alert | null;
  /** In no order. */
  readonly ended: readonly EndedAlert[];
  /**
   * The newest reading there was. Others are taken only when they end after it; of a restored life all that do must be
   * given again, in order.
   */
  readonly newest: JudgedReading | null;
  /** Since when readings are fine again, event time; null: they are not. */
  readonly fineSince: number | null;
}

export type Observation =
  | { readonly kind: 'reading'; readonly judged: Judged }
  /**
   * A round without a reading of this key, short silences too: they say that there was no error.
   * `since`: end of the last reading (or beginning of watching); `at`: now. Event time.
   */
  | { readonly kind: 'silence'; readonly since: number; readonly at: number }
  /** A round in which it could not be judged, and why. `at`: now, event time. */
  | { readonly kind: 'error'; readonly at: number; readonly problem: string }
  /** The watch was turned off, or watches something else now; the reason is added to the note. */
  | { readonly kind: 'end'; readonly at: number; readonly reason: string };

/** Whether it is muted or belongs to an incident is not considered yet. */
export interface Told {
  readonly what: 'firing' | 'resolved';
  readonly alert: Alert;
}

export interface AlertStep {
  readonly life: AlertLife;
  /** Each with its next revision; an alert that ended comes before one that began. */
  readonly changed: readonly Alert[];
  readonly told: readonly Told[];
}

export const newLife: AlertLife = { open: null, ended: [], newest: null, fineSince: null };

/**
 * A life as it was when the alerts were stored, once all readings that end after `newest` are given again.
 *
 * @param alerts newest revision of each, of one watch and key: the newest, and those that ended within the longest of a day,
 *   `refractoryMs` and `noDataMs`
 */
export function restoreLife(alerts: readonly Alert[]): AlertLife {
  let [open, newest]: [Alert | null, JudgedReading | null] = [null, null];
  for (const alert of alerts) {
    const { latest } = alert;
    if (latest !== null && latest.end > (newest?.end ?? -Infinity)) newest = latest;
    if (alert.state !== 'resolved' && alert.since >= (open?.since ?? -Infinity)) open = alert;
  }
  const ended = alerts.filter(({ state }) => state === 'resolved').map(endedOf);
  return { open, ended, newest, fineSince: null };
}

/** Takes over an alert that was changed elsewhere: acknowledged, closed, explained, muted, joined to an incident. */
export function takeOver(life: AlertLife, alert: Alert): AlertLife {
  if (life.open?.id !== alert.id) return life;
  if (alert.state !== 'resolved') return { ...life, open: alert };
  return { ...life, open: null, ended: [...life.ended, endedOf(alert)], fineSince: null };
}

/** @param now by the clock, ms since 1970: only `changedAt` is made of it */
export function stepAlert(
  watch: Watch,
  key: readonly string[],
  life: AlertLife,
  observation: Observation,
  now: number,
): AlertStep {
  const scene = { watch, key, now };
  switch (observation.kind) {
    case 'reading':
      return takeReading(scene, life, observation.judged);
    case 'silence':
      return takeSilence(scene, life, observation.since, observation.at);
    case 'error':
      return takeError(scene, life, observation.at, observation.problem);
    case 'end': {
      const { open } = life;
      if (open === null) return unchanged(life);
      const note = `${open.note} ${sentence(observation.reason)}`.trim();
      return end(scene, life, { ...open, note }, 'closed', observation.at);
    }
  }
}

interface Scene {
  readonly watch: Watch;
  readonly key: readonly string[];
  readonly now: number;
}

function takeReading(scene: Scene, before: AlertLife, judged: Judged): AlertStep {
  const { reading, verdict } = judged;
  const judgedTo = before.newest?.end ?? -Infinity;
  // Nothing to read is silence; what was judged is not judged again.
  if (verdict === 'unknown' && reading.value === null) return unchanged(before);
  if (reading.end <= judgedTo) return unchanged(before);
  const life = { ...before, newest: reading };
  const { open } = life;
  if (open !== null && isUnjudged(open)) {
    const ended = end(scene, life, { ...open, latest: reading }, wentAway(open), reading.end);
    return after(ended, (next) => takeBreach(scene, next, judged, judgedTo));
  }
  return takeBreach(scene, life, judged, judgedTo);
}

/** Of a key whose open alert, if there is one, is about a breach. */
function takeBreach(scene: Scene, life: AlertLife, judged: Judged, judgedTo: number): AlertStep {
  const { open } = life;
  const { verdict, reading, isNewNormal = false } = judged;
  if (open === null) {
    return verdict === 'breach' && !isNewNormal ? begin(scene, life, judged) : unchanged(life);
  }
  if (isNewNormal) {
    return end(scene, life, { ...open, latest: reading }, 'became usual', reading.end);
  }
  switch (verdict) {
    case 'breach': {
      const next = { ...withBreach(scene, open, judged), latest: reading };
      return fire(scene, { ...life, fineSince: null }, next, reading.end);
    }
    case 'unclear':
      return change(scene, { ...life, fineSince: null }, { ...open, latest: reading }, reading.end);
    case 'unknown':
      return change(scene, life, open, reading.end);
    case 'fine': {
      if (open.firedAt === null && !hasLasted(scene, open)) {
        return end(scene, life, { ...open, latest: reading }, 'passed', reading.end);
      }
      // A window may begin before the last reading that was not fine ended.
      const fineSince = life.fineSince ?? Math.max(reading.start, judgedTo);
      if (reading.end - fineSince >= scene.watch.clearMs) {
        return end(scene, life, { ...open, latest: reading }, 'recovered', reading.end);
      }
      // `latest` stays: the readings behind it are given again to a restored life, and lead it here.
      return change(scene, { ...life, fineSince }, open, reading.end);
    }
  }
}

function begin(scene: Scene, life: AlertLife, judged: Judged): AlertStep {
  const { reading, direction } = judged;
  const alert = openAlert(
    scene.watch,
    scene.key,
    {
      ...{ trouble: 'breach', since: reading.start, noticedAt: reading.end },
      ...{ direction, worst: reading, latest: reading },
      headline: breachHeadline(scene.watch, scene.key, direction, reading),
    },
    scene.now,
  );
  return fire(scene, { ...life, fineSince: null }, alert, reading.end);
}

function withBreach({ watch, key }: Scene, open: Alert, { reading, direction }: Judged): Alert {
  if (open.worst !== null && !isWorse(reading, open.worst, watch.judgement)) return open;
  const headline = breachHeadline(watch, key, direction, reading);
  return { ...open, worst: reading, direction, headline };
}

function takeSilence(scene: Scene, life: AlertLife, given: number, at: number): AlertStep {
  const { watch } = scene;
  const { open } = life;
  const since = Math.max(given, life.newest?.end ?? -Infinity, closedAt(life));
  if (watch.noDataMs === null || at - since < watch.noDataMs) return takeCalm(scene, life, at);
  const headline = silenceHeadline(since, at);
  const alert = open ?? unjudgedAlert(scene, life, 'silence', since, at, headline);
  // An error before may have opened it later than the silence began.
  const isDue =
    at - since >= watch.noDataMs + watch.pendingMs && at - alert.since >= watch.pendingMs;
  return isDue ? stay(scene, life, alert, 'no-data', headline, at) : keep(scene, life, alert, at);
}

function takeError(scene: Scene, life: AlertLife, at: number, problem: string): AlertStep {
  const { open } = life;
  const headline = errorHeadline(problem);
  if (open === null) {
    return keep(scene, life, unjudgedAlert(scene, life, 'error', at, at, headline), at);
  }
  const isFirst = isUnjudged(open) ? at <= open.noticedAt : open.state !== 'error';
  const isDue = !isFirst && at - open.since >= scene.watch.pendingMs;
  if (isDue) return stay(scene, life, open, 'error', headline, at);
  // Of a breach the first error is marked at once, so that the second is known as such.
  return isUnjudged(open) ? unchanged(life) : label(scene, life, open, 'error', headline, at);
}

/** It was judged and there was nothing to say: an error is over, and a silence not long. */
function takeCalm(scene: Scene, life: AlertLife, at: number): AlertStep {
  const { open } = life;
  if (open === null) return unchanged(life);
  return isUnjudged(open)
    ? end(scene, life, open, wentAway(open), at)
    : change(scene, life, open, at);
}

function unjudgedAlert(
  { watch, key, now }: Scene,
  { newest }: AlertLife,
  trouble: 'silence' | 'error',
  since: number,
  noticedAt: number,
  headline: string,
): Alert {
  const beginning = { trouble, since, noticedAt, headline, direction: null, worst: null };
  return openAlert(watch, key, { ...beginning, latest: newest }, now);
}

/** Silence or an error that has lasted: told now, if it was not, and if nothing holds it. */
function stay(
  scene: Scene,
  life: AlertLife,
  alert: Alert,
  state: 'no-data' | 'error',
  headline: string,
  at: number,
): AlertStep {
  const isNews = alert.firedAt === null && !isHeld(life.ended, alert, scene.watch, at);
  return label(scene, life, isNews ? { ...alert, firedAt: at } : alert, state, headline, at);
}

function label(
  scene: Scene,
  life: AlertLife,
  alert: Alert,
  state: 'no-data' | 'error',
  problem: string,
  at: number,
): AlertStep {
  if (alert.state === state && alert.firedAt === life.open?.firedAt) return unchanged(life);
  const { watch, key } = scene;
  const { worst, direction } = alert;
  const headline =
    worst === null ? problem : `${breachHeadline(watch, key, direction, worst)} ${problem}`;
  const next = { ...alert, state, headline, latest: life.newest ?? alert.latest };
  return keep(scene, { ...life, fineSince: null }, next, at);
}

/** A breach that has lasted is told, unless it was or is held. */
function fire(scene: Scene, life: AlertLife, alert: Alert, at: number): AlertStep {
  const isNews =
    alert.firedAt === null &&
    hasLasted(scene, alert) &&
    !isHeld(life.ended, alert, scene.watch, at);
  return change(scene, life, isNews ? { ...alert, firedAt: at } : alert, at);
}

/** Keeps an alert about a breach as one that is judged. */
function change(scene: Scene, life: AlertLife, alert: Alert, at: number): AlertStep {
  const state = alert.firedAt === null ? 'pending' : 'firing';
  const { worst, direction } = alert;
  const isBack = alert.state === 'no-data' || alert.state === 'error';
  const headline =
    isBack && worst !== null
      ? breachHeadline(scene.watch, scene.key, direction, worst)
      : alert.headline;
  return keep(scene, life, { ...alert, state, headline }, at);
}

/** The next revision of the alert that is open, or the first; none when nothing has changed. */
function keep({ now }: Scene, life: AlertLife, alert: Alert, at: number): AlertStep {
  const { open } = life;
  if (open !== null && isSameAlert(open, alert)) return unchanged(life);
  const flaps = flapsOf(life.ended, isUnjudged(alert), at);
  const revision = open === null ? 1 : open.revision + 1;
  const next: Alert = { ...alert, flaps, isFlapping: isFlapping(flaps), revision, changedAt: now };
  const isNews = next.firedAt !== null && (open === null || open.firedAt === null);
  const told: Told[] = isNews ? [{ what: 'firing', alert: next }] : [];
  return { life: { ...life, open: next }, changed: [next], told };
}

function end(
  { watch, now }: Scene,
  life: AlertLife,
  alert: Alert,
  ending: AlertEnding,
  at: number,
): AlertStep {
  const next: Alert = {
    ...{ ...alert, state: 'resolved', ending },
    // Readings may be late, and silence and errors are noticed by the time of the round.
    resolvedAt: Math.max(at, alert.firedAt ?? alert.noticedAt),
    ...{ revision: alert.revision + 1, changedAt: now },
  };
  const ended = stillMatter([...life.ended, endedOf(next)], watch, at);
  return {
    life: { ...life, open: null, ended, fineSince: null },
    changed: [next],
    told: next.firedAt === null ? [] : [{ what: 'resolved', alert: next }],
  };
}

function after(
  { life, changed, told }: AlertStep,
  step: (life: AlertLife) => AlertStep,
): AlertStep {
  const next = step(life);
  return {
    life: next.life,
    changed: [...changed, ...next.changed],
    told: [...told, ...next.told],
  };
}

function unchanged(life: AlertLife): AlertStep {
  return { life, changed: [], told: [] };
}

function hasLasted({ watch }: Scene, { since, latest }: Alert): boolean {
  return latest !== null && latest.end - since >= watch.pendingMs;
}

/** Of silence and errors: what lasted is not pending any more, whether it was told or held. */
function wentAway({ state }: Alert): AlertEnding {
  return state === 'pending' ? 'passed' : 'recovered';
}

function closedAt({ ended }: AlertLife): number {
  const closings = ended.filter(({ ending }) => ending === 'closed' || ending === 'false alarm');
  return Math.max(-Infinity, ...closings.map(({ resolvedAt }) => resolvedAt));
}

function isSameAlert(a: Alert, b: Alert): boolean {
  return (Object.keys(a) as (keyof Alert)[]).every((field) => a[field] === b[field]);
}
