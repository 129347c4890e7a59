/** What is due when, the earliest first: a binary heap. Things due at the same time come in no particular order. */
export class DueQueue<Thing> {
  readonly #times: number[] = [];
  readonly #things: Thing[] = [];

  /** When the earliest is due; Infinity when there is none. */
  get first(): number {
    return this.#times[0] ?? Infinity;
  }

  add(time: number, thing: Thing): void {
    let place = this.#times.length;
    this.#times.push(time);
    this.#things.push(thing);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#times[parent]! <= time) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#times[place] = time;
    this.#things[place] = thing;
  }

  /** Takes the earliest that is due at `time` or before; undefined when there is none. */
  take(time: number): Thing | undefined {
    if (!(this.first <= time)) return undefined;
    const taken = this.#things[0];
    const lastTime = this.#times.pop()!;
    const lastThing = this.#things.pop()!;
    const length = this.#times.length;
    if (length === 0) return taken;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#times[child + 1]! < this.#times[child]!) child += 1;
      if (this.#times[child]! >= lastTime) break;
      this.#move(child, place);
      place = child;
    }
    this.#times[place] = lastTime;
    this.#things[place] = lastThing;
    return taken;
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from]!;
    this.#things[to] = this.#things[from]!;
  }
}
