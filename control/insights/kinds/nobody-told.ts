/** Alerts fire, and nobody is told of them. */
import { counted } from '../../words.ts';
import type { InsightKind } from '../insightKind.ts';
import { begun, dayMs, lookAction, reachOf, standingPromise } from '../parts/standing.ts';

/** Of a week, of watches that tell nobody; of those of high severity one is enough. */
const firedLeast = 3;

export const nobodyTold: InsightKind = {
  kind: 'nobody-told',
  area: 'operations',
  summary: 'Alerts fire and no route tells anybody.',
  test: `A fact: in the last week ${firedLeast} alerts fired, or one of high severity, of watches that have no route which is on.`,
  find: (facts) => {
    const { operations } = facts;
    if (operations === null) return [];
    const untold = operations.watches.filter(({ isTold, firedWeek }) => !isTold && firedWeek > 0);
    const fired = untold.reduce((sum, { firedWeek }) => sum + firedWeek, 0);
    const isHigh = untold.some(({ severity }) => severity === 'high');
    if (fired < firedLeast && !isHigh) return [];
    const worst = [...untold].sort((a, b) => b.firedWeek - a.firedWeek);
    return [
      {
        subject: { kind: 'engine', key: 'alerts', name: 'Alerts' },
        judgedAt: facts.eventTime,
        pValue: null,
        tell: () => ({
          changed: `${counted(fired, 'alert')} fired in the last week, and nobody was told.`,
          why: [
            operations.routes === 0
              ? 'There is no route: alerts are only seen by who looks at the page.'
              : `${counted(untold.length, 'watch').replace('watchs', 'watches')} ${untold.length === 1 ? 'has' : 'have'} no route that is on, although there ${operations.routes === 1 ? 'is one' : `are ${operations.routes}`}.`,
            `Most fired “${worst[0]!.name}”: ${worst[0]!.firedWeek === 1 ? 'once' : `${worst[0]!.firedWeek} times`}.`,
          ],
          ignored: 'A failure at night or on a weekend is noticed by users first.',
          evidence: {
            kind: 'bars',
            caption: 'Alerts of the last week that nobody was told of',
            unit: 'count',
            bars: worst.slice(0, 10).map(({ name, firedWeek, severity }) => ({
              ...{ name, value: firedWeek, lower: null, upper: null },
              isMeant: severity === 'high',
            })),
            reference: null,
          },
          action: lookAction(
            operations.routes === 0 ? 'Set up a route' : 'Give these watches a route',
            '/anomalies/watches',
          ),
          promise: standingPromise('Somebody is told when these watches fire.', 7),
          since: begun(facts, facts.eventTime - 7 * dayMs),
          impact: {
            value: isHigh ? 0.5 : 0.2,
            words: `${counted(fired, 'alert')} a week ${fired === 1 ? 'reaches' : 'reach'} nobody.`,
          },
          reach: reachOf(facts, null),
        }),
      },
    ];
  },
};
