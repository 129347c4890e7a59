/**
 * The probability that a sequence has excluded 0 by each look, when the effect is what was planned.
 *
 * The score of the estimate is a Gaussian process with independent increments; it is followed from look to look against the
 * boundary, see `gaussianRecursion`. Between the looks of a grid a process that is watched all the time may cross: the boundary
 * is moved in by 0.5826 (√step of the grid − √step of a unit), the correction of Siegmund 1985 (Broadie, Glasserman & Kou
 * 1997). On a grid that grows by 2.5 % that is right to half a point.
 */
import {
  allPaths,
  checkInformation,
  massAbove,
  massBelow,
  survive,
} from '../testing/gaussianRecursion.ts';

/** −ζ(½) / √2π: mean overshoot of a random walk over a boundary, in steps. */
const overshoot = 0.5825971579390106;

export interface CurveLook {
  /** 1 / variance of the estimate; ascending. */
  readonly information: number;
  /** Units of inference. */
  readonly units: number;
  /** Standard errors from 0 to the boundary, as a normal score crosses it; Infinity for none. */
  readonly bound: number;
}

export interface CurveOptions {
  /** The planned effect in the unit of the estimate. */
  readonly effect: number;
  /** Whether the sequence is watched after every unit: the looks are then a grid for the quadrature. */
  readonly continuously: boolean;
}

/**
 * P(0 is excluded by look k), on either side.
 *
 * @param looks ascending in information
 * @returns ascending, one for each look
 * @throws RangeError when information does not ascend
 */
export function stoppingCurve(looks: readonly CurveLook[], options: CurveOptions): Float64Array {
  const steps = stoppingSteps(looks, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same in steps, one for each look. */
export function* stoppingSteps(
  looks: readonly CurveLook[],
  { effect, continuously }: CurveOptions,
): Generator<void, Float64Array> {
  checkInformation(looks.map(({ information }) => information));
  const drift = Math.abs(effect);
  const curve = new Float64Array(looks.length);
  let paths = allPaths;
  let crossed = 0;
  for (const [at, look] of looks.entries()) {
    const { information } = look;
    const root = Math.sqrt(information);
    let high = look.bound * root;
    if (continuously && at > 0) {
      const step = information - looks[at - 1]!.information;
      const ofUnit = Math.min(step, information / look.units);
      const inwards = overshoot * (Math.sqrt(step) - Math.sqrt(ofUnit));
      high = Math.max(0, high - inwards);
    }
    if (high < Infinity) {
      crossed += massAbove(paths, information, high, drift);
      crossed += massBelow(paths, information, -high, drift);
    }
    curve[at] = Math.min(1, crossed);
    if (at + 1 < looks.length) {
      paths = survive(paths, information, -high, high, drift, looks[at + 1]!.information);
    }
    yield;
  }
  return curve;
}
