/**
 * A version treats two declared groups more differently than the version before: the difference of its errors or of whom it selects.
 *
 * Both differences come with intervals of independent predictions; predictions of one person hang together, so that their standard
 * errors are taken half as large again. Three rates, adjusted by Bonferroni 1936. Source of the rates: Hardt, Price & Srebro 2016.
 */
import { normalTail } from '../../../stats/special/normal.ts';
import type { FairnessFacts } from '../gather/modelFacts.ts';
import type { InsightKind } from '../insightKind.ts';
import { points, pointsBetween, quoted } from '../parts/insightWords.ts';
import { goBack, lookAt, modelName, modelSubject, reachOf } from '../parts/modelCard.ts';

/** Smallest widening that counts. */
const least = 0.03;
const rowsMin = 500;
const dependence = 1.5;

type Gap = FairnessFacts['gaps'][number];

const rates: Readonly<Record<Gap['rate'], string>> = {
  falseNegative: 'missed cases',
  falsePositive: 'false alarms',
  selection: 'who is selected',
};

export const fairnessGapWidened: InsightKind = {
  kind: 'fairness-gap-widened',
  area: 'models',
  summary: 'A version treats two groups of people more differently than the one before.',
  test:
    'Size of the difference between two declared groups in missed cases, false alarms and selection: the version that predicts now ' +
    'against the one before, normal test with standard errors half as large again as of independent predictions; Bonferroni over the ' +
    `three. Counts from 3 points on. Only where both groups are shown, with ${rowsMin} labelled predictions of each version.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      const { fairness } = model;
      if (fairness === null || fairness.now.count < rowsMin || fairness.before.count < rowsMin) {
        return [];
      }
      const { now, before } = fairness;
      const compared = now.gaps.flatMap((gap) => {
        const former = before.gaps.find(({ rate }) => rate === gap.rate);
        return former === undefined ? [] : [widened(gap, former)];
      });
      if (compared.length === 0) return [];
      const worst = compared.reduce((one, other) => (other.p < one.p ? other : one));
      const { gap, former, widening, error } = worst;
      const judgedAt = (model.expected.at(-1)?.day ?? model.days.at(-1)?.day ?? 0) + 86_400_000;
      const since = model.shift[0]?.day ?? judgedAt;
      const groups = `${quoted(now.compared)} and ${quoted(now.baseline)}`;
      const name = rates[gap.rate];
      return [
        {
          ...{ subject: modelSubject(model), judgedAt },
          pValue: Math.min(1, compared.length * worst.p),
          tell: () => ({
            changed: `Version ${now.version} of ${modelName(model)} treats ${groups} more differently than version ${before.version} did: in ${name}.`,
            why: [
              `In ${name} they differ by ${points(gap.difference)}; under version ${before.version} it was ${points(former.difference)}.`,
              `The difference has grown by ${points(widening)} (95 % interval: ${pointsBetween(widening - 1.96 * error, widening + 1.96 * error)}); from ${points(least)} on it counts.`,
              `${now.count.toLocaleString('en')} predictions of version ${now.version} have labels.`,
            ],
            ignored: `One of the groups ${gap.rate === 'falseNegative' ? 'goes without help that it needs' : 'is picked out without need'} more often than the other, and more often than before.`,
            evidence: {
              kind: 'bars' as const,
              caption: `Difference in ${name}, ${quoted(now.compared)} less ${quoted(now.baseline)}, with intervals of 95 %`,
              unit: 'share' as const,
              bars: [bar(before.version, former, false), bar(now.version, gap, true)],
              reference: { name: 'No difference', value: 0 },
            },
            action:
              model.life !== null && model.life.before === before.version
                ? goBack(model, before.version)
                : lookAt(model),
            promise: null,
            since,
            impact: {
              value: Math.min(1, Math.abs(gap.difference) / 0.3),
              words: `In ${name}, ${groups} differ by ${points(gap.difference)}.`,
            },
            reach: reachOf(model, facts),
          }),
        },
      ];
    }),
};

function widened(gap: Gap, former: Gap) {
  const widening = Math.abs(gap.difference) - Math.abs(former.difference);
  const error = dependence * Math.hypot(errorOf(gap), errorOf(former));
  return {
    gap,
    former,
    widening,
    error,
    p: error > 0 ? normalTail((widening - least) / error) : 1,
  };
}

/** Of an interval of 95 %. */
function errorOf({ lower, upper }: Gap): number {
  return (upper - lower) / (2 * 1.96);
}

function bar(version: string, { difference, lower, upper }: Gap, isMeant: boolean) {
  return { name: `Version ${version}`, value: difference, lower, upper, isMeant };
}
