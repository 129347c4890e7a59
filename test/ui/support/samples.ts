/** Series with a known course for the pictures: no clock, no chance. */
import type {
  EpochSeries,
  MetricPoint,
  ModelDetail,
  QualityPoint,
} from '../../../contracts/api.ts';

/** 2026-03-02 08:00 UTC, a Monday. */
export const start = Date.UTC(2026, 2, 2, 8);
const minuteMs = 60_000;

/** Looks irregular, is not random. */
function wobble(index: number): number {
  return Math.sin(index * 1.7) * 0.6 + Math.sin(index * 0.37 + 1) * 0.4;
}

/** Without an AUC in the third point: all outcomes were 1. */
export function qualityPoints(count = 48): QualityPoint[] {
  return Array.from({ length: count }, (_, i) => ({
    time: start + i * 30 * minuteMs,
    count: i === 2 ? 9 : 600 + Math.round(250 * wobble(i)),
    baseRate: i === 2 ? 1 : 0.63,
    auc: i === 2 ? null : 0.75 - 0.14 * Math.exp(-i / 9) + 0.01 * wobble(i),
    logLoss: 0.54 + 0.13 * Math.exp(-i / 9) - 0.006 * wobble(i),
    brier: 0.19,
    accuracy: 0.71,
    calibrationError: 0.03,
    withheld: false,
  }));
}

/** Around zero, so that a band which starts at zero would be seen. */
export function metricPoints(count = 48): MetricPoint[] {
  return Array.from({ length: count }, (_, i) => {
    const mean = 0.3 * Math.sin(i / 6);
    return {
      time: start + i * 15 * minuteMs,
      count: 80 + Math.round(60 * (1 + wobble(i))),
      sum: null,
      mean,
      deviation: 1,
      minimum: -3,
      maximum: 3,
      p50: mean - 0.02,
      p90: mean + 1.2,
      p99: mean + 2.3,
      withheld: false,
    };
  });
}

export const calibrationBins: ModelDetail['calibration'] = [
  [0.08, 0.11, 120],
  [0.22, 0.21, 900],
  [0.38, 0.35, 4_200],
  [0.52, 0.5, 9_000],
  [0.66, 0.67, 14_000],
  [0.81, 0.84, 9_800],
  [0.93, 0.94, 700],
].map(([predicted = 0, observed = 0, count = 0]) => {
  const half = 1.96 * Math.sqrt((observed * (1 - observed)) / count);
  return { predicted, observed, count, lower: observed - half, upper: observed + half };
});

export function epochPoints(count = 60): EpochSeries['points'] {
  return Array.from({ length: count }, (_, i) => ({
    time: start + i * minuteMs,
    epochs: 150,
    events: 12_000 + Math.round(3_000 * wobble(i)),
    eventsPerSecond: 200 + 50 * wobble(i),
    refused: 200 + Math.round(90 * wobble(i + 5)),
    late: 40 + Math.round(20 * wobble(i + 9)),
    duplicates: 110 + Math.round(50 * wobble(i + 2)),
    commitMsMedian: i === 30 ? null : 12 + 2 * wobble(i),
    commitMsP99: i === 30 ? null : 40 + 18 * wobble(i + 3),
    lagEvents: i === 31 ? 2_400 : i > 40 && i < 45 ? null : 40 + Math.round(30 * wobble(i)),
  }));
}
