/**
 * The planted truth: what a correct engine must find, in one place. Whatever is not a plain number is a function of what
 * the events carry. All `…Ms` are milliseconds after `start` or durations.
 */
import { intensityAt } from './calendar.ts';
import { programmes, skills, topics } from './curriculum.ts';
import { defects } from './defects.ts';
import type { CampusPlan } from './plan.ts';
import { randomState } from './random.ts';
import {
  abilityAfter,
  correctProbability,
  suggestionProbability,
  suggestionValues,
} from './response.ts';
import { abilityOf, affinityOf, programmeOf, readTraits, type Traits } from './students.ts';
import type { CampusWorld } from './world.ts';

export interface CampusTruth {
  /** Campus start, ms since 1970. */
  readonly start: number;
  /** Everything planted, with its times: effects, drifts, anomalies, delivery. */
  readonly plan: CampusPlan;
  /** Mean records per second over an ordinary week, when all students have joined the experiments. */
  readonly recordsPerSecond: number;
  /** Expected late events per distinct well-formed event, outside outages. */
  readonly lateShare: number;
  /** Names of the malformed kinds with the error code that each must get. */
  readonly defects: readonly { readonly name: string; readonly code: string }[];
  readonly suggestions: {
    /** Logged probability of each of the three formats, where nothing is learnt. */
    readonly probability: number;
    /** P(feedback = 1), programme × (exercise, video, reading). */
    readonly rewards: readonly (readonly number[])[];
    /** Mean feedback of what is suggested, and of the best policy that knows the programme. */
    readonly values: { readonly logging: number; readonly best: number };
  };
  readonly items: readonly {
    readonly name: string;
    readonly skill: string;
    readonly topic: string;
    /** Logits, before any revision. */
    readonly difficulty: number;
    readonly discrimination: number;
  }[];
  /** A student's traits before any practice and drift. */
  student(student: number): StudentTruth;
  /**
   * P(answered = 1).
   *
   * @param answers answers that the student gave in the item's skill before
   * @param sinceMs ms after `start`
   */
  correctProbability(student: number, item: number, answers: number, sinceMs: number): number;
  /** Session starts at a time relative to the week's mean, averaged over chronotypes; holidays apart. */
  intensity(time: number): number;
}

export interface StudentTruth extends Traits {
  readonly programme: string;
  /** Per skill in the order of `skills`, logits. */
  readonly abilities: readonly number[];
  /** Per topic in the order of `topics`, deviations. */
  readonly affinities: readonly number[];
}

export function truthOf(world: CampusWorld, recordsPerSecond: number): CampusTruth {
  const { seed, plan, start, items, zoneOffsetMs } = world;
  const { offlineShare, slowShare } = plan.delivery;
  const random = randomState();
  return {
    start,
    plan,
    recordsPerSecond,
    lateShare: offlineShare + (1 - offlineShare) * slowShare,
    defects: defects.map(({ name, code }) => ({ name, code })),
    suggestions: {
      probability: suggestionProbability,
      rewards: plan.suggestions.rewards,
      values: suggestionValues(plan.suggestions),
    },
    items: items.map(({ name, skill, topic, difficulty, discrimination }) => ({
      name,
      skill: skills[skill]!,
      topic: topics[topic]!,
      difficulty,
      discrimination,
    })),
    student(student) {
      const traits: Traits = { chronotype: 0, diligence: 1, pace: 1 };
      readTraits(random, seed, student, traits);
      return {
        ...traits,
        programme: programmes[programmeOf(student)]!.name,
        abilities: skills.map((_, skill) => abilityOf(random, seed, student, skill)),
        affinities: topics.map((_, topic) => affinityOf(random, seed, student, topic)),
      };
    },
    correctProbability(student, item, answers, sinceMs) {
      const found = items[item];
      if (found === undefined)
        throw new RangeError(`item: expected in [0, ${items.length}), got ${item}`);
      const before = abilityOf(random, seed, student, found.skill);
      return correctProbability(plan, found, abilityAfter(plan, before, answers), sinceMs);
    },
    intensity(time) {
      const local = time + zoneOffsetMs;
      return (intensityAt(0, local) + intensityAt(1, local) + intensityAt(2, local)) / 3;
    },
  };
}
