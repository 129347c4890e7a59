/**
 * How students respond: the probabilities by which values are drawn, and against which models are judged.
 *
 * Answers follow the two-parameter logistic item response model (Birnbaum 1968) with an ability that grows with practice.
 */
import type { Item } from './items.ts';
import type { CampusPlan, PlannedExperiment, Suggestions } from './plan.ts';

/** Interests of the `rated` and `completed` models; see {@link ratingOf} and {@link completionProbability}. */
export const taste = {
  ratingSlope: 0.9,
  ratingNoise: 0.6,
  completionBase: 0.8,
  completionSlope: 0.9,
};

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Ability after some answers in a skill, logits. */
export function abilityAfter(plan: CampusPlan, ability: number, answers: number): number {
  const { gain, practice } = plan.learning;
  return ability - gain * Math.expm1(-answers / practice);
}

/** @param sinceMs ms after the campus start */
export function difficultyAt(plan: CampusPlan, item: Item, sinceMs: number): number {
  let difficulty = item.difficulty;
  for (const { atMs, skill, difficultyShift } of plan.revisions) {
    if (skill === item.skill && sinceMs >= atMs) difficulty += difficultyShift;
  }
  return difficulty;
}

/** P(answered = 1). */
export function correctProbability(
  plan: CampusPlan,
  item: Item,
  ability: number,
  sinceMs: number,
): number {
  const known = logistic(item.discrimination * (ability - difficultyAt(plan, item, sinceMs)));
  return gradedProbability(plan, item, known, sinceMs);
}

/** P(counted as right) of an answer that is right with a probability; of several gradings the latest holds. */
function gradedProbability(
  { gradings }: CampusPlan,
  { skill }: Item,
  right: number,
  sinceMs: number,
): number {
  let graded = right;
  for (const grading of gradings) {
    if (grading.skill !== skill || sinceMs < grading.atMs) continue;
    graded = grading.guess + (1 - grading.guess - grading.slip) * right;
  }
  return graded;
}

/** Affinity after the drifts so far. */
export function affinityAt(
  plan: CampusPlan,
  topic: number,
  affinity: number,
  sinceMs: number,
): number {
  let drifted = affinity;
  for (const drift of plan.tasteDrifts) {
    if (drift.topic === topic && sinceMs >= drift.atMs) drifted += drift.shift;
  }
  return drifted;
}

/** 1 … 5. @param noise normal(0, 1) */
export function ratingOf(affinity: number, noise: number): number {
  const liking = 3 + taste.ratingSlope * affinity + taste.ratingNoise * noise;
  return Math.min(5, Math.max(1, Math.round(liking)));
}

/** P(completed = 1). */
export function completionProbability(affinity: number): number {
  return logistic(taste.completionBase + taste.completionSlope * affinity);
}

/** P(outcome = 1). @param own the student's number in [0, 1) */
export function outcomeProbability(
  experiment: PlannedExperiment,
  own: number,
  treated: boolean,
): number {
  const { baseRate, baseSpread, effect } = experiment;
  return baseRate + baseSpread * (2 * own - 1) + (treated ? effect : 0);
}

/** Key of the policy by which the AI tutor suggests a format. */
export const suggestionPolicy = 'tutor';

/** What the AI tutor suggests where nothing is learnt, uniformly at random: the indices are those of `formats`. */
export const suggestionProbability = 1 / 3;

/** The format that helps most, the first of equal ones. */
export function bestOf(rewards: readonly number[]): number {
  return rewards.indexOf(Math.max(...rewards));
}

/** Probability by which a format is suggested. */
export function suggestedWith(
  { rewards, learntShare }: Suggestions,
  { programme, heldOut }: { readonly programme: number; readonly heldOut: boolean },
  action: number,
): number {
  if (heldOut || learntShare === 0) return suggestionProbability;
  const isBest = bestOf(rewards[programme]!) === action;
  return (1 - learntShare) * suggestionProbability + (isBest ? learntShare : 0);
}

/** P(feedback = 1) of each programme (rows) for each suggested format (exercise, video, reading). */
export const suggestionRewards: readonly (readonly [number, number, number])[] = [
  [0.55, 0.4, 0.3],
  [0.3, 0.4, 0.6],
  [0.6, 0.45, 0.25],
  [0.35, 0.6, 0.4],
];

/** Mean feedback of what is suggested, and of the policy that knows the table: programmes are equally large. */
export function suggestionValues({ rewards, learntShare, heldOutShare }: Suggestions): {
  readonly logging: number;
  readonly best: number;
} {
  const best = mean(rewards.map((own) => Math.max(...own)));
  const learnt = learntShare * (1 - heldOutShare);
  return { best, logging: learnt * best + (1 - learnt) * mean(rewards.map((own) => mean(own))) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
