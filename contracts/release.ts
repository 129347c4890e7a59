/** A release: a version on its way from shadow to champion, or out. As it is recorded after each of its steps. */
import { z } from 'zod';
import { VersionName } from './modelVersion.ts';

/** `shadow`: it predicts beside the champion and serves nobody. `canary`: it serves a share. The others are ends. */
export const releasePhases = ['shadow', 'canary', 'promoted', 'withdrawn', 'aborted'] as const;
export type ReleasePhase = (typeof releasePhases)[number];

/** Brier score of the version less the champion's, over the same predictions; below 0 it is better. */
export const PairedEvidence = z.strictObject({
  /** Labelled predictions. */
  count: z.number().int().min(0),
  mean: z.number().nullable(),
  /** Valid at all times together. */
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** ln of the e-values of "it is no better", and of "it is no worse". */
  lnBetter: z.number(),
  lnWorse: z.number(),
});
export type PairedEvidence = z.infer<typeof PairedEvidence>;

/** What happened to the users who were served by it, less the others': of first outcomes in a stage. */
export const ArmEvidence = z.strictObject({
  users: z.number().int().min(0),
  others: z.number().int().min(0),
  difference: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  lnWorse: z.number(),
});
export type ArmEvidence = z.infer<typeof ArmEvidence>;

export const ReleaseEvidence = z.strictObject({
  paired: PairedEvidence,
  /** null in shadow. */
  arms: ArmEvidence.nullable(),
});
export type ReleaseEvidence = z.infer<typeof ReleaseEvidence>;

export const ReleaseStep = z.strictObject({
  /** ms since 1970. */
  at: z.number(),
  actor: z.string(),
  /** What was done and why. */
  sentence: z.string(),
  phase: z.enum(releasePhases),
  share: z.number().min(0).max(1),
  /** On which it rests; null of what people did. */
  evidence: ReleaseEvidence.nullable(),
});
export type ReleaseStep = z.infer<typeof ReleaseStep>;

export const Release = z.strictObject({
  id: z.string().min(1).max(64),
  version: VersionName,
  /** The champion that it would replace. */
  against: VersionName,
  phase: z.enum(releasePhases),
  /** Of the canary's steps; −1 before. */
  step: z.number().int().min(-1),
  /** Of users who are served by it. */
  share: z.number().min(0).max(1),
  /** Since when it is in this step, ms since 1970. */
  since: z.number(),
  /** Somebody has halted it: it goes on serving whom it serves, and goes no further; harm still ends it. */
  paused: z.boolean(),
  /** What somebody must agree to; null when nothing. */
  awaits: z.enum(['canary', 'champion']).nullable(),
  /** The oldest first. */
  steps: z.array(ReleaseStep),
});
export type Release = z.infer<typeof Release>;

/** What people do with a release under way. */
export const releaseMoves = ['pause', 'resume', 'abort', 'approve'] as const;
export type ReleaseMoveName = (typeof releaseMoves)[number];
