/** The fixed part of a campus: everything that does not change while it runs, made from the options. */
import { programmes, skills, topics } from './curriculum.ts';
import { defaultPlan } from './defaultPlan.ts';
import { type Item, itemBank, itemsBySkill, itemsMin } from './items.ts';
import type { CampusPlan, Delivery, PlannedExperiment } from './plan.ts';
import { eventsPerSession } from './sessionShape.ts';

export interface CampusOptions {
  /** 32-bit integer; everything follows from it. */
  readonly seed: number;
  /** Where campus time begins, ms since 1970; no event is earlier. */
  readonly start: number;
  /** 1 … 1 000 000, default 2 000. */
  readonly students?: number;
  /** At least 40, default 400. */
  readonly items?: number;
  /**
   * Mean records per second over an ordinary week, > 0; default the natural rate, 20 sessions a week per student (about
   * 0.0007 records/s each). At other rates students work as much more or less often; beyond 50 times the natural rate,
   * where they never rest, they hurry as well. A student falls silent after 1 048 576 sessions.
   */
  readonly intensity?: number;
  /** Local time less UTC, for hours and weekdays; default 0. */
  readonly zoneOffsetMs?: number;
  /** From 2 on, part of the experiments' names: a campus that begins anew has others than the one before. */
  readonly edition?: number;
  /** Replaces parts of the default plan. */
  readonly plan?: Partial<CampusPlan>;
}

export interface CampusWorld {
  readonly seed: number;
  readonly start: number;
  /** The start in base 36 seconds: part of every id, so that campuses of different starts can share one engine. */
  readonly run: string;
  readonly students: number;
  readonly zoneOffsetMs: number;
  /** Mean session starts per student and hour of mean intensity. */
  readonly sessionsPerHour: number;
  /** Factor of the time between two activities, in (0, 1]; 1 up to 50 times the natural rate. */
  readonly haste: number;
  readonly items: readonly Item[];
  /** Items that are answered, and those that are viewed, of each skill. */
  readonly exercises: readonly Int32Array[];
  readonly materials: readonly Int32Array[];
  readonly plan: CampusPlan;
  /** How events travel from when on, ms after the start, ascending; the first from the beginning. */
  readonly deliveries: readonly { readonly fromMs: number; readonly delivery: Delivery }[];
}

/** Sessions per student and week at the natural rate. */
const sessionsPerWeek = 20;
/** Multiple of the natural rate at which a student is always in a session. */
const busyRate = 50;

function integerWithin(name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${name}: expected an integer in [${low}, ${high}], got ${value}`);
  }
}

function share(name: string, value: number): void {
  if (!(value >= 0 && value < 1)) {
    throw new RangeError(`${name}: expected in [0, 1), got ${value}`);
  }
}

/** @throws RangeError when an option is out of its range */
export function createWorld(options: CampusOptions): CampusWorld {
  const { seed, start, students = 2_000, items: itemCount = 400, zoneOffsetMs = 0 } = options;
  integerWithin('seed', seed, -2_147_483_648, 4_294_967_295);
  integerWithin('start', start, 0, 8.64e15);
  integerWithin('students', students, 1, 1_000_000);
  integerWithin('items', itemCount, itemsMin, 9_999);
  integerWithin('zoneOffsetMs', zoneOffsetMs, -86_400_000, 86_400_000);
  const { intensity } = options;
  if (intensity !== undefined && !(intensity > 0 && intensity < Infinity)) {
    throw new RangeError(`intensity: expected > 0, got ${intensity}`);
  }
  const natural = sessionsPerWeek / 168;
  const draft = { ...defaultPlan(start, zoneOffsetMs, 1), ...options.plan };
  const { duplicateShare, malformedShare } = draft.delivery;
  const recordsPerSession =
    eventsPerSession(draft.experiments.length > 0) * (1 + duplicateShare + malformedShare);
  const sessionsPerHour =
    intensity === undefined ? natural : (intensity * 3_600) / (recordsPerSession * students);
  const rate = sessionsPerHour / natural;
  const { edition = 1 } = options;
  integerWithin('edition', edition, 1, 1_000_000);
  const planned = { ...defaultPlan(start, zoneOffsetMs, rate), ...options.plan };
  const plan = { ...planned, experiments: planned.experiments.map((each) => named(each, edition)) };
  checkPlan(plan);
  const items = itemBank(seed, itemCount);
  return {
    seed,
    start,
    run: Math.floor(start / 1_000).toString(36),
    students,
    zoneOffsetMs,
    sessionsPerHour,
    haste: Math.min(1, busyRate / rate),
    items,
    exercises: itemsBySkill(items, (item) => item.format === 0),
    materials: itemsBySkill(items, (item) => item.format !== 0),
    plan,
    deliveries: deliveriesOf(plan),
  };
}

function deliveriesOf({ delivery, deliveryChanges }: CampusPlan): CampusWorld['deliveries'] {
  const changes = [...deliveryChanges].sort((a, b) => a.atMs - b.atMs);
  return [
    { fromMs: -Infinity, delivery },
    ...changes.map(({ atMs, to }) => ({ fromMs: atMs, delivery: { ...delivery, ...to } })),
  ];
}

/** How events travel that happen at a time. @param sinceMs ms after the start */
export function deliveryAt({ deliveries }: CampusWorld, sinceMs: number): Delivery {
  let at = deliveries.length - 1;
  while (deliveries[at]!.fromMs > sinceMs) at -= 1;
  return deliveries[at]!.delivery;
}

function named(experiment: PlannedExperiment, edition: number): PlannedExperiment {
  return edition === 1 ? experiment : { ...experiment, name: `${experiment.name}-${edition}` };
}

function checkPlan(plan: CampusPlan): void {
  for (const [name, value] of [plan.delivery, ...plan.deliveryChanges.map(({ to }) => to)].flatMap(
    (delivery) => Object.entries(delivery),
  )) {
    if (name.endsWith('Share')) share(`plan.delivery.${name}`, value as number);
  }
  for (const gap of plan.gaps) {
    if (!(gap.share >= 0 && gap.share <= 1)) {
      throw new RangeError(`plan.gaps.share: expected in [0, 1], got ${gap.share}`);
    }
  }
  share('plan.suggestions.learntShare', plan.suggestions.learntShare);
  share('plan.suggestions.heldOutShare', plan.suggestions.heldOutShare);
  if (plan.suggestions.rewards.length !== programmes.length) {
    throw new RangeError(
      `plan.suggestions.rewards: expected ${programmes.length} rows, got ${plan.suggestions.rewards.length}`,
    );
  }
  for (const { factor } of plan.bursts) integerWithin('plan.bursts.factor', factor, 2, 16);
  for (const { skill } of plan.revisions) {
    integerWithin('plan.revisions.skill', skill, 0, skills.length - 1);
  }
  for (const { skill, guess, slip } of plan.gradings) {
    integerWithin('plan.gradings.skill', skill, 0, skills.length - 1);
    share('plan.gradings.guess', guess);
    share('plan.gradings.slip', slip);
    if (!(guess + slip < 1)) {
      throw new RangeError(`plan.gradings: expected guess + slip below 1, got ${guess + slip}`);
    }
  }
  for (const { topic } of plan.tasteDrifts) {
    integerWithin('plan.tasteDrifts.topic', topic, 0, topics.length - 1);
  }
  for (const { everyMs } of plan.bots) integerWithin('plan.bots.everyMs', everyMs, 1, 3_600_000);
  for (const { name, baseRate, baseSpread, effect, exposureLostShare } of plan.experiments) {
    for (const lost of exposureLostShare) share(`plan.experiments.${name}.exposureLostShare`, lost);
    const low = baseRate - baseSpread + Math.min(0, effect);
    const high = baseRate + baseSpread + Math.max(0, effect);
    if (!(low >= 0 && high <= 1)) {
      throw new RangeError(
        `plan.experiments.${name}: expected rates in [0, 1], got ${low} … ${high}`,
      );
    }
  }
}
