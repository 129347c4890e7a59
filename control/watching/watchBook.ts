/**
 * What is watched, where alerts are told, when nobody is told, and which days are unlike others: definitions that every process
 * with the role serving or control keeps in memory, and looks up again each second. The data plane knows nothing of them.
 */
import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import type { Store } from '../../contracts/store.ts';
import { AlertRoute, CalendarDays, MuteWindow, Watch } from '../../contracts/watch.ts';
import { readHeads } from '../definitions/definitionRows.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { opened } from '../definitions/registryOptions.ts';
import { createTellOnce, tellLooks } from '../definitions/tellOnce.ts';
import type { By } from '../definitions/written.ts';
import { checkMute, checkWatch } from './checkWatch.ts';
import { DefinitionShelf } from './definitionShelf.ts';

export interface WatchBook {
  readonly watches: DefinitionShelf<Watch>;
  readonly routes: DefinitionShelf<AlertRoute>;
  readonly mutes: DefinitionShelf<MuteWindow>;
  readonly days: DefinitionShelf<CalendarDays>;
  /** Looks for newer revisions now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface WatchBookOptions {
  readonly store: Store;
  /** Told what goes wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  readonly clock?: () => number;
  /** Between two looks for newer revisions, ms. */
  readonly pollMs?: number;
  /** How long another process may need to write a revision of the same number, ms. 0 when there is none. */
  readonly settleMs?: number;
}

/** @throws EngineError SINK_UNAVAILABLE */
export function openWatchBook(options: WatchBookOptions): Promise<WatchBook> {
  return opened(createWatchBook(options));
}

/** Knows nothing until it has looked for the first time. */
export function createWatchBook({
  store,
  say,
  clock = Date.now,
  pollMs = 1_000,
  settleMs = 0,
}: WatchBookOptions): WatchBook {
  const told = createTellOnce(say);
  const tell = (sentence: string) => told.tell(sentence, sentence);
  const look = async (): Promise<void> => {
    const heads = await readHeads(store);
    await Promise.all([watches, routes, mutes, days].map((each) => each.read(heads)));
  };
  const { alone, close } = keepLooking({
    look: () => look(),
    everyMs: pollMs,
    onLooked: tellLooks(told, 'Watches'),
  });
  const common = { store, tell, clock, settleMs, alone, look };
  const keysOf = (shelf: { all(): { definition: { key: string } }[] }) =>
    new Set(shelf.all().map(({ definition }) => definition.key));
  const routes = new DefinitionShelf<AlertRoute>({
    ...{ ...common, kind: 'route', schema: AlertRoute },
    check: async () => [],
  });
  const watches: DefinitionShelf<Watch> = new DefinitionShelf<Watch>({
    ...{ ...common, kind: 'watch', schema: Watch },
    check: (watch) =>
      checkWatch(watch, { reader: store, routes: keysOf(routes), watches: keysOf(watches) }),
  });
  const mutes = new DefinitionShelf<MuteWindow>({
    ...{ ...common, kind: 'mute', schema: MuteWindow },
    check: async (window) => checkMute(window, keysOf(watches)),
  });
  const days = new DefinitionShelf<CalendarDays>({
    ...{ ...common, kind: 'days', schema: CalendarDays },
    check: async (given) => checkDays(given),
  });
  return { watches, routes, mutes, days, refresh: () => alone(look), close };
}

function checkDays({ from, to }: CalendarDays): DefinitionProblem[] {
  if (from <= to) return [];
  return [{ severity: 'problem', field: 'to', sentence: 'It must not end before it begins.' }];
}

const engine: By = { actor: 'engine', reason: 'The engine watches this by itself.' };

/**
 * Defines what is watched by default, unless it is or ever was there: what somebody has changed or removed stays so.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function adoptWatches(book: WatchBook, watches: readonly Watch[]): Promise<number> {
  let made = 0;
  for (const watch of watches) {
    if (book.watches.history(watch.key) !== undefined) continue;
    if (await book.watches.adopt(watch, engine)) made += 1;
  }
  return made;
}
