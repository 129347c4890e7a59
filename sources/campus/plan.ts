/** What is planted when: the exact conditions under which a campus runs. All times are ms after the campus start. */
const hourMs = 3_600_000;

/** Half-open, ms after the start. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A fall of the event rate: what is not kept never arrives (devices that are offline lose nothing). */
export interface Outage extends Interval {
  /** Share of events still sent, 0 … 1. */
  readonly keptShare: number;
}

/** A rise of the event rate: a client that reloads adds `viewed` events to every activity. */
export interface Burst extends Interval {
  /** Events sent per event meant, an integer 2 … 16. */
  readonly factor: number;
}

/** `context.latency_ms` of every event is multiplied. */
export interface LatencySpike extends Interval {
  readonly factor: number;
}

/** A program that answers exercises in a student's name, always right, in 0.2 s. */
export interface Bot extends Interval {
  readonly student: number;
  /** Between two answers. */
  readonly everyMs: number;
}

/** An item bank revision: from `atMs` on the items of one skill are harder. */
export interface Revision {
  readonly atMs: number;
  /** Index in `skills`. */
  readonly skill: number;
  /** Added to the difficulty, logits. */
  readonly difficultyShift: number;
}

/** From `atMs` on answers of one skill are graded otherwise: P becomes guess + (1 − guess − slip) P. */
export interface Grading {
  readonly atMs: number;
  /** Index in `skills`. */
  readonly skill: number;
  /** Probability that an answer counts as right though it is not, as with multiple choice. */
  readonly guess: number;
  /** Probability that an answer counts as wrong though it is right; guess + slip < 1. */
  readonly slip: number;
}

/** From `atMs` on everyone's affinity to one topic is shifted. */
export interface TasteDrift {
  readonly atMs: number;
  /** Index in `topics`. */
  readonly topic: number;
  /** Added to the affinity, in its deviations. */
  readonly shift: number;
}

/** Days off: a session that would begin in them takes place with this probability. */
export interface Holiday extends Interval {
  readonly keptShare: number;
}

export interface Stage {
  readonly name: string;
  readonly fromMs: number;
  /** Of the treatment, in (0, 1). */
  readonly probability: number;
}

/**
 * A running experiment. A student's arm, stage and probability are those of the first exposure and stay. P(outcome = 1) is
 * baseRate + baseSpread · u + effect · treated, where u is uniform in (−1, 1) and belongs to the student.
 */
export interface PlannedExperiment {
  /** Its key in the engine. */
  readonly name: string;
  /** Of control and treatment, in this order. */
  readonly variants: readonly [string, string];
  readonly stages: readonly Stage[];
  /** Students join at a time of their own, uniform in the first `joinWithinMs` after the start; ≥ 0. */
  readonly joinWithinMs: number;
  readonly baseRate: number;
  readonly baseSpread: number;
  /** Difference of the rates, treatment − control: exact for every student. */
  readonly effect: number;
  /** Mean time from exposure to outcome of control and treatment: exponential, cut at an hour. */
  readonly outcomeDelayMeanMs: readonly [number, number];
  /** Students of control and treatment whose exposures never reach the engine, 0 … 1: a sample-ratio mismatch. */
  readonly exposureLostShare: readonly [number, number];
}

/** How events travel. Shares are per distinct well-formed event, delays are arrival less event time. */
export interface Delivery {
  /** Every event: exponential, at least 1 ms, at most 10 s. */
  readonly networkMeanMs: number;
  /** Events that a client retries later, of those not offline; uniform in `slowMs`, on top of the network. */
  readonly slowShare: number;
  readonly slowMs: readonly [number, number];
  /** Sessions on a device without network; all their events come together after the session's start + `offlineMs`. */
  readonly offlineShare: number;
  readonly offlineMs: readonly [number, number];
  /** Events sent twice with the same bytes; the second comes `duplicateMs` after the first, uniform. */
  readonly duplicateShare: number;
  readonly duplicateMs: readonly [number, number];
  /** Malformed records per well-formed event; all kinds of `defects` equally often. */
  readonly malformedShare: number;
}

/** From `atMs` on events travel otherwise, until another change holds. */
export interface DeliveryChange {
  readonly atMs: number;
  /** What changes; the rest stays as `delivery` has it. */
  readonly to: Partial<Delivery>;
}

export const gapFields = ['skill', 'topic', 'format', 'course', 'class', 'device'] as const;

/** From `atMs` on a field of `context` is left out of some events. */
export interface FieldGap {
  readonly atMs: number;
  readonly field: (typeof gapFields)[number];
  /** Of the events that have it, 0 … 1. */
  readonly share: number;
}

/** How the AI tutor suggests a format, and how much each one helps. */
export interface Suggestions {
  /** P(feedback = 1) of each programme (rows) for each suggested format (exercise, video, reading). */
  readonly rewards: readonly (readonly [number, number, number])[];
  /** Of the suggestions: that which is best for the programme, as if it had been learnt; the rest is drawn from all formats. */
  readonly learntShare: number;
  /** Of the students: they get each format with the same chance, whatever is learnt. */
  readonly heldOutShare: number;
}

export interface Learning {
  /** Ability gained by endless practice, logits. */
  readonly gain: number;
  /** Answers in a skill after which 63 % of it is gained: ability = ability₀ + gain · (1 − exp(−answers / practice)). */
  readonly practice: number;
}

export interface CampusPlan {
  readonly experiments: readonly PlannedExperiment[];
  readonly revisions: readonly Revision[];
  readonly gradings: readonly Grading[];
  readonly tasteDrifts: readonly TasteDrift[];
  readonly outages: readonly Outage[];
  readonly bursts: readonly Burst[];
  readonly latencySpikes: readonly LatencySpike[];
  readonly bots: readonly Bot[];
  readonly holidays: readonly Holiday[];
  readonly delivery: Delivery;
  readonly deliveryChanges: readonly DeliveryChange[];
  readonly gaps: readonly FieldGap[];
  readonly suggestions: Suggestions;
  readonly learning: Learning;
}

/** No anomaly, no drift, no delay but the network's, every record well-formed: what a test overrides. */
export const calm: Pick<
  CampusPlan,
  | 'revisions'
  | 'gradings'
  | 'tasteDrifts'
  | 'outages'
  | 'bursts'
  | 'latencySpikes'
  | 'bots'
  | 'holidays'
> & { readonly delivery: Delivery } = {
  revisions: [],
  gradings: [],
  tasteDrifts: [],
  outages: [],
  bursts: [],
  latencySpikes: [],
  bots: [],
  holidays: [],
  delivery: {
    networkMeanMs: 400,
    slowShare: 0,
    slowMs: [60_000, 600_000],
    offlineShare: 0,
    offlineMs: [2 * hourMs, 8 * hourMs],
    duplicateShare: 0,
    duplicateMs: [1_000, 300_000],
    malformedShare: 0,
  },
};
