/**
 * Answers that depend on no parameter, or that take long, are shared: by those who ask at the same time, and for ten times as long as they
 * took to find, but three seconds at most. So however many dashboards are open, a question that takes less than 0.3 s
 * takes a tenth of a core at most, and one that is quick is always answered afresh.
 *
 * Such a question is finished even when nobody waits for its answer any more: the next who asks will have it.
 *
 * Dashboards ask for the last time six seconds after the last commit (`ui/live/refreshGate.ts`): by then no answer from
 * before is given again.
 */
import type { Queries } from './queries/queries.ts';

const rest = 10;
const restMaxMs = 3_000;
/** Quicker than this is quick, ms. */
const quickMs = 20;

/** @param clock ms */
export function sparing(queries: Queries, clock: () => number): Queries {
  return {
    ...queries,
    metrics: shared(queries.metrics, clock),
    models: shared(queries.models, clock),
    totals: shared(queries.totals, clock),
    refusals: shared(queries.refusals, clock),
    exposedUnits: shared(queries.exposedUnits, clock),
    statistics: shared(queries.statistics, clock),
    latestVerdicts: shared(queries.latestVerdicts, clock),
    drift: sharedByQuery(queries.drift, clock),
  };
}

/** Different questions whose answers are kept at a time. */
const questionsMax = 16;

/** As {@link shared}, for each question by itself. */
function sharedByQuery<Query, Answer>(
  ask: (query: Query) => Promise<Answer>,
  clock: () => number,
): (query: Query) => Promise<Answer> {
  const known = new Map<string, () => Promise<Answer>>();
  return (query) => {
    const key = JSON.stringify(query);
    const asked = known.get(key) ?? shared(() => ask(query), clock);
    known.delete(key);
    known.set(key, asked);
    if (known.size > questionsMax) known.delete(known.keys().next().value!);
    return asked();
  };
}

function shared<Answer>(ask: () => Promise<Answer>, clock: () => number): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  let until = Infinity;
  return () => {
    if (answer !== undefined && clock() < until) return answer;
    const began = clock();
    until = Infinity;
    const asked = ask();
    answer = asked;
    asked.then(
      () => {
        const took = clock() - began;
        until = took < quickMs ? 0 : clock() + Math.min(restMaxMs, rest * took);
      },
      () => {
        until = 0;
      },
    );
    return asked;
  };
}
