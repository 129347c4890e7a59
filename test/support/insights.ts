/** Findings, kinds and an adviser of the test's own. */
import type { Card, Finding, InsightSubject } from '../../contracts/insight.ts';
import type { Store } from '../../contracts/store.ts';
import { Advising, type AdvisingOptions } from '../../control/insights/advising.ts';
import type { Facts } from '../../control/insights/facts.ts';
import { InsightBoard } from '../../control/insights/insightBoard.ts';
import type { Candidate, InsightKind } from '../../control/insights/insightKind.ts';

export const day = 86_400_000;
/** In the future: what is older than some weeks leaves the tables by itself. */
export const start = Date.UTC(2036, 2, 3);

export const subject = (key = 'answer'): InsightSubject => ({
  ...{ kind: 'model', key, name: `the model ${key}` },
});

export function finding(change: Partial<Finding> = {}): Finding {
  return {
    ...{ kind: 'fell', area: 'models', changed: 'The model answer errs more.' },
    ...{ why: ['Log loss rose by 0.02.'], ignored: 'It stays so.', evidence: null },
    ...{ action: null, promise: null, since: start, judgedAt: start, pValue: null },
    impact: { value: 0.5, words: 'about 210 students a week' },
    reach: { share: 0.5, users: 210 },
    ...change,
  };
}

/** What a rule says: of a subject with a p-value, or as a fact. */
export interface Said {
  readonly subject?: InsightSubject;
  readonly judgedAt: number;
  readonly pValue: number | null;
  readonly told?: Partial<Finding>;
}

/** A rule that says what it is told to say. */
export function kindOf(kind: string, say: (facts: Facts) => readonly Said[]): InsightKind {
  return {
    ...{ kind, area: 'models', summary: 'For tests.', test: 'None.' },
    find: (facts) =>
      say(facts).map(({ subject: of = subject(), judgedAt, pValue, told = {} }): Candidate => {
        return {
          ...{ subject: of, judgedAt, pValue },
          tell() {
            const { kind: _k, area: _a, judgedAt: _j, pValue: _p, ...rest } = finding(told);
            return rest;
          },
        };
      }),
  };
}

export interface AdvisedWorld {
  readonly advising: Advising;
  readonly board: InsightBoard;
  readonly said: string[];
}

export function advise(
  store: Store,
  kinds: readonly InsightKind[],
  clock: () => number,
  options: Partial<AdvisingOptions> = {},
): AdvisedWorld {
  const board = new InsightBoard();
  const said: string[] = [];
  const sources = {} as AdvisingOptions['sources'];
  const advising = new Advising({
    ...{ store, kinds, gatherers: {}, sources, board, clock },
    ...{ say: (sentence) => said.push(sentence), changes: async () => [], ...options },
  });
  return { advising, board, said };
}

/** An event happens: event time is there. */
export async function writeEvent(store: Store, time: number, user = 'u'): Promise<void> {
  const at = `fromUnixTimestamp64Milli(toInt64(${Math.floor(time)}), 'UTC')`;
  await store.command(
    `INSERT INTO events VALUES ('learning', 0, ${Math.floor(time)}, ${at}, ${at}, 'viewed', '${user}', 'x', NULL, 'e', '{}')`,
  );
}

/** What of cards a restart must not change. */
export const plain = ({ id, state, finding: { kind }, others, subject: of, revision }: Card) => ({
  ...{ id, state, kind, revision, of: of.key },
  others: others.map((each) => each.kind),
});
