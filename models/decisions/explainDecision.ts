/**
 * Why an individual would get what: what each feature adds to each action's score, and what would have to be different for another
 * action to be the most probable.
 */
import type { Attributes } from '../../contracts/attributes.ts';
import type { NumericFeature } from '../../contracts/featureSet.ts';
import { readAttribute } from '../assignment/unit.ts';
import { explainScore, type Reason } from '../rewards/explainScore.ts';
import { interactionNames } from '../rewards/interaction.ts';
import type { Asked, Decided, KnownUser, PolicyDecider } from './policyDecider.ts';

export interface ExplainedAction {
  readonly action: string;
  readonly probability: number;
  /** NaN where nothing is scored. */
  readonly mean: number;
  readonly deviation: number;
  /** The largest first. */
  readonly reasons: readonly Reason[];
}

export interface Otherwise {
  readonly attributes: Attributes;
  /** Most probable then. */
  readonly action: string;
}

export interface Explanation {
  readonly decided: Decided;
  /** The most probable first. */
  readonly actions: readonly ExplainedAction[];
  readonly otherwise: readonly Otherwise[];
}

/** Values that are tried of a numeric feature, over all that it can be. */
const tries = 60;
/** Halvings of the last step: to a millionth of a feature's range. */
const halvings = 15;

/**
 * The explanation, in steps of a few decisions each: many features of a large policy make thousands.
 *
 * @param decider of the caller alone until the end: it works in arrays of its own
 * @param instead attributes to try, each in the place of those of the same name
 * @throws EngineError as `PolicyDecider.decide`
 */
export function* explainSteps(
  decider: PolicyDecider,
  asked: Asked,
  user: KnownUser,
  instead: readonly Attributes[] = [],
): Generator<void, Explanation> {
  const decided = decider.decide(asked, user);
  const probabilities = new Map(
    decided.positions[0]!.offered.map(({ action, probability }) => [action, probability]),
  );
  const explained = explainActions(decider, asked, user).map(
    (each): ExplainedAction => ({ ...each, probability: probabilities.get(each.action) ?? 0 }),
  );
  explained.sort((a, b) => b.probability - a.probability || b.mean - a.mean);
  const best = explained[0]!.action;
  const bestWith = (changes: Attributes) =>
    mostProbable(decider, { ...asked, attributes: { ...asked.attributes, ...changes } }, user);
  const otherwise: Otherwise[] = [];
  for (const attributes of instead) {
    yield;
    otherwise.push({ attributes, action: bestWith(attributes) });
  }
  if (decided.way !== 'policy' || decider.model === undefined) {
    return { decided, actions: explained, otherwise };
  }
  for (const feature of numericFeatures(decider)) {
    otherwise.push(...(yield* nearestFlip(feature, asked, best, bestWith)));
  }
  return { decided, actions: explained, otherwise };
}

function explainActions(decider: PolicyDecider, asked: Asked, user: KnownUser) {
  const { prepared, model } = decider;
  const { actions, attributes, traitsOf, context, interactions } = decider.vectorsOf(asked, user);
  return actions.map((action, i) => {
    if (model === undefined) {
      return { action, mean: Number.NaN, deviation: Number.NaN, reasons: [] };
    }
    const contributions = model.explain({ context, interactions }, i);
    const contextNames = prepared.context.namesFor(attributes);
    const names = {
      context: contextNames,
      interaction: interactionNames(prepared.traits.namesFor(traitsOf(i)), contextNames),
    };
    return { action, ...explainScore(contributions, names) };
  });
}

function mostProbable(decider: PolicyDecider, asked: Asked, user: KnownUser): string {
  const { offered } = decider.decide({ ...asked, positions: 1 }, user).positions[0]!;
  return offered.reduce((best, each) => (each.probability > best.probability ? each : best)).action;
}

function numericFeatures({ prepared }: PolicyDecider): NumericFeature[] {
  return prepared.policy.context.features.filter(
    (feature): feature is NumericFeature =>
      feature.kind === 'numeric' && !feature.field.startsWith('preference.'),
  );
}

/** The value nearest to the present one at which another action is the most probable; none where there is none. */
function* nearestFlip(
  { field, centre, scale, clip }: NumericFeature,
  { attributes }: Asked,
  best: string,
  bestWith: (changes: Attributes) => string,
): Generator<void, Otherwise[]> {
  const now = readAttribute(attributes, field);
  if (typeof now !== 'number' || field.includes('.')) return [];
  const step = (2 * clip * scale) / tries;
  const range = [centre - clip * scale, centre + clip * scale] as const;
  const flipsAt = (value: number) => bestWith({ [field]: value }) !== best;
  const found = yield* firstFlip(now, step, range, flipsAt);
  if (found === undefined) return [];
  let flipped = found;
  let same = found > now ? found - step : found + step;
  for (let i = 0; i < halvings; i += 1) {
    yield;
    const middle = (same + flipped) / 2;
    if (flipsAt(middle)) flipped = middle;
    else same = middle;
  }
  yield;
  const value = Number(flipped.toPrecision(4));
  const rounded = flipsAt(value) ? value : flipped;
  return [{ attributes: { [field]: rounded }, action: bestWith({ [field]: rounded }) }];
}

/** The first value on either side, going outwards; undefined when there is none within the range. */
function* firstFlip(
  now: number,
  step: number,
  [least, largest]: readonly [number, number],
  flipsAt: (value: number) => boolean,
): Generator<void, number | undefined> {
  for (let i = 1; i <= tries; i += 1) {
    yield;
    for (const value of [now + i * step, now - i * step]) {
      if (value >= least && value <= largest && flipsAt(value)) return value;
    }
  }
  return undefined;
}
