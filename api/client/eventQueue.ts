/**
 * Events that wait to be sent, the oldest first, within a bound; kept across a restart where the application gives a storage.
 *
 * An event keeps its id from the moment it is queued: sent twice, it counts once.
 */

/** What `localStorage` is. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface EventQueueOptions {
  /** Most events that wait; beyond, the oldest goes. */
  readonly eventsMax: number;
  readonly storage?: KeyValueStorage | undefined;
  /** Under which they are stored. */
  readonly storageKey: string;
  /** Told how many were lost because there were too many, or the storage took no more. */
  onDropped(count: number, why: string): void;
}

export class EventQueue {
  readonly #options: EventQueueOptions;
  /** Each as a line of JSON. */
  #lines: string[];
  /** Sent or dropped since the storage was written last. */
  readonly #gone = new Set<string>();
  #isStored = true;

  constructor(options: EventQueueOptions) {
    this.#options = options;
    this.#lines = read(options);
  }

  get length(): number {
    return this.#lines.length;
  }

  add(line: string): void {
    this.#lines.push(line);
    const excess = this.#lines.length - this.#options.eventsMax;
    if (excess > 0) {
      this.#forget(this.#lines.splice(0, excess));
      this.#options.onDropped(excess, `more than ${this.#options.eventsMax} events waited`);
    }
    this.#isStored = false;
  }

  /** The oldest lines, at most so many and so long together, but at least one where there is one. @param bytesMax in UTF-8 */
  oldest(countMax: number, bytesMax: number): readonly string[] {
    let bytes = 0;
    let count = 0;
    while (count < Math.min(countMax, this.#lines.length)) {
      bytes += utf8Length(this.#lines[count]!) + 1;
      if (bytes > bytesMax && count > 0) break;
      count += 1;
    }
    return this.#lines.slice(0, count);
  }

  /** The lines are sent; those that were dropped meanwhile are gone already. */
  remove(lines: readonly string[]): void {
    const sent = new Set(lines);
    this.#lines = this.#lines.filter((line) => !sent.has(line));
    this.#forget(lines);
    this.#isStored = false;
  }

  /** Puts what waits into the storage, if it has changed; what other pages of the application keep there stays. */
  store(): void {
    const { storage, storageKey, eventsMax, onDropped } = this.#options;
    if (storage === undefined || this.#isStored) return;
    this.#isStored = true;
    const own = new Set(this.#lines);
    const others = read(this.#options).filter((line) => !own.has(line) && !this.#gone.has(line));
    const lines = [...others, ...this.#lines].slice(-eventsMax);
    this.#gone.clear();
    try {
      if (lines.length === 0) storage.removeItem(storageKey);
      else storage.setItem(storageKey, lines.join('\n'));
    } catch {
      // A storage that is full must not hold what is older than the queue.
      tryTo(() => storage.removeItem(storageKey));
      onDropped(0, 'the storage takes no more: what waits would not survive a restart');
    }
  }

  #forget(lines: readonly string[]): void {
    if (this.#options.storage === undefined) return;
    for (const line of lines) this.#gone.add(line);
  }
}

function read({ storage, storageKey, eventsMax }: EventQueueOptions): string[] {
  let text: string | null = null;
  tryTo(() => {
    text = storage?.getItem(storageKey) ?? null;
  });
  return text === null ? [] : (text as string).split('\n').filter(isObject).slice(-eventsMax);
}

/** Another program may have written there. */
function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

function tryTo(act: () => void): void {
  try {
    act();
  } catch {
    // Storage that is denied is storage that is empty.
  }
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
