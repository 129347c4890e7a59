/** What happens in a session: one record of it, with the probability by which its value was drawn. */
import type { Session } from './session.ts';

/**
 * The event types and what `value` means.
 *
 * | type | value |
 * | --- | --- |
 * | `viewed` | seconds spent on a video or a reading; 0 when it is a reload |
 * | `answered` | 1 right, 0 wrong |
 * | `completed` | 1 finished, 0 given up |
 * | `rated` | 1 … 5 |
 * | `exposure` | none; arm, probability and stage stand in `context` |
 * | `outcome` | 1 or 0: the experiment's metric, once after each exposure |
 * | `decision` | none; the AI tutor suggested `context.action` with `context.probability` |
 * | `feedback` | 1 helpful, 0 not; the field `decision` says to which suggestion |
 */
export const activityTypes = [
  'viewed',
  'answered',
  'completed',
  'rated',
  'exposure',
  'outcome',
  'decision',
  'feedback',
] as const;
export type ActivityType = (typeof activityTypes)[number];

export interface Activity {
  readonly type: ActivityType;
  readonly session: Session;
  /** Within the session, 0 … 1022. */
  readonly number: number;
  /** ms since 1970, an integer. */
  readonly time: number;
  /** Index in the item bank; −1 when none. */
  readonly item: number;
  /** NaN when the event has none. */
  readonly value: number;
  /** Probability that `value` is 1, by which it was drawn; NaN where no such model is. */
  readonly probability: number;
  /** Index in `formats` of the suggestion; −1 when none. */
  readonly action: number;
  /** Seconds spent, ≥ 0. */
  readonly seconds: number;
}

/** Numbers of the two activities that come later than a session's order says. */
export const outcomeNumber = 60;
export const feedbackNumber = 61;
/** The reloads that a burst adds are numbered from here, 15 for each activity. */
export const reloadNumber = 64;
export const reloadsMax = 15;
