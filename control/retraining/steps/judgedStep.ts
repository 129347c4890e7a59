/** Selects the examples by which a model from elsewhere is judged: those that a training of the same time would hold out. */
import { EngineError } from '../../../contracts/errors.ts';
import type { ImportedModel } from '../storedRun.ts';
import { counted, type StepContext, type StepEnd } from './runStep.ts';
import { partsFor } from './trainStep.ts';

export async function judgedStep(
  { stored, takeExamples }: StepContext,
  { data }: ImportedModel,
): Promise<StepEnd> {
  const { set, rows, times, users, excludedUsers, snapshot, from, to, repairs } =
    await takeExamples();
  if (rows === 0) {
    throw new EngineError('TRAINING_IMPOSSIBLE', 'there are no examples by which it can be judged');
  }
  const { learnt } = partsFor(stored, set, rows);
  const people = counted(new Set(users.subarray(learnt)).size, 'user');
  const sentence = `The latest ${counted(rows - learnt, 'example')} of ${rows.toLocaleString('en')} judge it, of ${people}.`;
  const hasSeen = data !== null && data.to >= times[learnt]!;
  return {
    state: 'done',
    sentence: [sentence, ...(repairs ?? [])].join(' '),
    made: {
      data: { snapshot, from, to, rows, excludedUsers },
      remarks: hasSeen
        ? [
            'Its snapshot has examples of the time on which it was judged: the gates may flatter it; shadow does not.',
          ]
        : [],
    },
    run: { snapshot },
  };
}
