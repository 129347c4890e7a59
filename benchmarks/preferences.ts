/**
 * What is learnt of liking: against the usual outcome, biases alone, matrix factorization, a factorization machine and a fixed
 * strength of shrinkage, all over the same outcomes in the same order, each predicted before it is learnt.
 *
 * On the campus the true liking is known as well. On ASSISTments 2017 the attribute is the skill of a problem, and liking is
 * knowing. The parameters of all were chosen on a campus of another seed.
 */
import { createAnswerModel } from '../models/answer/answerModel.ts';
import { popularity } from '../models/items/popularity.ts';
import { similarItems } from '../models/items/similarItems.ts';
import { emptyPopulation } from '../models/preference/population.ts';
import { preferenceModel } from '../models/preference/preferenceModel.ts';
import { InternDictionary } from '../operators/state/internDictionary.ts';
import { createStateTables } from '../operators/state/stateTables.ts';
import { taste } from '../sources/campus/response.ts';
import { below, randomState } from '../stats/random.ts';
import { rankAuc } from '../stats/rankAuc.ts';
import { manyLikings } from './preferences/manyLikings.ts';
import {
  biasesOnly,
  factorized,
  globalMean,
  machine,
  preferences,
  shrunkMeans,
} from './preferences/models.ts';
import { answerOutcomes, campusOutcomes, type Outcome } from './preferences/outcomes.ts';
import { byExperience, pass } from './preferences/run.ts';
import type { Figures, Size } from './run.ts';
import { answerBatch, assistmentsAnswers, simulatedAnswers } from './support/answers.ts';

const day = 86_400_000;
const rated = { usual: 0, weight: 1 };
const completed = { usual: 0, weight: 0.2 };
const strengths = [0.5, 1, 2, 4, 8];
const levels = [0, 4, 16, 64];

export async function run({ full }: Size): Promise<Figures> {
  // First, while the process holds nothing else.
  const memory = manyLikings(full ? 1_000_000 : 20_000);
  return {
    ...campus(campusOutcomes(full ? 400 : 60, full ? 28 : 7, 5)),
    ...items(campusOutcomes(full ? 300 : 60, 7, 6)),
    ...answers(full ? Infinity : 20_000),
    ...answerModel(full ? Infinity : 20_000),
    ...updates(full ? 3_000_000 : 100_000),
    ...memory,
  };
}

/** Ratings and completions of topics; the truth is in ratings' units, half a star for each half of the scale. */
function campus(outcomes: readonly Outcome[]): Figures {
  const contender = preferences([rated, completed], { halfLifeMs: 30 * day });
  const usual = pass(globalMean(2), outcomes, 2);
  const own = pass(contender, outcomes, 2);
  const passes = {
    usual,
    biases: pass(biasesOnly(2, 5), outcomes, 2),
    factors_of_items: pass(factorized('item', 2, 'squared'), outcomes, 2),
    factors_of_topics: pass(factorized('value', 2, 'squared'), outcomes, 2),
    machine: pass(machine('squared'), outcomes, 2),
    preferences: own,
  };
  const fixed = strengths.map((k) => pass(shrunkMeans([1, completed.weight], k), outcomes, 2));
  const best = Math.min(...fixed.map(({ rmse }) => rmse[0]!));
  const figures: Record<string, number> = { campus_outcomes: outcomes.length };
  for (const [name, { rmse, logLoss, auc }] of Object.entries(passes)) {
    figures[`rating_rmse_${name}`] = rmse[0]!;
    figures[`completion_log_loss_${name}`] = logLoss;
    figures[`completion_auc_${name}`] = auc;
  }
  figures['rating_rmse_best_fixed_shrinkage'] = best;
  const known = byExperience(own.predicted, outcomes, 0, levels);
  const unknown = byExperience(usual.predicted, outcomes, 0, levels);
  levels.forEach((least, i) => {
    figures[`rating_rmse_after_${least}`] = known[i]!;
    figures[`rating_rmse_after_${least}_usual`] = unknown[i]!;
  });
  return { ...figures, ...againstTruth(outcomes, contender) };
}

/** Of every user and topic at the end. */
function againstTruth(
  outcomes: readonly Outcome[],
  contender: ReturnType<typeof preferences>,
): Figures {
  const last = new Map<string, Outcome>();
  for (const each of outcomes) last.set(`${each.user} ${each.value}`, each);
  const time = outcomes.at(-1)!.time;
  const slope = taste.ratingSlope / 2;
  let squares = 0;
  let plain = 0;
  let inside = 0;
  for (const each of last.values()) {
    contender.predict({ ...each, time });
    const { mean, population, standardError } = contender.affinity();
    const truth = slope * each.truth;
    squares += (mean - truth) ** 2;
    plain += (population - truth) ** 2;
    if (Math.abs(mean - truth) < 1.96 * standardError) inside += 1;
  }
  return {
    truth_rmse_preferences: Math.sqrt(squares / last.size),
    truth_rmse_population: Math.sqrt(plain / last.size),
    truth_coverage: inside / last.size,
  };
}

/** How well the next item of a user is told from one drawn at random: what is popular, and what goes with the last ones. */
function items(outcomes: readonly Outcome[]): Figures {
  const tables = createStateTables(new InternDictionary());
  const popular = popularity(tables, 'popular');
  const similar = similarItems(tables, 'similar');
  const names = [...new Set(outcomes.map(({ item }) => item))];
  const random = randomState(4);
  const won = { popularity: 0, similar_items: 0 };
  let pairs = 0;
  const half = outcomes.length / 2;
  outcomes.forEach(({ user, item, time }, i) => {
    const code = tables.dictionary.internText(user);
    const next = tables.dictionary.internText(item);
    if (i >= half) {
      const other = tables.dictionary.internText(names[below(random, names.length)]!);
      pairs += 1;
      won.popularity += beats(popular.score(next, time), popular.score(other, time));
      won.similar_items += beats(similar.score(code, next, time), similar.score(code, other, time));
    }
    popular.count(next, time);
    similar.count(code, next, time);
  });
  return {
    next_item_auc_popularity: won.popularity / pairs,
    next_item_auc_similar_items: won.similar_items / pairs,
  };
}

function beats(one: number, other: number): number {
  return one > other ? 1 : one === other ? 0.5 : 0;
}

function answers(count: number): Figures {
  const { outcomes, data } = answerOutcomes(count);
  const passes = {
    usual: pass(globalMean(1), outcomes, 1),
    biases: pass(biasesOnly(1, 5), outcomes, 1),
    factors_of_problems: pass(factorized('item', 1, 'logistic'), outcomes, 1),
    factors_of_skills: pass(factorized('value', 1, 'logistic'), outcomes, 1),
    machine: pass(machine('logistic'), outcomes, 1),
    preferences: pass(preferences([rated], { valuesMax: 32 }), outcomes, 1),
  };
  const figures: Record<string, number | string> = { answers: data, answer_rows: outcomes.length };
  for (const [name, { logLoss, auc }] of Object.entries(passes)) {
    figures[`answer_log_loss_${name}`] = logLoss;
    figures[`answer_auc_${name}`] = auc;
  }
  return figures;
}

/** The engine's own model of answers, which knows more than liking: one model over all students. */
function answerModel(count: number): Figures {
  const all = (assistmentsAnswers() ?? simulatedAnswers(200_000, 7)).slice(0, count);
  const dictionary = new InternDictionary();
  const model = createAnswerModel(createStateTables(dictionary));
  const predicted = new Float64Array(all.length);
  const batchLength = 4_096;
  for (let first = 0; first < all.length; first += batchLength) {
    const part = all.slice(first, first + batchLength);
    const batch = answerBatch(part, dictionary);
    part.forEach(({ correct }, row) => {
      predicted[first + row] = model.predict(batch, row);
      model.learn(batch, row, correct);
    });
  }
  const labels = Uint8Array.from(all, ({ correct }) => correct);
  return { answer_auc_answer_model: rankAuc(predicted, labels) };
}

/** The model alone, by the processor's time: outcomes of 20,000 users and ten values. */
function updates(count: number): Figures {
  const users = 20_000;
  const random = randomState(1);
  const model = preferenceModel([rated, completed]);
  const population = emptyPopulation(2);
  const rows = new Float64Array(users * model.users.width);
  const drawn = Int32Array.from({ length: count }, () => below(random, users * 10));
  const start = Date.UTC(2026, 0, 5);
  const before = process.cpuUsage().user;
  for (let i = 0; i < count; i += 1) {
    const at = Math.floor(drawn[i]! / 10) * model.users.width;
    const outcome = ((drawn[i]! * 7) % 5) / 2 - 1;
    model.learn(population, rows, at, drawn[i]! % 10, i & 1, outcome, start + i * 10);
  }
  const seconds = (process.cpuUsage().user - before) / 1e6;
  return { updates_per_cpu_s: count / seconds };
}
