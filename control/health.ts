/** Is it working? One sentence for the administrator, and the checks that it stands on. A pure function of facts. */
import type { Health, Quality } from '../contracts/api.ts';
import { type ErrorCode, errors } from '../contracts/errors.ts';
import { byPipeline, lagOf, type PartitionFacts, progressOf } from './engineStatus.ts';
import { counted, duration, figure, percent, sentence } from './words.ts';

type Check = Health['checks'][number];
type State = Health['state'];

export interface RefusalShare {
  /** Accepted. */
  readonly events: number;
  readonly refused: number;
}

export interface HealthFacts {
  /** The engine's clock, ms. */
  readonly now: number;
  readonly partitions: readonly PartitionFacts[];
  /** Why ClickHouse does not answer; null when it does. */
  readonly storeProblem: string | null;
  /** Why the event log takes no more; null when it does. */
  readonly logProblem: string | null;
  /** The last quarter of an hour, and the day before it. */
  readonly refusals: { readonly recent: RefusalShare; readonly before: RefusalShare };
  /** Most frequent code of recent refusals; null when there are none. */
  readonly refusalCode: string | null;
  /** Newest version of each model, with its recent quality. */
  readonly models: readonly { readonly name: string; readonly recent: Quality }[];
}

/** Events that are not behind for longer than this are in time. */
const behindSecondsMax = 10;
/** A partition with events to read must commit within this time, … */
const stalledSeconds = 30;
/** … and is not working at all after this one. */
const stuckSeconds = 120;
/** Share of refused events that deserves a look, and how few events make no share. */
const refusedShareMax = 0.05;
const refusedMin = 20;
/** Mean distance of predicted from observed frequency that deserves a look, and the predictions it takes. */
const calibrationErrorMax = 0.05;
const predictionsMin = 1_000;

const severity: Record<State, number> = { good: 0, attention: 1, bad: 2 };

/**
 * The worst check is the state. The sentence tells what is wrong, worst first, at most two things; or, when nothing is,
 * how fast the engine is and what it refuses.
 */
export function health(facts: HealthFacts): Health {
  const checks = [
    checkLog(facts),
    checkStore(facts),
    checkPartitions(facts),
    checkRefusals(facts),
    checkModels(facts),
  ];
  const wrong = checks
    .filter((check) => check.state !== 'good')
    .sort((a, b) => severity[b.state] - severity[a.state]);
  const told = wrong.length > 0 ? wrong.slice(0, 2) : checks.filter(isWorthTelling);
  return {
    state: wrong[0]?.state ?? 'good',
    sentence: told.map((check) => sentence(check.detail)).join(' '),
    checks: checks.map((check) => ({ ...check, detail: sentence(check.detail) })),
  };

  function isWorthTelling({ name }: Check): boolean {
    return name === 'pipelines' || (name === 'refusals' && facts.refusals.recent.refused > 0);
  }
}

function checkLog({ logProblem }: HealthFacts): Check {
  return logProblem === null
    ? { name: 'event log', state: 'good', detail: 'The event log takes events.' }
    : {
        name: 'event log',
        state: 'bad',
        detail: `New events are turned away, because the event log cannot be written: ${logProblem}`,
      };
}

function checkStore({ storeProblem }: HealthFacts): Check {
  return storeProblem === null
    ? { name: 'ClickHouse', state: 'good', detail: 'ClickHouse answers.' }
    : {
        name: 'ClickHouse',
        state: 'bad',
        detail:
          'ClickHouse does not answer: events are still taken and kept, but nothing new is learnt or shown ' +
          `until it is back (${storeProblem})`,
      };
}

function checkPartitions({ partitions, now }: HealthFacts): Check {
  const name = 'pipelines';
  if (partitions.length === 0) {
    return {
      name,
      state: 'attention',
      detail: 'No pipeline runs: events are kept but not processed.',
    };
  }
  const all = counted(partitions.length, 'partition');
  const failed = partitions.filter((facts) => facts.state === 'failed');
  if (failed.length > 0) {
    const why = failed[0]!.detail === null ? '' : `: ${failed[0]!.detail}`;
    return {
      name,
      state: 'bad',
      detail:
        `${failed.length} of ${all} failed (${placeOf(failed[0]!)}); its events wait in the log and none ` +
        `is lost${why}`,
    };
  }
  const silent = partitions
    .filter(({ state }) => state !== 'starting')
    .map((facts) => ({ facts, seconds: silentSeconds(facts, now) }))
    .filter(({ seconds }) => seconds >= stalledSeconds)
    .sort((a, b) => b.seconds - a.seconds);
  if (silent.length > 0) {
    const { facts, seconds } = silent[0]!;
    const why = facts.detail === null ? '' : `: ${facts.detail}`;
    return {
      name,
      state: seconds >= stuckSeconds ? 'bad' : 'attention',
      detail:
        `${silent.length} of ${all} stand still: ${placeOf(facts)} has committed nothing for ` +
        `${duration(seconds)} while ${waiting(lagOf(facts))}${why}`,
    };
  }
  const held = partitions.filter((facts) => facts.state === 'waiting' && lagOf(facts) > 0);
  if (held.length > 0) {
    const why = held[0]!.detail === null ? '' : `: ${held[0]!.detail}`;
    return {
      name,
      state: 'attention',
      detail: `${held.length} of ${all} cannot go on and try again (${placeOf(held[0]!)})${why}`,
    };
  }
  const stopped = partitions.filter((facts) => facts.state === 'stopped');
  if (stopped.length > 0) {
    const { detail } = stopped[0]!;
    const why = detail === null ? '' : ` (${placeOf(stopped[0]!)}: ${detail})`;
    const lag = stopped.reduce((sum, facts) => sum + lagOf(facts), 0);
    return {
      name,
      state: 'attention',
      detail: `${stopped.length} of ${all} are stopped${why}; ${waiting(lag)}.`,
    };
  }
  const starting = partitions.filter((facts) => facts.state === 'starting');
  if (starting.length > 0) {
    return {
      name,
      state: 'attention',
      detail: `The engine is starting: ${partitions.length - starting.length} of ${all} run so far.`,
    };
  }
  return checkPace(partitions, all);
}

function checkPace(partitions: readonly PartitionFacts[], all: string): Check {
  const name = 'pipelines';
  const { committed, eventsPerSecond, lagEvents } = progressOf(partitions);
  const keepUp = partitions.length === 1 ? 'The one partition keeps up' : `All ${all} keep up`;
  if (committed === 0 && lagEvents === 0) {
    return { name, state: 'good', detail: 'The engine runs and waits for its first events.' };
  }
  const seconds = behindSeconds(partitions);
  const rate = `${figure(eventsPerSecond)} events/s`;
  if (seconds > behindSecondsMax) {
    return {
      name,
      state: 'attention',
      detail:
        `The engine is catching up: ${waiting(lagEvents)}, about ${duration(seconds)} of work ` +
        `at ${rate}`,
    };
  }
  if (lagEvents === 0 && eventsPerSecond === 0) {
    return {
      name,
      state: 'good',
      detail: `${keepUp}: every event is processed and none arrives now.`,
    };
  }
  const behind = seconds < 0.05 ? waiting(lagEvents) : `${duration(seconds)} behind`;
  return { name, state: 'good', detail: `${keepUp}: ${rate}, ${behind}.` };
}

function waiting(events: number): string {
  if (events === 0) return 'nothing waits';
  return `${counted(events, 'event')} ${events === 1 ? 'waits' : 'wait'}`;
}

/** Time that the slowest pipeline needs for what waits, at its present rate; 0 while the rate is not known. */
function behindSeconds(partitions: readonly PartitionFacts[]): number {
  let seconds = 0;
  for (const group of byPipeline(partitions).values()) {
    const rate = group.reduce((sum, facts) => sum + facts.eventsPerSecond, 0);
    const lag = group.reduce((sum, facts) => sum + lagOf(facts), 0);
    if (rate > 0) seconds = Math.max(seconds, lag / rate);
  }
  return seconds;
}

/** How long events have waited without any being committed; 0 when none waits. */
function silentSeconds({ waitingSince }: PartitionFacts, now: number): number {
  return waitingSince === null ? 0 : Math.max(0, (now - waitingSince) / 1_000);
}

function placeOf({ pipeline, partition }: PartitionFacts): string {
  return `${pipeline}, partition ${partition}`;
}

function checkRefusals({ refusals: { recent, before }, refusalCode }: HealthFacts): Check {
  const name = 'refusals';
  if (recent.refused === 0) return { name, state: 'good', detail: 'No event was refused lately.' };
  const share = shareOf(recent);
  const usual = shareOf(before);
  const why = refusalCode === null ? '' : `, most because ${meaningOf(refusalCode)}`;
  const enough = recent.refused >= refusedMin;
  if (enough && before.events > 0 && share > 0.01 && share > 2 * usual) {
    return {
      name,
      state: 'attention',
      detail: `Refusals rise: ${percent(share)} of events instead of ${percent(usual)}${why}.`,
    };
  }
  return {
    name,
    state: enough && share > refusedShareMax ? 'attention' : 'good',
    detail: `${percent(share)} of events were refused${why}.`,
  };
}

function shareOf({ events, refused }: RefusalShare): number {
  return events + refused === 0 ? 0 : refused / (events + refused);
}

function meaningOf(code: string): string {
  return Object.hasOwn(errors, code) ? errors[code as ErrorCode].means : code;
}

function checkModels({ models }: HealthFacts): Check {
  const name = 'models';
  const judged = models.filter(
    ({ recent }) => recent.count >= predictionsMin && recent.calibrationError !== null,
  );
  if (judged.length === 0) {
    return { name, state: 'good', detail: 'No model has predicted enough to be judged.' };
  }
  const worst = judged.reduce((a, b) =>
    b.recent.calibrationError! > a.recent.calibrationError! ? b : a,
  );
  const points = figure(worst.recent.calibrationError! * 100);
  return worst.recent.calibrationError! > calibrationErrorMax
    ? {
        name,
        state: 'attention',
        detail:
          `What the model ${worst.name} calls probable is off by ${points} percentage points on average: ` +
          'read its probabilities with care.',
      }
    : {
        name,
        state: 'good',
        detail: `Predictions mean what they say, within ${percent(worst.recent.calibrationError!)}.`,
      };
}
