/** A watch, readings of it, and a life that takes them, as the tests of alerts need them. */
import type { Alert, JudgedReading } from '../../../contracts/alert.ts';
import { Watch, type WatchInput } from '../../../contracts/watch.ts';
import {
  type AlertLife,
  newLife,
  type Observation,
  type Told,
} from '../../../control/alerts/alertLife.ts';
import { stepAlert } from '../../../control/alerts/stepAlert.ts';
import type { Verdict } from '../../../control/watching/judged.ts';

export const minute = 60_000;
export const hour = 60 * minute;

/** Of events by type in five minutes: told at once, well after ten minutes, quiet for an hour. */
export function watchOf(changes: Partial<WatchInput> = {}): Watch {
  return Watch.parse({
    ...{ key: 'events', name: 'Events', lane: 'ingest' },
    source: { kind: 'metric', metric: 'events', figure: 'count', by: 'segment' },
    judgement: { kind: 'usual' },
    ...changes,
  });
}

export function readingOf(
  start: number,
  value: number | null,
  changes: Partial<JudgedReading> = {},
): JudgedReading {
  const bounds = { expected: 100, lower: 80, upper: 120, score: null, pValue: null };
  return { start, end: start + 5 * minute, value, count: value ?? 0, ...bounds, ...changes };
}

/** Readings of five minutes from a time on: f fine, b breach, u unclear, ? unknown, n the new normal. */
export function readings(letters: string, from = 0): Observation[] {
  const verdicts: Record<string, Verdict> = { f: 'fine', b: 'breach', u: 'unclear', n: 'fine' };
  return [...letters].map((letter, index) => {
    const verdict = verdicts[letter] ?? 'unknown';
    const value = letter === 'f' ? 100 : letter === '?' ? 2 : 10;
    return {
      kind: 'reading',
      judged: {
        ...{ key: ['answered'], verdict, direction: verdict === 'breach' ? 'fall' : null },
        reading: readingOf(from + 5 * minute * index, value),
        isNewNormal: letter === 'n',
      },
    };
  });
}

export interface Course {
  readonly life: AlertLife;
  /** Every revision. */
  readonly changed: readonly Alert[];
  readonly told: readonly Told[];
}

/** @param now of the first observation; each further one is a second later */
export function run(
  watch: Watch,
  observations: readonly Observation[],
  from: AlertLife = newLife,
  now = 1_000,
): Course {
  let life = from;
  const changed: Alert[] = [];
  const told: Told[] = [];
  observations.forEach((observation, index) => {
    const step = stepAlert(watch, ['answered'], life, observation, now + 1_000 * index);
    life = step.life;
    changed.push(...step.changed);
    told.push(...step.told);
  });
  return { life, changed, told };
}

/** "pending firing resolved:recovered", without revisions that leave the state. */
export function statesOf({ changed }: Course): string {
  const states = changed.map(({ state, ending }) =>
    ending === null ? state : `${state}:${ending}`,
  );
  return states.filter((state, index) => state !== states[index - 1]).join(' ');
}

export function toldOf({ told }: Course): string {
  return told.map(({ what }) => what).join(' ');
}

let count = 0;

/** An alert that fires, of a watch and key of its own unless they are given. */
export function alertOf(changes: Partial<Alert> = {}): Alert {
  count += 1;
  const id = changes.id ?? `a${count}`;
  const worst = readingOf(changes.since ?? 0, 10);
  return {
    ...{ id, watch: `watch-${id}`, watchName: 'Watch', lane: 'feature', severity: 'low', key: [] },
    ...{ state: 'firing', headline: 'It fell.', direction: 'fall', since: 0 },
    ...{ noticedAt: worst.end, firedAt: worst.end, resolvedAt: null, ending: null },
    ...{ worst, latest: worst, flaps: 0, isFlapping: false, incident: id },
    ...{ owner: null, acknowledgedAt: null, note: '', mutedBy: null, explanation: null },
    ...{ revision: 1, changedAt: 0 },
    ...changes,
  };
}
