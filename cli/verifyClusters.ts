/**
 * The clusters of a decision certificate computed again: which are complete, their figures, and the exact sequential t-test on
 * them. Shares nothing with the engine, as `verifyCertificate`.
 */
type Row = { metric: string; variant: number; stage: number; cluster: string; day: number };
type Scale = { numeratorPerUnit: number; denominatorPerUnit: number };
type Stage = { number: number; weights: number[] };
type Design = { stages: Stage[]; variants: { key: string }[]; control: string; alpha: number };
export interface Clustered {
  design: Design & { plannedClusters?: number; gatherDays?: number };
  counts: { clusters: (Row & { sums: string[] })[]; clusterDays: Record<string, number> };
  scales: Record<string, Scale>;
}
interface Told {
  variant: string;
  lnE: { either: number; higher: number; lower: number };
  effect: { low: number | null; high: number | null };
}
/** Where the design says nothing else. */
export const clusterDefaults = { plannedClusters: 40, gatherDays: 7 };
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** Half the interval in standard errors, by r = g / (g + information). */
function radiusAt(share: number, freedom: number, alpha: number): number {
  const root = (share * alpha * alpha) ** (1 / (freedom + 1));
  return root > share ? Math.sqrt((freedom * (1 - root)) / (root - share)) : Infinity;
}

/** g with which the interval is shortest at the planned clusters: thirds of ln r are left out until the best is left. */
function precisionOf(units: number, treated: number, alpha: number): number {
  let [low, high] = [-60, (2 * Math.log(alpha)) / (units - 2)];
  for (let round = 0; round < 150; round += 1) {
    const third = (high - low) / 3;
    const [left, right] = [low + third, high - third];
    const radii = [left, right].map((ln) => radiusAt(Math.exp(ln), units - 2, alpha));
    if (radii[0]! < radii[1]!) high = right;
    else low = left;
  }
  const share = Math.exp((low + high) / 2);
  return (units * treated * (1 - treated) * share) / (1 - share);
}

/** P(T > t) of Student's distribution, by Simpson's rule in the angle of t. */
function tail(t: number, freedom: number): number {
  const area = (from: number) => {
    const width = (Math.PI / 2 - from) / 4_000;
    const value = (i: number) => Math.cos(from + i * width) ** (freedom - 1);
    const parts = Array.from({ length: 2_000 }, (_, i) => {
      return value(2 * i) + 4 * value(2 * i + 1) + (i === 1_999 ? 0 : value(2 * i + 2));
    });
    return (sum(parts) * width) / 3;
  };
  return area(Math.atan(t / Math.sqrt(freedom))) / area(-Math.PI / 2);
}

/** By stage and arm the figures of the complete clusters, without such as came on a day too late. */
function figuresOf({ design, counts, scales }: Clustered, metric: string, arm: number) {
  const { numeratorPerUnit, denominatorPerUnit } = scales[metric]!;
  const rows = counts.clusters.filter((row) => row.metric === metric && row.variant === arm);
  const names = new Set(rows.map(({ stage, cluster }) => `${stage} ${cluster}`));
  return [...names].flatMap((name) => {
    const own = rows.filter(({ stage, cluster }) => `${stage} ${cluster}` === name);
    const last =
      Math.min(...own.map(({ day }) => day)) + (design.gatherDays ?? clusterDefaults.gatherDays);
    const members = own.filter(({ day }) => day <= last);
    const [n, d] = [0, 1].map((at) => sum(members.map(({ sums }) => Number(sums[at]))));
    const figure = n! / numeratorPerUnit / (d! / denominatorPerUnit);
    return last < (counts.clusterDays[metric] ?? 0) && d !== 0
      ? [{ stage: own[0]!.stage, figure }]
      : [];
  });
}

/** What the clusters say of a variant; undefined where they are too few to say anything. */
function clusterEvidence(c: Clustered, metric: string, variant: string) {
  const { stages, variants, control, alpha } = c.design;
  const { plannedClusters } = { ...clusterDefaults, ...c.design };
  const places = [control, variant].map((key) => variants.findIndex((each) => each.key === key));
  const both = stages
    .map(({ number, weights }) => ({ number, shares: places.map((at) => weights[at] ?? 0) }))
    .filter(({ shares }) => shares.every((share) => share > 0));
  const arms = places.map((arm) => figuresOf(c, metric, arm));
  let [freedom, squares] = [-1, 0];
  const blocks = both.map(({ number }) => {
    const figures = arms.map((arm) => arm.filter(({ stage }) => stage === number));
    const values = figures.map((arm) => arm.map(({ figure }) => figure));
    const means = values.map((arm) => sum(arm) / arm.length);
    const units = sum(values.map((arm) => arm.length));
    if (units > 0) freedom += units - 1;
    squares += sum(values.flatMap((arm, i) => arm.map((value) => (value - means[i]!) ** 2)));
    const pairs = values.every((arm) => arm.length > 0)
      ? (values[0]!.length * values[1]!.length) / units
      : 0;
    return { pairs, difference: pairs > 0 ? means[1]! - means[0]! : 0 };
  });
  const information = sum(blocks.map(({ pairs }) => pairs));
  const effect = sum(blocks.map(({ pairs, difference }) => pairs * difference)) / information;
  squares += sum(blocks.map(({ pairs, difference }) => pairs * (difference - effect) ** 2));
  if (!(freedom > 0 && information > 0 && squares > 0)) return undefined;
  const [other, own] = both[0]!.shares as [number, number];
  const planned = Math.max(4, plannedClusters * (own + other));
  const precision = precisionOf(planned, own / (own + other), alpha);
  const share = precision / (precision + information);
  const error = Math.sqrt(squares / freedom / information);
  const t = effect / error;
  const bayes =
    (Math.log(share) + (freedom + 1) * Math.log((freedom + t * t) / (freedom + share * t * t))) / 2;
  const side = (sign: number) => {
    const scaled = sign * t * Math.sqrt(((1 - share) * (freedom + 1)) / (freedom + share * t * t));
    return bayes + Math.log(2 * tail(-scaled, freedom + 1));
  };
  const half = radiusAt(share, freedom, alpha) * error;
  const lnE = { either: bayes, higher: side(1), lower: side(-1) };
  return { lnE, low: effect - half, high: effect + half };
}

/** @returns findings: whether the e-values are right, and the interval */
export function checkClusters(c: Clustered, metric: string, told: Told, name: string) {
  const { lnE, effect } = told;
  const found = clusterEvidence(c, metric, told.variant);
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
  const right = found?.lnE ?? { either: 0, higher: 0, lower: 0 };
  const isSame = (end: number | undefined, shown: number | null) =>
    end === undefined || !Number.isFinite(end) ? shown === null : close(end, shown ?? NaN);
  const isRight = (['either', 'higher', 'lower'] as const).every((side) => {
    return close(right[side], lnE[side]);
  });
  const isWhole = isSame(found?.low, effect.low) && isSame(found?.high, effect.high);
  return [
    { good: isRight, sentence: `${name}: the e-values are right.` },
    { good: isWhole, sentence: `${name}: the interval leaves out only what is rejected.` },
  ];
}
