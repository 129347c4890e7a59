/**
 * The verdict of an experiment, in words for who decides: the first of these that holds.
 *
 * 1. Invalid: the units do not come as they were assigned, now or when the engine paused it for that: a mismatch that was certain
 *    once does not become less so by units that come after.
 * 2. Stop: a guardrail was harmed.
 * 3. Ship: a variant is better in a primary metric, and worse in none.
 * 4. Stop: every variant is worse in a primary metric, or cannot have an effect that matters any more (in the first primary
 *    metric, of whose unit the smallest effect that matters is).
 * 5. Keep running.
 */
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type {
  Comparison,
  MetricResult,
  SampleRatio,
  Verdict,
} from '../../contracts/experimentResult.ts';
import { counted, duration, percent } from '../words.ts';
import { amount, between, change, days, ratioOfShares, ratioOfUnits } from './effectWords.ts';
import type { Outlook } from './outlook.ts';
import type { PreparedExperiment, PreparedMetric } from './preparedExperiment.ts';

export interface VerdictInput {
  readonly prepared: PreparedExperiment;
  readonly exposed: number;
  readonly crossed: number;
  readonly crossedAlarm: boolean;
  readonly sampleRatio: SampleRatio;
  /** In the order of `prepared.metrics`. */
  readonly metrics: readonly MetricResult[];
  /** Of each pair, in the first primary metric. */
  readonly outlooks: readonly Outlook[];
}

interface Primary {
  readonly metric: ExperimentMetric;
  readonly comparison: Comparison;
}

type Standing = 'better' | 'worse' | 'futile' | 'open';

/** A comparison as far as the word of a verdict rests on it; the effect is asked for only where it matters. */
export type ComparisonStanding = Pick<Comparison, 'variant' | 'direction' | 'effect'>;

/**
 * The word of the verdict, from the evidence: with `verdictOf` the same, and sooner.
 *
 * @param alarm       of the sample ratio
 * @param comparisons of each metric, in the order of `prepared.metrics`
 */
export function wordOf(
  { experiment, metrics }: PreparedExperiment,
  alarm: boolean,
  comparisons: readonly (readonly ComparisonStanding[])[],
): Verdict['word'] {
  if (experiment.hold !== null || alarm) return 'invalid';
  const isHarmed = metrics.some(
    ({ role }, i) =>
      role === 'guardrail' && comparisons[i]!.some(({ direction }) => direction === 'bad'),
  );
  if (isHarmed) return 'stop';
  const standings = experiment.variants
    .filter(({ key }) => key !== experiment.control)
    .map(({ key }) => {
      const primaries = metrics.flatMap(({ metric, role }, i) => {
        const found = comparisons[i]!.find(({ variant }) => variant === key);
        return role === 'primary' && found !== undefined ? [{ metric, comparison: found }] : [];
      });
      return standingOf(primaries, experiment.minimumEffect);
    });
  if (standings.includes('better')) return 'ship';
  return standings.length === 0 || standings.includes('open') ? 'keep running' : 'stop';
}

export function verdictOf(input: VerdictInput): Verdict {
  const { prepared, sampleRatio } = input;
  const { hold } = prepared.experiment;
  if (hold !== null) {
    return { word: 'invalid', variant: null, sentence: hold.sentence, daysLeft: null };
  }
  if (sampleRatio.alarm) return invalid(prepared, sampleRatio);
  const told = harmed(input) ?? decided(input) ?? open(input);
  const { crossed, exposed, crossedAlarm } = input;
  if (!crossedAlarm) return told;
  const warning = `Beware: ${percent(crossed / exposed)} of the units were seen in more than one variant.`;
  return { ...told, sentence: `${told.sentence} ${warning}` };
}

function nameOf({ experiment }: PreparedExperiment, variant: string): string {
  return `“${experiment.variants.find(({ key }) => key === variant)?.name ?? variant}”`;
}

function invalid(prepared: PreparedExperiment, { arms }: SampleRatio): Verdict {
  const found = ratioOfUnits(arms.map(({ units }) => units));
  const shares = arms.map(({ expected }) => expected);
  // Through a ramp there is no one ratio that was planned.
  const isConstant = [...prepared.shares.values()]
    .filter((ofStage) => ofStage.some((share) => share > 0))
    .every((ofStage) => shares.every((share, i) => Math.abs((ofStage[i] ?? 0) - share) < 1e-9));
  const total = arms.reduce((sum, { units }) => sum + units, 0);
  const planned = isConstant
    ? `${ratioOfShares(shares)} was planned`
    : `${ratioOfUnits(shares.map((share) => share * total))} were planned`;
  return {
    word: 'invalid',
    variant: null,
    sentence:
      `Invalid: the units do not come as they were assigned (${found} where ${planned}), so no effect can be believed. ` +
      'Find what loses or adds units of one variant, then start anew.',
    daysLeft: null,
  };
}

function harmed({ prepared, metrics }: VerdictInput): Verdict | undefined {
  for (const [i, { metric, role }] of prepared.metrics.entries()) {
    if (role !== 'guardrail') continue;
    const harm = metrics[i]!.comparisons.find(({ direction }) => direction === 'bad');
    if (harm === undefined) continue;
    return {
      word: 'stop',
      variant: null,
      sentence:
        `Stop: the guardrail “${metric.name}” was harmed by ${nameOf(prepared, harm.variant)}: it ` +
        `${change(harm.effect, metric)}.`,
      daysLeft: null,
    };
  }
  return undefined;
}

function primariesOf({ prepared, metrics }: VerdictInput, variant: string): Primary[] {
  return prepared.metrics.flatMap(({ metric, role }, i) => {
    const comparison = metrics[i]!.comparisons.find((each) => each.variant === variant);
    return role === 'primary' && comparison !== undefined ? [{ metric, comparison }] : [];
  });
}

/** No effect that matters is possible any more in the good direction. */
function isFutile(
  { direction }: ExperimentMetric,
  { low, high }: Comparison['effect'],
  minimumEffect: number,
): boolean {
  if (direction === 'increase') return high !== null && high < minimumEffect;
  return low !== null && low > -minimumEffect;
}

/** @param primaries of one variant, in their order */
function standingOf(
  primaries: readonly { metric: ExperimentMetric; comparison: ComparisonStanding }[],
  minimumEffect: number,
): Standing {
  const has = (direction: Comparison['direction']) =>
    primaries.some(({ comparison }) => comparison.direction === direction);
  if (has('bad')) return 'worse';
  if (has('good')) return 'better';
  const [first] = primaries;
  if (first === undefined) return 'open';
  return isFutile(first.metric, first.comparison.effect, minimumEffect) ? 'futile' : 'open';
}

function decided(input: VerdictInput): Verdict | undefined {
  const { prepared } = input;
  const { experiment } = prepared;
  const variants = experiment.variants
    .filter(({ key }) => key !== experiment.control)
    .map(({ key }) => {
      const primaries = primariesOf(input, key);
      return { key, primaries, standing: standingOf(primaries, experiment.minimumEffect) };
    });
  const better = variants
    .filter(({ standing }) => standing === 'better')
    .map(({ key, primaries }) => ({
      key,
      best: primaries.find(({ comparison }) => comparison.direction === 'good')!,
    }))
    .sort((a, b) => safeGain(b.best) - safeGain(a.best));
  const [winner] = better;
  if (winner !== undefined) {
    const { metric, comparison } = winner.best;
    return {
      word: 'ship',
      variant: winner.key,
      sentence:
        `Ship ${nameOf(prepared, winner.key)}: “${metric.name}” ${change(comparison.effect, metric)} against ` +
        `${nameOf(prepared, experiment.control)}.`,
      daysLeft: null,
    };
  }
  if (variants.length === 0 || variants.some(({ standing }) => standing === 'open')) {
    return undefined;
  }
  const worse = variants.find(({ standing }) => standing === 'worse');
  const sentence =
    worse === undefined
      ? futility(prepared, variants)
      : harm(prepared, worse.key, worse.primaries, variants.length);
  return { word: 'stop', variant: null, sentence, daysLeft: null };
}

/** The end of the interval that is nearer to no effect, in the good direction. */
function safeGain({ metric, comparison }: Primary): number {
  const { low, high } = comparison.effect;
  return (metric.direction === 'increase' ? low : high === null ? null : -high) ?? -Infinity;
}

function harm(
  prepared: PreparedExperiment,
  variant: string,
  primaries: readonly Primary[],
  variants: number,
): string {
  const bad = primaries.find(({ comparison }) => comparison.direction === 'bad')!;
  const good = primaries.find(({ comparison }) => comparison.direction === 'good');
  const gain =
    good === undefined
      ? ''
      : `, though “${good.metric.name}” ${change(good.comparison.effect, good.metric)}`;
  const others = variants > 1 ? '; no other variant is better' : '';
  return (
    `Stop: with ${nameOf(prepared, variant)} “${bad.metric.name}” ` +
    `${change(bad.comparison.effect, bad.metric)}, which is harm${gain}${others}.`
  );
}

function futility(
  prepared: PreparedExperiment,
  variants: readonly { readonly key: string; readonly primaries: readonly Primary[] }[],
): string {
  const { minimumEffect } = prepared.experiment;
  const { metric } = variants[0]!.primaries[0]!;
  const ends = variants.map(({ key, primaries }) => {
    const range = between(primaries[0]!.comparison.effect, metric);
    return `that of ${nameOf(prepared, key)} lies ${range === '' ? 'below' : range}`;
  });
  const isSmall = variants.every(({ primaries }) => {
    const { low, high } = primaries[0]!.comparison.effect;
    return low !== null && high !== null && low > -minimumEffect && high < minimumEffect;
  });
  const effect = isSmall ? 'effect' : 'improvement';
  return (
    `Stop: no ${effect} of ${amount(minimumEffect, metric)} or more is possible any more in “${metric.name}”: ` +
    `${ends.join(', ')}.`
  );
}

function open(input: VerdictInput): Verdict {
  const { prepared } = input;
  const { experiment } = prepared;
  const keep = (sentence: string, daysLeft: number | null = null): Verdict => {
    const paused = experiment.state === 'paused' ? ' It is paused: nobody enters.' : '';
    return { word: 'keep running', variant: null, sentence: `${sentence}${paused}`, daysLeft };
  };
  if (experiment.state === 'draft') return keep('Not started yet: there is nothing to judge.');
  if (input.exposed === 0) return keep('Keep running: nobody has been exposed yet.');
  const place = prepared.metrics.findIndex(({ role }) => role === 'primary');
  const first: PreparedMetric | undefined = prepared.metrics[place];
  if (first === undefined) {
    return keep('Keep running: no metric is primary, so nothing will be decided.');
  }
  const { metric } = first;
  const result = input.metrics[place]!;
  if (result.arms.every(({ units }) => units === 0)) {
    const wait = duration(metric.windowMs / 1_000);
    const noun = prepared.isClustered ? 'member' : 'unit';
    return keep(
      `Keep running: ${counted(input.exposed, noun)} exposed, none old enough to be scored: “${metric.name}” is taken ` +
        `${wait} after the exposure.`,
    );
  }
  const [leader] = [...result.comparisons].sort((a, b) => b.lnE.either - a.lnE.either);
  const range = leader === undefined ? '' : between(leader.effect, metric);
  if (leader === undefined || range === '') {
    return keep(`Keep running: too few have been scored to say anything of “${metric.name}”.`);
  }
  const daysLeft = longest(input.outlooks);
  const isPast = input.outlooks.length > 0 && input.outlooks.every((each) => each.isPast);
  const ahead =
    daysLeft !== null
      ? `; ${days(daysLeft)} left at the present rate`
      : isPast
        ? '; more has been scored than was planned, so an effect that matters is unlikely'
        : '';
  return keep(
    `Keep running: the effect of ${nameOf(prepared, leader.variant)} on “${metric.name}” lies ${range}, not yet decided${ahead}.`,
    daysLeft,
  );
}

function longest(outlooks: readonly Outlook[]): number | null {
  const known = outlooks.flatMap(({ daysLeft }) => (daysLeft === null ? [] : [daysLeft]));
  return known.length > 0 ? Math.max(...known) : null;
}
