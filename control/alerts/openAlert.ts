/** The first revision of an alert. */
import { createHash } from 'node:crypto';
import type { Alert, JudgedReading } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';

export interface Beginning {
  readonly trouble: 'breach' | 'silence' | 'error';
  /** Event time. */
  readonly since: number;
  readonly noticedAt: number;
  readonly headline: string;
  readonly direction: Alert['direction'];
  /** null: no reading was other than it should be. */
  readonly worst: JudgedReading | null;
  readonly latest: JudgedReading | null;
}

/** Pending, told to nobody, an incident by itself. */
export function openAlert(
  watch: Watch,
  key: readonly string[],
  { trouble, ...beginning }: Beginning,
  now: number,
): Alert {
  const id = idOf(watch.key, key, trouble, beginning);
  return {
    ...{ id, watch: watch.key, watchName: watch.name, lane: watch.lane, severity: watch.severity },
    ...{ key: [...key], state: 'pending', ...beginning },
    ...{ firedAt: null, resolvedAt: null, ending: null, flaps: 0, isFlapping: false, incident: id },
    ...{ owner: null, acknowledgedAt: null, note: '', mutedBy: null, explanation: null },
    ...{ revision: 1, changedAt: now },
  };
}

/**
 * Equal for the same watch, key and beginning, whoever works it out and how often. When it was noticed and by what belongs to
 * the beginning: windows that overlap may start at the same time, and a silence starts where the reading after it does.
 */
function idOf(
  watch: string,
  key: readonly string[],
  trouble: Beginning['trouble'],
  { since, noticedAt }: Pick<Beginning, 'since' | 'noticedAt'>,
): string {
  const text = JSON.stringify([watch, key, since, noticedAt, trouble]);
  return `${watch}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
