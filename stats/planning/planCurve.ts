/**
 * The power of a planned experiment by day, of the very test that will be used.
 *
 * For a sequence it is the probability that it excludes 0 by the day (`stoppingCurve`): a fixed test's standard error made
 * wider does not give it. Each look's boundary is first moved to where a normal score is outside as often as the estimate
 * with its estimated standard error is (`marginalPower`), which takes few clusters, lifts and rates into account.
 */
import { studentTTwoSided } from '../special/studentT.ts';
import { spendingBounds } from '../testing/groupSequential.ts';
import { type ExpectedLook, lookAt } from './lookAt.ts';
import { boundOf, marginalPower, shiftOf } from './marginalPower.ts';
import { armUnitsFirst, type PlannedDesign } from './plannedDesign.ts';
import { type CurveLook, stoppingSteps } from './stoppingCurve.ts';
import { checkTraffic, dayWith } from './trafficPlan.ts';

export interface PlanPoint {
  readonly day: number;
  /** Units of traffic with an outcome, both arms. */
  readonly units: number;
  /** Of the fixed test on this day; of the others, the probability to have excluded 0 by it. */
  readonly power: number;
}

/** Growth of the units from one look to the next in the grid of a sequence that is watched all the time. */
const gridGrowthDefault = 1.025;

/** Days of the looks of a sequence: the ends of days, or a grid when it is watched all the time. */
function sequenceDays(design: PlannedDesign): number[] {
  const { traffic, daysMax, clusters, outcomeDays = 0, gridGrowth = gridGrowthDefault } = design;
  if (design.watched !== 'continuously') {
    return Array.from({ length: Math.floor(daysMax) }, (_, i) => i + 1);
  }
  const days: number[] = [];
  let people = 2 * armUnitsFirst(design) * (clusters?.clusterSize ?? 1);
  for (;;) {
    const day = outcomeDays + dayWith(traffic, people);
    if (day >= daysMax) break;
    days.push(day);
    people *= gridGrowth;
  }
  return [...days, daysMax];
}

/** The same curve with a point at the end of each day, on the line between its neighbours. */
function withDays(points: readonly PlanPoint[], daysMax: number): PlanPoint[] {
  const all: PlanPoint[] = [];
  let day = Math.ceil(points[0]?.day ?? Infinity);
  points.forEach((point, i) => {
    const before = points[i - 1] ?? point;
    for (; day < point.day && day <= daysMax; day += 1) {
      const part = (day - before.day) / (point.day - before.day);
      const between = (of: (each: PlanPoint) => number) =>
        of(before) + part * (of(point) - of(before));
      all.push({
        day,
        units: between(({ units }) => units),
        power: between(({ power }) => power),
      });
    }
    all.push(point);
    if (day === point.day) day += 1;
  });
  return all;
}

function sequenceLooks(
  design: PlannedDesign,
  information?: (day: number) => number,
): ExpectedLook[] {
  const first = armUnitsFirst(design) * (1 - 1e-9);
  const looks: ExpectedLook[] = [];
  let before = 0;
  for (const day of sequenceDays(design)) {
    const expected = lookAt(design, day);
    if (expected === undefined || expected.smallerArm < first) continue;
    const differenceInformation = information?.(day) ?? expected.differenceInformation;
    const look = { ...expected, differenceInformation };
    // Looks that are nearly the same cost time and say nothing.
    if (look.differenceInformation <= before * (1 + 1e-9)) continue;
    looks.push(look);
    before = look.differenceInformation;
  }
  return looks;
}

function fixedCurve(design: PlannedDesign, alpha: number): PlanPoint[] {
  const points: PlanPoint[] = [];
  for (let day = 1; day <= design.daysMax; day += 1) {
    const look = lookAt(design, day);
    if (look === undefined) continue;
    const power = marginalPower(studentTTwoSided(alpha, look.freedom), look);
    points.push({ day, units: look.people, power });
  }
  return points;
}

function* curveOf(
  design: PlannedDesign,
  looks: readonly ExpectedLook[],
  boundAt: (look: ExpectedLook, at: number) => number,
): Generator<void, PlanPoint[]> {
  if (looks.length === 0) return [];
  // Within stages nothing is divided by an estimated standard error.
  const asNormal = (look: ExpectedLook, bound: number): number =>
    design.comparison === 'within stages'
      ? bound
      : boundOf(marginalPower(bound, look), shiftOf(look));
  const bounded: CurveLook[] = [];
  for (const [at, look] of looks.entries()) {
    const bound = asNormal(look, boundAt(look, at));
    bounded.push({ information: look.differenceInformation, units: look.units, bound });
    yield;
  }
  const curve = yield* stoppingSteps(bounded, {
    effect: looks[0]!.treatment - looks[0]!.control,
    continuously: design.watched === 'continuously',
  });
  return looks.map(({ day, people }, at) => ({ day, units: people, power: curve[at]! }));
}

function groupSequentialLooks(design: PlannedDesign, days: readonly number[]): ExpectedLook[] {
  return days.map((day) => {
    const look = lookAt(design, day);
    if (look === undefined) {
      throw new RangeError(`days: expected two units in each arm, got a look on day ${day}`);
    }
    return look;
  });
}

/**
 * The power curve of a design: by day for a fixed test, by look for the others; empty before the first look. It ascends.
 *
 * @throws RangeError when a number of the design is outside its range
 *
 * @example
 * const curve = planCurve({
 *   metric: { kind: 'binary', rate: 0.1 },
 *   effect: { kind: 'relative', size: 0.2 },
 *   test: { kind: 'sequence', boundary: asymptoticBoundary(0.05, 5000) },
 *   traffic: [{ days: 1, unitsPerDay: 1000, treatmentShare: 0.5 }],
 *   daysMax: 30,
 * });
 * daysToPower(curve, 0.8); // 14
 */
export function planCurve(design: PlannedDesign): PlanPoint[] {
  const steps = planSteps(design);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same in small steps, one or two for each look: for who has others to attend to meanwhile. */
export function* planSteps(design: PlannedDesign): Generator<void, PlanPoint[]> {
  const { test, traffic, daysMax } = design;
  checkTraffic(traffic);
  if (!(daysMax >= 1)) throw new RangeError(`daysMax: expected at least 1, got ${daysMax}`);
  switch (test.kind) {
    case 'fixed':
      return fixedCurve(design, test.alpha);
    case 'sequence': {
      const looks = sequenceLooks(design, test.information);
      const curve = yield* curveOf(design, looks, test.boundary);
      return design.watched === 'continuously' ? withDays(curve, daysMax) : curve;
    }
    case 'groupSequential': {
      const looks = groupSequentialLooks(design, test.days);
      const bounds = spendingBounds({
        information: looks.map(({ information }) => information),
        informationMax: looks.at(-1)?.information ?? NaN,
        spending: test.spending,
        sides: 2,
      });
      const seen = looks.filter(({ day }) => day <= daysMax);
      return yield* curveOf({ ...design, watched: 'daily' }, seen, (_, at) => bounds[at]!);
    }
  }
}
