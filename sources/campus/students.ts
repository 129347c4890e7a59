/**
 * Who studies: what a student is, as a function of seed and number alone, so that nothing of it is stored.
 *
 * Each trait is drawn from a stream of its own; a campus with more students has the same first ones.
 */
import { chronotypes } from './calendar.ts';
import { classSize, programmes } from './curriculum.ts';
import { below, normal, type RandomState, reseed, uniform } from './random.ts';

/** Spread of ability at the first practice: what all skills of a student share, and what is of one skill, in logits. */
export const abilitySpread = { shared: 0.6, own: 0.6 } as const;
/** σ of the logarithm of diligence; its mean is 1. */
export const diligenceSpread = 0.4;
/** σ of the logarithm of pace; its median is 1. */
export const paceSpread = 0.3;

export interface Traits {
  /** Index in `chronotypes`. */
  chronotype: number;
  /** Sessions relative to the mean student, mean 1. */
  diligence: number;
  /** Speed of work, median 1: gaps between activities are divided by it. */
  pace: number;
}

export function classOf(student: number): number {
  return Math.floor(student / classSize);
}

/** Index in `programmes`. */
export function programmeOf(student: number): number {
  return classOf(student) % programmes.length;
}

/** @param traits overwritten */
export function readTraits(
  random: RandomState,
  seed: number,
  student: number,
  traits: Traits,
): void {
  reseed(random, seed ^ 0x7472_6169, student, 0);
  traits.chronotype = below(random, chronotypes.length);
  traits.diligence = Math.exp(diligenceSpread * normal(random) - diligenceSpread ** 2 / 2);
  traits.pace = Math.exp(paceSpread * normal(random));
}

/** Ability before any practice, in logits: normal(0, 0.85). */
export function abilityOf(
  random: RandomState,
  seed: number,
  student: number,
  skill: number,
): number {
  reseed(random, seed ^ 0x6162_696c, student, 0);
  const shared = normal(random);
  reseed(random, seed ^ 0x6162_696c, student, 1 + skill);
  return abilitySpread.shared * shared + abilitySpread.own * normal(random);
}

/** Liking of a topic before any drift: normal(0, 1). */
export function affinityOf(
  random: RandomState,
  seed: number,
  student: number,
  topic: number,
): number {
  reseed(random, seed ^ 0x7461_7374, student, topic);
  return normal(random);
}

/** When a student joins an experiment, as a share of its joining time. */
export function joiningOf(
  random: RandomState,
  seed: number,
  student: number,
  experiment: number,
): number {
  reseed(random, seed ^ 0x6a6f_696e, student, experiment);
  return uniform(random);
}

/** The number in [0, 1) that decides whether a student's exposures are lost: when it is below the arm's share. */
export function lossOf(
  random: RandomState,
  seed: number,
  student: number,
  experiment: number,
): number {
  reseed(random, seed ^ 0x6c6f_7373, student, experiment);
  return uniform(random);
}

/** The number in [0, 1) that decides whether a student is held out of learnt suggestions: when it is below the share. */
export function holdOutOf(random: RandomState, seed: number, student: number): number {
  reseed(random, seed ^ 0x686f_6c64, student, 0);
  return uniform(random);
}

/** The number in [0, 1) that decides a student's arm: treated when it is below the probability in force. */
export function assignmentOf(
  random: RandomState,
  seed: number,
  student: number,
  experiment: number,
): number {
  reseed(random, seed ^ 0x6578_7065, student, experiment);
  return uniform(random);
}
