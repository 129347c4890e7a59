/**
 * Whether a version, as it would serve, is no worse than the champion on the latest examples: the interval of the mean difference of
 * their losses must not admit more than a margin (non-inferiority).
 *
 * The examples of one user depend on each other, so the interval is one by users: see `clusteredMean`. Too few examples fail, since
 * nothing is shown by them; the sentence says how many would do.
 *
 * Source: Diebold & Mariano 1995 (differences of losses); MacKinnon, Nielsen & Webb 2023 (interval).
 */
import type { GateCheck, GateResult } from '../../contracts/gateReport.ts';
import type { GatePlan } from '../../contracts/modelPlan.ts';
import { clusteredMean, studentInterval } from '../../stats/cluster/clusteredMean.ts';
import { rankAuc } from '../../stats/rankAuc.ts';
import { counted } from '../words.ts';
import { type Comparison, lossesOf, lossNames, lossWords, weightedMean } from './comparison.ts';
import { beside, check, digits, intervalName, judged, result } from './gateWords.ts';

export function holdoutGate(
  comparison: Comparison,
  { alpha, lossMargin }: Pick<GatePlan, 'alpha' | 'lossMargin'>,
): GateResult {
  const { task, labels, weights, users, candidate, champion, against } = comparison;
  const own = lossesOf(candidate, comparison);
  const other = lossesOf(champion, comparison);
  const values = own.map((loss, row) => loss - other[row]!);
  const mean = clusteredMean({ values, clusters: users, weights });
  if (mean.clusters === 0) {
    return result('holdout', 'failed', `There are no examples to compare it with ${against} on`);
  }
  const { estimate, lower, upper } = studentInterval(mean, alpha);
  const passed = upper <= lossMargin;
  const checks = [
    check({
      name: `${lossNames[task]} less the champion's`,
      ...{ value: estimate, lower, upper, bound: lossMargin, count: labels.length, passed },
    }),
    ...figuresOf('its', candidate, own, comparison),
    ...figuresOf("the champion's", champion, other, comparison),
  ];
  const on = `${counted(labels.length, 'example')} of ${counted(mean.clusters, 'user')}`;
  const loss = lossWords[task];
  if (candidate.every((prediction, row) => prediction === champion[row])) {
    return judged('holdout', `It is equal to ${against}: the same predictions of ${on}`, checks);
  }
  if (mean.clusters < 2) {
    const text = `All examples are of one user: nothing tells whether it is worse than ${against} for others`;
    return judged('holdout', text, checks);
  }
  const found = `${beside(estimate)} that of ${against} on ${on}, ${intervalName(alpha)} ${digits(lower)} to ${digits(upper)}`;
  if (passed) {
    return judged(
      'holdout',
      `${loss} ${found}; up to ${digits(lossMargin)} above is allowed`,
      checks,
    );
  }
  const beyond = `${digits(upper - lossMargin)} more than the ${digits(lossMargin)} that is allowed`;
  const text =
    lower > lossMargin
      ? `${loss} is worse by more than is allowed: ${found}; it may be ${digits(upper)} above, ${beyond}`
      : `It is not shown to be no worse: ${loss} ${found}; it may be ${digits(upper)} above, ${beyond}${wouldDo(labels.length, { estimate, upper, lossMargin })}`;
  return judged('holdout', text, checks);
}

/** How many examples would make the interval short enough, if the difference stayed as it is. */
function wouldDo(
  rows: number,
  found: { readonly estimate: number; readonly upper: number; readonly lossMargin: number },
): string {
  const { estimate, upper, lossMargin } = found;
  if (!(estimate < lossMargin)) return '';
  const needed = rows * ((upper - estimate) / (lossMargin - estimate)) ** 2;
  if (!(needed < 1e9)) return '';
  return `. About ${Number(needed.toPrecision(2)).toLocaleString('en')} examples would tell, if it stays so`;
}

/** Nothing is asked of these. */
function figuresOf(
  whose: string,
  predictions: Float64Array,
  losses: Float64Array,
  { task, labels, weights }: Comparison,
): GateCheck[] {
  const count = labels.length;
  const squares = predictions.map((p, row) => (p - labels[row]!) * (p - labels[row]!));
  const squared = weightedMean(squares, weights);
  if (task !== 'binary')
    return [check({ name: `${whose} mean squared error`, value: squared, count })];
  return [
    check({ name: `${whose} log loss`, value: weightedMean(losses, weights), count }),
    check({ name: `${whose} Brier score`, value: squared, count }),
    check({ name: `${whose} AUC`, value: rankAuc(predictions, labels, weights), count }),
  ];
}

const metricNames: Readonly<Record<string, string>> = {
  'its log loss': 'logLoss',
  'its Brier score': 'brier',
  'its AUC': 'auc',
  'its mean squared error': 'squaredError',
};

/** Figures of a version on the examples that it had not seen, as its record has them; none when it was not compared. */
export function holdoutMetrics(gates: readonly GateResult[]): Record<string, number> {
  const checks = gates.find(({ gate }) => gate === 'holdout')?.checks ?? [];
  return Object.fromEntries(
    checks.flatMap(({ name, value }) => {
      const metric = Object.hasOwn(metricNames, name) ? metricNames[name] : undefined;
      return metric === undefined || value === null ? [] : [[metric, value]];
    }),
  );
}
