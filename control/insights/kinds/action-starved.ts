/** An action is offered and so rarely chosen that nothing is learnt of it. */
import { counted, percent } from '../../words.ts';
import type { PolicyFacts } from '../gather/policies.ts';
import type { InsightKind } from '../insightKind.ts';
import {
  actionName,
  changeAction,
  policyPage,
  policySubject,
  usersOf,
} from '../parts/policyCard.ts';
import { begun, dayMs, lookAction, reachOf, standingPromise } from '../parts/standing.ts';

/** Decisions of learnt choice, all actions together, and days. */
const decisionsLeast = 1_000;
const daysLeast = 7;
/** Of one action: fewer give no figure with an interval. */
const chosenLeast = 30;
/** A floor beyond this costs more than it teaches. */
const floorMost = 0.3;

export const actionStarved: InsightKind = {
  kind: 'action-starved',
  area: 'personalization',
  summary: 'An action is offered but hardly ever chosen, so that nothing is learnt of it.',
  test:
    `A fact: in the last four weeks fewer than ${chosenLeast} of at least ${decisionsLeast.toLocaleString('en')} decisions chose the ` +
    `action, although everybody may get it, at least ${daysLeast} days after the policy was changed last.`,
  find: (facts) =>
    (facts.policies ?? []).flatMap((each) => {
      const { policy, report } = each;
      const changedAt = policy.stages.at(-1)?.startAt;
      const made = madeOf(each);
      if (changedAt === undefined || report.to - changedAt < daysLeast * dayMs) return [];
      if (made < decisionsLeast) return [];
      const starved = starvedOf(each, made);
      const [first] = starved;
      if (first === undefined) return [];
      return [
        {
          subject: policySubject(each),
          judgedAt: report.to,
          pValue: null,
          tell: () => ({
            changed:
              starved.length === 1
                ? `“${policy.name}” hardly ever tries ${actionName(each, first.key)}.`
                : `“${policy.name}” hardly ever tries ${starved.length} of its actions.`,
            why: [
              ...starved
                .slice(0, 5)
                .map(
                  ({ key, chosen }) =>
                    `${actionName(each, key)} was chosen in ${chosen === 0 ? 'none' : chosen} of ${counted(made, 'decision')}.`,
                ),
              `The least probability of all actions together is ${percent(policy.floor)}.`,
            ],
            ignored:
              'If it has become the best one for somebody, nobody will ever know; the policy goes by what it saw long ago.',
            evidence: {
              kind: 'bars',
              caption: 'Share of the decisions by action',
              unit: 'share',
              bars: report.actions.slice(0, 40).map(({ action, name, share }) => ({
                ...{ name, value: share, lower: null, upper: null },
                isMeant: starved.some(({ key }) => key === action),
              })),
              reference: null,
            },
            action: moreChance(each, made),
            promise: standingPromise('Enough decisions choose it to tell what it is worth.', 14),
            since: begun(facts, changedAt),
            impact: {
              value: 0.25,
              words: `Of ${starved.length === 1 ? 'one action' : `${starved.length} actions`} nobody knows what ${starved.length === 1 ? 'it is' : 'they are'} worth today.`,
            },
            reach: reachOf(facts, usersOf(each)),
          }),
        },
      ];
    }),
};

function madeOf({ report }: PolicyFacts): number {
  const [first] = report.actions.filter(({ share }) => share !== null && share > 0);
  const steps = report.actions.flatMap(({ course }) => course);
  return first === undefined ? 0 : steps.reduce((sum, { decisions }) => sum + (decisions ?? 0), 0);
}

/** Of those that everybody may get, as often as it comes. */
function starvedOf({ policy, report }: PolicyFacts, made: number) {
  return policy.actions.flatMap(({ key, offered, eligible, cap }) => {
    const isForAll = 'all' in eligible && eligible.all.length === 0;
    if (!offered || !isForAll || cap !== undefined) return [];
    const found = report.actions.find(({ action }) => action === key);
    const chosen = Math.round((found?.share ?? 0) * made);
    return chosen < chosenLeast ? [{ key, chosen }] : [];
  });
}

/** A floor by which every action gets so many decisions in four weeks, and a half more. */
function moreChance(each: PolicyFacts, made: number) {
  const { policy } = each;
  const offered = policy.actions.filter((action) => action.offered).length;
  const wanted = Math.ceil((100 * 1.5 * chosenLeast * offered) / made) / 100;
  const floor = Math.min(floorMost, Math.max(wanted, 2 * policy.floor));
  if (floor <= policy.floor) {
    return lookAction('Choose which actions are worth having', `${policyPage(each.key)}/edit`);
  }
  return changeAction(
    each,
    { floor },
    {
      label: `Give every action a chance: least probability ${percent(floor)} together`,
      consequence: `Each of the ${offered} actions gets at least ${percent(floor / offered)} of the decisions, instead of ${percent(policy.floor / offered)}; the others get a little less.`,
      undo: `Set the least probability back to ${percent(policy.floor)} on its page.`,
    },
  );
}
