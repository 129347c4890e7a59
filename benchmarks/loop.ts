/**
 * The loop closed: a concept drift on a campus is noticed, a model is trained because of it, passes its gates, is released step by step, and
 * predictions are as good as before; nobody touches a model. And releases that must not succeed, and going back.
 *
 * The hands-off run is `handsOff`. Its figures are of regret, the expected log loss beyond that of the campus's own probabilities, so
 * labels add no noise to it, and no model is the yardstick:
 *
 * - before: the three days before the drift; after: from the drift until the run that it causes; recovered: three days from the promotion
 *   of what that run made, or, where nothing was promoted, the last three days.
 * - `recovered_fraction` = (after − recovered) / (after − before). The online learner goes on learning beside every version, so a part of
 *   this needs no retraining: `recovered_fraction_former` is of the champion of before the drift as it would have gone on, computed from its
 *   file. Everyone is known better from day to day, so both may be above 1.
 * - `loss_…` are log losses of the same days: of what served, the former champion, and a model that has learnt from examples after the drift alone, each
 *   combined with the online learner. `recovered_of_oracle` = (former − served) / (former − oracle), where the latter is positive.
 *
 * `rollback_ms` is that of a request on that engine while events flow, to the first stored prediction of the former version; `rollback_log_ms` to its
 * answer, from which on every event is served by it.
 *
 * `detected_after_answers` and `…_events` count up to the beginning of that run, which waits for ten thousand answers of since then; they are read
 * every quarter of an hour of the campus. `release_days` is from the drift to the promotion.
 *
 * Seeded releases are those of `seededReleases`; `wrong_promotions` counts the harmful and the equal ones that became champion. How harmful a
 * kind is beside its combiner, `…_brier_difference` says: the median of those in shadow. Exposures are of those that began in the canary,
 * up to where they were withdrawn, or to the end of the log.
 */
import { ModelPlan } from '../contracts/modelPlan.ts';
import { selectExamples } from '../control/examples/selectExamples.ts';
import { exportModel } from '../models/onnx/exportModel.ts';
import { trainers } from '../models/training/registry.ts';
import { rowsOf } from '../models/training/trainingSet.ts';
import { logLoss } from '../stats/logLoss.ts';
import { answerLearner } from './loop/answerLog.ts';
import { type AnswerTruth, answerTruth, regretOf } from './loop/answerTruth.ts';
import { trainChampion } from './loop/challengers.ts';
import { type HandsOff, type HandsOffSize, handsOff } from './loop/handsOff.ts';
import { asServed } from './loop/predictors.ts';
import { measureRollback, serveAtOnce } from './loop/rollback.ts';
import { type SeededRelease, type SeededSize, seededReleases } from './loop/seededReleases.ts';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';
import { settled } from './support/settled.ts';
import { withDirectory } from './support/temporary.ts';

const hour = 3_600_000;
const day = 24 * hour;
const model = 'answer';
const rollbacks = { full: 5, smoke: 1 };
const by = { actor: 'benchmark', reason: 'It is measured.' };

function sizesOf({ full, most }: Size): { handsOff: HandsOffSize; seeded: SeededSize } {
  const lookMs = full ? 500 : 300;
  if (!full) {
    return {
      handsOff: {
        ...{ seed: 31, students: 60, calmDays: 1, driftedDays: 0.25, afterwardsDays: 0.25 },
        ...{ calmStepMs: 4 * hour, lookMs },
      },
      seeded: {
        ...{ seeds: [1], students: 200, learnt: 6_000, between: 1_000, released: 6_000 },
        ...{ equals: 1, kinds: ['shuffled'] },
      },
    };
  }
  return {
    handsOff: {
      ...{ seed: 31, students: 1_000, calmDays: 14, driftedDays: 14, afterwardsDays: 3 },
      ...{ calmStepMs: 2 * hour, lookMs },
    },
    seeded: {
      seeds: Array.from({ length: most ? 20 : 5 }, (_, i) => i + 1),
      ...{ students: 1_000, learnt: 40_000, between: 5_000, released: 200_000, equals: 2 },
    },
  };
}

export async function run(size: Size): Promise<Figures> {
  const { handsOff: campus, seeded } = sizesOf(size);
  const closed = await withDirectory((directory) =>
    handsOff(campus, directory, async (seen) => ({
      ...(await figuresOf(seen)),
      ...(await rollbackFigures(seen, size.full ? rollbacks.full : rollbacks.smoke)),
    })),
  );
  const ended: SeededRelease[] = [];
  for await (const each of seededReleases(seeded)) ended.push(each);
  return { students: campus.students, ...closed, ...releaseFigures(ended) };
}

/** Examples of the days around the drift, with the truth of each. */
async function examplesOf({ engine, campus, driftAt, played }: HandsOff) {
  await settled(engine, 300_000);
  const truth = answerTruth(campus, played.at);
  const from = Math.max(campus.start, driftAt - 3 * day);
  const examples = await selectExamples(engine.store, {
    ...{ model, featureVersion: answerLearner.version, from, to: played.at, rowsMax: 5_000_000 },
  });
  return { examples, truth: truthFrom(truth, examples.times) };
}

/** @throws Error when the examples are not the answers from a time on, each once */
function truthFrom({ times, probabilities }: AnswerTruth, of: Float64Array): Float64Array {
  const first = times.findIndex((time) => time >= of[0]!);
  const wrong = of.findIndex((time, row) => times[first + row] !== time);
  if (wrong >= 0) throw new Error(`example ${wrong} is of another time than the answer`);
  return probabilities.subarray(first, first + of.length);
}

async function figuresOf(seen: HandsOff): Promise<Figures> {
  const { engine, driftAt, noticed, releases, former, life, runs, played } = seen;
  const { examples, truth } = await examplesOf(seen);
  const { times, served, online, set, rows } = examples;
  const rowAt = (time: number) => {
    const row = times.findIndex((each) => each >= time);
    return row < 0 ? rows : row;
  };
  const promoted = releases.find(({ phase }) => phase === 'promoted');
  const drift = rowAt(driftAt);
  const cause = noticed === undefined ? rows : rowAt(noticed.run.startedAt);
  const from = rowAt(promoted?.since ?? Math.max(driftAt, played.at - 3 * day));
  const to = rowAt(times[from]! + 3 * day);
  const mean = (of: (row: number) => number, first: number, last: number) => {
    let sum = 0;
    for (let row = first; row < last; row += 1) sum += of(row);
    return sum / (last - first);
  };
  const regret = (of: Float64Array) => (row: number) => regretOf(truth[row]!, of[row]!);
  const loss = (of: Float64Array) => (row: number) =>
    logLoss(set.labels[row] === 1 ? of[row]! : 1 - of[row]!);
  const before = mean(regret(served), 0, drift);
  const after = mean(regret(served), drift, cause);
  const recovered = mean(regret(served), from, to);
  const formerFile = life.versions.find(({ version }) => version === former);
  const sha256 = engine.models?.model(model)?.versions.find((each) => {
    return each.version.version === formerFile?.version;
  })?.version.artifact?.sha256;
  const asFormer =
    sha256 === undefined
      ? online
      : await asServed(await engine.artifacts!.get(sha256), examples, 0);
  const oracle = await oracleOf(examples, drift, from);
  const formerRegret = mean(regret(asFormer), from, to);
  const losses = {
    loss_served: mean(loss(served), from, to),
    loss_former: mean(loss(asFormer), from, to),
    ...(oracle === undefined ? {} : { loss_oracle: mean(loss(oracle), from, to) }),
  };
  const gap = losses.loss_former - (losses.loss_oracle ?? Number.POSITIVE_INFINITY);
  const rise = after - before;
  const share = (regretNow: number) => (after - regretNow) / rise;
  const ended = promoted ?? releases.at(-1);
  return {
    champion_before_drift: former,
    ...(noticed === undefined
      ? { detected: 0 }
      : {
          detected: 1,
          detected_by: noticed.run.cause.kind,
          cause: noticed.run.cause.sentence,
          detected_after_answers: cause - drift,
          detected_after_events: noticed.events,
          run: `${noticed.run.state}: ${noticed.run.sentence}`,
        }),
    promoted: promoted === undefined ? 0 : 1,
    ...(ended === undefined
      ? {}
      : {
          release: ended.steps.at(-1)!.sentence,
          release_days: (ended.since - driftAt) / day,
        }),
    champion_at_the_end: life.champion,
    runs: runs.length,
    answers_after_drift: rows - drift,
    regret_before: before,
    regret_first_2000: mean(regret(served), drift, Math.min(rows, drift + 2_000)),
    regret_after: after,
    regret_recovered: recovered,
    regret_former: formerRegret,
    regret_online: mean(regret(online), from, to),
    ...(oracle === undefined ? {} : { regret_oracle: mean(regret(oracle), from, to) }),
    recovered_fraction: share(recovered),
    recovered_fraction_former: share(formerRegret),
    recovered_days: (times[to - 1]! - times[from]!) / day,
    ...losses,
    ...(gap > 0 && Number.isFinite(gap)
      ? { recovered_of_oracle: (losses.loss_former - losses.loss_served) / gap }
      : {}),
  };
}

/** Trained on rows `drift` to `from`, and combined from there on; undefined where these are fewer than a training needs. */
async function oracleOf(
  examples: Parameters<typeof asServed>[1],
  drift: number,
  from: number,
): Promise<Float64Array | undefined> {
  if (from - drift < ModelPlan.parse({}).data.rowsMin) return undefined;
  const { features } = examples.set;
  const trained = trainers.get('trees')!.train(rowsOf(examples.set, drift, from));
  return asServed(exportModel(trained, { features }), examples, from);
}

/** A version that somebody has made champion, and from which it is gone back to the one before. */
async function rollbackFigures(seen: HandsOff, times: number): Promise<Figures> {
  const { engine, played, life } = seen;
  const { examples } = await examplesOf(seen);
  const { set, rows, online, users, times: at } = examples;
  const skills = [...(examples.slices.get('context.skill') ?? [])];
  const known = { set: rowsOf(set, 0, rows), online, users, times: at, skills };
  const { file } = trainChampion(known, 1);
  const artifact = await engine.artifacts!.put(file);
  const written = await engine.models!.register(
    {
      ...{ model, kind: 'trees', artifact, golden: null, data: null, trainer: 'benchmark' },
      ...{ parameters: {}, seed: null, calibration: null, metrics: {}, gates: null, run: null },
      notes: '',
    },
    by,
  );
  if (written.outcome !== 'written') throw new Error(`not registered: ${written.outcome}`);
  const measured = [];
  for (let i = 0; i < times; i += 1) {
    await serveAtOnce(engine, written.made.version);
    measured.push(await measureRollback(engine, played, life.champion));
  }
  const rowMs = measured.map((each) => each.rowMs);
  return {
    rollback_ms: quantile(rowMs, 0.5),
    rollback_most_ms: Math.max(...rowMs),
    rollback_log_ms: quantile(
      measured.map(({ logMs }) => logMs),
      0.5,
    ),
  };
}

function releaseFigures(ended: readonly SeededRelease[]): Figures {
  const figures: Record<string, number> = {};
  const count = (of: readonly SeededRelease[], phase: string) =>
    of.filter(({ release }) => release.phase === phase).length;
  for (const kind of new Set(ended.map((each) => each.kind))) {
    const own = ended.filter((each) => each.kind === kind);
    const inShadow = own.filter(({ from }) => from === 'shadow');
    const forced = own.filter(({ from }) => from === 'canary');
    figures[`${kind}_gates_refused`] = inShadow.filter(({ failed }) => failed.length > 0).length;
    figures[`${kind}_runs`] = own.length;
    figures[`${kind}_promoted`] = count(own, 'promoted');
    figures[`${kind}_shadow_harm_shown`] = inShadow.filter(isHarmShown).length;
    figures[`${kind}_canary_harm_shown`] = forced.filter(isHarmShown).length;
    figures[`${kind}_canary_median_exposures`] = exposuresOf(forced);
    const differences = inShadow.flatMap(({ release }) => differenceOf(release) ?? []);
    if (differences.length > 0) figures[`${kind}_brier_difference`] = quantile(differences, 0.5);
  }
  const harmful = ended.filter(({ kind }) => kind !== 'equal');
  const forced = harmful.filter(({ from }) => from === 'canary');
  const stopped = forced.filter(isHarmShown);
  return {
    seeded_runs: ended.length,
    wrong_promotions: count(ended, 'promoted'),
    harmful_canary_runs: forced.length,
    harmful_canary_stopped: stopped.length,
    ...(stopped.length === 0
      ? {}
      : { harmful_canary_stopped_median_exposures: exposuresOf(stopped) }),
    ...figures,
  };
}

/** Brier score less the champion's, as it was when the release ended; null where it has not. */
function differenceOf({ steps }: SeededRelease['release']): number | null {
  return steps.at(-1)?.evidence?.paired.mean ?? null;
}

/** As opposed to one of which nothing was shown. */
function isHarmShown({ release }: SeededRelease): boolean {
  return release.phase === 'withdrawn' && !release.steps.at(-1)!.sentence.includes('do not show');
}

function exposuresOf(releases: readonly SeededRelease[]): number {
  return quantile(
    releases.map(({ exposures }) => exposures),
    0.5,
  );
}
