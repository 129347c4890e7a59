/**
 * Whether a run begins by itself now, and by what: or why none does, and what would start one next. Pure: no clock, no store.
 *
 * One at a time, not again within the cool-down after the last run's end, at most so many within a day, not while a version is being
 * released (unless that serves nobody yet, and the cause does harm now), not from the examples from which the last one came to
 * nothing, and never twice for the same cause.
 */
import type { ModelPlan, TriggerKind } from '../../contracts/modelPlan.ts';
import type { StoredRun } from './storedRun.ts';
import { pressing, triggers } from './triggers/registry.ts';
import { type FoundCause, instantWords, isFound, type TriggerFacts } from './triggers/trigger.ts';

export interface NextCause {
  /** null: none begins. */
  readonly found: FoundCause | null;
  /** Of examples before nothing is to be learnt; null: the plan alone says how far back. Event time. */
  readonly learnFrom: number | null;
  /** One sentence or two. */
  readonly outlook: string;
}

const dayMs = 24 * 3_600_000;
const byHand: readonly string[] = ['manual', 'import'];

/**
 * @param runs of all models, in any order
 * @param now  ms since 1970
 */
export function nextCause(
  facts: TriggerFacts,
  plan: Pick<ModelPlan, 'triggers' | 'data'>,
  runs: readonly StoredRun[],
  now: number,
): NextCause {
  const { rowsMin } = plan.data;
  const none = (outlook: string): NextCause => ({ found: null, learnFrom: null, outlook });
  if (facts.rows < rowsMin) {
    const counts = `${facts.rows.toLocaleString('en')} of the ${rowsMin.toLocaleString('en')} examples`;
    return none(`None begins: there are ${counts} that a training needs.`);
  }
  if (plan.triggers.kinds.length === 0)
    return none('None begins by itself: the plan has no trigger.');
  const options = { plan: plan.triggers, rowsMin, now };
  const known = new Set(
    runs.filter(({ run }) => run.model === facts.model).map(({ causeId }) => causeId),
  );
  const asked = triggers
    .filter(([kind]) => plan.triggers.kinds.includes(kind))
    .map(([kind, trigger]) => ({ kind, answer: trigger(facts, options) }));
  const found = asked
    .map(({ answer }) => answer)
    .filter(isFound)
    .find(({ id }) => !known.has(id));
  if (found === undefined) return none(outlookOf(asked));
  const blocked = blockedBy(facts, found, plan, runs, now);
  if (blocked !== undefined) return none(`${found.cause.sentence}. ${blocked}`);
  const outlook = `${found.cause.sentence}: a run begins.`;
  return { found, learnFrom: learnFrom(found, facts), outlook };
}

/**
 * Where things are otherwise than they were, the examples of before say what holds no more: of them nothing is learnt, nor by the runs that
 * follow. Several signs of it, of which the first counts, may tell of one change.
 */
function learnFrom(
  { since }: FoundCause,
  { learntFrom, newsFrom, alerts }: TriggerFacts,
): number | null {
  if (since === undefined) return learntFrom;
  const signs = alerts.filter((alert) => alert.since > newsFrom).map((alert) => alert.since);
  return Math.max(learntFrom ?? 0, Math.min(since, ...signs));
}

/** Why what calls for a run has to wait. */
function blockedBy(
  { model, isRetry, newRows, releasing, givesWay }: TriggerFacts,
  { cause }: FoundCause,
  { triggers: { coolDownMs, perDayMax }, data: { rowsMin } }: Pick<ModelPlan, 'triggers' | 'data'>,
  runs: readonly StoredRun[],
  now: number,
): string | undefined {
  const under = runs.find(({ run }) => run.state === 'running');
  if (under !== undefined) return `It waits while run ${under.run.id} is under way.`;
  const mayReplace = givesWay && pressing.has(cause.kind);
  if (releasing !== null && !mayReplace)
    return `It waits while version ${releasing} is being released.`;
  const own = runs.filter(({ run }) => run.model === model);
  const ended = Math.max(...own.map(({ run }) => run.endedAt ?? Number.NEGATIVE_INFINITY));
  if (now < ended + coolDownMs) {
    return `It waits until ${instantWords(ended + coolDownMs)}: the last run ended at ${instantWords(ended)}.`;
  }
  const today = own
    .filter(({ run }) => !byHand.includes(run.cause.kind) && run.startedAt > now - dayMs)
    .map(({ run }) => run.startedAt)
    .sort((a, b) => a - b);
  if (today.length >= perDayMax) {
    // When so many have left the day that another may begin.
    const free = today[today.length - perDayMax]! + dayMs;
    return `It waits until ${instantWords(free)}: ${perDayMax} began within a day, as many as the plan allows.`;
  }
  if (isRetry && newRows < rowsMin) {
    // From the same examples the same would come.
    const counts = `${newRows.toLocaleString('en')} of ${rowsMin.toLocaleString('en')}`;
    return `It waits for examples that no run has seen, ${counts}: the champion stayed after the last run.`;
  }
  return undefined;
}

type Asked = readonly {
  readonly kind: TriggerKind;
  readonly answer: ReturnType<(typeof triggers)[number][1]>;
}[];

function outlookOf(asked: Asked): string {
  const whyOf = (wanted: TriggerKind): string | undefined => {
    const answer = asked.find(({ kind }) => kind === wanted)?.answer;
    return answer === undefined || isFound(answer) ? undefined : answer.why;
  };
  const told = asked.some(({ answer }) => isFound(answer))
    ? 'What calls for a run has started one already.'
    : 'Nothing calls for a run.';
  const next = [whyOf('volume'), whyOf('schedule')].filter((why) => why !== undefined);
  return next.length === 0 ? told : `${told} Toward the next: ${next.join('; ')}.`;
}
