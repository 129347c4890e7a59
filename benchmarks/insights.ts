/**
 * Recommendations proved on the campus: each planted problem at the top of the inbox within its delay, and what is shown where nothing is
 * wrong. Engine, pipeline, watches and all rules as they are by default; the campus is played day by day, see `playInsights`.
 *
 * A quiet campus is well run (`wellRun`): whatever card appears there is false, facts as well as statistical ones. Named is a problem
 * when the first card of the inbox is of its kind and subject, at the first look after each day (or shorter step) that was played.
 */
import type { Card } from '../contracts/insight.ts';
import { lookCost } from './insights/lookCost.ts';
import { type PlantedProblem, plantedProblems } from './insights/plantedProblems.ts';
import { type InboxPicture, type PlayedInsights, withPlayed } from './insights/playInsights.ts';
import { dayMs, healthy, start, wellRunCampus } from './insights/wellRun.ts';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';

const hourMs = 3_600_000;
/** A day is told of when it is over, and most of what was late has come. */
const lookAtMs = hourMs;

interface Named {
  /** Until it was at the top, ms of event time; undefined: it was not in time. */
  readonly delayMs: number | undefined;
  /** Other cards that were open meanwhile. */
  readonly others: ReadonlySet<string>;
  readonly failing: ReadonlySet<string>;
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

async function playProblem(
  problem: PlantedProblem,
  size: { readonly seed: number; readonly students: number },
): Promise<Named> {
  const { kinds, subject, fromMs, withinMs, stepMs } = problem;
  return withPlayed(problem.setUp(size), async (played) => {
    const from = start + fromMs;
    const others = new Set<string>();
    const failing = new Set<string>();
    let delayMs: number | undefined;
    const isMeant = (card: Card | undefined) =>
      card !== undefined &&
      kinds.includes(card.finding.kind) &&
      `${card.subject.kind}:${card.subject.key}` === subject;
    const see = (picture: InboxPicture) => {
      tell(problem.name, picture);
      for (const card of picture.cards) if (!isMeant(card)) others.add(nameOf(card));
      for (const each of picture.failing) failing.add(each);
      if (delayMs === undefined && isMeant(picture.cards[0])) delayMs = picture.at - from;
    };
    // Events more than a day ahead of the clock are refused: no day is left out.
    await playCalm(played, fromMs > 0 && stepMs === dayMs ? from + lookAtMs + 1 : from, see);
    if (delayMs !== undefined) return { delayMs: undefined, others, failing };
    if (played.at < from && fromMs % dayMs !== 0) see(await played.playTo(from));
    await problem.begin?.(played);
    const lateMs = stepMs === dayMs ? lookAtMs : 0;
    const first = stepMs === dayMs ? start + dayMs * Math.floor(fromMs / dayMs) + lookAtMs : from;
    for (let to = first + stepMs; to <= from + withinMs + lateMs; to += stepMs) {
      see(await (problem.step?.(played, to) ?? played.playTo(to)));
      if (delayMs !== undefined) break;
    }
    return { delayMs, others, failing };
  });
}

interface Quiet {
  readonly statistical: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
  readonly failing: ReadonlySet<string>;
  /** Processor time of a look at its end, ms; undefined where that is not measured. */
  readonly lookMs: number | undefined;
}

async function playQuiet(
  size: { readonly seed: number; readonly students: number },
  days: number,
  costs: boolean,
): Promise<Quiet> {
  const setup = { campus: wellRunCampus(size), hasRoute: true, experiments: healthy };
  return withPlayed(setup, async (played) => {
    const [statistical, facts] = [new Set<string>(), new Set<string>()];
    const failing = new Set<string>();
    await playCalm(played, start + (days + 1) * dayMs, (picture) => {
      tell(`quiet ${size.seed}`, picture);
      for (const each of picture.failing) failing.add(each);
      for (const card of picture.cards) {
        for (const { kind, pValue } of [card.finding, ...card.others]) {
          (pValue === null ? facts : statistical).add(`${card.id} ${kind}`);
        }
      }
    });
    return { statistical, facts, failing, lookMs: costs ? await lookCost(played) : undefined };
  });
}

/** Only these, by name; for looking at one: `MILLRACE_PROBLEMS=grading,late`, with `quiet` for quiet campuses. */
const chosen = process.env['MILLRACE_PROBLEMS']?.split(',');
/** Another seed than those of the record: `MILLRACE_SEED=5`. */
const givenSeed = process.env['MILLRACE_SEED'];
const isChosen = (name: string) => chosen === undefined || chosen.includes(name);

export async function run({ full, most }: Size): Promise<Figures> {
  const students = full ? 400 : 200;
  const seed = givenSeed === undefined ? undefined : Number(givenSeed);
  const seeds = seed !== undefined ? [seed] : most ? [21, 22] : [21];
  const small = ['holdout'];
  const problems = plantedProblems.filter(
    ({ name }) => isChosen(name) && (full || small.includes(name)),
  );
  const figures: Record<string, number | string> = {};
  let [named, others, failing] = [0, 0, 0];
  for (const seed of seeds) {
    for (const problem of problems) {
      const seen = await playProblem(problem, { seed, students });
      const { delayMs } = seen;
      if (delayMs !== undefined) named += 1;
      others += seen.others.size;
      failing += seen.failing.size;
      const unit = problem.stepMs < dayMs ? 'min' : 'days';
      const delay = (delayMs ?? -1) / (unit === 'min' ? 60_000 : dayMs);
      const name = `${problem.name}_delay_${unit}`;
      figures[name] = Math.max(
        Number(figures[name] ?? -Infinity),
        delayMs === undefined ? -1 : delay,
      );
      if (seen.others.size > 0) figures[`${problem.name}_others`] = [...seen.others].join('; ');
    }
  }
  const days = full ? 30 : 2;
  const quietSeeds = !isChosen('quiet')
    ? []
    : full
      ? seed === undefined
        ? [31, 32, 33]
        : [seed]
      : [31];
  let [statistical, facts] = [0, 0];
  const lookMs: number[] = [];
  const quietStudents = 200;
  for (const seed of quietSeeds) {
    const seen = await playQuiet({ seed, students: quietStudents }, days, full);
    statistical += seen.statistical.size;
    facts += seen.facts.size;
    if (seen.lookMs !== undefined) lookMs.push(seen.lookMs);
    failing += seen.failing.size;
  }
  return {
    ...{ students, planted: problems.length * seeds.length, named, ...figures },
    ...{ other_cards: others, quiet_days: days * quietSeeds.length },
    ...{ quiet_cards: statistical, quiet_facts: facts, failing },
    ...(lookMs.length === 0
      ? {}
      : {
          look_cpu_ms: quantile(lookMs, 0.5),
          // It is looked once a minute.
          looks_core_share: quantile(lookMs, 0.5) / 60_000,
        }),
  };
}
