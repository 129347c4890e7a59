/** How many events a second a partition commits, lately. */

/** Half-life of the rate, s. */
const rateHalfLife = 3;

/** Decayed rate over committed epochs; idle time counts as zero events. */
export class Rate {
  #perSecond = 0;
  #at = Number.NaN;

  add(events: number, now: number): void {
    if (Number.isNaN(this.#at)) {
      this.#at = now;
      return;
    }
    const seconds = Math.max(0.001, (now - this.#at) / 1000);
    const kept = 2 ** (-seconds / rateHalfLife);
    this.#perSecond = this.#perSecond * kept + (events / seconds) * (1 - kept);
    this.#at = now;
  }

  /** @returns events per second, as it has decayed until `now` */
  read(now: number): number {
    if (Number.isNaN(this.#at)) return 0;
    const idle = Math.max(0, (now - this.#at) / 1000 - 1);
    return this.#perSecond * 2 ** (-idle / rateHalfLife);
  }
}
