/** The data behind the timeline of alerts: a row for each incident. */
import type { Incident } from '../anomalies/incidents.ts';
import { keyWords } from '../anomalies/keyWords.ts';
import { titleOf } from '../anomalies/titleOf.ts';
import { laneNames } from '../data/search.ts';
import { words as common, chart as words } from '../words/anomalies.ts';
import type { ChartTable } from './chartTable.ts';

/** Columns of the table. */
export const laneColumns = {
  since: 0,
  until: 1,
  lane: 2,
  state: 3,
  severity: 4,
  headline: 5,
  key: 6,
  count: 7,
};

/** How a capsule is drawn, with the words for it. */
export const capsuleKinds = ['high', 'low', 'pending', 'blind', 'over', 'false'] as const;
export type CapsuleKind = (typeof capsuleKinds)[number];
const severities = ['high', 'low'] as const;

export function capsuleOf({ state, severity, lead }: Incident): CapsuleKind {
  if (state === 'pending') return 'pending';
  if (state === 'no-data' || state === 'error') return 'blind';
  if (state === 'firing') return severity;
  return lead.ending === 'false alarm' ? 'false' : 'over';
}

/** @param incidents in any order; the rows of the table are in that of their beginning */
export function lanesTable(incidents: readonly Incident[]): ChartTable {
  const own = (pick: (incident: Incident) => string) => incidents.map(pick);
  return {
    columns: [
      { label: words.since, kind: 'time' },
      { label: words.until, kind: 'time' },
      { label: words.lane, kind: 'count', names: laneNames.map((lane) => common.lanes[lane]) },
      { label: words.state, kind: 'count', names: capsuleKinds.map((kind) => words.legend[kind]) },
      {
        label: words.severity,
        kind: 'count',
        names: severities.map((name) => common.severities[name]),
      },
      { label: words.headline, kind: 'count', names: own(({ lead }) => titleOf(lead)) },
      { label: words.key, kind: 'count', names: own(({ lead }) => keyWords(lead.key)) },
      { label: words.count, kind: 'count' },
    ],
    rows: incidents.map((incident, i) => [
      incident.since,
      incident.until,
      laneNames.indexOf(incident.lead.lane),
      capsuleKinds.indexOf(capsuleOf(incident)),
      severities.indexOf(incident.severity),
      i,
      i,
      incident.alerts.length,
    ]),
  };
}
