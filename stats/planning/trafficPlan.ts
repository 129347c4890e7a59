/** How many units an experiment has of each arm by each day, through ramps of traffic and split. */

export interface TrafficStage {
  /** Length, > 0; the last stage goes on for as long as it is asked. */
  readonly days: number;
  /** Units (people, not clusters) that enter the two compared arms each day, > 0. */
  readonly unitsPerDay: number;
  /** Share of them that gets treatment, in (0, 1). */
  readonly treatmentShare: number;
}

export interface Accrued {
  readonly treatment: number;
  readonly control: number;
  /** Σ over stages of units × share × (1 − share): what estimates count that compare within stages. */
  readonly within: number;
}

/** @throws RangeError when there is no stage or a number in one is outside its range */
export function checkTraffic(stages: readonly TrafficStage[]): void {
  if (stages.length === 0) throw new RangeError('traffic: expected a stage, got none');
  for (const { days, unitsPerDay, treatmentShare } of stages) {
    if (!(days > 0)) throw new RangeError(`days: expected above 0, got ${days}`);
    if (!(unitsPerDay > 0 && unitsPerDay < Infinity)) {
      throw new RangeError(`unitsPerDay: expected above 0, got ${unitsPerDay}`);
    }
    if (!(treatmentShare > 0 && treatmentShare < 1)) {
      throw new RangeError(`treatmentShare: expected in (0, 1), got ${treatmentShare}`);
    }
  }
}

export interface StageUnits {
  readonly units: number;
  readonly treatmentShare: number;
}

/**
 * Units that have entered by a day, stage by stage; stages that have not begun are left out.
 *
 * @param day may be a fraction; nothing before 0
 */
export function stagesBy(stages: readonly TrafficStage[], day: number): StageUnits[] {
  const begun: StageUnits[] = [];
  let left = Math.max(0, day);
  for (let i = 0; i < stages.length && left > 0; i += 1) {
    const { days, unitsPerDay, treatmentShare } = stages[i]!;
    const spent = i === stages.length - 1 ? left : Math.min(left, days);
    begun.push({ units: spent * unitsPerDay, treatmentShare });
    left -= spent;
  }
  return begun;
}

/**
 * Units of each arm that have entered by a day.
 *
 * @example
 * accruedBy([{ days: 1, unitsPerDay: 100, treatmentShare: 0.1 },
 *   { days: 7, unitsPerDay: 1000, treatmentShare: 0.5 }], 3); // treatment 1010, control 1090
 */
export function accruedBy(stages: readonly TrafficStage[], day: number): Accrued {
  let treatment = 0;
  let control = 0;
  let within = 0;
  for (const { units, treatmentShare: share } of stagesBy(stages, day)) {
    treatment += units * share;
    control += units * (1 - share);
    within += units * share * (1 - share);
  }
  return { treatment, control, within };
}

/**
 * The day on which as many units have entered.
 *
 * @param units > 0
 *
 * @example
 * dayWith([{ days: 1, unitsPerDay: 100, treatmentShare: 0.5 },
 *   { days: 1, unitsPerDay: 1000, treatmentShare: 0.5 }], 600); // = 1.5
 */
export function dayWith(stages: readonly TrafficStage[], units: number): number {
  let left = units;
  let day = 0;
  for (let i = 0; i < stages.length; i += 1) {
    const { days, unitsPerDay } = stages[i]!;
    if (i === stages.length - 1 || left <= days * unitsPerDay) return day + left / unitsPerDay;
    left -= days * unitsPerDay;
    day += days;
  }
  return day;
}
