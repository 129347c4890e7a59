/**
 * Things to come, the earliest first; equal times are ordered by a number of the caller's, things with the same number in no
 * particular order.
 */
export class TimeHeap<Thing> {
  #times: number[] = [];
  #ties: number[] = [];
  #things: Thing[] = [];

  get size(): number {
    return this.#things.length;
  }

  /** Time of the earliest, Infinity when there is none. */
  get time(): number {
    return this.#things.length > 0 ? this.#times[0]! : Infinity;
  }

  push(time: number, tie: number, thing: Thing): void {
    const times = this.#times;
    const ties = this.#ties;
    const things = this.#things;
    let at = things.length;
    times.push(time);
    ties.push(tie);
    things.push(thing);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && ties[parent]! < tie)) break;
      times[at] = parentTime;
      ties[at] = ties[parent]!;
      things[at] = things[parent]!;
      at = parent;
    }
    times[at] = time;
    ties[at] = tie;
    things[at] = thing;
  }

  /** Takes the earliest. @throws RangeError when there is none */
  pop(): Thing {
    const first = this.#things[0];
    if (first === undefined) throw new RangeError('heap: expected a thing to come, got none');
    const time = this.#times.pop()!;
    const tie = this.#ties.pop()!;
    const thing = this.#things.pop()!;
    if (this.#things.length > 0) this.#sink(time, tie, thing);
    return first;
  }

  /** Puts a thing at the root and lets it sink to its place. */
  #sink(time: number, tie: number, thing: Thing): void {
    const times = this.#times;
    const ties = this.#ties;
    const things = this.#things;
    const size = things.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const other = child + 1;
      if (other < size) {
        const later = times[child]! - times[other]!;
        if (later > 0 || (later === 0 && ties[child]! > ties[other]!)) child = other;
      }
      const childTime = times[child]!;
      if (childTime > time || (childTime === time && ties[child]! > tie)) break;
      times[at] = childTime;
      ties[at] = ties[child]!;
      things[at] = things[child]!;
      at = child;
    }
    times[at] = time;
    ties[at] = tie;
    things[at] = thing;
  }
}
