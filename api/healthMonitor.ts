/** Gathers the facts that health is judged by: those in memory afresh, those in ClickHouse every few seconds. */
import type { Health, ModelsAnswer } from '../contracts/api.ts';
import type { EngineStatus } from '../control/engineStatus.ts';
import { type HealthFacts, health } from '../control/health.ts';
import { within } from './within.ts';

export type RefusalFacts = Pick<HealthFacts, 'refusals' | 'refusalCode'>;
type StoredFacts = RefusalFacts & Pick<HealthFacts, 'models'>;

/** What only ClickHouse knows. */
export interface HealthReader {
  /** @param now the engine's clock, ms */
  refusalFacts(now: number, signal?: AbortSignal): Promise<RefusalFacts>;
  models(signal?: AbortSignal): Promise<ModelsAnswer>;
}

export interface HealthMonitor {
  read(): Promise<Health>;
  /** What keeps the process from serving, one sentence each. */
  missing(): Promise<string[]>;
}

/** What is known is asked for again after this time, … */
const freshMs = 5_000;
/** … answered with meanwhile up to this age, … */
const staleMs = 15_000;
/** … and given up after this one: whoever takes as long is not there. */
const patienceMs = 10_000;

interface Known {
  readonly at: number;
  readonly facts: StoredFacts;
  /** Why ClickHouse does not answer. */
  readonly problem: string | null;
}

const nothing: StoredFacts = {
  refusals: { recent: { events: 0, refused: 0 }, before: { events: 0, refused: 0 } },
  refusalCode: null,
  models: [],
};

/** However many ask, ClickHouse is asked once in five seconds, and nobody waits for it who need not. */
export function createHealthMonitor(
  engine: EngineStatus,
  reader: HealthReader,
  clock: () => number = Date.now,
  steady: () => number = clock,
): HealthMonitor {
  let known: Known | undefined;
  let asking: Promise<Known> | undefined;

  async function ask(): Promise<Known> {
    const at = steady();
    const over = new AbortController();
    try {
      // The small question tells whether ClickHouse is there; the large one may take its time.
      const [refusals, models] = await Promise.all([
        within(patienceMs, reader.refusalFacts(clock(), over.signal)),
        within(patienceMs, reader.models(over.signal)).then(
          newestOf,
          () => known?.facts.models ?? [],
        ),
      ]);
      known = { at, facts: { ...refusals, models }, problem: null };
    } catch (error) {
      known = { at, facts: known?.facts ?? nothing, problem: (error as Error).message };
    } finally {
      // What was given up would keep the next question waiting.
      over.abort();
    }
    return known;
  }

  async function stored(): Promise<Known> {
    const age = known === undefined ? Infinity : steady() - known.at;
    if (known !== undefined && age < freshMs) return known;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return known !== undefined && age < staleMs ? known : asking;
  }

  return {
    async read() {
      const { facts, problem } = await stored();
      return health({
        ...facts,
        now: clock(),
        partitions: engine.partitions(),
        storeProblem: problem,
        logProblem: engine.logProblem?.() ?? null,
      });
    },
    async missing() {
      const { problem } = await stored();
      const log = engine.logProblem?.() ?? null;
      const partitions = engine.partitions();
      const absent = partitions.filter(({ state }) => state === 'starting' || state === 'failed');
      return [
        ...(problem === null ? [] : [`ClickHouse does not answer: ${problem}`]),
        ...(log === null ? [] : [`The event log takes no events: ${log}`]),
        ...absent.map(
          ({ pipeline, partition, state }) => `${pipeline}, partition ${partition}: ${state}`,
        ),
      ];
    },
  };
}

/** The newest version of each model. @param models the newest first */
function newestOf({ models }: ModelsAnswer): HealthFacts['models'] {
  const seen = new Set<string>();
  return models.filter(({ name }) => !seen.has(name) && seen.add(name));
}
