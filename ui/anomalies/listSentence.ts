/** What is unusual, in one sentence over the list. */
import type { Alert } from '../../contracts/alert.ts';
import type { WatchStanding } from '../../contracts/watchApi.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { formatMoment } from '../format/times.ts';
import { list as words } from '../words/anomalies.ts';
import { byUrgency, incidentsOf } from './incidents.ts';
import { alertStanding } from './standing.ts';
import { briefly } from './titleOf.ts';

interface Known {
  readonly watches: readonly WatchStanding[];
  /** Those that are open. */
  readonly alerts: readonly Alert[];
  /** ms since 1970, and the zone in which times are told. */
  readonly now: number;
  readonly zone?: string;
}

/**
 * @example
 * listSentence({ watches: [], alerts: [], now }); // { tone: 'none', word: 'Nothing is watched yet.' }
 */
export function listSentence({ watches, alerts, now, zone }: Known): Judgement {
  if (alerts.length > 0) return openSentence(alerts, now, zone);
  if (watches.length === 0) return { tone: 'none', word: words.nothingWatched };
  const on = watches.filter(({ state }) => state !== 'off');
  if (on.length === 0) return { tone: 'none', word: words.nothingOn(watches.length) };
  const blind = on.filter(({ state }) => state === 'error' || state === 'no-data').length;
  if (blind > 0) return { tone: 'attention', word: words.calmBut(words.blind(blind)) };
  if (on.every(({ state }) => state === 'starting')) return { tone: 'none', word: words.starting };
  return { tone: 'good', word: words.calm };
}

/** The count, and the most urgent of them. */
function openSentence(alerts: readonly Alert[], now: number, zone?: string): Judgement {
  const incidents = incidentsOf(alerts).toSorted(byUrgency);
  const { lead, since } = incidents[0]!;
  const isTold = alerts.some(({ state }) => state !== 'pending');
  const count = isTold
    ? words.open(alerts.length, incidents.length)
    : words.onlyNoticed(alerts.length);
  const tones = alerts.map((alert) => alertStanding(alert).tone);
  const tone: Tone = tones.includes('bad') ? 'bad' : 'attention';
  return { tone, word: `${count}: ${briefly(lead, formatMoment(since, now, zone))}.` };
}
