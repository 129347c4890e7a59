/** Selects the examples that are learnt from, and says whether anything can be learnt from them. */
import { EngineError } from '../../../contracts/errors.ts';
import { copyOf } from '../exampleSet.ts';
import { judgedStep } from './judgedStep.ts';
import { counted, type Step } from './runStep.ts';

export const snapshotStep: Step = async (context) => {
  const { parts, stored, signal, takeExamples } = context;
  if (stored.imported !== null) return judgedStep(context, stored.imported);
  const { rowsMin } = stored.plan.data;
  const { timeoutMs } = stored.plan.trainer;
  const { set, rows, users, excludedUsers, snapshot, from, to, repairs } = await takeExamples();
  if (rows < rowsMin) {
    const needed = `at least ${rowsMin.toLocaleString('en')} are needed`;
    throw new EngineError(
      'TRAINING_IMPOSSIBLE',
      `there are ${counted(rows, 'example')}, and ${needed}`,
    );
  }
  // Millions of values: others would wait for it here.
  await parts.runJob({ kind: 'check', set: copyOf(set) }, { signal, timeoutMs });
  const people = counted(new Set(users).size, 'user');
  const without = excludedUsers === 0 ? '' : `, ${excludedUsers.toLocaleString('en')} left out`;
  return {
    state: 'done',
    sentence: [`${counted(rows, 'example')} of ${people}${without}.`, ...(repairs ?? [])].join(' '),
    made: { data: { snapshot, from, to, rows, excludedUsers } },
    run: { snapshot },
  };
};
