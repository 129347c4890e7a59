/** The catalogue: a line for each rule, in the order of areas and names. */
import type { InsightKind } from './insightKind.ts';
import { calibrationSlipped } from './kinds/calibration-slipped.ts';
import { championBehindShadow } from './kinds/champion-behind-shadow.ts';
import { driftThatMatters } from './kinds/drift-that-matters.ts';
import { eventsLate } from './kinds/events-late.ts';
import { fairnessGapWidened } from './kinds/fairness-gap-widened.ts';
import { labelCoverageFalling } from './kinds/label-coverage-falling.ts';
import { labelDelayGrowing } from './kinds/label-delay-growing.ts';
import { performanceDrop } from './kinds/performance-drop.ts';
import { performanceDropEstimated } from './kinds/performance-drop-estimated.ts';
import { predictionShift } from './kinds/prediction-shift.ts';
import { rangeBreak } from './kinds/range-break.ts';
import { retrainingWouldHelp } from './kinds/retraining-would-help.ts';
import { retrainingWouldNotHelp } from './kinds/retraining-would-not-help.ts';
import { schemaBreak } from './kinds/schema-break.ts';
import { sliceRegression } from './kinds/slice-regression.ts';
import { staleModel } from './kinds/stale-model.ts';
import { valuesMissing } from './kinds/values-missing.ts';

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
];
