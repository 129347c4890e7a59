/** The triggers that a plan knows by name, the most pressing first: one line makes another available. */
import type { TriggerKind } from '../../../contracts/modelPlan.ts';
import { calibrationTrigger } from './calibration.ts';
import { driftTrigger } from './drift.ts';
import { fairnessTrigger } from './fairness.ts';
import { performanceTrigger } from './performance.ts';
import { scheduleTrigger } from './schedule.ts';
import type { Trigger } from './trigger.ts';
import { volumeTrigger } from './volume.ts';

/** Harm that is seen comes before harm that is likely, and that before what is merely new. */
export const triggers: readonly (readonly [TriggerKind, Trigger])[] = [
  ['performance', performanceTrigger],
  ['fairness', fairnessTrigger],
  ['calibration', calibrationTrigger],
  ['drift', driftTrigger],
  ['volume', volumeTrigger],
  ['schedule', scheduleTrigger],
];
