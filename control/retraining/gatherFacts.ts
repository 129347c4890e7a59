/** What triggers ask of a model, from what the engine stores: pure, given what was read. */
import type { Alert } from '../../contracts/alert.ts';
import type { DriftAnswer } from '../../contracts/driftApi.ts';
import type { ModelPerformance } from '../../contracts/performanceApi.ts';
import type { Watch } from '../../contracts/watch.ts';
import { calibrationGroups } from '../../stats/calibration.ts';
import { normalTwoSided } from '../../stats/special/normal.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';
import { aboutOf } from './aboutOf.ts';
import type { StoredRun } from './storedRun.ts';
import type {
  DriftedColumn,
  FiringAlert,
  LimitedFigure,
  TriggerFacts,
  WatchedLoss,
} from './triggers/trigger.ts';

/** What is read of a model; what is not known is absent. */
export interface ModelEvidence {
  /** Alerts that are open. */
  readonly alerts: readonly Alert[];
  /** Definition of a watch. */
  watchOf(key: string): Watch | undefined;
  readonly drift?: DriftAnswer;
  /** Of the version that is champion. */
  readonly performance?: ModelPerformance;
}

export interface ExampleCounts {
  /** Labelled examples that could be learnt from. */
  readonly rows: number;
  /** Of those the ones after {@link seenTo}. */
  readonly newRows: number;
}

/** Windows of fewer labelled predictions say too little. */
const countMin = 1_000;
/** Difference of the errors of two groups that may be. */
const gapMax = 0.1;
const quantile = normalTwoSided(0.01);

export function gatherFacts(
  known: KnownModel,
  runs: readonly StoredRun[],
  counts: ExampleCounts,
  evidence: ModelEvidence,
): TriggerFacts {
  const own = ownRuns(known, runs).filter(trains);
  const last = own.at(-1);
  const champion = championOf(known);
  const { madeAt } = champion;
  const { metrics = {}, data = null } = champion.version ?? {};
  const championTo = championSeenTo(known, runs) ?? -Infinity;
  const { performance, drift } = evidence;
  return {
    ...{ model: known.model, champion: champion.name, isOnline: champion.isOnline, madeAt },
    learntRows: data?.rows ?? 0,
    newsFrom: Math.max(championTo, ...own.map(({ causeAt }) => causeAt)),
    ...counts,
    lastRunAt: last?.run.startedAt ?? null,
    isRetry:
      last !== undefined && last.run.startedAt > madeAt && last.run.version !== champion.name,
    releasing: known.serving.release?.version.version ?? null,
    alerts: evidence.alerts.flatMap((alert) => firingOf(alert, known.pipeline, evidence)),
    drift: drift === undefined ? [] : driftedOf(drift),
    performance: performance === undefined ? [] : lossesOf(performance, metrics['brier']),
    calibration:
      performance === undefined
        ? null
        : calibrationOf(performance, known.plan.gates.calibrationMax),
    fairness: performance === undefined ? [] : gapsOf(performance),
  };
}

/** Time of the newest example that the champion or a run has seen, event time; null: none has seen any. */
export function seenTo(known: KnownModel, runs: readonly StoredRun[]): number | null {
  const own = ownRuns(known, runs).filter(trains);
  const times = own.flatMap(({ made }) => made.data?.to ?? []);
  const championTo = championSeenTo(known, runs);
  if (championTo !== null) times.push(championTo);
  return times.length === 0 ? null : Math.max(...times);
}

/** Of one from elsewhere that does not say, the newest example by which it was judged: up to there it is known to do. */
function championSeenTo(known: KnownModel, runs: readonly StoredRun[]): number | null {
  const { name, version } = championOf(known);
  if (version?.data) return version.data.to;
  const made = ownRuns(known, runs).find(({ run }) => run.version === name);
  return made?.made.data?.to ?? null;
}

/** What takes in a model has learnt from nothing, and says nothing about what is to be learnt. */
function trains({ imported }: StoredRun): boolean {
  return imported === null;
}

/** Of the model with the features that it has now, the oldest first. */
function ownRuns(known: KnownModel, runs: readonly StoredRun[]): StoredRun[] {
  // The online learner of these features is declared with them.
  const online = known.versions.find(({ version }) => version.version === known.featureVersion);
  return runs
    .filter(({ run }) => run.model === known.model && run.startedAt >= (online?.madeAt ?? 0))
    .sort((a, b) => a.run.startedAt - b.run.startedAt);
}

function championOf({ serving, versions }: KnownModel) {
  const { version: name, sha256 } = serving.champion;
  const found = versions.find(({ version }) => version.version === name);
  return {
    ...{ name, isOnline: sha256 === null },
    ...{ version: found?.version, madeAt: found?.madeAt ?? 0 },
  };
}

function firingOf(alert: Alert, pipeline: string, { watchOf }: ModelEvidence): FiringAlert[] {
  // One that comes and goes says that its watch is restless, not that the model is worse.
  if (alert.state !== 'firing' || alert.isFlapping) return [];
  const watch = watchOf(alert.watch);
  const about = watch && aboutOf(watch, alert.direction, pipeline);
  if (about === undefined) return [];
  const { id, severity, headline, since, worst } = alert;
  const limit = worst?.expected ?? worst?.upper ?? null;
  return [{ id, about, severity, headline, since, value: worst?.value ?? null, limit }];
}

function driftedOf({ columns, words }: DriftAnswer): DriftedColumn[] {
  const broken = new Set(
    words.filter(({ word }) => word === 'data-quality break').map(({ column }) => column),
  );
  return columns.flatMap(({ column, role, isRead, standing, days }) => {
    const newest = days.findLast(({ level }) => level !== null);
    const { distance = null, limit = null } = newest ?? {};
    if (standing.since === null || isRead === false || distance === null || limit === null)
      return [];
    return [{ column, role, distance, limit, since: standing.since, isBroken: broken.has(column) }];
  });
}

/** Of the newest window with predictions enough. A mean of numbers in [0, 1] varies by at most m(1 − m). */
function lossesOf({ course }: ModelPerformance, reference: number | undefined): WatchedLoss[] {
  if (reference === undefined) return [];
  const losses: WatchedLoss[] = [];
  const realised = course.findLast(({ labelled }) => labelled >= countMin);
  const value = realised?.realised?.['brier'];
  if (realised !== undefined && typeof value === 'number') {
    const radius = quantile * Math.sqrt(Math.max(0, value * (1 - value)) / realised.labelled);
    const { labelled: count, end: at } = realised;
    losses.push({ basis: 'realised', value, lower: value - radius, reference, count, at });
  }
  const expected = course.findLast(
    ({ count, referenceLabels }) => count >= countMin && referenceLabels >= countMin,
  );
  const { estimate = null, lower = null } = expected?.estimated?.['brier'] ?? {};
  if (expected !== undefined && estimate !== null && lower !== null) {
    const { count, end: at } = expected;
    losses.push({ basis: 'estimated', value: estimate, lower, reference, count, at });
  }
  return losses;
}

function calibrationOf({ course }: ModelPerformance, limit: number): LimitedFigure | null {
  const newest = course.findLast(({ labelled }) => labelled >= countMin);
  const value = newest?.realised?.['calibrationError'];
  if (newest === undefined || typeof value !== 'number') return null;
  const { labelled: count, end: at } = newest;
  // Mean of |N(0, 1)|, by the largest deviation of a share, in groups of equal count.
  const noise = Math.sqrt(2 / Math.PI) * 0.5 * Math.sqrt(calibrationGroups / count);
  return { name: 'Calibration error', value, noise, limit, count, at };
}

/** Of what is shown of groups: the end of each interval that is nearer to no difference. */
function gapsOf({ fairness, course, to }: ModelPerformance): LimitedFigure[] {
  if (fairness === null || !fairness.isShown) return [];
  const { figures, groups, baseline, compared } = fairness;
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const at = course.at(-1)?.end ?? to;
  return (['falseNegative', 'falsePositive'] as const).flatMap((rate) => {
    const lower = figures[`${rate}DifferenceLower`];
    const upper = figures[`${rate}DifferenceUpper`];
    if (typeof lower !== 'number' || typeof upper !== 'number') return [];
    const value = Math.max(0, lower, -upper);
    const name = `Difference of ${rate === 'falseNegative' ? 'missed ones' : 'false alarms'} between ${compared} and ${baseline}, at least`;
    return [{ name, value, noise: 0, limit: gapMax, count, at }];
  });
}
