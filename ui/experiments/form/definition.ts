/** From a draft to the definition that is sent, with what cannot be read told in sentences beside its field. */
import { Condition } from '../../../contracts/condition.ts';
import type { Experiment } from '../../../contracts/experiment.ts';
import type { MetricKind } from '../../../contracts/experimentMetric.ts';
import { conditionOf } from '../../definitions/conditionRows.ts';
import type { ProblemSaid } from '../../definitions/problems.ts';
import { numberOf, percentText } from '../../definitions/typed.ts';
import { form as words } from '../../words/experimentForm.ts';
import { metricUseOf } from './adjustDraft.ts';
import type { Draft } from './draft.ts';

export interface Definition {
  /** What is sent; parts that cannot be read are left out. */
  readonly experiment: Record<string, unknown>;
  readonly faults: readonly ProblemSaid[];
}

interface Surroundings {
  /** The experiment that is changed; undefined for a new one. */
  readonly base: Experiment | undefined;
  /** Of the primary metric. */
  readonly kind: MetricKind | undefined;
}

/** Addresses of this dashboard, which no experiment may take. */
const takenKeys = ['new', 'plan'];

/** A share from per cent: what was not typed anew is exactly what it was. */
function shareOf(text: string, before: number | undefined): number | undefined {
  if (before !== undefined && percentText(before) === text) return before;
  const number = numberOf(text);
  return number === undefined ? undefined : Number((number / 100).toPrecision(14));
}

export function definitionOf(draft: Draft, { base, kind }: Surroundings): Definition {
  const faults: ProblemSaid[] = [];
  const fault = (field: string, sentence: string) => {
    faults.push({ severity: 'problem', field, sentence });
  };
  const share = (field: string, text: string, before: number | undefined) => {
    const read = shareOf(text, before);
    if (read === undefined) fault(field, words.faults.number(text));
    return read;
  };
  const json = (field: string, text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      fault(field, words.faults.json);
      return undefined;
    }
  };

  const whole = (field: 'plannedClusters' | 'gatherDays', text: string) => {
    // What has no effect where users are assigned is left out.
    if (text.trim() === '' || draft.unit.trim() === 'user') return {};
    const read = numberOf(text);
    if (read === undefined) fault(field, words.faults.number(text));
    return { [field]: read };
  };
  if (draft.name.trim() === '') fault('name', words.faults.name);
  if (draft.key.trim() === '') fault('key', words.faults.key);
  if (takenKeys.includes(draft.key)) fault('key', words.faults.taken(draft.key));
  const variants = draft.variants.map(({ key, name, weight, payload }) => {
    const before = base?.variants.find((variant) => variant.key === key)?.weight;
    const read = payload.trim() === '' ? undefined : json('variants', payload);
    return {
      key,
      name: name.trim() === '' ? key : name,
      weight: share('variants', weight, before),
      ...(read === undefined ? {} : { payload: read }),
    };
  });
  const { from, to, name } = draft.layer;
  const layer =
    name.trim() === '' ? undefined : { name: name.trim(), from: bucket(from), to: bucket(to) };
  if (layer !== undefined && (layer.from === undefined || layer.to === undefined)) {
    fault('layer', words.faults.number(layer.from === undefined ? from : to));
  }
  const further = draft.further.trim() === '' ? {} : json('hash', draft.further);
  const effect =
    kind === 'binary'
      ? share('minimumEffect', draft.minimumEffect, base?.minimumEffect)
      : numberOf(draft.minimumEffect);
  if (effect === undefined && kind !== 'binary') {
    fault('minimumEffect', words.faults.number(draft.minimumEffect));
  }
  return {
    experiment: {
      ...(typeof further === 'object' ? further : {}),
      ...(base === undefined ? {} : { state: base.state, annotations: base.annotations }),
      ...(base === undefined || base.decision === null ? {} : { decision: base.decision }),
      key: draft.key.trim(),
      name: draft.name.trim(),
      hypothesis: draft.hypothesis,
      unit: draft.unit.trim(),
      variants,
      control: draft.variants.find(({ id }) => id === draft.control)?.key ?? '',
      traffic: share('traffic', draft.traffic, base?.traffic),
      ...(layer === undefined ? {} : { layer }),
      targeting: targetingOf(draft, fault),
      segments: draft.segments
        .split(',')
        .map((segment) => segment.trim())
        .filter((segment) => segment !== ''),
      sticky: draft.sticky,
      metrics: metricsOf(draft, fault, { base, kind }),
      ...whole('plannedClusters', draft.plannedClusters),
      ...whole('gatherDays', draft.gatherDays),
      minimumEffect: effect,
      alpha: share('alpha', draft.alpha, base?.alpha),
    },
    faults,
  };
}

/** The first primary metric has the baseline of the form. */
function metricsOf(
  { metrics, baseline, unit }: Draft,
  fault: (field: string, sentence: string) => void,
  { base, kind }: Surroundings,
): unknown[] {
  const primary = metrics.find(({ role }) => role === 'primary');
  const before = base?.metrics.find(({ role }) => role === 'primary')?.baseline;
  const read = (text: string, of: (text: string) => number | undefined) => {
    const number = of(text);
    if (number === undefined) fault('baseline', words.faults.number(text));
    return number;
  };
  const isUsed =
    baseline.mean.trim() !== '' &&
    unit.trim() === 'user' &&
    kind !== 'ratio' &&
    kind !== 'quantile';
  const mean = (text: string) => (kind === 'binary' ? shareOf(text, before?.mean) : numberOf(text));
  const told = isUsed && {
    mean: read(baseline.mean, mean),
    ...(baseline.deviation.trim() === '' ? {} : { deviation: read(baseline.deviation, numberOf) }),
    ...(baseline.units.trim() === '' ? {} : { units: read(baseline.units, numberOf) }),
  };
  return metrics
    .filter(({ metric }) => metric !== '')
    .map((row) => {
      const { adjust, ...use } = row;
      return {
        ...use,
        ...(row === primary && told !== false ? { baseline: told } : {}),
        ...(adjust && metricUseOf(adjust, (sentence) => fault('metrics', sentence))),
      };
    });
}

function bucket(percent: string): number | undefined {
  const number = numberOf(percent);
  return number === undefined ? undefined : Math.round(number * 10_000);
}

function targetingOf(draft: Draft, fault: (field: string, sentence: string) => void): unknown {
  try {
    if (draft.targetingAs === 'rows') return conditionOf(draft.targetingRows);
    if (draft.targetingJson.trim() === '') return { all: [] };
    const read = Condition.safeParse(JSON.parse(draft.targetingJson));
    if (read.success) return read.data;
    fault('targeting', read.error.issues[0]?.message ?? words.faults.json);
  } catch (error) {
    const isJson = error instanceof SyntaxError;
    fault('targeting', isJson ? words.faults.json : error instanceof Error ? error.message : '');
  }
  return undefined;
}
