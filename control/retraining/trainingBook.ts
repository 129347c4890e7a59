/**
 * The training runs that are stored: definitions of the kind `training`, a key for each run, a revision for each state.
 *
 * Any process may read them, ask for one, or ask that one ends; one process at a time works on them, see `startRetrainer`.
 */
import type { Store } from '../../contracts/store.ts';
import { DefinitionBook } from '../definitions/definitionBook.ts';
import {
  type DefinitionHead,
  type DefinitionRow,
  readHeads,
} from '../definitions/definitionRows.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { headOf, jsonOf, type TellUnread } from '../definitions/knownDefinition.ts';
import { opened } from '../definitions/registryOptions.ts';
import { createTellOnce, tellLooks } from '../definitions/tellOnce.ts';
import type { By } from '../definitions/written.ts';
import { StoredRun } from './storedRun.ts';

export type CancelOutcome = 'cancelling' | 'over' | 'absent';

export interface TrainingBook {
  /** What was asked for last comes first; the latest {@link runsMax} that changed. */
  all(): readonly StoredRun[];
  get(id: string): StoredRun | undefined;
  /** Adds a run, unless there is one of its id. @returns whether it was added @throws EngineError SINK_UNAVAILABLE */
  add(stored: StoredRun, by: By): Promise<boolean>;
  /**
   * The next state of a run. That somebody has asked for its end meanwhile is kept.
   *
   * @returns as it is stored
   * @throws EngineError SINK_UNAVAILABLE
   */
  write(stored: StoredRun, by: By): Promise<StoredRun>;
  /** Asks that a run ends. @throws EngineError SINK_UNAVAILABLE */
  cancel(id: string, by: By): Promise<CancelOutcome>;
  /** Looks for newer states now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface TrainingBookOptions {
  readonly store: Store;
  /** Told what goes wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  readonly clock?: () => number;
  /** Between two looks for newer states, ms. */
  readonly pollMs?: number;
  /** How long another process may need to write a revision of the same number, ms. 0 when there is none. */
  readonly settleMs?: number;
}

const kind = 'training';
/** Older ones are not read. */
export const runsMax = 200;
/** Runs of one statement: their states of all times are read. */
const readAtOnce = 20;
/** Attempts to write while others write as well. */
const triesMax = 5;

interface Entry {
  readonly head: DefinitionHead;
  readonly stored: StoredRun;
}

/** @throws EngineError SINK_UNAVAILABLE */
export function openTrainingBook(options: TrainingBookOptions): Promise<TrainingBook> {
  return opened(createTrainingBook(options));
}

/** Knows nothing until it has looked for the first time. */
export function createTrainingBook({
  store,
  say,
  clock = Date.now,
  pollMs = 1_000,
  settleMs = 0,
}: TrainingBookOptions): TrainingBook {
  const told = createTellOnce(say);
  const book = new DefinitionBook<Entry>({
    ...{ store, kind, known, clock, settleMs },
    tell: (sentence) => told.tell(sentence, sentence),
  });
  const look = async (): Promise<void> => {
    const heads = (await readHeads(store)).filter((head) => head.kind === kind);
    // Write ids begin with the time.
    heads.sort((a, b) => (a.writeId > b.writeId ? -1 : 1));
    const latest = heads.slice(0, runsMax);
    for (let from = 0; from < latest.length; from += readAtOnce) {
      await book.look(latest.slice(from, from + readAtOnce));
    }
  };
  const { alone, close } = keepLooking({
    ...{ look, everyMs: pollMs },
    onLooked: tellLooks(told, 'Training runs'),
  });
  const lookFor = async (id: string): Promise<void> => {
    const heads = await readHeads(store);
    await book.look(heads.filter(({ kind: of, key }) => of === kind && key === id));
  };

  /** The next revision of what is known, again while others come first. */
  async function revise(
    id: string,
    change: (known: StoredRun) => StoredRun,
    by: By,
  ): Promise<StoredRun> {
    for (let tries = 1; ; tries += 1) {
      const { head, stored } = book.get(id)!;
      const next = change(stored);
      if (await book.write(id, head.revision + 1, next, by)) return next;
      if (tries === triesMax) throw new Error(`run ${id} is written by another process`);
      await lookFor(id);
    }
  }

  return {
    all: () =>
      book
        .all()
        .map(({ stored }) => stored)
        .sort((a, b) => b.run.startedAt - a.run.startedAt || (a.run.id < b.run.id ? -1 : 1)),
    get: (id) => book.get(id)?.stored,
    add: (stored, by) =>
      alone(async () => {
        const { id } = stored.run;
        await lookFor(id);
        return book.get(id) === undefined && book.write(id, 1, stored, by);
      }),
    write: (stored, by) =>
      alone(() =>
        revise(
          stored.run.id,
          ({ cancelled }) => ({ ...stored, cancelled: stored.cancelled ?? cancelled }),
          by,
        ),
      ),
    cancel: (id, by) =>
      alone(async () => {
        await lookFor(id);
        const known = book.get(id)?.stored;
        if (known === undefined) return 'absent';
        if (known.run.state !== 'running') return 'over';
        const { actor, reason } = by;
        let isOver = false;
        const ask = (stored: StoredRun): StoredRun => {
          isOver = stored.run.state !== 'running';
          return isOver ? stored : { ...stored, cancelled: { actor, reason } };
        };
        await revise(id, ask, by);
        return isOver ? 'over' : 'cancelling';
      }),
    refresh: () => alone(look),
    close,
  };
}

/** The newest state that can be read. */
function known(rows: readonly DefinitionRow[], tell: TellUnread): Entry | undefined {
  const counting = rows.filter(({ revision }, i) => revision !== rows[i - 1]?.revision);
  const last = counting.at(-1);
  // From the end: the others need not be read.
  for (const row of counting.toReversed()) {
    const { key, revision, definition } = row;
    const parsed = StoredRun.safeParse(jsonOf(definition));
    if (parsed.success && parsed.data.run.id === key) {
      return { head: headOf(last!), stored: parsed.data };
    }
    tell(`Revision ${revision} of the training run ${key} cannot be read and is passed over.`);
  }
  return undefined;
}
