/** Plays a session: one activity a call, each drawn from a stream of its own. */
import { type Activity, feedbackNumber, outcomeNumber } from './activity.ts';
import { formats } from './curriculum.ts';
import { below, exponential, normal, type RandomState, reseed, uniform } from './random.ts';
import {
  abilityAfter,
  affinityAt,
  bestOf,
  completionProbability,
  correctProbability,
  outcomeProbability,
  ratingOf,
} from './response.ts';
import type { Session } from './session.ts';
import { activitiesMax, answersPerBlockRange, blocksRange, lengthOf } from './sessionShape.ts';
import { affinityOf, assignmentOf, lossOf } from './students.ts';
import type { CampusWorld } from './world.ts';

export type Emit = (activity: Activity) => void;

/** Time between two activities: lognormal around the median, divided by the student's pace; times `world.haste`. */
const gap = { medianMs: 35_000, spread: 0.5, minMs: 2_000, maxMs: 180_000 };
const outcomeDelayMaxMs = 3_600_000;
const feedbackDelay = { meanMs: 45_000, maxMs: 600_000 };
/** How long a bot takes for an answer. */
const botSeconds = 0.2;

/** Longest time from a session's start to the last event that it causes, ms. */
export function sessionMaxMs(world: CampusWorld): number {
  const activities = lengthOf(blocksRange[1], answersPerBlockRange[1], true);
  const played = activities * (gap.maxMs * world.haste + 1);
  return played + Math.max(outcomeDelayMaxMs, feedbackDelay.maxMs) + 2;
}

/** Hands out what happens at `session.position`, and moves the session on to its next activity. */
export function playActivity(
  world: CampusWorld,
  random: RandomState,
  session: Session,
  emit: Emit,
): void {
  const { position, time } = session;
  session.position = position + 1;
  reseed(random, world.seed, session.student, session.number * activitiesMax + position);
  if (session.botEveryMs > 0) {
    session.time = Math.round(session.start + (position + 1) * session.botEveryMs);
    const item = pick(world.exercises[session.skill]!, random);
    emit(happening({ type: 'answered', session, time, item, value: 1, seconds: botSeconds }));
    return;
  }
  const paced = (gap.medianMs * Math.exp(gap.spread * normal(random))) / session.pace;
  const bounded = Math.min(gap.maxMs, Math.max(gap.minMs, paced));
  const gapMs = Math.max(1, Math.round(bounded * world.haste));
  session.time = time + gapMs;
  if (position === 0) {
    if (session.stage >= 0) expose(world, random, session, time, emit);
  } else if (position === 1 && session.suggestion) {
    suggest(world, random, session, time, emit);
  } else {
    learn(world, random, session, time, Math.round(gapMs / 100) / 10, emit);
  }
}

interface Happening {
  readonly type: Activity['type'];
  readonly session: Session;
  readonly time: number;
  readonly number?: number;
  readonly item?: number;
  readonly value?: number;
  readonly probability?: number;
  readonly action?: number;
  readonly seconds?: number;
}

/** An activity whose absent parts are marked as such; its number is the position just left. */
function happening(given: Happening): Activity {
  return {
    type: given.type,
    session: given.session,
    number: given.number ?? given.session.position - 1,
    time: given.time,
    item: given.item ?? -1,
    value: given.value ?? NaN,
    probability: given.probability ?? NaN,
    action: given.action ?? -1,
    seconds: given.seconds ?? 0,
  };
}

/** The head of the bank is popular: item rank ∝ u^1.5. */
function pick(items: Int32Array, random: RandomState): number {
  return items[Math.floor(uniform(random) ** 1.5 * items.length)]!;
}

function expose(
  world: CampusWorld,
  random: RandomState,
  session: Session,
  time: number,
  emit: Emit,
): void {
  const experiment = world.plan.experiments[session.experiment]!;
  const delayMeanMs = experiment.outcomeDelayMeanMs[session.treated ? 1 : 0];
  const delay = 1 + Math.round(Math.min(outcomeDelayMaxMs, delayMeanMs * exponential(random)));
  const drawn = uniform(random);
  const own = assignmentOf(random, world.seed, session.student, -1 - session.experiment);
  const probability = outcomeProbability(experiment, own, session.treated);
  const lostShare = experiment.exposureLostShare[session.treated ? 1 : 0];
  const isLost =
    lostShare > 0 && lossOf(random, world.seed, session.student, session.experiment) < lostShare;
  if (!isLost) emit(happening({ type: 'exposure', session, time }));
  emit(
    happening({
      type: 'outcome',
      session,
      time: time + delay,
      number: outcomeNumber,
      value: drawn < probability ? 1 : 0,
      probability,
    }),
  );
}

function suggest(
  { plan }: CampusWorld,
  random: RandomState,
  session: Session,
  time: number,
  emit: Emit,
): void {
  const { rewards, learntShare } = plan.suggestions;
  const own = rewards[session.programme]!;
  const drawn = below(random, formats.length);
  const learns = learntShare > 0 && !session.heldOut;
  const action = learns && uniform(random) < learntShare ? bestOf(own) : drawn;
  const probability = own[action]!;
  const value = uniform(random) < probability ? 1 : 0;
  const waitMs = Math.min(feedbackDelay.maxMs, feedbackDelay.meanMs * exponential(random));
  emit(happening({ type: 'decision', session, time, action }));
  emit(
    happening({
      type: 'feedback',
      session,
      time: time + 1 + Math.round(waitMs),
      number: feedbackNumber,
      value,
      probability,
      action,
    }),
  );
}

/** One step of a block: `viewed`, the answers, `completed`, and `rated` in every second block. */
function learn(
  world: CampusWorld,
  random: RandomState,
  session: Session,
  time: number,
  seconds: number,
  emit: Emit,
): void {
  const answers = session.answersPerBlock;
  const played = session.position - 1 - (session.suggestion ? 2 : 1);
  const pair = Math.floor(played / (2 * answers + 5));
  const ofPair = played - pair * (2 * answers + 5);
  const second = ofPair >= answers + 2;
  const block = 2 * pair + (second ? 1 : 0);
  const step = second ? ofPair - (answers + 2) : ofPair;
  if (step > 0 && step <= answers) {
    const before = session.practice + block * answers + step - 1;
    answer(world, random, session, time, before, seconds, emit);
  } else {
    study(world, random, session, time, block, step - answers, seconds, emit);
  }
}

function answer(
  world: CampusWorld,
  random: RandomState,
  session: Session,
  time: number,
  before: number,
  seconds: number,
  emit: Emit,
): void {
  const { plan, items, start } = world;
  const item = pick(world.exercises[session.skill]!, random);
  const ability = abilityAfter(plan, session.ability, before);
  const probability = correctProbability(plan, items[item]!, ability, time - start);
  const value = uniform(random) < probability ? 1 : 0;
  emit(happening({ type: 'answered', session, time, item, value, probability, seconds }));
}

/** @param stage ≤ 0 viewed, 1 completed, 2 rated */
function study(
  world: CampusWorld,
  random: RandomState,
  session: Session,
  time: number,
  block: number,
  stage: number,
  seconds: number,
  emit: Emit,
): void {
  const { seed, plan, items, start } = world;
  const drawn = uniform(random);
  const noise = normal(random);
  reseed(random, seed ^ 0x626c_6f63, session.student, session.number * activitiesMax + block);
  const item = pick(world.materials[session.skill]!, random);
  if (stage <= 0) {
    emit(happening({ type: 'viewed', session, time, item, value: seconds, seconds }));
    return;
  }
  const { topic } = items[item]!;
  const liking = affinityOf(random, seed, session.student, topic);
  const affinity = affinityAt(plan, topic, liking, time - start);
  if (stage === 1) {
    const probability = completionProbability(affinity);
    const value = drawn < probability ? 1 : 0;
    emit(happening({ type: 'completed', session, time, item, value, probability, seconds }));
  } else {
    const value = ratingOf(affinity, noise);
    emit(happening({ type: 'rated', session, time, item, value, seconds }));
  }
}
