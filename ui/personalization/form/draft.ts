/**
 * A policy while it is being written: text as it was typed, so that nothing is lost or rounded under the hands.
 *
 * Floor and holdout are in per cent.
 */
import type { Condition } from '../../../contracts/condition.ts';
import type { Feature, FeatureSet } from '../../../contracts/featureSet.ts';
import type { Policy } from '../../../contracts/policy.ts';
import { percentText } from '../../definitions/typed.ts';
import { capUnits, unitOf } from '../../format/spans.ts';
import { traitsText } from './traits.ts';

export interface ActionDraft {
  /** Stays while the key is being typed. */
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly offered: boolean;
  /** "topic = sports, minutes = 5" */
  readonly traits: string;
  /** JSON, or '' for none. */
  readonly payload: string;
  /** JSON of what has no field: eligible and cap; '' for none. */
  readonly further: string;
}

export interface FeatureDraft {
  readonly field: string;
  readonly kind: Feature['kind'];
  readonly centre: string;
  readonly scale: string;
  readonly buckets: string;
  readonly missing: Feature['missing'];
  /** Of a numeric one; kept as it was. */
  readonly clip: number;
}

export interface RuleDraft {
  readonly type: string;
  /** JSON of a further condition; '' for none. */
  readonly filter: string;
  readonly match: Policy['reward']['rules'][number]['match'];
  readonly earns: 'value' | 'fixed' | 'line';
  readonly fixed: string;
  readonly times: string;
  readonly plus: string;
}

/** Parameters as they were typed, by name; an absent one has its default. */
export type ParameterDraft = Readonly<Record<string, string>>;

export interface Draft {
  readonly key: string;
  /** Whether the key was typed, or follows the name. */
  readonly keyTyped: boolean;
  readonly name: string;
  readonly purpose: string;
  readonly actions: readonly ActionDraft[];
  /** `id` of an action; 0 for chance. */
  readonly control: number;
  readonly open: boolean;
  readonly algorithm: string;
  readonly parameters: ParameterDraft;
  /** '' for the usual one. */
  readonly learner: string;
  readonly learnerParameters: ParameterDraft;
  readonly contextBias: boolean;
  readonly context: readonly FeatureDraft[];
  readonly traitsBias: boolean;
  readonly traits: readonly FeatureDraft[];
  readonly rules: readonly RuleDraft[];
  readonly combine: Policy['reward']['combine'];
  readonly horizon: string;
  /** ms */
  readonly horizonUnit: number;
  readonly least: string;
  readonly largest: string;
  readonly absent: 'nothing' | 'reward';
  readonly absentReward: string;
  readonly floor: string;
  readonly holdout: string;
  /** Names, with commas between. */
  readonly segments: string;
  /** JSON, or '' for none. */
  readonly pins: string;
}

export const blankFeature: FeatureDraft = {
  field: '',
  kind: 'numeric',
  centre: '0',
  scale: '1',
  buckets: '8',
  missing: 'indicate',
  clip: 5,
};

export const blankRule: RuleDraft = {
  type: 'outcome',
  filter: '',
  match: 'decision',
  earns: 'value',
  fixed: '1',
  times: '1',
  plus: '0',
};

const blankAction = { offered: true, traits: '', payload: '', further: '' } as const;

export const blankDraft: Draft = {
  key: '',
  keyTyped: false,
  name: '',
  purpose: '',
  actions: [
    { id: 1, key: 'usual', name: 'As today', ...blankAction },
    { id: 2, key: 'new', name: 'New', ...blankAction },
  ],
  control: 1,
  open: false,
  algorithm: 'linear-thompson',
  parameters: {},
  learner: '',
  learnerParameters: {},
  contextBias: true,
  context: [],
  traitsBias: true,
  traits: [],
  rules: [blankRule],
  combine: 'first',
  horizon: '1',
  horizonUnit: capUnits.hours,
  least: '0',
  largest: '1',
  absent: 'nothing',
  absentReward: '0',
  floor: '5',
  holdout: '10',
  segments: '',
  pins: '',
};

export function draftOf(policy: Policy): Draft {
  const { algorithm, reward, actions, control, context, traits, pins } = policy;
  const unit = unitOf(reward.horizonMs);
  return {
    key: policy.key,
    keyTyped: true,
    name: policy.name,
    purpose: policy.purpose,
    actions: actions.map(({ key, name, offered, traits: own, payload, ...rest }, i) => ({
      ...{ id: i + 1, key, name, offered },
      traits: traitsText(own),
      payload: payload === undefined ? '' : JSON.stringify(payload),
      further: furtherText(rest),
    })),
    control: actions.findIndex(({ key }) => key === control) + 1,
    open: policy.open,
    algorithm: algorithm.name,
    parameters: parameterTexts(algorithm.parameters),
    learner: algorithm.learner?.name ?? '',
    learnerParameters: parameterTexts(algorithm.learner?.parameters ?? {}),
    contextBias: context.bias,
    context: featureDrafts(context),
    traitsBias: traits.bias,
    traits: featureDrafts(traits),
    rules: reward.rules.map(ruleDraft),
    combine: reward.combine,
    horizon: String(reward.horizonMs / unit),
    horizonUnit: unit,
    least: String(reward.bounds[0]),
    largest: String(reward.bounds[1]),
    absent: reward.absent === null ? 'nothing' : 'reward',
    absentReward: String(reward.absent ?? 0),
    floor: percentText(policy.floor),
    holdout: percentText(policy.holdout),
    segments: policy.segments.join(', '),
    pins: pins.length === 0 ? '' : JSON.stringify(pins, null, 2),
  };
}

/** A draft of a new policy like this one. */
export function copyOf(draft: Draft): Draft {
  return { ...draft, key: `${draft.key}-2`.slice(0, 100), name: `${draft.name} (copy)` };
}

export function newAction(actions: readonly ActionDraft[]): ActionDraft {
  const id = Math.max(0, ...actions.map((action) => action.id)) + 1;
  return { id, key: `action-${id}`, name: '', ...blankAction };
}

/** A parameter as it is typed: words plain, the rest as JSON; '' for null. */
export function parameterText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parameterTexts(parameters: Readonly<Record<string, unknown>>): ParameterDraft {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, parameterText(value)]),
  );
}

function furtherText(rest: Pick<Policy['actions'][number], 'eligible' | 'cap'>): string {
  const { eligible, cap } = rest;
  const further = {
    ...(isEveryone(eligible) ? {} : { eligible }),
    ...(cap === undefined ? {} : { cap }),
  };
  return Object.keys(further).length === 0 ? '' : JSON.stringify(further);
}

function isEveryone(condition: Condition): boolean {
  return 'all' in condition && condition.all.length === 0;
}

function featureDrafts({ features }: FeatureSet): FeatureDraft[] {
  return features.map((feature) =>
    feature.kind === 'numeric'
      ? {
          ...blankFeature,
          ...{ field: feature.field, kind: feature.kind, missing: feature.missing },
          ...{ centre: String(feature.centre), scale: String(feature.scale), clip: feature.clip },
        }
      : {
          ...blankFeature,
          ...{ field: feature.field, kind: feature.kind, missing: feature.missing },
          buckets: String(feature.buckets),
        },
  );
}

function ruleDraft({ filter, match, value }: Policy['reward']['rules'][number]): RuleDraft {
  const { type, rest } = typeOf(filter);
  const own = { ...blankRule, type, match, filter: rest === undefined ? '' : JSON.stringify(rest) };
  if (typeof value === 'number') return { ...own, earns: 'fixed', fixed: String(value) };
  const isPlain = value.times === 1 && value.plus === 0;
  return {
    ...own,
    earns: isPlain ? 'value' : 'line',
    ...{ times: String(value.times), plus: String(value.plus) },
  };
}

/** The type of events that a condition asks for, and what else it does; no type where it asks for none alone. */
function typeOf(filter: Condition): {
  readonly type: string;
  readonly rest: Condition | undefined;
} {
  const parts = 'all' in filter ? filter.all : [filter];
  const typed = parts.find(
    (part): part is { field: string; is: string } =>
      'is' in part && part.field === 'type' && typeof part.is === 'string',
  );
  if (typed === undefined) return { type: '', rest: filter };
  const others = parts.filter((part) => part !== typed);
  const [only] = others;
  return {
    type: typed.is,
    rest: others.length === 0 ? undefined : others.length === 1 ? only : { all: others },
  };
}
