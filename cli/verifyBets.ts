/** The bets of a decision certificate, and what they believe of a metric before its first outcome: nothing from the engine. */
export interface Believing {
  design: {
    metrics: {
      definition: { key: string };
      baseline?: { mean: number; deviation?: number; units: number };
    }[];
  };
  scales: Record<string, { kind: string; bins: number; least: number; largest: number }>;
}
/** Fixed for all experiments: effects are spread as |T| of Student's t, 3 degrees of freedom. */
export const effects = Array.from({ length: 16 }, (_, j) => 0.003 * 300 ** (j / 15));
const raw = effects.map((size) => size / (1 + (size / 0.08) ** 2 / 3) ** 2);
export const weights = raw.map((each) => each / raw.reduce((sum, other) => sum + other, 0));
/** Without a baseline, and of ranks. */
export const grid = { mean: 0.5, deviation: 0.5, weight: 10 };
export const rank = { mean: 0.65, deviation: 0.08, weight: 10 };

/** The baseline of the design, on the scale from 0 to 1. */
export function beliefOf({ design, scales }: Believing, metric: string): typeof grid {
  const { kind, bins, least, largest } = scales[metric]!;
  const baseline = design.metrics.find(({ definition: { key } }) => key === metric)?.baseline;
  if (kind === 'rank' || baseline === undefined) return kind === 'rank' ? rank : grid;
  const mean = Math.max(0, Math.min((baseline.mean - least) / (largest - least), 1));
  const told = bins > 2 ? baseline.deviation : undefined;
  const deviation = told === undefined ? Math.sqrt(mean * (1 - mean)) : told / (largest - least);
  return { mean, deviation: Math.max(deviation, 0.001), weight: baseline.units };
}
