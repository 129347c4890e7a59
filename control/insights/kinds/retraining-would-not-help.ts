/** Run after run is refused by the gates: what there is to learn from brings nothing better, and each run costs. A fact. */
import type { InsightKind } from '../insightKind.ts';
import { dateOf, loss } from '../parts/insightWords.ts';
import { modelName, modelSubject, reachOf } from '../parts/modelCard.ts';

/** Runs in a row that were refused. */
const runsMin = 3;

export const retrainingWouldNotHelp: InsightKind = {
  kind: 'retraining-would-not-help',
  area: 'models',
  summary: 'Run after run is refused: training again brings nothing better.',
  test: `A fact: the last ${runsMin} runs or more that came to an end were all refused by a gate, and triggers start further ones.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      const { life } = model;
      if (life === null || life.plan.triggers.kinds.length === 0) return [];
      const ended = life.runs.filter(({ state }) => state === 'done' || state === 'refused');
      const accepted = ended.findLastIndex(({ state }) => state === 'done');
      const refused = ended.slice(accepted + 1);
      const [first] = refused;
      if (first === undefined || refused.length < runsMin) return [];
      const compared = refused
        .slice(-8)
        .flatMap(({ startedAt, holdout }) => (holdout === null ? [] : [{ startedAt, ...holdout }]));
      const gates = [...new Set(refused.flatMap(({ failed }) => failed))];
      const { plan, revision } = life;
      const paused = { ...plan, triggers: { ...plan.triggers, kinds: [] } };
      return [
        {
          ...{
            subject: modelSubject(model),
            judgedAt: Math.min(refused.at(-1)!.causeAt, facts.eventTime),
            pValue: null,
          },
          tell: () => ({
            changed: `The last ${refused.length} runs that trained ${modelName(model)} were all refused: retraining does not help at present.`,
            why: [
              `Since ${dateOf(first.startedAt)} no version has passed the gates${gates.length === 0 ? '' : `; refused by: ${gates.join(', ')}`}.`,
              ...(compared.length === 0
                ? []
                : [
                    `The newest was ${against(compared.at(-1)!.value)} version ${life.champion} (log loss less its: ${loss(compared.at(-1)!.lower)} to ${loss(compared.at(-1)!.upper)}).`,
                  ]),
              'Either the model has learnt what there is to learn, or a gate asks for more than it can give.',
            ],
            ignored:
              'Triggers go on to start runs that come to nothing and take the machine’s time.',
            evidence:
              compared.length === 0
                ? null
                : {
                    kind: 'bars' as const,
                    caption: `Log loss of each refused run less that of the champion; below 0 it would be better`,
                    unit: 'number' as const,
                    bars: compared.map(({ startedAt, value, lower, upper }, i) => ({
                      ...{ name: dateOf(startedAt), value, lower, upper },
                      isMeant: i === compared.length - 1,
                    })),
                    reference: { name: 'Champion', value: 0 },
                  },
            action: {
              label: 'Pause the triggers',
              page: `/models/${model.key}/versions/plan`,
              request: {
                ...{ method: 'PUT' as const, path: `/v1/models/${model.key}/plan` },
                ...{ body: { plan: paused, revision }, reasonField: 'reason' as const },
              },
              needs: 'operate' as const,
              consequence:
                'No run begins by itself any more; whoever wants one starts it by hand. What serves stays.',
              undo: 'Switch the triggers on again in the plan.',
            },
            promise: {
              ...{ measure: { kind: 'standing' as const }, unit: 'number' as const },
              ...{ better: -1 as const, low: -1, high: -1, horizonMs: 7 * 86_400_000 },
              sentence: 'No further run is refused.',
            },
            since: Math.min(first.causeAt, facts.eventTime),
            impact: {
              value: Math.min(1, refused.length / 20),
              words: `${refused.length} runs came to nothing; predictions stay as they are.`,
            },
            reach: { ...reachOf(model, facts) },
          }),
        },
      ];
    }),
};

/** "0.012 of log loss below"; what rounds to nothing is "as good as". */
function against(difference: number): string {
  const size = loss(Math.abs(difference));
  if (Number(size) === 0) return 'as good as';
  return `${size} of log loss ${difference < 0 ? 'below' : 'above'}`;
}
