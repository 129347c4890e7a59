/**
 * Which of the keys that are judged at one moment are too unlikely, within a budget of false alarms per week.
 *
 * The Benjamini–Hochberg procedure is run over the keys at every bucket. When nothing happens it finds anything with at most the
 * probability of its level each time: so the level is the budget divided by the buckets of a week. When something does happen, so
 * small a part of what it finds is false. For keys that do not depend on one another, or do so positively.
 *
 * Source: Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001 on dependence.
 */
import { benjaminiHochberg } from '../../../stats/multiplicity/benjaminiHochberg.ts';

const weekMs = 604_800_000;
/** A level beyond is none. */
const levelMax = 0.5;

/** @param everyMs distance of the buckets */
export function levelOf(budgetPerWeek: number, everyMs: number): number {
  return Math.min(levelMax, (budgetPerWeek * everyMs) / weekMs);
}

/** @returns for each p-value whether it is too small */
export function rarest(pValues: readonly number[], level: number): boolean[] {
  return benjaminiHochberg(pValues).map((adjusted) => adjusted <= level);
}
