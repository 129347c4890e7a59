/** The streaming statistics that pipelines, API and reference page know by name: a line makes another available. */
import type { Statistic } from '../contracts/statistic.ts';
import { adwinDrift } from './streaming/adwinDrift.ts';
import { anytimeQuantile } from './streaming/anytimeQuantile.ts';
import { asymptoticDifference } from './streaming/asymptoticDifference.ts';
import { betaBinomial } from './streaming/betaBinomial.ts';
import { bettingMean } from './streaming/bettingMean.ts';
import { classificationQuality } from './streaming/classificationQuality.ts';
import { clusterCorrelation } from './streaming/clusterCorrelation.ts';
import { cupedDifference } from './streaming/cupedDifference.ts';
import { ddmDrift } from './streaming/ddmDrift.ts';
import { designEProcess } from './streaming/designEProcess.ts';
import { driftingLimits } from './streaming/driftingLimits.ts';
import { eddmDrift } from './streaming/eddmDrift.ts';
import { empiricalBernsteinMean } from './streaming/empiricalBernsteinMean.ts';
import { estimatedPerformance } from './streaming/estimatedPerformance.ts';
import { extremeLimits } from './streaming/extremeLimits.ts';
import { groupFairness } from './streaming/groupFairness.ts';
import { hddmADrift } from './streaming/hddmADrift.ts';
import { hddmWDrift } from './streaming/hddmWDrift.ts';
import { jensenShannonDivergence } from './streaming/jensenShannonDivergence.ts';
import { kswinDrift } from './streaming/kswinDrift.ts';
import { labelBets } from './streaming/labelBets.ts';
import { labelDelay } from './streaming/labelDelay.ts';
import { labelOutcomes } from './streaming/labelOutcomes.ts';
import { meanVariance } from './streaming/meanVariance.ts';
import { mixtureSprt } from './streaming/mixtureSprt.ts';
import { normalComparison } from './streaming/normalComparison.ts';
import { normalMixtureMean } from './streaming/normalMixtureMean.ts';
import { numberProfile } from './streaming/numberProfile.ts';
import { pageHinkleyDrift } from './streaming/pageHinkleyDrift.ts';
import { pairedLosses } from './streaming/pairedLosses.ts';
import { populationStabilityIndex } from './streaming/populationStabilityIndex.ts';
import { predictionLosses } from './streaming/predictionLosses.ts';
import { predictionQuality } from './streaming/predictionQuality.ts';
import { proportion } from './streaming/proportion.ts';
import { quantiles } from './streaming/quantiles.ts';
import { rankingQuality } from './streaming/rankingQuality.ts';
import { ratioDifference } from './streaming/ratioDifference.ts';
import { regressionQuality } from './streaming/regressionQuality.ts';
import { rightHaarDifference } from './streaming/rightHaarDifference.ts';
import { runningMean } from './streaming/runningMean.ts';
import { sampleRatioTest } from './streaming/sampleRatioTest.ts';
import { textProfile } from './streaming/textProfile.ts';
import { wassersteinDistance } from './streaming/wassersteinDistance.ts';

export const statistics: ReadonlyMap<string, Statistic> = new Map(
  [
    meanVariance,
    quantiles,
    proportion,
    bettingMean,
    empiricalBernsteinMean,
    runningMean,
    normalMixtureMean,
    anytimeQuantile,
    designEProcess,
    labelBets,
    asymptoticDifference,
    mixtureSprt,
    rightHaarDifference,
    cupedDifference,
    ratioDifference,
    betaBinomial,
    normalComparison,
    sampleRatioTest,
    clusterCorrelation,
    predictionQuality,
    predictionLosses,
    pairedLosses,
    estimatedPerformance,
    classificationQuality,
    regressionQuality,
    rankingQuality,
    groupFairness,
    labelDelay,
    labelOutcomes,
    extremeLimits,
    driftingLimits,
    adwinDrift,
    pageHinkleyDrift,
    kswinDrift,
    ddmDrift,
    eddmDrift,
    hddmADrift,
    hddmWDrift,
    populationStabilityIndex,
    jensenShannonDivergence,
    wassersteinDistance,
    numberProfile,
    textProfile,
  ].map((statistic) => [statistic.name, statistic]),
);
