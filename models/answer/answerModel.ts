/**
 * Predicts whether an answer will be right, and learns from every answer: ratings, rates and histories of the user, the
 * item and the skill as features of an online logistic regression.
 *
 * Item and skill may be absent. State: the rows of `rows.ts`, and two weight vectors, for facts and for hashed crosses.
 * Nothing is allocated per row, but for names seen the first time.
 *
 * Source: McMahan et al. 2013 (FTRL-Proximal); Pelánek 2016 (Elo ratings in education).
 */
import type { Batch } from '../../contracts/batch.ts';
import type { Learner } from '../../contracts/learner.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { createFeatures, sigmoid } from '../features.ts';
import { ftrl, ftrlWidth } from '../ftrl.ts';
import { parametersOf } from '../spec.ts';
import { type AnswerParameters, answerParameters } from './answerParameters.ts';
import { crossNames, writeCrosses } from './crosses.ts';
import { answerExamples } from './exampleFeatures.ts';
import { factNames, factWeights, writeFacts } from './facts.ts';
import { learnRows } from './learnRows.ts';
import { createLocator } from './locator.ts';
import { createSituation } from './situation.ts';

/** All features, facts first, in the order of `contributions`. */
export const answerFeatures: readonly string[] = [...factNames, ...crossNames];

export interface AnswerModel extends Learner {
  /** What each of {@link answerFeatures} added to the logit of the last prediction. */
  contributions(): Float64Array;
}

/** Of its features and of how it learns. */
export const answerVersion = '1';

/** Keeps the probability inside (0, 1), and the loss of a wrong prediction finite. */
const probabilityMin = 1e-6;

/**
 * @param tables  where the state lives; the model makes six tables in it, all named `answer-…`
 * @param options parameters other than their defaults
 * @throws RangeError when an option is out of range. `predict` throws one when the batch lacks a column, `learn` when the
 *   row is not the one predicted last or the label is neither 0 nor 1
 */
export function createAnswerModel(
  tables: StateTables,
  options: Partial<AnswerParameters> = {},
): AnswerModel {
  const parameters = parametersOf(answerParameters, options);
  const { bits, crossRate, crossDamping, factRate, factDamping, halfLifeMs } = parameters;
  const locator = createLocator(tables, parameters);
  const factTable = tables.vector('answer-facts', factWeights * ftrlWidth);
  const crossTable = tables.vector('answer-crosses', 2 ** bits * ftrlWidth);
  const dense = { sparsity: 0, shrinkage: 0 };
  const factModel = ftrl.create({ alpha: factRate, beta: factDamping, ...dense });
  const crossModel = ftrl.create({ alpha: crossRate, beta: crossDamping, ...dense });
  const facts = createFeatures(factNames.length);
  const crosses = createFeatures(crossNames.length);
  const situation = createSituation();
  let predictedBatch: Batch | undefined;
  let predictedRow = -1;
  /** One number, in an array because a captured variable would be allocated anew for each row. */
  const probability = new Float64Array(1);

  return {
    name: 'answer',
    version: answerVersion,
    examples: answerExamples({ facts, crosses, situation, halfLifeMs }),

    predict(batch, row) {
      locator.look(batch, row, situation);
      writeFacts(facts, situation);
      writeCrosses(crosses, situation, bits);
      const score = factModel.score(factTable, facts) + crossModel.score(crossTable, crosses);
      const predicted = Math.min(Math.max(sigmoid(score), probabilityMin), 1 - probabilityMin);
      probability[0] = predicted;
      predictedBatch = batch;
      predictedRow = row;
      return predicted;
    },

    learn(batch, row, label) {
      if (batch !== predictedBatch || row !== predictedRow) {
        throw new RangeError(`row: expected ${predictedRow}, the last predicted, got ${row}`);
      }
      if (label !== 0 && label !== 1) throw new RangeError(`label: expected 0 or 1, got ${label}`);
      predictedRow = -1;
      const gradient = probability[0]! - label;
      factModel.learn(factTable, facts, gradient);
      crossModel.learn(crossTable, crosses, gradient);
      locator.take(row, situation);
      learnRows(situation, label, halfLifeMs);
    },

    contributions() {
      const added = new Float64Array(facts.count + crosses.count);
      for (let i = 0; i < facts.count; i += 1) added[i] = facts.weights[i]! * facts.values[i]!;
      for (let i = 0; i < crosses.count; i += 1) {
        added[facts.count + i] = crosses.weights[i]! * crosses.values[i]!;
      }
      return added;
    },
  };
}
