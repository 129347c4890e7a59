/** How an alert becomes its next revision, and what of that is told. */
import type { Alert, AlertEnding } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';
import type { AlertLife, AlertStep, Told } from './alertLife.ts';
import { endedOf, flapsOf, isFlapping, isHeld, isUnjudged, stillMatter } from './endedAlert.ts';
import { breachHeadline } from './headline.ts';

export interface Scene {
  readonly watch: Watch;
  readonly key: readonly string[];
  readonly now: number;
}

/** Silence or an error that has lasted: told now, if it was not, and if nothing holds it. */
export function stay(
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

export function label(
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
export function fire(scene: Scene, life: AlertLife, alert: Alert, at: number): AlertStep {
  const isNews =
    alert.firedAt === null &&
    hasLasted(scene, alert) &&
    !isHeld(life.ended, alert, scene.watch, at);
  return change(scene, life, isNews ? { ...alert, firedAt: at } : alert, at);
}

/** Keeps an alert about a breach as one that is judged. */
export function change(scene: Scene, life: AlertLife, alert: Alert, at: number): AlertStep {
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
export function keep({ now }: Scene, life: AlertLife, alert: Alert, at: number): AlertStep {
  const { open } = life;
  if (open !== null && isSameAlert(open, alert)) return unchanged(life);
  const flaps = flapsOf(life.ended, isUnjudged(alert), at);
  const revision = open === null ? 1 : open.revision + 1;
  const next: Alert = { ...alert, flaps, isFlapping: isFlapping(flaps), revision, changedAt: now };
  const isNews = next.firedAt !== null && (open === null || open.firedAt === null);
  const told: Told[] = isNews ? [{ what: 'firing', alert: next }] : [];
  return { life: { ...life, open: next }, changed: [next], told };
}

export function end(
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

export function hasLasted({ watch }: Scene, { since, latest }: Alert): boolean {
  return latest !== null && latest.end - since >= watch.pendingMs;
}

export function unchanged(life: AlertLife): AlertStep {
  return { life, changed: [], told: [] };
}

function isSameAlert(a: Alert, b: Alert): boolean {
  return (Object.keys(a) as (keyof Alert)[]).every((field) => a[field] === b[field]);
}
