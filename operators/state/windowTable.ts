/**
 * The open windows of one operator: states in a table of objects, found by dictionary code and start without any text.
 *
 * An open window keeps its segment's code alive. The windows changed since the last cut are listed for publishing;
 * `settle` drops those that the watermark has closed. Stored under `<start>\0<segment>`.
 *
 * Segments are free text, so their number is bounded: beyond `segmentsMax` windows of one start, `at` gives rows of further
 * segments to one window of the overflow segment. Windows of one start open and close together if they have one length, so
 * how many there are depends on the calls alone.
 */
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { type MemberSetState, memberSet } from './memberSet.ts';

/** Takes the rows of the segments that came when there were too many already. */
export const overflowSegment = '(others)';

/** More courses than are active in one minute of one partition; some 1.2 KB each, for every window that is open. */
const segmentsMaxDefault = 2_000;

export interface WindowTableOptions {
  readonly version?: number;
  /** Most segments with windows of one start, without the overflow segment and that of absent values; 2,000 by default. */
  readonly segmentsMax?: number;
}

export interface WindowState<State> {
  state: State;
  /** First instant of the window, ms since 1970. */
  start: number;
  /** First instant behind it. */
  end: number;
  /** Offset of the last row that it took. */
  lastOffset: number;
  /** Whose rows it took; absent where that is not told, and in windows that were opened before it was. */
  members?: MemberSetState;
  /** Before its last row, by which all windows that end by then are as they will stay; told with the members. */
  watermark?: number;
}

export interface OpenWindow<State> {
  /** −1 when the segment is empty for want of a column or of a value. */
  readonly code: number;
  readonly segment: string;
  readonly held: WindowState<State>;
  /** In the current batch. */
  touched: boolean;
  dropped: boolean;
  /** Before its last row in the current batch: −Infinity where it is not told. */
  watermark: number;
}

/** What is published of a window; a retracted one has taken no rows, and its state is initial. */
export interface PublishedWindow<State> extends Readonly<WindowState<State>> {
  readonly segment: string;
}

export class WindowTable<State> {
  readonly #objects: ObjectTable<WindowState<State>>;
  readonly #dictionary: Dictionary;
  readonly #segmentsMax: number;
  /** Windows with a segment, by start. */
  readonly #segments = new Map<number, number>();
  /** By code + 1, ascending by start; undefined until the first batch. */
  #byCode: (OpenWindow<State>[] | undefined)[] | undefined;
  readonly #touched: OpenWindow<State>[] = [];
  readonly #changed = new Map<string, PublishedWindow<State>>();
  #watermark = -Infinity;
  /** No window ends before. */
  #nextEnd = Infinity;

  constructor(
    objects: ObjectTable<WindowState<State>>,
    dictionary: Dictionary,
    segmentsMax: number,
  ) {
    this.#objects = objects;
    this.#dictionary = dictionary;
    this.#segmentsMax = segmentsMax;
  }

  /** Windows held. */
  get size(): number {
    return this.#objects.size;
  }

  /** What ends at or before it has ended; −Infinity at first. */
  get watermark(): number {
    return this.#watermark;
  }

  /** The open windows of a segment, ascending by start; read-only, valid until the next `open`, `move` or `drop`. */
  of(code: number): OpenWindow<State>[] {
    const byCode = this.#byCode ?? this.#load();
    while (byCode.length <= code + 1) byCode.push(undefined);
    let windows = byCode[code + 1];
    if (windows === undefined) {
      windows = [];
      byCode[code + 1] = windows;
    }
    return windows;
  }

  /**
   * The window that takes a row of the segment, opened when there is none: the segment's own, or that of the overflow
   * segment. For windows of one length.
   */
  at(code: number, start: number, end: number, initial: () => State): OpenWindow<State> {
    const found = this.#find(code, start);
    if (found !== undefined) return found;
    const isFull = code >= 0 && (this.#segments.get(start) ?? 0) >= this.#segmentsMax;
    if (!isFull) return this.open(code, start, end, initial());
    const overflow = this.#dictionary.internText(overflowSegment);
    return this.#find(overflow, start) ?? this.open(overflow, start, end, initial());
  }

  /** Opens a window of the segment, however many there are. */
  open(code: number, start: number, end: number, state: State): OpenWindow<State> {
    const segment = code < 0 ? '' : this.#dictionary.text(code);
    const held = { state, start, end, lastOffset: -1 };
    return this.#index(code, segment, held);
  }

  /**
   * The window has taken the row at `offset`.
   *
   * @param member    code of the one whose row it is; −1: nobody is told. Every row of a table, or none
   * @param watermark before the row
   */
  touch(window: OpenWindow<State>, offset: number, member = -1, watermark = -Infinity): void {
    if (member >= 0) {
      this.#join(window.held, member);
      window.watermark = watermark;
    }
    if (offset > window.held.lastOffset) window.held.lastOffset = offset;
    if (window.touched) return;
    window.touched = true;
    this.#touched.push(window);
  }

  /** Gives a window another start: what was published under the old one is retracted. */
  move(window: OpenWindow<State>, start: number, offset: number, initial: State): void {
    this.#retract(window, offset, initial);
    const windows = this.of(window.code);
    windows.splice(windows.indexOf(window), 1);
    this.#count(window, -1);
    window.held.start = start;
    this.#count(window, 1);
    windows.splice(positionOf(windows, start), 0, window);
  }

  /** Takes a window away as if it had never been. */
  drop(window: OpenWindow<State>, offset: number, initial: State): void {
    this.#retract(window, offset, initial);
    this.#unindex(window);
  }

  /**
   * Ends a batch: stores the touched windows.
   *
   * @returns the touched windows, in the order of their first row
   */
  flush(watermark: number): OpenWindow<State>[] {
    if (watermark > this.#watermark) this.#watermark = watermark;
    const touched = this.#touched.filter((window) => !window.dropped);
    this.#touched.length = 0;
    for (const window of touched) {
      window.touched = false;
      if (window.watermark > -Infinity) window.held.watermark = window.watermark;
      const key = keyOf(window.held.start, window.segment);
      this.#objects.set(key, window.held);
      this.#changed.set(key, published(window.segment, window.held));
      this.#nextEnd = Math.min(this.#nextEnd, window.held.end);
    }
    return touched;
  }

  /** What changed since the last call, retracted windows included. */
  takeChanged(): PublishedWindow<State>[] {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }

  /** Every window held. */
  all(): PublishedWindow<State>[] {
    return [...this.#objects.entries()].map(([key, held]) => published(segmentOf(key), held));
  }

  /** Drops the windows that end at or before the watermark; after `takeChanged`. */
  settle(): void {
    if (this.#watermark < this.#nextEnd || this.#byCode === undefined) return;
    this.#nextEnd = Infinity;
    for (const windows of this.#byCode) {
      if (windows === undefined) continue;
      // Ascending by start is ascending by end as well.
      while (windows.length > 0 && windows[0]!.held.end <= this.#watermark) {
        const closed = windows[0]!;
        this.#objects.delete(keyOf(closed.held.start, closed.segment));
        this.#unindex(closed);
      }
      if (windows.length > 0) this.#nextEnd = Math.min(this.#nextEnd, windows[0]!.held.end);
    }
  }

  #join(held: WindowState<State>, member: number): void {
    if (held.lastOffset < 0) held.members ??= memberSet.initial();
    const { members } = held;
    if (members === undefined || members.isFull) return;
    memberSet.step(members, this.#dictionary.hash(member));
  }

  #find(code: number, start: number): OpenWindow<State> | undefined {
    const windows = this.of(code);
    const found = windows[positionOf(windows, start)];
    return found?.held.start === start ? found : undefined;
  }

  #load(): (OpenWindow<State>[] | undefined)[] {
    const byCode: (OpenWindow<State>[] | undefined)[] = [];
    this.#byCode = byCode;
    for (const [key, held] of this.#objects.entries()) {
      const segment = segmentOf(key);
      this.#index(segment === '' ? -1 : this.#dictionary.internText(segment), segment, held);
      this.#nextEnd = Math.min(this.#nextEnd, held.end);
    }
    return byCode;
  }

  #index(code: number, segment: string, held: WindowState<State>): OpenWindow<State> {
    const window = { code, segment, held, touched: false, dropped: false, watermark: -Infinity };
    const windows = this.of(code);
    windows.splice(positionOf(windows, held.start), 0, window);
    this.#count(window, 1);
    if (code >= 0) this.#dictionary.retain(code);
    return window;
  }

  #unindex(window: OpenWindow<State>): void {
    const windows = this.of(window.code);
    windows.splice(windows.indexOf(window), 1);
    window.dropped = true;
    this.#count(window, -1);
    if (window.code < 0) return;
    this.#dictionary.release(window.code);
  }

  #count({ code, segment, held }: OpenWindow<State>, change: number): void {
    if (code < 0 || segment === overflowSegment) return;
    const count = (this.#segments.get(held.start) ?? 0) + change;
    if (count > 0) this.#segments.set(held.start, count);
    else this.#segments.delete(held.start);
  }

  #retract({ segment, held }: OpenWindow<State>, offset: number, initial: State): void {
    const key = keyOf(held.start, segment);
    this.#objects.delete(key);
    const { start, end } = held;
    this.#changed.set(key, { segment, start, end, lastOffset: offset, state: initial });
  }
}

/**
 * @param name of the table of objects that holds the windows
 * @throws RangeError when `segmentsMax` is not a positive integer
 */
export function createWindowTable<State>(
  tables: StateTables,
  name: string,
  { version = 1, segmentsMax = segmentsMaxDefault }: WindowTableOptions = {},
): WindowTable<State> {
  if (!Number.isInteger(segmentsMax) || segmentsMax < 1) {
    throw new RangeError(`segmentsMax: expected an integer ≥ 1, got ${segmentsMax}`);
  }
  const objects = tables.objects<WindowState<State>>(name, version);
  return new WindowTable(objects, tables.dictionary, segmentsMax);
}

function published<State>(segment: string, held: WindowState<State>): PublishedWindow<State> {
  const { state, start, end, lastOffset, members, watermark } = held;
  const whose = {
    ...(members === undefined ? {} : { members }),
    ...(watermark === undefined ? {} : { watermark }),
  };
  return { segment, state, start, end, lastOffset, ...whose };
}

function keyOf(start: number, segment: string): string {
  return `${start}\0${segment}`;
}

function segmentOf(key: string): string {
  return key.slice(key.indexOf('\0') + 1);
}

/** Position of the first window that starts at or after `start`; looks at the latest first. */
function positionOf<State>(windows: readonly OpenWindow<State>[], start: number): number {
  let high = windows.length;
  if (high === 0 || windows[high - 1]!.held.start < start) return high;
  if (windows[high - 1]!.held.start === start) return high - 1;
  let low = 0;
  high -= 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (windows[middle]!.held.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
