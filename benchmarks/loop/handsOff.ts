/**
 * A campus whose grading changes from one moment to the next, before an engine with the plans that it has by default; nobody touches
 * its models.
 *
 * From the drift on, answers in four of the eight skills are graded otherwise: of the right ones 35 % count as wrong, of the wrong ones 15 % as
 * right. Half of what an answer says of the user is lost, and about as many fewer count as right as where items of the default plan are revised.
 * Nothing else is planted. (Where 35 % of the wrong ones count as right and all the right ones do, no trigger sees anything: the online learner has
 * learnt it before a detector is sure.) The campus is played hour by hour, see `playCampus`, and every quarter of an hour from the drift
 * until a run has begun because of it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Engine, startEngine } from '../../cli/engine.ts';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import type { Release } from '../../contracts/release.ts';
import { readSettings } from '../../contracts/settings.ts';
import { type Campus, createCampus } from '../../sources/campus/campus.ts';
import { calm } from '../../sources/campus/plan.ts';
import {
  campusClock,
  campusPace,
  type ListedRun,
  lifeOf,
  PlayedCampus,
  runsOf,
} from './playCampus.ts';

export interface HandsOffSize {
  readonly seed: number;
  readonly students: number;
  /** Days before the drift, and most days after it. */
  readonly calmDays: number;
  readonly driftedDays: number;
  /** Days that are played on when a version that the drift has made is champion. */
  readonly afterwardsDays: number;
  /** Of time, ms: between two pauses before the drift, and of each pause. */
  readonly calmStepMs: number;
  readonly lookMs: number;
}

/** What the engine did by itself. */
export interface HandsOff {
  readonly engine: Engine;
  readonly campus: Campus;
  readonly played: PlayedCampus;
  readonly now: () => number;
  readonly driftAt: number;
  /** Champion when the drift began. */
  readonly former: string;
  /** The first run that began because something was worse than before, and what had been sent since the drift. */
  readonly noticed: { readonly run: ListedRun; readonly events: number } | undefined;
  /** Of the version of such a run. */
  readonly releases: readonly Release[];
  readonly life: ModelLife;
  readonly runs: readonly ListedRun[];
  readonly sentAt: { readonly drift: number };
}

const hour = 3_600_000;
const day = 24 * hour;
const quarter = hour / 4;
const start = Date.UTC(2026, 2, 2);
const firstLookMs = 3_000;
const driftedSkills = [0, 2, 4, 6] as const;
const regraded = { guess: 0.15, slip: 0.35 };
/** Causes that say that the model does worse, as opposed to that there is more to learn from. */
const pressing: readonly string[] = ['drift', 'performance', 'calibration', 'fairness'];

/** @param use is given the engine while it runs */
export async function handsOff<Value>(
  size: HandsOffSize,
  directory: string,
  use: (seen: HandsOff) => Promise<Value>,
): Promise<Value> {
  const { seed, students, calmDays, driftedDays, calmStepMs, lookMs } = size;
  const driftAt = start + calmDays * day;
  const gradings = driftedSkills.map((skill) => {
    return { atMs: calmDays * day, skill, ...regraded };
  });
  const campus = createCampus({ seed, students, start, plan: { ...calm, gradings } });
  // One partition: what the online learner knows, it knows by partition.
  const environment = { MILLRACE_TIME_ZONE: 'UTC', MILLRACE_PARTITIONS: '1' };
  const settings = readSettings(environment, { data: directory, port: 0, pseudonyms: 'off' });
  const clock = campusClock(start);
  const engine = await startEngine({ settings, say: trace, pace: campusPace(clock) });
  try {
    await sleep(firstLookMs);
    const played = new PlayedCampus({ engine, campus, clock, lookMs });
    while (played.at < driftAt) {
      await played.step(Math.min(calmStepMs, driftAt - played.at));
      await follow(engine, played, driftAt);
    }
    const former = (await lifeOf(engine)).champion;
    const sentBefore = played.sent;
    let noticed: HandsOff['noticed'];
    let until = driftAt + driftedDays * day;
    let isPromoted = false;
    while (played.at < until) {
      await played.step(noticed === undefined ? quarter : hour);
      const life = await follow(engine, played, driftAt);
      if (noticed === undefined) {
        const run = (await runsOf(engine)).findLast((each) => isBecauseOf(each, driftAt));
        if (run !== undefined) noticed = { run, events: played.sent - sentBefore };
      }
      if (isPromoted || noticed === undefined) continue;
      const versions = (await runsOf(engine))
        .filter((each) => isBecauseOf(each, driftAt))
        .map(({ version }) => version);
      isPromoted = life.releases.some(
        ({ version, phase }) => phase === 'promoted' && versions.includes(version),
      );
      if (isPromoted) until = Math.min(until, played.at + size.afterwardsDays * day);
    }
    const runs = await runsOf(engine);
    const life = await lifeOf(engine);
    const all = [...life.releases, ...(life.release === null ? [] : [life.release])];
    const own = runs.filter((each) => isBecauseOf(each, driftAt)).map(({ version }) => version);
    const releases = all.filter(
      ({ version, id }) => own.includes(version) && !id.startsWith('after-'),
    );
    const sentAt = { drift: sentBefore };
    const now = clock.now;
    return await use({
      ...{ engine, campus, played, now, driftAt, former, noticed, releases, life, runs, sentAt },
    });
  } finally {
    await engine.stop();
  }
}

function isBecauseOf({ cause, startedAt }: ListedRun, driftAt: number): boolean {
  return pressing.includes(cause.kind) && startedAt >= driftAt;
}

/** With MILLRACE_TRACE it is told as it goes what the engine does. */
const isTraced = process.env['MILLRACE_TRACE'] !== undefined;
const told = new Map<string, string>();

function trace(sentence: string): void {
  if (isTraced) console.error(sentence);
}

async function follow(engine: Engine, played: PlayedCampus, driftAt: number): Promise<ModelLife> {
  const life = await lifeOf(engine);
  if (!isTraced) return life;
  const tell = (what: string, state: string) => {
    if (told.get(what) === state) return;
    told.set(what, state);
    trace(`${((played.at - driftAt) / day).toFixed(2)} d, ${played.sent} sent: ${what}: ${state}`);
  };
  for (const { id, state, version, sentence, cause } of (await runsOf(engine)).toReversed()) {
    tell(id, `${state} ${version ?? ''} ${sentence} (${cause.sentence})`);
  }
  for (const release of [...life.releases.toReversed(), ...(life.release ? [life.release] : [])]) {
    tell(`${release.id} ${release.version}`, release.steps.at(-1)!.sentence);
  }
  return life;
}
