/**
 * A session: what one student does between sitting down and getting up, decided by its header.
 *
 * How many answers it holds stands in the header, so practice can be followed without playing the session.
 */
import { coursesPerStudent, devices, programmes } from './curriculum.ts';
import { below, type RandomState, reseed, uniform } from './random.ts';
import {
  activitiesMax,
  answersPerBlockRange,
  blocksRange,
  headerStep,
  lengthOf,
  suggestionShare,
} from './sessionShape.ts';
import {
  abilityOf,
  assignmentOf,
  holdOutOf,
  joiningOf,
  programmeOf,
  readTraits,
  type Traits,
} from './students.ts';
import { type CampusWorld, deliveryAt } from './world.ts';

/** What the past of all students leaves behind. */
export interface CampusMemory {
  /** Answers given, students × coursesPerStudent. */
  readonly practice: Uint32Array;
  /** Sessions begun. */
  readonly sessions: Uint32Array;
  /** Stage of the first exposure, students × experiments; −1 before it. */
  readonly stages: Int8Array;
}

/** One session, with how far it has been played. */
export interface Session {
  readonly student: number;
  /** Counts the student's sessions from 0. */
  readonly number: number;
  /** ms since 1970, an integer. */
  readonly start: number;
  /** When an offline device delivers everything, ms since 1970; NaN when online. */
  readonly deliveredAt: number;
  readonly course: string;
  readonly skill: number;
  readonly programme: number;
  readonly device: string;
  readonly pace: number;
  /** Ability in the skill before any practice, logits. */
  readonly ability: number;
  /** Answers in the skill before this session. */
  readonly practice: number;
  readonly suggestion: boolean;
  /** Is suggested each format with the same chance. */
  readonly heldOut: boolean;
  readonly answersPerBlock: number;
  /** Activities, > 0. */
  readonly length: number;
  /** Index in the plan; −1 when there is none. */
  readonly experiment: number;
  readonly stage: number;
  readonly treated: boolean;
  /** Interval between a bot's answers; 0 for people. */
  readonly botEveryMs: number;
  /** Next activity. */
  position: number;
  /** Its event time. */
  time: number;
}

const scratch: Traits = { chronotype: 0, diligence: 1, pace: 1 };

/** Begins a student's next session: draws its header and adds it to the memory. */
export function beginSession(
  world: CampusWorld,
  memory: CampusMemory,
  random: RandomState,
  student: number,
  start: number,
): Session {
  const { seed, plan } = world;
  const number = memory.sessions[student]!;
  memory.sessions[student] = number + 1;
  const experiment = plan.experiments.length > 0 ? number % plan.experiments.length : -1;
  const stage = experiment < 0 ? -1 : firstStage(world, memory, random, student, experiment, start);
  const treated =
    stage >= 0 &&
    assignmentOf(random, seed, student, experiment) <
      plan.experiments[experiment]!.stages[stage]!.probability;
  readTraits(random, seed, student, scratch);
  const pace = scratch.pace;
  const programme = programmeOf(student);
  const { heldOutShare } = plan.suggestions;
  const heldOut = heldOutShare > 0 && holdOutOf(random, seed, student) < heldOutShare;

  reseed(random, seed, student, number * activitiesMax + headerStep);
  const taken = below(random, coursesPerStudent);
  const course = programmes[programme]!.courses[taken]!;
  const blocks = blocksRange[0] + below(random, blocksRange[1] - blocksRange[0] + 1);
  const answersPerBlock =
    answersPerBlockRange[0] + below(random, answersPerBlockRange[1] - answersPerBlockRange[0] + 1);
  const suggestion = uniform(random) < suggestionShare;
  const device = devices[below(random, devices.length)]!;
  const { offlineShare, offlineMs } = deliveryAt(world, start - world.start);
  const offline = uniform(random) < offlineShare;
  const waited = Math.round(offlineMs[0] + uniform(random) * (offlineMs[1] - offlineMs[0]));

  const cell = student * coursesPerStudent + taken;
  const practice = memory.practice[cell]!;
  memory.practice[cell] = practice + blocks * answersPerBlock;
  return {
    student,
    number,
    start,
    deliveredAt: offline ? start + waited : NaN,
    course: course.name,
    skill: course.skill,
    programme,
    device,
    pace,
    ability: abilityOf(random, seed, student, course.skill),
    practice,
    suggestion,
    heldOut,
    answersPerBlock,
    length: lengthOf(blocks, answersPerBlock, suggestion),
    experiment,
    stage,
    treated,
    botEveryMs: 0,
    position: 0,
    time: start,
  };
}

/** Stage in force at the student's first exposure; −1 while the experiment, or the student in it, has not begun. */
function firstStage(
  world: CampusWorld,
  memory: CampusMemory,
  random: RandomState,
  student: number,
  experiment: number,
  time: number,
): number {
  const { experiments } = world.plan;
  const cell = student * experiments.length + experiment;
  const known = memory.stages[cell]!;
  if (known >= 0) return known;
  const { stages, joinWithinMs } = experiments[experiment]!;
  const sinceMs = time - world.start;
  const joins = joiningOf(random, world.seed, student, experiment) * joinWithinMs;
  if (sinceMs < joins) return -1;
  let stage = -1;
  while (stage + 1 < stages.length && stages[stage + 1]!.fromMs <= sinceMs) stage += 1;
  memory.stages[cell] = stage;
  return stage;
}
