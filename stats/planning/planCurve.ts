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
import { stoppingCurve } from './stoppingCurve.ts';
import { checkTraffic, dayWith } from './trafficPlan.ts';

export interface PlanPoint {
  readonly day: number;
  /** Units of traffic with an outcome, both arms. */
  readonly units: number;
  /** Of the fixed test on this day; of the others, the probability to have excluded 0 by it. */
  readonly power: number;
}

/** Growth of the units from one look to the next in the grid of a sequence that is watched all the time. */
const gridGrowth = 1.025;

/** Days of the looks of a sequence: the ends of days, and a finer grid when it is watched all the time. */
function sequenceDays(design: PlannedDesign): number[] {
  const { traffic, daysMax, clusters, outcomeDays = 0 } = design;
  const days: number[] = [];
  for (let day = 1; day <= daysMax; day += 1) days.push(day);
  if (design.watched === 'continuously') {
    let people = 2 * armUnitsFirst(design) * (clusters?.clusterSize ?? 1);
    for (;;) {
      const day = outcomeDays + dayWith(traffic, people);
      if (day > daysMax) break;
      days.push(day);
      people *= gridGrowth;
    }
  }
  return days.sort((left, right) => left - right);
}

function sequenceLooks(design: PlannedDesign): ExpectedLook[] {
  const first = armUnitsFirst(design) * (1 - 1e-9);
  const looks: ExpectedLook[] = [];
  let before = 0;
  for (const day of sequenceDays(design)) {
    const look = lookAt(design, day);
    if (look === undefined || look.smallerArm < first) continue;
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

function curveOf(
  design: PlannedDesign,
  looks: readonly ExpectedLook[],
  boundAt: (look: ExpectedLook, at: number) => number,
): PlanPoint[] {
  if (looks.length === 0) return [];
  // Within stages nothing is divided by an estimated standard error.
  const asNormal = (look: ExpectedLook, bound: number): number =>
    design.comparison === 'within stages'
      ? bound
      : boundOf(marginalPower(bound, look), shiftOf(look));
  const curve = stoppingCurve(
    looks.map((look, at) => ({
      information: look.differenceInformation,
      units: look.units,
      bound: asNormal(look, boundAt(look, at)),
    })),
    {
      effect: looks[0]!.treatment - looks[0]!.control,
      continuously: design.watched === 'continuously',
    },
  );
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
  const { test, traffic, daysMax } = design;
  checkTraffic(traffic);
  if (!(daysMax >= 1)) throw new RangeError(`daysMax: expected at least 1, got ${daysMax}`);
  switch (test.kind) {
    case 'fixed':
      return fixedCurve(design, test.alpha);
    case 'sequence':
      return curveOf(design, sequenceLooks(design), test.boundary);
    case 'groupSequential': {
      const looks = groupSequentialLooks(design, test.days);
      const bounds = spendingBounds({
        information: looks.map(({ information }) => information),
        informationMax: looks.at(-1)?.information ?? NaN,
        spending: test.spending,
        sides: 2,
      });
      const seen = looks.filter(({ day }) => day <= daysMax);
      return curveOf({ ...design, watched: 'daily' }, seen, (_, at) => bounds[at]!);
    }
  }
}
