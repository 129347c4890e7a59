/**
 * Policies at work where it is known what every action would have earned: how far each comes from choosing by chance to what the
 * same learner reaches that is told the rewards of all actions.
 *
 * Tasks: suggestions and topics of the synthetic campus, by its planted truth; and classification streams, the guess of a label being the
 * action. `way` is (policy − uniform) / (full information − uniform), from the first decision on; rewards are expected ones, over the
 * draw of the action. Everything is learnt with a delay, in partitions, by the engine's own path (`play`).
 *
 * Parameters are the engine's defaults. They were chosen on parts that are not reported: other campuses, and the first fifth of each
 * stream. Then a planted drift of taste: which share of what it costs is back within {@link recoverWithin} decisions, for policies
 * with a half-life of {@link halfLifeMs}.
 */

import { algorithms } from '../models/policies/registry.ts';
import { defaultPlan } from '../sources/campus/defaultPlan.ts';
import { recommendations, suggestions } from './bandits/campusTasks.ts';
import { contestants, nameOf } from './bandits/contestants.ts';
import { labelledTasks } from './bandits/labelledTasks.ts';
import { type Contestant, informed, play } from './bandits/play.ts';
import { recoverFrom } from './bandits/recovery.ts';
import type { Round, Task } from './bandits/task.ts';
import type { Figures, Size } from './run.ts';

const decisions: Readonly<Record<string, number>> = {
  suggestions: 4_000,
  topics: 10_000,
  phishing: 1_000,
  shuttle: 4_000,
  assistments: 4_000,
};
const wayWanted = 0.8;

const halfLifeMs = 86_400_000;
/** Two half-lives, a decision each half minute. */
const recoverWithin = 5_760;
const windows = 6;
const recoveryWanted = 0.9;

interface Spread {
  readonly mean: number;
  /** Standard error of the mean, 0 of a single one. */
  readonly error: number;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const { length } = values;
  return { mean, error: length > 1 ? Math.sqrt(squares / (length - 1) / length) : 0 };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return sum / values.length;
}

const wayOf = (earned: number, told: number, uniform: number) =>
  (earned - uniform) / (told - uniform);

interface Reference {
  readonly uniform: number;
  /** The action that earns most, taken always. */
  readonly fixed: number;
  /** The best action of each situation. */
  readonly best: number;
}

function referenceOf(rounds: readonly Round[]): Reference {
  const actions = rounds[0]!.means.length;
  const of = (choose: (means: Float64Array) => number) =>
    meanOf(rounds.map(({ means }) => choose(means)));
  const each = Array.from({ length: actions }, (_, action) => of((means) => means[action]!));
  return {
    uniform: of((means) => meanOf(means)),
    fixed: Math.max(...each),
    best: of((means) => Math.max(...means)),
  };
}

const figure = (value: number) => value.toFixed(4).padStart(8);
const percent = (share: number) => (100 * share).toFixed(1).padStart(6);

/** The usual learner of a policy, or the one that is shared. */
function isCommon({ policy, learner = '' }: Contestant): boolean {
  return learner.endsWith('-shared') || algorithms.get(policy)?.learners[0] === learner;
}

interface Least {
  value: number;
  name: string;
}

/** Of the last fifth of the decisions. */
const late = (earned: Float64Array) => earned.subarray(Math.floor(0.8 * earned.length));

/** Fills the figures of a task and prints its table. @returns the ways of the contestants, by name */
function compare(
  task: Task,
  count: number,
  seeds: readonly number[],
  figures: Record<string, number | string>,
): Map<string, number> {
  const lists = seeds.map((seed) => task.rounds('rest', count, seed));
  const references = lists.map(referenceOf);
  const lateUniform = lists.map(
    (rounds) => referenceOf(rounds.slice(Math.floor(0.8 * rounds.length))).uniform,
  );
  const mean = (of: (reference: Reference) => number) => meanOf(references.map(of));
  const [uniform, fixed, best] = [
    mean((r) => r.uniform),
    mean((r) => r.fixed),
    mean((r) => r.best),
  ];
  figures[`reward, ${task.name}, uniform`] = uniform;
  figures[`reward, ${task.name}, best fixed`] = fixed;
  figures[`reward, ${task.name}, best`] = best;
  console.log(
    `\n${task.name}: ${lists[0]!.length} decisions, ${seeds.length} seeds; rewards: uniform ${uniform.toFixed(4)}, ` +
      `best fixed ${fixed.toFixed(4)}, best of each situation ${best.toFixed(4)}`,
  );
  console.log(`${''.padEnd(38)}  reward  told all   regret  way, %        in the last fifth`);
  const told = new Map<string, Float64Array[]>();
  const ways = new Map<string, number>();
  const earnedBy = (contestant: Contestant) =>
    lists.map((rounds, i) => play(task, rounds, contestant, seeds[i]!));
  for (const contestant of contestants) {
    const full = informed(contestant);
    const reached = told.get(full.learner!) ?? earnedBy(full);
    told.set(full.learner!, reached);
    const earned = earnedBy(contestant);
    const way = spreadOf(
      earned.map((each, i) => wayOf(meanOf(each), meanOf(reached[i]!), references[i]!.uniform)),
    );
    const lateWay = meanOf(
      earned.map((each, i) =>
        wayOf(meanOf(late(each)), meanOf(late(reached[i]!)), lateUniform[i]!),
      ),
    );
    const reward = meanOf(earned.map(meanOf));
    const name = nameOf(contestant);
    ways.set(name, way.mean);
    figures[`way, ${task.name}, ${name}`] = way.mean;
    figures[`way_error, ${task.name}, ${name}`] = way.error;
    figures[`regret, ${task.name}, ${name}`] = best - reward;
    console.log(
      `  ${name.padEnd(36)}${figure(reward)}  ${figure(meanOf(reached.map(meanOf)))} ${figure(best - reward)} ` +
        `${percent(way.mean)} ± ${(100 * way.error).toFixed(1)}   ${percent(lateWay)}`,
    );
  }
  return ways;
}

/** Fills what is back after a drift, and prints it by window. @returns the share at the end of the stated decisions, by name */
function recover(
  seeds: readonly number[],
  after: number,
  figures: Record<string, number | string>,
): Map<string, number> {
  const drifts = defaultPlan(Date.UTC(2026, 0, 5), 0, 1).tasteDrifts;
  const size = after / windows;
  const shares = new Map<string, number>();
  console.log(
    `\na drift of taste: share of its cost that is back, in %, by ${size} decisions; half-life ${halfLifeMs / 3_600_000} h`,
  );
  for (const contestant of contestants.filter(isCommon)) {
    const forgetting = { ...contestant, learning: { halfLifeMs } };
    const plays = seeds.map((seed) => recoverFrom(forgetting, drifts, after, 'rest', seed));
    const backIn = (window: number): Spread & { readonly cost: number } => {
      const parts = plays.map((each) => {
        const of = (values: Float64Array) =>
          meanOf(values.subarray(window * size, (window + 1) * size));
        return { back: of(each.earned) - of(each.still), cost: of(each.always) - of(each.still) };
      });
      // A ratio of means: the cost is small, and of one campus uncertain.
      const cost = meanOf(parts.map((part) => part.cost));
      const share = meanOf(parts.map(({ back }) => back)) / cost;
      const { error } = spreadOf(parts.map((part) => (part.back - share * part.cost) / cost));
      return { mean: share, error, cost };
    };
    const course = Array.from({ length: windows }, (_, window) => backIn(window));
    const last = course.at(-1)!;
    const name = nameOf(contestant);
    shares.set(name, last.mean);
    figures[`recovered, ${name}`] = last.mean;
    figures[`recovered_error, ${name}`] = last.error;
    console.log(
      `  ${name.padEnd(36)}${course.map(({ mean }) => percent(mean)).join('')} ± ${(100 * last.error).toFixed(1)}` +
        `  of ${last.cost.toFixed(4)} a decision`,
    );
  }
  return shares;
}

function leastOf(values: Iterable<readonly [string, number]>): Least {
  const least = { value: Infinity, name: 'none' };
  for (const [name, value] of values) {
    if (value >= least.value) continue;
    least.value = value;
    least.name = name;
  }
  return least;
}

export async function run({ full, most }: Size): Promise<Figures> {
  const seeds = Array.from({ length: most ? 6 : full ? 2 : 1 }, (_, i) => i + 1);
  const { tasks: labelled, absent } = labelledTasks();
  const tasks = [suggestions, recommendations([]), ...labelled];
  if (absent.length > 0) console.log(`skipped, as their data are absent: ${absent.join(', ')}`);
  const figures: Record<string, number | string> = {};
  const ways = new Map<string, number>();
  for (const task of tasks) {
    const count = full ? decisions[task.name]! : 400;
    for (const [name, way] of compare(task, count, seeds, figures)) {
      ways.set(`${name} on ${task.name}`, way);
    }
  }
  const within = full ? recoverWithin : 600;
  const shares = recover(seeds, within, figures);
  const leastWay = leastOf(ways);
  const leastShare = leastOf(shares);
  return {
    tasks: tasks.length,
    absent: absent.join(', ') || 'none',
    seeds: seeds.length,
    ways: ways.size,
    ways_reached: [...ways.values()].filter((way) => way >= wayWanted).length,
    least_way: leastWay.value,
    least_way_of: leastWay.name,
    recovered_within: within,
    recoveries: shares.size,
    recoveries_reached: [...shares.values()].filter((share) => share >= recoveryWanted).length,
    least_recovered: leastShare.value,
    least_recovered_of: leastShare.name,
    ...figures,
  };
}
