/**
 * Recommendations proved on the campus: each planted problem at the top of the inbox within its delay, and what is shown where nothing is
 * wrong. Engine, pipeline, watches and all rules as they are by default; the campus is played day by day, see `playInsights`.
 *
 * A quiet campus is well run (`wellRun`): whatever card appears there is false, facts as well as statistical ones. Named is a problem
 * when the first card of the inbox is of its kind and subject, at the first look after each day (or shorter step) that was played.
 *
 * Problems that begin after a quiet time share it: the quiet campus of the seed is played once, is kept at each such beginning, and goes
 * on from copies; its own quiet days are judged as well. Each result is told as it comes, with the time that is left.
 *
 * | environment | is |
 * | --- | --- |
 * | `MILLRACE_PROBLEMS` | `grading,late`: only these; with `quiet` quiet campuses |
 * | `MILLRACE_SEED` | another seed than those of the record |
 * | `MILLRACE_RESULTS` | file to which each result is added; a run of the same commit goes on from it |
 * | `MILLRACE_TRACE` | each card, and each test that comes near, is told |
 */
import { join } from 'node:path';
import type { Card } from '../contracts/insight.ts';
import { lookCost } from './insights/lookCost.ts';
import { type PlantedProblem, plantedProblems } from './insights/plantedProblems.ts';
import {
  type InboxPicture,
  type KeptCampus,
  type PlayedFrom,
  type PlayedInsights,
  withPlayed,
} from './insights/playInsights.ts';
import { allowedFalse, memoryDays, poissonUpper } from './insights/quietRate.ts';
import { ResultBook } from './insights/resultBook.ts';
import { dayMs, healthy, start, wellRunCampus } from './insights/wellRun.ts';
import type { Figures, Size } from './run.ts';
import { commit } from './support/commit.ts';
import { quantile } from './support/quantile.ts';
import { withDirectory } from './support/temporary.ts';

const hourMs = 3_600_000;
/** A day is told of when it is over, and most of what was late has come. */
const lookAtMs = hourMs;

interface CampusSize {
  readonly seed: number;
  readonly students: number;
}

interface Named {
  /** Until it was at the top, ms of event time; null: it was not. */
  readonly delayMs: number | null;
  readonly isInTime: boolean;
  /** Best place in the inbox, 1 is the top; null: it was not in it. */
  readonly rank: number | null;
  /** Other cards that were open meanwhile. */
  readonly others: readonly string[];
  readonly failing: readonly string[];
}

const nameOf = ({ subject: { kind, key }, finding }: Card) => `${finding.kind} ${kind}:${key}`;

/** With MILLRACE_TRACE each card is told in full as it comes. */
const told = new Set<string>();
function tell(what: string, { at, cards, failing }: InboxPicture): void {
  if (process.env['MILLRACE_TRACE'] === undefined) return;
  const day = ((at - start) / dayMs).toFixed(2);
  const list = cards.map((card) => `${nameOf(card)} ${card.score.toFixed(3)}`).join(', ');
  console.error(`${what}, day ${day}: ${list}${failing.map((each) => ` !! ${each}`).join('')}`);
  for (const card of cards) {
    for (const finding of [card.finding, ...card.others]) {
      const name = `${what} ${card.id} ${finding.kind}`;
      if (told.has(name)) continue;
      told.add(name);
      const { changed, why, ignored, action, promise, impact, pValue, reach } = finding;
      const lines = [changed, ...why, ignored, action?.label, action?.consequence, action?.page];
      console.error(
        [finding.kind, ...lines, promise?.sentence, impact.words]
          .map((line) => `  ${line}`)
          .join('\n'),
      );
      console.error(`  p ${pValue}, reach ${reach.share}, ${JSON.stringify(card.parts)}`);
    }
  }
}

async function playCalm(played: PlayedInsights, to: number, seen: (at: InboxPicture) => void) {
  for (let day = start + dayMs + lookAtMs; day < to; day += dayMs) {
    if (day > played.at) seen(await played.playTo(day));
  }
}

/** How long a problem is played after the time within which it must be named: so that one that is late is told from one that is not seen. */
const beyondMs = dayMs;

async function playProblem(
  problem: PlantedProblem,
  size: CampusSize,
  begun?: KeptCampus,
): Promise<Named> {
  const { kinds, subject, fromMs, withinMs, stepMs } = problem;
  const { value } = await withPlayed(
    problem.setUp(size),
    async (played) => {
      const from = start + fromMs;
      const [others, failing] = [new Set<string>(), new Set<string>()];
      let delayMs: number | null = null;
      let rank: number | null = null;
      const isMeant = (card: Card) =>
        kinds.includes(card.finding.kind) && `${card.subject.kind}:${card.subject.key}` === subject;
      const see = (picture: InboxPicture) => {
        tell(problem.name, picture);
        for (const card of picture.cards) if (!isMeant(card)) others.add(nameOf(card));
        for (const each of picture.failing) failing.add(each);
        const place = picture.cards.findIndex(isMeant) + 1;
        if (place > 0) rank = Math.min(rank ?? place, place);
        if (place === 1) delayMs ??= picture.at - from;
      };
      const isDaily = stepMs === dayMs;
      const told = () => ({ rank, others: [...others], failing: [...failing] });
      // Events more than a day ahead of the clock are refused: no day is left out.
      await playCalm(played, fromMs > 0 && isDaily ? from + lookAtMs + 1 : from, see);
      if (delayMs !== null) return { ...told(), delayMs: null, isInTime: false };
      if (played.at < from && fromMs % dayMs !== 0) see(await played.playTo(from));
      await problem.begin?.(played);
      const lateMs = isDaily ? lookAtMs : 0;
      const first = isDaily ? start + dayMs * Math.floor(fromMs / dayMs) + lookAtMs : from;
      const end = from + withinMs + lateMs;
      for (let to = first + stepMs; to <= end + (isDaily ? beyondMs : 0); to += stepMs) {
        see(await (problem.step?.(played, to) ?? played.playTo(to)));
        if (delayMs !== null) break;
      }
      return { ...told(), delayMs, isInTime: delayMs !== null && delayMs <= withinMs + lateMs };
    },
    { begun },
  );
  return value;
}

interface Quiet {
  readonly days: number;
  readonly statistical: readonly string[];
  readonly facts: readonly string[];
  readonly failing: readonly string[];
  /** Processor time of a look at its end, ms; null where that is not measured. */
  readonly lookMs: number | null;
}

/** A quiet campus, in as many parts as it is kept at: `moments` are those, ms after its start. */
async function playQuiet(
  size: CampusSize,
  wanted: { readonly days: number; readonly costs: boolean },
  past: {
    readonly moments: readonly number[];
    readonly keep: Map<number, KeptCampus>;
    readonly directory: string;
  },
): Promise<Quiet> {
  const setup = { campus: wellRunCampus(size), hasRoute: true, experiments: healthy };
  const [statistical, facts] = [new Set<string>(), new Set<string>()];
  const failing = new Set<string>();
  const see = (picture: InboxPicture) => {
    tell(`quiet ${size.seed}`, picture);
    for (const each of picture.failing) failing.add(each);
    for (const card of picture.cards) {
      for (const { kind, pValue } of [card.finding, ...card.others]) {
        (pValue === null ? facts : statistical).add(`${card.id} ${kind}`);
      }
    }
  };
  let begun: KeptCampus | undefined;
  for (const moment of past.moments) {
    const keepIn = join(past.directory, `${moment / dayMs}`);
    const from: PlayedFrom = { begun, keepIn };
    const { kept } = await withPlayed(
      setup,
      async (played) => {
        await playCalm(played, start + moment, see);
        see(await played.playTo(start + moment));
      },
      from,
    );
    past.keep.set(moment, kept);
    begun = kept;
  }
  const { days, costs } = wanted;
  const end = start + (days + 1) * dayMs;
  const found = () => ({
    days,
    statistical: [...statistical],
    facts: [...facts],
    failing: [...failing],
  });
  if (begun !== undefined && begun.at >= end) return { ...found(), lookMs: null };
  const { value: lookMs } = await withPlayed(
    setup,
    async (played) => {
      await playCalm(played, end, see);
      return costs ? lookCost(played) : null;
    },
    { begun },
  );
  return { ...found(), lookMs };
}

const chosen = process.env['MILLRACE_PROBLEMS']?.split(',');
const givenSeed = process.env['MILLRACE_SEED'];
const isChosen = (name: string) => chosen === undefined || chosen.includes(name);

/** Tells what was seen and how long the rest takes, by the days that are still to be played. */
class Progress {
  readonly #began = performance.now();
  readonly #total: number;
  #steps = 0;
  #isFirst = true;

  /** @param total steps of all */
  constructor(total: number) {
    this.#total = total;
  }

  /** @param steps of what was seen, as they were planned */
  tell(name: string, steps: number, seen: string): void {
    this.#steps += steps;
    const passed = performance.now() - this.#began;
    const left = (passed / Math.max(1, this.#steps)) * (this.#total - this.#steps);
    if (this.#isFirst) console.error('seen, minutes passed, minutes left:');
    this.#isFirst = false;
    const minutes = (ms: number) => (ms / 60_000).toFixed(1);
    console.error(`  ${name}: ${seen}; ${minutes(passed)}, about ${minutes(left)} left`);
  }
}

/** Steps that a problem may take; what is begun on a kept campus has its past for nothing. */
function stepsOf({ fromMs, withinMs, stepMs }: PlantedProblem, isShared: boolean): number {
  const before = isShared ? 0 : Math.ceil(fromMs / dayMs);
  // What starts an engine takes as long as some steps.
  return 3 + before + Math.ceil(withinMs / stepMs);
}

function seenWords(
  { stepMs, withinMs }: PlantedProblem,
  { delayMs, rank, isInTime }: Named,
): string {
  const unit = stepMs < dayMs ? 60_000 : dayMs;
  const noun = unit === dayMs ? 'days' : 'minutes';
  const amount = (ms: number) => `${Number((ms / unit).toFixed(1))}`;
  if (delayMs === null) {
    return rank === null ? 'not seen' : `not at the top, best place ${rank}`;
  }
  const late = isInTime ? '' : ', too late';
  return `at the top after ${amount(delayMs)} of ${amount(withinMs)} ${noun}${late}`;
}

export async function run({ full, most }: Size): Promise<Figures> {
  const students = full ? 400 : 200;
  const given = givenSeed === undefined ? undefined : Number(givenSeed);
  const seeds = given !== undefined ? [given] : most ? [21, 22] : [21];
  const small = ['holdout'];
  const problems = plantedProblems.filter(
    ({ name }) => isChosen(name) && (full || small.includes(name)),
  );
  const book = new ResultBook(process.env['MILLRACE_RESULTS'], commit());
  const days = full ? 30 : 2;
  // The first is that of the problems, whose past it is.
  const quietSizes: readonly CampusSize[] = !isChosen('quiet')
    ? []
    : !full
      ? [{ seed: 31, students }]
      : given !== undefined
        ? [{ seed: given, students }]
        : [
            ...seeds.map((seed) => ({ seed, students })),
            ...[32, 33].map((seed) => ({ seed, students: 200 })),
          ];
  const quietSteps = days + 3;
  const progress = new Progress(
    quietSizes.length * quietSteps +
      seeds.length * problems.reduce((sum, each) => sum + stepsOf(each, each.isQuietBefore), 0),
  );
  const quiet: Quiet[] = [];
  const named: { readonly problem: PlantedProblem; readonly seed: number; readonly seen: Named }[] =
    [];
  async function playSeed(
    size: CampusSize,
    directory: string,
    isQuiet: boolean,
    own: readonly PlantedProblem[],
  ) {
    const nameOfResult = (name: string) => `${name} ${size.seed} ${size.students}`;
    const keep = new Map<number, KeptCampus>();
    const needed = own.filter((each) => each.isQuietBefore && !book.has(nameOfResult(each.name)));
    const moments = [...new Set(needed.map(({ fromMs }) => fromMs))].sort((a, b) => a - b);
    const past = { moments, keep, directory };
    const costs = full && quiet.length === 0;
    if (isQuiet) {
      const seen = await book.of(nameOfResult(`quiet ${days}`), () =>
        playQuiet(size, { days, costs }, past),
      );
      quiet.push(seen);
      const cards = `${seen.statistical.length} false cards, ${seen.facts.length} facts`;
      progress.tell(`quiet campus, seed ${size.seed}`, quietSteps, `${cards} in ${seen.days} days`);
    }
    if (keep.size < moments.length) await playQuiet(size, { days: 0, costs: false }, past);
    for (const problem of own) {
      const begun = problem.isQuietBefore ? keep.get(problem.fromMs) : undefined;
      const seen = await book.of(nameOfResult(problem.name), () =>
        playProblem(problem, size, begun),
      );
      named.push({ problem, seed: size.seed, seen });
      progress.tell(
        `${problem.name}, seed ${size.seed}`,
        stepsOf(problem, problem.isQuietBefore),
        seenWords(problem, seen),
      );
    }
  }
  for (const seed of seeds) {
    const isQuiet = quietSizes.some((size) => size.seed === seed && size.students === students);
    await withDirectory((directory) => playSeed({ seed, students }, directory, isQuiet, problems));
  }
  for (const size of quietSizes) {
    if (seeds.includes(size.seed) && size.students === students) continue;
    await withDirectory((directory) => playSeed(size, directory, true, []));
  }
  return figuresOf({ students, named, quiet });
}

interface Played {
  readonly students: number;
  readonly named: readonly {
    readonly problem: PlantedProblem;
    readonly seed: number;
    readonly seen: Named;
  }[];
  readonly quiet: readonly Quiet[];
}

function figuresOf({ students, named, quiet }: Played): Figures {
  const each: Figures = {};
  for (const { problem, seed, seen } of named) {
    const name = `${problem.name}_${seed}`;
    each[name] = seenWords(problem, seen);
    if (seen.others.length > 0) each[`${name}_others`] = seen.others.join('; ');
  }
  const delays = named.flatMap(({ problem, seen: { delayMs } }) =>
    delayMs === null ? [] : [{ days: delayMs / dayMs, share: delayMs / problem.withinMs }],
  );
  const sum = (of: (seen: Quiet) => number) => quiet.reduce((total, one) => total + of(one), 0);
  const quietDays = sum(({ days }) => days);
  const falseCards = sum(({ statistical }) => statistical.length);
  const looks = quiet.flatMap(({ lookMs }) => lookMs ?? []);
  const failing = [...named.map(({ seen }) => seen.failing), ...quiet.map((one) => one.failing)];
  return {
    ...{ students, planted: named.length },
    named_on_top: named.filter(({ seen }) => seen.delayMs !== null).length,
    within_delay: named.filter(({ seen }) => seen.isInTime).length,
    worst_delay_days: Math.max(0, ...delays.map(({ days }) => days)),
    worst_delay_share: Math.max(0, ...delays.map(({ share }) => share)),
    other_cards: named.reduce((total, { seen }) => total + seen.others.length, 0),
    ...each,
    ...{ quiet_days: quietDays, false_cards: falseCards },
    allowed: sum(({ days }) => allowedFalse(days)),
    false_facts: sum(({ facts }) => facts.length),
    ...(quietDays === 0
      ? {}
      : {
          false_in_90_days: (falseCards / quietDays) * memoryDays,
          false_in_90_days_upper: (poissonUpper(falseCards) / quietDays) * memoryDays,
        }),
    failing: failing.reduce((total, those) => total + those.length, 0),
    ...(looks.length === 0
      ? {}
      : {
          look_cpu_ms: quantile(looks, 0.5),
          // It is looked once a minute.
          looks_core_share: quantile(looks, 0.5) / 60_000,
        }),
  };
}
