/** From a draft to the definition that is sent, with what cannot be read told in sentences beside its field. */
import type { AlgorithmsAnswer, ParameterDescription } from '../../../contracts/policyApi.ts';
import type { ProblemSaid } from '../../definitions/problems.ts';
import { numberOf } from '../../definitions/typed.ts';
import { form as words } from '../../words/policyForm.ts';
import type { Draft, FeatureDraft, ParameterDraft, RuleDraft } from './draft.ts';
import { traitsOf } from './traits.ts';

export interface Definition {
  /** What is sent; parts that cannot be read are left out. */
  readonly policy: Record<string, unknown>;
  readonly faults: readonly ProblemSaid[];
}

/** Addresses of this dashboard and of the engine, which no policy may take. */
const takenKeys = ['new', 'users', 'algorithms', 'check'];

type Fault = (field: string, sentence: string) => void;

export function definitionOf(draft: Draft, { algorithms, learners }: AlgorithmsAnswer): Definition {
  const faults: ProblemSaid[] = [];
  const fault: Fault = (field, sentence) => {
    faults.push({ severity: 'problem', field, sentence });
  };
  const number = (field: string, text: string) => {
    const read = numberOf(text);
    if (read === undefined) fault(field, words.faults.number(text));
    return read;
  };
  const share = (field: string, text: string) => {
    const read = number(field, text);
    return read === undefined ? undefined : Number((read / 100).toPrecision(14));
  };
  const json = (field: string, text: string): unknown => {
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      fault(field, words.faults.json);
      return undefined;
    }
  };
  if (draft.name.trim() === '') fault('name', words.faults.name);
  if (draft.key.trim() === '') fault('key', words.faults.key);
  if (takenKeys.includes(draft.key)) fault('key', words.faults.taken(draft.key));

  const actions = draft.actions.map(({ key, name, offered, traits, payload, further }) => {
    const read = json('actions', payload);
    return {
      ...objectOf(json('actions', further)),
      ...{ key: key.trim(), name: name.trim() === '' ? key.trim() : name, offered },
      traits: readTraits(traits, fault),
      ...(read === undefined ? {} : { payload: read }),
    };
  });
  const algorithm = algorithms.find(({ name }) => name === draft.algorithm);
  const learnerName = draft.learner === '' ? algorithm?.learners[0] : draft.learner;
  const learner = learners.find(({ name }) => name === learnerName);
  const learnt = parametersOf(
    draft.learnerParameters,
    learner?.parameters ?? [],
    'algorithm.learner.parameters',
    fault,
  );
  const hasLearner = draft.learner !== '' || Object.keys(learnt).length > 0;
  const horizon = number('reward', draft.horizon);
  return {
    policy: {
      ...{ key: draft.key.trim(), name: draft.name.trim(), purpose: draft.purpose },
      algorithm: {
        name: draft.algorithm,
        parameters: parametersOf(
          draft.parameters,
          algorithm?.parameters ?? [],
          'algorithm.parameters',
          fault,
        ),
        ...(hasLearner && learnerName !== undefined
          ? { learner: { name: learnerName, parameters: learnt } }
          : {}),
      },
      actions,
      open: draft.open,
      context: featureSet('context', draft.contextBias, draft.context, number),
      traits: featureSet('traits', draft.traitsBias, draft.traits, number),
      reward: {
        rules: draft.rules.map((rule) => ruleOf(rule, { fault, number, json })),
        combine: draft.combine,
        bounds: [number('reward', draft.least), number('reward', draft.largest)],
        horizonMs: horizon === undefined ? undefined : Math.round(horizon * draft.horizonUnit),
        absent: draft.absent === 'nothing' ? null : number('reward', draft.absentReward),
      },
      floor: share('floor', draft.floor),
      holdout: share('holdout', draft.holdout),
      control: draft.actions.find(({ id }) => id === draft.control)?.key.trim() ?? null,
      pins: json('pins', draft.pins) ?? [],
      segments: draft.segments
        .split(',')
        .map((segment) => segment.trim())
        .filter((segment) => segment !== ''),
    },
    faults,
  };
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function readTraits(text: string, fault: Fault): unknown {
  try {
    return traitsOf(text);
  } catch (error) {
    fault('actions', error instanceof Error ? error.message : String(error));
    return {};
  }
}

/** Those that were typed and belong to what is chosen now. */
function parametersOf(
  draft: ParameterDraft,
  described: readonly ParameterDescription[],
  at: string,
  fault: Fault,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const { name, kind, nullable } of described) {
    const text = draft[name];
    if (text === undefined) continue;
    if (text.trim() === '') {
      if (nullable) read[name] = null;
      continue;
    }
    if (kind === 'choice') read[name] = text;
    else if (kind === 'json') {
      try {
        read[name] = JSON.parse(text);
      } catch {
        fault(`${at}.${name}`, words.faults.json);
      }
    } else {
      const number = numberOf(text);
      if (number === undefined) fault(`${at}.${name}`, words.faults.number(text));
      else read[name] = number;
    }
  }
  return read;
}

function featureSet(
  at: string,
  bias: boolean,
  features: readonly FeatureDraft[],
  number: (field: string, text: string) => number | undefined,
) {
  return {
    bias,
    features: features.map(({ field, kind, centre, scale, buckets, missing, clip }) => ({
      ...{ kind, field: field.trim(), missing },
      ...(kind === 'numeric'
        ? { centre: number(at, centre), scale: number(at, scale), clip }
        : { buckets: number(at, buckets) }),
    })),
  };
}

interface Reading {
  readonly fault: Fault;
  number(field: string, text: string): number | undefined;
  json(field: string, text: string): unknown;
}

function ruleOf(
  { type, filter, match, earns, fixed, times, plus }: RuleDraft,
  { fault, number, json }: Reading,
) {
  const further = json('reward', filter);
  if (type.trim() === '' && further === undefined) fault('reward', words.faults.type);
  const typed = type.trim() === '' ? [] : [{ field: 'type', is: type.trim() }];
  const parts = further === undefined ? typed : [...typed, further];
  return {
    filter: parts.length === 1 ? parts[0] : { all: parts },
    match,
    value:
      earns === 'fixed'
        ? number('reward', fixed)
        : earns === 'value'
          ? { times: 1, plus: 0 }
          : { times: number('reward', times), plus: number('reward', plus) },
  };
}
