/**
 * One probability of a batch model's log-odds and the online learner's, learnt label by label: three experts, mixed by how well each
 * has predicted of late.
 *
 * The experts are the batch model, the online learner, and a logistic regression on both, which weighs and calibrates them. The
 * regression takes online Newton steps on a fading past; its precision fades towards that of its prior, so it neither freezes nor
 * winds up where nothing varies. The mixture is fixed share: after n rows of any stretch its log loss exceeds the best expert's of
 * that stretch by at most ln(3 / α) + n ln(1 / (1 − α)), α the share; over all from the start by ln 3 instead of ln(3 / α). So a
 * model that becomes useless costs a bounded sum, once.
 *
 * Source: Herbster & Warmuth 1998, "Tracking the best expert" (fixed share); Vovk 1998 (mixing under log loss); Hazan, Agarwal &
 * Kale 2007 (online Newton step); Kulhavý & Zarrop 1993 (forgetting towards a prior).
 */
import { sigmoid } from '../features.ts';

export interface Combiner {
  /** Numbers of its state. */
  readonly width: number;
  start(state: Float64Array, at: number): void;
  /** Probability in (0, 1) that the label is 1. A base that is no number counts as absent: the online learner's is given. */
  predict(state: Float64Array, at: number, baseLogit: number, onlineLogit: number): number;
  /**
   * Learns from a row, after `predict` with the same log-odds.
   *
   * @param predicted what `predict` gave
   * @param label     0 or 1
   */
  learn(
    state: Float64Array,
    at: number,
    baseLogit: number,
    onlineLogit: number,
    predicted: number,
    label: number,
  ): void;
}

export interface CombinerOptions {
  /** α: part of the mixture that is dealt out evenly with each row, in (0, 1). */
  readonly share: number;
  /** Rows in which a row loses all but 1 / e of its weight in the regression, > 1. */
  readonly memoryRows: number;
  /** Precision of the regression's weights before the first row, > 0; they are 0 of the intercept and ½ of each model. */
  readonly priorPrecision: number;
}

export const combinerDefaults: CombinerOptions = {
  share: 1e-4,
  memoryRows: 20_000,
  priorPrecision: 20,
};

/** Where each number stands: weights of intercept, base and online; their precision, packed; parts of the mixture. */
const weight = 0;
const precision = 3;
const part = 9;
const width = 12;

/** Log-odds beyond it are taken as it; σ(14) is closer to 1 than any prediction is let be. */
const logitMax = 14;
/** Keeps every expert's loss finite. */
const probabilityMin = 1e-6;

function bounded(logit: number): number {
  return Math.min(Math.max(logit, -logitMax), logitMax);
}

function probabilityOf(logit: number): number {
  return Math.min(Math.max(sigmoid(logit), probabilityMin), 1 - probabilityMin);
}

function regressed(state: Float64Array, at: number, base: number, online: number): number {
  return probabilityOf(state[at]! + state[at + 1]! * base + state[at + 2]! * online);
}

/** @throws RangeError for an option */
export function createCombiner(options: Partial<CombinerOptions> = {}): Combiner {
  const { share, memoryRows, priorPrecision } = { ...combinerDefaults, ...options };
  if (!(share > 0 && share < 1)) throw new RangeError(`share: expected in (0, 1), got ${share}`);
  if (!(memoryRows > 1)) throw new RangeError(`memoryRows: expected above 1, got ${memoryRows}`);
  if (!(priorPrecision > 0 && priorPrecision < Infinity)) {
    throw new RangeError(`priorPrecision: expected above 0, got ${priorPrecision}`);
  }
  const fading = 1 / memoryRows;
  const kept = 1 - fading;
  const renewed = fading * priorPrecision;

  /** One Newton step of the regression: A ← (1 − φ) A + φ A₀ + h x xᵀ, w ← w + A⁻¹ (x (y − p) + φ A₀ (w₀ − w)). */
  function stepRegression(
    state: Float64Array,
    at: number,
    base: number,
    online: number,
    surprise: number,
    curvature: number,
  ): void {
    const a = at + precision;
    const a00 = kept * state[a]! + renewed + curvature;
    const a01 = kept * state[a + 1]! + curvature * base;
    const a02 = kept * state[a + 2]! + curvature * online;
    const a11 = kept * state[a + 3]! + renewed + curvature * base * base;
    const a12 = kept * state[a + 4]! + curvature * base * online;
    const a22 = kept * state[a + 5]! + renewed + curvature * online * online;
    state[a] = a00;
    state[a + 1] = a01;
    state[a + 2] = a02;
    state[a + 3] = a11;
    state[a + 4] = a12;
    state[a + 5] = a22;
    const g0 = surprise - renewed * state[at]!;
    const g1 = surprise * base - renewed * (state[at + 1]! - 0.5);
    const g2 = surprise * online - renewed * (state[at + 2]! - 0.5);
    // Cholesky: A is at least a positive multiple of the identity.
    const l00 = Math.sqrt(a00);
    const l10 = a01 / l00;
    const l20 = a02 / l00;
    const l11 = Math.sqrt(a11 - l10 * l10);
    const l21 = (a12 - l20 * l10) / l11;
    const l22 = Math.sqrt(a22 - l20 * l20 - l21 * l21);
    const z0 = g0 / l00;
    const z1 = (g1 - l10 * z0) / l11;
    const z2 = (g2 - l20 * z0 - l21 * z1) / l22;
    const d2 = z2 / l22;
    const d1 = (z1 - l21 * d2) / l11;
    const d0 = (z0 - l10 * d1 - l20 * d2) / l00;
    state[at]! += d0;
    state[at + 1]! += d1;
    state[at + 2]! += d2;
  }

  return {
    width,

    start(state, at) {
      state.fill(0, at, at + width);
      state[at + weight + 1] = 0.5;
      state[at + weight + 2] = 0.5;
      state[at + precision] = priorPrecision;
      state[at + precision + 3] = priorPrecision;
      state[at + precision + 5] = priorPrecision;
      state.fill(1 / 3, at + part, at + width);
    },

    predict(state, at, baseLogit, onlineLogit) {
      if (Number.isNaN(baseLogit)) return probabilityOf(onlineLogit);
      const base = bounded(baseLogit);
      const online = bounded(onlineLogit);
      return (
        state[at + part]! * probabilityOf(base) +
        state[at + part + 1]! * probabilityOf(online) +
        state[at + part + 2]! * regressed(state, at, base, online)
      );
    },

    learn(state, at, baseLogit, onlineLogit, _predicted, label) {
      if (Number.isNaN(baseLogit)) return;
      const base = bounded(baseLogit);
      const online = bounded(onlineLogit);
      const joint = regressed(state, at, base, online);
      const sign = label === 1 ? 1 : -1;
      const missed = label === 1 ? 0 : 1;
      const ofBase = state[at + part]! * (missed + sign * probabilityOf(base));
      const ofOnline = state[at + part + 1]! * (missed + sign * probabilityOf(online));
      const ofJoint = state[at + part + 2]! * (missed + sign * joint);
      const scale = (1 - share) / (ofBase + ofOnline + ofJoint);
      state[at + part] = ofBase * scale + share / 3;
      state[at + part + 1] = ofOnline * scale + share / 3;
      state[at + part + 2] = ofJoint * scale + share / 3;
      stepRegression(state, at, base, online, label - joint, joint * (1 - joint));
    },
  };
}

/** As versions are served. */
export const combiner: Combiner = createCombiner();
