/** An alert and its course as tests and pictures use them: no clock, no chance. */
import type { Alert, JudgedReading } from '../../contracts/alert.ts';

/** 2026-03-02 08:00 UTC, a Monday. */
const start = Date.UTC(2026, 2, 2, 8);
const widthMs = 300_000;

/** Eight hours of readings: the values fall to under a half from the 70th to the 82nd; the 21st bucket has none. */
export function alertReadings(count = 96): JudgedReading[] {
  return Array.from({ length: count }, (_, i) => {
    const expected = 120 + 60 * Math.sin(i / 11);
    const noise = 9 * (Math.sin(i * 1.7) + Math.sin(i * 0.37 + 1));
    const isBad = i >= 70 && i < 82;
    const value = i === 20 ? null : (isBad ? 0.45 : 1) * expected + noise;
    return {
      start: start + i * widthMs,
      end: start + (i + 1) * widthMs,
      value,
      count: value === null ? 0 : 30,
      expected,
      lower: expected - 28,
      upper: expected + 28,
      score: value === null ? null : (value - expected) / 14,
      pValue: value === null ? null : isBad ? 1e-6 : 0.4,
    };
  });
}

export function alertSample(change: Partial<Alert> = {}): Alert {
  const readings = alertReadings();
  return {
    id: 'attempts-0001',
    watch: 'attempts',
    watchName: 'Attempts at exercises',
    lane: 'ingest',
    severity: 'high',
    key: [],
    state: 'firing',
    headline: 'Attempts at exercises fell to 45 % of what is usual.',
    direction: 'fall',
    since: readings[70]!.start,
    noticedAt: readings[70]!.end,
    firedAt: readings[71]!.end,
    resolvedAt: null,
    ending: null,
    worst: readings[75]!,
    latest: readings[77]!,
    flaps: 1,
    isFlapping: false,
    incident: 'attempts-0001',
    owner: null,
    acknowledgedAt: null,
    note: '',
    mutedBy: null,
    explanation: {
      contributions: [
        { name: 'Germany', value: 12, expected: 60, share: 0.62 },
        { name: 'France', value: 20, expected: 40, share: 0.26 },
      ],
      nearby: [
        {
          at: readings[69]!.start,
          until: null,
          kind: 'deployment',
          subject: 'tutor',
          sentence: 'The tutor was deployed',
        },
      ],
      similar: [],
    },
    revision: 2,
    changedAt: start + 90 * widthMs,
    ...change,
  };
}

export function resolvedSample(change: Partial<Alert> = {}): Alert {
  const resolvedAt = alertReadings()[81]!.end;
  return alertSample({
    state: 'resolved',
    resolvedAt,
    ending: 'recovered',
    revision: 3,
    ...change,
  });
}
