/**
 * An alert as it is told to who may see figures of groups alone: that there is one, of what and since when. What was judged are buckets
 * as they came, of however few people; so readings, what contributed, and sentences with figures are withheld.
 */
import type { Alert, Happening } from '../../contracts/alert.ts';
import type { AlertDetail, WatchStanding } from '../../contracts/watchApi.ts';
import { withheldSentence } from './withheldSentence.ts';

const words = { rise: 'is higher than usual', fall: 'is lower than usual' } as const;

export function alertForGroups(alert: Alert): Alert {
  const { watchName, direction } = alert;
  const stands = direction === null ? 'is not as it should be' : words[direction];
  return {
    ...alert,
    headline: `${watchName} ${stands}. ${withheldSentence}`,
    ...{ worst: null, latest: null, explanation: null },
  };
}

export function alertDetailForGroups(detail: AlertDetail): AlertDetail {
  return {
    ...detail,
    alert: alertForGroups(detail.alert),
    course: [],
    history: detail.history.map((each) => ({ ...each, sentence: withheldSentence })),
    incident: detail.incident.map(alertForGroups),
  };
}

/** How many keys are judged may tell of a segment of few. */
export function standingForGroups(standing: WatchStanding): WatchStanding {
  return { ...standing, keys: Math.min(1, standing.keys) };
}

/** What people have written of definitions and days stays; what the engine found is withheld. */
export function happeningForGroups(happening: Happening): Happening {
  const { kind, subject } = happening;
  switch (kind) {
    case 'alert':
      return { ...happening, sentence: `An alert. ${withheldSentence}` };
    case 'deployment':
      return { ...happening, sentence: `Versions of ${subject} have changed. ${withheldSentence}` };
    case 'retraining':
      return { ...happening, sentence: `A training run has ended. ${withheldSentence}` };
    default:
      return happening;
  }
}
