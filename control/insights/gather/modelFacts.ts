/**
 * What the rules look at of a model: its days, what is expected of it before labels come, its slices and groups, and, of a model of
 * the engine, its versions, releases and runs. Of models that predict probabilities.
 */
import type { ModelPlan } from '../../../contracts/modelPlan.ts';
import type { PairedEvidence } from '../../../contracts/release.ts';

/** A complete day of labelled predictions. */
export interface ModelDay {
  /** Its start, event time, ms. */
  readonly day: number;
  /** Labelled predictions. */
  readonly count: number;
  /** Means. */
  readonly logLoss: number;
  /** Of that mean, as of independent rows; 0 where that is not known. */
  readonly lossVariance: number;
  readonly brier: number;
  /** Share on the right side of ½. */
  readonly accuracy: number;
  /** Share of ones. */
  readonly rate: number;
  /** Mean probability; null where it is not kept. */
  readonly predicted: number | null;
  /** By thirds of the probability, the lowest first; null where they are not kept. */
  readonly thirds: readonly ThirdOfDay[] | null;
}

export interface ThirdOfDay {
  readonly count: number;
  /** Sums. */
  readonly positives: number;
  readonly predicted: number;
}

/** Of predictions whose labels come later. */
export interface ExpectedDay {
  readonly day: number;
  /** Predictions. */
  readonly count: number;
  /** Those whose labels have come. */
  readonly labelled: number;
  /** Expected mean log loss of all of them, and the ends of its interval of 95 %. */
  readonly logLoss: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** How many labels come soon. */
export interface LabelPromptness {
  /** By which three of four labels have come, ms. */
  readonly ageMs: number;
  /** By day of the prediction, ascending, as far as they are known. */
  readonly days: readonly {
    readonly day: number;
    /** Predictions. */
    readonly count: number;
    /** Those with a label within the age. */
    readonly within: number;
  }[];
}

/** How far the predictions of a day are from those of the version's first days. */
export interface PredictionShiftDay {
  readonly day: number;
  /** PSI, and what it is by chance. */
  readonly distance: number;
  readonly noise: number;
  /** Of a day as far when nothing has shifted; null where it cannot be judged. */
  readonly pValue: number | null;
  readonly mean: number;
}

export interface SliceDay {
  readonly day: number;
  readonly count: number;
  /** Mean. */
  readonly logLoss: number;
  /** Mean probability less share of ones. */
  readonly bias: number;
}

/** One value of a slice. */
export interface SliceFacts {
  /** As people call it: `course`. */
  readonly slice: string;
  readonly value: string;
  /** Complete days, ascending. */
  readonly days: readonly SliceDay[];
  /** Of the newest two days; null where that is not known. */
  readonly users: number | null;
}

/** How differently a version treats two groups; only where both are shown. */
export interface FairnessFacts {
  readonly version: string;
  readonly baseline: string;
  readonly compared: string;
  /** People's predictions with labels, of both. */
  readonly count: number;
  /** Compared less baseline, with the ends of its interval of 95 %. */
  readonly gaps: readonly {
    readonly rate: 'falseNegative' | 'falsePositive' | 'selection';
    readonly difference: number;
    readonly lower: number;
    readonly upper: number;
  }[];
}

export interface HoldoutFacts {
  /** Log loss less the champion's, with the ends of its interval. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** One less its level. */
  readonly alpha: number;
  readonly count: number;
  readonly against: string | null;
}

export interface RunFacts {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled' | 'refused';
  readonly sentence: string;
  /** By the clock. */
  readonly startedAt: number;
  /** When what it was begun for arose, event time; of what has no such time, when it began. */
  readonly causeAt: number;
  readonly version: string | null;
  /** Names of gates that failed. */
  readonly failed: readonly string[];
  readonly holdout: HoldoutFacts | null;
  /** Loss on rows kept aside, by round; empty where there is none. */
  readonly validation: readonly number[];
}

export interface ReleaseFacts {
  readonly version: string;
  readonly against: string;
  readonly phase: 'shadow' | 'canary';
  readonly paused: boolean;
  readonly awaits: 'canary' | 'champion' | null;
  /** Of users. */
  readonly share: number;
  /** By the clock, since when it is in this step. */
  readonly since: number;
  readonly paired: PairedEvidence | null;
}

/** Loss of what was served less that of the learner that goes on learning, on the same rows. */
export interface BehindDay {
  readonly day: number;
  readonly count: number;
  /** Mean log loss, served less online. */
  readonly difference: number;
  readonly variance: number;
}

/** Of a model of the engine. */
export interface LifeFacts {
  readonly plan: ModelPlan;
  readonly revision: number;
  readonly champion: string;
  /** It is the online learner by itself. */
  readonly isOnline: boolean;
  /** By the clock. */
  readonly madeAt: number;
  readonly servesSince: number;
  /** Time of the newest example that it has learnt from, event time; null where that is not known. */
  readonly learntTo: number | null;
  /** Champion before; null when there was none. */
  readonly before: string | null;
  readonly release: ReleaseFacts | null;
  /** Passed its gates, and nobody has released it; null: there is none. */
  readonly waiting: { readonly version: string; readonly holdout: HoldoutFacts | null } | null;
  /** The oldest first. */
  readonly runs: readonly RunFacts[];
  /** Ascending; empty where the online learner serves. */
  readonly behind: readonly BehindDay[];
}

export interface ModelFacts {
  readonly key: string;
  readonly pipeline: string;
  /** Version that was heard of last, or the champion. */
  readonly version: string;
  /** Complete days, ascending, whatever version served. */
  readonly days: readonly ModelDay[];
  /** Ascending; empty where labels come with the predictions. */
  readonly expected: readonly ExpectedDay[];
  /** Age by which nearly all labels that come have come, ms; null where labels come with the predictions. */
  readonly labelAgeMs: number | null;
  /** How soon labels come; null where they come with the predictions, or none has. */
  readonly promptness: LabelPromptness | null;
  /** Ascending, without the days that they are compared with. */
  readonly shift: readonly PredictionShiftDay[];
  readonly slices: readonly SliceFacts[];
  /** Of this version and of the one before; null where no groups are declared, or either is not shown. */
  readonly fairness: { readonly now: FairnessFacts; readonly before: FairnessFacts } | null;
  /** null of a model from outside. */
  readonly life: LifeFacts | null;
  /** Users whom it predicted for in the newest seven days; null where that is not known. */
  readonly users: number | null;
}
