/** Many groups of an experiment or a policy are too small to be shown. */
import { isLive } from '../../../contracts/definitionState.ts';
import { percent } from '../../words.ts';
import type { Facts } from '../facts.ts';
import type { PolicyFacts } from '../gather/policies.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import { experimentPage, experimentSubject } from '../parts/experimentCard.ts';
import { policyPage, policySubject } from '../parts/policyCard.ts';
import { dayMs, lookAction, reachOf, wholeDay } from '../parts/standing.ts';

/** Share of the groups that are not shown, and how many they are. */
const shareMost = 0.5;
const hiddenLeast = 5;
/** Young ones have few users in every group. */
const daysLeast = 7;

interface Hiding {
  readonly subject: Candidate['subject'];
  readonly page: string;
  readonly what: string;
  readonly startAt: number | undefined;
  readonly shown: number;
  readonly hidden: number;
  /** By which groups are made. */
  readonly segments: readonly string[];
}

export const suppressionHides: InsightKind = {
  kind: 'suppression-hides',
  area: 'operations',
  summary: 'Most groups of a page are hidden because they are too small.',
  test:
    `A fact: more than ${shareMost * 100} % of the groups of an experiment or a policy are hidden as too small, at least ` +
    `${hiddenLeast}, after ${daysLeast} days; of a policy those of which no action is shown.`,
  find: (facts) =>
    hidings(facts).flatMap(({ subject, page, what, startAt, shown, hidden, segments }) => {
      const share = hidden / (hidden + shown);
      if (startAt === undefined || facts.eventTime - startAt < daysLeast * dayMs) return [];
      if (hidden < hiddenLeast || !(share > shareMost)) return [];
      return [
        {
          ...{ subject, judgedAt: wholeDay(facts.eventTime), pValue: null },
          tell: () => ({
            changed: `${hidden} of ${hidden + shown} groups of “${subject.name}” are too small to be shown.`,
            why: [
              `Groups are made by ${segments.map((each) => `“${each}”`).join(' and ')}; ${percent(share)} of them have too few users.`,
              'Small groups stay hidden so that nobody can be recognised in them.',
            ],
            ignored: `For whom the ${what} works and for whom not is hardly to be seen.`,
            evidence: {
              kind: 'bars',
              caption: 'Groups',
              unit: 'count',
              bars: [
                { name: 'shown', value: shown, isMeant: false },
                { name: 'hidden', value: hidden, isMeant: true },
              ].map((bar) => ({ ...bar, lower: null, upper: null })),
              reference: null,
            },
            action: lookAction('Choose attributes with fewer values', `${page}/edit`),
            promise: null,
            since: startAt,
            impact: {
              value: 0.15,
              words: `${hidden} groups of users are not judged by themselves.`,
            },
            reach: reachOf(facts, null),
          }),
        },
      ];
    }),
};

function hidings({ experiments, policies }: Facts): Hiding[] {
  const ofExperiments = (experiments ?? []).flatMap((each): Hiding[] => {
    const { experiment, result } = each;
    if (!isLive(experiment) || result === null) return [];
    return [
      {
        ...{ subject: experimentSubject(each), page: experimentPage(each.key), what: 'experiment' },
        ...{ startAt: experiment.stages[0]?.startAt, segments: experiment.segments },
        shown: new Set(result.segments.map(({ segment }) => segment)).size,
        hidden: result.suppressed,
      },
    ];
  });
  const ofPolicies = (policies ?? []).map((each): Hiding => {
    const { policy } = each;
    return {
      ...{ subject: policySubject(each), page: policyPage(each.key), what: 'policy' },
      ...{ startAt: policy.stages[0]?.startAt, segments: policy.segments },
      ...groupsOf(each),
    };
  });
  return [...ofExperiments, ...ofPolicies];
}

/**
 * Groups of which no action is shown. A report counts each action of a group by itself; where a choice is learnt few users get
 * the others, however large the group is.
 */
function groupsOf({ policy, report }: PolicyFacts): Pick<Hiding, 'shown' | 'hidden'> {
  const shown = new Set(report.segments.map(({ segment }) => segment)).size;
  const actions = Math.max(1, policy.actions.filter(({ offered }) => offered).length);
  const groups = Math.ceil((report.segments.length + report.suppressed) / actions);
  return { shown, hidden: Math.max(0, groups - shown) };
}
