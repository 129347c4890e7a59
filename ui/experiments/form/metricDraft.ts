/** A metric while it is being written. */
import type { Condition } from '../../../contracts/condition.ts';
import {
  ExperimentMetric,
  type ExperimentMetricInput,
  type MetricKind,
} from '../../../contracts/experimentMetric.ts';
import { numberOf } from '../../definitions/typed.ts';
import { form as words } from '../../words/experimentForm.ts';

export const combinations = ['sum', 'mean', 'least', 'largest', 'first', 'last'] as const;
export const windowUnits = { hours: 3_600_000, days: 86_400_000 } as const;

export interface MetricDraft {
  readonly key: string;
  readonly keyTyped: boolean;
  readonly name: string;
  readonly kind: MetricKind;
  /** Type of the events that count. */
  readonly type: string;
  /** JSON of further conditions; '' for none. */
  readonly filter: string;
  readonly of: 'existence' | 'count' | 'value';
  readonly field: string;
  readonly combine: (typeof combinations)[number];
  /** Of a ratio: type of the events by whose number it is divided. */
  readonly dividedBy: string;
  readonly least: string;
  readonly largest: string;
  readonly level: string;
  readonly window: string;
  readonly windowUnit: keyof typeof windowUnits;
  readonly direction: 'increase' | 'decrease';
}

export const blankMetric: MetricDraft = {
  key: '',
  keyTyped: false,
  name: '',
  kind: 'binary',
  type: '',
  filter: '',
  of: 'existence',
  field: 'value',
  combine: 'mean',
  dividedBy: '',
  least: '0',
  largest: '',
  level: '0.9',
  window: '1',
  windowUnit: 'days',
  direction: 'increase',
};

/** What a metric of a kind is made from at first. */
export function withKind(draft: MetricDraft, kind: MetricKind): MetricDraft {
  const of = {
    binary: 'existence',
    continuous: 'value',
    count: 'count',
    ratio: 'value',
    quantile: 'value',
  };
  return { ...draft, kind, of: of[kind] as MetricDraft['of'] };
}

export function hasCap({ kind }: MetricDraft): boolean {
  return kind === 'continuous' || kind === 'count' || kind === 'ratio';
}

/** @returns the metric, or sentences that say what is missing */
export function metricOf(
  draft: MetricDraft,
): { metric: ExperimentMetricInput } | { faults: readonly string[] } {
  const faults: string[] = [];
  if (draft.name.trim() === '') faults.push(words.faults.name);
  if (draft.type.trim() === '') faults.push(words.faults.type);
  const typed = { field: 'type', is: draft.type.trim() };
  let filter: unknown = typed;
  if (draft.filter.trim() !== '') {
    try {
      filter = { all: [typed, JSON.parse(draft.filter)] };
    } catch {
      faults.push(words.faults.json);
    }
  }
  const bounds = [numberOf(draft.least), numberOf(draft.largest)];
  const level = numberOf(draft.level);
  const input = {
    key: draft.key.trim(),
    name: draft.name.trim(),
    kind: draft.kind,
    filter: filter as Condition,
    measure:
      draft.of === 'value'
        ? { of: draft.of, field: draft.field.trim(), combine: draft.combine }
        : { of: draft.of },
    ...(draft.kind === 'ratio' && draft.dividedBy.trim() !== ''
      ? {
          denominator: {
            filter: { field: 'type', is: draft.dividedBy.trim() },
            measure: { of: 'count' },
          },
        }
      : {}),
    ...(hasCap(draft) && bounds.every((bound) => bound !== undefined) ? { cap: bounds } : {}),
    ...(draft.kind === 'quantile' && level !== undefined ? { level } : {}),
    windowMs: (numberOf(draft.window) ?? 0) * windowUnits[draft.windowUnit],
    direction: draft.direction,
  };
  if (faults.length > 0) return { faults };
  const parsed = ExperimentMetric.safeParse(input);
  if (parsed.success) return { metric: input as ExperimentMetricInput };
  return {
    faults: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  };
}
