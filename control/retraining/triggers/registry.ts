/** The triggers that a plan knows by name, the most pressing first: one line makes another available. */
import type { TriggerKind } from '../../../contracts/modelPlan.ts';
import { calibrationTrigger } from './calibration.ts';
import { driftTrigger } from './drift.ts';
import { fairnessTrigger } from './fairness.ts';
import { performanceTrigger } from './performance.ts';
import { scheduleTrigger } from './schedule.ts';
import type { Trigger } from './trigger.ts';
import { volumeTrigger } from './volume.ts';

/** What does harm now: it is not waited for until a version that serves nobody yet has been judged. */
export const pressing: ReadonlySet<string> = new Set<TriggerKind>([
  'performance',
  'fairness',
  'calibration',
  'drift',
]);

/** Harm that is seen comes before harm that is likely, and that before what is merely new. */
export const triggers: readonly (readonly [TriggerKind, Trigger])[] = [
  ['performance', performanceTrigger],
  ['fairness', fairnessTrigger],
  ['calibration', calibrationTrigger],
  ['drift', driftTrigger],
  ['volume', volumeTrigger],
  ['schedule', scheduleTrigger],
];
