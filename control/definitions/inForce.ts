/**
 * Which definitions are in force in this process: those that the event log has.
 *
 * A revision is written into every partition of the log before this process acts by it, whoever made it: so no event that came
 * of a definition is ever in front of the definition that explains it, also when the process that made the revision died in
 * between. Two processes write the same bytes, and the second are duplicates.
 */
import { EngineError } from '../../contracts/errors.ts';
import { same } from '../../contracts/same.ts';
import type { Announce } from './announcer.ts';
import type { Kind, Recorded } from './knownDefinition.ts';
import type { TellOnce } from './tellOnce.ts';

export interface InForceOptions<Content> {
  readonly announce: Announce<Content>;
  readonly kind: Pick<Kind<Content>, 'stateOf' | 'isIdle'>;
  readonly told: TellOnce;
  readonly clock: () => number;
}

const hour = 3_600_000;
/** A revision younger than this may not be in the log, if whoever made it died: it is written there again at a start, ms. */
const youngMs = hour;
/** Announced again although it is over: as long as its stop may be in no log, ms. */
const stoppedMs = 7 * 24 * hour;

export class InForce<Content> {
  readonly #options: InForceOptions<Content>;
  readonly #records = new Map<string, Content>();
  /** By key: those whose newest revision this process has not written into the log. */
  readonly #waiting = new Map<string, Recorded<Content>>();
  /** All that was there at the start has been taken. */
  #isStarted = false;

  constructor(options: InForceOptions<Content>) {
    this.#options = options;
  }

  /** In the log already, or one that does nothing. The same object until it changes. */
  get(key: string): Content | undefined {
    return this.#records.get(key);
  }

  all(): Content[] {
    return [...this.#records.values()];
  }

  /**
   * Takes a revision that has been read: in force from the next `announceNew` on that succeeds. One that says what the revision
   * before it said, as of things that the log need not know, changes nothing.
   */
  take(known: Recorded<Content>): void {
    const { key } = known.head;
    const { kind, clock } = this.#options;
    if (same(this.#newest(key), known.record)) return;
    const isInLog = !this.#isStarted && known.at < clock() - youngMs;
    if (kind.isIdle(known.record) || isInLog) {
      this.#waiting.delete(key);
      this.#records.set(key, known.record);
      return;
    }
    this.#waiting.set(key, known);
    // It may end at once: an event less harms nothing.
    if (kind.stateOf(known.record) !== 'running') this.#records.set(key, known.record);
  }

  /** Writes what waits into the log. What cannot be written is told and stays: the next time tries again. */
  async announceNew(): Promise<void> {
    this.#isStarted = true;
    await this.#announce([...this.#waiting.values()]);
  }

  /**
   * The same for one of them, which has just been made.
   *
   * @throws EngineError as {@link Announce}: it is recorded all the same
   */
  async announceMade(key: string): Promise<void> {
    const known = this.#waiting.get(key);
    const error = known && (await this.#announce([known]));
    if (error === undefined) return;
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError(
      error.code,
      `Revision ${known?.head.revision} is recorded, but the event log has not taken it: ${error.message}. It is sent again by ` +
        'itself; until then the revision before it holds.',
      { cause: error },
    );
  }

  /**
   * Writes what the data plane may need once more.
   *
   * @throws EngineError as {@link Announce}
   */
  async announceAgain(all: readonly Recorded<Content>[]): Promise<void> {
    const { announce, kind, clock } = this.#options;
    const now = clock();
    const wanted = all.filter(({ record, at }) => {
      if (kind.isIdle(record)) return false;
      const state = kind.stateOf(record);
      const isOver = state === 'stopped' || state === 'archived';
      return !isOver || now - at < stoppedMs;
    });
    await announce(wanted);
  }

  /** Waiting, or in force. */
  #newest(key: string): Content | undefined {
    return this.#waiting.get(key)?.record ?? this.#records.get(key);
  }

  /** @returns what went wrong */
  async #announce(fresh: readonly Recorded<Content>[]): Promise<unknown> {
    if (fresh.length === 0) return undefined;
    const { announce, told } = this.#options;
    try {
      await announce(fresh);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      told.tell('announce', `A definition is not in the event log yet: ${why}`);
      return error;
    }
    told.forget('announce');
    for (const { head, record } of fresh) {
      this.#waiting.delete(head.key);
      this.#records.set(head.key, record);
    }
    return undefined;
  }
}
