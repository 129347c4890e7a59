/** A solved learner: scores actions in a context. Immutable; made anew when what it was solved from has changed. */
import type { Scores } from './scores.ts';

/** A decision's features, filled by its encoders. */
export interface DecisionVectors {
  /** Features of the context. */
  readonly context: Float64Array;
  /** Of each action: its features by those of the context. Empty where no learner needs them. */
  readonly interactions: readonly Float64Array[];
}

/** What one feature gives to an action's score. */
export interface Contribution {
  /** Place of the feature in its vector. */
  readonly feature: number;
  readonly vector: 'context' | 'interaction';
  readonly value: number;
  /** Mean of its weight. */
  readonly weight: number;
  /** weight × value; all of them add up to the mean of the score. */
  readonly score: number;
  /** Its part of the score's variance, its covariance with the score; may be negative. All add up to the variance. */
  readonly variance: number;
}

export interface ScoreModel {
  /** Fills the means, deviations, rewards, draws and observations of all actions; leaves `eligible` alone. */
  score(vectors: DecisionVectors, scores: Scores): void;
  /** Why an action has its score: every feature whose value is not 0. */
  explain(vectors: DecisionVectors, action: number): Contribution[];
}
