/** The figures of prequential quality, from sums over windows and partitions. */
import type { ModelDetail, Quality } from '../contracts/api.ts';
import {
  type BinnedPredictions,
  calibrationCurve,
  calibrationError,
} from '../stats/calibration.ts';
import { binnedAuc } from '../stats/scoreBins.ts';
import { finite } from './metricPoint.ts';

/** Additive; see the table `model_quality`. */
export interface QualitySums {
  readonly count: number;
  readonly positives: number;
  readonly hits: number;
  /** Sum, nats. */
  readonly logLoss: number;
  /** Sum. */
  readonly brier: number;
  readonly positivesByBin: readonly number[];
  readonly negativesByBin: readonly number[];
  /** Sums of predicted probabilities. */
  readonly predictedByBin: readonly number[];
}

/** The same in SQL: of rows of `model_quality` as `q`, none of which is there twice. */
export const summedQuality = `toFloat64(sum(q.count)) AS count, toFloat64(sum(q.positives)) AS positives,
    toFloat64(sum(q.hits)) AS hits, sum(q.log_loss) AS logLoss, sum(q.brier) AS brier,
    sumForEach(q.positives_by_bin) AS positivesByBin,
    sumForEach(q.negatives_by_bin) AS negativesByBin,
    sumForEach(q.predicted_by_bin) AS predictedByBin`;

const nothing: QualitySums = {
  count: 0,
  positives: 0,
  hits: 0,
  logLoss: 0,
  brier: 0,
  positivesByBin: [],
  negativesByBin: [],
  predictedByBin: [],
};

/** @param sums absent: there were no predictions */
export function qualityOf(sums: QualitySums = nothing): Quality {
  const { count } = sums;
  return {
    count,
    baseRate: finite(sums.positives / count),
    auc: finite(binnedAuc(sums.positivesByBin, sums.negativesByBin)),
    logLoss: finite(sums.logLoss / count),
    brier: finite(sums.brier / count),
    accuracy: finite(sums.hits / count),
    calibrationError: finite(calibrationError(binned(sums))),
  };
}

/** Of several parts together; of none, nothing. */
export function addQuality(parts: readonly QualitySums[]): QualitySums {
  if (parts.length === 1) return parts[0]!;
  const add = (name: 'count' | 'positives' | 'hits' | 'logLoss' | 'brier') =>
    parts.reduce((sum, part) => sum + part[name], 0);
  return {
    count: add('count'),
    positives: add('positives'),
    hits: add('hits'),
    logLoss: add('logLoss'),
    brier: add('brier'),
    positivesByBin: total(parts.map((part) => part.positivesByBin)),
    negativesByBin: total(parts.map((part) => part.negativesByBin)),
    predictedByBin: total(parts.map((part) => part.predictedByBin)),
  };
}

/** The reliability curve of all the parts together. */
export function calibrationOf(parts: readonly QualitySums[]): ModelDetail['calibration'] {
  return calibrationCurve({
    positives: total(parts.map((part) => part.positivesByBin)),
    negatives: total(parts.map((part) => part.negativesByBin)),
    predicted: total(parts.map((part) => part.predictedByBin)),
  });
}

function binned(sums: QualitySums): BinnedPredictions {
  return {
    positives: sums.positivesByBin,
    negatives: sums.negativesByBin,
    predicted: sums.predictedByBin,
  };
}

function total(parts: readonly (readonly number[])[]): number[] {
  const sums: number[] = [];
  for (const part of parts) {
    for (let bin = 0; bin < part.length; bin += 1) sums[bin] = (sums[bin] ?? 0) + part[bin]!;
  }
  return sums;
}
