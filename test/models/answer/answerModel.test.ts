import { describe, expect, test } from 'vitest';
import { type Answer, answerBatch, simulatedAnswers } from '../../../benchmarks/support/answers.ts';
import { answerFeatures, createAnswerModel } from '../../../models/answer/answerModel.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { prequential } from '../../../stats/prequential.ts';

const options = { bits: 12 };

function newModel() {
  const dictionary = new InternDictionary();
  const tables = createStateTables(dictionary);
  return { dictionary, tables, model: createAnswerModel(tables, options) };
}

type Running = ReturnType<typeof newModel>;

/** Predicts and learns each answer; returns the predictions. */
function pass({ dictionary, model }: Running, answers: readonly Answer[]): number[] {
  const batch = answerBatch(answers, dictionary);
  return answers.map(({ correct }, row) => {
    const probability = model.predict(batch, row);
    model.learn(batch, row, correct);
    return probability;
  });
}

function quality(predicted: readonly number[], answers: readonly Answer[]) {
  const state = prequential.initial();
  predicted.forEach((probability, i) => {
    prequential.step(state, { probability, label: answers[i]!.correct });
  });
  return prequential.read(state);
}

/** Everything that is stored, by table and key. */
function stored({ tables }: Running): Map<string, Buffer> {
  const entries = new Map<string, Buffer>();
  for (const table of tables.all) {
    table.drain((bytes, keyEnd, end, deleted) => {
      const key = `${table.name} ${Buffer.from(bytes.subarray(0, keyEnd)).toString('hex')}`;
      if (deleted) entries.delete(key);
      else entries.set(key, Buffer.from(bytes.subarray(keyEnd, end)));
    });
  }
  return entries;
}

const answers = simulatedAnswers(20_000, 11);

describe('answer model', () => {
  // The promise: it comes close to the rates that drew the answers, whose own AUC on this half is 0.803.
  test('predicts far better than the rate, and is calibrated', () => {
    const predicted = pass(newModel(), answers);
    const late = quality(predicted.slice(10_000), answers.slice(10_000));
    expect(late.auc).toBeGreaterThan(0.77);
    expect(late.calibrationError).toBeLessThan(0.03);
    expect(quality(predicted.slice(0, 2000), answers.slice(0, 2000)).auc).toBeLessThan(late.auc);
  });

  test('the first prediction is a coin, and all are inside (0, 1)', () => {
    const [first, ...rest] = pass(newModel(), answers.slice(0, 1000));
    expect(first).toBe(0.5);
    for (const p of rest) expect(p > 0 && p < 1).toBe(true);
  });

  test('works without item, without skill, and without both', () => {
    const bare = ({ user, time, correct }: Answer): Answer => ({ user, time, correct });
    const some = answers.slice(0, 12_000);
    const without: Answer[][] = [
      some.map((answer) => ({ ...bare(answer), skill: answer.skill! })),
      some.map((answer) => ({ ...bare(answer), item: answer.item! })),
      some.map(bare),
      some.map((answer, i) => (i % 2 === 0 ? answer : bare(answer))),
    ];
    for (const variant of without) {
      const { auc, calibrationError } = quality(pass(newModel(), variant), variant);
      expect(auc).toBeGreaterThan(0.58);
      expect(calibrationError).toBeLessThan(0.05);
    }
  });

  test('a prediction leaves no trace in the state', () => {
    const running = newModel();
    pass(running, answers.slice(0, 500));
    stored(running);
    const batch = answerBatch(answers.slice(500, 600), running.dictionary);
    for (let row = 0; row < 100; row += 1) running.model.predict(batch, row);
    expect(stored(running).size).toBe(0);
  });

  test('restored under other codes it goes on as the original', () => {
    const original = newModel();
    pass(original, answers.slice(0, 3000));
    const copy = newModel();
    for (let i = 0; i < 50; i += 1) copy.dictionary.internText(`other ${i}`);
    for (const [index, table] of original.tables.all.entries()) {
      const target = copy.tables.all[index]!;
      table.drain((bytes, keyEnd, end) => {
        target.restore(bytes.slice(0, keyEnd), bytes.slice(keyEnd, end));
      });
      target.restored();
    }
    const rest = answers.slice(3000, 5000);
    expect(pass(copy, rest)).toEqual(pass(original, rest));
    expect(stored(copy)).toEqual(stored(original));
  });

  test('does not depend on how the answers were cut into batches', () => {
    const some = answers.slice(0, 2000);
    const whole = pass(newModel(), some);
    const cut = newModel();
    const parts: number[] = [];
    for (let i = 0; i < 2000; i += 77) parts.push(...pass(cut, some.slice(i, i + 77)));
    expect(parts).toEqual(whole);
  });

  test('the contributions of the features add up to the logit', () => {
    const running = newModel();
    pass(running, answers.slice(0, 2000));
    const batch = answerBatch(answers.slice(2000, 2001), running.dictionary);
    const probability = running.model.predict(batch, 0);
    const added = running.model.contributions();
    expect(added).toHaveLength(answerFeatures.length);
    const logit = Math.log(probability / (1 - probability));
    expect(added.reduce((sum, x) => sum + x, 0)).toBeCloseTo(logit, 9);
  });

  test('bounds its rows', () => {
    const dictionary = new InternDictionary();
    const tables = createStateTables(dictionary);
    const model = createAnswerModel(tables, { ...options, usersMax: 20, userSkillsMax: 30 });
    const some = answers.slice(0, 3000);
    const { auc } = quality(pass({ dictionary, tables, model }, some), some);
    expect(auc).toBeGreaterThan(0.55);
    expect(tables.all[0]!.size).toBe(20);
    expect(tables.all[3]!.size).toBe(30);
  });

  test('refuses to learn what it did not predict last, twice, or no label', () => {
    const { dictionary, model } = newModel();
    const batch = answerBatch(answers.slice(0, 10), dictionary);
    expect(() => model.learn(batch, 0, 1)).toThrow('row: expected -1, the last predicted, got 0');
    model.predict(batch, 3);
    expect(() => model.learn(batch, 2, 1)).toThrow('row: expected 3');
    expect(() => model.learn(batch, 3, 0.5)).toThrow('label: expected 0 or 1, got 0.5');
    model.learn(batch, 3, 1);
    expect(() => model.learn(batch, 3, 1)).toThrow(RangeError);
  });

  test('says which column a batch lacks', () => {
    const { dictionary, model } = newModel();
    const batch = answerBatch(answers.slice(0, 1), dictionary);
    const codes = new Map(batch.codes);
    codes.delete('context.skill');
    expect(() => model.predict({ ...batch, codes }, 0)).toThrow('column context.skill');
  });
});
