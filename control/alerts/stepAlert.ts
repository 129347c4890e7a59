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
import type { Alert, AlertEnding } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';
import type { Judged } from '../watching/judged.ts';
import { sentence } from '../words.ts';
import type { AlertLife, AlertStep, Observation } from './alertLife.ts';
import { isUnjudged } from './endedAlert.ts';
import { breachHeadline, errorHeadline, silenceHeadline } from './headline.ts';
import { isWorse } from './isWorse.ts';
import { openAlert } from './openAlert.ts';
import {
  change,
  end,
  fire,
  hasLasted,
  keep,
  label,
  type Scene,
  stay,
  unchanged,
} from './reviseAlert.ts';

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

/** Of silence and errors: what lasted is not pending any more, whether it was told or held. */
function wentAway({ state }: Alert): AlertEnding {
  return state === 'pending' ? 'passed' : 'recovered';
}

function closedAt({ ended }: AlertLife): number {
  const closings = ended.filter(({ ending }) => ending === 'closed' || ending === 'false alarm');
  return Math.max(-Infinity, ...closings.map(({ resolvedAt }) => resolvedAt));
}
