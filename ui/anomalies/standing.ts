/** Where an alert or a watch stands, as a word with its tone. */
import type { Alert, AlertEnding } from '../../contracts/alert.ts';
import type { WatchStanding } from '../../contracts/watchApi.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { words } from '../words/anomalies.ts';
import { watchStates } from '../words/watchSettings.ts';

const endingTones: Record<AlertEnding, Tone> = {
  recovered: 'good',
  'became usual': 'none',
  passed: 'none',
  closed: 'none',
  'false alarm': 'none',
};

/** @example alertStanding({ state: 'firing', severity: 'high', ending: null }); // { tone: 'bad', word: 'Alert' } */
export function alertStanding({
  state,
  severity,
  ending,
}: Pick<Alert, 'state' | 'severity' | 'ending'>): Judgement {
  if (state === 'resolved' && ending !== null) return endingStanding(ending);
  const tones = {
    firing: severity === 'high' ? 'bad' : 'attention',
    pending: 'attention',
    'no-data': 'attention',
    error: 'bad',
    resolved: 'none',
  } as const;
  return { tone: tones[state], word: words.states[state] };
}

export function endingStanding(ending: AlertEnding): Judgement {
  return { tone: endingTones[ending], word: words.endings[ending] };
}

const watchTones: Record<WatchStanding['state'], Tone> = {
  ok: 'good',
  starting: 'none',
  pending: 'attention',
  firing: 'bad',
  'no-data': 'attention',
  error: 'bad',
  off: 'none',
};

export function watchStanding({ state }: Pick<WatchStanding, 'state'>): Judgement {
  return { tone: watchTones[state], word: watchStates[state] };
}
