/** An experiment as it is told to who may see figures of groups alone: what the engine did of itself says its verdict, of that moment. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { engineActor } from '../../control/experiments/evaluateRegistered.ts';
import { withheldSentence } from './withheldSentence.ts';

export function experimentForGroups(detail: ExperimentDetail): ExperimentDetail {
  const { experiment, record } = detail;
  const { hold, decision } = experiment;
  const hasActed = record.some(({ actor }) => actor === engineActor);
  return {
    ...detail,
    experiment: {
      ...experiment,
      hold: hold && { ...hold, sentence: withheldSentence },
      decision: decision && hasActed ? { ...decision, reason: withheldSentence } : decision,
    },
    record: record.map((each) =>
      each.actor === engineActor ? { ...each, reason: withheldSentence } : each,
    ),
  };
}
