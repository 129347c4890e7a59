/**
 * How much information an experiment needs, by the planner: of the exact test with the engine's bets.
 *
 * Information is counted in pairs, Σ n_t n_c / (n_t + n_c); effects in standard deviations. Pairs × effect² changes slowly
 * with the effect, so it is computed for a few effects and interpolated.
 */
import { designBasedBoundary } from '../../stats/planning/designBasedBoundary.ts';
import { planCurve } from '../../stats/planning/planCurve.ts';
import { unitsToPower } from '../../stats/planning/readCurve.ts';
import { engineBets } from './compareByDesign.ts';

const power = 0.8;
/** Steps of the effect, and the range beyond which its nearest end is taken. */
const stepsPerOctave = 1;
const effectLeast = 0.004;
const effectMost = 1;
/** Pairs × effect² lies near it. */
const usualProduct = 20;
const days = 50;

/** Pairs × effect² by alpha and step. */
const products = new Map<number, Map<number, number>>();

function productAt(step: number, alpha: number): number {
  let ofAlpha = products.get(alpha);
  if (ofAlpha === undefined) {
    ofAlpha = new Map();
    products.set(alpha, ofAlpha);
  }
  const known = ofAlpha.get(step);
  if (known !== undefined) return known;
  const effect = 2 ** (step / stepsPerOctave);
  const design = {
    metric: { kind: 'continuous', mean: 0, deviation: 1 },
    effect: { kind: 'absolute', size: effect },
    traffic: [
      { days: 1, unitsPerDay: (4 * usualProduct) / (effect * effect) / 20, treatmentShare: 0.5 },
    ],
  } as const;
  const boundary = designBasedBoundary({ ...design, alpha, portfolio: engineBets });
  const curve = planCurve({
    ...design,
    test: { kind: 'sequence', boundary },
    comparison: 'within stages',
    daysMax: days,
    armUnitsFirst: 2,
  });
  const product = (unitsToPower(curve, power) / 4) * effect * effect;
  ofAlpha.set(step, product);
  return product;
}

function productOf(effect: number, alpha: number): number {
  const inside = Math.min(effectMost, Math.max(effectLeast, effect));
  const place = Math.log2(inside) * stepsPerOctave;
  const below = Math.floor(place);
  const part = place - below;
  const first = productAt(below, alpha);
  return part === 0 ? first : first + part * (productAt(below + 1, alpha) - first);
}

/**
 * Pairs with which an effect is found with 80 %.
 *
 * @param effect in standard deviations, > 0
 * @param alpha  level of the comparison, in (0, 1)
 *
 * @example
 * pairsFor(0.1, 0.05); // ≈ 1,400: 5,600 units at equal shares
 */
export function pairsFor(effect: number, alpha: number): number {
  return productOf(effect, alpha) / (effect * effect);
}

/**
 * The effect that is found with 80 % with so many pairs, in standard deviations; NaN without any.
 *
 * @param pairs > 0
 */
export function effectFor(pairs: number, alpha: number): number {
  if (!(pairs > 0)) return Number.NaN;
  let effect = Math.sqrt(usualProduct / pairs);
  for (let round = 0; round < 3; round += 1) effect = Math.sqrt(productOf(effect, alpha) / pairs);
  return effect;
}
