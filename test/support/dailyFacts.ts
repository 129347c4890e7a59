/** Facts as rules look at them: models and columns on which nothing happens, to be changed by a test. */
import { ModelPlan } from '../../contracts/modelPlan.ts';
import type { Facts } from '../../control/insights/facts.ts';
import type { ColumnFacts } from '../../control/insights/gather/columns.ts';
import type { LifeFacts, ModelDay, ModelFacts } from '../../control/insights/gather/modelFacts.ts';
import { normal, type RandomState, randomState } from '../../stats/random.ts';

export const dayMs = 86_400_000;
/** A Monday. */
export const firstDay = Date.UTC(2026, 2, 2);

export function dayAt(index: number): number {
  return firstDay + index * dayMs;
}

export interface PlantedChange {
  /** Days. */
  readonly days?: number;
  /** First of the days on which it is so. */
  readonly from?: number;
  /** Added to the daily figure. */
  readonly change?: number;
  /** Deviation of days, on top of what chance within them makes. */
  readonly between?: number;
  /** Rows of a day. */
  readonly rows?: number;
  readonly random?: RandomState;
}

/** A figure by day: weekends on another level, days with effects of their own that follow each other. */
export function dailyFigure(
  level: number,
  {
    days = 28,
    from = Infinity,
    change = 0,
    between = 0.01,
    random = randomState(3),
  }: PlantedChange,
): number[] {
  let effect = 0;
  return Array.from({ length: days }, (_, day) => {
    effect = 0.3 * effect + Math.sqrt(1 - 0.3 ** 2) * normal(random);
    const weekend = day % 7 > 4 ? 2 * between : 0;
    return level + weekend + between * effect + (day >= from ? change : 0);
  });
}

export function modelDays(planted: PlantedChange = {}): ModelDay[] {
  const { rows = 4_000 } = planted;
  return dailyFigure(0.55, planted).map((logLoss, day) => ({
    ...{ day: dayAt(day), count: rows, logLoss, lossVariance: 0.2 / rows },
    ...{ brier: logLoss / 3, accuracy: 1 - logLoss / 2, rate: 0.65, predicted: 0.65 },
    thirds: [0, 1, 2].map((third) => {
      const predicted = ((2 * third + 1) / 6) * (rows / 3);
      return { count: rows / 3, positives: predicted, predicted };
    }),
  }));
}

export function modelOf(given: Partial<ModelFacts> = {}): ModelFacts {
  return {
    ...{ key: 'answer', pipeline: 'learning', version: '1.4', days: modelDays() },
    ...{ expected: [], labelAgeMs: null, promptness: null, shift: [], slices: [] },
    ...{ fairness: null, life: null, users: 1_204 },
    ...given,
  };
}

export function lifeOf(given: Partial<LifeFacts> = {}): LifeFacts {
  return {
    ...{ plan: ModelPlan.parse({}), revision: 7, champion: '1.4', isOnline: false },
    ...{ madeAt: dayAt(0), servesSince: dayAt(0), learntTo: dayAt(-1), before: '1.3' },
    ...{ release: null, waiting: null, runs: [], behind: [] },
    ...given,
  };
}

export function columnOf(given: Partial<ColumnFacts> = {}): ColumnFacts {
  return {
    ...{ key: 'context_skill', name: 'skill', pipeline: 'learning', role: 'input', kind: 'text' },
    ...{ isRead: true, importance: null, model: 'answer', reference: [], breaks: [] },
    ...{ quality: [], distances: [], arrivals: [] },
    ...given,
  };
}

export function factsOf(given: Partial<Facts> = {}, days = 28): Facts {
  return {
    ...{ now: dayAt(days) + 3_600_000, eventTime: dayAt(days) + 3_600_000, activeUsers: 2_000 },
    ...{ models: null, columns: null, experiments: null, policies: null, operations: null },
    alerts: [],
    ...given,
  };
}
