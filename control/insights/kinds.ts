/** The catalogue: a line for each rule, in the order of areas and names. */
import type { InsightKind } from './insightKind.ts';
import { actionDominated } from './kinds/action-dominated.ts';
import { actionStarved } from './kinds/action-starved.ts';
import { alertNoise } from './kinds/alert-noise.ts';
import { budgetBurn } from './kinds/budget-burn.ts';
import { calibrationSlipped } from './kinds/calibration-slipped.ts';
import { championBehindShadow } from './kinds/champion-behind-shadow.ts';
import { contextAddsNothing } from './kinds/context-adds-nothing.ts';
import { crossedUnits } from './kinds/crossed-units.ts';
import { deadLettersRising } from './kinds/dead-letters-rising.ts';
import { driftThatMatters } from './kinds/drift-that-matters.ts';
import { eventsLate } from './kinds/events-late.ts';
import { explorationCostly } from './kinds/exploration-costly.ts';
import { exposureStalled } from './kinds/exposure-stalled.ts';
import { fairnessGapWidened } from './kinds/fairness-gap-widened.ts';
import { guardrailHarmed } from './kinds/guardrail-harmed.ts';
import { holdoutMissing } from './kinds/holdout-missing.ts';
import { labelCoverageFalling } from './kinds/label-coverage-falling.ts';
import { labelDelayGrowing } from './kinds/label-delay-growing.ts';
import { nobodyTold } from './kinds/nobody-told.ts';
import { noveltyDecay } from './kinds/novelty-decay.ts';
import { pastHorizon } from './kinds/past-horizon.ts';
import { performanceDrop } from './kinds/performance-drop.ts';
import { performanceDropEstimated } from './kinds/performance-drop-estimated.ts';
import { pipelineLag } from './kinds/pipeline-lag.ts';
import { policyBehindControl } from './kinds/policy-behind-control.ts';
import { predictionShift } from './kinds/prediction-shift.ts';
import { rangeBreak } from './kinds/range-break.ts';
import { readyToDecide } from './kinds/ready-to-decide.ts';
import { releaseWaiting } from './kinds/release-waiting.ts';
import { retrainingWouldHelp } from './kinds/retraining-would-help.ts';
import { retrainingWouldNotHelp } from './kinds/retraining-would-not-help.ts';
import { sampleRatioMismatch } from './kinds/sample-ratio-mismatch.ts';
import { schemaBreak } from './kinds/schema-break.ts';
import { segmentHarmed } from './kinds/segment-harmed.ts';
import { sliceRegression } from './kinds/slice-regression.ts';
import { staleModel } from './kinds/stale-model.ts';
import { storageFilling } from './kinds/storage-filling.ts';
import { suppressionHides } from './kinds/suppression-hides.ts';
import { underpowered } from './kinds/underpowered.ts';
import { valuesMissing } from './kinds/values-missing.ts';
import { winnerForSegmentOnly } from './kinds/winner-for-segment-only.ts';

export const insightKinds: readonly InsightKind[] = [
  calibrationSlipped,
  championBehindShadow,
  fairnessGapWidened,
  performanceDrop,
  performanceDropEstimated,
  predictionShift,
  retrainingWouldHelp,
  retrainingWouldNotHelp,
  sliceRegression,
  staleModel,
  driftThatMatters,
  eventsLate,
  labelCoverageFalling,
  labelDelayGrowing,
  rangeBreak,
  schemaBreak,
  valuesMissing,
  crossedUnits,
  exposureStalled,
  guardrailHarmed,
  noveltyDecay,
  pastHorizon,
  readyToDecide,
  sampleRatioMismatch,
  segmentHarmed,
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
