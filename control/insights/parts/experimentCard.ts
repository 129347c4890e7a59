/** What cards of experiments have in common: their subject, names, effects in words, the picture of an effect, and their buttons. */
import type { Experiment } from '../../../contracts/experiment.ts';
import type { ExperimentMetric } from '../../../contracts/experimentMetric.ts';
import type { Comparison, MetricResult } from '../../../contracts/experimentResult.ts';
import type { Evidence, InsightAction, InsightSubject } from '../../../contracts/insight.ts';
import { amount, change } from '../../experiments/effectWords.ts';
import type { ExperimentFacts } from '../gather/experiments.ts';

export function experimentSubject({ key, experiment }: ExperimentFacts): InsightSubject {
  return { kind: 'experiment', key, name: experiment.name };
}

export function experimentPage(key: string): string {
  return `/experiments/${encodeURIComponent(key)}`;
}

/** “With hints”. */
export function variantName({ variants }: Experiment, key: string): string {
  return `“${variants.find((each) => each.key === key)?.name ?? key}”`;
}

export interface Compared {
  readonly metric: ExperimentMetric;
  readonly result: MetricResult;
  readonly comparison: Comparison;
}

/** Every variant against the control in the metrics of a role; those without a definition are left out. */
export function comparisonsOf(
  { result, metrics }: ExperimentFacts,
  role: MetricResult['role'],
): Compared[] {
  return (result?.metrics ?? []).flatMap((each) => {
    const metric = metrics.find(({ key }) => key === each.metric);
    if (each.role !== role || metric === undefined) return [];
    return each.comparisons.map((comparison) => ({ metric, result: each, comparison }));
  });
}

/** Of the first primary metric, in whose unit the smallest effect that matters is. */
export function primaryComparisons(facts: ExperimentFacts): Compared[] {
  const all = comparisonsOf(facts, 'primary');
  return all.filter(({ metric }) => metric.key === all[0]!.metric.key);
}

/** Units of all variants that were scored. */
export function unitsOf({ arms }: Pick<MetricResult, 'arms'>): number {
  return arms.reduce((sum, { units }) => sum + units, 0);
}

/** “With hints”: “Solved” rose by 2.1 points (between 0.9 and 3.4 points), seen on 12,029 users. */
export function effectSentence(
  { experiment }: ExperimentFacts,
  { metric, result, comparison }: Compared,
): string {
  const told = change(comparison.effect, metric);
  const units = countedUnits(unitsOf(result), experiment);
  return `${variantName(experiment, comparison.variant)}: “${metric.name}” ${told}, seen on ${units}.`;
}

/** "12,029 users", "24 classes": of what is assigned. */
export function countedUnits(count: number, { unit }: Pick<Experiment, 'unit'>): string {
  const plural = unit.endsWith('s') ? `${unit}es` : `${unit}s`;
  return `${Math.round(count).toLocaleString('en')} ${count === 1 ? unit : plural}`;
}

export function smallestThatMatters({ experiment }: ExperimentFacts, metric: ExperimentMetric) {
  return amount(experiment.minimumEffect, metric);
}

/** The effect over time with its interval; null where it has no course yet. */
export function effectCourse(
  facts: ExperimentFacts,
  { metric, comparison: { variant } }: Pick<Compared, 'metric' | 'comparison'>,
): Evidence | null {
  const course = facts.courses.find(
    (each) => each.metric === metric.key && each.variant === variant,
  );
  if (course === undefined || course.points.length === 0) return null;
  const { scale, unit } = effectUnit(metric);
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  return {
    kind: 'course',
    caption: `Effect on “${metric.name}”${unit === 'points' ? ', percentage points' : ''}, with an interval that holds at all times`,
    unit,
    series: [
      {
        name: facts.experiment.variants.find(({ key }) => key === variant)?.name ?? variant,
        points: course.points.map(({ at, estimate, low, high }) => ({
          ...{ at, value: scaled(estimate), lower: scaled(low), upper: scaled(high) },
        })),
      },
    ],
    reference: { name: 'no effect', value: 0 },
    marks: [],
  };
}

/** Shares are shown in points. */
export function effectUnit({ kind }: Pick<ExperimentMetric, 'kind'>) {
  return kind === 'binary'
    ? ({ scale: 100, unit: 'points' } as const)
    : ({ scale: 1, unit: 'number' } as const);
}

const once = 'An experiment that was stopped is not resumed: make a copy of it and start that.';

export function stopAction(
  { key }: ExperimentFacts,
  decision: { readonly verdict: 'ship' | 'stop' | 'invalid'; readonly variant: string | null },
  label: string,
  consequence: string,
): InsightAction {
  return {
    ...{ label, page: experimentPage(key), needs: 'operate', consequence, undo: once },
    request: {
      method: 'POST',
      path: `/v1/experiments/${encodeURIComponent(key)}/stop`,
      body: { decision },
      reasonField: 'reason',
    },
  };
}

export function pauseAction({ key }: ExperimentFacts, consequence: string): InsightAction {
  return {
    ...{ label: 'Pause the experiment', page: experimentPage(key), needs: 'operate', consequence },
    request: {
      method: 'POST',
      path: `/v1/experiments/${encodeURIComponent(key)}/pause`,
      body: {},
      reasonField: 'reason',
    },
    undo: 'Resume it on its page; who was in it keeps the variant.',
  };
}
