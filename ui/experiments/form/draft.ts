/**
 * A definition while it is being written: text as it was typed, so that nothing is lost or rounded under the hands.
 *
 * Shares and the error level are in per cent, the minimum effect of a binary metric in points.
 */
import type { Baseline, Experiment } from '../../../contracts/experiment.ts';
import type { MetricKind } from '../../../contracts/experimentMetric.ts';
import { rowsOf, type TargetingRow } from '../../definitions/conditionRows.ts';
import { percentText } from '../../definitions/typed.ts';
import type { MetricRole } from '../roles.ts';
import { type AdjustDraft, adjustOf } from './adjustDraft.ts';

export interface VariantDraft {
  /** Stays while the key is being typed. */
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly weight: string;
  /** JSON, or '' for none. */
  readonly payload: string;
}

export interface MetricRow {
  readonly metric: string;
  readonly role: MetricRole;
  /** Absent: neither covariates nor a prior. */
  readonly adjust?: AdjustDraft;
  /** Of all but the first primary metric, for which the form has fields: kept as it was. */
  readonly baseline?: Baseline | undefined;
}

/** What the first primary metric is today; the mean '' when it is not known. */
export interface BaselineDraft {
  readonly mean: string;
  readonly deviation: string;
  /** Units that it counts as much as; '' for the usual number. */
  readonly units: string;
}

export interface Draft {
  readonly key: string;
  /** Whether the key was typed, or follows the name. */
  readonly keyTyped: boolean;
  readonly name: string;
  readonly hypothesis: string;
  readonly unit: string;
  readonly variants: readonly VariantDraft[];
  /** `id` of a variant. */
  readonly control: number;
  readonly traffic: string;
  readonly targetingAs: 'rows' | 'json';
  readonly targetingRows: readonly TargetingRow[];
  readonly targetingJson: string;
  /** Name '' for none; bounds in per cent. */
  readonly layer: { readonly name: string; readonly from: string; readonly to: string };
  readonly metrics: readonly MetricRow[];
  readonly baseline: BaselineDraft;
  /** '' where nothing is said. */
  readonly plannedClusters: string;
  readonly gatherDays: string;
  readonly minimumEffect: string;
  readonly alpha: string;
  /** Names, with commas between. */
  readonly segments: string;
  readonly sticky: boolean;
  /** JSON of what the form has no field for: salt, hash, holdouts; '' for none. */
  readonly further: string;
}

export const blankDraft: Draft = {
  key: '',
  keyTyped: false,
  name: '',
  hypothesis: '',
  unit: 'user',
  variants: [
    { id: 1, key: 'control', name: 'As today', weight: '50', payload: '' },
    { id: 2, key: 'new', name: 'New', weight: '50', payload: '' },
  ],
  control: 1,
  traffic: '100',
  targetingAs: 'rows',
  targetingRows: [],
  targetingJson: '',
  layer: { name: '', from: '0', to: '100' },
  metrics: [],
  baseline: { mean: '', deviation: '', units: '' },
  plannedClusters: '',
  gatherDays: '',
  minimumEffect: '',
  alpha: '5',
  segments: '',
  sticky: true,
  further: '',
};

/** @param kind of the primary metric */
export function draftOf(experiment: Experiment, kind: MetricKind | undefined): Draft {
  const { targeting, layer, variants, control, salt, hash, holdouts } = experiment;
  const rows = rowsOf(targeting);
  const primary = experiment.metrics.find(({ role }) => role === 'primary');
  const further = {
    ...(salt === undefined ? {} : { salt }),
    ...(hash.family === 'millrace' ? {} : { hash }),
    ...(holdouts.length === 0 ? {} : { holdouts }),
  };
  return {
    key: experiment.key,
    keyTyped: true,
    name: experiment.name,
    hypothesis: experiment.hypothesis,
    unit: experiment.unit,
    variants: variants.map(({ key, name, weight, payload }, i) => ({
      id: i + 1,
      key,
      name,
      weight: percentText(weight),
      payload: payload === undefined ? '' : JSON.stringify(payload),
    })),
    control: variants.findIndex(({ key }) => key === control) + 1,
    traffic: percentText(experiment.traffic),
    targetingAs: rows === undefined ? 'json' : 'rows',
    targetingRows: rows ?? [],
    targetingJson: rows === undefined ? JSON.stringify(targeting, null, 2) : '',
    layer:
      layer === undefined
        ? blankDraft.layer
        : { name: layer.name, from: String(layer.from / 10_000), to: String(layer.to / 10_000) },
    metrics: experiment.metrics.map((use) => {
      const adjust = adjustOf(use);
      const { metric, role, baseline } = use;
      const kept = use === primary || baseline === undefined ? {} : { baseline };
      return { metric, role, ...kept, ...(adjust && { adjust }) };
    }),
    baseline: baselineOf(primary?.baseline, kind),
    plannedClusters: textOf(experiment.plannedClusters),
    gatherDays: textOf(experiment.gatherDays),
    minimumEffect:
      kind === 'binary' ? percentText(experiment.minimumEffect) : String(experiment.minimumEffect),
    alpha: percentText(experiment.alpha),
    segments: experiment.segments.join(', '),
    sticky: experiment.sticky,
    further: Object.keys(further).length === 0 ? '' : JSON.stringify(further, null, 2),
  };
}

function textOf(number: number | undefined): string {
  return number === undefined ? '' : String(number);
}

function baselineOf(baseline: Baseline | undefined, kind: MetricKind | undefined): BaselineDraft {
  if (baseline === undefined) return blankDraft.baseline;
  const { mean, deviation, units } = baseline;
  return {
    mean: kind === 'binary' ? percentText(mean) : String(mean),
    deviation: textOf(deviation),
    units: String(units),
  };
}

/** A draft of a new experiment like this one. */
export function copyOf(draft: Draft): Draft {
  return { ...draft, key: `${draft.key}-2`.slice(0, 100), name: `${draft.name} (copy)` };
}
