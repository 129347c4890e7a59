/** An experiment as it is told to who may see figures of groups alone: what the engine did of itself says its verdict, of that moment. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { engineActor } from '../../control/experiments/evaluateRegistered.ts';
import { withheldSentence } from './withheldSentence.ts';

export function experimentForGroups(detail: ExperimentDetail): ExperimentDetail {
  const { experiment, record } = detail;
  const { hold, decision } = experiment;
  const own = new Set(record.filter(({ actor }) => actor === engineActor).map(({ at }) => at));
  return {
    ...detail,
    experiment: {
      ...experiment,
      hold: hold && { ...hold, sentence: withheldSentence },
      decision:
        decision && own.has(decision.at) ? { ...decision, reason: withheldSentence } : decision,
    },
    record: record.map((each) =>
      each.actor === engineActor ? { ...each, reason: withheldSentence } : each,
    ),
  };
}
