/**
 * The definitions of one kind, as far as this process has read them: it looks up what is newer, and adds revisions.
 *
 * The truth is the table, to which rows are added and in which nothing changes. Where two processes write the same revision at the
 * same moment, both rows stay, the one with the smaller write id counts, and each process reads back which that is. Ids
 * begin with the time, so the earlier wins as far as clocks agree.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';
import {
  type DefinitionHead,
  type DefinitionRow,
  readDefinitions,
  writeDefinition,
} from './definitionRows.ts';
import type { TellUnread } from './knownDefinition.ts';
import type { By } from './written.ts';

export interface BookOptions<Entry> {
  readonly store: Store;
  /** Of its rows. */
  readonly kind: string;
  /**
   * What the rows of one key mean, in the order of revisions and write ids.
   *
   * @returns undefined when none can be read
   */
  known(rows: readonly DefinitionRow[], tell: TellUnread): Entry | undefined;
  /** Takes in what has been read, from this process or another. */
  readonly onRead?: (entry: Entry) => void;
  /** Told what is odd, the same sentence again and again. */
  readonly tell: (sentence: string) => void;
  readonly clock: () => number;
  /** How long another process may need to write a revision of the same number: it is waited for, ms. 0 when there is none. */
  readonly settleMs: number;
}

export class DefinitionBook<Entry extends { readonly head: DefinitionHead }> {
  readonly #options: BookOptions<Entry>;
  readonly #entries = new Map<string, Entry>();

  constructor(options: BookOptions<Entry>) {
    this.#options = options;
  }

  /** As far as it is read: see `look`. */
  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  /** By key. */
  all(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => (a.head.key < b.head.key ? -1 : 1));
  }

  /**
   * Reads what is newer than what is known.
   *
   * @param heads newest rows of all kinds
   * @throws EngineError SINK_UNAVAILABLE
   */
  async look(heads: readonly DefinitionHead[]): Promise<void> {
    const { store, kind } = this.#options;
    const newer = heads.filter((head) => {
      const known = this.#entries.get(head.key)?.head;
      const isKnown = known?.revision === head.revision && known.writeId === head.writeId;
      return head.kind === kind && !isKnown;
    });
    const rows = await readDefinitions(
      store,
      kind,
      newer.map(({ key }) => key),
    );
    const byKey = new Map<string, DefinitionRow[]>();
    for (const row of rows) {
      const of = byKey.get(row.key);
      if (of === undefined) byKey.set(row.key, [row]);
      else of.push(row);
    }
    for (const [key, of] of byKey) this.#take(key, of);
  }

  /**
   * Adds a revision, and reads back what counts.
   *
   * @param revision one more than the newest that is known
   * @returns whether it counts; false when another process has written this revision
   * @throws EngineError SINK_UNAVAILABLE when it is not there
   */
  async write(key: string, revision: number, definition: unknown, by: By): Promise<boolean> {
    const { store, kind, clock, settleMs } = this.#options;
    const at = clock();
    const writeId = `${String(at).padStart(15, '0')}-${randomUUID()}`;
    const text = JSON.stringify(definition);
    const row = { kind, key, revision, writeId, at, ...by, definition: text };
    let doubt: unknown;
    try {
      await writeDefinition(store, row);
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'SINK_UNAVAILABLE') throw error;
      doubt = error; // the row may be there
    }
    if (settleMs > 0) await sleep(settleMs);
    const rows = await readDefinitions(store, kind, [key]);
    if (rows.length > 0) this.#take(key, rows);
    const counting = rows.find((each) => each.revision === revision);
    if (counting === undefined) {
      throw doubt ?? new EngineError('SINK_UNAVAILABLE', 'what was written cannot be read back');
    }
    return counting.writeId === writeId;
  }

  #take(key: string, rows: readonly DefinitionRow[]): void {
    const { kind, known, tell, onRead } = this.#options;
    const entry = known(rows, tell);
    if (entry === undefined) return;
    const before = this.#entries.get(key)?.head;
    const { revision, writeId } = entry.head;
    if (before?.revision === revision && before.writeId !== writeId) {
      tell(
        `Revision ${revision} of the ${kind} ${key} was written twice at once; the earlier one counts.`,
      );
    }
    this.#entries.set(key, entry);
    onRead?.(entry);
  }
}
