/**
 * Computes a decision certificate again, without the engine: all arithmetic stands here and in the two files beside it, for a
 * stranger to write anew.
 */
import { createHash } from 'node:crypto';
import { type DesignedAssignment, designShares } from './designShares.ts';
import { type Believing, beliefOf, effects, grid, rank, weights } from './verifyBets.ts';
import { type Clustered, checkClusters, clusterDefaults } from './verifyClusters.ts';

type Row = { metric: string; variant: number; stage: number; period: number; units: number };
type Outcomes = Row & { bins: [bin: number, units: number][]; sums: string[] };
type LnE = { either: number; higher: number; lower: number };
type Compared = { variant: string; method: string; lnE: LnE; decided: boolean; direction: string };
type Comparison = Compared & { effect: { low: number | null; high: number | null } };
type Metric = { metric: string; role: string; comparisons: Comparison[] };
type Assigned = { stage: number; units: number[] };
type Scale = Believing['scales'][string] & Clustered['scales'][string] & { direction: string };
type Design = DesignedAssignment & Clustered['design'] & Believing['design'];
type Cell = { treated: boolean; share: number; points: [outcome: number, units: number][] };
type Believed = Cell & { centre: number; deviation: number };
export interface Certificate extends Clustered {
  hash: string;
  designHash: string;
  design: Design & { minimumEffect: number };
  probabilities?: { stage: number; shares: number[] }[];
  counts: Clustered['counts'] & { assigned: Assigned[]; outcomes: Outcomes[] };
  scales: Record<string, Scale>;
  bets: unknown;
  evidence: Metric[];
  sampleRatio: { lnE: number };
  hold: unknown;
  verdict: { word: string; variant: string | null };
}
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
const hashOf = (value: unknown) => createHash('sha256').update(canonical(value)).digest('hex');

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

function lnMean(logs: number[], weights = logs.map(() => 1)): number {
  const top = Math.max(...logs);
  const parts = logs.map((log, i) => weights[i]! * Math.exp(log - top));
  return top + Math.log(sum(parts) / sum(weights));
}

const ratioConcentrations = [100, 1_000, 10_000];
const bets = { effects, weights, grid, rank, ratioConcentrations, ...clusterDefaults };
const rounded = (_: string, value: unknown) =>
  typeof value === 'number' ? value.toFixed(9) : value;
const digits = (value: unknown) => canonical(JSON.parse(JSON.stringify(value, rounded)));
/** What the evidence rests on; before certificates said so, it was the weights. */
const sharesIn = ({ design, probabilities }: Certificate, stage: number) =>
  probabilities === undefined
    ? design.stages.find(({ number }) => number === stage)!.weights
    : probabilities.find((each) => each.stage === stage)!.shares;

/** Whether the probabilities are those with which the hash of the design draws. */
function areDrawn({ design, probabilities }: Certificate): boolean {
  const drawn = designShares(design);
  return (probabilities ?? []).every(({ stage, shares }) => {
    const own = drawn[design.stages.findIndex(({ number }) => number === stage)] ?? [];
    return own.length === shares.length && own.every((share, i) => close(share, shares[i]!));
  });
}

/** Cells of both arms, with what the periods before each let believe of it. */
function cellsOf(c: Certificate, metric: string, variant: string): Believed[] {
  const { bins } = c.scales[metric]!;
  const belief = beliefOf(c, metric);
  const place = (wanted: string) => c.design.variants.findIndex(({ key }) => key === wanted);
  const [own, control] = [place(variant), place(c.design.control)];
  const cells = c.counts.outcomes
    .filter((row) => row.metric === metric && [own, control].includes(row.variant))
    .map(({ stage, period, variant: arm, bins: counts }) => {
      const [w, v] = [own, control].map((at) => sharesIn(c, stage)[at] ?? 0) as [number, number];
      const points = counts.map(([bin, units]): [number, number] => [bin / (bins - 1), units]);
      return { period, treated: arm === own, share: w / (w + v), points };
    })
    .filter(({ share }) => share > 0 && share < 1);
  return cells.map((cell) => {
    const before = cells.filter(({ period }) => period < cell.period);
    const moment = (power: number, arm?: boolean) => {
      const counted = before.filter(({ treated }) => arm === undefined || treated === arm);
      return sum(counted.flatMap(({ points }) => points.map(([y, units]) => units * y ** power)));
    };
    const worth = belief.weight + moment(0);
    const mean = (belief.weight * belief.mean + moment(1)) / worth;
    const square = belief.weight * (belief.deviation ** 2 + belief.mean ** 2) + moment(2);
    const variance = Math.max(square / worth - mean * mean, 1e-12);
    const ofArm = (arm: boolean) => (100 * mean + moment(1, arm)) / (100 + moment(0, arm));
    const centre = (1 - cell.share) * ofArm(true) + cell.share * ofArm(false);
    const deviation = 2 ** (Math.round(2 * Math.log2(variance)) / 4);
    return { ...cell, centre: Math.round(256 * centre) / 256, deviation };
  });
}

/** ln e of one side. @param effect hypothesis, where outcomes are in [0, 1] */
function lnE(cells: Believed[], sign: number, isDesign: boolean, effect = 0): number {
  const gain = (size: number, { treated, share, points, centre, deviation }: Believed) => {
    const [weight, noise] = [treated ? 1 / share : -1 / (1 - share), share * (1 - share)];
    const worst = sign === 1 ? centre : 1 - centre;
    const most = 0.9 / (1 + Math.max(worst / share, (1 - worst) / (1 - share)));
    const bet = sign * Math.min((size * noise) / deviation, most);
    const factor = (y: number) => {
      if (isDesign) return 1 + bet * (weight * (y - centre) - effect);
      const odds = Math.expm1(sign * size * Math.max(-4, Math.min((y - centre) / deviation, 4)));
      const stake = (noise * odds) / (share * odds + 1);
      return 1 + weight * Math.max(-0.99 * share, Math.min(stake, 0.99 * (1 - share)));
    };
    return sum(points.map(([y, units]) => units * Math.log(factor(y))));
  };
  return lnMean(
    effects.map((size) => sum(cells.map((cell) => gain(size, cell)))),
    weights,
  );
}

function lnSampleRatio(c: Certificate): number {
  const rising = (from: number, count: number) =>
    sum(Array.from({ length: count }, (_, i) => Math.log(from + i)));
  const factor = (prior: number, { stage, units }: Assigned) => {
    const design = sharesIn(c, stage);
    const parts = units.map((count, i) => {
      const share = (design[i] ?? 0) / sum(design);
      return share > 0 ? rising(prior * share, count) - count * Math.log(share) : 0;
    });
    return sum(parts) - rising(prior, sum(units));
  };
  const stages = c.counts.assigned;
  const logs = ratioConcentrations.map((p) => sum(stages.map((each) => factor(p, each))));
  return lnMean(logs);
}

/** The direction that is decided, by the rule of the metric's role. */
function directionOf(c: Certificate, { metric, role }: Metric, { lnE: e }: Comparison): string {
  const ofRole = c.evidence.filter((each) => each.role === role).flatMap((m) => m.comparisons);
  const all = ofRole.map((each) => each.lnE.either).sort((a, b) => b - a);
  const { alpha } = c.design;
  const eBH = all.findLast((each, i) => each >= Math.log(all.length / ((i + 1) * alpha)));
  const isGuardrail = role === 'guardrail';
  const needed = isGuardrail ? -Math.log(alpha) : Math.log(all.length / alpha);
  const threshold = role === 'secondary' ? (eBH ?? Infinity) : needed;
  if ((isGuardrail ? Math.max(e.higher, e.lower) : e.either) < threshold) return 'open';
  return e.higher > e.lower === (c.scales[metric]!.direction === 'increase') ? 'good' : 'bad';
}

/** The word that follows from the decisions, and the variants that may be shipped. */
function verdictOf({ evidence, design, sampleRatio, scales }: Certificate): [string, string[]] {
  const isBad = ({ direction }: Comparison) => direction === 'bad';
  const ofRole = (wanted: string) => evidence.filter(({ role }) => role === wanted);
  if (sampleRatio.lnE >= Math.log(1000)) return ['invalid', []];
  if (ofRole('guardrail').some(({ comparisons }) => comparisons.some(isBad))) return ['stop', []];
  const variants = design.variants.map(({ key }) => key).filter((key) => key !== design.control);
  const isUp = scales[ofRole('primary')[0]?.metric ?? '']?.direction === 'increase';
  const words = variants.map((key) => {
    const own = ofRole('primary').flatMap((m) => m.comparisons.filter((o) => o.variant === key));
    if (own.some(isBad)) return 'stop';
    if (own.some(({ direction }) => direction === 'good')) return 'ship';
    const best = isUp ? own[0]?.effect.high : own[0]?.effect.low;
    const isFutile = typeof best === 'number' && (isUp ? best : -best) < design.minimumEffect;
    return isFutile ? 'stop' : 'keep running';
  });
  if (words.includes('ship')) return ['ship', variants.filter((_, i) => words[i] === 'ship')];
  return [words.every((word) => word === 'stop') ? 'stop' : 'keep running', []];
}

/** @returns what was checked, a sentence each; the certificate holds when all are good */
export function verifyCertificate(c: Certificate): { good: boolean; sentence: string }[] {
  const findings: { good: boolean; sentence: string }[] = [];
  const tell = (good: boolean, sentence: string) => findings.push({ good, sentence });
  const { hash, ...body } = c;
  const rejected = Math.log(1.999 / c.design.alpha);
  tell(hashOf(body) === hash && hashOf(c.design) === c.designHash, 'The hashes fit the contents.');
  const adds = c.counts.outcomes.every(({ metric, units, bins, sums }) => {
    const ones = sum(bins.map(([bin, count]) => bin * count));
    const isExact = c.scales[metric]!.bins > 2 || sums[0] === `${ones}`;
    return isExact && units === sum(bins.map(([, count]) => count));
  });
  tell(adds, 'The bins add up to the units, and to the exact sums where outcomes are yes or no.');
  tell(areDrawn(c), 'The probabilities are those with which the design draws.');
  tell(digits(c.bets) === digits(bets), 'The bets are those of all experiments.');
  tell(close(lnSampleRatio(c), c.sampleRatio.lnE), 'The sample-ratio factor is right.');
  for (const each of c.evidence) {
    for (const comparison of each.comparisons) {
      const { variant, method, lnE: told, effect, decided, direction } = comparison;
      const name = `“${variant}” in “${each.metric}”`;
      const follows = directionOf(c, each, comparison) === direction;
      tell(follows && decided === (direction !== 'open'), `${name}: the decision follows.`);
      if (method === 'clusters') {
        findings.push(...checkClusters(c, each.metric, comparison, name));
        continue;
      }
      const isDesign = method === 'design-based';
      const cells = cellsOf(c, each.metric, variant);
      const at = (sign: number, x?: number) => lnE(cells, sign, isDesign, x);
      const sides = [at(1), at(-1)];
      const isRight = close(sides[0]!, told.higher) && close(sides[1]!, told.lower);
      tell(isRight && close(lnMean(sides), told.either), `${name}: the e-values are right.`);
      const range = c.scales[each.metric]!.largest - c.scales[each.metric]!.least;
      const ends = isDesign ? [effect.low ?? -range, effect.high ?? range] : [];
      const isOut = (end: number, i: number) =>
        Math.abs(end) > 0.999999 * range || at(i === 0 ? 1 : -1, end / range) > rejected;
      tell(ends.every(isOut), `${name}: the interval leaves out only what is rejected.`);
    }
  }
  const [word, ships] = c.hold === null ? verdictOf(c) : ['invalid', []];
  const isShippable = word !== 'ship' || ships.includes(c.verdict.variant ?? '');
  tell(word === c.verdict.word && isShippable, `The verdict “${c.verdict.word}” follows.`);
  return findings;
}
