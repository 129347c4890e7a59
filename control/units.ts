/**
 * Units of time from which the steps of every chart are added up, so that what is kept of a day serves all of them.
 *
 * A block of time counts in the unit in which it ends (control/privacy/toldTimes.ts). A step is whole units, so the sum of
 * its units is what the step itself would count.
 */

const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** Half a year of hours. */
const hoursMax = 4_400;

/** What a series shows: half-open, ms since 1970, in steps. */
export interface Steps {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

export interface Unit<Sums> {
  /** Its start, ms since 1970. */
  readonly time: number;
  /** null: there are rows of it of which nothing is told in it. */
  readonly sums: Sums | null;
}

export interface UnitOfRange {
  readonly unitMs: number;
  /** Whether it divides the day, so that days can be kept apart. */
  readonly dividesDay: boolean;
}

/** The hour where it can be, so that many ranges have the same units; then the step, or the day. */
export function unitOf({ from, to, stepMs }: Steps): UnitOfRange {
  if (stepMs % hourMs === 0 && to - from <= hoursMax * hourMs) {
    return { unitMs: hourMs, dividesDay: true };
  }
  if (dayMs % stepMs === 0) return { unitMs: stepMs, dividesDay: true };
  if (stepMs % dayMs === 0) return { unitMs: dayMs, dividesDay: true };
  return { unitMs: stepMs, dividesDay: false };
}

/** @returns for each step with units those of which something is told; none: all of it is withheld */
export function unitsByStep<Sums>(
  units: Iterable<Unit<Sums>>,
  { from, to, stepMs }: Steps,
): Map<number, Sums[]> {
  const steps = new Map<number, Sums[]>();
  for (const { time, sums } of units) {
    const step = Math.floor(time / stepMs) * stepMs;
    if (step < from || step >= to) continue;
    const found = steps.get(step) ?? [];
    steps.set(step, found);
    if (sums !== null) found.push(sums);
  }
  return steps;
}

/**
 * By the day in which they begin; one that begins the day before what it has, across midnight, by the next.
 *
 * @param known ascending
 */
export function unitsByDay<Sums>(
  units: Iterable<Unit<Sums>>,
  known: readonly number[],
): Map<number, Unit<Sums>[]> {
  const days = new Map<number, Unit<Sums>[]>();
  for (const unit of units) {
    const begins = Math.floor(unit.time / dayMs) * dayMs;
    const day = known.find((each) => each >= begins) ?? begins;
    const found = days.get(day) ?? [];
    days.set(day, found);
    found.push(unit);
  }
  return days;
}
