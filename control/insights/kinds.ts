/** The catalogue: a line for each rule, in the order of areas and names. */
import type { InsightKind } from './insightKind.ts';
import { actionDominated } from './kinds/action-dominated.ts';
import { actionStarved } from './kinds/action-starved.ts';
import { alertNoise } from './kinds/alert-noise.ts';
import { budgetBurn } from './kinds/budget-burn.ts';
import { contextAddsNothing } from './kinds/context-adds-nothing.ts';
import { crossedUnits } from './kinds/crossed-units.ts';
import { deadLettersRising } from './kinds/dead-letters-rising.ts';
import { explorationCostly } from './kinds/exploration-costly.ts';
import { exposureStalled } from './kinds/exposure-stalled.ts';
import { guardrailHarmed } from './kinds/guardrail-harmed.ts';
import { holdoutMissing } from './kinds/holdout-missing.ts';
import { nobodyTold } from './kinds/nobody-told.ts';
import { noveltyDecay } from './kinds/novelty-decay.ts';
import { pastHorizon } from './kinds/past-horizon.ts';
import { pipelineLag } from './kinds/pipeline-lag.ts';
import { policyBehindControl } from './kinds/policy-behind-control.ts';
import { readyToDecide } from './kinds/ready-to-decide.ts';
import { releaseWaiting } from './kinds/release-waiting.ts';
import { sampleRatioMismatch } from './kinds/sample-ratio-mismatch.ts';
import { storageFilling } from './kinds/storage-filling.ts';
import { suppressionHides } from './kinds/suppression-hides.ts';
import { underpowered } from './kinds/underpowered.ts';
import { winnerForSegmentOnly } from './kinds/winner-for-segment-only.ts';

export const insightKinds: readonly InsightKind[] = [
  crossedUnits,
  exposureStalled,
  guardrailHarmed,
  noveltyDecay,
  pastHorizon,
  readyToDecide,
  sampleRatioMismatch,
  underpowered,
  winnerForSegmentOnly,
  actionDominated,
  actionStarved,
  contextAddsNothing,
  explorationCostly,
  holdoutMissing,
  policyBehindControl,
  alertNoise,
  budgetBurn,
  deadLettersRising,
  nobodyTold,
  pipelineLag,
  releaseWaiting,
  storageFilling,
  suppressionHides,
];
