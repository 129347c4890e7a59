/** Drift: a detector tells that the model errs otherwise, or a column that it reads has moved away from its reference. */
import {
  causeByAlert,
  causeOf,
  type DriftedColumn,
  instantWords,
  type Trigger,
} from './trigger.ts';

export const driftTrigger: Trigger = (facts) => {
  const byAlert = causeByAlert(facts, 'drift');
  if (byAlert !== undefined) return byAlert;
  const fresh = facts.drift.filter(({ since }) => since > facts.newsFrom);
  const [worst] = fresh.filter(({ isBroken }) => !isBroken).sort(byExcess);
  if (worst === undefined) {
    const broken = fresh.find(({ isBroken }) => isBroken);
    return broken === undefined
      ? { why: 'nothing that the model reads has drifted since it was trained' }
      : { why: `values of ${broken.column} are broken, and nothing should be learnt from them` };
  }
  const { column, distance, limit, since, role } = worst;
  const what =
    role === 'input' ? `Column ${column} drifts` : `What is ${words[role]} drifts (${column})`;
  const sentence = `${what}: PSI ${distance.toPrecision(3)} against ${limit.toPrecision(3)}, since ${instantWords(since)}`;
  return {
    id: `drift:${column}:${since}`,
    at: since,
    since,
    cause: causeOf('drift', sentence, { psi: distance, limit }),
  };
};

const words = { prediction: 'predicted', label: 'to be predicted', input: 'read' } as const;

function byExcess(a: DriftedColumn, b: DriftedColumn): number {
  return b.distance / b.limit - a.distance / a.limit || (a.column < b.column ? -1 : 1);
}
