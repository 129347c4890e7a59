/** One pass of the online learner: what it knew of each answer, and what it said, before it learnt it. */
import { numbersOf } from '../../contracts/batch.ts';
import { createAnswerModel } from '../../models/answer/answerModel.ts';
import { logit } from '../../models/stacking/logit.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { type Answer, answerBatch } from '../support/answers.ts';

const batchLength = 4_096;

export interface LoggedExamples {
  readonly names: readonly string[];
  /** Row-major, answers × names. */
  readonly values: Float32Array;
  /** Of the online learner. */
  readonly online: Float64Array;
  readonly labels: Float64Array;
  /** Numbers of the users, from 0 on in order of appearance. */
  readonly users: Int32Array;
}

export function logExamples(answers: readonly Answer[]): LoggedExamples {
  const dictionary = new InternDictionary();
  const model = createAnswerModel(createStateTables(dictionary));
  const examples = model.examples!;
  const width = examples.names.length;
  const values = new Float32Array(answers.length * width);
  const online = new Float64Array(answers.length);
  for (let first = 0; first < answers.length; first += batchLength) {
    const batch = answerBatch(answers.slice(first, first + batchLength), dictionary);
    const labels = numbersOf(batch, 'value');
    for (let row = 0; row < batch.length; row += 1) {
      online[first + row] = logit(model.predict(batch, row));
      examples.write(values, (first + row) * width);
      model.learn(batch, row, labels[row]!);
    }
  }
  const numbers = new Map<string, number>();
  const users = Int32Array.from(answers, ({ user }) => {
    const known = numbers.get(user) ?? numbers.size;
    numbers.set(user, known);
    return known;
  });
  const labels = Float64Array.from(answers, ({ correct }) => correct);
  return { names: examples.names, values, online, labels, users };
}
